"""Tests of docbot.web, against a real server that misbehaves."""
