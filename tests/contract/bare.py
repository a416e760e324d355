"""A bare repository, asked with plain git. What can't change any more is asked once."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ZERO = "0" * 40
_FIELDS = "%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B%x01"


class GitFailed(AssertionError):
    """A command of the stand-in itself failed."""


class Commit(NamedTuple):
    """A commit. Names, addresses and dates of author and committer; dates in ISO format."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: tuple[str, str, str]
    committer: tuple[str, str, str]
    message: str


class Change(NamedTuple):
    """What happens to a file. `previous` is the old path of a renamed one; a binary has no patch."""

    path: str
    status: str
    sha: str
    additions: int
    deletions: int
    patch: str | None
    previous: str | None


class Entry(NamedTuple):
    """A line of a tree: `kind` is blob, tree or commit; only blobs have a size in bytes."""

    path: str
    kind: str
    mode: str
    sha: str
    size: int


def git_program() -> str:
    """Where git is, from before a test hides it."""
    program = shutil.which("git")
    assert program is not None, "git isn't installed"
    return program


def git_environment() -> dict[str, str]:
    """This process's environment, without what would make git look elsewhere, or at settings of a test."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }


class Bare:
    """The bare repository in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._program = git_program()
        self._env = git_environment()
        self._known: dict[tuple[object, ...], Any] = {}

    @classmethod
    def clone(cls, source: Path, folder: Path, *options: str) -> Bare:
        """A bare clone of the branches and tags of `source`."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = cls(folder.parent)
        made.git("clone", "-q", "--bare", "--template=", *options, "--", str(source), str(folder))
        made.folder = folder
        return made

    def git(self, *argv: str, data: bytes = b"", env: Mapping[str, str] | None = None) -> str:
        """What `git argv` prints, without the last line end. Raises GitFailed."""
        return self.raw(*argv, data=data, env=env).decode("utf-8", "replace").removesuffix("\n")

    def raw(self, *argv: str, data: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """What `git argv` prints."""
        done = subprocess.run(
            [self._program, *argv],
            cwd=self.folder,
            input=data,
            env={**self._env, **(env or {})},
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise GitFailed(f"git {' '.join(argv)}: {done.stderr.decode('utf-8', 'replace')}")
        return done.stdout

    def _once(self, key: tuple[object, ...], ask: Callable[[], Any]) -> Any:
        if key not in self._known:
            self._known[key] = ask()
        return self._known[key]

    def heads(self) -> dict[str, str]:
        """Every branch, and the commit it stands on."""
        listed = self.git("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads/")
        pairs = [line.split(" ", 1) for line in listed.split("\n") if line]
        return {name.removeprefix("refs/heads/"): sha for sha, name in pairs}

    def refs(self) -> dict[str, str]:
        """Every ref by its full name."""
        listed = self.git("for-each-ref", "--format=%(objectname) %(refname)")
        return {line.split(" ", 1)[1]: line.split(" ", 1)[0] for line in listed.split("\n") if line}

    def find(self, revision: str) -> str | None:
        """The full id of a commit that is here, by branch, tag or id; None when there is none."""
        for name in (f"refs/heads/{revision}", f"refs/tags/{revision}", revision):
            try:
                return self.git("rev-parse", "--verify", "-q", "--end-of-options", f"{name}^{{commit}}")
            except GitFailed:
                continue
        return None

    def update(self, ref: str, sha: str | None) -> None:
        """Move a ref by its full name; None deletes it."""
        self.git("update-ref", *(("-d", ref) if sha is None else (ref, sha)))

    def default(self) -> str:
        """The branch that HEAD names."""
        return (self.folder / "HEAD").read_text("utf-8").strip().removeprefix("ref: refs/heads/")

    def bring(self, source: Bare, sha: str) -> None:
        """Have commit `sha` of another repository here, under no name yet."""
        if source.folder == self.folder:
            return
        env = {"GIT_ALTERNATE_OBJECT_DIRECTORIES": str(source.folder / "objects")}
        wanted = "\n".join([sha, *(f"^{tip}" for tip in self.heads().values()), ""])
        pack = self.raw("pack-objects", "--revs", "--stdout", "-q", data=wanted.encode(), env=env)
        self.raw("unpack-objects", "-q", data=pack)

    def base(self, one: str, other: str) -> str | None:
        """Where the histories of two commits meet; None when they don't."""

        def ask() -> str | None:
            try:
                return self.git("merge-base", one, other)
            except GitFailed:
                return None

        found: str | None = self._once(("base", one, other), ask)
        return found

    def contains(self, tip: str, sha: str) -> bool:
        """Whether `sha` is in the history of `tip`."""
        return self.base(tip, sha) == sha

    def commits(self, without: str, tip: str) -> list[Commit]:
        """The commits of `tip` that aren't in the history of `without`, oldest first."""
        found: list[Commit] = self._once(
            ("commits", without, tip), lambda: self._log("--reverse", "--topo-order", f"{without}..{tip}")
        )
        return found

    def commit(self, sha: str) -> Commit:
        """One commit, by its full id."""
        found: Commit = self._once(("commit", sha), lambda: self._log("--no-walk", sha)[0])
        return found

    def _log(self, *span: str) -> list[Commit]:
        listed = self.git("log", f"--format={_FIELDS}", *span, "--")
        return [_commit(record) for record in listed.split("\x01")[:-1]]

    def changes(self, old: str, new: str) -> list[Change]:
        """How the files of commit or tree `new` differ from those of `old`."""

        def ask() -> list[Change]:
            options = ("diff-tree", "-r", "-M", "--no-commit-id", "--full-index")
            listed = self.git(*options, "--raw", "-z", old, new)
            counts = self.git(*options, "--numstat", "-z", old, new)
            patches = self.git(*options, "-p", "--src-prefix=a/", "--dst-prefix=b/", old, new)
            return _changes(listed, counts, patches)

        found: list[Change] = self._once(("changes", old, new), ask)
        return found

    def patch(self, old: str, new: str, path: str) -> str:
        """How one file of commit `new` differs from that of `old`, without anything around it."""
        options = ("diff-tree", "-p", "-U0", "--no-renames")
        found: str = self._once(
            ("patch", old, new, path),
            lambda: self.git("--literal-pathspecs", *options, old, new, "--", path),
        )
        return found

    def merged(self, base: str, head: str) -> str | None:
        """The tree that merging two commits makes; None when they conflict."""

        def ask() -> str | None:
            try:
                return self.git("merge-tree", "--write-tree", base, head).split("\n")[0]
            except GitFailed:
                return None

        found: str | None = self._once(("merged", base, head), ask)
        return found

    def entries(self, sha: str, path: str = "", *, deep: bool = False) -> list[Entry]:
        """The lines of the tree of commit `sha` at `path`, itself if it is a file, below it if a folder."""
        folder = not path or self.kind(sha, path) == "tree"
        place = (f"{path}/",) if path and folder else (path,) if path else ()
        listed = self.git("ls-tree", "-z", "-l", *(("-r",) if deep else ()), sha, "--", *place)
        return [_entry(line) for line in listed.split("\0") if line]

    def kind(self, sha: str, path: str) -> str | None:
        """What `path` is in commit `sha`: blob, tree, commit, or nothing."""
        try:
            return self.git("cat-file", "-t", f"{sha}:{path}")
        except GitFailed:
            return None

    def write(self, parent: str | None, files: Mapping[str, bytes | None]) -> str:
        """The tree of commit `parent` with `files` replaced; None takes a file out."""
        with tempfile.TemporaryDirectory() as folder:
            env = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self.git("read-tree", *((parent,) if parent else ("--empty",)), env=env)
            for path, content in files.items():
                blob = ZERO if content is None else self.git("hash-object", "-w", "--stdin", data=content)
                mode = "0" if content is None else "100644"
                self.git("update-index", "--index-info", data=f"{mode} {blob}\t{path}\n".encode(), env=env)
            return self.git("write-tree", env=env)

    def record(self, tree: str, parents: tuple[str, ...], message: str, env: Mapping[str, str]) -> str:
        """A commit; `env` says by whom and when."""
        options = [option for parent in parents for option in ("-p", parent)]
        return self.git("commit-tree", tree, *options, data=message.encode(), env=env)


def _commit(record: str) -> Commit:
    sha, tree, parents, *rest = record.lstrip("\n").split("\0")
    author, committer = (rest[0], rest[1], rest[2]), (rest[3], rest[4], rest[5])
    return Commit(sha, tree, tuple(parents.split()), author, committer, rest[6].strip("\n"))


def _entry(line: str) -> Entry:
    about, path = line.split("\t", 1)
    mode, kind, sha, size = about.split()
    return Entry(path, kind, mode, sha, int(size) if size.isdigit() else 0)


_STATUS = {"A": "added", "D": "removed", "R": "renamed", "C": "copied", "T": "changed"}


def _changes(listed: str, counts: str, patches: str) -> list[Change]:
    """Put together what git says of the same files in three ways, in the same order."""
    parts = iter(listed.split("\0"))
    hunks = ("\n" + patches).split("\ndiff --git ")[1:]
    numbers = [line.split("\t")[:2] for line in counts.split("\0") if line.count("\t") == 2]
    found: list[Change] = []
    for about in parts:
        if not about:
            break
        _, _, old, new, letter = about.split()
        previous = next(parts) if letter[0] in "RC" else None
        path, place = next(parts), len(found)
        added, deleted = (int(one) if one.isdigit() else 0 for one in numbers[place])
        _, mark, patch = hunks[place].partition("\n@@ ")
        status, sha = _STATUS.get(letter[0], "modified"), old if letter[0] == "D" else new
        found.append(Change(path, status, sha, added, deleted, f"@@ {patch}" if mark else None, previous))
    return found
