"""A block of prose as sentences of tokens: what two versions of a section are compared by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from docbot.gates.generated.vocabulary import CONTRACTIONS, SPELLED, STOP, UNITS, key_of
from docbot.markdown import Document
from docbot.markdown.prose import HOLE, Prose
from docbot.markdown.ranges import merged
from docbot.text import Span

_RUN = re.compile(f"{HOLE}+|[ \\t\\n]+")
_MARKUP = frozenset("[]*_~<!\\")
"""What a hole starts with that only gives form to what stands around it."""
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z+.-]{1,20}:")
_END = re.compile(r"[.!?]['\"”’)\]]{0,3}\s+(?=\S)")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|cf|approx|incl|no|ver|fig|ca|st)|(?<!\w)[A-Z])\.['\"”’)\]]{0,3}\s+$", re.I
)
_CHUNK = re.compile(rf"{HOLE}|[^\s{HOLE}–—]+")
_OPENING, _CLOSING = "([{\"“‘'«<*_~|", ")]}\"”’'»>.,;:!?…*_~|"
_PLAIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\Z")
_MEASURED = re.compile(r"([^\w\s]{0,2}\d[\d.,]*)-?([A-Za-z]+)\Z")
_FORM = re.compile(r"\]\([^\r\n]{0,1000}?\)|\]\[[^\]\r\n]{0,300}\]|\[\^[^\s\[\]]{1,100}\]:?|\A\[[ xX]\]\s*\Z")
"""What a link, a footnote or the box of a task leaves in a run of holes."""
_NOT_MASKING = frozenset({"definition", "front-matter", "protected", "no-loc"})
"""Masks of ranges that hold prose, or of none."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word of a sentence, or something fixed that stands in it, such as a code span."""

    text: str
    fixed: bool = False
    initial: bool = False
    """Whether a capital letter would say nothing here: at the start of a sentence, behind a colon."""

    stops: bool = False
    """Whether a clause ends behind it."""

    @property
    def plain(self) -> bool:
        """Whether it is a word of letters alone."""
        return not self.fixed and _PLAIN.match(self.text) is not None

    @property
    def key(self) -> str:
        """What it counts as among the words of content; empty for a word of form and a number."""
        if self.fixed:
            return f"`{self.text}"
        lower = self.text.lower().replace("’", "'")
        of_form = lower in STOP or lower in SPELLED or lower[0].isdigit()
        return "" if of_form else key_of(lower)


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """One sentence: its text without markup, and its tokens, contractions taken apart."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The words of content."""
        return frozenset(filter(None, (token.key for token in self.tokens)))


class Passage:
    """The prose of one block, or of several that can't be told apart. Offsets are the page's."""

    def __init__(self, document: Document, prose: Sequence[Prose], solid: Sequence[Span]) -> None:
        """`solid` is what `solids` says of the document."""
        self._document = document
        self._prose = prose
        parts = [_flat(document.text, one, solid) for one in prose]
        self.text = "\n".join(text for text, _ in parts)
        """Without markup; each fixed thing one hole."""
        self.fixed = tuple(raw for _, raws in parts for raw in raws)
        """What stands in the holes, as written."""

    @property
    def source(self) -> str:
        """As written on the page."""
        return "\n".join(one.span.of(self._document.text) for one in self._prose)

    @cached_property
    def words(self) -> int:
        return sum(any(map(str.isalnum, chunk)) for chunk in self.text.split()) + len(self.fixed)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        fixed = iter(self.fixed)
        return tuple(
            Sentence(text, tuple(_tokens(text, fixed)))
            for part in self.text.split("\n")
            for text in _sentences(part)
        )


def solids(document: Document) -> list[Span]:
    """The ranges in prose that are fixed things: code, HTML, images, addresses, directives."""
    inventory = document.parsed.inventory
    links = (node.span for node, _ in inventory.links if node.kind != "link" and node.span)
    masks = (mask.span for mask in document.masks if mask.kind not in _NOT_MASKING)
    return merged([*links, *masks])


def _flat(page: str, prose: Prose, solid: Sequence[Span]) -> tuple[str, list[str]]:
    parts: list[str] = []
    fixed: list[str] = []
    at, first = 0, prose.span.start
    for run in _RUN.finditer(prose.text):
        parts.append(prose.text[at : run.start()])
        at = run.end()
        if run[0][0] != HOLE:
            parts.append(" ")
            continue
        raws = list(_raws(page, Span(first + run.start(), first + run.end()), solid))
        fixed += raws
        parts.append(HOLE * len(raws))
    parts.append(prose.text[at:])
    return " ".join("".join(parts).split()), fixed


def _raws(page: str, run: Span, solid: Sequence[Span]) -> Iterator[str]:
    """The fixed things in a run of holes; none where it is only the marks of a link or of emphasis."""
    at = max(0, bisect_right(solid, run.start, key=lambda span: span.start) - 1)
    inside = []
    for span in solid[at:]:
        if span.start >= run.end:
            break
        if span.overlaps(run):
            inside.append(span.of(page))
    if inside:
        yield from inside
    elif page[run.start] not in _MARKUP or _AUTOLINK.match(page, run.start):
        yield run.of(page)
    elif left := _FORM.sub("", run.of(page)).strip("[]*_~!\\"):
        # An address or an entity that a link stands on, or that is emphasised.
        yield left


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        follows = text[match.end()]
        if follows.islower() or _NO_END.search(text, max(0, match.end() - 20), match.end()):
            continue
        yield text[start : match.end()].strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _tokens(text: str, fixed: Iterator[str]) -> Iterator[Token]:
    initial = True
    for match in _CHUNK.finditer(text):
        chunk = match[0]
        if chunk == HOLE:
            yield (token := Token(next(fixed), fixed=True, initial=initial))
            # A mark of an alert, or a tag, doesn't begin the sentence that it stands before.
            initial = initial and token.text.startswith(("[", "<"))
            continue
        core = chunk.lstrip(_OPENING).rstrip(_CLOSING)
        if not any(map(str.isalnum, core)):
            initial = initial or chunk.endswith(":")
            continue
        # Behind an opening quotation mark a capital may begin what is quoted.
        begins = initial or chunk[0] in "\"“‘'«"
        *parts, last = _apart(core)
        for part in parts:
            yield Token(part, initial=begins)
            begins = False
        yield Token(last, initial=begins, stops=chunk[-1] in ",;:.)")
        initial = chunk.endswith(":")


def _apart(word: str) -> Iterator[str]:
    """“can't” as “can” and “not”, “3MB” as “3” and “MB”."""
    lower = word.lower().replace("’", "'")
    measured = _MEASURED.match(word)
    if measured and measured[2] in UNITS:
        yield from measured.groups()
    elif lower in CONTRACTIONS:
        yield from CONTRACTIONS[lower]
    elif lower.endswith("n't") and len(lower) > len("n't"):
        yield word[:-3]
        yield "not"
    elif lower.endswith(("'ll", "'re", "'ve")) and len(lower) > len("'ll"):
        yield word[:-3]
        yield {"'ll": "will", "'re": "are", "'ve": "have"}[lower[-3:]]
    elif lower.endswith("'s") and len(lower) > len("'s"):
        yield word[:-2]
    else:
        yield word
