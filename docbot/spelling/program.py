"""The one home of `typos`, a program that knows common misspellings of English words.

It comes as a binary in a wheel. It is started from docbot's own environment and from nowhere else: a program
of that name in the docs repository, or first on the PATH, is somebody else's.
"""

from __future__ import annotations

import os
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import msgspec

from docbot.errors import UsageError

_NAME = "typos.exe" if os.name == "nt" else "typos"
_COMMAND = ("--isolated", "--format", "json", "--color", "never", "-")
"""`--isolated` keeps it from reading anybody's settings; the dash has it read what it is given."""
_PATIENCE = 120
"""Seconds. A million words take two."""
_DONE = (0, 2)
"""Nothing found, and something found."""
_REMEDY = "run `python -m pip install --force-reinstall typos` in docbot's environment, or skip the rule"


class _Line(msgspec.Struct):
    type: str
    line_num: int = 0
    typo: str = ""
    corrections: tuple[str, ...] = ()


def version() -> str:
    """The version of the program; empty where it is not installed."""
    try:
        return distribution("typos").version if program() else ""
    except PackageNotFoundError:
        return ""


def program() -> Path | None:
    """Where the program is; None where it is not."""
    return next((place for place in _places() if place.is_file()), None)


def _places() -> Iterator[Path]:
    try:
        files = distribution("typos").files or []
    except PackageNotFoundError:
        files = []
    yield from (Path(str(file.locate())) for file in files if file.name == _NAME)
    yield Path(sysconfig.get_path("scripts"), _NAME)


def corrections(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Those of `words` (ASCII letters only) that are misspelled, each with its corrections.

    Raises UsageError when the program is missing or fails.
    """
    asked = sorted(words)
    if not asked:
        return {}
    place = program()
    if place is None:
        raise UsageError(f"the program typos isn't installed: {_REMEDY}")
    found: dict[str, tuple[str, ...]] = {}
    for line in _answers(place, "\n".join(asked).encode("ascii")):
        word = asked[line.line_num - 1] if 0 < line.line_num <= len(asked) else ""
        # A part of a word is reported too: then the word is a compound that it doesn't know.
        if word and line.typo == word and line.corrections:
            found[word] = tuple(dict.fromkeys(line.corrections))
    return found


def _answers(place: Path, text: bytes) -> list[_Line]:
    try:
        with tempfile.TemporaryDirectory() as nowhere:
            done = subprocess.run(
                (place, *_COMMAND),
                input=text,
                capture_output=True,
                cwd=nowhere,
                timeout=_PATIENCE,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"the program typos can't be run ({error}): {_REMEDY}") from error
    if done.returncode not in _DONE:
        said = done.stderr.decode("utf-8", "replace").strip()[-200:]
        raise UsageError(f"the program typos failed with {done.returncode} ({said}): {_REMEDY}")
    try:
        lines = [msgspec.json.decode(line, type=_Line) for line in done.stdout.splitlines()]
    except msgspec.DecodeError as error:
        raise UsageError(f"the program typos answers in a form that isn't known: {_REMEDY}") from error
    return [line for line in lines if line.type == "typo"]
