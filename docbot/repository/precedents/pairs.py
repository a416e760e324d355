"""The small edits in a changed line that may be a habit: what stood there, what stands there now."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from docbot.repository.precedents.tokens import Scope, Scopes, is_free, spaced, tokens

_MOST_CHANGED, _MOST_OLD = 160, 12
"""Tokens: of a line's changed part, and of one edit."""
_NEAR = 4
"""Words between the two ends of one edit, such as the marks around a name."""
_ALIKE = 0.5
_FIRST = re.compile(r'[\w`*"(\[<$]')
_LAST = re.compile(r'[\w`*")\]>.,]')
_WORD = re.compile("[A-Za-z]{2}")
_DIGITS = re.compile(r"\d+")
_APOSTROPHE = re.compile("['’]")
_NO_LETTER = re.compile(r"\W+")
_MARK = re.compile(r"[`*_]")
_IS_MARK = re.compile(r"\s*[`*]+")
_TICKS, _STARS = re.compile("`+"), re.compile(r"\*+")


class Kind(StrEnum):
    """What an edit changes."""

    CONTRACTION = "contraction"
    EXPANSION = "expansion"
    """The reverse of a contraction."""
    CASE = "case"
    MARKS = "marks"
    PUNCTUATION = "punctuation"


class Form(msgspec.Struct, frozen=True, order=True, gc=False):
    """An edit wherever it is made: `old` becomes `new`, both with single spaces."""

    scope: Scope
    old: str
    new: str


_ALONE = frozenset((Kind.CONTRACTION, Kind.EXPANSION))
"""Kinds that two edits near each other don't make together."""


def kind_of(old: str, new: str) -> Kind | None:
    """What changes from `old` to `new`; None for what says something else, which is no habit."""
    letters_old, letters_new = _NO_LETTER.sub("", old), _NO_LETTER.sub("", new)
    if letters_old == letters_new:
        return Kind.MARKS if _MARK.search(old + new) else Kind.PUNCTUATION
    if not letters_old or not letters_new:
        return None
    if letters_old.lower() == letters_new.lower():
        return Kind.CASE
    before, after = _APOSTROPHE.search(old), _APOSTROPHE.search(new)
    if after and not before and _contracts(old, new):
        return Kind.CONTRACTION
    return Kind.EXPANSION if before and not after and _contracts(new, old) else None


def _contracts(long: str, short: str) -> bool:
    """Whether `short` says the words of `long` with fewer of their letters, as "isn't" and "won't" do."""
    said, whole = _NO_LETTER.sub("", short).lower(), _NO_LETTER.sub("", long).lower()
    if len(said) >= len(whole) or said[:1] != whole[:1]:
        return False
    letters = iter(whole)
    return (said, whole) == ("wont", "willnot") or all(letter in letters for letter in said)


def pairs(before: str, after: str) -> tuple[tuple[Form, Kind], ...]:
    """The edits that turn the line `before` into `after`, each with up to a word on each side.

    Left out is all that isn't the same text in another shape: words, numbers, half of a pair of marks.
    """
    raw = tokens(before)
    old, new = spaced(raw), spaced(tokens(after))
    ops = _operations(old, new)
    if not ops:
        return ()
    found: dict[Form, Kind] = {}
    scopes: Scopes | None = None
    for first, last in _groups(ops, old):
        start, end, new_start, new_end = ops[first][0], ops[last][1], ops[first][2], ops[last][3]
        if max(end - start, new_end - new_start) > _MOST_OLD:
            continue
        core = "".join(old[start:end]), "".join(new[new_start:new_end])
        kind = kind_of(*core)
        if kind is None or (first != last and kind in _ALONE):
            continue
        left = old[ops[first - 1][1] if first else 0 : start]
        right = old[end : ops[last + 1][0] if last + 1 < len(ops) else len(old)]
        for was, now in _widened(*core, left[-1:], right[:1]):
            if not _is_whole(was, now):
                continue
            at = _found(before, raw, start, was)
            if at >= 0 and is_free(before, at, at + len(was)):
                scopes = scopes or Scopes(before)
                found[Form(scopes.at(at), was, now)] = kind
    return tuple((form, kind) for form, kind in found.items() if form.scope is not Scope.OTHER)


Op = tuple[int, int, int, int]


def _operations(old: Sequence[str], new: Sequence[str]) -> list[Op]:
    """Ranges of `old` and the ranges of `new` in their place; none where the lines are too different."""
    head, least = 0, min(len(old), len(new))
    while head < least and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < least - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    was, now = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(was), len(now)) > _MOST_CHANGED:
        return []
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    codes = matcher.get_opcodes()
    equal = head + tail + sum(end - start for tag, start, end, _, _ in codes if tag == "equal")
    if 2 * equal < _ALIKE * (len(old) + len(new)):
        return []
    return [(a + head, b + head, c + head, d + head) for tag, a, b, c, d in codes if tag != "equal"]


def _groups(ops: Sequence[Op], old: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last of the operations that may be one edit: each, and up to three that are near."""
    for first in range(len(ops)):
        yield first, first
        for last in range(first + 1, min(first + 3, len(ops))):
            between = old[ops[last - 1][1] : ops[last][0]]
            if len(between) > _NEAR:
                break
            yield first, last


def _found(line: str, raw: Sequence[str], start: int, words: str) -> int:
    """Where `words` stand in `line`, around its token number `start`; -1 where they are spaced otherwise."""
    at = len("".join(raw[: max(0, start - 1)]))
    return line.find(words, at, at + len(words) + sum(map(len, raw[max(0, start - 1) : start + 2])))


def _widened(old: str, new: str, left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The edit itself, and with the word before it, after it, and both."""
    # A mark beside an edit is no word: what is inside of marks is the edit's own place.
    for head in ([], left) if left and not _IS_MARK.fullmatch(left[0]) else ([],):
        for tail in ([], right) if right and not _IS_MARK.fullmatch(right[0]) else ([],):
            was = "".join((*head, old, *tail)).strip()
            now = "".join((*head, new, *tail)).strip()
            if was and now and was != now:
                yield was, now


def _is_whole(old: str, new: str) -> bool:
    """Whether an edit stands for itself: whole words, both ends of all marks, the same numbers."""
    return (
        3 <= len(old) <= 90
        and bool(_WORD.search(old))
        and bool(_FIRST.match(old) and _LAST.match(old[-1]))
        and _DIGITS.findall(old) == _DIGITS.findall(new)
        and _is_balanced(old)
        and _is_balanced(new)
    )


def _is_balanced(text: str) -> bool:
    if text.count('"') % 2 or any(text.count(a) != text.count(b) for a, b in ("()", "[]", "<>")):
        return False
    return not (len(_TICKS.findall(text)) % 2 or len(_STARS.findall(text)) % 2)
