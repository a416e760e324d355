"""From lines of a page to what they should say: edits of whole words, which leave line breaks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from docbot.repository.corrections import folded
from docbot.text import Edit, Span

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_PATIENCE = 250_000
"""Comparisons that are made of two passages; what needs more is taken as one change."""


class Passage(msgspec.Struct, frozen=True):
    """A text and its words and marks, each with its place; white space stands between them."""

    text: str
    tokens: tuple[tuple[str, int, int], ...]

    def gap(self, first: int, last: int) -> Span:
        """From the end of the token before number `first` to the start of number `last`."""
        start = self.tokens[first - 1][2] if first else 0
        return Span(start, self.tokens[last][1] if last < len(self.tokens) else len(self.text))

    @property
    def words(self) -> list[str]:
        return [token[0] for token in self.tokens]


def passage(text: str) -> Passage:
    """The words and marks of `text`."""
    return Passage(text, tuple((match[0], *match.span()) for match in _TOKEN.finditer(text)))


def place_of(text: str, lines: Sequence[str]) -> Span | None:
    """Where `lines` (folded) stand in `text`, without the space around them; None unless exactly once."""
    written = text.split("\n")
    said = [folded(line) for line in written]
    wanted, count = list(lines), len(lines)
    found = [n for n, line in enumerate(said) if line == wanted[0] and said[n : n + count] == wanted]
    if len(found) != 1:
        return None
    start = sum(len(line) + 1 for line in written[: found[0]])
    passage = "\n".join(written[found[0] : found[0] + count])
    return Span(start + _outer(passage), start + len(passage.rstrip()))


def word_edits(old: Passage, new: Passage) -> Iterator[Edit]:
    """The edits of `old.text` that make it say what `new.text` says.

    White space between words that stay is left as it is.
    """
    a, b = old.words, new.words
    head, tail = _ends(a, b)
    for tag, a0, a1, b0, b1 in _opcodes(a[head : len(a) - tail], b[head : len(b) - tail]):
        if tag != "equal":
            coming = new.gap(head + b0, head + b1).of(new.text)
            yield _edit(old.text, old.gap(head + a0, head + a1), coming)


def share_of_ends(old: Passage, new: Passage) -> float:
    """The share of words and marks, 0 to 1, before the first that changed and after the last."""
    head, tail = _ends(old.words, new.words)
    return 2 * (head + tail) / max(1, len(old.tokens) + len(new.tokens))


def _ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """How many words are the same at the start of both, and how many of the others at the end."""
    head = _alike(a, b)
    return head, _alike(a[head:][::-1], b[head:][::-1])


def _opcodes(a: Sequence[str], b: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(a) * len(b) > _PATIENCE:
        return [("replace", 0, len(a), 0, len(b))]
    return SequenceMatcher(None, a, b, autojunk=False).get_opcodes()


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    most = min(len(a), len(b))
    return next((n for n in range(most) if a[n] != b[n]), most)


def _edit(text: str, gap: Span, new: str) -> Edit:
    """The replacement of the words in `gap`, which lies between two words that stay.

    The space around them is the page's own where the copy has some as well.
    """
    going = gap.of(text)
    said = _spaced(going, new)
    head = _alike(going[: _outer(going)], said[: _outer(said)])
    behind, after = going[head:][::-1], said[head:][::-1]
    tail = _alike(behind[: _outer(behind)], after[: _outer(after)])
    return Edit(Span(gap.start + head, gap.end - tail), said[head : len(said) - tail])


def _spaced(old: str, new: str) -> str:
    """What stands between two words in `new`, with as much as can be of the space that `old` has there."""
    coming = " ".join(new.split())
    lead, trail = old[: _outer(old)], old[len(old) - _outer(old[::-1]) :]
    before, after = new[:1].isspace(), new[-1:].isspace()
    if not coming:
        return (trail if "\n" in trail else lead or trail or " ") if new else ""
    if not old.strip():
        # Only words come: on the line of the word before them.
        lead, trail = ("", old) if "\n" in old or not before else (old, "")
    return f"{(lead or ' ') * before}{coming}{(trail or ' ') * after}"


def _outer(text: str) -> int:
    """How many characters of white space `text` begins with."""
    return len(text) - len(text.lstrip())
