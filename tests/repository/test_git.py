from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from docbot.errors import RepositoryError
from docbot.repository import commands
from docbot.repository.git import Git
from docbot.repository.plumbing import without_userinfo
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder, without_git


def test_a_folder_without_git_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(
        RepositoryError, match=r"is not inside a git repository: clone the docs with `git clone`"
    ):
        Git.discover(tmp_path)


def test_a_bare_repository_is_refused(tmp_path: Path) -> None:
    bare = Builder.init(tmp_path / "bare.git", bare=True)
    with pytest.raises(RepositoryError, match="bare repository, which has no pages"):
        Git.discover(bare.root)


def test_gits_own_folder_is_refused(docs: Builder) -> None:
    with pytest.raises(RepositoryError, match="git's own folder"):
        Git.discover(docs.root / ".git" / "refs")


def test_git_missing_from_the_path_is_one_sentence(tmp_path: Path) -> None:
    # In a process of its own: this one has found its git already.
    code = "from pathlib import Path; from docbot.repository.git import Git; Git.discover(Path('.'))"
    environment = os.environ | {"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    last = ran.stderr.strip().splitlines()[-1].removeprefix("docbot.errors.RepositoryError: ")
    assert last == "git is not on the PATH: install it from https://git-scm.com and try again"


def test_importing_the_package_does_not_import_gitpython() -> None:
    code = (
        "import sys; from docbot.repository import commit, headings, history, remotes, worktree\n"
        "assert 'git' not in sys.modules"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def test_a_hooks_environment_does_not_lead_elsewhere(
    docs: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = docs.commit({"a.md": "a\n"})
    other = Builder.init(tmp_path / "other")
    other.commit({"b.md": "b\n"})
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no-index"))
    git = Git.discover(docs.root)
    assert git.root == docs.root
    assert commands.head(git) == head
    assert [entry.path for entry in commands.index(git)] == ["a.md"]


def test_a_failure_is_one_printable_sentence_without_secrets(docs: Builder) -> None:
    git = Git.discover(docs.root)
    url = "https://bot:s3cret@127.0.0.1:9/\x1b[31mx"
    with pytest.raises(RepositoryError) as caught:
        git.read("ls-remote", url)
    message = str(caught.value)
    assert "s3cret" not in message
    assert message.isprintable()
    assert message.startswith(f"`git ls-remote` failed in {docs.root} (fatal: ")


def test_a_repository_of_someone_else_names_the_remedy(
    docs: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs.commit({"a.md": "a\n"})
    # git's own way to pretend it in tests.
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(RepositoryError, match=r"git config --global --add safe\.directory"):
        Worktree.open(docs.root)


def test_a_timeout_ends_git_and_says_so(docs: Builder) -> None:
    git = Git.discover(docs.root)
    started = time.monotonic()
    with pytest.raises(RepositoryError, match=r"`git sleep` took longer than 1 seconds"):
        git.run("sleep", config=("alias.sleep=!exec sleep 60",), timeout=1)
    assert time.monotonic() - started < 20


@pytest.mark.skipif(os.name == "nt", reason="a process can't send itself a Ctrl-C there")
def test_ctrl_c_ends_git(docs: Builder, tmp_path: Path) -> None:
    git, told = Git.discover(docs.root), tmp_path / "pid"
    interrupt = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    interrupt.start()
    with pytest.raises(KeyboardInterrupt):
        git.run("sleep", config=(f"alias.sleep=!echo $PPID > '{told}'; exec sleep 60",))
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


def test_git_fetches_nothing_on_the_quiet(docs: Builder, tmp_path: Path) -> None:
    first = docs.commit({"a.md": "a\n"})
    docs.commit({"a.md": "b\n"})
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none")
    missing = clone.missing()
    with pytest.raises(RepositoryError, match="`git cat-file` failed"):
        Git.discover(clone.root).read("cat-file", "-p", docs.blob(first, "a.md"))
    assert clone.missing() == missing != set()


def test_git_in_a_folder_that_vanished(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="git can't be run in"):
        Git(tmp_path / "gone").read("status")


def test_a_worktree_goes_to_a_worker_process(docs: Builder) -> None:
    docs.commit({"a.md": "a\n"})
    worktree = Worktree.open(docs.root)
    again = pickle.loads(pickle.dumps(worktree))
    assert again.head == worktree.head
    assert [entry.path for entry in commands.index(again.git)] == ["a.md"]


@pytest.mark.parametrize("bad", ["HEAD", "--output=x", "", "a" * 39, "A" * 40])
def test_only_full_ids_are_taken_for_commits(docs: Builder, bad: str) -> None:
    docs.commit({"a.md": "a\n"})
    with pytest.raises(RepositoryError, match="no full id"):
        commands.commit_tree(Git.discover(docs.root), bad, bad, "m", sign=False)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("docbot/links", True),
        ("dokumente/änderung", True),
        ("-d", False),
        ("--force", False),
        ("HEAD", False),
        ("@{-1}", False),
        ("a..b", False),
        ("a b", False),
        ("x.lock", False),
        ("", False),
    ],
)
def test_branch_names(docs: Builder, name: str, allowed: bool) -> None:
    docs.commit({"a.md": "a\n"})
    docs.git("switch", "-q", "-c", "other")
    docs.git("switch", "-q", "main")
    assert commands.is_branch_name(Git.discover(docs.root), name) is allowed


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://github.com/o/r.git", "https://github.com/o/r.git"),
        ("https://user:t@ken@github.com/o/r", "https://github.com/o/r"),
        ("ssh://git@github.com/o/r@x", "ssh://github.com/o/r@x"),
        ("git@github.com:o/r.git", "git@github.com:o/r.git"),
    ],
)
def test_urls_lose_their_userinfo(url: str, plain: str) -> None:
    assert without_userinfo(url) == plain


def test_the_helper_can_hide_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_git(monkeypatch, tmp_path / "empty")
