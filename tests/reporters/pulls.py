"""Drafts of pull requests that body, page, forge and publishing are tested with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from docbot.markdown import Document
from docbot.plan import Limits, Page, plan
from docbot.reporters.pull_body import Disclosure, write
from docbot.rules.interface import Kind, Rule
from docbot.text import Edit, Span
from docbot.types import (
    Applicability,
    Author,
    Draft,
    Evidence,
    EvidenceKind,
    Finding,
    Fix,
    Plan,
    Proposal,
    SectionRef,
    Severity,
    Verdict,
    fingerprint,
)

DISCLOSURE = Disclosure("0.1.0", "main", "0123456789abcdef0123456789abcdef01234567")
ENTRY = Evidence(
    EvidenceKind.REDIRECTION, ".openpublishing.redirection.json:3", "old.md is redirected to new.md"
)
RENAME = Evidence(EvidenceKind.RENAME, "commit 0123abcdef", "old.md was renamed to new.md on 2024-03-01")
VERDICTS = (Verdict("same-code", True, "all code is the same"), Verdict("finding-gone", True, "it is gone"))
TEXT = "# Install\n\nSee [the guide](old.md) first.\n\n## Next\n\nThen go on.\n"


class MovedLink(Rule):
    """
    ## What it finds
    A link to a page that moved.

    ## Why it matters
    The reader of `old.md` ends on a page that isn't there.
    """

    name = "moved-link"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    title = "Update links to {name}, which has moved"

    def check(self, document: Document, facts: object) -> Any:
        return iter(())


RULES: Mapping[str, Rule] = {MovedLink.name: MovedLink()}


def draft_of(path: str, text: str, old: str = "old.md", new: str = "new.md", **changed: Any) -> Draft:
    """A draft that replaces the first `old` of `text`; `changed` fields of finding or draft win."""
    span = Span(text.index(old), text.index(old) + len(old))
    values: dict[str, Any] = {
        "rule": "moved-link",
        "message": "docs/old.md has moved to docs/new.md",
        "severity": Severity.WARNING,
        "confidence": 0.97,
        "evidence": (ENTRY, RENAME),
        "cause": "moved-link docs/old.md",
        "section": SectionRef(("Install",), Span(0, len(text))),
        "fingerprint": fingerprint("moved-link", path, old, 0),
    }
    values |= {name: changed.pop(name) for name in list(changed) if name in Finding.__struct_fields__}
    finding = Finding(path=path, span=span, excerpt=old, **values)
    made: dict[str, Any] = {
        "fix": Fix(f"Link to {new}", (Edit(span, new),), Applicability.SAFE),
        "author": Author("rule"),
        "verdicts": VERDICTS,
    }
    return Draft(finding=finding, blob=Document(path, text).blob, **(made | changed))


def pages_of(texts: Mapping[str, str]) -> dict[str, Page]:
    return {path: Page(Document(path, text).blob, text, str.encode) for path, text in texts.items()}


def written(
    drafts: Sequence[Draft], texts: Mapping[str, str], disclosure: Disclosure = DISCLOSURE
) -> tuple[str, str, str]:
    """Title, commit message and body."""
    return write(drafts, RULES, pages_of(texts), disclosure)


def planned(drafts: Sequence[Draft], texts: Mapping[str, str]) -> Plan:
    """What the plan makes of the drafts."""
    pages = pages_of(texts)
    return plan(
        drafts, pages, "main", Limits(), partial(write, rules=RULES, pages=pages, disclosure=DISCLOSURE)
    )


def proposed(path: str = "docs/a.md", text: str = TEXT, **changed: Any) -> Proposal:
    """A proposal of one draft."""
    return planned([draft_of(path, text, **changed)], {path: text}).proposals[0]
