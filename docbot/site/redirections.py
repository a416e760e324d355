"""Redirection files as docs repositories really have them.

Both forms of `.openpublishing.redirection*.json` (a list of entries, or an object), any number of
files anywhere in the repository, paths relative to the file's own folder, names of keys in any case.
"""

from __future__ import annotations

import bisect
import json
import posixpath
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from docbot.site import json_lenient
from docbot.site.learn_urls import site_url
from docbot.site.paths import fold, joined, within

FILE_NAME = re.compile(r"\.openpublishing\.redirection[^/]*\.json$", re.I)
_PAIR = re.compile(rf"({json_lenient.STRING})\s*+:\s*+({json_lenient.STRING})", re.S)
_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:|//")


class Redirection(msgspec.Struct, frozen=True, gc=False):
    """One entry: `source` (repository path) now lives at `target`, as written: URL, site path or relative.

    `file` and `line` (from 1) say where it stands.
    """

    source: str
    target: str
    file: str
    line: int

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def url(self) -> str | None:
        """The target as a path of the site, or as a whole URL of another; None for a relative one."""
        if self.target.startswith("/") or _SCHEME.match(self.target):
            return site_url(self.target)
        return None

    def named_paths(self) -> tuple[str, ...]:
        """The repository paths, without extension or with, that a relative target may mean.

        Learn reads it beside the source; people also write it beside the redirection file.
        """
        bare = re.split(r"[?#]", self.target, maxsplit=1)[0].replace("\\", "/")
        found = (joined(self.source, bare), joined(self.file, bare))
        return tuple(dict.fromkeys(path for path in found if path))


class Redirections(msgspec.Struct, frozen=True):
    """All entries, by source in lower case: Learn compares paths without case."""

    by_source: Mapping[str, Redirection] = msgspec.field(default_factory=dict)
    disputed: frozenset[str] = frozenset()
    """Sources, in lower case, that several entries send to different places (one a version, mostly)."""

    def of(self, path: str) -> Redirection | None:
        """The entry for `path`, in any letter case."""
        return self.by_source.get(fold(path))

    def is_disputed(self, entry: Redirection) -> bool:
        return fold(entry.source) in self.disputed

    @classmethod
    def collect(cls, entries: Iterable[Redirection]) -> Redirections:
        """The first entry of each source counts."""
        found: dict[str, Redirection] = {}
        disputed: set[str] = set()
        for entry in entries:
            first = found.setdefault(fold(entry.source), entry)
            if (first.url or first.target) != (entry.url or entry.target):
                disputed.add(fold(entry.source))
        return cls(found, frozenset(disputed))


def parse(path: str, text: str) -> list[Redirection]:
    """The entries of the redirection file at `path`. Entries without source or target are left out.

    Raises ConfigError when the file is no JSON.
    """
    data = json_lenient.loads(path, text)
    if not isinstance(data, dict):
        return []
    lines = _Lines(text)
    found: list[Redirection] = []
    for key, value in data.items():
        if key.lower() == "redirections" and isinstance(value, list):
            found += _listed(path, value, lines)
        elif key.lower() in ("redirections", "renames"):
            found += _mapped(path, value, lines)
    return found


def _listed(path: str, entries: list[Any], lines: _Lines) -> Iterator[Redirection]:
    for entry in entries:
        names = {key.lower(): key for key in entry} if isinstance(entry, dict) else {}
        rooted = "source_path_from_root" in names
        key = names.get("source_path_from_root") or names.get("source_path")
        target = entry.get(names.get("redirect_url")) if names else None
        if key is None or not isinstance(entry[key], str) or not isinstance(target, str):
            continue
        line = lines.of(key, entry[key])
        source = _source(path, entry[key], rooted=rooted)
        if source and target.strip():
            yield Redirection(source, target.strip(), path, line)


def _mapped(path: str, entries: Any, lines: _Lines) -> Iterator[Redirection]:
    for written, target in entries.items() if isinstance(entries, dict) else ():
        source = _source(path, written, rooted=False)
        if source and isinstance(target, str) and target.strip():
            yield Redirection(source, target.strip(), path, lines.of(written, target))


def _source(file: str, written: str, *, rooted: bool) -> str | None:
    clean = posixpath.normpath(written.strip().replace("\\", "/").lstrip("/") or ".")
    return within(clean) if rooted else joined(file, clean)


class _Lines:
    """The lines on which pairs of JSON strings stand; the n-th asking gives the n-th place of a pair."""

    def __init__(self, text: str) -> None:
        bare = json_lenient.without_comments(text)
        starts = [0, *(m.end() for m in re.finditer("\n", bare))]
        self._lines: dict[tuple[str, str], deque[int]] = defaultdict(deque)
        for match in _PAIR.finditer(bare):
            pair = (_decoded(match[1]), _decoded(match[2]))
            self._lines[pair].append(bisect.bisect_right(starts, match.start()))

    def of(self, key: str, value: str) -> int:
        lines = self._lines.get((key, value))
        return lines.popleft() if lines else 1


def _decoded(literal: str) -> str:
    if "\\" not in literal:
        return literal[1:-1]
    try:
        return str(json.loads(literal))
    except ValueError:
        return literal
