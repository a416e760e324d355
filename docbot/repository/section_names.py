"""What sections are called in a repository, and which of them are left empty.

A name that page after page leaves empty belongs to a form that its people fill in; a name that one page alone
leaves empty was forgotten there. Copies of a page for several versions count as one page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from docbot.markdown.nodes import Outline, Section
from docbot.repository.families import copies_key

_NUMBER = re.compile(r"\d+")
_NO_WORD = re.compile(r"[^\w#]+")


class SectionNames(msgspec.Struct, frozen=True):
    """How many pages have a section of each name, and how many leave it empty, by `name_of`."""

    pages: Mapping[str, int] = msgspec.field(default_factory=dict)
    empty: Mapping[str, int] = msgspec.field(default_factory=dict)
    empty_below: Mapping[str, int] = msgspec.field(default_factory=dict)
    """How many empty sections of different names or pages stand below a heading of each name."""


def section_names(outlines: Mapping[str, Outline]) -> SectionNames:
    """The names of the sections of these pages, which are given by path."""
    pages: dict[str, set[str]] = defaultdict(set)
    empty: dict[str, set[str]] = defaultdict(set)
    below: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for path, outline in outlines.items():
        page = copies_key(path)
        for section in outline.sections:
            name = name_of(section)
            pages[name].add(page)
            if section.span.start in outline.empty:
                empty[name].add(page)
                below[name_above(section)].add((page, name))
    return SectionNames(_counted(pages), _counted(empty), _counted(below))


def _counted(sets: Mapping[str, Iterable[object]]) -> dict[str, int]:
    return {name: len(list(found)) for name, found in sets.items()}


def name_of(section: Section) -> str:
    """A section's heading in lower case, without marks, its numbers alike: "Step 2: Go" is "step # go"."""
    return _plain(section.headings[-1]) if section.headings else ""


def name_above(section: Section) -> str:
    """The same of the heading that it stands below; empty where there is none."""
    return _plain(section.headings[-2]) if len(section.headings) > 1 else ""


def _plain(heading: str) -> str:
    return _NO_WORD.sub(" ", _NUMBER.sub("#", heading.lower())).strip() or heading
