"""Whether a sentence claims that a version it names is the one to use now."""

from __future__ import annotations

import re
from typing import NamedTuple

from docbot.rules.outdated.versions import Mention


class Claim(NamedTuple):
    """What a sentence claims of a version, in words for a message, and how sure it is that it claims that."""

    words: str
    confidence: float
    latest: bool = False
    """Whether it says that nothing newer is out."""


_BY_WHOM = 0.6
"""How sure "X 1 is supported" is: mostly it speaks of the tool the page is about."""
_OTHERWISE = re.compile(
    r"n['’]t\b|\b(?:no longer|not|never|neither|nor|un-?supported|(?:end|ends|ended|ending) of|ended"
    r"|out of support|reach(?:ed|es)|retire[sd]?|deprecated|obsolete|EOL|was|were|had|formerly|earlier"
    r"|previous(?:ly)?|older|legacy|instead|rather than|unlike|compared|migrat\w+|introduced|added|removed"
    r"|until|before|prior to|drop(?:s|ped)?|discontinued|except|cannot|without|archived?|since|as of|if"
    r"|unless|when|example|e\.g|minimum|at least)\b",
    re.I,
)
"""Words of a sentence that names a version for another reason, or says the very thing that is true."""
_OPEN = re.compile(
    r"^ ?(?:\+|\(?(?:or|and|/|&)? ?(?:any |a |all )?(?:later|higher|newer|above|greater|up\b|onwards?|beyond"
    r"|more|earlier|older|lower|below|previous|prior|subsequent|future|after|minimum))"
    r"|^ ?(?:-|–|—|to|through|until) ?v?\d",
    re.I,
)
"""What makes of a version the end of a range."""
_CLOSED = re.compile(
    r"^(?: \([^()]{0,60}\))?(?: LTS| LTSC)?(?:[.!;,:)]|$| (?:and|but|for|which|with|from|at)\b)",
    re.I,
)
"""What follows a version that stands for itself, not for an update, a server or a page of that version."""
CURRENCY = re.compile(
    r"\b(?:latest|newest|most recent|current|currently|recommend\w*|advise|suggest|preferred"
    r"|supports?|supported|install|download|upgrade|update|switch|move)\b",
    re.I,
)
"""A word of it is in every sentence that claims currency."""
_LATEST = r"(?:latest|newest|most recent|current)"
_KIND = (
    r"(?: (?:stable|LTS|GA|major|minor|long-term|support|production|released|supported|public"
    r"|generally available|version|versions|release|releases))*"
)
_IS_LATEST = re.compile(rf"\b{_LATEST}{_KIND}(?:,| is:?| are:?|:| \() ?$", re.I)
_LATEST_OF = re.compile(rf"\b{_LATEST}{_KIND} of(?: the)? $", re.I)
_LATEST_IS = re.compile(
    r"^(?: \([^()]{0,60}\))?,? (?:is|are|remains?|being|,) (?:\w+ly )?(?:the|our|a) (?:[\w-]+ )?"
    rf"{_LATEST}\b"
    rf"{_KIND}(?:[.,;:)]|$| (?:of|and)\b)",
    re.I,
)
_RECOMMENDED = re.compile(
    r"\b(?:recommend|advise|suggest|recommends|recommended|preferred)\b"
    r"(?: (?:that|you|to|using|use|running|run|installing|install|upgrading|upgrade|updating|update"
    r"|the|version|is|are|of)){0,7}:? $",
    re.I,
)
_IS_RECOMMENDED = re.compile(
    r"^(?: \([^()]{0,60}\))? (?:is|are) (?:\w+ly )?(?:the )?(?:recommended|preferred)(?: version| release)?"
    r"(?:[.,;]|$)",
    re.I,
)
_IS_SUPPORTED = re.compile(
    r"^(?: \([^()]{0,60}\))? (?:is|are|remains?) (?:\w+ly |still |now |both |all )*supported\b"
    r"(?:[.,;]|$| (?:until|through|and)\b)",
    re.I,
)
_SUBJECT = re.compile(r"(?:^|[:;,] |^(?:\w+ly,? )|\b(?:that|and|both|only|but) )(?:the |version )*$", re.I)
_SUPPORTED = re.compile(
    r"\bsupported (?:versions?|releases?)(?: of [\w .]{1,30}?)?(?: are:?| include:?| is:?|:) ?"
    r"(?:the |version )*$",
    re.I,
)
_SUPPORTED_OF = re.compile(r"\bsupported (?:versions?|releases?) of(?: the)? $", re.I)
_INSTALL = re.compile(
    r"(?:^|[,:;] |\b(?:please|must|should|then|first|now) )(?:download(?: and install)?|install|upgrade to"
    r"|update to|switch to|move to)(?: (?:the|a|version|of)){0,3} $",
    re.I,
)


def claim_of(text: str, mention: Mention) -> Claim | None:
    """What the sentence `text` claims of a version in it; None where that is named for another reason."""
    before, after = text[: mention.first], text[mention.last :]
    if _OTHERWISE.search(text) or _OPEN.search(after) or _OPEN.search(text[mention.end :]):
        return None
    closed = _CLOSED.search(after)
    if (closed and _IS_LATEST.search(before)) or _LATEST_IS.search(after):
        return Claim("This calls it the latest version", 0.85, latest=True)
    if mention.apart:
        return _claim_of_list(before) if closed else None
    if (closed and _RECOMMENDED.search(before)) or _IS_RECOMMENDED.search(after):
        return Claim("This recommends it", 0.85)
    if (_IS_SUPPORTED.search(after) and _SUBJECT.search(before)) or (closed and _SUPPORTED.search(before)):
        return Claim("This calls it supported", _BY_WHOM)
    if closed and _INSTALL.search(before):
        return Claim("This tells readers to install it", 0.5)
    return None


def _claim_of_list(before: str) -> Claim | None:
    """As `claim_of`, of versions that stand apart from the product: "supported versions of Go are 1.2"."""
    if _LATEST_OF.search(before):
        return Claim("This calls it the latest version", 0.85, latest=True)
    return Claim("This calls it supported", _BY_WHOM) if _SUPPORTED_OF.search(before) else None
