"""What kind of trouble a reader has, by the words, where the form doesn't say."""

from __future__ import annotations

import re

from docbot.readers.values import Trouble

_SIGNS = (
    (
        Trouble.TYPO,
        r"\btypos?\b|mis-?spell?(?:ed|ing|t)|\bspelling\b|\bgrammar|\bgrammatical|\btypographical",
    ),
    (
        Trouble.OUTDATED,
        r"\bout-?dated\b|\bout of date\b|\bno longer\b|\bobsolete\b|\bdeprecated\b|\bold version|\bnot "
        r"up.to.date"
        r"|\bhas (?:been|since) (?:renamed|removed|retired|replaced|moved|changed)|\bnot (?:current"
        r"|valid) any ?more"
        r"|\bold screenshots?\b|\bstale\b",
    ),
    (
        Trouble.CODE,
        r"(?:code|command|script|example|sample|snippet|query|cmdlet)s?\b[^.!?\n]{0,60}"
        r"\b(?:does ?n[o']t work|do(?:es)? not work|fails?|failed|throws?|errors?|is (?:broken|wrong"
        r"|invalid)|not valid"
        r"|does ?n[o']t (?:compile|run)|do(?:es)? not (?:compile|run))"
        r"|\bsyntax error|\bdoes(?:n't| not) compile|\bunrecogni[sz]ed (?:option|argument)",
    ),
    (
        Trouble.MISSING,
        r"\bmissing\b|\bnot (?:documented|mentioned|explained|described|listed|covered|included|clear)\b"
        r"|\b(?:does|do)(?:es)?(?:n't| not) (?:mention|say|explain|describe|document|list|cover|tell"
        r"|state|specify)"
        r"|\bno (?:mention|explanation|description|documentation|information|example)"
        r"|\bunclear\b|\bundocumented\b|\blacks?\b|\bplease (?:add|document|explain|clarify|mention|describe)"
        r"|\bshould (?:mention|explain|document|describe|list|note|say what|tell)",
    ),
)
_PATTERNS = tuple((trouble, re.compile(pattern, re.I)) for trouble, pattern in _SIGNS)


def trouble_of(title: str, words: str) -> Trouble:
    """The kind that title and words speak of, what comes first in the list above; OTHER where none does."""
    text = f"{title}\n{words}".replace("’", "'")
    return next((trouble for trouble, pattern in _PATTERNS if pattern.search(text)), Trouble.OTHER)
