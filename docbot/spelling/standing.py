"""On which pages words stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from docbot.markdown.said import Said
from docbot.words import WORD


def pages_with(words: Set[str], pages: Mapping[str, Said]) -> Iterator[str]:
    """The paths of those `pages` that have one of `words`, in its letter case, in a sentence."""
    if not words:
        return
    # Copies of a page share their sentences.
    has: dict[str, bool] = {}
    for path, said in pages.items():
        for text in said.sentences:
            if text not in has:
                has[text] = not words.isdisjoint(WORD.findall(text))
        if any(has[text] for text in said.sentences):
            yield path
