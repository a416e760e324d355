"""How long a scan takes and how much memory it needs, beside a peer in the same run.

    python -m tests.benchmarks.scan FOLDER...      each a clone of a docs repository

Prints a Markdown table. Seconds are of this machine now; quote the ratio to the peer of the same run.
The peer is rumdl's check of relative links and anchors (MD051, MD057), where `rumdl` is on the PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

_RUNS = 3
_SCAN = (sys.executable, "-m", "docbot", "scan", "--format", "jsonl", "-o", os.devnull)


class Measured:
    """Wall seconds of each run and the peak resident memory of the largest process, in megabytes."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.megabytes = 0.0

    @property
    def median(self) -> float:
        return sorted(self.seconds)[len(self.seconds) // 2]


def measure(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    runs: int = _RUNS,
    *,
    peak: bool = True,
) -> Measured:
    """Run `command` in `folder` several times, and once more for its `peak`.

    Raises RuntimeError when it fails (1 is "found some").
    """
    measured = Measured()
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        _, error = process.communicate()
        measured.seconds.append(time.perf_counter() - start)
        if process.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(command)}: {error.decode(errors='replace')[-500:]}")
    if peak:
        measured.megabytes = _peak(command, folder, environment)
    return measured


def _peak(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """The largest sum of resident memory over the command's processes, sampled; 0 where /proc is missing."""
    if not Path("/proc/self/status").exists():
        return 0.0
    process = subprocess.Popen(
        command, cwd=folder, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_resident(pid) for pid in _family(process.pid)))
        time.sleep(0.02)
    return peak / 1024


def _family(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    family = [root]
    for pid in family:
        family += parents.get(pid, [])
    return family


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def rows(folder: Path) -> Iterator[tuple[str, Measured]]:
    """What is measured on one clone, with its name."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
        environment = {**os.environ, "XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache, "HOME": cache}
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
        yield "docbot, cold", measure((*_SCAN, "--no-cache"), folder, environment)
        measure(_SCAN, folder, environment, runs=1)
        yield "docbot, warm", measure(_SCAN, folder, environment)
        yield (
            "docbot, one process",
            measure((*_SCAN, "--no-cache", "--jobs", "1"), folder, environment, runs=1),
        )
        peer = shutil.which("rumdl")
        if peer:
            command = (peer, "check", "--no-cache", "--enable", "MD051,MD057", "--quiet", ".")
            yield "rumdl, links and anchors", measure(command, folder, environment)


def main(folders: Sequence[str]) -> None:
    """Print the table for each folder."""
    for name in folders:
        folder = Path(name).resolve()
        size = sum(path.stat().st_size for path in folder.rglob("*.md")) / 1e6
        print(f"\n### {folder.name}, {size:.1f} MB of Markdown, {os.cpu_count()} cores\n")
        print("| what | median s | min–max s | peak MB, all processes |\n|---|---|---|---|")
        for what, measured in rows(folder):
            low, high = min(measured.seconds), max(measured.seconds)
            print(
                f"| {what} | {measured.median:.2f} | {low:.2f}–{high:.2f} | {measured.megabytes:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
