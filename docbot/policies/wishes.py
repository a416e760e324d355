"""What a sentence asks for short of refusing: an issue first, disclosure, small changes, a sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.policies.files import Role
from docbot.policies.values import Meaning
from docbot.policies.wording import gap

_WORDS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
)
_NUMBERS = {**{word: number for number, word in enumerate(_WORDS[:12], 1)}, "twenty": 20}
_N = rf"(\d{{1,4}}|{'|'.join(_WORDS)})"
_FILES = r"(?: (?!to|for|in|mb|kb)[^ ]+){0,2} files?\b(?! sizes?\b)"
_AT_MOST = re.compile(
    rf"\b(?:at most|(?:no|not) more than|up to|maximum(?: of)?|max(?: of)?|limit\w*{gap(5)} to|not exceed"
    rf"|not{gap(5)} (?:more than|over|above|exceeding)) {_N}{_FILES}"
    rf"|\b{_N}{_FILES} (?:(?:per|in (?:an?|one|each|any|every)) PR|max|maximum|at most|or (?:fewer|less))\b"
)
_BELOW = re.compile(rf"\b(?:fewer than|less than|under|below) {_N}{_FILES}")
_ABOVE = re.compile(rf"\b(?:more than|over|exceed\w*|above|larger than) {_N}{_FILES}")
_TOO_MANY = re.compile(
    r"\b(?:not|never|avoid|clos\w+|reject\w*|split|issues?|discuss\w*|block\w*|fail\w*|break|smaller)\b"
)
_ONE_EACH = re.compile(
    r"\b(?:one|a separate|separate|single|an individual) PR (?:per|for (?:each|every))"
    r" (?:files?|pages?|articles?)\b"
)

_DO = r"(?:open|file|create|submit|raise|start|log|post)(?:ing|ed|s)?"
_TALK = r"(?:issues?|discussions?|tickets?)"
_AN = r"(?:an?|the|new|your)"
_BEGIN = (
    r"(?:PR|CHANGE|CODE|WORK|working|contribut\w+|implement\w+|start\w*|edit\w*|writ\w+|submitting|making"
    r"|you begin|opening)"
)
_FIRST = re.compile(
    rf"\b{_DO}{gap(4)} {_TALK}{gap(3)} first\b|\bfirst{gap(4)} {_DO} {_AN}{gap(2)} {_TALK}\b"
    rf"|\b{_DO} {_AN}{gap(2)} {_TALK}{gap(12)} (?:before|prior to){gap(6)} {_BEGIN}\b"
    rf"|\b(?:before|prior to){gap(3)} {_BEGIN}{gap(10)} {_DO} {_AN}{gap(2)} {_TALK}\b"
    rf"|\binstead(?: ,)?(?: please)? {_DO} (?:an? )?{_TALK}\b"
    rf"|\bPR{gap(3)} (?:unless|until|without){gap(12)} (?:issues?|discuss\w*)\b"
    rf"|\bPR{gap(6)} (?:must|should|needs?|have|has) (?:to )?(?:be |have )?"
    rf"(?:reference|link\w*|associated|address|resolve|relate\w*|correspond\w*|an?){gap(4)} issues?\b"
)
_NOT_FIRST = re.compile(
    r"\b(?:no need|not need|not have to|not required|not necessary|without|rather than|instead of)"
    rf"{gap(4)} {_DO}"
    rf"|\b(?:not|never){gap(4)} {_DO}(?: {_AN})*{gap(1)} {_TALK}"
    r"|\b(?:security|vulnerabilit\w+|renam\w+|delet\w+)\b"
)

_DISCLOSED = re.compile(
    r"\bdisclos\w+|\bdeclar(?:e|ed|ation)\b|\backnowledg\w+|\battribut\w+|\btransparen\w+"
    r"|\bMADE by (?::|trailer|tag|line)"
    r"|\b(?:state|indicate|mention|tell us|say|note|specify) (?:that|if|whether|which|how|any|the|when)\b"
)
_ANSWERED = re.compile(
    r"\b(?:must|should|shall|need to|have to)(?: [^ ]+){0,4} (?:review\w*|understand|verif\w+|responsib\w+"
    r"|accountab\w+|own|explain)\b"
    r"|\b(?:are|is|remains?)(?: also| fully| solely| still| ultimately)* (?:responsible|accountable)\b"
    r"|\bhumans? (?:has|have|must|should)(?: be| been)? (?:review|verif|check|approv)\w*"
    r"|\bhuman (?:in the loop|review\w*|oversight|supervision)\b|\b(?:by|of) (?:a )?humans?\b"
)

_LARGE = re.compile(
    rf"\b(?:large|big|huge|massive|bulk|mass|sweeping|wide scale)(?: BOT)?{gap(3)}"
    r" (?:PR|CHANGE|refactor\w*|numbers?)\b"
)
_NO_LARGE = re.compile(
    r"\b(?:not|never|avoid|surprise|issues?|discuss\w*|split|difficult|hard|harder|smaller|limit\w*|clos\w+|reject\w*)\b"
)
_CLA = re.compile(r"\bclas?\b|\bcontribut(?:ors?|ion)s? licen[sc]e agreement")
_NO_CLA = re.compile(rf"\b(?:no|not|without|never){gap(5)} (?:clas?|contribut\w+ licen)")
_GUIDE = re.compile(r"\b(?:guides?|guidelines?|handbook|rules|polic(?:y|ies))\b")
_AI_POLICY = re.compile(rf"\bAI{gap(2)} (?:polic(?:y|ies)|guidelines?|rules)\b")

_SIGN_OFF = re.compile(
    r"signed[- ]off[- ]by\b|developer(?:['’]s|s)? certificate of origin"
    r"|\bgit commit [^\n]{0,60}(?:-s\b|--signoff\b)",
    re.I,
)
_DCO = re.compile(r"\bDCO\b")
_NEGATED = re.compile(
    r"\b(?:no|not|never|without|needn['’]t|n['’]t)\b[^.\n]{0,60}\Z|n['’]t\b[^.\n]{0,60}\Z", re.I
)


def wishes(words: str, role: Role, *, about_ai: bool) -> Iterator[Meaning]:
    """What a sentence of tagged `words` asks for; `about_ai` as for `refused`."""
    if _FIRST.search(words) and not _NOT_FIRST.search(words):
        yield Meaning.ISSUE_FIRST
    if _LARGE.search(words) and _NO_LARGE.search(words):
        yield Meaning.LARGE
    if _CLA.search(words) and not _NO_CLA.search(words):
        yield Meaning.CLA
    yield from _of_ai(words, role, about_ai)
    if role is Role.GUIDE and "url" in words.split() and _GUIDE.search(words) and "contribut" in words:
        yield Meaning.GUIDE


def _of_ai(words: str, role: Role, about_ai: bool) -> Iterator[Meaning]:
    named = re.search(r"\bAI\b", words) is not None
    if role is Role.README and not (named and re.search(r"\bPR\b", words)):
        return
    if role is Role.TEMPLATE and named:
        yield Meaning.DISCLOSE
    if (named or about_ai) and _DISCLOSED.search(words):
        yield Meaning.DISCLOSE
    if (named or about_ai) and _ANSWERED.search(words):
        yield Meaning.HUMAN
    if role not in (Role.AI, Role.AGENTS) and _AI_POLICY.search(words):
        yield Meaning.AI_POLICY


def most_files(words: str, around: str) -> int | None:
    """How many files a pull request may change by this sentence; `around` is what it hangs on, tagged."""
    if not re.search(r"\b(?:PR|CHANGE)\b", f"{words} {around}"):
        return None
    if _ONE_EACH.search(words):
        return 1
    found = _AT_MOST.search(words) or (_TOO_MANY.search(words) and _ABOVE.search(words))
    if found:
        return _number(found) or None
    below = _BELOW.search(words)
    return max(_number(below) - 1, 1) if below else None


def _number(found: re.Match[str]) -> int:
    written = next(value for value in found.groups() if value)
    return _NUMBERS[written] if written in _NUMBERS else int(written)


def signed_off_at(text: str) -> int | None:
    """Where in `text` (code points) a sign-off is asked for. Code counts: there it is shown how."""
    for pattern in (_SIGN_OFF, _DCO):
        for found in pattern.finditer(text):
            if not _NEGATED.search(text[max(found.start() - 80, 0) : found.start()]):
                return found.start()
    return None
