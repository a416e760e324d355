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


def test_it_says_what_is_missing(docbot: Docbot, work: Builder) -> None:
    ran = docbot("review", work.root)
    assert ran.code == 2
    assert ran.sentence.endswith("say what to review against: `docbot review --diff main`")


def test_docs_text_steers_no_terminal(docbot: Docbot, work: Builder) -> None:
    work.write("a.md", PAGE.replace("the file", "\x1b[31mthe file\x1b]8;;http://x\x07"))
    assert b"\x1b" not in docbot("review", "--diff", "HEAD", work.root).out
