"""T43 for every verb: in a workflow nothing of the docs' text is a command, and outside nothing changes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import process
from tests.helpers.git import Builder

COMMAND = re.compile(r"\A\s*::|##\[")
VERBS = (
    ("scan",),
    ("scan", "--format", "jsonl"),
    ("scan", "--format", "rdjson"),
    ("scan", "--format", "sarif"),
    ("draft",),
    ("draft", "--format", "jsonl"),
    ("propose", "--dry-run", "--offline", "--unsafe"),
    ("review", "--diff", "HEAD~1"),
    ("review", "--diff", "HEAD~1", "--format", "jsonl"),
    ("doctor", "--offline"),
)
PAGE = """# ::set-output name=a::b

 ::stop-commands::x
Open the the file ##[error]now.
 ::add-mask::file

See [it ##[warning]](::gone.md).
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    docs = Builder.init(tmp_path_factory.mktemp("hostile") / "docs")
    docs.commit({"a.md": "# A\n", "README.md": "# Docs\n"})
    docs.commit({"a.md": PAGE, "::error::b.md": PAGE, "##[c.md": b"# \xff\n", "::d.md": b"# \xff\n"})
    return docs.root


def lines(verb: tuple[str, ...], root: Path, in_workflow: str) -> list[str]:
    with process(*verb, root, GITHUB_ACTIONS=in_workflow) as started:
        out, err = started.communicate(timeout=120)
    assert b"this is a bug" not in err
    return re.split(r"\r\n|\r|\n", (out + b"\n" + err).decode())


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_t43_no_verb_lets_docs_text_command_a_runner(verb: tuple[str, ...], hostile: Path) -> None:
    guarded = lines(verb, hostile, "true")
    assert [line for line in guarded if COMMAND.search(line)] == []
    open_ = lines(verb, hostile, "")
    assert len(guarded) == len(open_)
    if "jsonl" in verb:
        assert [json.loads(line) for line in guarded if line.startswith("{")] == [
            json.loads(line) for line in open_ if line.startswith("{")
        ]


@pytest.mark.parametrize(
    "verb", [("draft",), ("scan",), ("propose", "--dry-run", "--offline", "--unsafe")], ids=" ".join
)
def test_the_docs_here_would_command_one(verb: tuple[str, ...], hostile: Path) -> None:
    """Else the test above shows nothing."""
    assert any(COMMAND.search(line) for line in lines(verb, hostile, ""))


def test_annotations_are_commands(hostile: Path) -> None:
    found = [line for line in lines(("scan", "--format", "github"), hostile, "true") if COMMAND.search(line)]
    assert found
    assert all(re.match(r"::(error|warning|notice) file=", line) for line in found)
