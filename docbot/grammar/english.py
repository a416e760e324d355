"""Whether a sentence is English, by its small words."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the of and to is are that this these those with for you your it its be been from can when which by not "
    "has have will an if how what where they their we our should must into than then would there was were "
    "see use using only also".split()
)
_OTHERS = frozenset(
    "der die das und ist nicht ein eine einen den dem mit für auf von zu sich wird werden sie oder wenn im "
    "que não nao para com uma você voce os dos das por mais são sao em na ao pelo pela isso esse essa "
    "el los las una con del por se su más mas es son está y al "
    "le les des est pour une dans vous sur avec pas ce cette sont qui et du aux "
    "il lo gli della che non di sono een het van niet en de je met voor is niet te "
    "w na nie jest się lub oraz не на что для это".split()
)
"""Words of other languages that English hasn't."""


def is_english(sentence: str) -> bool:
    """Whether more of the small words in `sentence` are of English than of other languages."""
    words = [word.lower() for word in _WORD.findall(sentence)]
    english = sum(word in _ENGLISH for word in words)
    others = sum(word in _OTHERS for word in words if word not in _ENGLISH)
    plain = sum(word.isascii() for word in words)
    return english > 2 * others and plain * 5 >= len(words) * 4
