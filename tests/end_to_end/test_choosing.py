"""`--from`, fingerprints and hostile docs: what is chosen is what goes, in docbot's own words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.conftest import DOCS, FORK, WRITER, Desk
from tests.reporters.github_reads import REFERENCES, done_by, outside_code


def drafts_of(desk: Desk, file: Path) -> list[dict[str, object]]:
    """docbot's drafts, as another job of a workflow would leave them in a file."""
    ran = desk.docbot("draft", str(desk.clone.root), "--format", "jsonl")
    assert ran.code == 0, ran.err
    file.write_text(ran.out, "utf-8")
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_file_of_drafts_chooses(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    lines = drafts_of(desk, file)
    [chosen] = [line for line in lines if line["rule"] == "doubled-word"]
    file.write_text(json.dumps(chosen) + "\n", "utf-8")
    ran = desk.propose("--yes", "--from", str(file))
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    assert "doubled-word" in pull.head
    assert str(chosen["fingerprint"]) in (pull.body or "")


def test_a_file_of_drafts_only_chooses(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    lines = drafts_of(desk, file)
    [chosen] = [line for line in lines if line["rule"] == "doubled-word"]
    chosen["fix"]["edits"][0]["new"] = "rm -rf"  # type: ignore[index]
    file.write_text(json.dumps(chosen) + "\n", "utf-8")
    ran = desk.propose("--yes", "--from", str(file))
    assert ran.code == 0
    assert "doubled-word no longer drafts what the file says: draft again" in ran.err
    assert "There is nothing to propose." in ran.err
    file.write_text("{nonsense\n", "utf-8")
    assert desk.propose("--yes", "--from", str(file)).code == 2
    assert desk.propose("--yes", "--from", str(tmp_path / "none.jsonl")).code == 2
    assert desk.hub.writes == []


HOSTILE = """# @octocat fixes #1

Closes #2, GH-3 and lantern-team/lantern-docs#4 by @lantern-team/all in the the issue
https://github.com/lantern-team/lantern-docs/issues/5 as [it](https://github.com/o/r/pull/6 "@octocat")
said &commat;octocat. - [ ] **Box:** <!-- docbot:end --> <!-- docbot:marker {} -->
"""


def test_t25_hostile_docs_call_nobody(desk: Desk) -> None:
    files: dict[str, bytes | None] = {"docs/@octocat fixes #7.md": HOSTILE.encode()}
    desk.hub.person("lantern-team").push(DOCS, "main", files, "Add a page")
    ran = desk.propose("--yes", "--path", "docs/@octocat fixes #7.md")
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    body = pull.body or ""
    assert body.count("<!-- docbot:marker ") == 1
    message = desk.hub.repository(FORK).git("log", "-1", "--format=%B", pull.head)
    for text in (pull.title, message):
        assert done_by(text, REFERENCES) == []
    prose = outside_code(body)
    assert "What a reader has today" in prose
    assert done_by(prose, REFERENCES) == []
    desk.hub.log.clear()
    assert desk.propose("--yes", "--path", "docs/@octocat fixes #7.md").out.startswith("unchanged: #")
    assert desk.hub.writes == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_t22_line_ends_and_everything_else_stay(desk: Desk, end: str) -> None:
    page = end.join(["\ufeff# Odd  ", "", "In the the end.  ", "\tlast"]).encode()
    attributes = b"*.md -text\n"
    files: dict[str, bytes | None] = {"docs/odd.md": page, ".gitattributes": attributes}
    desk.hub.person("lantern-team").push(DOCS, "main", files, "Add a page")
    ran = desk.propose("--yes", "--path", "docs/odd.md")
    assert ran.code == 0, ran.err
    [pull] = desk.hub.pulls(DOCS)
    fork = desk.hub.repository(FORK)
    stored = fork.bare.git("cat-file", "blob", f"{pull.head}:docs/odd.md")
    assert stored.encode().rstrip(b"\n") == page.replace(b"the the", b"the").rstrip(b"\n")
    assert fork.git("diff", "--stat", f"{pull.head}^", pull.head).count("|") == 1
    assert pull.user.login == WRITER
