"""Whether a text is English, as far as the small words of English and of its neighbours tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_OURS = frozenset(
    "the and of with this that these those from which when your you are is were has have had can would "
    "should not for by it its into than their they them there if how what where who does only also each "
    "both any other more used using must may at be been but because between through without to or".split()
)
"""Small words that hardly any other language has."""
_OTHERS = frozenset(
    "de la el los las que para con una por del como esta este der das und ist nicht für eine einen wird "
    "sind les des est dans pour une vous qui avec di che sono della il lo per em um uma não os mit "
    "zu von im auf het een van dat voor och att som det är og til på na nie jest się w z "
    "do ve bir için bu".split()
) - frozenset(("do", "per"))
"""Small words of Spanish, German, French, Italian, Portuguese, Dutch, Polish, Turkish and the North."""
_LEAST = 0.05
"""The share of small English words on a page of notes without a whole sentence."""


def balance(text: str) -> tuple[int, int, int]:
    """How many words `text` has, how many of them English has, and how many other languages."""
    words = _WORD.findall(text.lower())
    return len(words), sum(word in _OURS for word in words), sum(word in _OTHERS for word in words)


def english(sentences: Iterable[str]) -> list[str]:
    """Those of a page's `sentences` that are English.

    One without small words is what the page is; on a page of another language, that is not English.
    """
    weighed = [(text, balance(text)) for text in sentences]
    words = sum(counts[0] for _, counts in weighed)
    ours = sum(counts[1] for _, counts in weighed)
    others = sum(counts[2] for _, counts in weighed)
    if ours < _LEAST * words or ours <= 4 * others:
        return [text for text, (_, our, other) in weighed if our >= 3 and our > 4 * other and text.isascii()]
    return [
        text for text, (_, our, other) in weighed if our > other or (our == other == 0 and text.isascii())
    ]
