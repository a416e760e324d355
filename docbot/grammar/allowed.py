"""What is taken from the grammar checker: a few of its rules, each only where the words have a given shape.

The checker has some nine hundred rules. Its parser takes imperatives, nouns of programming and names for what
they aren't, so that of all its lints on documentation most are wrong; each kind kept here was read place by
place. A lint counts only where the shape has it too, so a sentence without a shape needn't be checked.
"""

from __future__ import annotations

import re

import msgspec


class Allowed(msgspec.Struct, frozen=True):
    """One kind of lint that is taken over."""

    rule: str
    """The checker's own name."""
    shape: re.Pattern[str]
    """Its group `slip` is what the lint spans."""
    why: str
    """What is wrong, for the person who reads the finding."""
    right: int
    of: int
    """Places that were right, of those that were read."""


def _kind(rule: str, shape: str, why: str, right: int, of: int) -> Allowed:
    return Allowed(rule, re.compile(shape), why, right, of)


_MODALS = "can|could|may|might|must|shall|should|will|would"
_NO_PARTICIPLE = "(?:bleed|breed|embed|exceed|feed|heed|need|proceed|seed|shed|speed|succeed|wed)"
_PASSIVE = (
    r"(?=[.,;:)]| (?:[a-z]+ly|after|and|as|at|before|between|but|by|during|for|from|if|in|into|on|only|or|per"
    r"|provided|so|through|to|unless|until|using|via|when|where|while|with|within|without)\b)"
)
"""What follows a participle and no verb of the past."""
_DETERMINER = "(?:an?|all|any|both|each|every|its|it|my|our|that|the|their|them|these|this|those|your)"

ALLOWED = (
    _kind(
        "ModalBeAdjective",
        r"(?<!\b[Yy]ou )(?<!\b[Ww]e )(?<!\bI )"
        rf"\b(?P<slip>{_MODALS}) (?!{_NO_PARTICIPLE}\b)[a-z]+ed\b{_PASSIVE}",
        "“be” is missing after “{slip}”",
        28,
        28,
    ),
    _kind(
        "SimplePastToPastParticiple",
        r"(?:\b(?:have|has|had)|['’](?:ve|d)) "
        r"(?P<slip>began|broke|came|chose|did|drove|fell|gave|ran|saw|took|went|wrote)\b",
        "after “have” stands “{new}”",
        4,
        4,
    ),
    _kind(
        "NotBeAfterNot",
        r"(?:\b(?:are|is|was|were)|['’]re) (?P<slip>not be) [a-z]+",
        "“be” is one word too many",
        5,
        5,
    ),
    _kind(
        "TheMy",
        r"\b(?P<slip>the (?:its|our|their|your)|(?:our|their|your) the)\b",
        "“{slip}” has one word too many",
        15,
        15,
    ),
    _kind("ThisTypeOfThing", r"\b[Tt]hese (?P<slip>kind|sort|type) of\b", "“these” takes “{new}”", 4, 4),
    _kind(
        "NoLonger",
        r"(?:\b(?:are|be|is|was|were)|\b(?:it|that)['’]s) (?P<slip>not) longer "
        r"(?!and\b|but\b|lines?\b|names?\b|or\b|than\b)[a-z]+",
        "“no longer” is meant",
        3,
        3,
    ),
    _kind(
        "NounVerbConfusion",
        r"\bno (?P<slip>affect)\b|\btakes? (?P<slip2>affect)\b|\bonly (?P<slip3>effects) (?:a|the)\b"
        r"|\b(?:not|n['’]t) (?P<slip4>effect) (?:any|its|the|their|them|you)\b",
        "“{new}” is meant",
        7,
        7,
    ),
    _kind(
        "LetToDo", r"\blets? (?:it|them|us|users|you)(?P<slip> to) [a-z]+", "after “let” stands no “to”", 5, 5
    ),
    _kind("Beforehand", r"\b(?P<slip>before hand)\b(?!-)", "“{new}” is one word", 2, 2),
    _kind("Straightforward", r"\b(?P<slip>straight forward)\b(?!-)", "“{new}” is one word", 6, 6),
    _kind(
        "CriteriaPhenomena",
        # “this criteria” may as well be “these criteria”.
        r"\b(?:a|one|another|single) (?P<slip>criteria)\b",
        "one of them is a “{new}”",
        2,
        2,
    ),
    _kind(
        "HowTo",
        r"\b(?P<slip>how) (?:add|build|configure|create|define|enable|get|install|remove|specify|write|use)"
        rf" {_DETERMINER}\b",
        "“to” is missing after “how”",
        4,
        4,
    ),
    _kind(
        "PhrasalVerbAsCompoundNoun",
        rf"\b(?:to|can|must|should|you|then) (?:[a-z]+ly )?"
        rf"(?P<slip>backup|checkout|cleanup|login|logout|lookup|rollback|setup|shutdown|startup)"
        rf" {_DETERMINER}\b",
        "the verb is two words, “{new}”",
        31,
        31,
    ),
    # In “devices that the policy allows to connect” nothing is wrong: the first branch takes those away.
    _kind(
        "AllowTo",
        r"\b(?:that|which|whom?)(?: [\w'’-]+){1,4} allows to\b"
        r"|(?:\b(?P<slip>allows to [a-z]+(?: [a-z]+)?)|\A(?P<slip2>Allows? to [a-z]+(?: [a-z]+)?))\b",
        "after “allow” stands who may do it",
        75,
        76,
    ),
)

KINDS = {kind.rule: kind for kind in ALLOWED}
