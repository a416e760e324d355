"""How far an edit of a small word reaches, so that whoever reads the edit alone sees what it is about.

“a” becomes “an” a hundred times on a page; “a error” becomes “an error” where it is meant.
"""

from __future__ import annotations

import re

from docbot.markdown import Document
from docbot.markdown.sentences import Sentence

_NEXT = re.compile(r" ?[\w'’-]{1,40}")


def is_plain(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """Whether these words stand on the page as in the sentence, without markup or a line break inside."""
    return sentence.span_of(start, end).of(document.text) == sentence.text[start:end]


def with_next_word(document: Document, sentence: Sentence, start: int, end: int) -> int:
    """The end, in the sentence, of the word behind `start` to `end`; `end` where that isn't plain text."""
    after = _NEXT.match(sentence.text, end)
    return after.end() if after and is_plain(document, sentence, start, after.end()) else end
