"""Questions beside drafts: what is wrong beyond doubt, and needs words that only a person has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docbot.reporters.locate import Locator
from docbot.reporters.neutral import code
from docbot.reporters.plain import visible
from docbot.reporters.story import counted
from docbot.reporters.text import Family, families
from docbot.types import Draft, Finding

_MOST_PLACES = 5
_MOST_ITEMS = 10
_MOST_CHOICES = 5


def comments(questions: Iterable[Finding], texts: Mapping[str, str]) -> Iterator[str]:
    """Each question once, with its proof and choices, as comments behind a diff that `git apply` skips.

    Findings of one cause ask one question. Raises KeyError when `texts` (path to text) lacks a page.
    """
    locator = Locator(texts)
    ordered = sorted(questions, key=lambda finding: finding.key)
    for number, family in enumerate(families(ordered)):
        title = () if number else ("questions, which only a person can answer: nothing is edited", "")
        lines = (*title, *_comment(family, locator), "")
        yield "".join(f"# {visible(line)}".rstrip() + "\n" for line in lines)


def _comment(family: Family, locator: Locator) -> Iterator[str]:
    finding = family.shown
    yield f"{_place(finding, locator)} {finding.rule}"
    yield finding.message
    for proof in finding.evidence:
        yield f"evidence: {proof.kind}, {proof.source}: {proof.detail}"
    if finding.question is not None:
        yield f"question: {finding.question.text}"
        yield from (f"  - {choice}" for choice in finding.question.choices)
    for other in family.folded[:_MOST_PLACES]:
        yield f"also at {_place(other, locator)}"
    left = len(family.folded) - _MOST_PLACES
    if left > 0:
        yield f"and {counted(left, 'more place')}"


def _place(finding: Finding, locator: Locator) -> str:
    region = locator.region(finding.path, finding.span)
    return f"{finding.path}:{region.line}:{region.column}"


def akin(questions: Iterable[Finding], drafts: Sequence[Draft]) -> list[Finding]:
    """Those of `questions` that are about a page of `drafts`, or come from the rule of one."""
    pages = {draft.finding.path for draft in drafts}
    rules = {draft.finding.rule for draft in drafts}
    return [finding for finding in questions if finding.path in pages or finding.rule in rules]


def items(questions: Sequence[Finding]) -> Iterator[str]:
    """The questions as items of a Markdown list, in which all that isn't docbot's own stands in code."""
    every = families(questions)
    for family in every[:_MOST_ITEMS]:
        yield f"- {_item(family)}"
    if len(every) > _MOST_ITEMS:
        yield f"- and {counted(len(every) - _MOST_ITEMS, 'more question')}"


def _item(family: Family) -> str:
    finding = family.shown
    said = f"{code(finding.path, 250)}: {code(finding.message)}"
    if family.folded:
        said += f", and at {counted(len(family.folded), 'more place')}"
    if finding.question is None:
        return said
    choices = [code(choice, 200) for choice in finding.question.choices[:_MOST_CHOICES]]
    left = len(finding.question.choices) - len(choices)
    more = [f"{left} more"] if left else []
    return f"{said}. {code(finding.question.text)}" + (
        f" Perhaps {', or '.join([*choices, *more])}." if choices else ""
    )
