"""What the words around an old name say about it: whether it stays, and whether a person has to decide."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

_REACH = 400
"""Characters before and after that are looked at for the ends of the sentence."""
_END = re.compile(r"[.!?]['\")\]]?\s+(?=[\"'(A-Z\ufffc])")
_QUOTED = re.compile(
    r"\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|(?<![\w])'[^'\n]{1,120}'(?!\w)|‘[^’\n]{1,120}’(?!\w)"
)
_SAYS_NAMES = re.compile(
    r"\b(?:formerly|previously|originally|historically|(?:also|now|once|better) known|known as|used to be|"
    r"re-?named?|renaming|re-?brand\w*|(?:new|old|former|other|previous) names?|name change\w*|"
    r"(?:now|once|was|were|been|formerly) (?:called|named|branded|referred)|is now|are now|became|becomes|"
    r"becoming|introduced|a\.?k\.?a\b|née|predecessors?|successors?|evolved|rebadged|"
    r"acronym|abbreviat\w+|stands for)",
    re.I,
)
_SAYS_ITS_TIME = re.compile(
    r"\b(?:legacy|deprecat\w*|retir(?:e[ds]?|ing|ement)|end[ -]of[ -](?:support|life|sale)|discontinu\w+|"
    r"no longer|sunset\w*|supersed\w+|replac(?:e[ds]?|ing|ement)|instead of|rather than|migrat\w+|upgrad\w+|"
    r"older|earlier|classic|obsolete|unsupported|transition\w*|switch\w* from|mov(?:e|ed|ing) from)\b",
    re.I,
)
_LEGAL = re.compile(r"trademark|copyright|[©®™]|licen[cs]e terms|\ball rights reserved\b", re.I)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|[A-Z][a-z]{2})"
)
_DATED = re.compile(
    rf"\b(?i:in|since|of|until|till|before|after|from|by|on|during)\s+(?:(?:early|mid|late)[ -])?"
    rf"(?:{_MONTH}\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?)?((?:19|20)\d\d)\b(?!\s*\w*\s*(?:R2|SP\d))"
)
_CLICKS = re.compile(
    r"\b(?:select|selects|selecting|choose|choosing|click|clicking|tap|press|open|expand|go to|browse to|"
    r"navigate to|search for|pick|under|labell?ed|named|titled|called|entitled|option|button|tab|"
    r"menu|blade|page|pane)(?:\s+(?:the|on|to|for))?\s+\Z",
    re.I,
)
_ARROW_BEFORE = re.compile(r"(?:>|→|»|-->|->|=)\s*\Z")
_ARROW_AFTER = re.compile(r"\s*(?:>|→|»|-->|->)")
_ABBREVIATION_BEFORE = re.compile(r"\b[A-Z]{2,8}\s+\(\Z")
_UI_NOUN = re.compile(
    r"\s+(?:button|blade|pane|tab|menu|tile|node|check ?box|dialog|wizard|icon|link)\b", re.I
)


class Says(StrEnum):
    """What is said around a name."""

    NOTHING = "nothing"
    STAYS = "stays"
    DOUBTFUL = "doubtful"


def said_around(text: str, start: int, end: int, new: str, since: date) -> tuple[Says, str]:
    """What the sentence around `[start, end)` says of the name there, and why a person has to look.

    `new` is the name it would get, `since` the day of the change.
    """
    sentence = sentence_around(text, start, end)
    if _is_quoted(text, start, end) or _LEGAL.search(sentence) or _SAYS_NAMES.search(sentence):
        return Says.STAYS, ""
    if any(int(year) <= since.year for year in _DATED.findall(sentence)):
        return Says.STAYS, ""
    if _ARROW_BEFORE.search(text, max(0, start - 5), start) or _ARROW_AFTER.match(text, end):
        return Says.STAYS, ""
    if _ABBREVIATION_BEFORE.search(text, max(0, start - 12), start) and text[end : end + 1] == ")":
        return Says.STAYS, ""
    if new and new.lower() in " ".join(sentence.split()).lower().replace(text[start:end].lower(), ""):
        return Says.DOUBTFUL, f"the sentence says {new}, too"
    if _SAYS_ITS_TIME.search(sentence):
        return Says.DOUBTFUL, "the sentence speaks of an earlier time"
    if _CLICKS.search(text, max(0, start - 30), start) or _UI_NOUN.match(text, end):
        return Says.DOUBTFUL, "it may be what a window, a button or a page is called"
    return Says.NOTHING, ""


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds `[start, end)` of a block's prose, at most `_REACH` characters each way."""
    first = max(0, start - _REACH)
    for match in _END.finditer(text, first, start):
        first = match.end()
    closing = _END.search(text, end, end + _REACH)
    return text[first : closing.end() if closing else end + _REACH]


def _is_quoted(text: str, start: int, end: int) -> bool:
    first, last = max(0, start - _REACH), end + _REACH
    return any(m.start() < start and end < m.end() for m in _QUOTED.finditer(text, first, last))
