"""What is known of the grammar of a repository's sentences."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Slip(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One slip of grammar in a sentence; `start` and `end` are code points of its text."""

    rule: str
    """The checker's own name for this kind."""
    start: int
    end: int
    replacement: str | None
    """What belongs between `start` and `end`; None where that isn't known."""


class Grammar(msgspec.Struct, frozen=True):
    """The slips of every sentence that has some, by its text; and the pages on which these stand."""

    slips: Mapping[str, tuple[Slip, ...]] = msgspec.field(default_factory=dict)
    pages: frozenset[str] = frozenset()
