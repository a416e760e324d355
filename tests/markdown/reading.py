"""How tests read a page: its prose, links, headings and masks in a form that is short to write down."""

from __future__ import annotations

from docbot.markdown import Document
from docbot.markdown.prose import HOLE


def holes(text: str) -> list[str]:
    """The prose of each block; each character that is none is a `~`."""
    return [prose.text.replace(HOLE, "~") for prose in Document("page.md", text).prose]


def said(text: str) -> list[str]:
    """The words of each block of prose."""
    return [" ".join(prose.text.replace(HOLE, "").split()) for prose in Document("page.md", text).prose]


def links(text: str) -> list[tuple[str, str]]:
    """`(kind, destination)` of each link; each destination's span was compared with the text."""
    found = []
    for link in Document("page.md", text).outline.links:
        assert link.destination_span is not None
        assert link.destination_span.of(text) == link.destination
        found.append((link.kind.value, link.destination))
    return found


def titles(text: str) -> list[str]:
    """The text of each heading."""
    return [heading.text for heading in Document("page.md", text).outline.headings]


def masked(text: str, kind: str) -> list[str]:
    """What each mask of one kind hides."""
    return [mask.span.of(text) for mask in Document("page.md", text).masks if mask.kind == kind]
