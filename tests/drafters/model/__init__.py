"""Tests of the drafter that asks a language model."""
