"""A report for a person at a terminal, and plain text everywhere else.

Everything from the docs goes through `visible` and into `rich.text.Text`, which knows no markup: no page
can colour, move or hide anything.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
from rich.console import Console
from rich.text import Text

from docbot.reporters.excerpt import excerpt_line, filled
from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.plain import head, visible
from docbot.reporters.summary import places, section_lines, summary_lines
from docbot.text import Edit
from docbot.types import Finding, Fix, Question, Report, Severity

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_INDENT = 10
_PLACES = 3
_EDITS = 3
_UNLIMITED = 200
"""Cells a line of context may have where nothing wraps."""


class Page(msgspec.Struct, frozen=True, gc=False):
    """What a printed line needs to know of its surroundings. `width` 0 never wraps."""

    locator: Locator
    width: int

    @property
    def room(self) -> int:
        """Cells for a line of page text."""
        return max(20, (self.width or _UNLIMITED) - _INDENT)


class Family(msgspec.Struct, frozen=True, gc=False):
    """The findings of one cause: the first is shown, of the others only where they are."""

    shown: Finding
    folded: tuple[Finding, ...]


def render(report: Report, options: Options) -> Iterator[str]:
    """The report as plain text, in one piece. Raises KeyError when `report.texts` lacks a page."""
    out = io.StringIO()
    console = Console(
        file=out, width=options.width or _UNLIMITED, color_system=None, force_terminal=False, highlight=False
    )
    _print(report, console, options.width)
    yield out.getvalue()


def print_report(report: Report, console: Console) -> None:
    """Print to `console`; wraps at its width only when it is a terminal. Raises KeyError as `render`."""
    _print(report, console, console.width if console.is_terminal else 0)


def families(findings: Iterable[Finding]) -> list[Family]:
    """Findings by cause, in the order of each cause's first; those without a cause stand alone."""
    groups: dict[tuple[str, int], list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault((finding.cause, 0 if finding.cause else number), []).append(finding)
    return [Family(group[0], tuple(group[1:])) for group in groups.values()]


def _print(report: Report, console: Console, width: int) -> None:
    page = Page(Locator(report.texts), width)
    shown = families(report.findings)
    for line in _lines(report, shown, page):
        console.print(line, soft_wrap=True, highlight=False)


def _lines(report: Report, shown: Sequence[Family], page: Page) -> Iterator[Text]:
    for path, sections in grouped(shown).items():
        yield Text(visible(path), "bold underline")
        for headings, members in sections.items():
            yield Text(f"  {_heading_path(headings)}", "bold")
            for family in members:
                yield from _family(family, page)
        yield Text()
    yield from section_lines(report.sections, page.locator)
    yield from summary_lines(report, len(shown))


Sections = dict[tuple[str, ...], list[Family]]


def grouped(shown: Iterable[Family]) -> dict[str, Sections]:
    """Families by page and section, both in the order of their first finding."""
    pages: dict[str, Sections] = {}
    for family in shown:
        section = family.shown.section
        sections = pages.setdefault(family.shown.path, {})
        sections.setdefault(section.headings if section else (), []).append(family)
    return pages


def _heading_path(headings: Sequence[str]) -> str:
    return " > ".join(visible(heading) for heading in headings) or "(before the first heading)"


def _family(family: Family, page: Page) -> Iterator[Text]:
    finding = family.shown
    yield from _title(finding, page)
    yield excerpt_line(page.locator, finding, page.room, _STYLES[finding.severity], _INDENT)
    for proof in finding.evidence:
        said = f"proof: {proof.kind}, {_whole(proof.source)}: {visible(proof.detail)}"
        yield from filled(said, page.width, _INDENT, "dim")
    if finding.fix:
        yield from _fix(finding.fix, finding.path, page)
    if finding.question:
        yield from _question(finding.question, page)
    if family.folded:
        yield from _folded(family.folded, page)


def _title(finding: Finding, page: Page) -> Iterator[Text]:
    region = page.locator.region(finding.path, finding.span)
    start = f"{region.line}:{region.column}"
    said = f"{start} {finding.severity} {visible(finding.rule)}: {visible(finding.message)}"
    for number, line in enumerate(filled(said, page.width, 4, hanging=_INDENT)):
        if number == 0:
            line.stylize(
                _STYLES[finding.severity], 4 + len(start) + 1, 4 + len(start) + 1 + len(finding.severity)
            )
        yield line


def _fix(fix: Fix, path: str, page: Page) -> Iterator[Text]:
    label = f"fix ({fix.applicability})"
    if len(fix.edits) == 1:
        yield _edit(f"{label}: ", fix.edits[0], path, page)
        return
    yield from filled(f"{label}: {visible(fix.title)}", page.width, _INDENT)
    for edit in islice(fix.edits, _EDITS):
        yield _edit("  ", edit, path, page)
    if len(fix.edits) > _EDITS:
        yield Text(f"{'':{_INDENT}}  and {len(fix.edits) - _EDITS:,} more edits")


def _edit(label: str, edit: Edit, path: str, page: Page) -> Text:
    half = max(20, (page.room - len(label) - 4) // 2)
    old = head(visible(edit.span.of(page.locator.text(path))), half)
    new = head(visible(edit.replacement), half)
    line = Text(f"{'':{_INDENT}}{label}")
    if not old:
        return line.append("insert ").append(new, "green")
    if not new:
        return line.append("delete ").append(old, "red")
    return line.append(old, "red").append(" -> ").append(new, "green")


def _question(question: Question, page: Page) -> Iterator[Text]:
    yield from filled(f"question: {visible(question.text)}", page.width, _INDENT)
    for choice in question.choices:
        yield from filled(f"- {visible(choice)}", page.width, _INDENT + 2)


def _folded(folded: Sequence[Finding], page: Page) -> Iterator[Text]:
    more = "1 more place" if len(folded) == 1 else f"{len(folded):,} more places"
    yield from filled(f"and {more} with the same cause", page.width, _INDENT)
    for place in places(folded[:_PLACES], page.locator):
        yield Text(f"{'':{_INDENT}}  {place}", "dim")


def _whole(source: str) -> str:
    """`source` marked so that filling lines never breaks it: it is mostly a path."""
    return visible(source).replace(" ", "\0")
