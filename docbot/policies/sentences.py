"""The sentences of a text, each with the line it starts on and the words it hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docbot.markdown import Document
from docbot.markdown.nodes import Block
from docbot.text import LineIndex, Span

LONGEST = 1_200
"""Code points of a sentence; a longer one is read in pieces."""
_LEAD = 400

_END = re.compile(r"[.!?][\"')*_\]]{0,3}[ \t\r\n]+(?=\S)")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|incl|approx)|\b[A-Z])\.\s*\Z", re.I)
_ITEM = re.compile(r"\n[ \t>]*(?=(?:[-*+•]|\d{1,3}[.)]|#{1,6})[ \t])")
_BLANK = re.compile(r"\n[ \t>\r]*\n")
_FOLD = re.compile(r"\n[ \t>]*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)


class Sentence(NamedTuple):
    """One sentence, on one line."""

    text: str
    line: int
    """From 1."""
    lead: str = ""
    """The words before a list whose item it is, or the item above."""
    headings: tuple[str, ...] = ()
    """The headings it stands under, the outermost first."""


def sentences(path: str, text: str, *, comments: bool) -> Iterator[Sentence]:
    """Every sentence of a file in the order of the text; `comments` tells whether HTML comments are read.

    Code blocks hold no sentences.
    """
    if path.lower().endswith((".rst", ".txt", ".adoc")):
        yield from _plain(text)
    else:
        yield from _Markdown(text, comments).read()


def _plain(text: str) -> Iterator[Sentence]:
    lines, at = LineIndex(text), 0
    for gap in (*_BLANK.finditer(text), None):
        end = gap.start() if gap else len(text)
        yield from _split(text, Span(at, end), lines)
        at = gap.end() if gap else end


def _split(
    text: str, span: Span, lines: LineIndex, lead: str = "", headings: tuple[str, ...] = ()
) -> Iterator[Sentence]:
    for start, end in _bounds(text, span):
        words = _FOLD.sub(" ", text[start:end]).strip()
        if words:
            first = start + len(text[start:end]) - len(text[start:end].lstrip(" \t\r\n>"))
            yield Sentence(words, lines.line(first), lead, headings)


def _bounds(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Where sentences start and end, none longer than can be read at once."""
    part, at = span.of(text), 0
    ends = sorted({found.end() for pattern in (_END, _ITEM) for found in pattern.finditer(part)})
    for end in (*ends, len(part)):
        if end < len(part) and _ABBREVIATION.search(part[max(end - 12, at) : end]):
            continue
        while end - at > LONGEST:
            yield span.start + at, span.start + at + LONGEST
            at += LONGEST
        yield span.start + at, span.start + end
        at = end


class _Markdown:
    def __init__(self, text: str, comments: bool) -> None:
        self._text = text
        self._comments = comments
        self._lines = LineIndex(text)
        self._headings: list[tuple[int, str]] = []

    def read(self) -> Iterator[Sentence]:
        yield from self._blocks(Document("policy.md", self._text, blob="unnamed").blocks, "")

    def _blocks(self, blocks: Sequence[Block], lead: str) -> Iterator[Sentence]:
        before = ""
        for block in blocks:
            if block.kind == "list":
                for item in block.children:
                    yield from self._item(item, before or lead)
                before = ""
            elif block.children:
                yield from self._blocks(block.children, lead if block.kind == "quote" else "")
                before = ""
            else:
                said = list(self._leaf(block, lead))
                yield from said
                before = _leads(said, block)

    def _item(self, item: Block, lead: str) -> Iterator[Sentence]:
        """An item says its sentences under the list's lead, and leads the lists inside of it."""
        own = ""
        for block in item.children:
            if block.kind == "list":
                yield from self._blocks([block], f"{lead} {own}".strip()[-_LEAD:])
                continue
            said = list(self._blocks([block], lead))
            own = own or (said[-1].text if said else "")
            yield from said

    def _leaf(self, block: Block, lead: str) -> Iterator[Sentence]:
        span = block.content or block.span
        if span is None or block.kind == "code":
            return
        if block.kind == "html":
            yield from self._html(span)
            return
        headings = tuple(words for _, words in self._headings)
        if block.kind == "heading":
            words = _FOLD.sub(" ", span.of(self._text)).strip()[:_LEAD]
            self._headings = [one for one in self._headings if one[0] < block.level]
            headings = tuple(words for _, words in self._headings)
            self._headings.append((block.level, words))
        yield from _split(self._text, span, self._lines, lead, headings)

    def _html(self, span: Span) -> Iterator[Sentence]:
        headings = tuple(words for _, words in self._headings)
        hidden = [] if self._comments else [_found(found) for found in _COMMENT.finditer(span.of(self._text))]
        at = span.start
        for one in (*(gap.shifted(span.start) for gap in hidden), Span(span.end, span.end)):
            yield from _split(self._text, Span(at, one.start), self._lines, "", headings)
            at = one.end


def _found(found: re.Match[str]) -> Span:
    return Span(*found.span())


def _leads(said: Sequence[Sentence], block: Block) -> str:
    """What a list right below would hang on: a heading, or words that end in a colon."""
    if not said:
        return ""
    words = said[-1].text[-_LEAD:]
    return words if block.kind == "heading" or words.rstrip("*_ ").endswith(":") else ""
