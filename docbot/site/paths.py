"""Every file of the repository, found by its path, by its path in any letter case, or by its name."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping


class PathIndex:
    """Immutable. Paths are POSIX and relative to the repository."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._paths = frozenset(paths)
        self._sorted = tuple(sorted(self._paths))
        folded: dict[str, list[str]] = defaultdict(list)
        named: dict[str, list[str]] = defaultdict(list)
        inside: dict[str, list[str]] = defaultdict(list)
        for path in self._sorted:
            folder, _, name = path.rpartition("/")
            folded[fold(path)].append(path)
            named[fold(name)].append(path)
            inside[folder].append(path)
        self._folded: Mapping[str, list[str]] = folded
        self._named: Mapping[str, list[str]] = named
        self._inside: Mapping[str, list[str]] = inside
        self._folders = _with_parents(inside)

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._sorted)

    def __len__(self) -> int:
        return len(self._sorted)

    def has_folder(self, path: str) -> bool:
        """Whether files are below `path`, in any letter case."""
        return fold(path) in self._folders

    def cased(self, path: str) -> tuple[str, ...]:
        """The files at `path` in any letter case, sorted."""
        return tuple(self._folded.get(fold(path), ()))

    def named(self, name: str) -> tuple[str, ...]:
        """The files called `name` in any letter case, wherever they are, sorted."""
        return tuple(self._named.get(fold(name), ()))

    def inside(self, folder: str) -> tuple[str, ...]:
        """The files that stand in `folder` itself, sorted."""
        return tuple(self._inside.get(folder, ()))


def _with_parents(folders: Iterable[str]) -> frozenset[str]:
    found = {""}
    for folder in folders:
        above = fold(folder)
        while above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return frozenset(found)


def fold(path: str) -> str:
    """`path` as a file system that knows no letter case compares it."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).lower()


def relative(path: str, page: str) -> str:
    """`path` as written on `page`; both POSIX and relative to the repository."""
    return posixpath.relpath("/" + path, "/" + posixpath.dirname(page))


def joined(page: str, destination: str) -> str | None:
    """The repository path that a relative `destination` on `page` names; None outside of it."""
    return within(posixpath.join(posixpath.dirname(page), destination))


def within(path: str) -> str | None:
    """`path` without `.` and `..`, as a path of the repository; None when it leads out of it."""
    clean = posixpath.normpath(path)
    if clean == ".":
        return ""
    return None if clean == ".." or clean.startswith(("../", "/")) else clean
