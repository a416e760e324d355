"""Rules about what was true once and no longer is."""
