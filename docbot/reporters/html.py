"""A scan as one page of HTML: by page and section, each cause once, with its proof and its fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.sheet import sheet
from docbot.reporters.summary import places
from docbot.reporters.text import Family, Sections, families, grouped
from docbot.reporters.told import Told, told
from docbot.reporters.worddiff import Row, Segments, block, shortened
from docbot.sections import shortlist
from docbot.text import Edit, Span, apply
from docbot.types import Finding, Fix, Report, SectionScore, Severity

_ROOM = 1_200_000
"""Code points, roughly, that the causes may take. A page of more is slow to open, and nobody reads it all."""
_MOST_GROUPS = 3
"""Groups of lines of one fix."""
_MOST_LINES = 12
"""Lines of such a group, on each side."""
_MOST_PLACES = 20
_MOST_SECTIONS = 20
_MOST_NOTICES = 50


class Cause(msgspec.Struct, frozen=True):
    """The findings of one cause: the first with its line, fix and proof, of the others where they are."""

    told: Told
    line: Segments
    """The line that the finding starts on; the finding is marked as changed."""
    fix: Fix | None
    rows: tuple[Row, ...]
    groups_left: int
    places: tuple[str, ...]
    places_left: int

    @property
    def weight(self) -> int:
        """Code points it takes on the page, roughly."""
        rows = sum(220 + sum(30 + len(text) for text, _ in row.segments) for row in self.rows)
        line = sum(30 + len(text) for text, _ in self.line)
        return self.told.weight + rows + line + sum(40 + len(place) for place in self.places)


class Section(msgspec.Struct, frozen=True):
    """A section of a page with the causes that first show there."""

    headings: tuple[str, ...]
    causes: tuple[Cause, ...]


class Page(msgspec.Struct, frozen=True):
    """A page with its sections, by place; `number` counts the pages here from 1."""

    number: int
    path: str
    sections: tuple[Section, ...]

    @property
    def count(self) -> int:
        """How many causes first show on it."""
        return sum(len(section.causes) for section in self.sections)


class Ranked(msgspec.Struct, frozen=True):
    """A section that stands badly, and the line it starts on."""

    score: SectionScore
    line: int


def render(report: Report, options: Options) -> Iterator[str]:
    """The page, in one piece. Write it as UTF-8.

    Raises KeyError when `report.texts` lacks the page of a finding or a section, docbot.text.Conflict when
    the edits of one fix meet.
    """
    locator = Locator(report.texts)
    every = families(report.findings)
    shown = _fitting(every, locator)
    grave = Counter(finding.severity for finding in report.findings)
    summaries = {rule.name: rule.summary for rule in options.rules}
    rules = Counter(finding.rule for finding in report.findings)
    yield sheet(
        "scan.html.j2",
        report=report,
        version=options.version,
        pages=_pages([family for family in every if id(family) in shown], shown),
        causes=len(every),
        left=[family for family in every if id(family) not in shown],
        grave=[(severity.value, grave[severity]) for severity in Severity],
        rules=[(name, count, summaries.get(name, "")) for name, count in rules.most_common()],
        sections=[Ranked(one, locator.index(one.path).line(one.span.start)) for one in _worst(report)],
        notices=report.notices[:_MOST_NOTICES],
        notices_left=max(0, len(report.notices) - _MOST_NOTICES),
    )


def _worst(report: Report) -> Sequence[SectionScore]:
    return shortlist(report.sections, _MOST_SECTIONS)


def _fitting(every: Sequence[Family], locator: Locator) -> dict[int, Cause]:
    """What is shown of each family, by its identity: the gravest, as far as there is room."""
    shown: dict[int, Cause] = {}
    room = _ROOM
    for family in sorted(every, key=lambda one: -one.shown.severity.rank):
        cause = _cause(family, locator)
        room -= cause.weight
        if room < 0 and shown:
            break
        shown[id(family)] = cause
    return shown


def _pages(kept: Iterable[Family], shown: dict[int, Cause]) -> list[Page]:
    """The pages that have something, those with the gravest first."""
    by_page = sorted(grouped(kept).items(), key=lambda item: -_worst_of(item[1]))
    return [
        Page(
            number,
            path,
            tuple(
                Section(headings, tuple(shown[id(family)] for family in members))
                for headings, members in sections.items()
            ),
        )
        for number, (path, sections) in enumerate(by_page, 1)
    ]


def _worst_of(sections: Sections) -> int:
    return max(family.shown.severity.rank for members in sections.values() for family in members)


def _cause(family: Family, locator: Locator) -> Cause:
    finding = family.shown
    rows, left = _fixed(finding.path, finding.fix, locator) if finding.fix else ([], 0)
    return Cause(
        told=told(finding, locator),
        line=_line(finding, locator),
        fix=finding.fix,
        rows=tuple(rows),
        groups_left=left,
        places=tuple(places(family.folded[:_MOST_PLACES], locator)),
        places_left=max(0, len(family.folded) - _MOST_PLACES),
    )


def _line(finding: Finding, locator: Locator) -> Segments:
    text, index = locator.text(finding.path), locator.index(finding.path)
    whole = index.line_span(index.line(finding.span.start))
    inside = Span(finding.span.start, min(finding.span.end, whole.end))
    parts = (
        (Span(whole.start, inside.start).of(text), False),
        (inside.of(text), True),
        (Span(inside.end, whole.end).of(text).removesuffix("\r"), False),
    )
    return shortened(tuple(part for part in parts if part[0]))


def _fixed(path: str, fix: Fix, locator: Locator) -> tuple[list[Row], int]:
    """The lines that the fix changes, before and after; and how many groups of lines are left out."""
    groups = list(_touched(path, fix.edits, locator))
    rows: list[Row] = []
    text, index = locator.text(path), locator.index(path)
    for first, last, edits in groups[:_MOST_GROUPS]:
        whole = Span(index.line_span(first).start, index.line_span(last).end)
        old = whole.of(text)
        new = apply(old, [Edit(edit.span.shifted(-whole.start), edit.replacement) for edit in edits])
        lines = old.split("\n")[:_MOST_LINES], new.split("\n")[:_MOST_LINES]
        rows += [
            msgspec.structs.replace(row, segments=shortened(row.segments))
            for row in block(*lines, (first, first))
        ]
    return rows, max(0, len(groups) - _MOST_GROUPS)


def _touched(path: str, edits: Iterable[Edit], locator: Locator) -> Iterator[tuple[int, int, list[Edit]]]:
    """The first and the last line of each stretch of lines that edits touch, with these edits."""
    index = locator.index(path)
    first, last, mine = 0, 0, list[Edit]()
    for edit in sorted(set(edits)):
        start, end = index.line(edit.span.start), index.line(edit.span.end)
        if mine and start > last:
            yield first, last, mine
            mine = []
        first = first if mine else start
        last = max(last, end)
        mine = [*mine, edit]
    if mine:
        yield first, last, mine
