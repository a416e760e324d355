"""What the rules about the web share: which links lead out, and what their pages answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Link, LinkKind
from docbot.site.links import resolve
from docbot.site.model import Site
from docbot.site.target import Where
from docbot.types import Evidence, EvidenceKind
from docbot.web.interface import Look, State
from docbot.web.urls import address_of

_KINDS = frozenset({LinkKind.LINK, LinkKind.IMAGE, LinkKind.DEFINITION, LinkKind.AUTOLINK})


def links_out(path: str, links: Iterable[Link], site: Site) -> Iterator[tuple[Link, str]]:
    """Every link of the page at `path` to another site, with the URL as `address_of` writes it.

    The pages of this repository are known without asking, also by their URLs.
    """
    for link in links:
        url = address_of(link.destination) if link.kind in _KINDS and link.destination_span else None
        if url is not None and not _is_own(path, link.destination, site):
            yield link, url


def _is_own(path: str, destination: str, site: Site) -> bool:
    target = resolve(site, path, destination)
    return target.where is Where.URL and bool(site.urls.page(target.path, path))


def looked_at(document: Document, facts: Facts) -> Iterator[tuple[Link, Look]]:
    """Every link to another site of which something is known."""
    for link, url in links_out(document.path, document.outline.links, facts.site):
        look = facts.web.looks.get(url)
        if look is not None:
            yield link, look


def answers(look: Look) -> tuple[Evidence, ...]:
    """What was answered, hop by hop, and the archived copy."""
    way = " → ".join([f"{hop.status} {hop.url}" for hop in look.hops] + [look.said])
    asked = "asked twice, last on" if look.state is State.DEAD else "asked on"
    proof = Evidence(EvidenceKind.HTTP, look.url, f"{asked} {look.day}: {way}")
    if look.copy is None:
        return (proof,)
    return proof, Evidence(EvidenceKind.HTTP, look.copy.url, f"an archived copy of {look.copy.day}")
