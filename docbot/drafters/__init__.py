"""Drafters: who turns findings into fixes. `interface` says what one is."""
