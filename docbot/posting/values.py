"""What is known of a pull request before anything is said on it, and what is going to be said."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from docbot.forges.interface import Comment, Remark
from docbot.forges.requests import ApiRequest

MOST = 10
"""Remarks on lines that one review makes, where nobody says another number."""
HIGHEST = 20
"""What may be said instead: with more, GitHub takes too long or takes it for abuse."""

Lines = Mapping[str, tuple[tuple[int, int], ...]]
"""Ranges of lines (from 1, both ends included) of each page, by its path."""


class Since(msgspec.Struct, frozen=True):
    """The review before this one."""

    commit: str
    """What it was made of, by its full id."""
    lines: Lines | None
    """What changed since; None where that commit isn't to be had any more."""


class Known(msgspec.Struct, frozen=True):
    """What the forge knows of a pull request."""

    docs: str
    """`owner/name`."""
    number: int
    user: str
    """The login docbot acts as: a marker in another's text is nothing."""
    remarks: tuple[Remark, ...] = ()
    """Everything said about its lines, by anybody."""
    comments: tuple[Comment, ...] = ()
    """Everything said below it."""
    disliked: tuple[Remark, ...] = ()
    """docbot's remarks on any pull request of these docs that somebody gave a thumbs down."""
    since: Since | None = None
    """None where nothing shows that docbot ever reviewed it."""
    exact: frozenset[str] = frozenset()
    """Pages whose text, written as UTF-8, is the file that is committed, byte for byte."""
    whole: bool = True
    """Whether every rule looked. Else nobody knows of what wasn't found whether it is gone."""
    most: int = MOST
    """Remarks on lines that may be made now."""
    takes_lines: bool = True
    """False where the forge has just said that it takes none of them."""


class Posting(msgspec.Struct, frozen=True):
    """What is sent, in this order, and what it comes to."""

    requests: tuple[ApiRequest, ...] = ()
    new: int = 0
    """Remarks that are made on lines."""
    standing: int = 0
    """Findings that an earlier remark already tells."""
    beside: int = 0
    """What stands in the comment below."""
    refused: int = 0
    """Findings that a person refused before, here or on another pull request."""
    gone: int = 0
    """Remarks that are taken back, since what they tell is no more."""
