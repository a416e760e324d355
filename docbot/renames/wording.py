"""The edits that put a new name in the place of an old one: no more words than differ, no line moved."""

from __future__ import annotations

import re

from docbot.markdown.prose import Prose
from docbot.text import Edit

_ARTICLE = re.compile(r"(?<![\w'’-])([Aa]n?|AN)\s+\Z")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:]\s+)\s*\Z")
_VOWELS = "AEIOUaeiou"
_LONGEST_ARTICLE = 12


def edits_of(text: str, prose: Prose, start: int, end: int, new: str) -> tuple[Edit, ...] | None:
    """Makes `new` of the name at `[start, end)` of `prose`, with the article before it.

    `text` is the page's. None where a line break in the old name has no place in the new one.
    """
    new = _capitalised(prose.text, start, new)
    name = _renamed(text, prose, start, end, new)
    if name is None:
        return None
    return (*_article(prose, start, new), name)


def _renamed(text: str, prose: Prose, start: int, end: int, new: str) -> Edit | None:
    old = [match.span() for match in re.compile(r"\S+").finditer(prose.text, start, end)]
    words = new.split(" ")
    first = _common(old, words, prose.text)
    last = _common_end(old[first:], words[first:], prose.text)
    gone, put = old[first : len(old) - last], words[first : len(words) - last]
    if not gone:
        return None
    span = prose.span_of(gone[0][0], gone[-1][1])
    if not put:
        return _deletion(text, prose, gone, has_before=first > 0)
    gaps = [prose.span_of(a[1], b[0]).of(text) for a, b in zip(gone, gone[1:], strict=False)]
    breaks = [(number, gap) for number, gap in enumerate(gaps, 1) if "\n" in gap or "\r" in gap]
    if not breaks:
        return Edit(span, " ".join(put))
    number, gap = breaks[0]
    if len(breaks) > 1 or len(put) < 2:
        return None
    cut = min(number, len(put) - 1)
    return Edit(span, " ".join(put[:cut]) + gap + " ".join(put[cut:]))


def _deletion(text: str, prose: Prose, gone: list[tuple[int, int]], *, has_before: bool) -> Edit | None:
    """Words at the end of the old name go with the space before them; after a line break nothing is sure."""
    start, end = gone[0][0], gone[-1][1]
    if not has_before or prose.text[start - 1 : start] != " " or "\n" in prose.text[start:end]:
        return None
    return Edit(prose.span_of(start - 1, end), "") if text[prose.span.start + start - 1] == " " else None


def _common(old: list[tuple[int, int]], words: list[str], text: str) -> int:
    """How many words at the start are the same; the first may have the capital of its sentence."""
    count = 0
    while count < min(len(old), len(words)):
        said = _says(text, old[count])
        if said != words[count] and (count or said.lower() != words[0].lower()):
            break
        count += 1
    return count


def _common_end(old: list[tuple[int, int]], words: list[str], text: str) -> int:
    count = 0
    while count < min(len(old), len(words)) and _says(text, old[-1 - count]) == words[-1 - count]:
        count += 1
    return count


def _says(text: str, place: tuple[int, int]) -> str:
    return text[place[0] : place[1]]


def _capitalised(text: str, start: int, new: str) -> str:
    """`new` with a capital at the start of a sentence, unless it has one inside ("macOS")."""
    starts = _SENTENCE_START.search(text, max(0, start - 4), start)
    plain = new.split(" ")[0].islower()
    return new[0].upper() + new[1:] if starts and plain else new


def _article(prose: Prose, start: int, new: str) -> tuple[Edit, ...]:
    match = _ARTICLE.search(prose.text, max(0, start - _LONGEST_ARTICLE), start)
    if match is None:
        return ()
    said, wanted = match[1], "an" if new[0] in _VOWELS else "a"
    if said.lower() == wanted:
        return ()
    replacement = wanted.capitalize() if said[0].isupper() else wanted
    return (Edit(prose.span_of(*match.span(1)), replacement),)
