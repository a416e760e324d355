"""Real git repositories for tests, made with plain git and always with the same commit ids.

The settings they start from are those of the home every test has, see `tests/conftest.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

NAME, ADDRESS = "Test Writer", "writer@example.com"
_START = datetime(2024, 1, 1, 12, tzinfo=UTC)


class Builder:
    """A repository in the making. Each commit is dated a day after the one before, from 2024-01-01."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.commits = 0

    @classmethod
    def init(cls, root: Path, *, bare: bool = False) -> Builder:
        """An empty repository with the branch `main`."""
        root.mkdir(parents=True, exist_ok=True)
        made = cls(root)
        made.git("init", "-q", "-b", "main", *(("--bare",) if bare else ()))
        made.introduce()
        return made

    def introduce(self) -> None:
        """Say who commits here."""
        self.git("config", "user.name", NAME)
        self.git("config", "user.email", ADDRESS)

    def git(self, *argv: str, data: bytes = b"", env: Mapping[str, str] | None = None) -> str:
        """What `git argv` prints, without the last line end. Raises CalledProcessError when it fails."""
        done = subprocess.run(
            ["git", *argv],
            cwd=self.root,
            input=data,
            env={**os.environ, **(env or {})},
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, done.args, done.stdout, done.stderr)
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file, line ends as given."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def commit(self, files: Mapping[str, str | bytes] | None = None, message: str = "change") -> str:
        """Write `files`, add everything, commit, and return the full id."""
        for path, content in (files or {}).items():
            self.write(path, content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, env=self._dated())
        return self.head()

    def rename(self, old: str, new: str, message: str = "rename") -> str:
        """Commit a rename, with whatever was written before."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", "--", old, new)
        return self.commit(message=message)

    def delete(self, path: str, message: str = "delete") -> str:
        (self.root / path).unlink()
        return self.commit(message=message)

    def merge(self, branch: str) -> str:
        self.git("merge", "-q", "--no-ff", "-m", f"merge {branch}", branch, env=self._dated())
        return self.head()

    def sign_with(self, script: str) -> None:
        """Have commits signed by a shell script."""
        program = self.root.parent / "signer"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        self.git("config", "commit.gpgsign", "true")
        self.git("config", "gpg.program", str(program))

    def clone(self, to: Path, *options: str) -> Builder:
        """A clone over the transport that a network clone uses, so that depth and filter count."""
        self.git("config", "uploadpack.allowFilter", "true")
        self.git("config", "uploadpack.allowAnySHA1InWant", "true")
        self.git("clone", "-q", *options, self.root.as_uri(), str(to))
        made = Builder(to)
        made.commits = self.commits
        made.introduce()
        return made

    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def blob(self, revision: str, path: str) -> str:
        return self.git("rev-parse", f"{revision}:{path}")

    def lose(self, object_id: str) -> None:
        """Damage the repository: an object that isn't in a pack is gone."""
        place = self.root / ".git" / "objects" / object_id[:2] / object_id[2:]
        place.chmod(0o600)
        place.unlink()

    def missing(self) -> set[str]:
        """Objects of the history that aren't here (asking for them fetches nothing)."""
        out = self.git("rev-list", "--objects", "--all", "--missing=print")
        return {line[1:] for line in out.split("\n") if line.startswith("?")}

    def snapshot(self, *, without: str = "") -> dict[str, object]:
        """Everything of a checkout a user would miss: status, index, refs, HEAD, stash, settings, files."""
        folder = Path(self.git("rev-parse", "--absolute-git-dir"))
        refs = self.git("for-each-ref", "--format=%(refname) %(objectname)").split("\n")
        index = folder / "index"
        return {
            # Read first: even a status may rewrite the index.
            "index": index.read_bytes() if index.exists() else b"",
            "status": self.git("--no-optional-locks", "status", "--porcelain=v2", "--branch"),
            "refs": [ref for ref in refs if not without or not ref.startswith(f"refs/heads/{without} ")],
            "HEAD": (folder / "HEAD").read_bytes(),
            "settings": self.git("config", "--local", "--list"),
            "reflog": self.git("reflog", "--all", "--format=%gd %H") if self.commits else "",
            "locks": sorted(str(lock) for lock in folder.rglob("*.lock")),
            "files": {
                str(place): place.read_bytes()
                for place in self.root.rglob("*")
                if place.is_file() and ".git" not in place.relative_to(self.root).parts
            },
        }

    def _dated(self) -> dict[str, str]:
        date = (_START + timedelta(days=self.commits)).isoformat()
        self.commits += 1
        return {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}


def without_git(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Make this process one that finds no git."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(folder))
    assert shutil.which("git") is None
