"""Where on a page an old name stands: in a link, in bold text, in a part for old versions, in history."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from docbot.markdown import Document
from docbot.markdown.nodes import Inline
from docbot.text import Span

_HISTORY = re.compile(
    r"(?<![a-z])(?:what'?s new|new features|release notes?|change ?logs?|previous versions?|breaking changes|"
    r"(?:revision|version|document|change|release|update) history|deprecat(?:ed|ion|ions)|retire(?:d|ment)|"
    r"announcements?|roadmap|renam(?:e|ed|ing)|rebrand(?:ed|ing)?|new name|old names?|name changes?|glossary|"
    r"terminology|legacy|third ?party ?notices?|trademarks?)(?![a-z])",
    re.I,
)
"""Titles, headings and paths that speak of the past, or of names themselves."""
_PAST_PATH = re.compile(
    r"(?:^|/)_?(?:archived?|blogs?|posts|news|newsletters?|releases?|history|legal|licen[cs]e|notice|changes)"
    r"(?:[/.]|$)",
    re.I,
)
_MOVES = re.compile(
    r"(?<![a-z])(?:migrat(?:e|ed|es|ing|ion|ions)|upgrad(?:e|ed|es|ing)|compar\w+)(?![a-z])", re.I
)
_SEPARATORS = re.compile(r"[-_./\\ ]+")
_VERSION_HEADING = re.compile(
    r"\A\W*v?\d+\.\d+|\b(?:version|release|update|build)\s+v?\d+|"
    r"\b(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\s+(?:\d{1,2},?\s+)?20\d\d\b|\b20\d\d-\d\d\b|\A\W*20\d\d\b",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DATE = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)|(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)")
_MONIKER = re.compile(r"^[ \t>]*:::[ \t]*moniker[ \t]+range=\"([^\"\r\n]{1,200})\"", re.M | re.I)
_MONIKER_END = re.compile(r"^[ \t>]*:::[ \t]*moniker-end", re.M | re.I)


class Places:
    """What of one page matters to old names on it. Everything is worked out when first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._nodes: dict[frozenset[str], list[tuple[Span, Inline]]] = {}

    def is_history(self, since: date) -> bool:
        """Whether the page is about the past, or of a time before `since`."""
        return self._is_past or any(year < since.year for year in self._years) or self._is_dated(since)

    @cached_property
    def _is_past(self) -> bool:
        outline = self._document.outline
        titles = [outline.meta("title") or "", *(h.text for h in outline.headings if h.level == 1)]
        path = self._document.path
        said = (_SEPARATORS.sub(" ", path.rpartition(".")[0]), *titles)
        return bool(_PAST_PATH.search(path)) or any(_HISTORY.search(one) for one in said)

    @cached_property
    def is_move(self) -> bool:
        """Whether the page leads from one product or version to another, and so may speak of the old one."""
        title = self._document.outline.meta("title") or ""
        return bool(_MOVES.search(title) or _MOVES.search(_SEPARATORS.sub(" ", self._document.path)))

    @cached_property
    def _years(self) -> tuple[int, ...]:
        return tuple(int(year) for year in _YEAR.findall(self._document.path))

    def _is_dated(self, since: date) -> bool:
        """A post with a date of its own; Learn's `ms.date` only says when somebody looked at the page."""
        front = self._document.front_matter
        match = _DATE.search((front.value("date") if front else None) or "")
        if match is None:
            return False
        return int(match[1] or match[6]) < since.year

    def in_past(self, span: Span) -> bool:
        """Whether a section about the past, or a part of the page for old versions, holds `span`."""
        section = self._document.outline.section_at(span.start)
        titles = section.headings if section else ()
        if any(
            _HISTORY.search(_SEPARATORS.sub(" ", said)) or _VERSION_HEADING.search(said) for said in titles
        ):
            return True
        return any(zone.contains(span) for zone in self._old_zones)

    @cached_property
    def _old_zones(self) -> tuple[Span, ...]:
        return tuple(_old_zones(self._document.text))

    def inside(self, span: Span, kinds: frozenset[str]) -> Inline | None:
        """The outermost inline node of one of `kinds` that holds `span`."""
        if kinds not in self._nodes:
            self._nodes[kinds] = list(_outermost(self._document, kinds))
        nodes = self._nodes[kinds]
        at = bisect_right(nodes, span.start, key=lambda one: one[0].start) - 1
        return nodes[at][1] if at >= 0 and nodes[at][0].contains(span) else None

    def says(self, pattern: str) -> bool:
        """Whether the page's text holds `pattern`, in any letter case."""
        return pattern.lower() in self._lower

    def times(self, word: str) -> int:
        """How often the page's text holds `word`, as written."""
        return self._document.text.count(word)

    @cached_property
    def _lower(self) -> str:
        return self._document.text.lower()


def _outermost(document: Document, kinds: frozenset[str]) -> Iterator[tuple[Span, Inline]]:
    """The inline nodes of `kinds` that are in no other of them, in the order of the text."""
    end = 0
    for node in document.inlines():
        if node.kind in kinds and node.span and node.span.start >= end:
            end = node.span.end
            yield node.span, node


def _old_zones(text: str) -> Iterator[Span]:
    """Parts that are shown for old versions only: `::: moniker range="<=…"` to its end."""
    if "moniker" not in text:
        return
    for match in _MONIKER.finditer(text):
        if match[1].strip().startswith("<"):
            end = _MONIKER_END.search(text, match.end())
            yield Span(match.start(), end.end() if end else len(text))
