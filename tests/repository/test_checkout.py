from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from docbot.errors import RepositoryError, StoppedError
from docbot.repository.checkout import checkout_of
from docbot.repository.worktree import EntryKind, Worktree, read_page, tracked
from tests.helpers.git import Builder

posix = pytest.mark.skipif(os.name == "nt", reason="Windows runs no such scripts")
OWN = {"reflog": "with that of the new worktree's HEAD"}
FILES = {"a.md": "a\n", "one/b.md": "b\n", "two/c.md": "c\n"}


def read_all(worktree: Worktree) -> dict[str, str]:
    """Every file, read from the disk; none may be left out."""
    entries = tracked(worktree)
    assert {entry.kind for entry in entries} == {EntryKind.FILE}
    return {entry.path: read_page(worktree, entry.path).decode() for entry in entries}


@pytest.fixture
def old(docs: Builder) -> str:
    """The first of two commits; nothing of it is in the second."""
    first = docs.commit(FILES)
    docs.commit({path: text.upper() for path, text in FILES.items()})
    return first


def test_another_commit_beside_the_users_checkout(
    docs: Builder, old: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    docs.write("a.md", "unfinished\n")
    before = docs.snapshot()
    with checkout_of(Worktree.open(docs.root), old) as there:
        assert (read_all(there), there.head, there.branch) == (FILES, old, None)
        assert docs.snapshot() | OWN == before | OWN
    assert docs.snapshot() == before
    assert docs.git("worktree", "list", "--porcelain").count("worktree ") == 1
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("filtered", [(), ("--filter=blob:none",)], ids=["full", "partial"])
@pytest.mark.parametrize("cone", ["--cone", "--no-cone"])
def test_a_sparse_clone_stays_sparse_and_the_checkout_is_whole(
    docs: Builder, old: str, tmp_path: Path, filtered: tuple[str, ...], cone: str
) -> None:
    clone = docs.clone(tmp_path / "clone", *filtered)
    clone.git("sparse-checkout", "set", cone, "one")
    patterns = (clone.root / ".git/info/sparse-checkout").read_bytes()
    before = clone.snapshot()
    with checkout_of(Worktree.open(clone.root), old) as there:
        assert read_all(there) == FILES
        assert clone.snapshot() | OWN == before | OWN
    assert clone.snapshot() == before
    assert (clone.root / ".git/info/sparse-checkout").read_bytes() == patterns
    assert not (clone.root / "two").exists()
    clone.git("sparse-checkout", "reapply")
    assert clone.snapshot() == before


def test_a_partial_clone_fetches_what_is_missing(docs: Builder, old: str, tmp_path: Path) -> None:
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none")
    assert len(clone.missing()) == 3
    before = clone.snapshot()
    with checkout_of(Worktree.open(clone.root), old) as there:
        assert read_all(there) == FILES
        assert there.partial
    assert clone.snapshot() == before


def test_a_partial_clone_whose_remote_is_gone(docs: Builder, old: str, tmp_path: Path) -> None:
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none")
    clone.git("remote", "set-url", "origin", (tmp_path / "gone").as_uri())
    before = clone.snapshot()
    with (
        pytest.raises(StoppedError, match="the remote of this partial clone isn't there"),
        checkout_of(Worktree.open(clone.root), old),
    ):
        pass
    assert clone.snapshot() == before
    assert clone.git("worktree", "list", "--porcelain").count("worktree ") == 1


def test_a_shallow_clone_says_so(docs: Builder, old: str, tmp_path: Path) -> None:
    clone = docs.clone(tmp_path / "clone", "--depth=1")
    worktree, before = Worktree.open(clone.root), clone.snapshot()
    with checkout_of(worktree, clone.head()) as there:
        assert there.shallow
        assert read_all(there) == {path: text.upper() for path, text in FILES.items()}
    with pytest.raises(RepositoryError, match="`git worktree` failed"), checkout_of(worktree, old):
        pass
    assert clone.snapshot() == before


@posix
def test_no_hook_runs_and_lfs_downloads_nothing(docs: Builder, tmp_path: Path) -> None:
    # git-lfs leaves a pointer as it is when it finds this variable.
    smudge = 'test "$GIT_LFS_SKIP_SMUDGE" = 1 && exec cat; echo downloaded'
    docs.git("config", "filter.lfs.smudge", smudge)
    docs.git("config", "filter.lfs.clean", "cat")
    docs.git("config", "filter.lfs.required", "true")
    head = docs.commit({".gitattributes": "*.bin filter=lfs\n", "x.bin": "pointer\n"})
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        hook = docs.root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\necho {name} >> '{tmp_path}/ran'\n")
        hook.chmod(0o755)
    docs.git("config", "submodule.recurse", "true")
    with checkout_of(Worktree.open(docs.root), head) as there:
        assert read_page(there, "x.bin") == b"pointer\n"
        assert not (tmp_path / "ran").exists()


def test_submodules_stay_where_they_are(docs: Builder, tmp_path: Path) -> None:
    inner = Builder.init(tmp_path / "inner")
    first = inner.commit({"x.md": "x\n"})
    docs.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root.as_uri(), "module")
    old = docs.commit({"a.md": "a\n"})
    newer = inner.commit({"x.md": "y\n"})
    module = Builder(docs.root / "module")
    module.git("fetch", "-q", "origin")
    module.git("checkout", "-q", newer)
    docs.commit({"a.md": "b\n"})
    docs.git("config", "submodule.recurse", "true")
    before = docs.snapshot()
    with checkout_of(Worktree.open(docs.root), old) as there:
        assert read_page(there, "a.md") == b"a\n"
        assert list((there.root / "module").iterdir()) == []
    assert docs.snapshot() == before
    assert (module.head(), newer != first) == (newer, True)


def test_a_commit_that_is_not_here(docs: Builder, old: str) -> None:
    before = docs.snapshot()
    for commit in ("0" * 40, "main", "--force"):
        with pytest.raises(RepositoryError), checkout_of(Worktree.open(docs.root), commit):
            pass
    assert docs.snapshot() == before
    assert old in docs.git("log", "--format=%H")


def test_what_a_killed_run_left_is_taken_away_after_a_while(docs: Builder, old: str, tmp_path: Path) -> None:
    left = [tmp_path / f"docbot-{name}" / "base" for name in ("killed01", "locked02", "gone0003", "recent04")]
    kept = [tmp_path / "docbot-killed01x" / "base", tmp_path / "mine" / "base"]
    for place in (*left, *kept):
        place.parent.mkdir()
        docs.git("worktree", "add", "-q", "--detach", str(place), old)
        os.utime(place.parent, (0, 0))
    docs.git("worktree", "lock", "--reason", "initializing", str(left[1]))
    shutil.rmtree(left[2].parent)
    os.utime(left[3].parent)
    with checkout_of(Worktree.open(docs.root), old):
        pass
    assert [place.parent.exists() for place in left] == [False, False, False, True]
    listed = docs.git("worktree", "list", "--porcelain")
    assert [str(place) in listed for place in (*left, *kept)] == [False, False, False, True, True, True]


def test_nobody_is_asked_for_what_a_partial_clone_lacks(docs: Builder, old: str, tmp_path: Path) -> None:
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none")
    missing = clone.missing()
    with (
        pytest.raises(StoppedError, match="nobody may be asked for them: run it without --offline"),
        checkout_of(Worktree.open(clone.root), old, lazy=False),
    ):
        pass
    assert clone.missing() == missing
