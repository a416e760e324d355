"""Tells lines of which only bytes changed: line ends, a byte order mark, white space at the ends of lines."""

from __future__ import annotations

from docbot.markdown import Document
from docbot.review.values import Hunk, Judgement

_CRLF, _LF = "\r\n", "\n"
_MANY = 3
"""Lines. New line ends of fewer hide nothing."""


def same_words(hunk: Hunk, before: Document, after: Document) -> tuple[Judgement, str] | None:
    """What to take of edited lines of which not a word changed, and why; None where one did."""
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


def only_space_went(before: str, after: str) -> bool:
    """Whether lines differ in white space at their ends alone, and none is new but the last line end."""
    old, new = (text.removesuffix("\n").split("\n") for text in (before, after))
    if not before or not after or len(old) != len(new):
        return False
    pairs = [(_parted(was), _parted(now)) for was, now in zip(old, new, strict=True)]
    return all(was[0] == now[0] and was[1].startswith(now[1]) and was[2] == now[2] for was, now in pairs)


def _parted(line: str) -> tuple[str, str, bool]:
    """A line without white space at its end, that white space, and whether a carriage return follows."""
    plain = line.removesuffix("\r")
    text = plain.rstrip(" \t")
    return text, plain[len(text) :], plain != line


def _unix(text: str) -> str:
    return text.replace(_CRLF, _LF)
