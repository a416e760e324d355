"""A review as GitHub's Markdown: for the summary of a job, and wherever else Markdown is read.

Counts come first, then every new finding, then the hunks in the order to read them. Docs text stands in code,
or in words that do nothing. GitHub drops a summary of more than 1 MiB as a whole and without a word, so what
is too much is left out here, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.neutral import BREAK, code, cut, fenced, prose
from docbot.reporters.reviews.lines import Lines, lines_of
from docbot.reporters.reviews.said import WORST_FIRST, judgements, of_build, place, severities
from docbot.reporters.story import counted
from docbot.review.values import Judged, Kind, Review
from docbot.types import Finding, Notice, Severity

LARGEST = 700_000
"""Bytes of UTF-8. Other steps of a job may add to what GitHub counts."""
_OF_FINDINGS = LARGEST // 2
"""What the findings may take, so that there is room for hunks."""
_OF_NOTICES = LARGEST // 20
_ELSE = "`docbot review --format jsonl` has everything."
_MOST_LINES = 30
_MOST_PROOFS = 2
_LONGEST = 400
"""Code points of what is said of a finding, or of one reason."""
_STARTS = re.compile(r"[-+*=:]|\d{1,9}[.)]")
"""What makes a list or a line of the start of an item."""


def render(review: Review, options: Options) -> Iterator[str]:
    """The summary, piece by piece: at most `LARGEST` bytes in all.

    Raises KeyError when `review` lacks the text of a page that has a finding or a hunk.
    """
    said = [*_counts(review), *_findings(review), *_build(review), *_notices(review.notices)]
    yield from said
    room = LARGEST - sum(map(_bytes, said)) - 1_000
    yield from _hunks(review, room)


def _counts(review: Review) -> Iterator[str]:
    new, grave, judged = review.new, severities(review.new), judgements(review)
    yield f"## docbot: {counted(len(new), 'new finding')} in {counted(len(review.hunks), 'hunk')}\n\n"
    names = [*map(str, WORST_FIRST), "errors", "warnings", "infos"]
    figures = [*(judged[one] for one in WORST_FIRST), *(grave[one] for one in Severity)]
    yield f"| {' | '.join(names)} |\n|{'--:|' * len(names)}\n"
    yield f"| {' | '.join(f'{figure:,}' for figure in figures)} |\n\n"
    head = f", at commit {code(review.head[:10])}" if review.head else ""
    yield f"Held against commit {code(review.base[:10])}{head}.\n\n"


def _findings(review: Review) -> Iterator[str]:
    """Those on lines of the change, then, folded, those that it brought about elsewhere."""
    own = {finding.key for one in review.hunks for finding in one.adds}
    here = [finding for finding in review.new if finding.key in own]
    elsewhere = [finding for finding in review.new if finding.key not in own]
    locator = Locator(review.after)
    if here:
        yield "### New findings on changed lines\n\n"
        yield from _listed([_finding(finding, locator) for finding in _graded(here)], _OF_FINDINGS // 2)
    if elsewhere:
        yield "### New findings elsewhere\n\n"
        folded = f"{counted(len(elsewhere), 'finding')} that this change brings about"
        yield f"<details><summary>{folded}</summary>\n\n"
        yield from _listed([_finding(finding, locator) for finding in _graded(elsewhere)], _OF_FINDINGS // 2)
        yield "</details>\n\n"


def _graded(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (-finding.severity.rank, finding.key))


def _listed(items: Sequence[str], room: int) -> Iterator[str]:
    kept = _fitting(items, room)
    yield from items[:kept]
    if kept < len(items):
        yield f"- and {counted(len(items) - kept, 'more finding')}. {_ELSE}\n"
    yield "\n"


def _finding(finding: Finding, locator: Locator) -> str:
    line = locator.region(finding.path, finding.span).line
    where, words = code(f"{finding.path}:{line}"), prose(cut(finding.message, _LONGEST))
    proofs = "".join(
        f"  - proof: {code(proof.source)}: {prose(cut(proof.detail, _LONGEST))}\n"
        for proof in finding.evidence[:_MOST_PROOFS]
    )
    question = finding.question
    asked = f"  - question: {prose(cut(question.text, _LONGEST))}\n" if question else ""
    return f"- **{finding.severity}** {where} {words} ({code(finding.rule)})\n{proofs}{asked}"


def _build(review: Review) -> Iterator[str]:
    items = [f"- {_item(cut(said, 2 * _LONGEST))}\n" for said in of_build(review)]
    if items:
        yield f"### What the Learn build says besides\n\n{''.join(items)}\n"


def _notices(notices: Sequence[Notice]) -> Iterator[str]:
    if notices:
        yield "### Notes\n\n"
        items = [f"- {_item(cut(notice.text, _LONGEST))}\n" for notice in notices]
        kept = _fitting(items, _OF_NOTICES)
        yield from items[:kept]
        yield f"- and {counted(len(items) - kept, 'more note')}\n\n" if kept < len(items) else "\n"


def _hunks(review: Review, room: int) -> Iterator[str]:
    before, after = Locator(review.before), Locator(review.after)
    if review.hunks:
        yield "### Hunks, in the order to read them\n\n"
    for number, one in enumerate(review.hunks):
        said = f"{_judged(number + 1, one, before, after)}\n"
        room -= _bytes(said)
        if room < 0:
            yield _left(review.hunks[number:])
            return
        yield said


def _left(hunks: Sequence[Judged]) -> str:
    counts = [(sum(one.judgement is judgement for one in hunks), judgement) for judgement in WORST_FIRST]
    each = ", ".join(f"{count:,} {judgement}" for count, judgement in counts if count)
    return f"And {counted(len(hunks), 'more hunk')}, for which there is no room here: {each}. {_ELSE}\n"


def _judged(number: int, one: Judged, before: Locator, after: Locator) -> str:
    lines = lines_of(one.hunk, before, after, _MOST_LINES)
    where = code(place(one.hunk, before, after))
    reasons = "".join(f"- {_item(cut(reason, _LONGEST))}\n" for reason in one.said)
    heading = f"#### {number}. {one.judgement}: {where}, {one.hunk.kind}\n"
    return "\n".join(filter(None, (heading, reasons, _folded(lines, one))))


def _folded(lines: Lines, one: Judged) -> str:
    if lines.only_ends:
        return "Only the ends of the lines differ.\n"
    if not lines.rows:
        return ""
    signed = [
        f"{'-' if row.new is None else '+'}{''.join(text for text, _ in row.segments)}" for row in lines.rows
    ]
    more = [
        f"And {counted(left, 'more line')} {when}."
        for left, when in ((lines.old_left, "before"), (lines.new_left, "after"))
        if left
    ]
    shown = "\n\n".join([fenced("\n".join(signed), "diff"), *more])
    return f"<details><summary>{_size(one, lines)}</summary>\n\n{shown}\n\n</details>\n"


def _size(one: Judged, lines: Lines) -> str:
    old = sum(row.new is None for row in lines.rows) + lines.old_left
    new = sum(row.old is None for row in lines.rows) + lines.new_left
    if one.hunk.kind is Kind.ADDED:
        return f"The new page, {counted(new, 'line')}"
    return f"{counted(old, 'line')} before, {counted(new, 'line')} after"


def _item(text: str) -> str:
    """`text` as what a list's item says, which makes no list or line of its own."""
    said = prose(text).strip()
    return BREAK + said if _STARTS.match(said) else said


def _fitting(pieces: Sequence[str], room: int) -> int:
    """How many of `pieces` take at most `room` bytes together."""
    for number, piece in enumerate(pieces):
        room -= _bytes(piece)
        if room < 0:
            return number
    return len(pieces)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8"))
