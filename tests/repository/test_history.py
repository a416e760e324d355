from __future__ import annotations

import os
from pathlib import Path

import pytest

from docbot.repository import environment
from docbot.repository.history import path_history
from docbot.repository.values import Commit, PathHistory
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
PAGE = "".join(f"line {n} of a page that is long enough to be known again\n" for n in range(20))


def history(repository: Builder) -> PathHistory:
    """The history, of which nothing may be out of sight."""
    warnings: list[str] = []
    found = path_history(Worktree.open(repository.root), warnings.append)
    assert warnings == []
    return found


def followed(found: PathHistory, path: str) -> list[str]:
    """Where the newest rename of each path leads, step by step."""
    steps: list[str] = []
    while moves := found.moves.get(path):
        path = moves[0].path
        steps.append(path)
    return steps


def moved(found: PathHistory, path: str) -> list[tuple[str, str]]:
    return [(move.path, move.commit.id) for move in found.moves.get(path, ())]


def test_no_commit_no_history(docs: Builder) -> None:
    assert history(docs) == PathHistory()


def test_renames_with_date_and_similarity(docs: Builder) -> None:
    docs.commit({"a.md": PAGE, "a.png": b"\x89PNG\0" * 40})
    pure = docs.rename("a.png", "media/b.png")
    docs.write("a.md", PAGE.replace("line 3 ", "line three "))
    edited = docs.rename("a.md", "b.md")
    found = history(docs)
    assert found.moves["a.png"][0].similarity == 100
    assert found.moves["a.png"][0].commit == Commit(pure[:10], "2024-01-02")
    assert moved(found, "a.md") == [("b.md", edited[:10])]
    assert 50 < found.moves["a.md"][0].similarity < 100
    assert (found.deletions, found.complete) == ({}, True)


def test_chains_end_where_the_content_is_now(docs: Builder) -> None:
    docs.commit({"a.md": PAGE})
    for old, new in (("a.md", "b.md"), ("b.md", "x/c.md"), ("x/c.md", "d.md")):
        docs.rename(old, new)
    assert followed(history(docs), "a.md") == ["b.md", "x/c.md", "d.md"]


def test_the_newest_rename_of_a_path_comes_first(docs: Builder) -> None:
    docs.commit({"a.md": PAGE})
    first = docs.rename("a.md", "b.md")
    docs.commit({"a.md": PAGE.upper()})
    second = docs.rename("a.md", "c.md")
    assert moved(history(docs), "a.md") == [("c.md", second[:10]), ("b.md", first[:10])]


def test_the_newest_deletion_counts_and_a_rename_is_none(docs: Builder) -> None:
    docs.commit({"a.md": PAGE, "b.md": PAGE.upper()})
    docs.delete("a.md")
    docs.commit({"a.md": PAGE})
    newest = docs.delete("a.md")
    docs.rename("b.md", "c.md")
    assert history(docs).deletions == {"a.md": Commit(newest[:10], "2024-01-04")}


def test_a_rename_on_a_merged_branch_is_found(docs: Builder) -> None:
    docs.commit({"a.md": PAGE, "x.md": "x\n"})
    docs.git("switch", "-qc", "topic")
    rename = docs.rename("a.md", "b.md")
    deletion = docs.delete("x.md")
    docs.git("switch", "-q", "main")
    docs.commit({"other.md": "o\n"})
    docs.merge("topic")
    found = history(docs)
    assert moved(found, "a.md") == [("b.md", rename[:10])]
    assert found.deletions["x.md"].id == deletion[:10]


def test_a_rename_that_changes_case_only(docs: Builder) -> None:
    docs.commit({"Foo.md": PAGE})
    docs.git("mv", "Foo.md", "foo.md")
    docs.commit()
    assert followed(history(docs), "Foo.md") == ["foo.md"]


def test_two_empty_files_are_no_rename(docs: Builder) -> None:
    docs.commit({"a/.gitkeep": "", "page.md": PAGE})
    (docs.root / "a/.gitkeep").unlink()
    docs.commit({"b/other": ""})
    found = history(docs)
    assert found.moves == {}
    assert list(found.deletions) == ["a/.gitkeep"]


def test_a_large_move_with_edits_is_followed(docs: Builder) -> None:
    count = 1100  # More than git's own limit of 1,000.
    bodies = {n: "".join(f"page {n} line {line}\n" for line in range(12)) for n in range(count)}
    docs.commit({f"old/p{n}.md": body for n, body in bodies.items()})
    for n in range(count):
        (docs.root / f"old/p{n}.md").unlink()
    docs.commit({f"new/q{n}-x.md": body + f"moved {n}\n" for n, body in bodies.items()})
    found = history(docs)
    assert len(found.moves) == count
    assert found.moves["old/p7.md"][0].path == "new/q7-x.md"


@posix
def test_names_that_git_would_quote(docs: Builder) -> None:
    names = ["a b.md", "-x.md", "ü.md", 'q"q.md', "n\nl.md", "t\tt.md", "D", "R100", "0" * 40 + " 2024-01-01"]
    docs.commit({name: name * 30 for name in names})
    for name in names:
        docs.rename(name, f"to/{name}")
    for name in names:
        docs.delete(f"to/{name}")
    found = history(docs)
    assert {old: moves[0].path for old, moves in found.moves.items()} == {n: f"to/{n}" for n in names}
    assert set(found.deletions) == {f"to/{name}" for name in names}


@posix
def test_settings_of_the_user_change_nothing(docs: Builder) -> None:
    docs.commit({"docs/a.md": PAGE})
    docs.sign_with("cat > /dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo SIGNATURE; echo good >&2")
    rename = docs.rename("docs/a.md", "docs/b.md")
    for key, value in {
        "diff.renames": "false",
        "log.showSignature": "true",
        "log.follow": "true",
        "diff.relative": "true",
        "color.ui": "always",
        "diff.external": "false",
        "diff.noprefix": "true",
        "log.date": "relative",
        "format.pretty": "oneline",
    }.items():
        docs.git("config", key, value)
    found = path_history(Worktree.open(docs.root / "docs"))
    assert moved(found, "docs/a.md") == [("docs/b.md", rename[:10])]


def test_a_shallow_clone_is_not_complete(docs: Builder, tmp_path: Path) -> None:
    docs.commit({"a.md": PAGE, "b.md": PAGE.upper()})
    docs.rename("a.md", "c.md")
    newest = docs.rename("b.md", "d.md")
    clone = docs.clone(tmp_path / "clone", "--depth=2")
    warnings: list[str] = []
    found = path_history(Worktree.open(clone.root), warnings.append)
    assert not found.complete
    assert (moved(found, "b.md"), moved(found, "a.md")) == ([("d.md", newest[:10])], [])
    assert [warning for warning in warnings if "git fetch --unshallow" in warning] == warnings != []


@pytest.mark.parametrize("version", ["this git", "a git that doesn't know the switch"])
def test_a_partial_clone_fetches_nothing(
    docs: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    if version != "this git":
        monkeypatch.delitem(environment._NOT_LAZY, "GIT_NO_LAZY_FETCH")
    docs.commit({"a.md": PAGE, "b.md": PAGE.upper(), "gone.md": "g\n"})
    docs.rename("a.md", "c.md")
    docs.write("b.md", PAGE.upper() + "edited\n")
    docs.rename("b.md", "d.md")
    docs.delete("gone.md")
    docs.commit({"d.md": PAGE.upper() + "edited again\n"})
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none")
    missing = clone.missing()
    assert len(missing) == 3
    warnings: list[str] = []
    found = path_history(Worktree.open(clone.root), warnings.append)
    assert clone.missing() == missing
    assert found.complete
    assert followed(found, "a.md") == ["c.md"]
    assert set(found.deletions) == {"b.md", "gone.md"}
    assert [warning for warning in warnings if "without `--filter`" in warning] == warnings != []


def test_a_missing_blob_costs_only_renames_with_an_edit(docs: Builder) -> None:
    first = docs.commit({"a.md": PAGE, "b.md": PAGE.upper()})
    docs.write("a.md", PAGE + "edited\n")
    docs.rename("a.md", "c.md")
    docs.rename("b.md", "d.md")
    docs.lose(docs.blob(first, "a.md"))
    warnings: list[str] = []
    found = path_history(Worktree.open(docs.root), warnings.append)
    assert followed(found, "b.md") == ["d.md"]
    assert (list(found.deletions), found.complete) == (["a.md"], True)
    assert len(warnings) == 1


@pytest.mark.parametrize("what", ["{}^{{tree}}", "{}"])
def test_a_missing_tree_or_commit_ends_history_there(docs: Builder, what: str) -> None:
    docs.commit({"a.md": PAGE, "b.md": PAGE.upper()})
    docs.rename("a.md", "c.md")
    lost = docs.commit({"other.md": "o\n"})
    docs.commit({"other.md": "p\n"})
    newest = docs.rename("b.md", "d.md")
    docs.lose(docs.git("rev-parse", what.format(lost)))
    warnings: list[str] = []
    found = path_history(Worktree.open(docs.root), warnings.append)
    assert not found.complete
    assert (moved(found, "b.md"), moved(found, "a.md")) == ([("d.md", newest[:10])], [])
    assert len(warnings) == 1
    assert "git fsck" in warnings[0]


def test_a_missing_head_is_no_crash(docs: Builder) -> None:
    docs.lose(docs.commit({"a.md": PAGE}))
    warnings: list[str] = []
    assert not path_history(Worktree.open(docs.root), warnings.append).complete
    assert len(warnings) == 1


@pytest.mark.parametrize("back", [0, 1, 2, 4])
def test_what_is_known_of_an_earlier_commit_is_gone_on_from(docs: Builder, back: int) -> None:
    docs.commit({"a.md": PAGE, "b.md": PAGE.upper()})
    docs.rename("a.md", "c.md")
    docs.delete("b.md")
    docs.commit({"a.md": PAGE, "b.md": "again\n"})
    docs.rename("a.md", "d.md")
    docs.delete("b.md")
    every = history(docs)
    newest = docs.head()
    docs.git("checkout", "-q", f"HEAD~{back}")
    earlier, known = docs.head(), history(docs)
    docs.git("checkout", "-q", newest)
    found = path_history(Worktree.open(docs.root), after=earlier, known=known)
    assert found == every
