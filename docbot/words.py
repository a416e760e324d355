"""The words that a docs repository uses: in its sentences, and in its code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from docbot.markdown.said import Said

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word of prose: letters, with apostrophes within."""


class Words(msgspec.Struct, frozen=True, gc=False):
    """What is written here, and how often. Copies of a sentence, on whatever page, count once."""

    prose: Mapping[str, int] = msgspec.field(default_factory=dict)
    """Each word in its letter case, and the number of distinct sentences and headings it stands in."""
    code: frozenset[str] = frozenset()
    """Words of code, link targets, front matter and fixed words, in their letter case."""


def words_of(said: Iterable[Said]) -> Words:
    """The words of everything that was said."""
    pages = tuple(said)
    counts = Counter(word for text in distinct(pages) for word in set(WORD.findall(text)))
    return Words(dict(counts), frozenset(word for page in pages for word in page.code))


def with_new(words: Words, more: Words) -> Words:
    """`words`, and those that only `more` has: written once, however often they stand there."""
    new = dict.fromkeys(more.prose.keys() - words.prose.keys(), 1)
    return Words({**words.prose, **new}, words.code | more.code)


def distinct(said: Iterable[Said]) -> Iterator[str]:
    """Every sentence once, in the order of the pages."""
    yield from dict.fromkeys(text for page in said for text in page.sentences)
