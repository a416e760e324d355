"""A model's drafts from one job, proposed by another that asks no model: the file is anybody's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.drafters.model.server import ModelServer, edits, streamed
from tests.end_to_end.conftest import DOCS, Desk
from tests.helpers.plugins import DOUBTS, installed

PAGE = "docs/lid.md"
TEXT = "# The lid\n\nTo open the lid, turn it, obviously. Then [install it](install.md).\n"
OLD, NEW = "turn it, obviously.", "turn it."
Line = dict[str, Any]


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a rule whose findings nobody but a model can fix."""
    monkeypatch.syspath_prepend(str(installed(tmp_path / "site", "doubtful_plugin", DOUBTS)))
    return "sure-word"


@pytest.fixture
def drafts(
    desk: Desk, plugin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Path]]:
    """The file of a job that asked a model about one page; `change` is what somebody does to its drafts."""
    desk.hub.person("lantern-team").push(DOCS, "main", {PAGE: TEXT.encode()}, "Add a page")
    desk.clone.git("pull", "-q", f"{desk.hub.server_url}/{DOCS}.git", "main")
    with ModelServer() as server:
        server.script = [streamed(edits((OLD, NEW, "Says what is")))]
        with monkeypatch.context() as there:
            there.setenv("DOCBOT_MODEL_URL", server.url)
            ran = desk.docbot(
                "draft", str(desk.clone.root), f"--rule={plugin}", "--model=small", "--format=jsonl"
            )
        assert ran.code == 0, ran.err
        [line] = [line for line in map(json.loads, ran.out.splitlines()) if line["path"] == PAGE]
        assert line["author"]["name"] == "small"

        def written(change: Callable[[Line], None] = lambda line: None) -> Path:
            change(line)
            file = tmp_path / "drafts.jsonl"
            file.write_text(json.dumps(line) + "\n", "utf-8")
            return file

        yield written


def test_a_models_drafts_are_proposed_without_a_model(desk: Desk, drafts: Callable[..., Path]) -> None:
    file = str(drafts())
    held = desk.propose("--yes", "--from", file)
    assert held.code == 0, held.err
    assert desk.hub.pulls(DOCS) == []
    ran = desk.propose("--yes", "--from", file, "--unsafe")
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    assert pull.draft
    assert "a language model, `small`, with the prompt" in (pull.body or "")
    page = desk.hub.repository(f"{pull.head_owner}/lantern-docs").git("show", f"{pull.head}:{PAGE}")
    assert page + "\n" == TEXT.replace(OLD, NEW)


def another_number(line: Line) -> None:
    line["fix"]["edits"][0]["new"] = "turn it within 30 days."


def another_target(line: Line) -> None:
    line["fix"]["edits"][0]["new"] = "[turn it](https://evil.example/x)."


def another_page(line: Line) -> None:
    line["blob"] = "0" * 40


def another_place(line: Line) -> None:
    edit = line["fix"]["edits"][0]
    edit["start"], edit["end"] = edit["start"] + 10_000, edit["end"] + 10_000


def claims_to_be_safe(line: Line) -> None:
    line["fix"]["applicability"] = "safe"
    line["author"] = {"name": "rule", "prompt": ""}


def another_name(line: Line) -> None:
    line["author"]["name"] = "x" * 300


@pytest.mark.parametrize(
    "change", [another_number, another_target, another_page, another_place, claims_to_be_safe, another_name]
)
def test_t09_a_tampered_file_gets_nothing_past_the_gates(
    desk: Desk, drafts: Callable[..., Path], change: Callable[[Line], None]
) -> None:
    ran = desk.propose("--yes", "--from", str(drafts(change)), "--unsafe")
    assert ran.code == 0, ran.err
    assert "There is nothing to propose." in ran.err
    assert desk.hub.writes == []
