"""The sentences of a page as a reader reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from docbot.markdown.document import Document
from docbot.markdown.prose import HOLE, Prose
from docbot.markdown.ranges import Ranges
from docbot.text import Span

_RUN = re.compile(f"{HOLE}+|[ \\t\\n]+")
_MARKUP = frozenset("[]*_~<!\\")
"""What a hole starts with that only gives form to what stands around it."""
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z+.-]{1,20}:")
_END = re.compile(r"[.!?]['\"”’)\]]*\s+(?=[\w\ufffc“\"(\[])")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|cf|approx|incl|no|ver|fig|ca|st"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b[A-Z])\.['\"”’)\]]*\s+$",
    re.I,
)
_LONGEST_ABBREVIATION = 20
"""Code points, with the quotation marks and the white space after it."""
_LONGEST = 1000
"""Code points. What is longer is no sentence a person wrote."""


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """One sentence: `text` without markup, each code span and URL one hole, each white space one space."""

    text: str
    kind: str
    """The kind of its block: paragraph, heading, table_cell."""
    places: tuple[int, ...]
    """For each character of `text` its offset in the page; and where the sentence ends."""

    def span_of(self, start: int, end: int) -> Span:
        """Offsets into `text` as a span of the page."""
        return Span(self.places[start], self.places[end - 1] + 1)


def near(text: str, first: re.Pattern[str], second: re.Pattern[str], reach: int = 300) -> bool:
    """Whether `first` and `second` match within `reach` code points of each other.

    A page's source is asked so, to spare parsing it where no sentence can match.
    """
    for match in first.finditer(text):
        if second.search(text, max(0, match.start() - reach), match.end() + reach):
            return True
    return False


@lru_cache(maxsize=1)
def sentences(document: Document) -> tuple[Sentence, ...]:
    """Every sentence of the page's prose, quotations left out. Kept for the next rule that asks."""
    quoted = Ranges(_quotations(document))
    blocks = (prose for prose in document.prose if not quoted.holds(prose.span.start))
    return tuple(sentence for prose in blocks for sentence in _of_block(document.text, prose))


def _of_block(page: str, prose: Prose) -> Iterator[Sentence]:
    text, places = _flat(page, prose)
    start = 0
    ends = [match.end() for match in _END.finditer(text) if not _is_abbreviated(text, match.end())]
    for end in (*ends, len(text)):
        said = text[start:end].rstrip()
        if said and len(said) <= _LONGEST:
            yield Sentence(said, prose.kind, tuple(places[start : start + len(said)]))
        start = end


def _is_abbreviated(text: str, end: int) -> bool:
    """Whether the full stop before `end` closes a short word and no sentence."""
    return _NO_END.search(text, max(0, end - _LONGEST_ABBREVIATION), end) is not None


def _flat(page: str, prose: Prose) -> tuple[str, list[int]]:
    parts: list[str] = []
    places: list[int] = []
    at, first = 0, prose.span.start
    for run in _RUN.finditer(prose.text):
        parts.append(prose.text[at : run.start()])
        places += range(first + at, first + run.start())
        sign = _sign(page, run[0], first + run.start())
        if sign != " " or (places and not parts[-1].endswith(" ")):
            parts.append(sign)
            places += [first + run.start()] * len(sign)
        at = run.end()
    parts.append(prose.text[at:])
    places += range(first + at, first + len(prose.text))
    return "".join(parts), places


def _sign(page: str, run: str, place: int) -> str:
    """What stands for a run of holes or white space."""
    if run[0] != HOLE:
        return " "
    return "" if page[place] in _MARKUP and not _AUTOLINK.match(page, place) else HOLE


def _quotations(document: Document) -> Iterator[Span]:
    """Block quotes, save those that are alerts of Learn or GitHub (`> [!NOTE]`)."""
    for top in document.blocks:
        for block in top.walk():
            if block.kind == "quote" and block.span and "[!" not in block.span.of(document.text)[:80]:
                yield block.span
