"""The Action's steps, run for real and offline: its examples, as they are shipped, against the stand-in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.contract.github import GitHub
from tests.drafters.model.server import ModelServer
from tests.end_to_end.acting import EXAMPLES, Acted, Runner, altered, payload
from tests.end_to_end.conftest import DOCS, Desk, Ran, sit_down

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="act runs the steps, and is there on Linux")

BOT = "github-actions[bot]"
INSTALLS = "DOCBOT_INSTALLS" in os.environ
KEY = "sk-of-the-model-0123456789"
DEEP = b"# Deep\n\nText.\n\n### Deeper\n\nMore text.\n"
ODD = b"# Odd\n\n::set-output name=created::7\n\nOpen the the lid.\n::stop-commands::silence\n##[error]x\n"
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
        """A shipped workflow that proposes every week."""
        hub.repository(DOCS).actions_may_open_pulls = True

        def ran(
            name: str = "propose.yml", permissions: Mapping[str, str] = WRITES, **given: Mapping[str, str]
        ) -> Acted:
            token = hub.user(BOT).token(kind="integration", repository=DOCS, permissions=permissions)
            acted = runner.run(
                EXAMPLES / name,
                "schedule",
                payload(hub, DOCS),
                token=token,
                checkout=checkout.clone.root,
                repository=DOCS,
                **given,
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

    def test_t33_what_cant_be_pushed_fails_the_run(self, hub: GitHub, weekly: Callable[..., Acted]) -> None:
        ran = weekly(permissions={"contents": "read", "pull_requests": "write"})
        assert ran.code == 1
        assert ran.outputs()["outcome"] == "stopped"
        [error] = ran.annotations("error")
        assert "push" in error["arg"]
        assert "docbot stopped: `" in ran.summary()
        assert hub.pulls(DOCS) == []

    def test_one_job_asks_a_model_and_another_proposes(
        self, hub: GitHub, runner: Runner, checkout: Desk, weekly: Callable[..., Acted]
    ) -> None:
        # A rule that isn't sure enough by default is the only one here that leaves words to a model.
        files: dict[str, bytes | None] = {".docbot.toml": b"confidence = 0.4\n", "docs/deep.md": DEEP}
        hub.person("lantern-team").push(DOCS, "main", files, "Have docbot say more")
        checkout.clone.git("pull", "-q")
        with ModelServer() as server:
            ran = weekly(
                "two-jobs.yml",
                settings={"DOCBOT_MODEL": "small", "DOCBOT_MODEL_URL": server.url},
                secrets={"DOCBOT_MODEL_KEY": KEY},
            )
        assert {call.headers["authorization"] for call in server.calls} == {f"Bearer {KEY}"}
        assert KEY not in ran.everything
        assert ran.code == 0, ran.printed
        drafts = (runner.artifacts / "docbot-drafts" / "drafts.jsonl").read_text("utf-8")
        [pull] = hub.pulls(DOCS)
        jobs = {job: [note for note in ran.log if note.get("jobID") == job] for job in ("draft", "propose")}
        told = {job: dict(outputs_of(notes)) for job, notes in jobs.items()}
        assert int(told["draft"]["drafted"]) > 10
        assert len(drafts.splitlines()) >= int(told["draft"]["drafted"])
        assert told["propose"]["created"] == "1"
        assert pull.title in ran.printed

    def test_t43_proposing_for_some_pages_alone_commands_no_runner(
        self, hub: GitHub, runner: Runner, checkout: Desk
    ) -> None:
        hub.repository(DOCS).actions_may_open_pulls = True
        page = "docs/odd ::error::.md"
        hub.person("lantern-team").push(DOCS, "main", {page: ODD}, "Add a page")
        token = hub.user(BOT).token(kind="integration", repository=DOCS, permissions=WRITES)
        ran = runner.run(
            altered("propose.yml", runner.folder, pages=f"docs/v1\n{page}", rules="doubled-word"),
            "schedule",
            payload(hub, DOCS),
            token=token,
            checkout=checkout.clone.root,
            repository=DOCS,
        )
        assert ran.code == 0, ran.printed
        assert "::stop-commands::silence" in ran.printed
        assert ran.commands() <= {"set-output", "summary"}
        [pull] = hub.pulls(DOCS)
        changed = hub.repository(DOCS).git("diff", "--name-only", "-z", f"main...{pull.head}")
        assert changed.strip("\0") == page
        assert json.loads(ran.declared()["pull-requests"]) == [f"{hub.server_url}/{DOCS}/pull/1"]

    def test_a_file_from_anybody_proposes_nothing(self, hub: GitHub, runner: Runner, checkout: Desk) -> None:
        hub.repository(DOCS).actions_may_open_pulls = True
        ran = checkout.docbot("draft", str(checkout.clone.root), "--rule=doubled-word", "--format=jsonl")
        file = runner.folder / "drafts.jsonl"
        file.write_text(ran.out.replace('"new":""', '"new":"@octocat"'), "utf-8")
        assert "@octocat" in file.read_text("utf-8")
        token = hub.user(BOT).token(kind="integration", repository=DOCS, permissions=WRITES)
        acted = runner.run(
            altered("propose.yml", runner.folder, drafts=str(file), unsafe="true"),
            "workflow_dispatch",
            payload(hub, DOCS),
            token=token,
            checkout=checkout.clone.root,
            repository=DOCS,
        )
        assert acted.code == 0, acted.printed
        assert acted.declared()["created"] == "0"
        assert "doubled-word no longer drafts what the file says" in acted.summary().replace("\u200b", "")
        assert hub.writes == []


def outputs_of(notes: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """The outputs among the notes of a runner."""
    return ((note["name"], note["arg"]) for note in notes if note.get("command") == "set-output")


@pytest.mark.skipif(not INSTALLS, reason="it installs from a package registry: set DOCBOT_INSTALLS")
def test_a_runner_without_docbot_installs_it(
    hub: GitHub, runner: Runner, checkout: Desk, tmp_path: Path
) -> None:
    subprocess.run((sys.executable, "-m", "venv", "--without-pip", tmp_path / "python"), check=True)
    acted = runner.run(
        altered("propose.yml", tmp_path, mode="draft", python=str(tmp_path / "python" / "bin" / "python")),
        "workflow_dispatch",
        payload(hub, DOCS),
        token=hub.user(BOT).token(kind="integration", repository=DOCS, permissions={"contents": "read"}),
        checkout=checkout.clone.root,
        repository=DOCS,
    )
    assert acted.code == 0, acted.printed
    assert acted.outputs("docbot", "install")["python"].endswith("docbot-venv/bin/python")
    assert int(acted.declared()["drafted"]) > 10
