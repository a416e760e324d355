"""What a repository's pages do nearly always: describe images, name links, go down by one heading level."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from docbot.markdown.nodes import LinkKind, Outline

VAGUE = re.compile(
    r"\W*(?:(?:click|see|tap|press|go|read) )?(?:here|this (?:link|page)|(?:read |see )?more|link)\W*", re.I
)
"""Link texts that say nothing of where they lead."""
_FEWEST = 50
_NAMED = (LinkKind.LINK, LinkKind.XREF)


class Custom(msgspec.Struct, frozen=True, gc=False):
    """How often something is done, and how often it isn't."""

    kept: int = 0
    broken: int = 0

    def holds(self, share: float, fewest: int = _FEWEST) -> bool:
        """Whether it is done `fewest` times, and in `share` (0 to 1) of all places: then it is a custom."""
        return self.kept >= fewest and self.kept >= share * (self.kept + self.broken)


class Customs(msgspec.Struct, frozen=True, gc=False):
    """The customs of all pages together."""

    links: Custom = Custom()
    """Links whose text says where they lead."""
    images: Custom = Custom()
    """Images of Markdown with an alternative text."""
    steps: Custom = Custom()
    """Headings below another that are one level deeper than it."""
    titles: Custom = Custom()
    """Pages with one heading of the first level, among those that have any."""


def customs_of(outlines: Iterable[Outline]) -> Customs:
    """What the pages with these outlines do."""
    links, images, steps, titles = [0, 0], [0, 0], [0, 0], [0, 0]
    for outline in outlines:
        for link in outline.links:
            if link.kind in _NAMED and link.text.strip():
                links[VAGUE.fullmatch(link.text) is not None] += 1
            elif link.kind is LinkKind.IMAGE:
                images[not link.text.strip()] += 1
        levels = [section.level for section in outline.sections if section.level]
        for above, level in zip(levels, levels[1:], strict=False):
            if level > above:
                steps[level > above + 1] += 1
        if 1 in levels:
            titles[levels.count(1) > 1] += 1
    return Customs(*(Custom(*counts) for counts in (links, images, steps, titles)))
