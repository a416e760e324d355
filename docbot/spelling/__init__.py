"""Spelling and letter case, judged by what the repository itself writes."""

from __future__ import annotations

from docbot.spelling.values import Casing, Minority, Misspelling, Spelling

__all__ = ["Casing", "Minority", "Misspelling", "Spelling"]
