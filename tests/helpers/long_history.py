"""Histories of hundreds of commits, made at once by `git fast-import`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.helpers.git import ADDRESS, NAME, Builder

_START = 1_500_000_000
_DAY = 86_400


class Step(NamedTuple):
    """A commit: the day it was made on, from the history's first, and the files it wrote; None removes."""

    day: int
    files: Mapping[str, str | None]


def grow(docs: Builder, steps: Iterable[Step]) -> None:
    """Make `steps` the history of `main`, in their order, and check out the last."""
    stream = bytearray()
    for step in steps:
        who = f"{NAME} <{ADDRESS}> {_START + step.day * _DAY} +0000"
        stream += f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 6\nchange\n".encode()
        for path, text in step.files.items():
            if text is None:
                stream += f"D {path}\n".encode()
                continue
            data = text.encode()
            stream += f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"
    docs.git("fast-import", "--quiet", "--force", data=bytes(stream))
    docs.git("reset", "-q", "--hard", "main")
