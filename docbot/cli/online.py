"""The options by which a person, and nobody else, lets docbot ask other sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from docbot.errors import UsageError
from docbot.online import Online

F = TypeVar("F", bound=Callable[..., Any])

_MORE = (
    click.option(
        "--allow-private", is_flag=True, help="With --online: links into private networks are followed too."
    ),
    click.option("--no-archive", is_flag=True, help="With --online: don't ask archive.org for copies."),
)
_ASKED = "Ask other sites about the pages that are linked to."


def online_options(command: F) -> F:
    """For verbs that ask nobody unless told to."""
    return _with(command, click.option("--online/--offline", help=f"{_ASKED} Default: --offline."))


def also_online_options(command: F) -> F:
    """For a verb that knows --offline already."""
    return _with(command, click.option("--online", is_flag=True, help=_ASKED))


def _with(command: F, first: Callable[[F], F]) -> F:
    for option in reversed((first, *_MORE)):
        command = option(command)
    return command


def online_of(values: dict[str, Any], progress: Callable[[int, int], None]) -> Online | None:
    """What the options among a command's values say, which they are taken out of.

    None where nobody is to be asked. Raises UsageError for half of a wish.
    """
    allow_private, no_archive = values.pop("allow_private"), values.pop("no_archive")
    if not values.pop("online"):
        if allow_private or no_archive:
            raise UsageError("--allow-private and --no-archive say how sites are asked: add --online")
        return None
    from docbot.web.archive import WAYBACK
    from docbot.web.guard import Guard
    from docbot.web.looker import HttpLooker

    guard, archive = Guard(private=allow_private), "" if no_archive else WAYBACK
    return Online(
        lambda: HttpLooker(guard, archive=archive),
        private=allow_private,
        progress=progress,
    )
