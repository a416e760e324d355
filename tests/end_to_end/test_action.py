"""The Action's steps, run for real and offline: its examples, as they are shipped, against the stand-in."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.github import GitHub
from tests.end_to_end.acting import EXAMPLES, Acted, Runner, payload
from tests.end_to_end.conftest import DOCS, Desk, Ran, sit_down

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="act runs the steps, and is there on Linux")

BOT = "github-actions[bot]"
WRITES = {"contents": "write", "pull_requests": "write"}


@pytest.fixture
def runner(hub: GitHub, tmp_path: Path) -> Runner:
    """A runner of the docs' own repository."""
    return Runner(hub, tmp_path / "runner")


@pytest.fixture
def checkout(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]
) -> Desk:
    """What `actions/checkout` leaves of the docs: a clone with all history, and no login."""
    return sit_down(hub, DOCS, tmp_path / "checkout", monkeypatch, docbot)


class TestPropose:
    @pytest.fixture
    def weekly(self, hub: GitHub, runner: Runner, checkout: Desk) -> Callable[..., Acted]:
        """The shipped workflow that proposes every week."""
        hub.repository(DOCS).actions_may_open_pulls = True

        def ran(permissions: dict[str, str] | None = None) -> Acted:
            token = hub.user(BOT).token(
                kind="integration", repository=DOCS, permissions=permissions or WRITES
            )
            acted = runner.run(
                EXAMPLES / "propose.yml",
                "schedule",
                payload(hub, DOCS),
                token=token,
                checkout=checkout.clone.root,
                repository=DOCS,
            )
            assert token not in acted.everything
            return acted

        return ran

    def test_a_schedule_opens_a_pull_request(self, hub: GitHub, weekly: Callable[..., Acted]) -> None:
        ran = weekly()
        assert ran.code == 0, ran.printed
        [pull] = hub.pulls(DOCS)
        assert (pull.user.login, pull.draft) == (BOT, True)
        outputs = ran.outputs()
        assert (outputs["outcome"], outputs["created"]) == ("passed", "1")
        assert json.loads(outputs["pull-requests"]) == [f"{hub.server_url}/{DOCS}/pull/1"]
        assert f"**created**: `{pull.title}`" in ran.summary()
        assert Path(outputs["jsonl"]).name == "proposed.jsonl"
        assert ran.commands() <= {"set-output", "summary"}
        again = weekly()
        assert again.code == 0
        assert again.outputs()["created"] == "0"
        assert len(hub.pulls(DOCS)) == 1
