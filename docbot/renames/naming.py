"""Which name a mention of a product gets today, what proves it, and whether a person has to decide."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from docbot.markdown.prose import HOLE, Prose
from docbot.renames.entra import PRODUCT, decide
from docbot.renames.names import Hit
from docbot.renames.places import Places
from docbot.renames.surroundings import Says, said_around, sentence_around
from docbot.renames.table import Rename, entra
from docbot.types import Evidence, EvidenceKind

SURE, DOUBTFUL = 0.9, 0.6
"""Confidence of an edit, and the most a question may have."""
_ASKED, _GENERIC = 0.5, 0.3
_WORDS = re.compile(r"\w")
_LONGER = re.compile(rf"\s+(?:[A-Z][a-z]|{HOLE})")
"""A word with a capital, or markup, behind a name: "Azure Sentinel Reader" is a role."""
_ABBREVIATION = re.compile(r"\(([A-Z]{2,8})\)\Z")


class Name(msgspec.Struct, frozen=True, gc=False):
    """An old name at `[start, end)` of a block's prose, what it becomes, and what says so."""

    start: int
    end: int
    old: str
    new: str
    doubt: str
    """Why a person has to decide; empty where nobody has to."""
    ask: str
    confidence: float
    evidence: Evidence
    subject: str


def name_at(prose: Prose, hit: Hit, places: Places, today: date) -> Name | None:
    """What the name at `hit` becomes; None where it stays, or is no name yet or any more."""
    since = hit.rename.since if hit.rename else entra().guide.since
    if today < since or places.is_history(since):
        return None
    name = _from_table(prose, hit, hit.rename, places) if hit.rename else _from_entra(prose, hit, places)
    if name is None:
        return None
    says, why = said_around(prose.text, name.start, name.end, name.new, since)
    if says is Says.STAYS:
        return None
    doubt = name.doubt or why
    if not doubt and places.is_move:
        doubt = "the page leads from one product to another"
    others = _WORDS.search(prose.text, 0, name.start) or _WORDS.search(prose.text, name.end)
    if not doubt and not others:
        doubt = "it stands alone, as a value or a label does"
    return msgspec.structs.replace(name, doubt=doubt)


def _from_table(prose: Prose, hit: Hit, rename: Rename, places: Places) -> Name | None:
    old = " ".join(prose.text[hit.start : hit.end].split())
    long_name = any(places.says(name) for name in (*rename.old, rename.new) if name)
    if (hit.short and not long_name) or (rename.needs and not any(map(places.says, rename.needs))):
        return None
    if rename.unless and re.compile(rename.unless).match(prose.text, hit.end):
        return None
    doubt = ""
    if hit.short or not rename.edits:
        doubt = rename.ask or "a person has to see whether this product is meant"
    elif rename.next and not re.compile(rename.next).match(prose.text, hit.end):
        doubt = rename.ask
    elif _LONGER.match(prose.text, hit.end):
        doubt = "a capital follows: it may be part of a longer name"
    elif (short := _ABBREVIATION.search(old)) and places.times(short[1]) > 1:
        doubt = f"the page goes on with the abbreviation {short[1]}"
    day = rename.since.isoformat() if rename.since.year > 1 else ""
    became = f"{rename.old[0]} became {rename.new}" if rename.new else f"{rename.old[0]} was retired"
    detail = became + (f" by {day}" if day else "") + _looked_up(rename)
    return Name(
        start=hit.start,
        end=hit.end,
        old=old,
        new=rename.new,
        doubt=doubt,
        ask=rename.ask,
        confidence=_confidence(rename),
        evidence=Evidence(
            EvidenceKind.PRODUCT_NAME, rename.url or rename.source or "docbot's table of names", detail
        ),
        subject=rename.old[0],
    )


def _confidence(rename: Rename) -> float:
    if rename.generic or not rename.verified_on:
        return _GENERIC
    return SURE if rename.edits else _ASKED


def _looked_up(rename: Rename) -> str:
    if rename.verified_on is None:
        return " (not confirmed in a source yet)"
    return f" (looked up on {rename.verified_on})"


def _from_entra(prose: Prose, hit: Hit, places: Places) -> Name | None:
    decision = decide(prose.text, hit)
    if decision is None:
        return None
    said = prose.text[hit.start : hit.end]
    doubt = "" if decision.sure else decision.ask or "the words around the name don't decide"
    if decision.link and HOLE in sentence_around(prose.text, hit.start, hit.end):
        doubt = "a link beside it has to change, too"
    listed = prose.text[max(0, hit.start - 3) : hit.start].rstrip().endswith(":")
    if said == "AAD" and (listed or not _is_directory(places)):
        doubt = "AAD may stand for something else here"
    guide = entra().guide
    detail = (
        f"Azure Active Directory became {PRODUCT} on {guide.since}; {decision.by} decides (looked up on "
        f"{guide.verified_on})"
    )
    return Name(
        start=decision.start,
        end=decision.end,
        old=" ".join(prose.text[decision.start : decision.end].split()),
        new=decision.new,
        doubt=doubt,
        ask=decision.ask,
        confidence=SURE,
        evidence=Evidence(EvidenceKind.PRODUCT_NAME, _source(decision.by), detail),
        subject="Azure Active Directory",
    )


def _source(by: str) -> str:
    return entra().guide.procedure if by.startswith("rule") else entra().guide.source


def _is_directory(places: Places) -> bool:
    """Whether AAD on this page is the directory, and no data that is authenticated with a cipher."""
    names = any(map(places.says, ("Azure AD", "Azure Active Directory", "Entra")))
    return names and not any(map(places.says, ("authenticated data", "associated data")))
