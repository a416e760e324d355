"""Which docbot this is, to the file: what it keeps between runs hangs on its code."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from docbot import __version__
from docbot.types import digest

_PACKAGE = Path(__file__).parent
_NO_CODE = "__pycache__"


@lru_cache(maxsize=1)
def build() -> str:
    """Digest of the version, and of the name, size and time of each of docbot's files.

    Between releases the version stands still while the code goes on: what an older state found must not
    be taken for what this one would find.
    """
    return digest(__version__, *sorted(_facts(file) for file in _PACKAGE.rglob("*") if _is_code(file)))


def _is_code(file: Path) -> bool:
    return _NO_CODE not in file.parts and file.is_file()


def _facts(file: Path) -> str:
    stat = file.stat()
    return f"{file.relative_to(_PACKAGE).as_posix()} {stat.st_size} {stat.st_mtime_ns}"
