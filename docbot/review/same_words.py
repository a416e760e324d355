"""Tells lines of which only bytes changed: line ends, a byte order mark, the last line end."""

from __future__ import annotations

from docbot.markdown import Document
from docbot.review.values import Hunk, Judgement, Kind

_CRLF, _LF = "\r\n", "\n"
_MANY = 3
"""Lines. New line ends of fewer hide nothing."""


def same_words(hunk: Hunk, before: Document, after: Document) -> tuple[Judgement, str] | None:
    """What to take of a hunk that changes not a word, and why; None where it changes one."""
    if hunk.kind is not Kind.EDITED:
        return None
    old, new = hunk.before.of(before.text), hunk.after.of(after.text)
    if old == new:
        return _mark(after) if before.bom != after.bom else None
    if _unix(old) == _unix(new):
        count = new.count(_LF)
        ends, were = ("CRLF", "LF") if new.count(_CRLF) > old.count(_CRLF) else ("LF", "CRLF")
        lines = "1 line ends" if count == 1 else f"{count:,} lines end"
        told = f"not a word changed: {lines} in {ends} now, and in {were} before: ask for the line ends back"
        return Judgement.LOOK, told
    if old.rstrip("\r\n") == new.rstrip("\r\n") and hunk.after.end == len(after.text):
        more = len(new) > len(old)
        return (
            Judgement.PROVEN,
            f"not a word changed: the page ends {'with more' if more else 'in fewer'} line ends",
        )
    return None


def _mark(after: Document) -> tuple[Judgement, str]:
    done = "begins with a byte order mark now" if after.bom else "lost its byte order mark"
    return Judgement.LOOK, f"not a word changed: the page {done}"


def hidden_by_line_ends(old: str, new: str) -> str:
    """What to say of lines in which new line ends hide the words that changed; empty where they don't."""
    if (_CRLF in old) == (_CRLF in new) or min(old.count(_LF), new.count(_LF)) < _MANY:
        return ""
    kept = set(_unix(old).split(_LF))
    words = sum(line not in kept for line in _unix(new).split(_LF))
    changed = "1 line has" if words == 1 else f"{words:,} lines have"
    return f"the line ends of {new.count(_LF):,} lines changed, which hides that {changed} other words"


def _unix(text: str) -> str:
    return text.replace(_CRLF, _LF)
