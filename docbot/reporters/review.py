"""A review for a terminal: the hunks in the order to read them, each with its judgement and the reasons."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from docbot.reporters.locate import Locator
from docbot.reporters.plain import head, visible
from docbot.reporters.story import counted
from docbot.review.values import Hunk, Judged, Judgement, Review
from docbot.types import Finding

_MOST_LINES = 6
_WIDTH = 160
"""Terminal cells of a line of a page."""
_PLAIN = {
    Judgement.DONT: "don't: something breaks",
    Judgement.LOOK: "look here: a person has to judge",
    Judgement.PROVEN: "proven",
}

Json = dict[str, Any]


def text(review: Review) -> Iterator[str]:
    """The review as plain text, piece by piece."""
    before, after = Locator(review.before), Locator(review.after)
    for one in review.hunks:
        yield f"{one.judgement}: {_place(one.hunk, before, after)}\n"
        yield from (f"    {visible(reason)}\n" for reason in one.reasons)
        yield from _lines("-", one.hunk.before.of(review.before.get(one.hunk.old_path, "")))
        yield from _lines("+", one.hunk.after.of(review.after.get(one.hunk.path, "")))
        yield "\n"
    for finding in review.elsewhere:
        yield f"new, though of no hunk's making: {_named(finding, after)}\n"
    yield f"{_totals(review)}\n"
    yield from (f"note: {visible(notice.text)}\n" for notice in review.notices)


def jsonl(review: Review) -> Iterator[str]:
    """One JSON object a line: a hunk each, then findings of no hunk's making, then the totals."""
    before, after = Locator(review.before), Locator(review.after)
    for one in review.hunks:
        yield _dump(_hunk(one, before, after))
    for finding in review.elsewhere:
        yield _dump({"kind": "elsewhere", **_finding(finding, after)})
    counts = Counter(one.judgement for one in review.hunks)
    yield _dump({"kind": "review", "base": review.base, **{j.name.lower(): counts[j] for j in Judgement}})


def _dump(item: Json) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n"


def _hunk(one: Judged, before: Locator, after: Locator) -> Json:
    hunk = one.hunk
    return {
        "kind": "hunk",
        "judgement": one.judgement.value,
        "change": hunk.kind.value,
        "path": hunk.path,
        "old_path": hunk.old_path,
        "old": _range(hunk.old_path, hunk.before.start, hunk.before.end, before),
        "new": _range(hunk.path, hunk.after.start, hunk.after.end, after),
        "reasons": list(one.reasons),
        "fixes": [_finding(finding, before) for finding in one.fixes],
        "adds": [_finding(finding, after) for finding in one.adds],
        "breaks": [_finding(finding, after) for finding in one.breaks],
        "forgotten": list(one.forgotten),
        "proof": [{"gate": v.gate, "passed": v.passed, "reason": v.reason} for v in one.proof],
    }


def _range(path: str, start: int, end: int, locator: Locator) -> Json | None:
    """Lines from 1, both ends included; None where the hunk has none on this side."""
    if start == end:
        return None
    index = locator.index(path)
    return {"line": index.line(start), "end_line": index.line(end - 1)}


def _finding(finding: Finding, locator: Locator) -> Json:
    region = locator.region(finding.path, finding.span)
    return {
        "rule": finding.rule,
        "path": finding.path,
        "line": region.line,
        "column": region.column,
        "message": finding.message,
        "severity": finding.severity.value,
        "fingerprint": finding.fingerprint,
        "question": msgspec.to_builtins(finding.question),
    }


def _place(hunk: Hunk, before: Locator, after: Locator) -> str:
    if hunk.old_path != hunk.path and not len(hunk.after):
        return f"{visible(hunk.old_path)} -> {visible(hunk.path)}"
    side, path, span = (
        (after, hunk.path, hunk.after) if len(hunk.after) else (before, hunk.old_path, hunk.before)
    )
    return f"{visible(path)}:{side.index(path).line(span.start)} ({hunk.kind})"


def _lines(sign: str, said: str) -> Iterator[str]:
    lines = said.splitlines()
    for line in lines[:_MOST_LINES]:
        yield f"    {sign} {head(visible(line), _WIDTH)}\n"
    if len(lines) > _MOST_LINES:
        yield f"    {sign} and {counted(len(lines) - _MOST_LINES, 'more line')}\n"


def _named(finding: Finding, locator: Locator) -> str:
    line = locator.region(finding.path, finding.span).line
    return f"{visible(finding.path)}:{line}: {finding.rule}: {visible(finding.message)}"


def _totals(review: Review) -> str:
    counts = Counter(one.judgement for one in review.hunks)
    said = [f"{counts[j]:,} {_PLAIN[j]}" for j in (Judgement.DONT, Judgement.LOOK, Judgement.PROVEN)]
    return f"{counted(len(review.hunks), 'hunk')} since {review.base[:10]}: {'; '.join(said)}"
