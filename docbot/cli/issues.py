"""The options by which a person lets docbot read the issues of readers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from docbot.cli.log import warn
from docbot.errors import UsageError
from docbot.heard import Listen

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--issues",
        is_flag=True,
        help="Ask GitHub what readers reported in the issues of the docs.",
    ),
    click.option(
        "--issues-from",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Read that in FILE: `gh api --paginate 'repos/OWNER/NAME/issues?state=all' > FILE`.",
    ),
)


def issues_options(command: F) -> F:
    """For verbs that read no issues unless told to."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def issues_of(values: dict[str, Any], progress: Callable[[int, int], None]) -> Listen | None:
    """Where issues come from by the options among a command's values, which they are taken out of.

    None where none are to be read. Raises UsageError where both places are named.
    """
    asks, file = values.pop("issues"), values.pop("issues_from")
    if asks and file is not None:
        raise UsageError("--issues asks GitHub and --issues-from reads a file: choose one of them")
    if file is not None:
        from docbot.app.listening import from_file

        return from_file(file)
    if not asks:
        return None
    from docbot.app.listening import from_github

    return from_github(os.environ, warn, progress)
