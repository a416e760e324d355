"""The environment git runs in: nothing leads elsewhere, nobody is asked, a token reaches one server only."""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

import msgspec

from docbot.repository.values import Access

_LOCATION = frozenset(
    (
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_EXTERNAL_DIFF",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
    )
)
"""Set where git calls docbot from a hook; they would lead away from the repository that was asked for."""
_ALWAYS = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    # The files of Git LFS are no pages, and may be huge.
    "GIT_LFS_SKIP_SMUDGE": "1",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}
_NOT_LAZY = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
"""The second is for a git before 2.44, which doesn't know the first: it would ask, and has nobody to ask."""
_NOBODY_THERE = {"SSH_ASKPASS": "", "SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never"}
"""Windows that would wait for an answer for ever. At a terminal they stay: there a person unlocks a key.
GIT_ASKPASS stays everywhere: who sets it means git, and in CI it is a script that answers at once."""
_RUN_ANYTHING = ("ext", "fd")
"""Transports that are a command, or a pipe of another program."""


class Stage(msgspec.Struct, frozen=True):
    """Where a commit is prepared: a private index and, for one that is only looked at, private objects."""

    repository: Path
    """git's own folder of the worktree that the commit is for."""
    index: Path
    files: Path
    """A folder that stands in for the checkout: git runs there, and reads attributes from its files."""
    objects: Path | None = None
    """New objects go to this folder; without one, into the repository."""
    known: Path | None = None
    """The repository's own objects, which stay readable beside those in `objects`."""


class Given(TypedDict, total=False):
    """What a command is given beside its words, all of it optional."""

    paths: Sequence[str]
    config: Sequence[str]
    """`key=value` settings for this run."""
    stdin: bytes
    timeout: float | None
    """Seconds until git is ended."""
    committed: str
    """The date of a commit to be made, if not now."""
    stage: Stage | None
    access: Access | None
    """The token to show to its server."""
    patterns: bool
    """Whether `paths` are patterns such as `*.md`, and not names."""
    lazy: bool
    """Whether it may talk to a server: also a partial clone, for what it left with its remote."""


def environment(given: Given) -> dict[str, str]:
    """The variables of one run of git, made of this process's own."""
    made = {name: value for name, value in os.environ.items() if name not in _LOCATION} | _ALWAYS
    if not given.get("lazy"):
        made |= _NOT_LAZY
    if given.get("patterns"):
        del made["GIT_LITERAL_PATHSPECS"]
    if committed := given.get("committed"):
        made["GIT_COMMITTER_DATE"] = committed
    if "GIT_ALLOW_PROTOCOL" in made:
        allowed = made["GIT_ALLOW_PROTOCOL"].split(":")
        made["GIT_ALLOW_PROTOCOL"] = ":".join(name for name in allowed if name not in _RUN_ANYTHING)
    if not somebody_there():
        made |= _NOBODY_THERE
    return made | _staging(given.get("stage")) | _login(given.get("access"), made)


def somebody_there() -> bool:
    """Whether a person at a terminal could be asked, as ssh does for a passphrase."""
    if sys.stdin is not None and sys.stdin.isatty():
        return True
    try:
        # What is typed may come from elsewhere (a pipe) while the terminal is still there.
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return False
    return True


def _staging(stage: Stage | None) -> dict[str, str]:
    if stage is None:
        return {}
    places = {"GIT_DIR": stage.repository, "GIT_INDEX_FILE": stage.index, "GIT_WORK_TREE": stage.files}
    made = {name: str(place) for name, place in places.items()}
    if stage.objects and stage.known:
        made["GIT_OBJECT_DIRECTORY"] = str(stage.objects)
        made["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = _quoted(str(stage.known))
    return made


def _quoted(path: str) -> str:
    # git takes the variable for a list, which a colon in a folder's name would cut in two.
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _login(access: Access | None, so_far: Mapping[str, str]) -> dict[str, str]:
    """The settings that show the token to its server, as variables: arguments are seen by everybody."""
    if access is None:
        return {}
    server = access.server.rstrip("/")
    settings = (
        # What a CI checkout leaves here would be sent as well, and two logins are refused.
        (f"http.{server}/.extraHeader", ""),
        (f"http.{server}/.extraHeader", f"Authorization: Basic {_basic(access)}"),
        # After a redirect git sends the header to whatever server it was led to.
        (f"http.{server}/.followRedirects", "false"),
        # Asked after a refusal, a helper would be told to erase the user's own password.
        (f"credential.{server}.helper", ""),
    )
    count = so_far.get("GIT_CONFIG_COUNT", "")
    first = int(count) if count.isdecimal() else 0
    made = {"GIT_CONFIG_COUNT": str(first + len(settings)), "GIT_ASKPASS": ""}
    for number, (key, value) in enumerate(settings, first):
        made |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return made


def _basic(access: Access) -> str:
    return base64.b64encode(f"x-access-token:{access.token}".encode()).decode("ascii")


def without_token(printed: bytes, access: Access | None) -> bytes:
    """`printed` without the token, which a server may echo, in any form it was or could be sent in."""
    if access is None or not access.token:
        return printed
    for secret in (_basic(access), access.token, quote(access.token, safe="")):
        printed = printed.replace(secret.encode(), b"***")
    return printed
