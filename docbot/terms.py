"""What a docs repository calls things: what its abbreviations stand for, and where names lead."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from docbot.markdown.abbreviations import SHORT, is_short
from docbot.markdown.said import Said

_USE = re.compile(rf"(?<![\w.\-/@#$\\&\ufffc])({SHORT})(?:s|['’]s)?(?![\w/\\&\-\ufffc]|\.\w)")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", ""))
_SHORTEST_PLURAL = 4


class Meaning(msgspec.Struct, frozen=True, gc=False):
    """What an abbreviation stands for on `pages` pages, in the words of most; `place` is one, `path:line`."""

    long: str
    pages: int
    place: str


class Term(msgspec.Struct, frozen=True, gc=False):
    """An abbreviation that some page spells out. Copies of a page count once."""

    used: int
    """Pages that use it."""
    spelled: int
    """Pages of those that spell it out."""
    meanings: tuple[Meaning, ...]
    """The most frequent first."""


class Terms(msgspec.Struct, frozen=True, gc=False):
    """The abbreviations of all pages."""

    known: Mapping[str, Term] = msgspec.field(default_factory=dict)
    spelled: Mapping[str, frozenset[str]] = msgspec.field(default_factory=dict)
    """The abbreviations that a page spells out, by path."""
    pages: int = 0


def terms_of(said: Mapping[str, Said]) -> Terms:
    """The abbreviations of a repository whose pages, by path, say `said`."""
    used: dict[str, dict[str, list[str]]] = defaultdict(dict)
    spelled = {path: frozenset(one.short for one in page.meant) for path, page in said.items() if page.meant}
    known = frozenset(short for shorts in spelled.values() for short in shorts)
    looked: dict[str, tuple[str, ...]] = {}
    for path, page in said.items():
        for short, sentence in _first_uses(page, known, looked):
            used[short].setdefault(sentence, []).append(path)
    terms = {short: _term(short, list(pages.values()), said) for short, pages in used.items()}
    return Terms(terms, spelled, len(said))


def _first_uses(
    page: Said, known: frozenset[str], looked: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Each abbreviation of `known` on the page, and the first sentence with it.

    `looked` keeps what sentences have, since copies of a page say the same.
    """
    seen: set[str] = set()
    for sentence in page.sentences:
        if sentence not in looked:
            looked[sentence] = tuple(use[1] for use in uses(sentence) if use[1] in known)
        for short in looked[sentence]:
            if short not in seen:
                seen.add(short)
                yield short, sentence


def uses(sentence: str) -> Iterator[re.Match[str]]:
    """Where abbreviations stand in a sentence as words; group 1 is without the s of a plural or genitive."""
    return (match for match in _USE.finditer(sentence) if is_short(match[1]))


def _term(short: str, copies: list[list[str]], said: Mapping[str, Said]) -> Term:
    """`copies` are the pages that use `short`, those with the same first use together."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    pages: Counter[str] = Counter()
    places: dict[str, str] = {}
    spelled = 0
    for group in copies:
        meant = ((one, path) for path in reversed(group) for one in said[path].meant if one.short == short)
        here = {key_of(one.long): (one, path) for one, path in meant}
        spelled += bool(here)
        pages.update(here.keys())
        for key, (one, path) in here.items():
            written[key][one.long] += 1
            places.setdefault(key, f"{path}:{one.line}")
    ranked = sorted(pages, key=lambda key: (-pages[key], key))
    meanings = (Meaning(written[key].most_common(1)[0][0], pages[key], places[key]) for key in ranked)
    return Term(len(copies), spelled, tuple(meanings))


def words_of_long(long: str) -> tuple[str, ...]:
    """The words of a long form, without letter case, hyphens and plurals."""
    return tuple(_singular(word) for word in re.split(r"[\W_]+", long.lower()) if word)


def key_of(long: str) -> str:
    """What is the same for all spellings of one long form."""
    return "".join(words_of_long(long))


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or word.endswith("ss"):
        return word
    for ending, rest in _ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)] + rest
    return word
