"""Which words of a hunk took the place of others, as far as the gates leave that to a reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from docbot.gates.generated.differences import quoted
from docbot.gates.generated.vocabulary import SPELLED, STOP, is_empty, key_of, says_the_same

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ASIDE = re.compile(r"(?<!\])\([^()\r\n]{1,300}\)")
_CLAUSE = re.compile(r"(,?)\s(which|who|whose|whom)\b", re.I)
_MOST = 5

Corrections = Callable[[Iterable[str]], Mapping[str, tuple[str, ...]]]
"""Gives for each misspelled word of those it is asked about what it may stand for, in its letter case."""


def exchanged(before: str, after: str, corrections: Corrections) -> tuple[str, ...]:
    """What of a hunk's lines may mean something else though every gate sees the same, each as a reason.

    Words that style guides exchange for each other, and misspelled ones that were corrected, aren't told.
    """
    return (*_words(before, after, corrections), *_asides(before, after), *_clauses(before, after))


def _words(before: str, after: str, corrections: Corrections) -> Iterator[str]:
    was, now = _content(before), _content(after)
    gone = {key: word for key, word in was.items() if key not in now}
    more = {key: word for key, word in now.items() if key not in was}
    more = {key: word for key, word in more.items() if not any(says_the_same(key, old) for old in gone)}
    if not more:
        return
    rights = corrections(word for word in gone.values() if word.isascii() and word.isalpha())
    mended = {right.lower() for word in gone.values() for right in rights.get(word, ())}
    wrong = {key for key, word in gone.items() if word in rights}
    left = [word for key, word in gone.items() if key not in wrong]
    for number, word in enumerate([word for word in more.values() if word.lower() not in mended][:_MOST]):
        place = f" took the place of {quoted(left[number])}" if number < len(left) else " is new"
        yield f"{quoted(word)}{place}"


def _content(text: str) -> dict[str, str]:
    """The words of content, by what they count as."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        lower = word.lower().replace("’", "'")
        key = "" if lower in STOP or lower in SPELLED else key_of(lower)
        if key and not is_empty(key):
            found.setdefault(key, word)
    return found


def _asides(before: str, after: str) -> Iterator[str]:
    """What came to stand in parentheses, or stands in them no more."""
    old, new = Counter(_ASIDE.findall(before)), Counter(_ASIDE.findall(after))
    if old.total() > new.total():
        yield f"{next(iter(old - new))} stands in parentheses no more"
    elif old.total() < new.total():
        yield f"{next(iter(new - old))} stands in parentheses now"


def _clauses(before: str, after: str) -> Iterator[str]:
    """Whether a comma makes a remark of what told one thing from others, or the other way round."""
    was, now = _CLAUSE.findall(before), _CLAUSE.findall(after)
    if [word for _, word in was] == [word for _, word in now]:
        for (old, word), (new, _) in zip(was, now, strict=True):
            if old != new:
                yield f"a comma before {quoted(word)} is {'new' if new else 'gone'}"
