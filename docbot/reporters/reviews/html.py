"""A review as one page of HTML for whoever has to judge the change: the gravest first, each with proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.reviews.lines import Lines, lines_of
from docbot.reporters.reviews.said import MEANINGS, WORST_FIRST, judgements, of_build, place, severities
from docbot.reporters.sheet import sheet
from docbot.reporters.told import Told, told
from docbot.review.values import Judged, Judgement, Review
from docbot.types import Severity

_ROOM = 2_400_000
"""Code points, roughly, that the hunks may take. A page of more is slow to open, and nobody reads it all."""
_ROOM_OF_FINDINGS = 300_000
_MOST_LINES = 40
_MOST_FINDINGS = 8
"""Of one kind that are told of one hunk."""
_MOST_COPIES = 12
_MOST_NOTICES = 50
_IDS = {Judgement.DONT: "dont", Judgement.LOOK: "look", Judgement.PROVEN: "proven"}
_LEADS = (
    ("adds", "added on these lines"),
    ("breaks", "elsewhere, about what these lines moved or removed"),
    ("fixes", "mended"),
)


class Group(msgspec.Struct, frozen=True):
    """Findings of one kind that a hunk has: the first of them, and how many more there are."""

    kind: str
    said: str
    findings: tuple[Told, ...]
    left: int


class Shown(msgspec.Struct, frozen=True):
    """A hunk as the page shows it. `number` is its place in the order to read them."""

    number: int
    one: Judged
    place: str
    lines: Lines
    groups: tuple[Group, ...]
    copies: tuple[str, ...]
    copies_left: int

    @property
    def refused(self) -> int:
        """How many gates refused it."""
        return sum(not verdict.passed for verdict in self.one.proof)

    @property
    def weight(self) -> int:
        """Code points it takes on the page, roughly."""
        rows = sum(220 + sum(30 + len(text) for text, _ in row.segments) for row in self.lines.rows)
        found = sum(one.weight for group in self.groups for one in group.findings)
        proof = sum(120 + len(verdict.reason) for verdict in self.one.proof)
        said = sum(30 + len(text) for text in (*self.one.said, *self.copies))
        return 800 + 2 * len(self.place) + rows + found + proof + said


class Part(msgspec.Struct, frozen=True):
    """The hunks of one judgement: those that are shown, and how many there are in all."""

    id: str
    title: str
    meaning: str
    hunks: tuple[Shown, ...]
    count: int


class New(msgspec.Struct, frozen=True):
    """A new finding, and the number of the hunk that is shown with it; 0 where none is."""

    told: Told
    hunk: int


def render(review: Review, options: Options) -> Iterator[str]:
    """The page, in one piece. Write it as UTF-8.

    Raises KeyError when `review` lacks the text of a page that has a finding or a hunk.
    """
    shown = list(_shown(review))
    new = list(_new(review, shown))
    grave, notices = severities(review.new), review.notices
    yield sheet(
        "review.html.j2",
        review=review,
        version=options.version,
        parts=_parts(review, shown),
        last=len(shown),
        new=new,
        new_count=len(review.new),
        grave=[(severity.value, grave[severity]) for severity in Severity],
        build=list(of_build(review)),
        notices=notices[:_MOST_NOTICES],
        notices_left=max(0, len(notices) - _MOST_NOTICES),
    )


def _parts(review: Review, shown: Sequence[Shown]) -> list[Part]:
    counts = judgements(review)
    return [
        Part(
            _IDS[judgement],
            judgement.value,
            MEANINGS[judgement],
            tuple(one for one in shown if one.one.judgement is judgement),
            counts[judgement],
        )
        for judgement in WORST_FIRST
    ]


def _shown(review: Review) -> Iterator[Shown]:
    """The first hunks, as far as there is room."""
    before, after = Locator(review.before), Locator(review.after)
    room = _ROOM
    for number, one in enumerate(review.hunks, 1):
        shown = Shown(
            number=number,
            one=one,
            place=place(one.hunk, before, after),
            lines=lines_of(one.hunk, before, after, _MOST_LINES),
            groups=tuple(_groups(one, before, after)),
            copies=one.forgotten[:_MOST_COPIES],
            copies_left=max(0, len(one.forgotten) - _MOST_COPIES),
        )
        room -= shown.weight
        if room < 0 and number > 1:
            return
        yield shown


def _groups(one: Judged, before: Locator, after: Locator) -> Iterator[Group]:
    every = ((one.adds, after), (one.breaks, after), (one.fixes, before))
    for (kind, said), (findings, locator) in zip(_LEADS, every, strict=True):
        if findings:
            first = tuple(told(finding, locator) for finding in findings[:_MOST_FINDINGS])
            yield Group(kind, said, first, max(0, len(findings) - _MOST_FINDINGS))


def _new(review: Review, shown: Sequence[Shown]) -> Iterator[New]:
    """The new findings, the gravest first, as far as there is room."""
    made_by = {
        finding.key: one.number for one in reversed(shown) for finding in (*one.one.adds, *one.one.breaks)
    }
    locator, room = Locator(review.after), _ROOM_OF_FINDINGS
    for finding in sorted(review.new, key=lambda finding: (-finding.severity.rank, finding.key)):
        new = New(told(finding, locator), made_by.get(finding.key, 0))
        room -= new.told.weight
        if room < 0:
            return
        yield new
