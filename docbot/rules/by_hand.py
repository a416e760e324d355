"""The rule `by-hand`, which no scan runs: it speaks for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from docbot.facts import Facts
from docbot.hand_edits import edits_of, leaves_of, touched
from docbot.markdown import Document
from docbot.rules.interface import Kind, Rule
from docbot.types import Applicability, Evidence, Finding, Fix, Severity


class Replacement(msgspec.Struct, frozen=True):
    """What a person writes in place of the leaf number `index` of a page, where that says `before`.

    Leaves are those of `docbot.hand_edits.leaves_of`; both texts are without `\\r` at line ends.
    """

    path: str
    index: int
    before: str
    after: str
    evidence: tuple[Evidence, ...]


class ByHand(Rule):
    """
    ## What it finds
    Nothing by itself. It stands for the person who edited a page by hand and has docbot take the edit
    through the same checks as its own: it reports each block that still says what they replaced.

    ## Why it matters
    Words that somebody who read them found wrong, outdated or unclear, and put right by hand.

    ## Evidence
    The person's own reason, the findings of other rules that their edit settles, and for a copy of the
    page the place where they made the edit.

    ## Fix
    Safe: the words are the person's, who is shown everything before it is sent.
    """

    name = "by-hand"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    title = "Correct {name}"

    def __init__(self, replacements: Sequence[Replacement] = (), message: str = "", cause: str = "") -> None:
        self._replacements = tuple(replacements)
        self._message = message
        self._cause = cause

    @property
    def paths(self) -> tuple[str, ...]:
        """The pages it speaks of, in order."""
        return tuple(sorted({one.path for one in self._replacements}))

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        mine = [one for one in self._replacements if one.path == document.path]
        leaves = leaves_of(document) if mine else ()
        for one in mine:
            leaf = leaves[one.index] if one.index < len(leaves) else None
            if leaf is None or leaf.text != one.before:
                continue
            edits = edits_of(document, leaf, one.after)
            yield self.finding(
                document,
                touched(document, leaf, edits),
                self._message,
                confidence=1.0,
                evidence=one.evidence,
                cause=self._cause,
                fix=Fix("Take what the person wrote", edits, Applicability.SAFE),
            )
