"""The gate on how much longer or shorter a block may become."""

from __future__ import annotations

from docbot.gates.generated.differences import Answer
from docbot.gates.generated.rewrite import Rewrite

_SHORTEST, _LONGEST = 0.5, 1.5
"""Shares of a block's words."""
_LESS, _MORE = 6, 4
"""Words by which a short block may differ in any case."""


def length_in_bounds(rewrite: Rewrite) -> Answer:
    """Each block that changes has half to one and a half times its words; short ones have some slack."""
    for old, new in rewrite.pairs:
        least = min(_SHORTEST * old.words, old.words - _LESS)
        most = max(_LONGEST * old.words, old.words + _MORE)
        if not least <= new.words <= most or (old.words and not new.words):
            return False, f"a block of {old.words} words became one of {new.words}"
    before, after = (sum(passages) for passages in _counts(rewrite))
    return True, f"{before} words became {after}"


def _counts(rewrite: Rewrite) -> tuple[list[int], list[int]]:
    return [old.words for old, _ in rewrite.pairs], [new.words for _, new in rewrite.pairs]
