"""The rule `sibling-drift`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docbot.facts import Facts, Need
from docbot.hand_edits import Leaf, compare, touched
from docbot.markdown import Document
from docbot.markdown.prose import HOLE
from docbot.repository.values import Forgotten
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.same_sense import same_sense
from docbot.rules.outdated.word_edits import passage, place_of, share_of_ends, word_edits
from docbot.text import Edit, apply
from docbot.types import Applicability, Evidence, EvidenceKind, Finding, Fix, Severity

_ALIKE = 0.7
"""The share of a correction's words and marks that it leaves alone, at least."""
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_BLOCK = re.compile(r"\s*(?:$|[-*+#>|]+(?=\s|$)|\d+[.)](?=\s))")
"""What begins a block of its own, or ends one."""
_HOLES = re.compile(f"{HOLE}+")
_MARKUP = frozenset("<>|`[]")
_SURE, _UNSURE = 0.92, 0.5
_LONGEST_SHOWN = 60
_MOST_COPIES = 6


class SiblingDrift(Rule):
    """
    ## What it finds
    A sentence that was corrected in other copies of the same page, such as those in the folders of newer
    versions, and that still stands uncorrected in this one.

    ## Why it matters
    Somebody found the mistake and put it right, and the readers of one version still meet it.

    ## Evidence
    The commit that corrected the newer copy, and that copy as it is today. The copies are told by their
    folders (`7.4`, `v2`, `net-8.0`, `latest`) and by their text: most of the page and what stands around
    the sentence are the same. At least as many copies were corrected as were left out, the newest among
    them, and nobody took it back. An older version never changes a newer one, numbers, code, links,
    tables, headings and metadata are never touched, and versions that nobody corrects any more are left
    alone. What only says the same in better words (spelling, grammar, contractions, marks) was right; what
    adds or drops something may be true for one version alone, and is below the default confidence.

    ## Fix
    The words of the corrected copy. Safe where they say the same in better words; otherwise a person
    looks whether they hold for this version.
    """

    name = "sibling-drift"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    title = "Correct {name} as its copies were corrected"
    precision = (
        "of the edits that say the same in better words 45 of 45 were right, on six states of a Learn "
        "repository, read by hand in November 2026"
    )
    needs = frozenset({Need.SIBLINGS})
    examples = (
        Good("Open the the file, and save it."),
        Good(
            "Wait up to 20 seconds for the answer of the server.",
            Given(
                corrected={
                    "2.0/page.md": (
                        "Wait up to 20 seconds for the answer of the server.",
                        "Wait up to 30 seconds for the answer of the server.",
                    )
                }
            ),
        ),
        Bad(
            "The filter returns every item that matchs the pattern.",
            fixed="The filter returns every item that matches the pattern.",
            given=Given(
                corrected={
                    "2.0/page.md": (
                        "The filter returns every item that matchs the pattern.",
                        "The filter returns every item that matches the pattern.",
                    )
                }
            ),
        ),
        Bad(
            "Use the wizard on Windows to create\nthe first project of your team.",
            fixed="Use the wizard to create\nthe first project of your team.",
            given=Given(
                corrected={
                    "2.0/page.md": (
                        "Use the wizard on Windows to create",
                        "Use the wizard to create",
                    )
                }
            ),
        ),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for one in facts.siblings.forgotten.get(document.path, ()):
            for leaf, edits in _by_leaf(document, _edits(document, one)):
                yield self._finding(document, one, leaf, edits)

    def _finding(self, document: Document, one: Forgotten, leaf: Leaf, edits: tuple[Edit, ...]) -> Finding:
        source = one.source
        copies = f"{one.alike} of {one.alike + len(one.left)} copies have it"
        sure = all(same_sense(edit.span.of(document.text), edit.replacement) for edit in edits)
        return self.finding(
            document,
            touched(document, leaf, edits),
            f"{source.path} was corrected here on {source.date} (commit {source.commit}); {copies}",
            confidence=_SURE if sure else _UNSURE,
            evidence=_evidence(document, one, edits),
            cause=f"{self.name} {one.corrected[0]}",
            fix=Fix(
                "Take the words of the corrected copy",
                edits,
                Applicability.SAFE if sure else Applicability.UNSAFE,
            ),
        )


def _evidence(document: Document, one: Forgotten, edits: Sequence[Edit]) -> tuple[Evidence, ...]:
    words = "; ".join(_said(edit.span.of(document.text), edit.replacement) for edit in edits)
    more = f" and {len(one.corrected) - _MOST_COPIES} more" if len(one.corrected) > _MOST_COPIES else ""
    return (
        Evidence(
            EvidenceKind.HISTORY,
            f"commit {one.source.commit}",
            f"corrected {one.source.path} on {one.source.date}: {words}",
        ),
        Evidence(
            EvidenceKind.SIBLING,
            f"{one.source.path}:{one.line}",
            f"corrected copies: {', '.join(one.corrected[:_MOST_COPIES])}{more}",
        ),
    )


def _said(old: str, new: str) -> str:
    if not old.strip():
        return f"“{_short(new)}” was added"
    return f"“{_short(old)}” became “{_short(new)}”" if new.strip() else f"“{_short(old)}” was removed"


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST_SHOWN else f"{said[:_LONGEST_SHOWN]}…"


def _edits(document: Document, one: Forgotten) -> tuple[Edit, ...]:
    """What makes the page say what its copy says; nothing where that is no small correction here."""
    place = place_of(document.text, one.old)
    if place is None:
        return ()
    old, new = passage(place.of(document.text)), passage("\n".join(one.new).strip())
    if _begun(one.old) != _begun(one.new):
        return ()
    if share_of_ends(old, new) < _ALIKE or _NUMBER.findall(old.text) != _NUMBER.findall(new.text):
        return ()
    return tuple(Edit(edit.span.shifted(place.start), edit.replacement) for edit in word_edits(old, new))


def _begun(lines: Sequence[str]) -> list[str]:
    """How lines begin that don't go on with the paragraph before them."""
    return [match[0].strip() for line in lines if (match := _BLOCK.match(line))]


def _by_leaf(document: Document, edits: tuple[Edit, ...]) -> list[tuple[Leaf, tuple[Edit, ...]]]:
    """The edits of each paragraph; nothing unless all are inside of one and change its prose alone."""
    if not edits or not all(_in_prose(document, edit) for edit in edits):
        return []
    after = document.with_text(apply(document.text, edits))
    compared = compare(document, after)
    leaves = [change.before for change in compared.changes]
    if compared.refusals or any(leaf.kind != "paragraph" for leaf in leaves):
        return []
    if _marked(document) != _marked(after):
        return []
    found = [(leaf, tuple(edit for edit in edits if leaf.span.contains(edit.span))) for leaf in leaves]
    return found if sum(len(mine) for _, mine in found) == len(edits) else []


def _in_prose(document: Document, edit: Edit) -> bool:
    """Whether the edit replaces words that a reader reads as a sentence, and brings no markup."""
    prose = next((one for one in document.prose if one.span.contains(edit.span)), None)
    if prose is None or _MARKUP & set(edit.replacement):
        return False
    start, end = (at - prose.span.start for at in (edit.span.start, edit.span.end))
    return prose.text[start:end].split() == edit.span.of(document.text).split()


def _marked(document: Document) -> list[str]:
    """Everything in paragraphs, headings and cells that is no prose, in order."""
    return [
        prose.span_of(*match.span()).of(document.text)
        for prose in document.prose
        for match in _HOLES.finditer(prose.text)
    ]
