"""What a step makes of how its command ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from docbot.action import step

COUNTS = "findings=3\nerrors=0\nwarnings=2\ninfos=1\n"
REFUSAL = "docbot: the token may not comment: ask for more"
Ends = Callable[[list[str]], tuple[int, str]]


class Step:
    """A step for a pull request of the repository itself, with a command that only pretends to run."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, patch
        self.commands: list[list[str]] = []
        sides = {"base": {"ref": "main"}, "head": {"repo": {"full_name": "a/docs"}}}
        self.event = {"pull_request": {"number": 1, **sides}, "repository": {"full_name": "a/docs"}}
        for name in ("outputs", "summary"):
            (folder / name).write_text("from another step\n", "utf-8")

    def run(self, ends: Ends, **inputs: str) -> int:
        """Run the step; `ends` gives a command's exit code and what it reports, empty for nothing at all."""
        (self.folder / "event").write_text(json.dumps(self.event), "utf-8")
        environment = {
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_EVENT_PATH": str(self.folder / "event"),
            "GITHUB_OUTPUT": str(self.folder / "outputs"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            **{f"INPUT_{name.upper()}": value for name, value in inputs.items()},
        }

        def command(words: list[str], tell: Callable[[str], None]) -> int:
            self.commands.append(words)
            exit_code, report = ends(words)
            for word in words:
                if report and word.startswith(("--also=outputs=", "--also=summary=")):
                    Path(word.split("=", 2)[2]).write_text(report, "utf-8")
            if exit_code == 4:
                tell(REFUSAL)
            return exit_code

        self.patch.setattr(step, "run_command", command)
        return step.run(environment)

    def written(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8").removeprefix("from another step\n")


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Step:
    return Step(tmp_path, monkeypatch)


def posting_is_refused(report: str) -> Ends:
    """A command that may review, and not comment; with what it reported until then."""
    return lambda words: (4, report) if "--post" in words else (0, COUNTS)


@pytest.mark.parametrize(("limit", "code"), [("", 0), ("error", 0), ("warning", 1), ("info", 1)])
def test_a_refused_comment_fails_nothing_that_wouldnt_fail(
    one: Step, capfd: pytest.CaptureFixture[str], limit: str, code: int
) -> None:
    assert one.run(posting_is_refused(COUNTS), comments="true", fail_on=limit) == code
    assert len(one.commands) == 1
    assert "::notice title=docbot::nothing was said on the pull request: the token" in capfd.readouterr().out
    outcome = "failed" if code else "passed"
    assert one.written("outputs") == f"{COUNTS}outcome={outcome}\n"
    assert one.written("summary") == COUNTS


def test_what_is_refused_before_anything_was_looked_at_is_done_without_comments(
    one: Step, capfd: pytest.CaptureFixture[str]
) -> None:
    assert one.run(posting_is_refused(""), comments="true") == 0
    assert [("--post" in words) for words in one.commands] == [True, False]
    assert "::notice title=docbot::nothing was said" in capfd.readouterr().out
    assert one.written("outputs") == f"{COUNTS}outcome=passed\n"


def test_what_is_refused_all_the_same_is_told_once(one: Step, capfd: pytest.CaptureFixture[str]) -> None:
    assert one.run(lambda words: (4, ""), comments="true") == 4
    out = capfd.readouterr().out
    assert out.count("::error title=docbot::the token may not comment") == 1
    assert "::notice" not in out
    assert one.written("outputs") == "outcome=stopped\n"
    assert "docbot stopped: `the token may not comment: ask for more`" in one.written("summary")


def test_comments_are_for_reviews_of_pull_requests(one: Step) -> None:
    assert one.run(lambda words: (4, ""), comments="true", mode="propose") == 4
    del one.event["pull_request"]
    assert one.run(lambda words: (0, COUNTS), comments="true", base="origin/main") == 0
    assert len(one.commands) == 2
    assert not any("--post" in words for words in one.commands)


@pytest.mark.parametrize(("mode", "token"), [("propose", "ghs_given"), ("draft", None)])
def test_a_draft_has_no_token(one: Step, mode: str, token: str | None) -> None:
    (one.folder / "event").write_text("{}", "utf-8")
    environ = {
        "RUNNER_TEMP": str(one.folder),
        "GITHUB_EVENT_PATH": str(one.folder / "event"),
        "GITHUB_TOKEN": "ghs_of_the_job",
        "INPUT_MODE": mode,
        "INPUT_TOKEN": "ghs_given",
    }
    one.patch.setattr(step, "run_command", lambda words, tell: 2)
    assert step.run(environ) == 2
    assert environ.get("GITHUB_TOKEN") == token
