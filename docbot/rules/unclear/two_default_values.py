"""The rule `two-default-values`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Section
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.text import Span
from docbot.types import Finding, Question, Severity

_LISTED = re.compile(r"^Default value:[ \t]*(?P<value>[^\r\n]{1,80})", re.M)
_DEFAULT = re.compile(r"\bdefaults?\b", re.I)
_SAID = re.compile(
    r"(?:\A|(?<=[.\n] )|(?<=\n))The default(?: value)? is"
    r"\s+(?P<value>`[^`\n]{1,60}`|\*\*[^*\n]{1,60}\*\*|\d+(?:\.\d+)?)\.(?=\s|\Z)"
)
_VALUE = re.compile(r"[\w.$:\\/-]+")
_NOTHING = frozenset({"none", "null", "", "see", "n/a"})
_NO_MARK = re.compile(r"[`*\"'$\s]")


class TwoDefaultValues(Rule):
    """
    ## What it finds
    A parameter whose text says "The default is 5" and whose list of properties says "Default value: 10".

    ## Why it matters
    The reader needs the one value and is given two.

    ## Evidence
    Both places, in the same section. Sentences with conditions, sections that speak of defaults more than
    once, and lists that name none are passed over; the rule's measured precision is shown with each finding.

    ## Fix
    None: it asks which of the two is right.
    """

    name = "two-default-values"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Give one default value in {name}"
    precision = "to be measured"
    examples = (
        Good("## -Size\n\nHow long. The default is `10`.\n\n```yaml\nDefault value: 10\n```\n"),
        Good("## -Size\n\nHow long. The default is 10.\n\n```yaml\nDefault value: 10 seconds\n```\n"),
        Good("## -Size\n\nHow long. The default is 10.\n\n```yaml\nDefault value: None\n```\n"),
        Good("## -Size\n\nOn Linux, the default is 5.\n\n```yaml\nDefault value: 10\n```\n"),
        Bad("## -Size\n\nHow long. The default is 5.\n\n```yaml\nType: x\nDefault value: 10\n```\n"),
        Bad("## -Size\n\nHow long.\nThe default value is `Long`.\n\n```yaml\nDefault value: Short\n```\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if "\nDefault value:" in document.text:
            for section in document.outline.sections:
                yield from self._in_section(document, section)

    def _in_section(self, document: Document, section: Section) -> Iterator[Finding]:
        listed = _LISTED.search(document.text, section.span.start, section.span.end)
        if listed is None or not _is_code(document, listed.start()):
            return
        prose = document.text[section.span.start : listed.start()]
        said = list(_SAID.finditer(prose))
        if len(said) != 1 or len(_DEFAULT.findall(prose)) != 1:
            return
        mine, other = _plain(said[0]["value"]), _plain(listed["value"])
        if (
            other in _NOTHING
            or mine in other
            or other in mine
            or not _VALUE.fullmatch(listed["value"].strip())
        ):
            return
        start = section.span.start
        span = Span(start + said[0].start("value"), start + said[0].end("value"))
        yield self._finding(document, span, listed)

    def _finding(self, document: Document, span: Span, listed: re.Match[str]) -> Finding:
        said, value = span.of(document.text), listed["value"].strip()
        line = document.text.count("\n", 0, listed.start()) + 1
        return self.finding(
            document,
            span,
            f"The text says the default is {said}, the list of properties below says {value}",
            confidence=0.85,
            evidence=(self.language_evidence(f"“{listed[0].strip()}” on line {line}"),),
            cause=f"{self.name} {document.name}",
            question=Question("Which default is right?", (said, value)),
        )


def _is_code(document: Document, offset: int) -> bool:
    return any(mask.kind == "code" and mask.span.start <= offset < mask.span.end for mask in document.masks)


def _plain(value: str) -> str:
    return _NO_MARK.sub("", value).strip("().").lower()
