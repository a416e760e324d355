"""Where the old forms of precedents stand on a page, in prose and code spans whose spans are proved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from docbot.markdown import Document
from docbot.markdown.nodes import Inline
from docbot.markdown.prose import HOLE
from docbot.markdown.ranges import Ranges
from docbot.repository.precedents.occurrences import Finder
from docbot.repository.precedents.pairs import Kind
from docbot.repository.precedents.tokens import LONGEST_LINE, Scope
from docbot.repository.precedents.values import Precedent
from docbot.text import Span

_CODE = re.compile("`([^`\n]+)`")
_NOT_PROSE = frozenset(("front-matter", "html", "comment", "protected", "directive", "marker", "no-loc"))
_WEIGHTY = frozenset(("strong", "emphasis"))
"""What stands in these is often a label of a user interface, quoted as it is."""
_QUOTED = re.compile(r'"[^"\n]{1,200}"|“[^”\n]{1,200}”')
_SENTENCE_START = re.compile(r"(?:\A|[.!?:][\"'”’)\]]*\s)[\s" + HOLE + r"]*\Z")
_NEXT_WORD = re.compile(r"[ \t]+(?!not\b)[A-Za-z]")
_BACK = 80
"""Code points before a place that are looked at."""
_CLAUSE = re.compile(r"\b(?:as|than|what|where|how|who|whatever|wherever|which)\s+\Z", re.I)
_MAY_END = re.compile(r"['’](?:s|re|ve|ll|d|m)\Z")
"""Contractions that can't end a clause: nobody says "as it's"."""


class Spot(msgspec.Struct, frozen=True, gc=False):
    """A place where the old form of a precedent stands."""

    span: Span
    precedent: Precedent


def spots(document: Document, known: Sequence[Precedent]) -> list[Spot]:
    """The places of `known` on the page, in order; of those that overlap the longest."""
    by_form = _by_old(tuple(known))
    if not any(old in document.text for _, old in by_form):
        return []
    found = [*_in_prose(document, by_form), *_in_code(document, by_form)]
    taken: list[Spot] = []
    for spot in sorted(found, key=lambda spot: spot.span):
        if not taken or not spot.span.overlaps(taken[-1].span):
            taken.append(spot)
        elif len(spot.span) > len(taken[-1].span):
            taken[-1] = spot
    return taken


ByOld = dict[tuple[Scope, str], Precedent]


@lru_cache(maxsize=4)
def _by_old(known: tuple[Precedent, ...]) -> ByOld:
    return {(one.form.scope, one.form.old): one for one in reversed(known)}


@lru_cache(maxsize=4)
def _finder(words: tuple[str, ...]) -> Finder:
    return Finder(words)


def _in_prose(document: Document, by_form: ByOld) -> Iterator[Spot]:
    finder = _finder(tuple(sorted({old for scope, old in by_form if scope is not Scope.CODE})))
    weighty = Ranges(i.span for i in document.inlines() if i.kind in _WEIGHTY and i.span)
    for prose in document.prose:
        scope = Scope.HEADING if prose.kind == "heading" else Scope.TEXT
        raw = prose.span.of(document.text)
        quoted: Ranges | None = None
        for start, end, words in _found(finder, raw):
            one = by_form.get((scope, words))
            if one is None or not _is_prose(prose.text, raw, start, end):
                continue
            span = prose.span_of(start, end)
            if one.kind is not Kind.MARKS and weighty.holds(span.start):
                continue
            quoted = quoted or Ranges(Span(*match.span()) for match in _QUOTED.finditer(prose.text))
            own = '"' in one.form.old
            if (own or not quoted.holds(start)) and _fits(prose.text, start, end, one):
                yield Spot(span, one)


def _found(finder: Finder, text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for line in text.split("\n"):
        if len(line) <= LONGEST_LINE:
            yield from ((at + one.start, at + one.end, one.words) for one in finder.look(line))
        at += len(line) + 1


def _is_prose(prose: str, raw: str, start: int, end: int) -> bool:
    """Whether all words from `start` to `end` are prose, but for the code spans the form itself has."""
    said = prose[start:end]
    if HOLE not in said:
        return True
    code = [span for match in _CODE.finditer(raw, start, end) for span in range(match.start(), match.end())]
    return all(said[at - start] != HOLE or at in code or raw[at] in "*_" for at in range(start, end)) and all(
        prose[at] == HOLE for at in code
    )


def _fits(prose: str, start: int, end: int, one: Precedent) -> bool:
    """Whether the edit reads well here: see the rule's page for what is left alone."""
    before = prose[max(0, start - _BACK) : start]
    form = one.form
    if one.kind is Kind.CASE and form.old[:1].isupper() and form.new[:1].islower():
        return not _SENTENCE_START.search(before)
    if one.kind is Kind.CONTRACTION and _MAY_END.search(form.new):
        return bool(_NEXT_WORD.match(prose, end)) and not _CLAUSE.search(before)
    return True


def _in_code(document: Document, by_form: ByOld) -> Iterator[Spot]:
    words = tuple(sorted({old for scope, old in by_form if scope is Scope.CODE}))
    if not words:
        return
    finder = _finder(words)
    closed = Ranges(mask.span for mask in document.masks if mask.kind in _NOT_PROSE)
    for code in _code_spans(document.inlines()):
        assert code.content is not None
        raw = code.content.of(document.text)
        if "\n" in raw or closed.holds(code.content.start):
            continue
        for start, end, old in _found(finder, raw):
            if old.isalpha() and old != raw.strip():
                # One keyword of several: "Do While" isn't put right by half.
                continue
            yield Spot(Span(code.content.start + start, code.content.start + end), by_form[Scope.CODE, old])


def _code_spans(inlines: Iterable[Inline]) -> Iterator[Inline]:
    return (inline for inline in inlines if inline.kind == "code" and inline.content is not None)
