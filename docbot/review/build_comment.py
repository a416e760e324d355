"""Reads what the build of Microsoft Learn says below a pull request.

It has said it in several ways over the years, and all of them are read: "OPS Build", "Docs Build" and "Learn
Build status updates of commit", messages with and without a column, and with the code bare, as a link, or
before a link to its documentation. A comment is a stranger's text: what can't be read is counted, and nothing
in it is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from docbot.types import Severity

LONGEST = 262_144
"""Code points of a comment that are read. GitHub keeps no more than 65,536."""

_ACCOUNTS = frozenset({"openpublishbuild", "opbld13", *(f"opbld{number}" for number in range(30, 36))})
"""Those that are known. Anybody may register another number, and nobody a login with brackets."""
_APP = re.compile(r"learn-build-service-prod(?:-\d{2})?\[bot\]")

_COMMIT = re.compile(
    r"\s*\w{2,10} Build status updates of commit _?\[(?P<short>[0-9a-f]{7,40})\]"
    r"(?:\([^\s()]{1,300}/commits?/(?P<full>[0-9a-f]{40})\))?"
)
_STATUS = re.compile(r"\s*#{1,6}\s*(?::\w{1,30}:\s*)?Validation status:\s*(?P<status>\w{1,20})")
_CUT = re.compile(r"This comment lists only the first \d{1,6} files")
_MESSAGE = re.compile(r"\s{0,8}[-*]\s{1,8}\*\*")
_PLACE = re.compile(r"\*\*Line (?P<line>\d{1,9})(?:, Column (?P<column>\d{1,9}))?")
_LEVEL = re.compile(
    r"(?P<level>error|warning|suggestion|info)\w{0,10}"
    r"(?:\s{0,3}[-:]\s{0,3}\[?(?P<code>[A-Za-z][A-Za-z0-9_-]{0,79}))?",
    re.IGNORECASE,
)
_FENCE = re.compile(r"\s{0,8}(`+)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LEVELS = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "suggestion": Severity.INFO,
    "info": Severity.INFO,
}
_MOST_LINES = 20
"""Lines that one message may have."""


class Message(msgspec.Struct, frozen=True, gc=False):
    """One thing that the build found."""

    path: str
    """Empty where it is about no file."""
    line: int
    """From 1; 0 where it is about the file as a whole."""
    column: int
    """From 1; 0 where it isn't told."""
    level: Severity
    code: str
    """Empty in comments from before 2020."""
    text: str


class Build(msgspec.Struct, frozen=True, gc=False):
    """A finished build, as a comment tells of it."""

    commit: str
    """The full id, or as many of its digits as are told; empty in comments from before 2018."""
    status: str
    """passed, suggestions, warnings, errors."""
    messages: tuple[Message, ...]
    cut: bool = False
    """Whether the comment says that it has no room for every file."""
    unread: int = 0
    """Lines that look like a message and can't be read as one."""

    def is_about(self, commit: str) -> bool:
        """Whether it is the build of the commit with this full id."""
        return bool(self.commit) and commit.startswith(self.commit)


class Bearing(StrEnum):
    """What a message of the build has to do with the change."""

    CAUSED = "caused by this pull request"
    """docbot finds the same, and not in the base."""
    HERE = "on lines that this pull request changes"
    NOT = "not caused by this pull request"
    MAYBE = "may be caused by this pull request"
    STALE = "about another commit than the reviewed one"


class Told(msgspec.Struct, frozen=True, gc=False):
    """A message of the build, held against the change."""

    message: Message
    commit: str
    bearing: Bearing
    reason: str = ""
    """What proves that the change didn't cause it."""
    confirms: str = ""
    """The fingerprint of the finding that says the same; empty where docbot has none."""


def is_builds(author: str) -> bool:
    """Whether `author` (a login, as the API gives it) is the build of Learn."""
    name = author.lower()
    return name in _ACCOUNTS or _APP.fullmatch(name) is not None


def parsed(text: str) -> Build | None:
    """The build that a comment tells of; None where it is none of the build's, or it isn't done yet."""
    lines = [line.rstrip("\r") for line in text[:LONGEST].split("\n")]
    found = [match for line in lines if (match := _STATUS.match(line))]
    if not found:
        return None
    commit = next((match for line in lines if (match := _COMMIT.match(line))), None)
    read = list(_messages(lines))
    return Build(
        commit=_commit(commit),
        status=found[0]["status"].lower(),
        messages=tuple(one for one in read if one is not None),
        cut=any(_CUT.match(line.strip()) for line in lines),
        unread=sum(one is None for one in read),
    )


def newest(builds: Sequence[Build], head: str) -> Build | None:
    """The last of `builds` (oldest first) about the commit `head` (a full id), else the last one of all."""
    about = [build for build in builds if build.is_about(head)]
    return next(iter((about or builds)[-1:]), None)


def _commit(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    full = match["full"] or ""
    return full if full.startswith(match["short"]) else match["short"]


def _messages(lines: Sequence[str]) -> Iterator[Message | None]:
    """The messages by place in the comment; None for one that can't be read."""
    path, at = "", 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("###"):
            path = _path(line[3:].strip())
        elif _MESSAGE.match(line):
            said, more = _said(lines, at - 1)
            yield _message(path, line, said)
            at += more


def _path(heading: str) -> str:
    if not heading.startswith("["):
        return "" if _STATUS.match(f"### {heading}") else heading
    return _ESCAPED.sub(r"\1", heading[1:].partition("](")[0])


def _message(path: str, line: str, said: str) -> Message | None:
    start = line.find("**[")
    end = line.find("]**", start)
    level = _LEVEL.match(line, start + 3, end) if 0 <= start < end else None
    if level is None:
        return None
    place = _PLACE.search(line, 0, start)
    return Message(
        path=path,
        line=int(place["line"]) if place else 0,
        column=int(place["column"] or 0) if place else 0,
        level=_LEVELS[level["level"].lower()],
        code=(level["code"] or "").lower(),
        text=said,
    )


def _said(lines: Sequence[str], at: int) -> tuple[str, int]:
    """The words of the message that starts on line `at`, and how many more lines it has."""
    line = lines[at]
    rest = line[line.find("]**") + 3 :]
    fence = _FENCE.match(rest)
    if fence is None:
        return rest.strip(), 0
    first, closed, _ = rest[fence.end() :].partition(fence[1])
    if closed:
        return first.strip(), 0
    words = [first]
    for more, following in enumerate(lines[at + 1 : at + _MOST_LINES], 1):
        ends = following.rstrip()
        words.append(ends.removesuffix(fence[1]))
        if ends.endswith(fence[1]) and fence[1] not in words[-1]:
            return "\n".join(words).strip(), more
    return first.strip(), 0
