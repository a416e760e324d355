"""Forks as they are: none yet, under another name, of the same owner, far behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.faults import lost
from tests.contract.github import GitHub
from tests.end_to_end.conftest import DOCS, FORK, WRITER, Ran, sit_down

Docbot = Callable[..., Ran]


def test_a_fork_is_made_after_the_confirmation_and_waited_for(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    desk = sit_down(hub, DOCS, tmp_path / "clone", monkeypatch, docbot)
    hub.fork_delay = 2
    dry = desk.propose("--dry-run")
    requests = dry.out.partition("--- requests ---\n")[2].splitlines()
    assert requests[0] == f"POST /repos/{DOCS}/forks"
    assert (dry.code, hub.writes) == (0, [])
    declined = desk.propose(types="n\n")
    assert (declined.code, hub.writes) == (4, [])
    ran = desk.propose(types="y\n")
    assert ran.code == 0, ran.err
    assert "Forking lantern-team/lantern-docs, which may take some minutes" in ran.err
    [fork, push, post] = hub.writes
    assert json.loads(fork.body) == {"default_branch_only": True}
    assert push.path.startswith(f"/{FORK}.git/")
    assert json.loads(post.body)["head"].startswith(f"{WRITER}:docbot/")
    assert desk.propose(types="y\n").out.startswith("unchanged: #1")


def test_t32_a_fork_of_another_name_is_found(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    hub.fork(DOCS, WRITER, name="my-lantern")
    desk = sit_down(hub, f"{WRITER}/my-lantern", tmp_path / "clone", monkeypatch, docbot)
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [push, _] = hub.writes
    assert push.path.startswith(f"/{WRITER}/my-lantern.git/")


def test_t32_a_clone_of_the_docs_finds_the_fork_of_another_name_by_asking_for_one(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    hub.fork(DOCS, WRITER, name="my-lantern")
    desk = sit_down(hub, DOCS, tmp_path / "clone", monkeypatch, docbot)
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    assert hub.writes[1].path.startswith(f"/{WRITER}/my-lantern.git/")


def test_t32_a_fork_of_the_same_owner_is_named_in_the_request(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    hub.fork(DOCS, "lantern-team", name="lantern-drafts")
    desk = sit_down(
        hub, "lantern-team/lantern-drafts", tmp_path / "clone", monkeypatch, docbot, login="lantern-team"
    )
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [_, post] = hub.writes
    assert json.loads(post.body)["head_repo"] == "lantern-drafts"
    hub.log.clear()
    again = desk.propose("--yes")
    assert again.out.startswith("unchanged: #1"), again.out + again.err
    assert hub.writes == []


def test_t32_a_remote_of_any_name_leads_to_the_docs(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    hub.fork(DOCS, WRITER, name="my-lantern")
    hub.person("lantern-team").push(DOCS, "main", {".openpublishing.publish.config.json": None}, "Move on")
    desk = sit_down(hub, f"{WRITER}/my-lantern", tmp_path / "clone", monkeypatch, docbot)
    desk.clone.git("pull", "-q", f"{hub.server_url}/{DOCS}.git", "main")
    desk.clone.git("remote", "rename", "origin", "mine")
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [pull] = hub.pulls(DOCS)
    assert pull.label.startswith(f"{WRITER}:docbot/")


def test_forks_disabled_is_one_sentence(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    hub.repository(DOCS).allow_forking = False
    desk = sit_down(hub, DOCS, tmp_path / "clone", monkeypatch, docbot)
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert ran.sentence == (
        "docbot: you may not push to lantern-team/lantern-docs, and it allows no forks: "
        "ask its maintainers for access"
    )
    assert hub.writes == []


def test_the_fork_of_an_organization_is_used_and_not_lent(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    hub.organization("octo-org")
    hub.fork(DOCS, "octo-org").collaborators[WRITER] = "write"
    desk = sit_down(hub, "octo-org/lantern-docs", tmp_path / "clone", monkeypatch, docbot)
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    assert json.loads(hub.writes[-1].body)["maintainer_can_modify"] is False
    assert desk.propose("--yes").out.startswith("unchanged: #1")


def test_a_repository_without_drafts_says_what_to_set(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    hub.fork(DOCS, WRITER)
    hub.repository(DOCS).drafts_allowed = False
    desk = sit_down(hub, FORK, tmp_path / "clone", monkeypatch, docbot)
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "`draft = false` under [propose]" in ran.sentence


def test_t31_a_fork_whose_answer_was_lost_is_looked_for(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    desk = sit_down(hub, DOCS, tmp_path / "clone", monkeypatch, docbot)
    hub.faults.add("POST", r"/forks$", lost())
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    assert [call.operation for call in hub.writes] == [
        "repos/create-fork",
        "git-receive-pack",
        "pulls/create",
    ]


def test_t32_another_default_branch_is_the_base_and_holds_the_consent(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    docs = hub.repository(DOCS)
    files: dict[str, bytes | None] = {".openpublishing.publish.config.json": None}
    hub.person("lantern-team").push(DOCS, "main", files, "Publish otherwise")
    docs.git("branch", "trunk", "main")
    docs.default_branch = "trunk"
    docs.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    hub.person("lantern-team").push(DOCS, "main", {".docbot.toml": None}, "Only trunk counts")
    hub.fork(DOCS, WRITER)
    desk = sit_down(hub, FORK, tmp_path / "clone", monkeypatch, docbot)
    desk.clone.git("remote", "add", "upstream", f"{hub.server_url}/{DOCS}.git")
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [pull] = hub.pulls(DOCS)
    assert pull.base == "trunk"
    hub.person("lantern-team").push(DOCS, "main", {".docbot.toml": b"# yes"}, "main says yes")
    hub.person("lantern-team").push(DOCS, "trunk", {".docbot.toml": None}, "trunk says no")
    ran = desk.propose("--yes")
    assert (ran.code, "holds no .docbot.toml on its branch trunk" in ran.sentence) == (4, True)
