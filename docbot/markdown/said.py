"""What a page says, as rules of language need it of all pages: its sentences, and the words of its code."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from docbot.markdown.abbreviations import spelled_in
from docbot.markdown.document import Document
from docbot.markdown.sentences import Sentence, sentences

_WORD = re.compile(r"[^\W\d_]{3,40}")
_NO_CODE = frozenset({"comment", "protected"})
"""Masks whose text is prose that is left alone."""


class Meant(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What an abbreviation stands for, and the line that says so, from 1."""

    short: str
    long: str
    line: int


class Said(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Everything once, in the order of the page."""

    sentences: tuple[str, ...] = ()
    """As `docbot.markdown.sentences` gives their texts."""
    code: tuple[str, ...] = ()
    """Runs of 3 to 40 letters in code, link targets, front matter, directives and fixed words."""
    meant: tuple[Meant, ...] = ()
    """The abbreviations it spells out."""


def said(document: Document) -> Said:
    """What `document` says."""
    found = sentences(document)
    return Said(
        tuple(dict.fromkeys(sentence.text for sentence in found)),
        tuple(dict.fromkeys(_words_of_code(document))),
        tuple(meant for sentence in found for meant in _meant(document.text, sentence)),
    )


def _meant(page: str, sentence: Sentence) -> Iterator[Meant]:
    for spelled in spelled_in(sentence.text):
        line = page.count("\n", 0, sentence.places[spelled.start]) + 1
        yield Meant(spelled.short, spelled.long, line)


def _words_of_code(document: Document) -> Iterator[str]:
    text = document.text
    for mask in document.masks:
        if mask.kind not in _NO_CODE and not text.startswith("<!--", mask.span.start):
            yield from _WORD.findall(text, mask.span.start, mask.span.end)
    for link in document.outline.links:
        yield from _WORD.findall(link.destination)
