"""The Action in review mode, its steps run for real and offline against the stand-in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.contract.github import GitHub
from tests.end_to_end.acting import EXAMPLES, Acted, Runner, altered, payload
from tests.end_to_end.conftest import DOCS, WRITER, Desk, Ran, sit_down

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="act runs the steps, and is there on Linux")

FORK = f"{WRITER}/lantern-docs"
BOT = "github-actions[bot]"
READS = {"contents": "read"}
PAGE = "docs/new.md"
ONE = b"# New\n\nOpen the the lid. See [the guide](nowhere.md).\n"
MANY = "# New\n" + "".join(f"\nOpen the the lid {number}.\n" for number in range(14))
HOSTILE = """# New

::set-output name=findings::0

  ::stop-commands::silence

##[error]the the end

Open the the ::error file=x::lid %0A::warning::w, see [a ::debug::b](nowhere.md).
"""
Files = Mapping[str, bytes | None]


@pytest.fixture
def runner(hub: GitHub, tmp_path: Path) -> Runner:
    """A runner of the docs' own repository."""
    return Runner(hub, tmp_path / "runner")


class Pulled:
    """A pull request, and what `actions/checkout` leaves of it: the commit that would merge it."""

    def __init__(self, hub: GitHub, runner: Runner, desk: Desk, folder: Path) -> None:
        self.hub, self.runner, self.desk, self.folder = hub, runner, desk, folder

    def open(self, files: Files, source: str = DOCS, login: str = "lantern-team") -> None:
        """Open pull request 1 with these files, and check it out."""
        self.hub.person(login).push(source, "topic", files, "Change pages")
        self.hub.person(login).open(DOCS, source, "topic", title="Change pages")
        clone = self.desk.clone
        clone.git("fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*", "refs/pull/1/head")
        tip = clone.git("ls-remote", "origin", "refs/pull/1/head").split()[0]
        clone.git("checkout", "-q", "--detach", "origin/main")
        clone.git("merge", "-q", "--no-ff", "-m", "Merge", tip)
        # The runner's checkout knows no default branch.
        clone.git("remote", "set-head", "origin", "--delete")
        self.hub.log.clear()

    def run(self, permissions: Mapping[str, str] = READS, **inputs: str) -> Acted:
        """Run the shipped workflow, or one with other inputs, for the pull request."""
        token = self.hub.user(BOT).token(kind="integration", repository=DOCS, permissions=permissions)
        ran = self.runner.run(
            altered("review.yml", self.folder, **inputs) if inputs else EXAMPLES / "review.yml",
            "pull_request",
            payload(self.hub, DOCS, 1),
            token=token,
            checkout=self.desk.clone.root,
            repository=DOCS,
        )
        assert token not in ran.everything
        return ran

    def local(self, form: str) -> str:
        """What a person sees who reviews the same on their own machine."""
        ran = self.desk.docbot("review", "1", str(self.desk.clone.root), f"--format={form}")
        assert ran.code == 0, ran.err
        return ran.out


@pytest.fixture
def pulled(
    hub: GitHub, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]
) -> Pulled:
    hub.fork(DOCS, WRITER)
    desk = sit_down(hub, DOCS, tmp_path / "checkout", monkeypatch, docbot)
    return Pulled(hub, runner, desk, tmp_path)


def lines_of(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]


def counted_in(summary: str) -> int:
    """The findings that a summary lists."""
    return len(re.findall(r"^- \*\*(?:error|warning|info)\*\* ", summary, re.M))


def test_a_pull_request_is_reviewed_where_it_stands(pulled: Pulled) -> None:
    pulled.open({PAGE: ONE})
    ran = pulled.run()
    assert ran.code == 0, ran.printed
    outputs = ran.outputs()
    assert outputs["outcome"] == "passed"
    assert (outputs["findings"], outputs["errors"], outputs["warnings"]) == ("2", "1", "1")
    assert (outputs["hunks"], outputs["dont"], outputs["proven"]) == ("1", "1", "0")
    [error] = ran.annotations("error")
    assert error["kvPairs"]["file"] == PAGE
    assert error["kvPairs"]["title"] == "docbot file-not-found"
    assert len(ran.annotations("warning")) == 1
    assert counted_in(ran.summary()) == 2
    page = pulled.runner.artifacts / "docbot-review" / "review.html"
    assert "the the lid" in page.read_text("utf-8")
    sarif = json.loads((pulled.runner.artifacts / "sarif" / "docbot").read_text("utf-8"))
    assert len(sarif["runs"][0]["results"]) == 2
    assert ran.commands() <= {"set-output", "summary", "error", "warning", "notice"}


def test_what_may_be_said_on_the_pull_request_is_said_there(pulled: Pulled) -> None:
    pulled.open({PAGE: ONE})
    ran = pulled.run({**READS, "pull_requests": "write"})
    assert ran.code == 0, ran.printed
    assert ran.annotations("notice") == []
    [review] = [call for call in pulled.hub.writes if call.path.endswith("/pulls/1/reviews")]
    assert json.loads(review.body)["event"] == "COMMENT"


def test_t35_a_refusal_to_comment_fails_nothing(pulled: Pulled) -> None:
    pulled.open({PAGE: ONE})
    ran = pulled.run()
    assert ran.code == 0, ran.printed
    [notice] = ran.annotations("notice")
    assert notice["arg"].startswith("nothing was said on the pull request: ")
    assert counted_in(ran.summary()) == int(ran.outputs()["findings"]) == 2
    assert len(ran.annotations("error")) == len(ran.annotations("warning")) == 1


def test_t35_a_fork_gets_the_same_from_a_token_that_only_reads(pulled: Pulled) -> None:
    pulled.open({PAGE: MANY.encode()}, FORK, WRITER)
    ran = pulled.run()
    assert ran.code == 0, ran.printed
    found = int(ran.outputs()["findings"])
    assert found == 14
    assert counted_in(ran.summary()) == found
    assert len(ran.summary().encode()) < 1 << 20
    assert [len(ran.annotations(level)) for level in ("error", "warning", "notice")] == [0, 10, 1]
    assert "nothing is said on a pull request of another repository" in ran.annotations("notice")[0]["arg"]
    assert "docbot found 14 new findings, 4 of them without an annotation" in ran.printed
    assert len(re.findall(rf"^- {PAGE}:\d+: warning doubled-word", ran.printed, re.M)) == 4
    assert pulled.hub.writes == []
    assert not (pulled.runner.artifacts / "sarif").exists()


def test_t43_no_page_commands_the_runner(pulled: Pulled) -> None:
    hostile = "docs/a ::error file=x,line=1::b%0A##[error]c.md"
    pulled.open({PAGE: HOSTILE.encode(), hostile: HOSTILE.encode()}, FORK, WRITER)
    ran = pulled.run()
    assert ran.code == 0, ran.printed
    assert ran.commands() <= {"set-output", "summary", "error", "warning", "notice"}
    assert int(ran.outputs()["findings"]) == counted_in(ran.summary()) > 3
    titles = [note["kvPairs"]["title"] for level in ("error", "warning") for note in ran.annotations(level)]
    assert titles
    assert all(title.startswith("docbot ") for title in titles)
    assert [note["arg"] for note in ran.annotations("notice")] == [
        "nothing is said on a pull request of another repository: the summary has every finding"
    ]


def test_t45_a_step_finds_what_a_person_finds_in_every_format(pulled: Pulled) -> None:
    pulled.open({PAGE: ONE, "docs/more.md": MANY.encode()}, FORK, WRITER)
    # What is in the runner's own folder for temporary files goes with the job.
    outputs = pulled.run(report=str(pulled.folder / "report")).outputs()
    sarif = json.loads(Path(outputs["sarif"]).read_text("utf-8"))
    rdjson = json.loads(Path(outputs["rdjson"]).read_text("utf-8"))
    keys = keys_of(Path(outputs["jsonl"]).read_text("utf-8"), sarif, rdjson)
    assert len(keys[0]) == 16
    assert keys[0] == keys[1] == keys[2]
    mine = keys_of(pulled.local("jsonl"), *(json.loads(pulled.local(form)) for form in ("sarif", "rdjson")))
    assert mine == keys


def keys_of(jsonl: str, sarif: Any, rdjson: Any) -> list[list[tuple[str, str, int]]]:
    """Rule, page and line of each new finding, by each of three formats."""
    hunks = [json.loads(line) for line in jsonl.splitlines()]
    found = [finding for hunk in hunks for kind in ("adds", "breaks") for finding in hunk.get(kind, ())]
    found += [hunk for hunk in hunks if hunk["kind"] == "elsewhere"]
    places = [
        (result["ruleId"], result["locations"][0]["physicalLocation"])
        for result in sarif["runs"][0]["results"]
    ]
    told = [(one["code"]["value"], one["location"]) for one in rdjson["diagnostics"]]
    return [
        sorted((one["rule"], one["path"], one["line"]) for one in found),
        sorted((rule, p["artifactLocation"]["uri"], p["region"]["startLine"]) for rule, p in places),
        sorted((rule, place["path"], place["range"]["start"]["line"]) for rule, place in told),
    ]


def test_t41_it_fails_only_where_the_workflow_asks_for_it(pulled: Pulled) -> None:
    pulled.open({PAGE: MANY.encode()})
    ran = pulled.run(fail_on="warning", report=str(pulled.folder / "report"))
    assert ran.code == 1
    told = ran.declared()
    assert (told["outcome"], told["findings"]) == ("failed", "14")
    assert counted_in(ran.summary()) == 14
    assert Path(told["html"]).is_file()


def test_a_shallow_checkout_is_told_how_deep_to_go(pulled: Pulled, tmp_path: Path) -> None:
    pulled.open({PAGE: ONE})
    shallow = tmp_path / "shallow"
    url = f"{pulled.hub.server_url}/{DOCS}.git"
    subprocess.run(("git", "clone", "-q", "--depth=1", url, shallow), check=True)
    ran = pulled.run(path=str(shallow))
    assert ran.code == 1
    assert ran.declared() == {"outcome": "stopped"}
    assert ran.annotations("notice") == []
    [error] = ran.annotations("error")
    assert "`fetch-depth: 0`" in error["arg"]
    assert "`fetch-depth: 0`" in ran.summary().replace("\u200b", "")


def test_files_of_the_checkout_are_no_modules(pulled: Pulled, tmp_path: Path) -> None:
    bad = f"open({str(tmp_path / 'ran')!r}, 'w')\n".encode()
    names = ("docbot/__init__", "docbot/action/__main__", "msgspec", "json", "pip", "venv", "sitecustomize")
    pulled.open({**{f"{name}.py": bad for name in names}, PAGE: ONE}, FORK, WRITER)
    ran = pulled.run()
    assert ran.code == 0, ran.printed
    assert ran.outputs()["findings"] == "2"
    assert not (tmp_path / "ran").exists()


def test_a_wrong_input_is_an_annotation(pulled: Pulled) -> None:
    pulled.open({PAGE: ONE})
    ran = pulled.run(mode="merge")
    assert ran.code == 1
    [error] = ran.annotations("error")
    assert "say review, propose, draft" in error["arg"]
