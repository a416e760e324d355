"""The gate on how much and how often: what stands around numbers, and instead of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.gates.generated.align import Group
from docbot.gates.generated.differences import Answer, differ
from docbot.gates.generated.passage import Sentence, Token
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import UNITS

_KINDS = {
    "from below": r"at least|no less than|or (?:more|later|newer|higher|above|greater)"
    r"|and (?:later|newer|higher|above)|starting (?:with|from|in)|a minimum of",
    "from above": r"at most|no more than|up to|or (?:less|fewer|earlier|older|lower|below)"
    r"|and (?:earlier|older|lower)|a maximum of|no later than",
    "more": r"(?:more|greater|higher|longer|larger|later|newer) than|over(?= \d)|exceed(?:s|ed|ing)?",
    "less": r"(?:less|fewer|lower|shorter|smaller|earlier|older) than|under(?= \d)",
    "about": r"(?:about|around|roughly|nearly|almost)(?= (?:\d|a |an |one |two |half ))|approximately|circa",
    "between": r"between|through(?= \d)",
    "exactly": r"exactly|precisely",
    "each": r"(?<=\d )per|hourly|daily|weekly|monthly|yearly|annually",
}
_OFTEN = frozenset("once twice hourly daily weekly monthly yearly annually".split())
_EITHER = "|".join(f"(?P<k{i}>{said})" for i, said in enumerate(_KINDS.values()))
_BOUND = re.compile(rf"\b(?:{_EITHER})\b", re.I)
_NAMES = tuple(_KINDS)


def same_bounds(rewrite: Rewrite) -> Answer:
    """The same bounds ("at least", "or later", "about") and measures ("minutes", "weekly", "twice")."""
    for group in rewrite.groups:
        old, new = (dict(_bounds(side)) for side in (group.before, group.after))
        gone = [said for kind, said in old.items() if kind not in new]
        more = [said for kind, said in new.items() if kind not in old]
        if reason := differ(gone, more) or _measures(group):
            return False, reason
    return True, "bounds and measures are the same"


def _bounds(sentences: tuple[Sentence, ...]) -> Iterator[tuple[str, str]]:
    for sentence in sentences:
        for match in _BOUND.finditer(sentence.text):
            yield _NAMES[int((match.lastgroup or "k0")[1:])], match[0].lower()


def _measures(group: Group) -> str:
    old, new = (dict(_measured(side)) for side in (group.old, group.new))
    return differ(
        [said for unit, said in old.items() if unit not in new],
        [said for unit, said in new.items() if unit not in old],
    )


def _measured(tokens: tuple[Token, ...]) -> Iterator[tuple[str, str]]:
    for i, token in enumerate(tokens):
        lower = token.text.lower()
        if token.fixed:
            continue
        if lower in _OFTEN and (lower != "once" or i + 1 == len(tokens) or token.stops):
            yield lower, lower
        elif len(lower) > len("min") and lower in UNITS:
            yield UNITS[lower], lower
