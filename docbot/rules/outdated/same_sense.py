"""Whether an edit corrects how something is said, or says something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NOT = re.compile(r"n['’]t\b|\b(?:not|cannot|no|never|none|without|nor)\b", re.I)
_END = re.compile(r"[.!?…。](?!\w)")
_EMPTY = frozenset(
    "a an the of to in on at for by with as into that which who this these those it its itself is are was "
    "were be been being am do does did doing has have had having will would shall and also very just then "
    "here there you your we our us they their them i he she his her using use uses used not".split()
)
"""Words of English that say how other words belong together."""
_WHOLE = {"can't": "can", "cannot": "can", "won't": "will", "shan't": "shall"}
_SHORT = re.compile(r"n't$|'(?:s|re|ve|ll|d|m)$")
_SPELLED_ALIKE = 0.75
_LETTERS_ALIKE = 0.9
_MOST = 400
"""Code points of an edit that are looked at; a longer one says something else."""


def same_sense(old: str, new: str) -> bool:
    """Whether `new` says what `old` says, better: spelling, letter case, grammar, contractions, marks.

    The words that carry the sense are the same but for their endings or a slip, and so are what is denied
    and where sentences end. Of other languages than English fewer edits are known to be so, none more.
    """
    if max(len(old), len(new)) > _MOST:
        return False
    if any(len(mark.findall(old)) != len(mark.findall(new)) for mark in (_NOT, _END)):
        return False
    return _same_letters(old, new) or _same_words(_carrying(old), _carrying(new))


def _same_letters(old: str, new: str) -> bool:
    a, b = ("".join(filter(str.isalnum, text.lower())) for text in (old, new))
    return bool(a) and SequenceMatcher(None, a, b, autojunk=False).ratio() >= _LETTERS_ALIKE


def _carrying(text: str) -> list[str]:
    words = (word.replace("’", "'").lower() for word in _WORD.findall(text))
    whole = (_WHOLE.get(word) or _SHORT.sub("", word) for word in words)
    return [word for word in whole if word not in _EMPTY]


def _same_words(old: Sequence[str], new: Iterable[str]) -> bool:
    left = list(new)
    if len(left) != len(old):
        return False
    for word in old:
        match = next((other for other in left if _kin(word, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _kin(a: str, b: str) -> bool:
    if a == b:
        return True
    return a[0] == b[0] and min(len(a), len(b)) > 2 and SequenceMatcher(None, a, b).ratio() >= _SPELLED_ALIKE
