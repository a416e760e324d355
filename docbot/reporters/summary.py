"""The end of a text report: which sections stand worst, and the run in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from docbot.reporters.locate import Locator
from docbot.reporters.plain import visible
from docbot.sections import shortlist
from docbot.types import Finding, Notice, Report, SectionScore

_SECTIONS = 10


def places(findings: Iterable[Finding], locator: Locator) -> Iterator[str]:
    """`path:line:column` of each finding, safe to show."""
    for finding in findings:
        region = locator.region(finding.path, finding.span)
        yield f"{visible(finding.path)}:{region.line}:{region.column}"


def section_lines(sections: Sequence[SectionScore], locator: Locator) -> Iterator[Text]:
    """A table of the sections with the highest rank; paths come last, so that no column cuts them."""
    shown = shortlist(sections, _SECTIONS)
    if not shown:
        return
    yield Text(f"{'rank':>6}{'unclear':>9}{'outdated':>10}{'attention':>11}  section", "bold")
    for score in shown:
        line = locator.index(score.path).line(score.span.start)
        numbers = f"{score.rank:6.2f}{score.unclear:9.2f}{score.outdated:10.2f}{score.attention:11.2f}"
        headings = "".join(f" > {visible(heading)}" for heading in score.headings)
        yield Text(f"{numbers}  {visible(score.path)}:{line}{headings}")
        for reason in score.reasons:
            yield Text(f"{'':38}{visible(reason)}", "dim")
    if len(sections) > len(shown):
        yield Text(f"{'':38}and {len(sections) - len(shown):,} more sections, in `--format jsonl`")
    yield Text()


def summary_lines(report: Report, causes: int) -> Iterator[Text]:
    """Counts by rule, totals, density, notices, and how to see what is hidden."""
    counts = Counter(finding.rule for finding in report.findings)
    for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield Text(f"{count:7,}  {visible(rule)}")
    yield Text(_totals(report, causes), "bold")
    for notice in report.notices:
        yield Text(f"note: {_notice(notice)}", "yellow")
    if report.hidden:
        yield Text(f"{_counted(report.hidden, 'finding')} less certain, see them with --all")
    if report.accepted:
        yield Text(f"{_counted(report.accepted, 'finding')} accepted in the baseline")


def _totals(report: Report, causes: int) -> str:
    if not report.findings:
        return f"no findings on {_counted(report.pages, 'page')}"
    with_findings = len({finding.path for finding in report.findings})
    found = _counted(len(report.findings), "finding")
    totals = f"{found} on {with_findings:,} of {_counted(report.pages, 'page')}, {_counted(causes, 'cause')}"
    if not report.words:
        return totals
    density = 1000 * len(report.findings) / report.words
    return f"{totals}, {density:.2f} findings per 1,000 words of prose"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _notice(notice: Notice) -> str:
    said = visible(notice.text)
    if not notice.path or notice.path in notice.text:
        return said
    return f"{visible(notice.path)}: {said}"
