"""Finds given words in lines, each as whole tokens and with the scope it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from docbot.repository.precedents.tokens import (
    Scope,
    Scopes,
    is_free,
    is_inside,
    no_prose,
    readable,
    spaced,
    tokens,
)

_REMEMBERED = 500_000
"""Distinct lines whose words are remembered: copies and old states of a page repeat them."""


_NOTHING: dict[int, dict[str, str]] = {}


class Occurrence(msgspec.Struct, frozen=True, gc=False):
    """Words in a line, from `start` to `end` (code points)."""

    scope: Scope
    words: str
    start: int
    end: int


class Finder:
    """Looks for the same words in many lines."""

    def __init__(self, words: Iterable[str]) -> None:
        # First word, then number of words that follow, then these.
        self._tree: dict[str, dict[int, dict[str, str]]] = {}
        for one in words:
            first, *rest = spaced(tokens(one))
            self._tree.setdefault(first, {}).setdefault(len(rest), {})["".join(rest)] = one
        self._memory: dict[str, tuple[Occurrence, ...]] = {}

    def found(self, line: str) -> tuple[Occurrence, ...]:
        """Every place of the words in `line`, in its order; they may overlap."""
        known = self._memory.get(line)
        if known is None:
            if len(self._memory) > _REMEMBERED:
                self._memory.clear()
            known = self._memory[line] = tuple(self.look(line))
        return known

    def look(self, line: str) -> Iterator[Occurrence]:
        """As `found`, without remembering the line."""
        raw = tokens(line)
        said: list[str] = []
        scopes: Scopes | None = None
        at = 0
        for number, token in enumerate(raw):
            word = token.lstrip()
            for length, known in self._tree.get(word, _NOTHING).items():
                said = said or spaced(raw)
                after = number + 1 + length
                words = known.get("".join(said[number + 1 : after]))
                if words is None or after > len(raw):
                    continue
                start, end = at + len(token) - len(word), at + len("".join(raw[number:after]))
                if is_free(line, start, end):
                    scopes = scopes or Scopes(line)
                    yield Occurrence(scopes.at(start), words, start, end)
            at += len(token)

    def in_page(self, page: bytes) -> Iterator[tuple[int, Occurrence]]:
        """Every place of the words in the prose of a page, with its line (from 1)."""
        skipped = no_prose(page)
        for number, line in enumerate(page.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
            if not line or is_inside(skipped, number):
                continue
            for occurrence in self.found(readable(line)):
                yield number, occurrence
