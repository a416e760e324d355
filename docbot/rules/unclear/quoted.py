"""Words in quotation marks: a page that quotes a slip speaks of it, and doesn't make it."""

from __future__ import annotations

_OPEN, _CLOSE = "“„«‘", "”»"


def is_quoted(sentence: str, at: int) -> bool:
    """Whether a quotation that was opened in `sentence` is still open at the offset `at`."""
    before = sentence[:at]
    opened = sum(before.count(mark) for mark in _OPEN) - sum(before.count(mark) for mark in _CLOSE)
    return opened > 0 or before.count('"') % 2 == 1
