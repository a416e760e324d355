"""Which sections a model is asked about, and what it would be sent. Nothing here asks anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from docbot.drafters.model.budget import Budget, tokens_in
from docbot.drafters.model.chosen import Chosen
from docbot.drafters.model.prompts import LONGEST_SECTION, Messages, messages_for
from docbot.drafters.model.shapes import MOST_ANSWER, Shape, prompt_of
from docbot.errors import ModelError
from docbot.markdown import Document
from docbot.repository.precedents.values import Precedents
from docbot.types import Applicability, Finding


class Part(msgspec.Struct, frozen=True):
    """A section, and the findings in it that a model is to be asked about."""

    path: str
    findings: tuple[Finding, ...]

    @property
    def place(self) -> str:
        """Page and heading, for a person."""
        section = self.findings[0].section
        headings = section.headings if section else ()
        return f"{self.path}, “{headings[-1]}”" if headings else self.path

    def messages(self, document: Document, precedents: Precedents) -> Messages:
        """What is asked about it. Raises ModelError for what can't be sent, or is no model's to edit."""
        section = self.findings[0].section
        assert section is not None
        if len(section.span) > LONGEST_SECTION:
            raise ModelError(f"the section has more than {LONGEST_SECTION:,} characters, too many to be sent")
        code = [mask.span for mask in document.masks if mask.kind == "code"]
        if all(any(span.contains(finding.span) for span in code) for finding in self.findings):
            raise ModelError("all that was found stands in code, which no model may change")
        return messages_for(section.span.of(document.text), self.findings, precedents)


def parts_of(findings: Iterable[Finding]) -> dict[str, Part]:
    """The sections a model is asked about, by the fingerprint of the first finding in each.

    Left out is what has a fix that may be made, what is a question, and what stands in no section.
    """
    by_section: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        if _is_for_a_model(finding) and finding.section is not None:
            by_section[finding.path, finding.section.span.start].append(finding)
    return {found[0].fingerprint: Part(found[0].path, tuple(found)) for found in by_section.values()}


def _is_for_a_model(finding: Finding) -> bool:
    fixed = finding.fix is not None and finding.fix.applicability is not Applicability.DISPLAY
    return not fixed and finding.question is None


class Request(msgspec.Struct, frozen=True):
    """What would be sent for a section: to which address, with which body."""

    place: str
    prompt: str
    url: str
    body: dict[str, Any]
    tokens: int
    """Of the messages, or so."""


def request_of(part: Part, document: Document, precedents: Precedents, chosen: Chosen) -> Request:
    """The first request about `part`. Raises ModelError for a section that is too long to be sent."""
    messages = part.messages(document, precedents)
    limits = chosen.limits
    sent = sum(tokens_in(one.content) for one in messages)
    limit = max(0, min(MOST_ANSWER, Budget(limits).room(sent)))
    return Request(
        place=part.place,
        prompt=prompt_of(chosen, messages),
        url=f"{chosen.base_url}/chat/completions" + (f"?{chosen.query}" if chosen.query else ""),
        body=Shape().body(chosen.name, messages, limit, limits.temperature),
        tokens=sent,
    )
