"""Copies of a page that stand side by side, one for each version of a product."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import msgspec

VERSION = re.compile(r"(?:(?<=/)|^)v?(\d+(?:\.\d+)*)(?=/)")
"""A folder that is named after a version."""

Order: TypeAlias = tuple[tuple[int, ...], ...]
"""What versions are compared by: for each versioned folder of a path how new it is."""

_NUMBERED = re.compile(
    r"(?:(?P<name>[a-z][a-z0-9]{0,40}(?:[-_][a-z]{1,40}){0,3})[-_])?v?(?P<number>\d{1,9}(?:\.\d{1,9}){0,5})"
    r"(?P<any>\.x)?",
    re.I,
)
"""`7.4`, `v2`, `8.x`; with a name before it `net-8.0`."""
_WORDS = ("stable", "current", "latest", "preview", "next")
"""Folders beside numbered ones that go with time, each newer than the one before."""
_LAST = 10**9
_SNAPSHOT = re.compile(r"(?:(?<=/)|^)versioned_docs/version-([^/]+)/")
"""Where Docusaurus keeps a version's copy of the folder `docs`, in which the next version is written."""
_NEXT: Order = ((1, len(_WORDS)),)
"""How new that next version is."""


class Copy(msgspec.Struct, frozen=True, gc=False):
    """A page that has copies, and how new the version is that it is for."""

    path: str
    order: Order


def family(path: str) -> str:
    """What `path` has in common with its copies for other versions: equal for all of them."""
    return VERSION.sub("*", path)


def copies(paths: Iterable[str]) -> Mapping[str, tuple[Copy, ...]]:
    """The families of `paths` with two members at least, oldest version first, by `copies_key`.

    Pages of one name in numbered folders needn't be copies: whether they are, their text alone can tell.
    """
    found: dict[str, list[Copy]] = defaultdict(list)
    for path in paths:
        key, order = _taken_apart(path)
        found[key].append(Copy(path, order or _NEXT))
    return {
        key: tuple(sorted(members, key=lambda copy: (copy.order, copy.path)))
        for key, members in found.items()
        if len(members) > 1 and any(part[0] == 0 for copy in members for part in copy.order)
    }


def copies_key(path: str) -> str:
    """What the copies of a page share: its path without versions, in lower case."""
    return _taken_apart(path)[0]


def edition(path: str) -> str:
    """The outermost folder of `path` that is named after a version; empty where there is none."""
    folders = path.split("/")[:-1]
    first = next((n for n, folder in enumerate(folders) if _versioned(folder)), None)
    return "" if first is None else "/".join(folders[: first + 1])


def _taken_apart(path: str) -> tuple[str, Order]:
    path = path.lower()
    snapshot = _SNAPSHOT.search(path)
    if snapshot and (version := _versioned(snapshot[1])):
        key, _ = _taken_apart(f"{path[: snapshot.start()]}docs/{path[snapshot.end() :]}")
        return key, (version[1],)
    *folders, name = path.split("/")
    found = [_versioned(folder) for folder in folders]
    kept = [one[0] if one else folder for one, folder in zip(found, folders, strict=True)]
    return "/".join([*kept, name]), tuple(one[1] for one in found if one)


def _versioned(folder: str) -> tuple[str, tuple[int, ...]] | None:
    """What a folder named after a version has in common with others, and how new it is."""
    if folder.lower() in _WORDS:
        return "*", (1, _WORDS.index(folder.lower()))
    match = _NUMBERED.fullmatch(folder)
    if not match:
        return None
    numbers = tuple(map(int, match["number"].split(".")))
    return f"{match['name'] or ''}*", (0, *numbers, *((_LAST,) if match["any"] else ()))


def version_of(path: str) -> tuple[int, ...]:
    """The version a page is for, by the innermost folder named after one; empty where there is none."""
    found = VERSION.findall(path)
    return tuple(map(int, found[-1].split("."))) if found else ()
