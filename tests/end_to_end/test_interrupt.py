"""Ctrl-C where it hurts most: what is there stays, and the next run goes on from there."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from docbot.cli.main import INTERRUPTED
from tests.cli.conftest import process
from tests.contract.faults import call
from tests.end_to_end.conftest import DOCS, FORK, Desk

POST_PULL = ("POST", r"^/repos/[^/]+/[^/]+/pulls$")
MOMENTS = {
    "before anything is sent": ("GET", r"^/search/issues$"),
    "while the branch is pushed": ("POST", r"/git-receive-pack$"),
    "between push and pull request": POST_PULL,
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process: NOT tested")
@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c(desk: Desk, moment: str) -> None:
    before = desk.clone.snapshot()
    pressed: list[int] = []
    started = process("propose", desk.clone.root, "--yes")

    def press() -> None:
        pressed.append(started.pid)
        os.killpg(started.pid, signal.SIGINT)
        # The server's answer comes too late.
        started.wait(60)

    desk.hub.faults.add(*MOMENTS[moment], call(press))
    with started:
        _, err = started.communicate(timeout=120)
    assert pressed, err.decode()
    assert started.returncode == INTERRUPTED, err.decode()
    assert err.decode().strip().endswith("docbot: stopped; nothing is lost, run the same command again"), (
        err.decode()
    )
    after = desk.clone.snapshot()
    same = ("index", "status", "HEAD", "settings", "files", "locks")
    assert {key: after[key] for key in same} == {key: before[key] for key in same}
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    assert len(desk.hub.pulls(DOCS)) == 1
    assert len(desk.hub.repository(FORK).git("for-each-ref", "refs/heads/docbot/").splitlines()) == 1
    desk.hub.log.clear()
    assert desk.propose("--yes").out.startswith("unchanged: #")
    assert desk.hub.writes == []
