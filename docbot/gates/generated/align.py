"""Which sentences after became of which before: one of one, one of several, several of one, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from docbot.gates.generated.passage import Sentence, Token

MOST, MOST_WORDS = 100, 2_000
"""Sentences of one block that are compared, and tokens of them."""


class Group(msgspec.Struct, frozen=True):
    """Sentences that belong together; an empty side says that they were dropped, or invented."""

    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]
    moved: bool = False
    """Whether it stands before what it stood behind."""

    @property
    def old(self) -> tuple[Token, ...]:
        return tuple(token for sentence in self.before for token in sentence.tokens)

    @property
    def new(self) -> tuple[Token, ...]:
        return tuple(token for sentence in self.after for token in sentence.tokens)

    def spelled(self, key: str) -> str:
        """The first word that counts as `key`, as it is written."""
        return next((token.text for token in (*self.old, *self.new) if token.key == key), key)


def too_long(sentences: Sequence[Sentence]) -> bool:
    """Whether nobody wrote these as one paragraph, and comparing them would take long."""
    return len(sentences) > MOST or sum(len(sentence.tokens) for sentence in sentences) > MOST_WORDS


def grouped(before: Sequence[Sentence], after: Sequence[Sentence]) -> Iterator[Group]:
    """The groups of sentences that differ, in the order of the text; none where a side is too long.

    Equal sentences are steps that no group reaches over, so sentences in another order are dropped and
    invented. Between two of them, sentences belong together that are each other's nearest by their words.
    """
    if too_long(before) or too_long(after):
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag != "equal":
            yield from _between(before[a0:a1], after[b0:b1])


def _between(before: Sequence[Sentence], after: Sequence[Sentence]) -> Iterator[Group]:
    if len(before) == len(after) == 1:
        yield Group(tuple(before), tuple(after))
        return
    owner = list(range(len(before) + len(after)))

    def lead(i: int) -> int:
        while owner[i] != i:
            i = owner[i]
        return i

    for i, j in _ties(before, after):
        owner[lead(len(before) + j)] = lead(i)
    members: dict[int, tuple[list[int], list[int]]] = {}
    for i in range(len(owner)):
        side = i >= len(before)
        members.setdefault(lead(i), ([], []))[side].append(i - len(before) * side)
    last = -1
    for old, new in members.values():
        moved = bool(old and new) and new[0] < last
        last = max([last, *(new if old else [])])
        yield Group(tuple(before[i] for i in old), tuple(after[j] for j in new), moved)


def _ties(before: Sequence[Sentence], after: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Each sentence with the one of the other side that has most of its words, if any has one."""
    old, new = [sentence.keys for sentence in before], [sentence.keys for sentence in after]
    for i, mine in enumerate(old):
        j = max(range(len(new)), key=lambda k: len(mine & new[k]), default=-1)
        if j >= 0 and mine & new[j]:
            yield i, j
    for j, mine in enumerate(new):
        i = max(range(len(old)), key=lambda k: len(mine & old[k]), default=-1)
        if i >= 0 and mine & old[i]:
            yield i, j
