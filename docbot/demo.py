"""The bundled sample: a small docs repository with a history, made anew for every demo."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from docbot.repository.git import Git

_IDENTITY = ("user.name=Docs Team", "user.email=docs@example.com", "commit.gpgsign=false")


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One commit of the sample: renames, then deletions, then the files in `folder`."""

    folder: str
    date: str
    message: str
    rename: Mapping[str, str] = msgspec.field(default_factory=dict)
    delete: Sequence[str] = ()


def build(root: Path) -> Path:
    """Make the sample repository in the empty folder `root`; returns `root`. Its commits' ids never change.

    Raises RepositoryError when git is missing or refuses.
    """
    data = files("docbot") / "data" / "demo"
    steps = msgspec.convert(json.loads((data / "steps.json").read_text(encoding="utf-8")), list[Step])
    git = Git(root)
    git.read("init", "--quiet", "--initial-branch=main")
    # The pages must be the same bytes on every system, whatever its git does with line ends.
    git.read("config", "core.autocrlf", "false")
    for step in steps:
        _make(step, data / step.folder, root)
        git.read("add", "--all")
        command = ("commit", "--quiet", "--no-verify", f"--date={step.date}", "-m", step.message)
        git.read(*command, config=_IDENTITY, committed=step.date)
    return root


def bare_copy(root: Path, target: Path) -> Path:
    """Copy the repository at `root` to `target`, without a worktree, as a forge has it; returns `target`."""
    Git(root).read("clone", "--bare", "--quiet", "--no-local", str(root), str(target), lazy=True)
    return target


def _make(step: Step, source: Traversable, root: Path) -> None:
    for old, new in step.rename.items():
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        (root / old).rename(root / new)
    for path in step.delete:
        (root / path).unlink()
    _copy(source, root)


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())
