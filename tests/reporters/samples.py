"""Reports and drafts that reporters are tested with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from docbot.text import Edit, Span
from docbot.types import (
    Applicability,
    Author,
    Draft,
    Evidence,
    EvidenceKind,
    Finding,
    Fix,
    Notice,
    Question,
    Report,
    SectionRef,
    SectionScore,
    Severity,
    Verdict,
    fingerprint,
)

PAGE = "docs/install guide é.md"
OTHER = "docs/other.md"
TEXTS = {
    PAGE: "# Install\r\n\r\nSee 😀 [old](old.md) now.\r\n\r\n## Next\r\n\r\nRun it.",
    OTHER: "Go to [old](old.md).\nAnd [old](old.md) again.\n",
}
HOSTILE = (
    "\x1b]8;;https://evil.example\x07[bold red]x[/bold red]\x1b[2J\x9b31m\u202eabc\u2066\u200b"
    "\r\n[link=https://evil.example]y[/link] :bomb: \u2028\U000e0041{0} [z](1) <b>&amp;"
)
BLOB = "0123456789abcdef0123456789abcdef01234567"


def span_of(text: str, part: str, nth: int = 0) -> Span:
    """The span of the `nth` occurrence of `part`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(part, start + 1)
    return Span(start, start + len(part))


def finding(path: str, span: Span, texts: dict[str, str] = TEXTS, **changed: Any) -> Finding:
    """A finding at `span` with a fix, proof and fingerprint; `changed` fields win."""
    excerpt = span.of(texts[path])
    made = Finding(
        rule="link-to-removed-page",
        path=path,
        span=span,
        excerpt=excerpt,
        message="The page behind this link was renamed",
        severity=Severity.ERROR,
        confidence=0.97,
        evidence=(Evidence(EvidenceKind.RENAME, "9ab12cd", "renamed to new.md on 2024-03-01"),),
        cause="docs/old.md was renamed",
        fix=Fix("Link to new.md", (Edit(span, "new.md"),), Applicability.SAFE),
        fingerprint=fingerprint("link-to-removed-page", path, excerpt, span.start),
    )
    return msgspec.structs.replace(made, **changed)


def first() -> Finding:
    """On a CRLF page, behind a code point that takes two UTF-16 units."""
    text = TEXTS[PAGE]
    section = SectionRef(("Install",), Span(0, text.index("## Next")))
    return finding(PAGE, span_of(text, "old.md"), section=section)


def asking() -> Finding:
    """Without a fix, with a question, at the very end of a page without final newline."""
    text = TEXTS[PAGE]
    return finding(
        PAGE,
        span_of(text, "Run it."),
        rule="unclear-it",
        message="Nothing says what to run",
        severity=Severity.INFO,
        confidence=0.8,
        cause="",
        fix=None,
        question=Question("What should be run?", ("setup.exe", "install.sh")),
        section=SectionRef(("Install", "Next"), Span(text.index("## Next"), len(text))),
    )


def others() -> list[Finding]:
    """Two more places of the cause of `first`, outside of any section."""
    text = TEXTS[OTHER]
    return [finding(OTHER, span_of(text, "old.md", nth), severity=Severity.WARNING) for nth in (0, 1)]


def scores() -> tuple[SectionScore, ...]:
    text = TEXTS[PAGE]
    return (
        SectionScore(OTHER, (), Span(0, len(TEXTS[OTHER])), 0.0, 0.5, 0.25, 0.4, ("2 findings",)),
        SectionScore(PAGE, ("Install",), Span(0, text.index("## Next")), 0, 1, 1, 0.9, ("1 finding",)),
    )


def report(findings: Iterable[Finding] | None = None, **changed: Any) -> Report:
    """Four findings of two causes on two pages; `changed` fields win."""
    made = Report(
        findings=tuple([first(), asking(), *others()] if findings is None else findings),
        notices=(Notice("docs/big.md", "docs/big.md is too large: list it under `exclude`"),),
        texts=TEXTS,
        pages=12,
        words=2_000,
        hidden=3,
    )
    return msgspec.structs.replace(made, **changed)


def draft(of: Finding, fix: Fix | None = None, *, refused: str = "", **changed: Any) -> Draft:
    """A draft with the finding's own fix that two gates passed, or the second refused."""
    own = fix or of.fix
    assert own is not None
    verdicts = (
        Verdict("evidence", True, "has proof"),
        Verdict("parse", not refused, refused or "same blocks"),
    )
    made = Draft(of, own, Author("rule"), BLOB, verdicts)
    return msgspec.structs.replace(made, **changed)
