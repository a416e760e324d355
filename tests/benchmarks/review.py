"""What a review of a change to one page costs, beside a scan of the same docs in the same run.

    python -m tests.benchmarks.review FOLDER...      each a clone of a docs repository with its history

Prints a Markdown table. Seconds are of this machine now; quote the ratio to the cold scan of the same run,
which is of the CPUs' seconds, since these hang least on what else the machine does.
Cold means an empty cache; warm, that the base was reviewed before, as it is when a person pushes once more,
or the next pull request goes to the same commit.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.scan import measure

_ROOT = Path(__file__).resolve().parents[2]
_DOCBOT = (sys.executable, "-m", "docbot")
_OUT = ("--format", "jsonl", "-o", os.devnull)
_SCAN = (*_DOCBOT, "scan", *_OUT)
_REVIEW = (*_DOCBOT, "review", "--diff", "HEAD~1", *_OUT)


def rows(clone: Path, scratch: Path) -> Iterator[tuple[str, float, float]]:
    """What is measured on a clone whose last commit changes one page: its name, seconds, and the CPUs'."""
    for what, command, cache in (
        ("scan, cold", _SCAN, "one"),
        ("review, cold", _REVIEW, "other"),
        ("review, warm", _REVIEW, "other"),
    ):
        folder = str(scratch / cache)
        environment = {**os.environ, "XDG_CACHE_HOME": folder, "LOCALAPPDATA": folder}
        before = _worked()
        seconds = measure(
            command, clone, {**environment, "PYTHONPATH": str(_ROOT)}, runs=1, peak=False
        ).median
        yield what, seconds, _worked() - before


def _worked() -> float:
    """Seconds that CPUs worked for the processes that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def changed(folder: Path, scratch: Path) -> Path:
    """A clone of the clone at `folder`, with one more commit: a sentence more on its largest page."""
    clone = scratch / "clone"
    _git(scratch, "clone", "-q", "--shared", str(folder), str(clone))
    page = max(clone.rglob("*.md"), key=lambda path: path.stat().st_size)
    page.write_bytes(page.read_bytes() + b"\nIts easy to to read it.\n")
    _git(clone, "-c", "user.name=n", "-c", "user.email=n@example.com", "commit", "-qam", "One page")
    return clone


def _git(folder: Path, *argv: str) -> None:
    subprocess.run(("git", "-C", str(folder), *argv), check=True)


def main(folders: Sequence[str]) -> None:
    """Print the table for each folder."""
    for name in folders:
        folder = Path(name).resolve()
        print(f"\n### {folder.name}, {os.cpu_count()} cores\n")
        print("| what | s | CPU s | of a cold scan |\n|---|---|---|---|")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            first = 0.0
            for what, seconds, work in rows(changed(folder, Path(place)), Path(place)):
                first = first or work
                print(f"| {what} | {seconds:.1f} | {work:.1f} | {work / first:.2f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
