"""`docbot draft` from end to end."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from docbot.reporters.jsonl_reader import read_drafts
from tests.cli.conftest import Docbot
from tests.helpers.git import Builder

PAGES: dict[str, str | bytes] = {
    "lf.md": "# Title\n\nOpen the the file.\n",
    "crlf.md": b"# Title\r\n\r\nOpen the the file.\r\nMore.",
    "bom é.md": b"\xef\xbb\xbfOpen the the file.",
    "fine.md": "# Fine\n",
    "refused.md": "# Open the the file\n\n[x](#open-the-the-file)\n",
}


@pytest.fixture
def docs(docs: Builder) -> Builder:
    docs.commit({".gitattributes": "*.md -text\n", **PAGES})
    return docs


def contents(docs: Builder) -> dict[str, bytes]:
    return {name: (docs.root / name).read_bytes() for name in PAGES}


def test_nothing_is_written_unless_asked_for(docbot: Docbot, docs: Builder) -> None:
    before = docs.snapshot()
    for arguments in ([], ["--format", "jsonl"], ["--format", "diff"]):
        ended = docbot("draft", *arguments, docs.root)
        assert ended.code == 0
        assert ended.sentence == (
            "3 drafts passed every gate, 0 of them unsafe; 1 refused; 0 held; 0 findings without a fix"
        )
    assert docs.snapshot() == before


def test_the_diff_is_what_apply_writes(docbot: Docbot, docs: Builder) -> None:
    patch = docbot("draft", docs.root).out
    subprocess.run(("git", "apply", "--whitespace=nowarn"), cwd=docs.root, input=patch, check=True)
    by_patch = contents(docs)
    docs.git("checkout", "-q", ".")
    ended = docbot("draft", "--apply", docs.root)
    assert ended.code == 0
    assert "Wrote 3 files." in ended.err
    assert contents(docs) == by_patch
    assert by_patch["crlf.md"] == b"# Title\r\n\r\nOpen the file.\r\nMore."
    assert by_patch["bom é.md"] == b"\xef\xbb\xbfOpen the file."
    assert by_patch["refused.md"] == str(PAGES["refused.md"]).encode()
    again = docbot("draft", "--apply", docs.root)
    assert "Wrote 0 files." in again.err
    assert contents(docs) == by_patch


def test_jsonl_holds_every_draft_with_its_verdicts(docbot: Docbot, docs: Builder) -> None:
    out = docbot("draft", "--format", "jsonl", docs.root).out
    drafts = read_drafts(out.splitlines())
    assert [draft.passed for draft in drafts] == [True, True, True, False]
    assert all(len(draft.verdicts) > 5 for draft in drafts)


def test_findings_from_a_file_are_drafted(docbot: Docbot, docs: Builder, tmp_path: Path) -> None:
    file = tmp_path / "findings.jsonl"
    docbot("scan", "--format", "jsonl", "-o", file, docs.root)
    expected = docbot("draft", docs.root).out
    assert docbot("draft", "--from", file, docs.root).out == expected
    first = file.read_text("utf-8").splitlines()[0]
    file.write_text(first, "utf-8")
    assert len(docbot("draft", "--from", file, "--format", "jsonl", docs.root).out.splitlines()) == 1


def test_findings_of_another_repository_are_told_apart(docbot: Docbot, docs: Builder, tmp_path: Path) -> None:
    file = tmp_path / "findings.jsonl"
    docbot("scan", "--format", "jsonl", "-o", file, docs.root)
    other = Builder.init(tmp_path / "other")
    other.commit({"lf.md": "# Another page\n"})
    ended = docbot("draft", "--from", file, other.root)
    assert (ended.code, ended.out) == (0, b"")
    said = ended.err.strip().split("\n")
    assert sorted(said[:-1]) == [
        f"{name}: doubled-word no longer finds what the file says: scan again"
        for name in ("bom é.md", "crlf.md", "lf.md", "refused.md")
    ]


def test_what_a_file_says_cannot_steer_the_terminal(docbot: Docbot, docs: Builder, tmp_path: Path) -> None:
    file = tmp_path / "findings.jsonl"
    docbot("scan", "--format", "jsonl", "-o", file, docs.root)
    line = json.loads(file.read_text("utf-8").splitlines()[0])
    file.write_text(json.dumps(line | {"path": "a\x1b[2J\n.md"}), "utf-8")
    err = docbot("draft", "--from", file, docs.root).err
    assert "\x1b" not in err
    assert "a[2J .md: doubled-word no longer finds" in err


@pytest.mark.parametrize("text", ["no json", '{"kind":"finding"}', ""])
def test_a_file_that_is_none_of_ours(docbot: Docbot, docs: Builder, tmp_path: Path, text: str) -> None:
    file = tmp_path / "findings.jsonl"
    file.write_text(text)
    ended = docbot("draft", "--from", file, docs.root)
    if text:
        assert ended.code == 2
        assert "write the file again with `docbot scan --format jsonl`" in ended.sentence
    else:
        assert (ended.code, ended.out) == (0, b"")
    missing = docbot("draft", "--from", tmp_path / "none", docs.root)
    assert (missing.code, "name a file of findings" in missing.sentence) == (2, True)


def test_one_rule_alone_is_drafted_and_judged_by_all(docbot: Docbot, docs: Builder) -> None:
    docs.write("a.md", "Open the the file in [x](FINE.md).\n")
    for rule, edited in (
        ("doubled-word", b"Open the file in [x](FINE.md)"),
        ("wrong-case-link", b"the the file in [x](fine.md)"),
    ):
        ended = docbot("draft", "--rule", rule, docs.root / "a.md")
        assert edited in ended.out
        assert ended.err.startswith("1 draft passed every gate, 0 of them unsafe; 0 refused")


def test_questions_follow_the_drafts(docbot: Docbot, docs: Builder) -> None:
    docs.commit(
        {"a.md": "# The guide\n\n" + "See [a](lf.md#title).\n\n" * 60, "b.md": "Click [here](a.md).\n"}
    )
    ended = docbot("draft", docs.root)
    assert "0 held; 1 question; 0 findings without a fix" in ended.err
    said = ended.out.decode()
    assert "# b.md:1:7 vague-link-text\n" in said
    assert "#   - The guide\n" in said
    assert said.index("+Open the file.") < said.index("# questions")
    subprocess.run(("git", "apply", "--whitespace=nowarn"), cwd=docs.root, input=ended.out, check=True)
    assert (docs.root / "b.md").read_text("utf-8") == "Click [here](a.md).\n"


def test_questions_of_a_drafts_file_are_passed_over(docbot: Docbot, docs: Builder) -> None:
    docs.commit(
        {"a.md": "# The guide\n\n" + "See [a](lf.md#title).\n\n" * 60, "b.md": "Click [here](a.md).\n"}
    )
    lines = docbot("draft", "--format", "jsonl", docs.root).out.splitlines()
    assert len(lines) == 5
    last = json.loads(lines[-1])
    assert (last["path"], last["fix"], "verdicts" in last) == ("b.md", None, False)
    assert len(read_drafts(lines)) == 4
