"""`docbot review` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Docbot
from tests.helpers.git import Builder

PAGE = "# A\n\nOpen the file.\n\n## B\n\nYou must wait.\n"


@pytest.fixture
def work(tmp_path: Path) -> Builder:
    docs = Builder.init(tmp_path / "docs")
    docs.commit({"a.md": PAGE, "b.md": "See [B](a.md#b).\n"})
    docs.write("a.md", PAGE.replace("the file", "the the file").replace("must", "should"))
    return docs


def test_text_says_the_gravest_first_and_counts(docbot: Docbot, work: Builder) -> None:
    ran = docbot("review", "--diff", "HEAD", work.root)
    lines = ran.out.decode().splitlines()
    assert ran.code == 0
    assert lines[:4] == [
        "don't: a.md:3 (edited)",
        "    new: doubled-word: “the” stands twice",
        "    - Open the file.",
        "    + Open the the file.",
    ]
    assert lines[5] == "look here: a.md:7 (edited)"
    assert lines[-1].endswith("1 don't: something breaks; 1 look here: a person has to judge; 0 proven")


def test_jsonl_has_every_hunk_and_the_totals(docbot: Docbot, work: Builder) -> None:
    out = docbot("review", "--diff", "HEAD", "--format", "jsonl", work.root).out
    hunks = [json.loads(line) for line in out.splitlines()]
    assert [hunk["kind"] for hunk in hunks] == ["hunk", "hunk", "review"]
    assert hunks[0]["new"] == {"line": 3, "end_line": 3}
    assert [finding["rule"] for finding in hunks[0]["adds"]] == ["doubled-word"]
    assert {"gate": "same-modals", "passed": False, "reason": "“must” became “should”"} in hunks[1]["proof"]
    assert (hunks[2]["dont"], hunks[2]["look"], hunks[2]["proven"]) == (1, 1, 0)


@pytest.mark.parametrize(("severity", "code"), [("error", 0), ("warning", 1), ("info", 1)])
def test_it_fails_only_where_asked_to(docbot: Docbot, work: Builder, severity: str, code: int) -> None:
    assert docbot("review", "--diff", "HEAD", "--fail-on", severity, work.root).code == code


def test_one_run_reports_in_several_formats(docbot: Docbot, work: Builder, tmp_path: Path) -> None:
    file = tmp_path / "review.jsonl"
    ran = docbot("review", "--diff", "HEAD", "--also", f"jsonl={file}", work.root)
    assert ran.out.decode().startswith("don't: a.md:3")
    assert file.read_bytes() == docbot("review", "--diff", "HEAD", "--format", "jsonl", work.root).out


def test_sarif_explains_the_rules_that_looked(docbot: Docbot, work: Builder) -> None:
    out = docbot("review", "--diff", "HEAD", "--format", "sarif", "--skip", "dead-link", work.root).out
    (run,) = json.loads(out)["runs"]
    rules = {rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]}
    assert rules["doubled-word"].startswith("A small word that stands twice in a row")
    assert "dead-link" not in rules
    assert [result["ruleId"] for result in run["results"]] == ["doubled-word"]


@pytest.mark.parametrize("said", ["jsonl", "nothing=x", "jsonl=", "=x"])
def test_another_format_that_there_is_not(docbot: Docbot, work: Builder, said: str) -> None:
    ran = docbot("review", "--diff", "HEAD", "--also", said, work.root)
    assert ran.code == 2
    assert "say FORMAT=FILE, where FORMAT is " in ran.sentence


def test_it_says_what_is_missing(docbot: Docbot, work: Builder) -> None:
    ran = docbot("review")
    assert ran.code == 2
    assert ran.sentence.endswith("say what to review: `docbot review 123` or `docbot review --diff main`")
    assert docbot("review", "7", work.root, "--diff", "HEAD").code == 2


def test_docs_text_steers_no_terminal(docbot: Docbot, work: Builder) -> None:
    work.write("a.md", PAGE.replace("the file", "\x1b[31mthe file\x1b]8;;http://x\x07"))
    assert b"\x1b" not in docbot("review", "--diff", "HEAD", work.root).out


class TestPulls:
    @pytest.fixture
    def clone(self, work: Builder, tmp_path: Path) -> Builder:
        """A clone of docs with a pull request that the working tree doesn't have."""
        work.git("checkout", "-q", "-b", "theirs")
        work.commit(message="a change")
        work.git("update-ref", "refs/pull/7/head", "HEAD")
        work.git("checkout", "-q", "main")
        return work.clone(tmp_path / "clone")

    def test_onto_another_branch(self, docbot: Docbot, clone: Builder) -> None:
        ran = docbot("review", "7", clone.root, "--base", "origin/theirs")
        assert ran.out.decode().startswith("0 hunks since ")
        ran = docbot("review", "7", clone.root, "--base", "theirs")
        assert ran.out.decode().startswith("0 hunks since ")
        ran = docbot("review", "7", clone.root, "--base", "nothing")
        assert ran.sentence.endswith("no commit 'nothing' here: fetch it, or name another with --base")

    def test_by_number(self, docbot: Docbot, clone: Builder) -> None:
        ran = docbot("review", "7", clone.root)
        assert ran.code == 0
        assert ran.out.decode().startswith("don't: a.md:3 (edited)\n    new: doubled-word")
        assert clone.git("status", "--short") == ""

    def test_one_that_is_not_there(self, docbot: Docbot, clone: Builder) -> None:
        ran = docbot("review", "8", clone.root)
        assert ran.code == 4
        assert "has no pull request 8: check the number" in ran.sentence

    @pytest.mark.parametrize("pull", ["main", "7x", "https://example.com/a/b/issues/7", "--", "../7"])
    def test_what_is_none(self, docbot: Docbot, clone: Builder, pull: str) -> None:
        assert docbot("review", "--", pull, clone.root).code == 2

    def test_of_another_repository(self, docbot: Docbot, clone: Builder) -> None:
        ran = docbot("review", "https://github.com/somebody/else/pull/7", clone.root)
        assert ran.code == 2
        assert "no remote of this clone has the pull request" in ran.sentence

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--diff", "HEAD", "--post"), "give its number or URL instead of --diff"),
            (("7", "--dry-run"), "are about what --post sends: give it, too"),
            (("7", "--post", "--offline"), "--offline asks nobody: give one of them"),
            (("7", "--comments", "3"), "are about what --post sends: give it, too"),
        ],
    )
    def test_posting_needs_a_pull_request(
        self, docbot: Docbot, clone: Builder, arguments: tuple[str, ...], said: str
    ) -> None:
        place = () if "--diff" in arguments else (clone.root,)
        ran = docbot("review", *arguments, *place)
        assert ran.code == 2
        assert ran.sentence.endswith(said)

    @pytest.mark.parametrize("most", ["-1", "21", "x"])
    def test_there_are_as_many_remarks_as_github_takes(
        self, docbot: Docbot, clone: Builder, most: str
    ) -> None:
        assert docbot("review", "7", clone.root, "--post", "--comments", most).code == 2
