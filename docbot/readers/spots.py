"""Where on its page a report is about: words it quotes, lines or a section it names, or the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

import msgspec

from docbot.markdown import Document
from docbot.markdown.nodes import Heading, Section
from docbot.readers.matching import Seen, is_strong, parts, seen
from docbot.readers.values import Placed, Suggestion, Trouble
from docbot.text import LineIndex, Span

_GENERIC = frozenset(
    "overview introduction examples example notes note description summary syntax parameters inputs outputs "
    "prerequisites requirements see also next steps related links related content in this article "
    "remarks usage "
    "installation install configuration".split()
)


class By(IntEnum):
    """What shows the place, the surest last."""

    PAGE = 0
    ENTRY = 1
    """The fragment in the form: where the reader came in."""
    NAME = 2
    """The reader names the heading."""
    LINES = 3
    """The reader links to lines of the file, which are as they were."""
    FRAGMENT = 4
    """The reader links to the section."""
    WORD = 5
    """A word or a name that the reader quotes, which stands on the page once."""
    QUOTE = 6
    """Words that the reader quotes."""


class Spot(msgspec.Struct, frozen=True):
    """A place on a page. `lost` says that the reader quotes words which aren't on the page."""

    span: Span
    by: By
    suggestion: Suggestion | None = None
    """What the reader says should stand there, where the words to be replaced do stand there."""
    lost: bool = False
    done: bool = False
    """Whether what should stand there does, and what shouldn't doesn't."""


class Looked:
    """A page, looked at once for all reports that name it."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.sections = document.outline.sections
        self.headings = document.outline.headings
        self.section_at = document.outline.section_at
        start = self.sections[0].span.start if self.sections else 0
        self._seen = Seen(self.text, start)
        self.lines = LineIndex(self.text)

    def spot(self, placed: Placed, *, unchanged: bool) -> Spot | None:
        """Where `placed` is about; None for a page without a section.

        `unchanged` says that the page is as it was when the report was written, so that line numbers hold.
        """
        if not self.sections:
            return None
        named, by = self._named(placed, unchanged=unchanged)
        suggested = self._suggested(placed, named)
        if suggested is not None:
            return suggested
        quoted, lost = self._quoted(placed, named)
        lost = lost or any(not self._seen.spans(one.old) for one in placed.report.suggestions)
        done = self._done(placed.report.suggestions)
        if quoted is not None:
            return msgspec.structs.replace(quoted, done=done)
        if named is not None:
            return Spot(self._head(named), by, lost=lost, done=done)
        return Spot(self._head(self._first()), By.PAGE, lost=lost, done=done)

    def _done(self, suggestions: Sequence[Suggestion]) -> bool:
        return bool(suggestions) and all(
            self._seen.spans(one.new) and not self._seen.spans(one.old) for one in suggestions
        )

    def _suggested(self, placed: Placed, named: Section | None) -> Spot | None:
        for one in placed.report.suggestions:
            found = self._one_place(one.old, named)
            if found is not None and not self._stands_already(one, found):
                return Spot(found, By.QUOTE, one)
        return None

    def _stands_already(self, one: Suggestion, span: Span) -> bool:
        """Whether the new words are there already, the old ones being a part of them."""
        old, new = seen(one.old), seen(one.new)
        if old == new:
            return one.new in self.text[span.start - 50 if span.start > 50 else 0 : span.end + 50]
        section = self.section_at(span.start)
        around = section.span if section else span
        return old in new and any(around.overlaps(found) for found in self._seen.spans(one.new))

    def _quoted(self, placed: Placed, named: Section | None) -> tuple[Spot | None, bool]:
        """The spot of the best quote; and whether strong quotes were looked for in vain."""
        lost = False
        report = placed.report
        for quote in (*report.quotes, *report.code):
            if self._is_heading(quote):
                continue
            for part in parts(quote):
                found = self._place_of(part, placed, named, whole=part == quote)
                if found is not None:
                    return Spot(found, self._by(part, placed)), False
            # What a reader ran and what came of it needn't be on the page.
            if quote in report.quotes and (is_strong(quote) or report.trouble is Trouble.TYPO):
                lost = lost or not any(self._seen.spans(part) for part in parts(quote))
        return None, lost

    def _place_of(self, part: str, placed: Placed, named: Section | None, *, whole: bool) -> Span | None:
        if is_strong(part):
            return self._one_place(part, named)
        if not whole or not (_is_telling(part) or placed.report.trouble is Trouble.TYPO):
            return None
        found = self._one_place(part, named)
        # A name alone may stand anywhere: it doesn't outweigh the section that the reader names.
        return found if found is None or named is None or named.span.contains(found) else None

    def _by(self, part: str, placed: Placed) -> By:
        return By.QUOTE if is_strong(part) or placed.report.trouble is Trouble.TYPO else By.WORD

    def _one_place(self, quote: str, named: Section | None) -> Span | None:
        """The first place of `quote`, where all its places are in one section, or those in the one named."""
        found = self._seen.spans(quote)
        if named is not None and (inside := [one for one in found if named.span.contains(one)]):
            return inside[0]
        sections = {section.span for one in found if (section := self.section_at(one.start))}
        if len(sections) != 1:
            return None
        return found[0] if len(found) == 1 or is_strong(quote) else None

    def _is_heading(self, quote: str) -> bool:
        plain = seen(quote)
        return any(seen(heading.text) == plain for heading in self.headings)

    def _named(self, placed: Placed, *, unchanged: bool) -> tuple[Section | None, By]:
        """The section that the report names, and by what."""
        tried = (
            (self._of_fragment(placed.fragment), By.FRAGMENT),
            (self._of_lines(placed.lines) if unchanged else None, By.LINES),
            (self._of_names(placed), By.NAME),
            (self._of_fragment(placed.came_by), By.ENTRY),
        )
        return next(((section, by) for section, by in tried if section is not None), (None, By.PAGE))

    def _of_fragment(self, fragment: str) -> Section | None:
        if not fragment or len(fragment) > 200:
            return None
        folded = fragment.lower()
        for heading in self.headings:
            if folded in (heading.slug.lower(), heading.github_slug.lower()):
                return self.section_at(heading.span.start)
        name = re.escape(fragment)
        marked = re.search(
            rf"\b(?:id|name)\s*=\s*[\"']?{name}[\"'\s>]|\{{:?[ \t]{{0,5}}#{name}[\s\}}]",
            self.text,
        )
        return self.section_at(marked.start()) if marked else None

    def _of_lines(self, lines: tuple[int, int]) -> Section | None:
        if lines == (0, 0):
            return None
        try:
            return self.section_at(self.lines.line_span(lines[0]).start)
        except IndexError:
            return None

    def _of_names(self, placed: Placed) -> Section | None:
        report = placed.report
        for name in (*report.headings, *report.quotes):
            found = self._called(name)
            if found is not None and (name in report.headings or not _is_generic(name)):
                return self.section_at(found.span.start)
        return None

    def _called(self, name: str) -> Heading | None:
        """The only heading of that text, but for the page's title."""
        plain = seen(name).removeprefix("the ")
        found = [
            heading for heading in self.headings if plain and seen(heading.text).removeprefix("the ") == plain
        ]
        return found[0] if len(found) == 1 and found[0].level > 1 else None

    def _first(self) -> Section:
        """The section that stands for the page: the one of its title, else the first."""
        titles = (section for section in self.sections if section.level == 1)
        return next(titles, self.sections[0])

    def _head(self, section: Section) -> Span:
        """The heading of a section, or the first line of one without."""
        heading = next((one for one in self.headings if one.span.start == section.span.start), None)
        if heading is not None:
            start, end = heading.span.start, heading.span.end
        else:
            body = section.span.of(self.text)
            start = section.span.start + len(body) - len(body.lstrip())
            end = section.span.end
        line = self.text.find("\n", start, end)
        end = line if line >= 0 else end
        return Span(start, start + len(self.text[start:end].rstrip()))


def _is_telling(quote: str) -> bool:
    """Whether a short quote says more than a word of every page."""
    plain = seen(quote)
    return len(plain) >= 6 or (len(plain) >= 4 and not plain.isalpha())


def _is_generic(name: str) -> bool:
    return set(seen(name).split()) <= _GENERIC


def lines_of(looked: Looked, span: Span) -> Iterator[int]:
    """The lines (from 1) that `span` stands on."""
    first, last = looked.lines.line(span.start), looked.lines.line(max(span.start, span.end - 1))
    return iter(range(first, last + 1))
