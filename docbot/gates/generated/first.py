"""What is asked of a reply before anything applies or parses it."""

from __future__ import annotations

import unicodedata
from collections import Counter

from docbot.gates.generated.differences import Answer
from docbot.markdown import Document
from docbot.types import Applicability, Draft

MOST_EDITS = 100
_ROOM = 1_000
"""Code points that a reply may be longer than twice the section."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc")
"""Letters and signs that show nothing, and the sign that stands for what is no prose."""
_NEVER = frozenset({"Cs", "Cn"})
_SEEN = frozenset(" \n\r")


def never_safe(draft: Draft, document: Document) -> Answer:
    """What a model wrote is never applied without a person."""
    if draft.fix.applicability is Applicability.SAFE:
        return False, "a model wrote it, and what a model wrote is never safe"
    return True, "a person has to look at it first"


def no_long_reply(draft: Draft, document: Document) -> Answer:
    """The reply is no longer than a rewrite of its section can be."""
    section = draft.finding.section
    most = 2 * (len(section.span) if section else len(document.text)) + _ROOM
    length = sum(len(edit.replacement) for edit in draft.fix.edits)
    if length > most:
        return False, f"the reply has {length:,} characters, and {most:,} are the most for its section"
    if len(draft.fix.edits) > MOST_EDITS:
        return False, f"the reply has {len(draft.fix.edits)} edits, and {MOST_EDITS} are the most"
    return True, "the reply isn't too long to be compared"


def no_hidden_characters(draft: Draft, document: Document) -> Answer:
    """No character that readers can't see, or that turns the direction of the text, is new."""
    old = Counter("".join(edit.span.of(document.text) for edit in draft.fix.edits))
    new = Counter("".join(edit.replacement for edit in draft.fix.edits))
    for sign, count in new.items():
        if _is_hidden(sign) and (count > old[sign] or unicodedata.category(sign) in _NEVER or sign == "\0"):
            return (
                False,
                f"the reply holds {unicodedata.name(sign, 'a control character')} (U+{ord(sign):04X})",
            )
    return True, "no character is hidden"


def _is_hidden(sign: str) -> bool:
    return sign not in _SEEN and (unicodedata.category(sign) in _HIDDEN or sign in _BLANK)
