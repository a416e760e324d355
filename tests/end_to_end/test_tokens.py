"""Who asks: workflows, narrow tokens, organizations with rules of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract.github import GitHub
from tests.end_to_end.conftest import DOCS, FORK, WRITER, Desk, Ran, sit_down

BOT = "github-actions[bot]"


def in_a_workflow(
    hub: GitHub, folder: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran], **given: Any
) -> Desk:
    """A checkout of the docs themselves, with the token of a workflow there."""
    desk = sit_down(hub, DOCS, folder, monkeypatch, docbot)
    token = hub.user(BOT).token(kind="integration", repository=DOCS, **given)
    monkeypatch.setenv("GITHUB_TOKEN", token)
    return desk


def test_a_workflow_proposes_within_its_repository(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]
) -> None:
    hub.repository(DOCS).actions_may_open_pulls = True
    desk = in_a_workflow(hub, tmp_path / "clone", monkeypatch, docbot)
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [pull] = hub.pulls(DOCS)
    assert pull.user.login == BOT
    assert json.loads(hub.writes[-1].body)["head"].startswith("docbot/")
    hub.log.clear()
    assert desk.propose("--yes").out.startswith("unchanged: #1")
    assert hub.writes == []


def test_a_workflow_that_may_not_open_pull_requests_is_told_where_to_allow_it(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]
) -> None:
    desk = in_a_workflow(hub, tmp_path / "clone", monkeypatch, docbot)
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "Allow GitHub Actions to create" in ran.sentence
    assert "Settings" in ran.sentence


def test_a_workflow_without_permissions_is_told_which(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]
) -> None:
    desk = in_a_workflow(hub, tmp_path / "clone", monkeypatch, docbot, permissions={"contents": "read"})
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "permissions" in ran.sentence or "push" in ran.sentence
    assert hub.pulls(DOCS) == []


def test_a_fine_grained_token_cant_reach_somebody_elses_docs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", desk.hub.user(WRITER).token(kind="fine-grained"))
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "fine-grained" in ran.sentence
    assert "`gh auth login`" in ran.sentence
    assert desk.hub.pulls(DOCS) == []


def test_a_blocked_writer_is_told_so(desk: Desk) -> None:
    desk.hub.user("lantern-team").blocked.add(WRITER)
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "blocked" in ran.sentence
    assert desk.hub.pulls(DOCS) == []


def test_an_organization_with_saml_names_the_address_to_authorize_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hub.organization("lantern-team").saml = True
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "SAML" in ran.sentence or "SSO" in ran.sentence
    assert desk.hub.pulls(DOCS) == []


def test_t29_the_workflow_scope_is_asked_for_before_anything_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, bytes | None] = {".github/workflows/check.yml": b"on: push\n"}
    token = desk.hub.user(WRITER).token(("public_repo",), kind="classic")
    monkeypatch.setenv("GITHUB_TOKEN", token)
    assert desk.propose("--yes", "--dry-run").code == 0
    desk.hub.person("lantern-team").push(DOCS, "main", files, "Add a workflow")
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "gh auth refresh -s workflow" in ran.sentence
    assert desk.hub.writes == []
    desk.hub.person(WRITER).push(FORK, "main", files, "Follow")
    assert desk.propose("--yes").code == 0


def test_the_workflow_scope_is_asked_for_where_github_asks_for_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that doesn't tell its scopes can't be judged before."""
    monkeypatch.setattr("docbot.app.preflight.missing_scope", lambda forge: "")
    monkeypatch.setattr("docbot.app.preflight._changes_workflows", lambda *given: False)
    files: dict[str, bytes | None] = {".github/workflows/check.yml": b"on: push\n"}
    desk.hub.person("lantern-team").push(DOCS, "main", files, "Add a workflow")
    token = desk.hub.user(WRITER).token(("public_repo",), kind="classic")
    monkeypatch.setenv("GITHUB_TOKEN", token)
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "gh auth refresh -s workflow" in ran.sentence
    assert desk.hub.pulls(DOCS) == []


def test_t29_a_token_without_the_scope_is_told_so_before_anything_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", desk.hub.user(WRITER).token(("read:org",), kind="classic"))
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert "lacks the scope `public_repo`: run `gh auth refresh -s public_repo`" in ran.sentence
    assert desk.hub.writes == []


def test_t34_a_hidden_account_is_told_so(desk: Desk) -> None:
    assert "is hidden from everybody but you" not in desk.propose("--yes", "--rule", "doubled-word").err
    desk.hub.user(WRITER).hidden = True
    ran = desk.propose("--yes", "--rule", "wrong-case-link")
    assert ran.code == 0
    assert "#2 is hidden from everybody but you" in ran.err


def test_t24_an_address_that_counts_for_nobody_is_told_so(desk: Desk) -> None:
    ran = desk.propose("--yes", "--rule", "doubled-word")
    assert f"add it to the e-mail addresses of {WRITER}" in ran.err
    desk.clone.git("config", "user.email", desk.hub.user(WRITER).email)
    ran = desk.propose("--yes", "--rule", "wrong-case-link")
    assert ran.code == 0
    assert "contributor agreements" not in ran.err
