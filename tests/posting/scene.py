"""A pull request of a few pages, what docbot finds in it, and what is said there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from docbot.forges.interface import Remark
from docbot.forges.memory_reviews import MemoryReviews
from docbot.posting.marker import last_review
from docbot.posting.plan import plan
from docbot.posting.values import Known, Posting, Since
from docbot.repository.patches import Hunk as Lines
from docbot.repository.patches import PageChange
from docbot.review.hunks import hunks_of
from docbot.review.sides import on
from docbot.review.values import Judged, Judgement, Reason, Review
from docbot.text import Edit, Span
from docbot.types import Applicability, Evidence, EvidenceKind, Finding, Fix, Question, Severity, fingerprint

HEAD = "a" * 40
LATER = "b" * 40
NUMBER = 7
PROOF = Evidence(EvidenceKind.LANGUAGE, "language", "97 of 100")


def found(
    pages: Mapping[str, str],
    path: str,
    excerpt: str,
    *,
    severity: Severity = Severity.WARNING,
    rule: str = "doubled-word",
    to: str | None = None,
    message: str = "",
    question: Question | None = None,
) -> Finding:
    """The finding of `excerpt`, which its page has once; `to` is what its fix makes of it."""
    text = pages[path]
    assert text.count(excerpt) == 1
    span = Span(text.index(excerpt), text.index(excerpt) + len(excerpt))
    fix = None if to is None else Fix("Write it once", (Edit(span, to),), Applicability.SAFE)
    said = message or f"“{excerpt}” is wrong"
    told = Finding(rule, path, span, excerpt, said, severity, 0.9, (PROOF,), fix=fix, question=question)
    return msgspec.structs.replace(told, fingerprint=fingerprint(rule, path, excerpt, 0))


def reviewed(
    before: Mapping[str, str], after: Mapping[str, str], findings: Iterable[Finding] = (), head: str = HEAD
) -> Review:
    """The review of a change, with each of `findings` at the hunk that it stands on, else elsewhere."""
    hunks = list(hunks_of(list(_changes(before, after)), before, after))
    left = list(findings)
    judged = []
    for hunk in hunks:
        adds = tuple(f for f in left if f.path == hunk.path and on(f.span, hunk.after))
        left = [f for f in left if f not in adds]
        judgement = Judgement.DONT if adds else Judgement.LOOK
        reasons = tuple(Reason(f"new: {f.rule}: {f.message}", f) for f in adds)
        judged.append(Judged(hunk, judgement, reasons or (Reason("a person has to judge"),), adds=adds))
    return Review(tuple(judged), "c" * 40, head, tuple(left), before=before, after=after)


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[PageChange]:
    for path in sorted({*before, *after}):
        if path not in before:
            yield PageChange(None, path, "", ())
        elif path not in after:
            yield PageChange(path, None, "", ())
        elif before[path] != after[path]:
            yield PageChange(path, path, "", tuple(_hunks(_lines(before[path]), _lines(after[path]))))


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterable[Lines]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            was, now = _bytes(old[a:b]), _bytes(new[c:d])
            yield Lines(a + 1 if was else a, c + 1 if now else c, was, now)


def _lines(text: str) -> list[str]:
    return text.split("\n")[:-1] if text.endswith("\n") else text.split("\n")


def _bytes(lines: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(line.encode("utf-8", "surrogatepass") for line in lines)


class Desk:
    """The pull request, on a forge that lives in memory."""

    def __init__(self) -> None:
        self.forge = MemoryReviews()
        self.forge.open(NUMBER, HEAD)

    def known(self, review: Review, **given: Any) -> Known:
        """What the forge knows now. `given` takes the place of what is asked."""
        forge = self.forge
        remarks, comments = forge.remarks(NUMBER), forge.comments(NUMBER)
        last = last_review(remarks, comments, forge.user, review.head)
        fresh = {"since": Since(last, given.pop("lines", {}))} if last else {}
        known = Known(forge.docs.name, NUMBER, forge.user, remarks, comments, forge.disliked())
        return msgspec.structs.replace(known, **{"exact": frozenset(review.after), **fresh, **given})

    def post(self, review: Review, **given: Any) -> Posting:
        """Review once: what was planned, which is sent."""
        self.forge.sent.clear()
        planned = plan(review, self.known(review, **given))
        for request in planned.requests:
            self.forge.send(request)
        return planned

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """docbot's remarks, oldest first."""
        return tuple(one for one in self.forge.remarks(NUMBER) if one.author == self.forge.user)

    @property
    def stickies(self) -> list[str]:
        """The texts of docbot's comments."""
        return [one.text for one in self.forge.comments(NUMBER) if one.author == self.forge.user]
