"""What a workflow says becomes the command that a person would type."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from docbot.action.commands import arguments, files_of
from docbot.action.inputs import Event, Inputs, Mode, event_of, inputs_of
from docbot.action.step import DRAFTED
from docbot.errors import UsageError
from docbot.reporters import proposals
from docbot.reporters.reviews import outputs

ROOT = Path(__file__).parents[2]
ACTION = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text("utf-8"))
OF_A_PULL: dict[str, Any] = {
    "pull_request": {
        "number": 7,
        "base": {"ref": "live", "repo": {"full_name": "a/docs"}},
        "head": {"ref": "topic", "repo": {"full_name": "b/docs"}},
    },
    "repository": {"full_name": "a/docs", "default_branch": "main"},
}


def inputs(**given: str) -> Inputs:
    return inputs_of({"RUNNER_TEMP": "/temp", **{f"INPUT_{name}": said for name, said in given.items()}})


def event(tmp_path: Path, payload: dict[str, Any]) -> Event:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(payload), "utf-8")
    return event_of({"GITHUB_EVENT_PATH": str(file), "GITHUB_EVENT_NAME": "pull_request"})


def words(event: Event, **given: str) -> list[str]:
    """The command without the files it writes."""
    return [word for word in arguments(inputs(**given), event, {}) if not word.startswith("--also=")]


def test_each_input_reaches_the_step() -> None:
    documented = {name.replace("-", "_").upper() for name in ACTION["inputs"]}
    given = {
        name.removeprefix("INPUT_")
        for step in ACTION["runs"]["steps"]
        for name in step["env"]
        if "INPUT_" in name
    }
    assert given == documented
    read = re.findall(r'said\("(\w+)"\)', (ROOT / "docbot/action/inputs.py").read_text("utf-8"))
    assert set(read) == documented - {"PYTHON"}


def test_each_output_is_one_that_a_step_makes() -> None:
    files = {name for mode in Mode for name in files_of(inputs(MODE=mode))}
    made = {"outcome", *outputs.OUTPUTS, *proposals.OUTPUTS, *DRAFTED, *files}
    assert set(ACTION["outputs"]) == made
    for name, output in ACTION["outputs"].items():
        assert output["value"] == f"${{{{ steps.run.outputs.{name} }}}}"


def test_a_pull_request_is_known_by_its_event(tmp_path: Path) -> None:
    found = event(tmp_path, OF_A_PULL)
    assert found.from_elsewhere
    assert words(found)[1:] == ["--format=github", "--base=live", "--", "7", "."]


def test_what_the_workflow_says_goes_before_the_event(tmp_path: Path) -> None:
    found = event(tmp_path, OF_A_PULL)
    assert words(found, PULL_REQUEST="9")[2:] == ["--base=main", "--", "9", "."]
    assert words(found, PULL_REQUEST="9", BASE="next")[2:] == ["--base=next", "--", "9", "."]
    assert words(found, PATH="docs", FAIL_ON="error", RULES="a, b", SKIP="c\nd")[2:] == [
        *("--rule=a", "--rule=b", "--skip=c", "--skip=d", "--fail-on=error"),
        *("--base=live", "--", "7", "docs"),
    ]


def test_without_a_pull_request_something_must_be_said(tmp_path: Path) -> None:
    pushed = event(tmp_path, {"repository": OF_A_PULL["repository"]})
    assert words(pushed, BASE="origin/main")[2:] == ["--diff=origin/main", "--", "."]
    with pytest.raises(UsageError, match="nothing says what to review in the event `pull_request`"):
        words(pushed)


def test_proposing_is_unattended_and_drafting_sends_nothing(tmp_path: Path) -> None:
    assert words(Event(), MODE="propose", PAGES="docs/a\n\n docs/b c\n", DRAFTS="x.jsonl", UNSAFE="true")[
        1:
    ] == [
        *("--yes", "--path=docs/a", "--path=docs/b c", "--from=x.jsonl", "--unsafe", "--", "."),
    ]
    drafting = words(Event(), MODE="draft", MODEL="llama", DRAFTS=str(tmp_path / "x.jsonl"))
    assert drafting[1:] == [
        *("--format=jsonl", f"--output={tmp_path / 'x.jsonl'}", "--model=llama", "--", "."),
    ]


def test_what_is_said_is_never_an_option() -> None:
    assert words(Event(), MODE="propose", PATH="--dry-run")[-2:] == ["--", "--dry-run"]
    assert "--rule=--help" in words(Event(), MODE="propose", RULES="--help")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("MODE", "merge", "`mode` is 'merge': say review, propose, draft"),
        ("UNSAFE", "yes", "`unsafe` is 'yes': say true or false"),
    ],
)
def test_a_wrong_input_is_named(name: str, value: str, reason: str) -> None:
    with pytest.raises(UsageError, match=re.escape(reason)):
        inputs(**{name: value})


def test_a_file_that_is_no_event_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="run docbot as a step of a workflow"):
        event_of({"GITHUB_EVENT_PATH": str(tmp_path / "nothing")})
    (tmp_path / "odd").write_text('{"pull_request": []}')
    with pytest.raises(UsageError, match="no event of GitHub's"):
        event_of({"GITHUB_EVENT_PATH": str(tmp_path / "odd")})
