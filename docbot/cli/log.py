"""Words for people, and output that a workflow's runner reads, too.

In a GitHub workflow every line that a step prints may be a command, and docs text is anybody's.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import click

from docbot.reporters.plain import visible, visible_lines
from docbot.reporters.workflow import harmless


def in_workflow() -> bool:
    """Whether a runner of GitHub's reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def say(text: str) -> None:
    """Print `text` on one line, which steers neither the terminal nor a runner."""
    say_lines(visible(text))


def warn(text: str) -> None:
    """The same on standard error, where it mixes with no report."""
    warn_lines(visible(text))


def say_lines(text: str) -> None:
    """Print the lines of `text`, as `say` does one."""
    click.echo(_lines(text))


def warn_lines(text: str) -> None:
    """The same on standard error."""
    click.echo(_lines(text), err=True)


def _lines(text: str) -> str:
    shown = visible_lines(text)
    return harmless(shown) if in_workflow() else shown


def for_the_log(pieces: Iterable[str]) -> Iterator[str]:
    """`pieces` as they are, but line by line and without commands where a runner reads them."""
    return _guarded(pieces) if in_workflow() else iter(pieces)


def _guarded(pieces: Iterable[str]) -> Iterator[str]:
    waiting = ""
    for piece in pieces:
        whole, mark, waiting = f"{waiting}{piece}".rpartition("\n")
        yield harmless(whole + mark)
    if waiting:
        yield harmless(waiting)
