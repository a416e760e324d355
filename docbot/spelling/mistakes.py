"""Which words of a repository are misspelled, by a list of common mistakes and by what its people write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set

from docbot.markdown.english import english
from docbot.markdown.said import Said
from docbot.spelling.standing import pages_with
from docbot.spelling.values import Misspelling, Spelling
from docbot.words import WORD, Words

_ASKED = re.compile(r"[A-Z][a-z]{4,39}|[a-z]{5,40}")
"""No name in capitals, no compound, and nothing short: those are abbreviations more often than mistakes."""
_RIGHT = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_ENDINGS = ("s", "es", "d", "ed", "ing")
_BUILT = re.compile(r"(?:re|un|pre|non|sub|dis|mis|over|auto|multi|inter|co|de)([a-z]{4,})")
_HABIT = 3
"""As many times as often must the right word be written, where it is written at all."""
_MOST_CHOICES = 4
_RARE = 2
"""Sentences with a word whose correction the repository doesn't use: more are a word of its own."""


def spelling_of(
    words: Words,
    pages: Mapping[str, Said],
    known: Iterable[str],
    corrections: Callable[[Iterable[str]], Mapping[str, tuple[str, ...]]],
) -> Spelling:
    """The misspelled words on `pages`, whose words are `words`.

    What code has is no mistake, nor what is `known`. `corrections` gives for each misspelled word of those
    that it is asked about what it may stand for, in the same letter case.
    """
    ours = {word.lower() for word in (*words.code, *known)}
    corrected = corrections(
        word for word in words.prose if _ASKED.fullmatch(word) and word.lower() not in ours
    )
    often: Counter[str] = Counter()
    for word, count in words.prose.items():
        often[word.lower()] += count
    mistakes = {}
    for word, rights in corrected.items():
        mistake = Misspelling(rights, often[word.lower()], max(often[right.lower()] for right in rights))
        if len(rights) <= _MOST_CHOICES and _is_sure(word.lower(), mistake) and not _is_built(word, often):
            mistakes[word] = mistake
    standing, where = _standing(mistakes.keys(), pages)
    return Spelling({word: mistakes[word] for word in sorted(standing)}, frozenset(where))


def _is_sure(word: str, mistake: Misspelling) -> bool:
    rights = mistake.rights
    if not all(_RIGHT.fullmatch(right) and not _is_form(word, right.lower()) for right in rights):
        return False
    if mistake.there < _HABIT:
        return mistake.here <= _RARE
    return mistake.there >= _HABIT * mistake.here


def _is_form(word: str, right: str) -> bool:
    """Whether `word` is a form of `right`, or the other common way to write it."""
    if word.startswith(right) and word[len(right) :] in _ENDINGS:
        return True
    # As in writeable, and in sizeable: both ways are in dictionaries.
    return word.replace("eable", "able") == right.replace("eable", "able")


def _is_built(word: str, often: Mapping[str, int]) -> bool:
    """Whether `word` is one that is written here with a syllable before it, as requeried is."""
    built = _BUILT.fullmatch(word.lower())
    return built is not None and often.get(built[1], 0) >= _HABIT


def _standing(words: Set[str], pages: Mapping[str, Said]) -> tuple[set[str], set[str]]:
    """Those of `words` that stand in an English sentence, and the pages where they do."""
    found: set[str] = set()
    where: set[str] = set()
    for path in pages_with(words, pages):
        for text in english(pages[path].sentences):
            here = words & set(WORD.findall(text))
            if here:
                found |= here
                where.add(path)
    return found, where
