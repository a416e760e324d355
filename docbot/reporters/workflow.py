"""What is printed in a GitHub workflow: annotations, and lines in which docs text can't give orders.

The runner reads every line a step prints. After white space `::` starts a command, and `##[` does anywhere
(the runner's ActionCommand); in a command `%`, line ends and, in its properties, `:` and `,` are escaped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.plain import visible
from docbot.reporters.story import counted
from docbot.types import Finding, Report, Severity

MOST = 10
"""Annotations of one level that GitHub shows of a step; it drops the rest without a word."""
_COMMAND = re.compile(r"(\A|[\r\n])([^\S\r\n]*::)")
_LINE = re.compile(r"[^\r\n]+")
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, options: Options) -> Iterator[str]:
    """An annotation for each finding that GitHub will show, the worst first; a plain line for every other.

    Raises KeyError when `report.texts` lacks the page of a finding.
    """
    shown, cut = chosen(report.findings)
    yield from told(shown, cut, Locator(report.texts))
    for notice in report.notices:
        yield line(f"note: {notice.text}")
    found = f"docbot found {counted(len(report.findings), 'finding')} on {counted(report.pages, 'page')}"
    yield line(f"{found}{without(cut)}")


def chosen(
    findings: Iterable[Finding], preferred: Callable[[Finding], bool] = lambda _: False
) -> tuple[list[Finding], list[Finding]]:
    """The findings that GitHub will show annotations of, and all others; both the worst first.

    Of equally grave ones those that are `preferred` come first.
    """
    shown: list[Finding] = []
    cut: list[Finding] = []
    levels: Counter[str] = Counter()
    for finding in sorted(findings, key=lambda f: (-f.severity.rank, not preferred(f), -f.confidence, f.key)):
        level = _LEVELS[finding.severity]
        levels[level] += 1
        (cut if levels[level] > MOST else shown).append(finding)
    return shown, cut


def told(shown: Iterable[Finding], cut: Sequence[Finding], locator: Locator) -> Iterator[str]:
    """An annotation for each finding of `shown`, then a plain line for each of `cut`."""
    for finding in shown:
        yield _annotation(_LEVELS[finding.severity], finding, locator)
    yield from _rest(cut, locator)


def without(cut: Sequence[Finding]) -> str:
    """How the sentence with the count ends."""
    return f", {len(cut):,} of them without an annotation" if cut else ""


def line(text: str) -> str:
    """`text` as one line of a log, with its line end, in which the runner sees no command."""
    return harmless(visible(text)) + "\n"


def harmless(text: str) -> str:
    """`text`, of any number of whole lines, in which the runner sees no command.

    JSON that a line begins with stays the same JSON.
    """
    found = _LINE.sub(_broken, text) if "##[" in text else text
    return _COMMAND.sub(r"\1- \2", found) if "::" in found else found


def _broken(line: re.Match[str]) -> str:
    return line[0].replace("##[", r"##\u005b" if line[0].startswith("{") else "## [")


def data(text: str) -> str:
    """`text` as the message of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace("##[", "## [")


def value(text: str) -> str:
    """`text` as a property of a command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


def _annotation(level: str, finding: Finding, locator: Locator) -> str:
    region = locator.region(finding.path, finding.span)
    said = [finding.message, *(f"proof: {proof.source}: {proof.detail}" for proof in finding.evidence)]
    if finding.question:
        said.append(f"question: {finding.question.text}")
    properties = {
        "file": finding.path,
        "line": str(region.line),
        "endLine": str(locator.last_line(finding.path, finding.span)),
        "title": f"docbot {finding.rule}",
    }
    given = ",".join(f"{name}={value(visible(text))}" for name, text in properties.items())
    message = data("\n".join(map(visible, said)))
    return f"::{level} {given}::{message}\n"


def _rest(cut: Sequence[Finding], locator: Locator) -> Iterator[str]:
    if cut:
        yield line(f"GitHub shows {MOST} annotations of each level; these findings have none:")
    for finding in cut:
        region = locator.region(finding.path, finding.span)
        yield line(f"- {finding.path}:{region.line}: {finding.severity} {finding.rule}: {finding.message}")
