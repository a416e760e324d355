"""Abbreviations, and where a sentence spells them out: "Long Form (LF)", "LF stands for Long Form"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

SHORT = r"[A-Z][A-Za-z\d]{0,6}[A-Z\d](?:[&/-][A-Z\d][A-Za-z\d]{0,4})?"
"""An abbreviation without the s of its plural. `is_short` asks more of it."""
_FREE = r"(?<![\w.\-/@#$\\&\ufffc])"
_SMALL = frozenset("a an and as at by for from in into of on or over per the to via with".split())
"""Words that lend an abbreviation their first letter only where it suits them."""
_MOST_WORDS, _MOST_INNER, _REACH = 10, 3, 120
"""Words of a long form, letters that one word lends beside its first, code points before an abbreviation."""
_WORD = re.compile(r"[^\W_][\w’'+#]{0,40}(?:[-\u2011][^\W_][\w’'+#]{0,40}){0,3}")
_GAP = re.compile(r"[^\w()\ufffc.:;]{1,4}")
"""What may stand between two words of one long form."""
_BEFORE = (
    re.compile(rf" ?\((?:or |also known as |abbreviated (?:as |to )?)?[“\"]?({SHORT})s?[”\"]?[),;]"),
    re.compile(rf", or (?:simply |just )?[“\"]?({SHORT})s?[”\"]?(?=[,.;:]|$)"),
)
"""The words stand before the abbreviation."""
_AFTER = re.compile(rf"{_FREE}({SHORT})s? \((?:or |aka )?([^()\ufffc]{{5,100}})\)")
_STANDS = re.compile(
    rf"{_FREE}({SHORT})[”\"]?,? (?:(?:which )?(?:stands|is short) for"
    r"|is (?:an? |the )?(?:acronym|abbreviation|initialism) (?:for|of)):? (?:the )?[“\"]?([^()\ufffc]{5,120})"
)
_LISTED = re.compile(rf"({SHORT})s? ?(?:[:–—]|-(?= )) ?([^()\ufffc]{{5,120}})")
"""A list of abbreviations: the sentence starts with one."""
Words = list[re.Match[str]]


class Spelled(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An abbreviation, its words as they are written, and where those start and end in the sentence."""

    short: str
    long: str
    start: int
    end: int


def is_short(word: str) -> bool:
    """Whether `word` looks abbreviated: two capitals or more, and they are at least half of its letters."""
    letters = [sign for sign in word if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    return capitals >= 2 and 2 * capitals >= len(letters)


def spelled_in(text: str) -> Iterator[Spelled]:
    """Every abbreviation that the sentence `text` spells out."""
    for form in _BEFORE:
        for match in form.finditer(text):
            words = list(_WORD.finditer(text, max(0, match.start() - _REACH), match.start()))
            if words and words[-1].end() == match.start():
                last = len(words)
                parts = [words[last - count :] for count in range(2, min(last, _MOST_WORDS) + 1)]
                yield from _best(match[1], text, parts)
    for match in _AFTER.finditer(text):
        yield from _best(match[1], text, [_words(text, match)])
    for match in (*_STANDS.finditer(text), *filter(None, [_LISTED.match(text)])):
        words = _words(text, match)
        yield from _best(match[1], text, [words[:count] for count in range(2, len(words) + 1)])


def _words(text: str, match: re.Match[str]) -> Words:
    return list(_WORD.finditer(text, *match.span(2)))[:_MOST_WORDS]


def _best(short: str, text: str, parts: Sequence[Words]) -> Iterator[Spelled]:
    """The longest of `parts`, shortest first, whose letters make `short`: it lends most first letters."""
    if not is_short(short):
        return
    for part in reversed(parts):
        if stands_for(short, [word[0] for word in part]):
            start, end = part[0].start(), part[-1].end()
            if all(_GAP.fullmatch(text, one.end(), two.start()) for one, two in pairwise(part)):
                yield Spelled(short, text[start:end], start, end)
            return


def stands_for(short: str, words: Sequence[str]) -> bool:
    """Whether `short` is made of letters of `words`: of each the first, then perhaps some of the others."""
    if len(words) < 2 or words[0].lower() in _SMALL or words[-1].lower() in _SMALL or short in words:
        return False
    letters = [sign.lower() for sign in short if sign.isalnum()]
    reached = {0}
    for word in words:
        low = word.lower()
        after = set(reached) if low in _SMALL else set()
        for start in reached:
            after.update(_ends(letters, start, low))
        reached = after
    return len(letters) in reached


def _ends(letters: Sequence[str], start: int, word: str) -> Iterator[int]:
    """How far `word` can carry on at `letters[start]`."""
    if start >= len(letters):
        return
    at = 1
    if word[0] != letters[start]:
        if letters[start] != "x" or not word.startswith(("ex", "cross", "trans")):
            return
        at = 2
    yield start + 1
    for end in range(start + 1, min(len(letters), start + 1 + _MOST_INNER)):
        at = word.find(letters[end], at) + 1
        if not at:
            return
        yield end + 1
