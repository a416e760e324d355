"""Finds a reader's quoted words on a page as a reader sees them, whatever marks stand between."""

from __future__ import annotations

import re
from functools import lru_cache

from docbot.text import Span

_MOST = 50
"""Places of one quote that are looked at."""
_PIECES = re.compile(
    r"(?P<unseen>"
    r"\]\((?:[^()\n]{0,500}|[^()\n]{0,300}\([^()\n]{0,200}\)[^()\n]{0,200})\)"
    r"|\]\[[^\[\]\n]{0,200}\]"
    r"|</?[A-Za-z][^<>\n]{0,300}>"
    r"|^[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-+*]|\d{1,4}[.)]|\#{1,6})[ \t]+)?(?:\[![A-Za-z]{1,20}\])?"
    "|[*`_\\\\\\[!\u200b\u200c\u200d\u2060\ufeff\u00ad]+|\\]"
    r")|(?P<space>[^\S\n]+|[\n|])",
    re.M,
)
"""What a reader doesn't see (targets of links, tags, marks, what begins a line of a list or a quote), and
what is a space."""
_SAME = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u2212": "-"}
)
_ENDS = " \t\n.,;:!?\"'()"
_GAP = re.compile(r"\s*(?:\.\.\.|…|\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\))\s*")


class Seen:
    """A page's text as a reader sees it, with the way back to the text."""

    def __init__(self, text: str, start: int = 0) -> None:
        """What stands before `start` is left out."""
        words, places = list[str](), list[int]()
        at, space = start, True
        for match in _PIECES.finditer(text, start):
            if match.start() > at:
                words.append(_plain(text[at : match.start()]))
                places.extend(range(at, match.start()))
                space = False
            at = match.end()
            if match["space"] and not space:
                words.append(" ")
                places.append(match.start())
                space = True
        words.append(_plain(text[at:]))
        places.extend(range(at, len(text)))
        self._text, self._places, self._source = "".join(words), places, text

    def spans(self, quote: str) -> list[Span]:
        """Every place where `quote` stands, as spans of the page's text; at most 50."""
        wanted = seen(quote)
        if not any(map(str.isalnum, wanted)):
            return []
        found: list[Span] = []
        at = self._text.find(wanted)
        while at >= 0 and len(found) < _MOST:
            end = at + len(wanted)
            if not self._cuts(at, end):
                found.append(_whole(self._source, self._places[at], self._places[end - 1] + 1))
            at = self._text.find(wanted, at + 1)
        return found

    def _cuts(self, start: int, end: int) -> bool:
        """Whether a word goes on beyond what begins at `start` and ends before `end`."""
        text = self._text
        before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
        return before or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def _whole(text: str, start: int, end: int) -> Span:
    """The span with the backtick that its code lacks, where one stands beside it."""
    if text.count("`", start, end) % 2:
        if text[end : end + 1] == "`":
            return Span(start, end + 1)
        if text[start - 1 : start] == "`":
            return Span(start - 1, end)
    return Span(start, end)


def _plain(word: str) -> str:
    """`word` in lower case, with plain marks; as long as it was."""
    same = word.translate(_SAME)
    lower = same.lower()
    return lower if len(lower) == len(same) else "".join(c.lower()[:1] for c in same)


@lru_cache(maxsize=4096)
def seen(quote: str) -> str:
    """`quote` as `Seen` has the page, without punctuation around it."""
    return Seen(quote)._text.strip(_ENDS)


def parts(quote: str) -> tuple[str, ...]:
    """What stands between the gaps (`...`) that a reader left in `quote`, the longest first."""
    found = [part for part in _GAP.split(quote) if part.strip()]
    return tuple(sorted(found, key=lambda part: -len(part))) if len(found) > 1 else (quote,)


def is_strong(quote: str) -> bool:
    """Whether `quote` has words enough to be about no other place than where it stands."""
    plain = seen(quote)
    return len(plain.split()) >= 3 and len(plain) >= 12
