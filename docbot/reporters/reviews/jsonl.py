"""A review as JSON Lines: a hunk each, what is said of other places, then the totals."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.review.build_comment import Told
from docbot.review.values import Judged, Judgement, Review
from docbot.types import Finding

Json = dict[str, Any]


def render(review: Review, options: Options) -> Iterator[str]:
    """One JSON object a line: a hunk each, what is said of other places, then the totals."""
    before, after = Locator(review.before), Locator(review.after)
    for one in review.hunks:
        yield _dump(_hunk(one, before, after))
    for finding in review.elsewhere:
        yield _dump({"kind": "elsewhere", **_finding(finding, after)})
    for told in review.builds:
        yield _dump({"kind": "build", **_told(told)})
    counts = Counter(one.judgement for one in review.hunks)
    yield _dump({"kind": "review", "base": review.base, **{j.name.lower(): counts[j] for j in Judgement}})


def _dump(item: Json) -> str:
    # In ASCII, as a path that isn't UTF-8 can't be written otherwise.
    return json.dumps(item, separators=(",", ":")) + "\n"


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
        "reasons": list(one.said),
        "fixes": [_finding(finding, before) for finding in one.fixes],
        "adds": [_finding(finding, after) for finding in one.adds],
        "breaks": [_finding(finding, after) for finding in one.breaks],
        "forgotten": list(one.forgotten),
        "builds": [_told(told) for told in one.builds],
        "proof": [{"gate": v.gate, "passed": v.passed, "reason": v.reason} for v in one.proof],
    }


def _told(told: Told) -> Json:
    """Lines and columns from 1; None where the build tells none."""
    message = told.message
    return {
        "path": message.path,
        "line": message.line or None,
        "column": message.column or None,
        "severity": message.level.value,
        "code": message.code,
        "message": message.text,
        "commit": told.commit,
        "bearing": told.bearing.name.lower(),
        "reason": told.reason,
        "confirms": told.confirms,
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
