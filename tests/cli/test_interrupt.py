"""Ctrl-C while pages are read in several processes: one sentence, nothing left behind, and no harm done."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docbot.reading import SMALL
from tests.cli.conftest import process
from tests.helpers.git import Builder

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="the processes of a process are only looked up on Linux"
)
PATIENCE = 30.0


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose pages are spread over processes, and take them a while."""
    docs = Builder.init(tmp_path_factory.mktemp("large"))
    for n in range(60):
        lines = (
            f"Page {n} has *its own* line {k}, see [x](page-{k % 60}.md) and `code`.\n\n" for k in range(700)
        )
        docs.write(f"page-{n}.md", f"# Page {n}\n\nOpen the the file.\n\n{''.join(lines)}")
    docs.commit()
    assert sum(place.stat().st_size for place in docs.root.glob("*.md")) > 1.5 * SMALL
    return docs.root


def workers(parent: int) -> list[int]:
    """The processes that read pages for `parent`."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        commands = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    except OSError:
        return []
    return [child for child, command in commands.items() if b"spawn_main" in command]


def wait_for(condition: Callable[[], bool]) -> None:
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < PATIENCE
        time.sleep(0.005)


def alive(group: int) -> list[str]:
    """What still runs in a process group; those that ended and nobody asked about (`Z`) don't."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of = place.read_text("utf-8", "replace").rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of) == group and state != "Z":
            found.append(place.parent.name)
    return found


def interrupted(large: Path, after: float, *options: str, group: bool) -> subprocess.CompletedProcess[bytes]:
    """A scan that hears Ctrl-C `after` seconds of work in other processes; as in a terminal, so do they."""
    with process("scan", "--jobs", "2", *options, large) as started:
        wait_for(lambda: started.poll() is not None or len(workers(started.pid)) == 2)
        time.sleep(after)
        assert started.poll() is None, started.communicate()
        (os.killpg if group else os.kill)(started.pid, signal.SIGINT)
        out, err = started.communicate(timeout=PATIENCE)
    wait_for(lambda: not alive(started.pid))
    return subprocess.CompletedProcess([], started.returncode, out, err)


SAID = b"docbot: stopped; nothing is lost, run the same command again"


@pytest.mark.parametrize("after", [0.0, 0.1, 0.5], ids=["as they start", "as they import", "at work"])
def test_ctrl_c_ends_everything_with_one_sentence(large: Path, after: float) -> None:
    ended = interrupted(large, after, "--no-cache", group=True)
    assert (ended.returncode, ended.stdout, ended.stderr.strip()) == (130, b"", SAID)


def test_the_next_run_works(large: Path) -> None:
    ended = interrupted(large, 0.5, group=False)
    assert (ended.returncode, ended.stderr.strip()) == (130, SAID)
    # A few pages of the same repository, with the same cache, are enough to see that.
    (large / ".docbot.toml").write_text('include = ["page-1*.md"]\n', "utf-8")
    with process("scan", "--format", "jsonl", large) as again:
        out, err = again.communicate(timeout=2 * PATIENCE)
    assert (again.returncode, err) == (0, b"")
    assert out.count(b"doubled-word") >= 11
