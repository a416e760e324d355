"""The gate on words that became their opposites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from docbot.gates.generated.align import Group
from docbot.gates.generated.differences import Answer, quoted, split
from docbot.gates.generated.governing import governed, said_of
from docbot.gates.generated.passage import Token
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import EMPTY, STOP, stem

_PAIRS = """
and/or if/unless before/after until/after with/without more/less more/fewer most/least all/some every/some
each/some always/sometimes always/never first/last over/under up/down in/out into/from to/from since/until
inside/outside both/either any/no above/below left/right true/false yes/no on/off now/later same/other
many/few still/already enable/disable allow/deny allow/block permit/prohibit accept/reject include/exclude
add/remove install/uninstall increase/decrease grow/shrink raise/lower start/stop start/end begin/end
open/close connect/disconnect minimum/maximum minimal/maximal min/max high/low higher/lower large/small
larger/smaller long/short longer/shorter fast/slow faster/slower early/late earlier/later new/old
newer/older success/failure succeed/fail pass/fail required/optional require/recommend mandatory/optional
automatic/manual automatically/manually public/private internal/external local/remote temporary/permanent
read/write input/output import/export upload/download encrypt/decrypt lock/unlock attach/detach show/hide
visible/hidden empty/full positive/negative ascending/descending upgrade/downgrade push/pull client/server
source/target source/destination parent/child sender/receiver online/offline safe/dangerous trust/distrust
because/so because/although because/if supported/deprecated stable/preview center/left center/right
create/delete save/delete save/discard online/onsite horizontal/vertical row/column internal/public
global/local static/dynamic synchronous/asynchronous upper/lower inbound/outbound incoming/outgoing
same/another same/different your/their your/our your/my their/our secret/public secret/known sync/async
safe/unsafe
"""
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "de", "non", "non-", "mis")
"""Syllables that turn a word into its opposite."""
_FAMILIES = (frozenset({"from", "to"}), frozenset({"and", "or"}))
_ITS = re.compile(r"\bit['’]s\s+([^\W\d_]+)", re.I)
_AFTER_ITS = frozenset("recommended best better easy easier required likely up set safe".split())


def no_opposites(rewrite: Rewrite) -> Answer:
    """No word was exchanged for its opposite: before and after, enable and disable, from and to."""
    for group in rewrite.groups:
        gone, more = split(_forms(group.old), _forms(group.new))
        for one, other in _opposites():
            for lost, won in ((one, other), (other, one)):
                if lost in gone and won in more:
                    return False, f"{_as_said(lost, group.old)} became {_as_said(won, group.new)}"
        if reason := _prefixed(gone, more, group) or _turned(group) or _owned(group):
            return False, reason
    return True, "no word became its opposite"


def _prefixed(gone: Sequence[str], more: Sequence[str], group: Group) -> str:
    for lost in gone:
        for won in more:
            # Of “case-sensitive” the last part is looked at.
            head, dash, one = lost.rpartition("-")
            other = won.removeprefix(head + dash)
            longer, shorter = (one, other) if len(one) > len(other) else (other, one)
            if longer.endswith(shorter) and longer.removesuffix(shorter) in _PREFIXES:
                return f"{_as_said(lost, group.old)} became {_as_said(won, group.new)}"
    return ""


def _turned(group: Group) -> str:
    """Whether a word that stood behind “from” stands behind “to”, or behind “or” where “and” was."""
    for family in _FAMILIES:
        old, new = (governed(side, list(said_of(side, family))) for side in (group.old, group.new))
        word = next((word for word in old if new.get(word, old[word]) != old[word]), "")
        if word:
            said = group.spelled(word)
            return f"{quoted(f'{old[word]} {said}')} became {quoted(f'{new[word]} {said}')}"
    return ""


def _owned(group: Group) -> str:
    """Whether an “it's” is new before a word that it can't well stand before ("it's parent")."""
    old, new = (
        [word.lower() for sentence in side for word in _ITS.findall(sentence.text)]
        for side in (group.before, group.after)
    )
    for word in split(old, new)[1]:
        if word == "own" or word not in STOP | EMPTY | _AFTER_ITS:
            return f"“its” became “it's” before {quoted(word)}"
    return ""


def _forms(tokens: Sequence[Token]) -> Iterator[str]:
    return (_form(token.text) for token in tokens if not token.fixed)


@lru_cache(maxsize=1)
def _opposites() -> tuple[tuple[str, str], ...]:
    pairs = (pair.split("/") for pair in _PAIRS.split())
    return tuple((_form(one), _form(other)) for one, other in pairs)


def _form(word: str) -> str:
    lower = word.lower()
    return lower if lower in STOP else stem(lower)


def _as_said(form: str, tokens: Sequence[Token]) -> str:
    return quoted(next(token.text for token in tokens if not token.fixed and _form(token.text) == form))
