"""What was worked out once and stays true, kept between runs: pages as read, git's history.

A cache can be lost or damaged at any time: then pages are read again, and nothing else changes.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from docbot.types import digest

_SCHEMA = "CREATE TABLE IF NOT EXISTS page (key TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID"
_ALL = "SELECT key, data FROM page WHERE typeof(data) = 'blob'"
_FEW = 100
"""Keys that are asked for one by one; more are cheaper to read all at once."""
_ROOM = 3
"""A file that holds more than this many times the pages of one run starts anew."""
_PATIENCE = 2.0
"""Seconds to wait for another process that holds the file."""
_NOT_ITS_FAULT = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    )
)
"""What sqlite says of a sound file that another process holds, or that can't be written here and now."""


def packed(value: msgspec.Struct) -> bytes | None:
    """`value` as it is kept; None for one that can't be, because a path in it is no Unicode."""
    try:
        return msgspec.msgpack.encode(value)
    except UnicodeEncodeError:
        return None


class Cache:
    """Bytes by key, for one repository. Every failure of the file counts as a miss."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    @classmethod
    def of(cls, repository: Path) -> Cache:
        """The cache of the repository at `repository`, in the user's cache folder."""
        return cls(user_cache_path("docbot") / f"{digest(str(repository))}.sqlite")

    @classmethod
    def answers(cls) -> Cache:
        """What language models answered about any repository: it was paid for, so no scan clears it away."""
        return cls(user_cache_path("docbot") / "model.sqlite")

    @classmethod
    def none(cls) -> Cache:
        """A cache that keeps nothing."""
        return cls(None)

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is None and self._path is not None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = sqlite3.connect(self._path, timeout=_PATIENCE)
                self._connection.execute("PRAGMA synchronous=OFF")
                self._connection.execute(_SCHEMA)
            except (sqlite3.Error, OSError) as error:
                self._forget(error)
        return self._connection

    def _forget(self, error: sqlite3.Error | OSError) -> None:
        """Give up on the file in this run, and remove it if it is damaged."""
        self.close()
        damaged = (
            isinstance(error, sqlite3.Error)
            and getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF not in _NOT_ITS_FAULT
        )
        if self._path is not None and damaged:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
        self._path = None

    def load(self, keys: Iterable[str]) -> dict[str, bytes]:
        """What is kept of `keys`."""
        wanted = list(keys)
        connection = self._open()
        if connection is None:
            return {}
        try:
            if len(wanted) < _FEW:
                return self._pick(connection, wanted)
            rows: dict[str, bytes] = dict(connection.execute(_ALL))
            if len(rows) > _ROOM * len(wanted):
                connection.execute("DELETE FROM page")
                connection.commit()
        except sqlite3.Error as error:
            self._forget(error)
            return {}
        return {key: rows[key] for key in wanted if key in rows}

    def _pick(self, connection: sqlite3.Connection, keys: list[str]) -> dict[str, bytes]:
        marks = ",".join("?" * len(keys))
        return dict(connection.execute(f"{_ALL} AND key IN ({marks})", keys))

    def store(self, entries: Mapping[str, bytes]) -> None:
        """Keep `entries`; lost silently when the file can't be written."""
        connection = self._open()
        if connection is None or not entries:
            return
        try:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO page VALUES (?, ?)", entries.items())
        except sqlite3.Error as error:
            self._forget(error)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
