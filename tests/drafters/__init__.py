"""Tests of what turns findings into fixes."""
