"""The gate on names: of products, of people, of what a window shows."""

from __future__ import annotations

import re
from functools import lru_cache

from docbot.gates.generated.differences import Answer, differ, quoted
from docbot.gates.generated.passage import Token
from docbot.gates.generated.presence import same_things
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import EMPTY, STOP, stem
from docbot.renames.table import renames

_COMMON = frozenset(
    """
    add allow apply avoid build call change check choose clear click close configure connect continue copy
    create delete deploy describe disable download edit enable enter export find follow go help import
    include install learn list load log look make manage move name open optionally paste press prevent read
    remove rename repeat replace require restart return review run save scroll see select send set show sign
    specify start stop store switch turn type uninstall unzip update upgrade upload use verify view wait
    work write also alternatively similarly additionally because sometimes
    """.split()
)
"""How sentences of docs often begin."""
_CAPITAL_INSIDE = re.compile(r"[^\W_]*[a-z0-9][^\W\d_a-zß-ÿ]|[^\W\d_a-zß-ÿ]{2}")
"""A capital letter inside a word, or two at its start."""


def same_names(rewrite: Rewrite) -> Answer:
    """The same names: words with a capital letter where none has to be, in the same letter case."""

    def is_name(token: Token) -> bool:
        return _is_name(token) or (token.initial and token.text in rewrite.names)

    passed, reason = same_things(rewrite, is_name, "the name", "names are the same")
    if not passed:
        return passed, reason
    for group in rewrite.groups:
        old, new = (_listed(" ".join(s.text for s in side)) for side in (group.before, group.after))
        gone, more = (
            sorted(old - new),
            sorted(name for name in new - old if name not in rewrite.source_before),
        )
        if reason := differ(gone, more, "the name"):
            return False, reason
        said = {token.text for token in group.old}
        for token in group.new:
            if token.initial and token.text not in said and _may_be_name(token, rewrite):
                return False, f"{quoted(token.text)} is new and may be a name"
    return True, "names are the same"


def _is_name(token: Token) -> bool:
    """Whether a token is a name for certain."""
    if token.fixed or token.text == "I" or not token.text[:1].isalpha():
        return False
    if _CAPITAL_INSIDE.match(token.text):
        return True
    return token.text[0].isupper() and not token.initial


def _may_be_name(token: Token, rewrite: Rewrite) -> bool:
    """Whether a capital letter at the start of a sentence may mean more: the page doesn't know the word."""
    lower = token.text.lower()
    if token.fixed or not token.text[:1].isupper() or lower in STOP or lower in _COMMON:
        return False
    return lower not in EMPTY and stem(lower) not in rewrite.known


def _listed(text: str) -> set[str]:
    """The names of the table of renames that stand in `text`."""
    return set(_names().findall(text))


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    names = {name for rename in renames() for name in (*rename.old, rename.new) if name}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
