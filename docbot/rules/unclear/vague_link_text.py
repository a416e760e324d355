"""The rule `vague-link-text`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.customs import VAGUE
from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Link, LinkKind
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.records import is_record
from docbot.site.links import resolve
from docbot.site.target import Where
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_CUSTOM = 0.98
"""Share of links that say where they lead, from which one that doesn't stands out."""
_SURE, _DOUBTFUL = 0.85, 0.6
_MAY_DO = re.compile(r"\b(?:page|more)\W*\Z|\A\W*link\W*\Z", re.I)
"""What the sentence around it often explains, and what may be the name of something."""


class VagueLinkText(Rule):
    """
    ## What it finds
    A link whose whole text is "here", "click here", "this link", "this page", "more" or "link".

    ## Why it matters
    Who skims a page, or has its links read aloud, hears "here" and doesn't know where it leads.

    ## Evidence
    How many of this repository's links say where they lead: 98 % at least, or the finding is only shown with
    `--all`. So are "this page", "more" and "link", which may do. Pages of history are passed over.

    ## Fix
    None: a person chooses the words. Where the link leads to a page or a heading of this repository, its own
    title is given as a choice.
    """

    name = "vague-link-text"
    kind = Kind.UNCLEAR
    severity = Severity.INFO
    title = "Say in {name} where links lead"
    needs = frozenset({Need.SITE, Need.CUSTOMS})
    examples = (
        Good("See [the guide](x.md), or the [link reference](x.md). [Learn more](x.md)."),
        Good("[![](x.png)](x.md) `[here](x.md)`"),
        Good("# What's new\n\nThe guide is [here](x.md)."),
        Bad("For the guide, click [here](x.md).", given=Given(files={"x.md": "# The guide\n"})),
        Bad("You find it [**here**](https://example.com)."),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for link in () if is_record(document) else document.outline.links:
            if link.kind in (LinkKind.LINK, LinkKind.XREF) and VAGUE.fullmatch(link.text):
                yield self._finding(document, link, facts)

    def _finding(self, document: Document, link: Link, facts: Facts) -> Finding:
        custom = facts.customs.links
        text = " ".join(link.text.split())
        known = custom.holds(_CUSTOM) and not _MAY_DO.search(text)
        said = f"{custom.kept:,} links of this repository say where they lead, {custom.broken:,} don't"
        title = _title_of(document, link, facts)
        asked = f"Which words say where it leads? The place calls itself “{title}”" if title else ""
        return self.finding(
            document,
            link.span,
            f"“{text}” doesn't say where the link leads",
            confidence=_SURE if known else _DOUBTFUL,
            evidence=(Evidence(EvidenceKind.MAJORITY, "this repository's links", said),),
            cause=f"{self.name} {document.name}",
            question=Question(asked or "Which words say where it leads?", (title,) if title else ()),
        )


def _title_of(document: Document, link: Link, facts: Facts) -> str:
    """What the page, or the heading, calls itself; empty where this repository doesn't know."""
    target = resolve(facts.site, document.path, link.destination)
    outline = facts.site.outlines.get(target.path) if target.where is Where.FILE else None
    if outline is None:
        return ""
    if target.fragment:
        return next((h.text for h in outline.headings if target.fragment in (h.slug, h.github_slug)), "")
    first = next((heading.text for heading in outline.headings if heading.level == 1), "")
    return first or outline.meta("title") or ""
