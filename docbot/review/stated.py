"""Dated facts that a change states or corrects: names of products, ends of support, days that have passed.

Every claim counts here, however unsure its rule is: what people write today they may still think over, where
a dated source speaks against it. What isn't sure is called "maybe", and is never more than a reason to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from docbot.review.sides import Difference, Side, difference, on
from docbot.review.values import Hunk, Judged, Judgement, Kind, Reason
from docbot.types import Finding, normalised

FACTS = ("version-past-end-of-life", "product-renamed", "overtaken-by-date")
"""The rules that hold what pages say against dated facts."""
_MOST = 5
"""Claims of one hunk that are told, each way."""

Stated = tuple[tuple[Finding, ...], tuple[Finding, ...]]
"""What the rules of facts say of the pages before a change, and after it."""


def with_facts(done: Sequence[Judged], stated: Stated) -> tuple[Judged, ...]:
    """Judged hunks with the facts that they state or correct, each with its source."""
    before, after = (Side(found, (), {}) for found in stated)
    changed = difference([one.hunk for one in done], before, after)
    return tuple(_with_facts(one, changed) for one in done)


def is_fact(finding: Finding) -> bool:
    """Whether a dated fact speaks against what the page says."""
    return finding.rule in FACTS


def sourced(finding: Finding) -> str:
    """What a finding says, and what proves it."""
    proofs = "; ".join(f"{proof.source}: {proof.detail}" for proof in finding.evidence[:2])
    return f"{finding.rule}: {finding.message} ({proofs})"


def _with_facts(one: Judged, changed: Difference) -> Judged:
    states = _on(changed.new, one.hunk, after=True)
    corrects = [] if one.hunk.kind is Kind.REMOVED else _on(changed.gone, one.hunk, after=False)
    sure = {_key(finding) for finding in (*one.adds, *one.fixes)}
    told = [reason.about for reason in one.reasons]
    doubts = [Reason(f"maybe: {sourced(f)}", f) for f in states if _key(f) not in sure]
    merits = [Reason(f"maybe corrects: {sourced(f)}", f) for f in corrects if _key(f) not in sure]
    merits += [Reason(f"mends {sourced(f)}", f) for f in one.fixes if is_fact(f) and f not in told]
    if doubts and one.judgement is Judgement.PROVEN:
        reasons = (*doubts[:_MOST], *one.reasons, *merits[:_MOST])
        return replace(one, judgement=Judgement.LOOK, reasons=reasons)
    return replace(one, reasons=(*one.reasons, *doubts[:_MOST], *merits[:_MOST]))


def _on(findings: Iterable[Finding], hunk: Hunk, *, after: bool) -> list[Finding]:
    path, lines = (hunk.path, hunk.after) if after else (hunk.old_path, hunk.before)
    return [finding for finding in findings if finding.path == path and on(finding.span, lines)]


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, normalised(finding.excerpt)
