"""Tests of `docbot.spelling`."""
