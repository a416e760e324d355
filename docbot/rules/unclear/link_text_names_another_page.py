"""The rule `link-text-names-another-page`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Link, Outline
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.records import is_record
from docbot.site.links import resolve
from docbot.site.named_pages import Address, address_of, folded, is_named
from docbot.site.target import Where
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_NAME = re.compile(
    r"(?:[A-Za-z][A-Za-z\d]*(?:(?:[-_.]|::)[A-Za-z\d]+){1,12}|[A-Z][a-z\d]+(?:[A-Z][a-z\d]*){1,12})(?:\(\))?"
)
"""A name of code or of a command, of two parts or more."""
_SHORTEST, _LEAST_WORDS, _LEAST_SHARED = 8, 5, 3
_PARTS = re.compile(r"[A-Z]?[a-z\d]+|[A-Z\d]+")
_FOUND = frozenset({Where.FILE, Where.CASED, Where.EXTENSION})


_BESIDE = Given(files={"Set-Widget.md": "# Set-Widget", "Get-Widget.md": "# Get-Widget\n\n## Notes\n"})


class LinkTextNamesAnotherPage(Rule):
    """
    ## What it finds
    A link whose text is the name of one page and whose target is the page beside it, as `Set-Item` that
    leads to `get-item.md`.

    ## Why it matters
    Readers take the page for the one they asked for. No link checker sees it, for the target exists.

    ## Evidence
    The page of that name in the folder the link leads into, or another link of the repository that calls
    it so. Silent where the target's title or a heading has the name too.

    ## Fix
    None: the text or the target is wrong, and which is for people to say. docbot asks.
    """

    name = "link-text-names-another-page"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    needs = frozenset({Need.SITE, Need.NAMED_PAGES})
    title = "Lead links called {name} to its page"
    precision = "32 of 32 places right on five Learn repositories, read in November 2026"
    examples = (
        Bad("Use [Set-Widget](Get-Widget.md#notes) to change it.", given=_BESIDE),
        Bad(
            "Use [Set-Widget](/api/get-widget) to change it.",
            given=Given(
                files={"other.md": "See [Set-Widget](https://learn.microsoft.com/en-us/api/set-widget)."}
            ),
        ),
        Good("Use [Set-Widget](Set-Widget.md) to change it.", _BESIDE),
        Good("Use [the other one](Get-Widget.md) to read it.", _BESIDE),
        Good(
            "Use [Set-Widget](Get-Widget.md) to change it.",
            Given(files={"Set-Widget.md": "# Set", "Get-Widget.md": "# Get-Widget and Set-Widget"}),
        ),
        Good("Use [Set-Widget](/api/get-widget) to change it."),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if is_record(document):
            return
        for link in document.outline.links:
            address = address_of(document.path, link.destination) if is_named(link) else None
            if (
                address
                and _are_alike(link.text.strip(), address)
                and not _is_shown(document, link, address, facts)
            ):
                place = facts.named_pages.by_folder.get(address.folder, {}).get(folded(link.text))
                if place:
                    yield self._finding(document, link, address, place)

    def _finding(self, document: Document, link: Link, address: Address, place: str) -> Finding:
        text = link.text.strip()
        said = "is the page of that name" if address.here else "has a link of that name to its own page"
        return self.finding(
            document,
            link.span,
            f"The link says “{text}” and leads to “{address.name}”",
            confidence=0.85,
            evidence=(Evidence(EvidenceKind.UNIQUE_NAME, place, f"{place} {said}"),),
            cause=f"{self.name} {text}",
            question=Question(
                "Where should this link lead?",
                (f"To “{text}”, as its text says", f"To “{address.name}”, with that as its text"),
            ),
        )


def _are_alike(text: str, address: Address) -> bool:
    """Whether the text is a name of the same kind as the target's, and another."""
    here, there = folded(text), folded(address.name)
    if len(here) < _SHORTEST or len(there) < _SHORTEST or here in there or there in here:
        return False
    if _NAME.fullmatch(text):
        return here[:_LEAST_SHARED] == there[:_LEAST_SHARED] or bool(_parts(text) & _parts(address.name))
    return address.here and len(text.split()) >= _LEAST_WORDS and len(_parts(text) & _parts(address.name)) > 1


def _parts(name: str) -> set[str]:
    return {part.lower() for part in _PARTS.findall(name) if len(part) >= _LEAST_SHARED}


def _is_shown(document: Document, link: Link, address: Address, facts: Facts) -> bool:
    """Whether the target, or the place on it, has the name that the text says; or it can't be looked at."""
    name = folded(link.text)
    if name in folded(link.destination.partition("#")[2]):
        return True
    if not address.here:
        return False
    target = resolve(facts.site, document.path, link.destination)
    outline = facts.site.outlines.get(target.path) if target.where in _FOUND else None
    return outline is None or any(name in folded(text) for text in _titles(outline))


def _titles(outline: Outline) -> Iterator[str]:
    yield outline.meta("title") or ""
    yield from (heading.text for heading in outline.headings)
