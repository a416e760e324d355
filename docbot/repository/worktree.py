"""The user's checkout of a docs repository: where it is, what is in it, and reading from it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import msgspec

from docbot.errors import RepositoryError, UnreadablePageError
from docbot.repository import commands
from docbot.repository.git import Git
from docbot.repository.plumbing import IndexEntry

LARGEST_FILE = 5_000_000
"""Bytes that `read_page` reads unless it's told otherwise."""


class Worktree(msgspec.Struct, frozen=True):
    """A checkout as it was when it was opened. `open` is the way to get one."""

    git: Git
    root: Path
    prefix: str
    """What was asked for, POSIX and relative to `root`; empty for all of it."""
    head: str | None
    """The full id of the commit that is checked out; None before the first commit."""
    branch: str | None
    """The branch that is checked out; None when HEAD is detached."""
    shallow: bool
    """History was cut off when it was cloned (`--depth`)."""
    partial: bool
    """File contents are left with the remote until they're needed (`--filter`)."""

    @classmethod
    def open(cls, path: Path) -> Worktree:
        """The checkout that contains the folder or file `path`.

        Raises RepositoryError when there is none, it's bare, or git is missing or refuses.
        """
        place = path.resolve()
        if not place.exists():
            raise RepositoryError(f"{path} doesn't exist: give a folder or a file of a docs repository")
        git = Git.discover(place if place.is_dir() else place.parent)
        prefix = place.relative_to(git.root).as_posix()
        shallow = commands.is_shallow(git)
        return cls(
            git=git,
            root=git.root,
            prefix="" if prefix == "." else prefix,
            head=commands.head(git),
            branch=commands.branch(git),
            shallow=shallow,
            partial=bool(commands.config(git, r"^(remote\..*\.promisor|extensions\.partialclone)$")),
        )


class EntryKind(StrEnum):
    """What stands at a path: only a FILE can be read as a page."""

    FILE = "file"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"
    LEFT_OUT = "left-out"
    """Tracked, but not in the worktree because of a sparse checkout."""


class Entry(msgspec.Struct, frozen=True, order=True, gc=False):
    """A path of the repository (POSIX, relative to its root) and what stands there."""

    path: str
    kind: EntryKind = EntryKind.FILE


_KINDS = {"120000": EntryKind.SYMLINK, "160000": EntryKind.SUBMODULE}


def tracked(worktree: Worktree) -> list[Entry]:
    """Every file of the worktree that git tracks or would add, sorted by path.

    Files that were deleted in the worktree are left out, repositories inside of this one as well.
    """
    untracked, deleted = commands.untracked_and_deleted(worktree.git)
    kinds = {e.path: _kind(e) for e in commands.index(worktree.git) if e.path not in deleted}
    for path in untracked:
        if not path.endswith("/"):
            kinds[path] = EntryKind.SYMLINK if (worktree.root / path).is_symlink() else EntryKind.FILE
    return [Entry(path, kinds[path]) for path in sorted(kinds)]


def _kind(entry: IndexEntry) -> EntryKind:
    if entry.tag == "S":
        return EntryKind.LEFT_OUT
    return _KINDS.get(entry.mode, EntryKind.FILE)


def dirty(worktree: Worktree) -> tuple[str, ...]:
    """Files that differ from the commit that is checked out, staged or not, and untracked ones."""
    return tuple(sorted(set(commands.dirty(worktree.git))))


def read_page(worktree: Worktree, path: str, limit: int = LARGEST_FILE) -> bytes:
    """The bytes of the file at `path` (POSIX, relative to the root).

    Raises UnreadablePageError when `path` leads out of the repository or into git's own folder, when
    a symbolic link stands on the way, when it is no regular file, or has more than `limit` bytes.
    """
    place = os.fspath(worktree.root)
    *folders, name = parts(path)
    try:
        for folder in folders:
            place = f"{place}/{folder}"
            if not _is_real(os.lstat(place), stat.S_ISDIR):
                raise UnreadablePageError(f"{path} stands behind a link: name it where it really is")
        place = f"{place}/{name}"
        if not _is_real(os.lstat(place), stat.S_ISREG):
            raise UnreadablePageError(f"{path} is no regular file: list it under `exclude` in .docbot.toml")
        data = _read(place, path, limit + 1)
    except OSError as error:
        raise UnreadablePageError(
            f"{path} can't be read ({error.strerror}): check that the file is there and that you may read it"
        ) from error
    if len(data) > limit:
        raise UnreadablePageError(
            f"{path} has more than {limit:,} bytes: split it, or list it under `exclude` in .docbot.toml"
        )
    return data


def parts(path: str) -> list[str]:
    """The names `path` consists of.

    Raises UnreadablePageError unless it is a relative POSIX path that stays inside of the repository
    and out of git's own folder, on every system.
    """
    names = path.split("/")
    if any(_leads_away(name) for name in names):
        raise UnreadablePageError(f"{path!r} leads out of the docs: give a path relative to the repository")
    return names


def _leads_away(name: str) -> bool:
    # Windows takes `\` and `:` for separators and drops dots and spaces at the end of a name.
    windows = os.name == "nt" and (any(c in name for c in "\\:") or name != name.rstrip(". "))
    return name in ("", ".", "..") or name.lower() == ".git" or "\0" in name or windows


def _is_real(found: os.stat_result, wanted: Callable[[int], bool]) -> bool:
    # A junction on Windows is a folder that leads elsewhere.
    junction = getattr(found, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
    return wanted(found.st_mode) and not junction


# Between the look and the opening the file may have become a link or a pipe: neither is followed.
_OPEN = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _OPEN |= getattr(os, _flag, 0)


def _read(place: str, path: str, most: int) -> bytes:
    handle = os.open(place, _OPEN)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UnreadablePageError(f"{path} changed while it was read: run docbot again")
        chunks = []
        while most > 0 and (chunk := os.read(handle, most)):
            chunks.append(chunk)
            most -= len(chunk)
    finally:
        os.close(handle)
    return b"".join(chunks)
