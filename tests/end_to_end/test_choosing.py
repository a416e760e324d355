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
    good = json.dumps(chosen)
    chosen["fix"]["edits"][0]["new"] = "rm -rf"  # type: ignore[index]
    for tampered in (json.dumps(chosen), good.replace(str(chosen["fingerprint"]), "0123456789abcdef")):
        file.write_text(tampered + "\n", "utf-8")
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


def test_t09_what_moved_since_it_was_analysed_is_found_again_and_what_changed_is_dropped(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "drafts.jsonl"
    [chosen] = [line for line in drafts_of(desk, file) if line["rule"] == "doubled-word"]
    file.write_text(json.dumps(chosen) + "\n", "utf-8")
    path = str(chosen["path"])
    page = desk.hub.repository(DOCS).git("show", f"main:{path}") + "\n"
    head, _, rest = page.partition("\n\n")
    moved = head + "\n\n" + "More.\n\n" * 20 + rest
    desk.hub.person("lantern-team").push(DOCS, "main", {path: moved.encode()}, "Say more")
    ran = desk.propose("--yes", "--dry-run", "--from", str(file))
    assert ran.code == 0, ran.err
    assert f"line {int(str(chosen['line'])) + 40}" in ran.out
    said = "no longer drafts what the file says"
    assert said not in ran.err
    assert "the the" in moved
    changed = moved.replace("the the installer", "any installer")
    desk.hub.person("lantern-team").push(DOCS, "main", {path: changed.encode()}, "Say it otherwise")
    ran = desk.propose("--yes", "--from", str(file))
    assert (ran.code, said in ran.err) == (0, True)
    assert desk.hub.writes == []


def test_t19_every_change_shows_its_rule_its_proof_and_how_to_check_it(desk: Desk) -> None:
    shown: list[str] = []
    for rule in ("doubled-word", "file-not-found"):
        assert desk.propose("--yes", "--rule", rule).code == 0
        shown.append(desk.hub.pulls(DOCS)[-1].body or "")
    language, links = shown
    for body in shown:
        changes = body.partition("### Changes\n")[2].partition("### Not wanted?")[0].split("#### ")[1:]
        assert changes
        assert all("- Rule: `" in change and ", confidence " in change for change in changes)
        proofs = body.count("\n- **")
        assert proofs == body.count("Check it in a minute: ") > 0
    assert "54 of 54 places right" in language
    assert "`git show --stat -M" in links
