"""What a pull request tells its reviewer, in reading order, as values: the body and the page say the same."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import msgspec

from docbot.forges.marker import Parts, numbered
from docbot.reporters.checks import LEADS, Code, Sentence, check_of
from docbot.reporters.hunks import Hunk, Place, hunks
from docbot.reporters.neutral import cut, joined, plain
from docbot.reporters.seen import View, views
from docbot.reporters.written import authors, gates_passed, written_by
from docbot.rules.by_hand import ByHand
from docbot.rules.interface import Rule
from docbot.types import Draft, Evidence

STOP = "Close this pull request and docbot never proposes the same change again."
TITLE_LENGTH = 72
_INLINE_CODE = re.compile(r"`([^`]+)`")
_MOST_CARDS = 6
_MOST_FACTS = 9
_MOST_LINES = 20
_LONGEST_HARM = 600
_SHORTEST_NAME = 12


class Disclosure(msgspec.Struct, frozen=True):
    """What a pull request discloses of how it was made.

    `base` is the branch it is for, `commit` what the drafts were made on. `reviewer` is the login of
    the person who looked at title, body and diff before they were sent, empty while nobody has.
    """

    version: str
    base: str
    commit: str = ""
    reviewer: str = ""


class Card(msgspec.Struct, frozen=True):
    """One proof, and how to check it in a minute."""

    lead: str
    source: str
    detail: str
    check: Sentence


class Copy(msgspec.Struct, frozen=True):
    """Where a change is made, and what proves it there beyond what proves all of them."""

    path: str
    lines: str
    cards: tuple[Card, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """One hunk with its copies. `facts` are pairs of a label and what it says.

    `number` is what people call it by; `keys` are the content keys of the drafts that make it.
    """

    number: int
    keys: tuple[str, ...]
    copies: tuple[Copy, ...]
    words: tuple[tuple[str, str], ...]
    diff: tuple[str, ...]
    facts: tuple[tuple[str, Sentence], ...]


class Story(msgspec.Struct, frozen=True):
    """A pull request's title and the parts of its body, in reading order."""

    title: str
    what: Sentence
    why: Sentence
    cards: tuple[Card, ...]
    changes: tuple[Change, ...]
    drop: Sentence
    """How one change alone is refused; empty where it can't be."""
    made: tuple[Sentence, ...]
    parts: Parts
    """What the marker remembers of the numbers."""


def story(
    drafts: Sequence[Draft],
    rules: Mapping[str, Rule],
    texts: Mapping[str, str],
    disclosure: Disclosure,
    earlier: Parts = (),
) -> Story:
    """Everything to be said of a proposal of these drafts (one at least), nothing of it neutralised.

    Changes that are in `earlier` keep their numbers. Raises what `docbot.reporters.hunks.hunks` raises.
    """
    shared = _shared(drafts)
    changes, parts = _numbered(drafts, texts, shared, earlier)
    return Story(
        title=title_of(drafts, rules),
        what=_what(drafts, rules),
        why=_why(shared, len(drafts)),
        cards=tuple(map(card_of, shared[:_MOST_CARDS])),
        changes=changes,
        drop=_drop(changes, parts),
        made=tuple(_made(drafts, disclosure)),
        parts=parts,
    )


def title_of(drafts: Sequence[Draft], rules: Mapping[str, Rule]) -> str:
    """The title of a pull request for these drafts: harmless, and at most 72 code points long."""
    first = drafts[0].finding
    rule = rules.get(first.rule)
    template = (rule.title if rule else "") or f"{first.rule}: {{name}}"
    names = list(dict.fromkeys(name_of(draft.finding.cause) for draft in drafts))
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    # What the name must give up, the words around it keep.
    room = TITLE_LENGTH + 1 - len(plain(template.replace("{name}", f"x{more}")))
    name = plain(names[0], max(_SHORTEST_NAME, room)) + more
    return plain(template.replace("{name}", name), TITLE_LENGTH)


def name_of(cause: str) -> str:
    """What a cause is about, short: of a path its last part, with the anchor if it names one."""
    path, mark, anchor = cause.partition(" ")[2].partition("#")
    return posixpath.basename(path.rstrip("/")) + mark + anchor


def _shared(drafts: Sequence[Draft]) -> list[Evidence]:
    """The proofs that every draft has."""
    every = [set(draft.finding.evidence) for draft in drafts]
    return [e for e in dict.fromkeys(drafts[0].finding.evidence) if all(e in mine for mine in every)]


def _what(drafts: Sequence[Draft], rules: Mapping[str, Rule]) -> Sentence:
    pages = len({draft.finding.path for draft in drafts})
    messages = dict.fromkeys(draft.finding.message for draft in drafts)
    rule = rules.get(drafts[0].finding.rule)
    cause = Code(next(iter(messages)) if len(messages) == 1 else name_of(drafts[0].finding.cause))
    harm = _section(rule, "Why it matters") if rule else ()
    causes = {draft.finding.cause for draft in drafts}
    one = ", all for one cause" if len(drafts) > 1 else ""
    if len(causes) > 1:
        one = ", one decision for copies of a page"
    return (
        f"This changes {counted(len(drafts), 'place')} on {counted(pages, 'page')}{one}: ",
        cause,
        ".",
        *((" What a reader has today: ", *harm) if harm else ()),
    )


def _section(rule: Rule, heading: str) -> Sentence:
    """A section of a rule's page as a sentence."""
    for part in rule.page().split("## "):
        name, _, text = part.partition("\n")
        if name.strip() == heading:
            pieces = _INLINE_CODE.split(cut(" ".join(text.split()), _LONGEST_HARM))
            return tuple(Code(piece) if i % 2 else piece for i, piece in enumerate(pieces) if piece)
    return ()


def _why(shared: Sequence[Evidence], places: int) -> Sentence:
    if not shared:
        return ("Each place has a proof of its own, shown below.",)
    if len(shared) > _MOST_CARDS:
        return (f"{_MOST_CARDS} of {len(shared)} proofs:",)
    proofs = "One proof holds" if len(shared) == 1 else f"{len(shared)} proofs hold"
    return (f"{proofs} for every place:" if places > 1 else "The proof:",)


def card_of(evidence: Evidence) -> Card:
    """A proof as a reviewer meets it."""
    return Card(LEADS[evidence.kind], evidence.source, evidence.detail, check_of(evidence))


def _numbered(
    drafts: Sequence[Draft], texts: Mapping[str, str], shared: Sequence[Evidence], earlier: Parts
) -> tuple[tuple[Change, ...], Parts]:
    found, pages = hunks(drafts, texts), views(drafts, texts)
    keys = [_keys(hunk, pages) for hunk in found]
    numbers, parts = numbered(keys, earlier)
    changes = (
        _change(number, mine, hunk, shared, [*_seen(hunk.first, pages), *_facts(hunk, drafts)])
        for number, mine, hunk in zip(numbers, keys, found, strict=True)
    )
    return tuple(changes), parts


def _keys(hunk: Hunk, pages: Mapping[str, View]) -> tuple[str, ...]:
    drafts = ((pages[place.path], draft) for place in hunk.places for draft in place.drafts)
    return tuple(dict.fromkeys(key for page, draft in drafts for key in page.keys(draft)))


def _seen(place: Place, pages: Mapping[str, View]) -> Iterable[tuple[str, Sentence]]:
    said = pages[place.path].seen(place)
    return [("A reader sees", said)] if said else []


def _drop(changes: Sequence[Change], parts: Parts) -> Sentence:
    """Of a single change nothing is said: to refuse it is to refuse all."""
    number = changes[1].number if len(changes) > 1 else 0
    if not 1 <= number <= len(parts):
        return ()
    return ("To refuse one change alone, comment its number: ", Code(f"docbot drop {number}"), ".")


def _change(
    number: int,
    keys: tuple[str, ...],
    hunk: Hunk,
    shared: Iterable[Evidence],
    facts: Iterable[tuple[str, Sentence]],
) -> Change:
    known = set(shared)
    copies = []
    for path, places in groupby(hunk.places, key=lambda place: place.path):
        here = list(places)
        own = [e for e in dict.fromkeys(e for place in here for e in place.evidence) if e not in known]
        known.update(own)
        copies.append(Copy(path, _lines(here), tuple(map(card_of, own[:_MOST_CARDS]))))
    said = tuple(dict.fromkeys(facts))[:_MOST_FACTS]
    return Change(number, keys, tuple(copies), hunk.words, hunk.diff, said)


def _lines(places: Sequence[Place]) -> str:
    """`line 3`, `lines 3–4 and 9`."""
    ranges = [f"{p.line}–{p.end_line}" if p.end_line > p.line else f"{p.line}" for p in places]
    many = len(ranges) > 1 or places[0].end_line > places[0].line
    return f"{'lines' if many else 'line'} {joined(ranges[:_MOST_LINES])}" + (
        f" and {len(ranges) - _MOST_LINES} more" if len(ranges) > _MOST_LINES else ""
    )


def _facts(hunk: Hunk, every: Sequence[Draft]) -> Iterable[tuple[str, Sentence]]:
    told = {draft.finding.message for draft in every}
    sureness: dict[str, float] = {}
    for draft in (draft for place in hunk.places for draft in place.drafts):
        rule, confidence = draft.finding.rule, draft.finding.confidence
        sureness[rule] = min(confidence, sureness.get(rule, confidence))
    for draft in hunk.first.drafts:
        finding, safety = draft.finding, draft.fix.applicability
        headings = finding.section.headings if finding.section else ()
        if headings:
            yield "Section", (Code(headings[-1]),)
        if len(told) > 1:
            yield "Reported", (Code(finding.message),)
        # What is said once of all copies is said of the least sure of them.
        sure = f"confidence {percent(sureness[finding.rule])}, {safety} fix"
        if finding.rule == ByHand.name:
            sure = "a person's own edit"
        yield "Rule", (Code(finding.rule), f", {finding.severity}, {sure}")
        yield from written_by(draft)


def _made(drafts: Sequence[Draft], disclosure: Disclosure) -> Iterable[Sentence]:
    base = (" for the branch ", Code(disclosure.base)) if disclosure.base else ()
    commit = (" at commit ", Code(disclosure.commit)) if disclosure.commit else ()
    yield ("Made with docbot ", Code(disclosure.version), *base, *commit, ".")
    yield from authors(drafts)
    yield from gates_passed(drafts)
    if disclosure.reviewer:
        yield ("Reviewed before it was sent by ", Code(disclosure.reviewer), ".")
    else:
        yield ("Reviewed by: nobody yet. A person who did adds their name here.",)


def counted(number: int, noun: str) -> str:
    """`1 page`, `2,000 pages`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def percent(share: float) -> str:
    return f"{share * 100:.0f} %"
