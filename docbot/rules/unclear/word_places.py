"""Where on a page given words stand as words of a sentence, not as a name, a quotation or part of code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from docbot.markdown import Document
from docbot.markdown.prose import HOLE
from docbot.markdown.sentences import Sentence, sentences
from docbot.rules.unclear.quoted import is_quoted
from docbot.text import Span

_WORD = re.compile(
    rf"(?<![\w{HOLE}'’\"“.\-/\\@#$&+=<>~^|`%])[A-Za-z]{{2,40}}"
    rf"(?![\w{HOLE}'’\"”\-/\\(=<>@~^|`%&+]|\.\w|:[\w/])"
)
"""A word on its own: no part of a path, an option, a compound, a call; not in quotation marks by itself."""
_BEGINS = re.compile(r":['\"”’)\]]* $")
_OF_WORDS = re.compile(
    r"\b(?:typos?|misspel|mistyp|mis-?spell|spell|letter case|upper ?case|lower ?case|casing)", re.I
)


class WordPlace(NamedTuple):
    """One word on a page."""

    word: str
    span: Span
    sentence: Sentence
    begins: bool
    """Whether a sentence begins with it, or what follows a colon."""


def word_places(document: Document, words: Collection[str]) -> Iterator[WordPlace]:
    """Every place of `words`, each in its letter case, in the order of the page.

    Left out is what markup splits, what stands in quotation marks, and sentences about spelling.
    """
    for sentence in sentences(document):
        text = sentence.text
        if _OF_WORDS.search(text):
            continue
        for match in _WORD.finditer(text):
            if match[0] not in words or is_quoted(text, match.start()):
                continue
            span = sentence.span_of(match.start(), match.end())
            if len(span) == len(match[0]):
                begins = match.start() == 0 or _BEGINS.search(text, max(0, match.start() - 8), match.start())
                yield WordPlace(match[0], span, sentence, bool(begins))
