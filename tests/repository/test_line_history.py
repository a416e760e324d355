"""Who last wrote each line, held against `git blame`, and what may go wrong on the way there."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest

from docbot.errors import RepositoryError
from docbot.repository import history_commands
from docbot.repository.git import Git
from docbot.repository.line_history import Kept, as_committed, ignored_commits, line_history
from docbot.repository.values import LineHistory
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
PAGE = "".join(f"line {n} of a page that is long enough to be known again\n" for n in range(20))


def followed(
    docs: Builder, kept: Kept | None = None, ignored: tuple[str, ...] = (), *, warned: int = 0
) -> Kept:
    """The history, with so many warnings."""
    warnings: list[str] = []
    found = line_history(Worktree.open(docs.root), ignored, kept, warnings.append)
    assert len(warnings) == warned
    return found


def blamed(docs: Builder, path: str) -> list[str]:
    out = docs.git("blame", "--first-parent", "--porcelain", "--", path)
    return [found[:10] for found in re.findall(r"^([0-9a-f]{40}) \d+ \d+", out, re.M)]


def written(history: LineHistory, path: str) -> list[str]:
    """The commit of every line, as the history has it."""
    count = len(history.lines[path]) // 4
    commits = [history.written(path, line) for line in range(1, count + 1)]
    return [commit.id for commit in commits if commit]


def assert_as_blamed(docs: Builder, kept: Kept) -> None:
    paths = [path for path in docs.git("ls-files", "-z").split("\0") if path.endswith(".md")]
    assert set(kept.history.lines) == set(paths)
    for path in paths:
        if docs.git("cat-file", "-s", f"HEAD:{path}") != "0":
            assert written(kept.history, path) == blamed(docs, path), path


def test_no_commit_no_lines(docs: Builder) -> None:
    assert followed(docs) == Kept("", LineHistory())


@pytest.mark.parametrize("seed", range(4))
def test_every_line_is_as_blamed_and_continuing_changes_nothing(docs: Builder, seed: int) -> None:
    chance = random.Random(seed)
    docs.commit(
        {f"p{n}.md": "".join(f"p{n} {line} {chance.random()}\n" for line in range(30)) for n in range(3)}
    )
    kept: Kept | None = None
    for step in range(24):
        _change(docs, chance, step)
        if step % 5 == 0:
            kept = followed(docs, kept)
    anew = followed(docs)
    assert followed(docs, kept) == anew
    assert_as_blamed(docs, anew)


def _change(docs: Builder, chance: random.Random, step: int) -> None:
    names = [path for path in docs.git("ls-files", "-z").split("\0") if path.endswith(".md")]
    name = chance.choice(names)
    what = chance.choice(["edit", "edit", "edit", "rename", "merge", "new", "delete"])
    if what == "rename":
        docs.rename(name, f"r{step}/{step}.md")
    elif what == "new" or len(names) < 3:
        docs.commit({f"new{step}.md": "".join(f"new {step} {n} {chance.random()}\n" for n in range(15))})
    elif what == "delete":
        docs.delete(name)
    elif what == "merge":
        docs.git("switch", "-qc", f"topic{step}")
        docs.commit({name: _edited(docs, name, chance, step)})
        docs.git("switch", "-q", "main")
        docs.commit({f"beside{step}.md": f"beside {step}\n"})
        docs.merge(f"topic{step}")
    else:
        docs.commit({name: _edited(docs, name, chance, step)})


def _edited(docs: Builder, name: str, chance: random.Random, step: int) -> str:
    lines = (docs.root / name).read_text().splitlines(keepends=True)
    for number in range(chance.randrange(1, 4)):
        at = chance.randrange(len(lines) + 1)
        lines[at : at + chance.randrange(3)] = [
            f"step {step}.{number}.{n} {chance.random()}\n" for n in range(chance.randrange(3))
        ]
    return "".join(lines) or f"emptied {step}\n"


def test_a_bulk_commit_is_no_care_but_a_birth_is(docs: Builder) -> None:
    first = docs.commit({"a.md": "one\ntwo\n"})
    docs.commit({"a.md": "One\ntwo\nnew\n", **{f"more/{n}.md": f"{n}\n" for n in range(100)}})
    history = followed(docs).history
    assert [commit[:4] for commit in written(history, "a.md")] == [first[:4], first[:4], docs.head()[:4]]
    assert history.commits[-1].bulk
    assert not history.commits[0].bulk


def test_copies_in_version_folders_are_one_page(docs: Builder) -> None:
    docs.commit({f"v{n}/a.md": f"{n}\n" for n in range(150)})
    [commit] = followed(docs).history.commits
    assert (commit.pages, commit.bulk) == (1, False)


def test_a_commit_that_the_repository_says_to_ignore_is_no_care(docs: Builder) -> None:
    first = docs.commit({"a.md": "one\n"})
    sweep = docs.commit({"a.md": "One\n"})
    docs.commit({".git-blame-ignore-revs": f"# sweeps\n{sweep}  # case\nnot an id\n{'f' * 39}\n"})
    ignored = ignored_commits(Worktree.open(docs.root))
    assert ignored == (sweep,)
    assert written(followed(docs, ignored=ignored).history, "a.md") == [first[:10]]
    assert written(followed(docs).history, "a.md") == [sweep[:10]]


def test_taking_lines_away_is_an_edit_of_what_stands_before_them(docs: Builder) -> None:
    first = docs.commit({"a.md": "one\ntwo\nthree\n"})
    docs.commit({"a.md": "one\nthree\n"})
    history = followed(docs).history
    assert written(history, "a.md") == [first[:10]] * 2
    assert [history.edits[edit].commit for edit in sorted(history.edits_of("a.md", 1, 1))] == [0, 1]
    assert [history.edits[edit].commit for edit in sorted(history.edits_of("a.md", 2, 2))] == [0]


@pytest.mark.parametrize(
    ("before", "after", "fact"),
    [
        ("Install version 7.2.", "Install version 7.4.", True),
        ("See [it](a.md).", "See [it](b.md).", True),
        ("Run `a`.", "Run `b`.", True),
        ("Needs 2 of them.", "Needs two of them.", True),
        ("Open it.", "Open the file.", False),
        ("Version 7.2 is here.", "Here is version 7.2.", False),
    ],
)
def test_an_edit_of_a_fact_is_told_from_one_of_words(
    docs: Builder, before: str, after: str, fact: bool
) -> None:
    docs.commit({"a.md": f"# A\n\n{before}\n"})
    docs.commit({"a.md": f"# A\n\n{after}\n"})
    history = followed(docs).history
    assert [history.edits[edit].fact for edit in sorted(history.edits_of("a.md", 3, 3))] == [False, fact]


def test_an_octopus_merge(docs: Builder) -> None:
    docs.commit({"a.md": PAGE})
    for name in ("x", "y", "z"):
        docs.git("switch", "-qc", name, "main")
        docs.commit({f"{name}.md": f"{name}\n"})
    docs.git("switch", "-q", "main")
    docs.git("merge", "-q", "-m", "octopus", "x", "y", "z")
    assert len(docs.git("rev-parse", "HEAD^@").split()) >= 3
    kept = followed(docs)
    assert_as_blamed(docs, kept)
    assert written(kept.history, "y.md") == [docs.head()[:10]]


def test_names_that_go_round_in_one_commit(docs: Builder) -> None:
    pages = {name: "".join(f"{name} {n} {name * 9}\n" for n in range(20)) for name in ("a", "b", "c")}
    docs.commit({f"{name}.md": body for name, body in pages.items()})
    docs.commit({"a.md": pages["c"] + "more\n", "b.md": pages["a"], "c.md": pages["b"]})
    docs.git("config", "diff.renames", "copies")
    assert_as_blamed(docs, followed(docs))


@pytest.mark.parametrize("last", ["a.md", "d.md"])
def test_each_page_moves_into_the_place_of_the_next(docs: Builder, last: str) -> None:
    docs.commit({f"{name}.md": PAGE.replace("line", name * 9) for name in ("a", "b", "c")})
    for old, new in (("c", "last"), ("b", "c"), ("a", "b"), ("last", last.removesuffix(".md"))):
        docs.git("mv", f"{old}.md", f"{new}.md")
    docs.commit()
    assert_as_blamed(docs, followed(docs))


def test_a_rename_that_changes_case_only(docs: Builder) -> None:
    first = docs.commit({"Foo.md": PAGE})
    docs.rename("Foo.md", "foo.md")
    history = followed(docs).history
    assert list(history.lines) == ["foo.md"]
    assert written(history, "foo.md") == [first[:10]] * 20


def test_a_page_that_was_utf_16_for_a_while(docs: Builder) -> None:
    docs.commit({"a.md": PAGE})
    docs.commit({"a.md": PAGE.encode("utf-16")})
    last = docs.commit({"a.md": PAGE})
    history = followed(docs).history
    assert written(history, "a.md") == [last[:10]] * 20


def test_a_page_becomes_a_link_and_a_page_again(docs: Builder) -> None:
    docs.commit({"a.md": PAGE, "b.md": PAGE.upper()})
    blob = docs.git("hash-object", "-w", "--stdin", data=b"b.md")
    docs.git("update-index", "--cacheinfo", f"120000,{blob},a.md")
    docs.git("commit", "-qm", "link")
    docs.git("checkout", "-q", "--", ".")
    (docs.root / "a.md").unlink()
    docs.commit({"a.md": "back\n" + PAGE})
    kept = followed(docs)
    assert_as_blamed(docs, kept)


def test_a_submodule_named_like_a_page(docs: Builder) -> None:
    first = docs.commit({"a.md": PAGE})
    docs.git("update-index", "--add", "--cacheinfo", f"160000,{first},sub.md")
    docs.git("commit", "-qm", "submodule")
    docs.commit({"b.md": "b\n"})
    history = followed(docs).history
    assert written(history, "a.md") == [first[:10]] * 20


def test_a_line_without_an_end_and_carriage_returns(docs: Builder) -> None:
    docs.commit({"a.md": "one\r\ntwo\r\nlast"})
    docs.commit({"a.md": "one\r\ntwo\r\nlast\r\nnew"})
    assert_as_blamed(docs, followed(docs))


def test_text_that_looks_like_a_patch(docs: Builder) -> None:
    docs.commit({"a.md": "diff --git a/x.md b/x.md\n@@ -1 +1 @@\n--- a/a.md\n+++ b/b.md\n\\ No newline\n"})
    docs.commit({"a.md": "@@ -1,9 +1,9 @@\n-- a\n++ b\nrename from a\nnew file mode 1\n\\ No newline"})
    docs.commit({"a.md": "\0" + "f" * 40 + " 1 2\n@@ -1,9 +1,9 @@\n"}, message="diff --git a/q.md b/q.md")
    kept = followed(docs)
    assert list(kept.history.lines) == ["a.md"]
    assert_as_blamed(docs, kept)


@posix
def test_names_that_git_would_quote_and_settings_of_the_user(docs: Builder) -> None:
    names = ["a b.md", "-x.md", "ü.md", 'q"q.md', "n\nl.md", "t\tt.md", "back\\slash.md", "tail .md"]
    docs.commit({name: PAGE + name for name in names})
    for name in names:
        docs.rename(name, f"to/{name}")
    for key, value in {
        "diff.renames": "false",
        "log.follow": "true",
        "diff.relative": "true",
        "color.ui": "always",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.interHunkContext": "9",
        "diff.algorithm": "patience",
        "log.showRoot": "false",
        "format.pretty": "oneline",
    }.items():
        docs.git("config", key, value)
    history = line_history(Worktree.open(docs.root / "to")).history
    assert set(history.lines) == {f"to/{name}" for name in names}
    assert {len(written(history, f"to/{name}")) for name in names} <= {21, 22}


def test_history_that_was_rewritten_is_read_anew(docs: Builder) -> None:
    docs.commit({"a.md": PAGE})
    docs.commit({"a.md": PAGE + "more\n"})
    kept = followed(docs)
    docs.git("reset", "-q", "--hard", "HEAD^")
    assert_as_blamed(docs, followed(docs, kept))
    docs.commit({"a.md": "other\n" + PAGE})
    assert_as_blamed(docs, followed(docs, kept))
    docs.git("reflog", "expire", "--expire=now", "--all")
    docs.git("gc", "-q", "--prune=now")
    assert_as_blamed(docs, followed(docs, kept))


def test_what_was_kept_on_a_merged_branch_is_not_continued(docs: Builder) -> None:
    docs.commit({"a.md": PAGE})
    docs.git("switch", "-qc", "topic")
    docs.commit({"a.md": PAGE + "topic\n"})
    kept = followed(docs)
    docs.git("switch", "-q", "main")
    docs.commit({"b.md": "b\n"})
    docs.merge("topic")
    assert_as_blamed(docs, followed(docs, kept))


def test_a_shallow_clone_says_so(docs: Builder, tmp_path: Path) -> None:
    docs.commit({"a.md": PAGE})
    docs.commit({"a.md": PAGE + "more\n"})
    clone = docs.clone(tmp_path / "clone", "--depth=1")
    kept = followed(clone, warned=1)
    assert not kept.history.complete
    assert len(written(kept.history, "a.md")) == 21


def test_a_partial_clone_fetches_nothing(docs: Builder, tmp_path: Path) -> None:
    docs.commit({"a.md": PAGE})
    docs.commit({"a.md": PAGE + "more\n"})
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none")
    missing = clone.missing()
    assert followed(clone, warned=1) == Kept("", LineHistory(complete=False))
    assert clone.missing() == missing != set()


@pytest.mark.parametrize("what", ["{}:a.md", "{}^{{tree}}", "{}"])
def test_an_object_that_cannot_be_read_is_said(docs: Builder, what: str) -> None:
    docs.commit({"a.md": PAGE})
    lost = docs.commit({"a.md": PAGE + "more\n"})
    docs.commit({"a.md": PAGE + "other\n"})
    docs.lose(docs.git("rev-parse", what.format(lost)))
    assert not followed(docs, warned=1).history.complete


def test_a_page_that_was_edited_since_has_no_history(docs: Builder) -> None:
    docs.commit({"a.md": PAGE, "b.md": PAGE.upper()})
    docs.write("a.md", "more\n" + PAGE)
    worktree = Worktree.open(docs.root)
    history = as_committed(worktree, line_history(worktree).history)
    assert history.written("a.md", 1) is None
    assert history.written("b.md", 1) is not None
    assert history.written("b.md", 21) is None


def test_git_is_ended_when_whoever_reads_stops(docs: Builder) -> None:
    for n in range(30):
        docs.commit({"a.md": "".join(f"{n} {line}\n" for line in range(4000))})
    worktree = Worktree.open(docs.root)
    with (
        pytest.raises(KeyboardInterrupt),
        history_commands.log_patches(worktree.git, docs.head()) as stream,
    ):
        stream.lines.readline()
        raise KeyboardInterrupt
    assert stream._process.returncode


def test_git_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(RepositoryError, match="check that the folder is there"),
        Git(tmp_path / "nowhere").stream("log"),
    ):
        pytest.fail("git ran in a folder that isn't there")
