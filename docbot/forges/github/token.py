"""Who asks: the token from the environment, or the one the GitHub CLI keeps."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from docbot.errors import UsageError
from docbot.forges.github.place import Place

NO_TOKEN = "docbot has no token for GitHub: run `gh auth login`, or set GITHUB_TOKEN"
"""What to say where `token_of` finds none."""

_VARIABLES = ("GITHUB_TOKEN", "GH_TOKEN")
_COMMAND = "gh auth token"
_SECONDS = 10


def token_of(place: Place, environ: Mapping[str, str]) -> str | None:
    """The token for `place`: GITHUB_TOKEN, else GH_TOKEN, else what `gh auth token` answers, else None.

    Raises UsageError, which never shows the value, for a variable that holds no token.
    """
    name = _variable(environ)
    if name is None:
        return _of_cli(place, environ)
    token = environ[name].strip()
    if not _is_token(token):
        raise UsageError(
            f"{name} holds no token, as it has spaces or letters that tokens don't have: "
            "set it to the token alone"
        )
    return token


def source_of(environ: Mapping[str, str]) -> str:
    """Where `token_of` takes the token from, for people: the name of a variable, or the command."""
    return _variable(environ) or f"`{_COMMAND}`"


def _variable(environ: Mapping[str, str]) -> str | None:
    return next((name for name in _VARIABLES if environ.get(name, "").strip()), None)


def _is_token(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


def _of_cli(place: Place, environ: Mapping[str, str]) -> str | None:
    program = _program(environ.get("PATH", ""))
    if program is None:
        return None
    try:
        done = subprocess.run(
            (program, *_COMMAND.split()[1:], "--hostname", place.host),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            # A blank variable would stand in for the token that gh keeps.
            env={key: value for key, value in environ.items() if key not in _VARIABLES}
            | {"GH_PROMPT_DISABLED": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    token = done.stdout.decode("ascii", "replace").strip()
    return token if done.returncode == 0 and _is_token(token) else None


def _program(path: str) -> Path | None:
    """The GitHub CLI on `path`, but never one from the current folder: that may be anybody's docs."""
    name = "gh.exe" if sys.platform == "win32" else "gh"
    for folder in map(Path, filter(None, path.split(os.pathsep))):
        program = folder / name
        if not folder.is_absolute() or folder.resolve() == Path.cwd().resolve():
            continue
        if program.is_file() and os.access(program, os.X_OK):
            return program
    return None
