"""What spelling and letter case cost a cold scan, stage by stage, on clones of docs repositories.

    python -m tests.benchmarks.spelling FOLDER...

Prints a Markdown table. A warm scan asks nothing of this: its findings are recalled.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from docbot import engine
from docbot.cache import Cache
from docbot.config import Config
from docbot.gather import survey
from docbot.repository.worktree import Worktree
from docbot.rules.unclear.minority_casing import MinorityCasing
from docbot.rules.unclear.misspelled_word import MisspelledWord
from docbot.spelling.casing import casing_of
from docbot.spelling.mistakes import spelling_of
from docbot.spelling.program import corrections
from docbot.words import words_of

_RUNS = 3


def seconds(work: Callable[[], object], runs: int = _RUNS) -> float:
    """Seconds of the processor, the least of several runs: a busy machine doesn't stretch them."""
    least = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least


def rows(folder: Path) -> Iterator[tuple[str, float]]:
    """What is measured on one clone, in seconds."""
    rules = (MisspelledWord(), MinorityCasing())
    looked = survey(Worktree.open(folder), Config(), rules, Cache.none(), today=date(2026, 1, 1))
    pages = {path: page.said for path, page in looked.pages.items()}
    words, facts = words_of(pages.values()), looked.facts
    asked = [word for word in words.prose if word.isascii() and word.isalpha() and len(word) > 4]
    yield "words of all sentences", seconds(lambda: words_of(pages.values()))
    start = time.perf_counter()
    corrections(asked)
    yield f"the program typos, asked of {len(asked):,} words, by the clock", time.perf_counter() - start
    yield "misspelled words, without the program", seconds(lambda: spelling_of(words, pages, (), corrections))
    yield "rare letter cases", seconds(lambda: casing_of(words, pages))
    yield (
        "both rules on all pages",
        seconds(lambda: [list(engine.check(looked.document(path), rules, facts)) for path in looked.pages]),
    )


def main(folders: Sequence[str]) -> None:
    """Print the table for each folder."""
    for name in folders:
        print(f"\n### {Path(name).resolve().name}\n\n| what | s |\n|---|---|")
        for what, took in rows(Path(name)):
            print(f"| {what} | {took:.2f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
