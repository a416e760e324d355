from __future__ import annotations

from pathlib import Path

import pytest

from docbot.repository.remotes import (
    Identity,
    RemoteBranch,
    commit_of,
    configured_urls,
    default_base,
    identity,
    push_urls,
    remotes,
)
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder


def test_remotes_without_userinfo_and_with_insteadof(docs: Builder) -> None:
    docs.git("remote", "add", "origin", "https://me:token@github.com/me/docs.git")
    docs.git("remote", "add", "a.b/c", "git@github.com:o/r.git")
    docs.git("remote", "add", "upstream", "gh:Owner/docs")
    docs.git("config", "url.https://me:token@github.com/.insteadOf", "gh:")
    assert remotes(Worktree.open(docs.root)) == {
        "origin": "https://github.com/me/docs.git",
        "a.b/c": "git@github.com:o/r.git",
        "upstream": "https://github.com/Owner/docs",
    }


def test_urls_as_they_were_configured_and_where_a_push_goes(docs: Builder) -> None:
    docs.git("remote", "add", "origin", "https://me:token@github.com/me/docs.git")
    docs.git("remote", "add", "upstream", "gh:Owner/docs")
    docs.git("remote", "set-url", "--add", "upstream", "https://mirror.example/docs")
    docs.git("remote", "set-url", "--push", "upstream", "gh:me/docs")
    docs.git("remote", "set-url", "--push", "--add", "upstream", "https://me:token@mirror.example/docs")
    docs.git("config", "url.https://github.com/.insteadOf", "gh:")
    docs.git("config", "url.git@github.com:.pushInsteadOf", "https://me:token@github.com/")
    worktree = Worktree.open(docs.root)
    assert configured_urls(worktree) == {
        "origin": "https://github.com/me/docs.git",
        "upstream": "gh:Owner/docs",
    }
    assert push_urls(worktree) == {
        "origin": ("git@github.com:me/docs.git",),
        "upstream": ("https://github.com/me/docs", "https://mirror.example/docs"),
    }
    assert list(remotes(worktree)) == ["origin", "upstream"]


def test_base_is_upstreams_default_branch_then_origins(docs: Builder, tmp_path: Path) -> None:
    head = docs.commit({"a.md": "a\n"})
    docs.git("branch", "-m", "live")
    fork = docs.clone(tmp_path / "fork")
    assert default_base(Worktree.open(fork.root)) == RemoteBranch("origin", "live")
    fork.git("remote", "add", "upstream", docs.root.as_uri())
    assert default_base(Worktree.open(fork.root)) == RemoteBranch("origin", "live")
    docs.git("branch", "main")
    fork.git("fetch", "-q", "upstream")
    # `git remote add` and `fetch` of older gits don't ask for the default branch.
    fork.git("remote", "set-head", "upstream", "--delete")
    assert default_base(Worktree.open(fork.root)) == RemoteBranch("upstream", "main")
    fork.git("remote", "set-head", "upstream", "live")
    base = default_base(Worktree.open(fork.root))
    assert base == RemoteBranch("upstream", "live")
    assert commit_of(Worktree.open(fork.root), base) == head


def test_no_base_where_nothing_was_fetched(docs: Builder) -> None:
    docs.commit({"a.md": "a\n"})
    docs.git("remote", "add", "origin", "https://github.com/o/r")
    worktree = Worktree.open(docs.root)
    assert default_base(worktree) is None
    assert commit_of(worktree, RemoteBranch("origin", "main")) is None


def test_identity_comes_from_config_and_environment(docs: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    worktree = Worktree.open(docs.root)
    me = "Test Writer <writer@example.com>"
    assert identity(worktree) == Identity(me, me)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Someone Else")
    assert identity(worktree) == Identity("Someone Else <writer@example.com>", me)


def test_a_guess_is_no_identity(docs: Builder, home: Path) -> None:
    docs.git("config", "--unset", "user.email")
    (home / ".gitconfig").write_text("")
    assert identity(Worktree.open(docs.root)) is None
