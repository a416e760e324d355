"""Which copies of a page still say what a change replaced in one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from docbot.errors import UnreadablePageError
from docbot.repository.families import Copy, copies_key
from docbot.review.values import Hunk, Kind

_SHORTEST = 25
"""Code points of what was replaced. Less may stand anywhere by chance."""


def forgotten(
    hunk: Hunk,
    before: Mapping[str, str],
    families: Mapping[str, Sequence[Copy]],
    text_of: Callable[[str], str],
) -> tuple[str, ...]:
    """The copies of the hunk's page, oldest first, that hold the very lines it replaced."""
    if hunk.kind is not Kind.EDITED:
        return ()
    old = _lines(hunk.before.of(before[hunk.old_path]))
    if len(old.strip()) < _SHORTEST:
        return ()
    others = (copy.path for copy in families.get(copies_key(hunk.path), ()) if copy.path != hunk.path)
    return tuple(path for path in others if f"\n{old}" in f"\n{_text(path, text_of)}")


def _text(path: str, text_of: Callable[[str], str]) -> str:
    try:
        return _lines(text_of(path))
    except UnreadablePageError:
        return ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
