"""What a workflow asks for, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from docbot.errors import UsageError

_BREAKS = re.compile(r"[\s,]+")


class Mode(StrEnum):
    """What one step does."""

    REVIEW = "review"
    """Look at a pull request. Reads alone, unless it is to comment."""
    PROPOSE = "propose"
    """Open a pull request."""
    DRAFT = "draft"
    """Write what could be proposed to a file. Reads alone, and holds no token."""


class Inputs(msgspec.Struct, frozen=True):
    """The inputs of the step, as `action.yml` documents them; empty where nothing was said."""

    mode: Mode
    path: str
    report: Path
    drafts: str = ""
    token: str = ""
    pull_request: str = ""
    base: str = ""
    comments: bool = False
    fail_on: str = ""
    rules: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    model: str = ""
    unsafe: bool = False


def inputs_of(environ: Mapping[str, str]) -> Inputs:
    """The inputs in the environment, as `action.yml` puts them there. Raises UsageError for a wrong one."""

    def said(name: str) -> str:
        return environ.get(f"INPUT_{name}", "").strip()

    mode = said("MODE") or Mode.REVIEW.value
    if mode not in list(Mode):
        raise UsageError(f"the input `mode` is {mode!r}: say {', '.join(Mode)}")
    return Inputs(
        mode=Mode(mode),
        path=said("PATH") or ".",
        report=Path(said("REPORT") or Path(environ["RUNNER_TEMP"], "docbot-report")).absolute(),
        drafts=said("DRAFTS"),
        token=said("TOKEN"),
        pull_request=said("PULL_REQUEST"),
        base=said("BASE"),
        comments=_flag("comments", said("COMMENTS")),
        fail_on=said("FAIL_ON"),
        rules=_words(said("RULES")),
        skip=_words(said("SKIP")),
        pages=tuple(filter(None, map(str.strip, said("PAGES").splitlines()))),
        model=said("MODEL"),
        unsafe=_flag("unsafe", said("UNSAFE")),
    )


def _flag(name: str, said: str) -> bool:
    if said not in ("", "true", "false"):
        raise UsageError(f"the input `{name}` is {said!r}: say true or false")
    return said == "true"


def _words(said: str) -> tuple[str, ...]:
    return tuple(filter(None, _BREAKS.split(said)))


class _Repository(msgspec.Struct, frozen=True):
    full_name: str = ""
    default_branch: str = ""


class _Side(msgspec.Struct, frozen=True):
    ref: str = ""
    repo: _Repository | None = None


class _Pull(msgspec.Struct, frozen=True):
    number: int
    base: _Side = _Side()
    head: _Side = _Side()


class Event(msgspec.Struct, frozen=True):
    """What started the workflow, as far as GitHub's account of it tells."""

    name: str = ""
    pull_request: _Pull | None = None
    repository: _Repository = _Repository()

    @property
    def from_elsewhere(self) -> bool:
        """Whether it is about a pull request of another repository: then the token may only read."""
        pull = self.pull_request
        return pull is not None and (
            pull.head.repo is None or pull.head.repo.full_name != self.repository.full_name
        )


def event_of(environ: Mapping[str, str]) -> Event:
    """The event of the run. Raises UsageError where GitHub's file of it can't be read."""
    file = Path(environ.get("GITHUB_EVENT_PATH", ""))
    try:
        event = msgspec.json.decode(file.read_bytes(), type=Event)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(
            f"GITHUB_EVENT_PATH names no event of GitHub's ({error}): run docbot as a step of a workflow"
        ) from error
    return msgspec.structs.replace(event, name=environ.get("GITHUB_EVENT_NAME", ""))
