"""What git prints, taken apart: names, records, results. No command is run here."""

from __future__ import annotations

import re
from typing import NamedTuple

from docbot.errors import RepositoryError
from docbot.repository.values import Commit

_ID_LENGTH = 10


class Result(NamedTuple):
    """What a command printed. With a `code` other than 0 `out` may end anywhere."""

    code: int
    out: bytes
    err: str


class IndexEntry(NamedTuple):
    """A file as an index holds it. The tag is `S` where a sparse checkout leaves the file out."""

    tag: str
    mode: str
    blob: str
    path: str


def text(name: bytes) -> str:
    """A name as git stores it; what isn't UTF-8 survives the way back through `raw`."""
    return name.decode("utf-8", "surrogateescape")


def raw(name: str) -> bytes:
    """The bytes of a name that `text` read."""
    return name.encode("utf-8", "surrogateescape")


def records(out: bytes) -> list[bytes]:
    """The NUL-closed records of a `-z` output, without one that was cut off."""
    return out.split(b"\0")[:-1]


def without_userinfo(url: str) -> str:
    """`url` without the user name and password that may stand before its host."""
    return re.sub(r"://[^/\s]*@", "://", url)


def one_line(said: str) -> str:
    """What git or a server said, fit to be printed: no control characters, no login of a URL."""
    return "".join(c if c.isprintable() else "?" for c in without_userinfo(said))


def line(out: bytes) -> str:
    """The single line that `out` is."""
    return text(out).removesuffix("\n")


def index_entry(record: bytes) -> IndexEntry:
    """An entry as `ls-files -t -s -z` prints it."""
    facts, _, path = record.partition(b"\t")
    tag, mode, blob, _stage = text(facts).split(" ")
    return IndexEntry(tag, mode, blob, text(path))


def object_id(given: str) -> str:
    """`given`, which is the full id of an object. Raises RepositoryError when it is anything else."""
    if not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", given):
        raise RepositoryError(f"{given!r} is no full id of a commit: give it as `git rev-parse HEAD` does")
    return given


def commit_of(header: bytes) -> Commit:
    """The commit of a log's `<id> <date>` line."""
    name, _, date = header.decode("ascii", "replace").partition(" ")
    return Commit(name[:_ID_LENGTH], date)
