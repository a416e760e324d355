"""What checking the grammar of a docs repository costs, beside giving every sentence to the checker.

    python -m tests.benchmarks.grammar FOLDER...      each with Markdown files

Prints a Markdown table. Seconds are of this machine now; quote the ratio to the checker of the same run. What
it takes for every sentence is reckoned from some of them.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from docbot.cache import Cache
from docbot.errors import UnreadablePageError
from docbot.grammar import Grammar, slips_of
from docbot.markdown import Document, Parser
from docbot.markdown.said import Said, said
from docbot.markdown.sentences import sentences
from docbot.proofread import proofread

_SAMPLE = 3_000
"""Sentences from which the checker's time for all is reckoned."""


def read(folder: Path) -> tuple[dict[str, Said], list[str]]:
    """What each page says, and every sentence of them, copies too."""
    parser = Parser()
    pages: dict[str, Said] = {}
    texts: list[str] = []
    for path in sorted(folder.rglob("*.md")):
        try:
            document = Document.read(path.name, path.read_bytes(), parser=parser)
        except UnreadablePageError:
            continue
        pages[str(path)] = said(document)
        texts += (sentence.text for sentence in sentences(document))
    return pages, texts


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def rows(pages: Mapping[str, Said], texts: Sequence[str]) -> dict[str, float]:
    """Seconds of each way, by its name."""
    sample = random.Random(5).sample(texts, min(_SAMPLE, len(texts)))
    slips_of("The checker is loaded.")
    each = seconds(lambda: [slips_of(text) for text in sample]) / len(sample)
    distinct = len({text for page in pages.values() for text in page.sentences})
    with tempfile.TemporaryDirectory() as place:

        def once() -> Grammar:
            cache = Cache(Path(place) / "cache.sqlite")
            found = proofread(pages, cache)
            cache.close()
            return found

        return {
            f"the checker, every sentence ({len(texts):,}, reckoned from {len(sample):,})": each * len(texts),
            f"the checker, distinct sentences ({distinct:,}, reckoned)": each * distinct,
            "docbot, cold": seconds(once),
            "docbot, warm": min(seconds(once) for _ in range(3)),
        }


def main(folders: Sequence[str]) -> None:
    """Print the table for each folder."""
    for name in folders:
        folder = Path(name).resolve()
        pages, texts = read(folder)
        measured = rows(pages, texts)
        peer = next(iter(measured.values()))
        print(f"\n### {folder.name}, {len(pages):,} pages, {os.cpu_count()} cores\n")
        print("| grammar | s | of the first |\n|---|---|---|")
        for what, took in measured.items():
            print(f"| {what} | {took:.2f} | {took / peer:.2%} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
