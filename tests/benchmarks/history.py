"""What it costs to know the commit of every line of every page, beside git itself in the same run.

    python -m tests.benchmarks.history FOLDER...      each a clone of a docs repository with its history

Prints a Markdown table. `git log` alone prints the very patches that docbot reads: the floor. `git blame` is
the other way to the same answer; it is timed on some pages and reckoned up to all of them.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from docbot.repository import commands, history_commands
from docbot.repository.line_history import Kept, line_history
from docbot.repository.worktree import Worktree

_BLAMED = 40
"""Pages that are blamed, drawn with a fixed seed."""
_BACK = 100
"""Commits that came since the pass that is continued."""


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def rows(folder: Path) -> Iterator[tuple[str, float, str]]:
    """What is measured on one clone: its name, seconds, and what came out."""
    worktree = Worktree.open(folder)
    head = worktree.head or ""
    yield "git log alone", timed(lambda: _drain(worktree, head)), "patches, unread"
    found: list[Kept] = []
    seconds = timed(lambda: found.append(line_history(worktree)))
    lines = sum(map(len, found[0].history.lines.values())) // 4
    yield "first pass", seconds, f"{len(found[0].history.lines):,} pages, {lines:,} lines"
    earlier = line_history(msgspec.structs.replace(worktree, head=_before(folder, head)))
    seconds = timed(lambda: found.append(line_history(worktree, kept=earlier)))
    yield f"continued over {_BACK} commits", seconds, "the same" if found[1] == found[0] else "NOT the same"
    packed = msgspec.msgpack.encode(found[0])
    yield "read back", timed(lambda: msgspec.msgpack.decode(packed, type=Kept)), f"{len(packed) / 1e6:.1f} MB"
    every = [path for path in found[0].history.lines if (folder / path).is_file()]
    some = random.Random(1).sample(every, min(_BLAMED, len(every)))
    blamed = timed(lambda: _blame(folder, some))
    yield (
        "git blame of every page",
        blamed * len(every) / max(len(some), 1),
        f"reckoned from {len(some)} pages",
    )


def _drain(worktree: Worktree, head: str) -> None:
    with history_commands.log_patches(worktree.git, head) as stream:
        while stream.lines.read(1 << 20):
            pass


def _before(folder: Path, head: str) -> str:
    name = commands.commit_id(Worktree.open(folder).git, f"{head}~{_BACK}")
    if name is None:
        raise SystemExit(f"{folder} has fewer than {_BACK} commits: choose a larger clone")
    return name


def _blame(folder: Path, paths: Sequence[str]) -> None:
    for path in paths:
        command = ("git", "blame", "--first-parent", "--porcelain", "--", path)
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def main(folders: Sequence[str]) -> None:
    """Print the table for each folder."""
    for name in folders:
        folder = Path(name).resolve()
        print(f"\n### {folder.name}, {os.cpu_count()} cores\n\n| what | s | |\n|---|---|---|")
        for what, seconds, out in rows(folder):
            print(f"| {what} | {seconds:.2f} | {out} |", flush=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"\nPeak memory of this process: {peak:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
