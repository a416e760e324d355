"""Which files of a docs repository lay down rules for pull requests, and how much each one is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

LARGEST = 200_000
"""Code points of one file that are read; a longer one has to be read by a person."""
MOST_TEXT = 1_000_000
"""Code points of all files together that are read."""
MOST = 200
"""Files; a repository with more of them was not written for people."""

_PLACE = r"(?:docs/|\.github/)?"
_TEXT = r"(?:\.(?:md|markdown|mdx|rst|txt|adoc))?"


class Role(StrEnum):
    """What a file is for."""

    README = "readme"
    GUIDE = "guide"
    """CONTRIBUTING: what it says is meant."""
    AI = "ai"
    """A policy for AI, bots or agents."""
    AGENTS = "agents"
    """What agents are told."""
    TEMPLATE = "template"
    """Of pull requests."""
    PAGE = "page"
    """A page of a contributor's guide: it may be about another repository, so it never stops a proposal."""
    AUTOMATION = "automation"
    OWNERS = "owners"
    DCO = "dco"
    OFF = "off"


_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"(?:{pattern})\Z", re.I))
    for role, pattern in (
        (Role.OFF, r"(?:\.github/)?\.docbot-off"),
        (Role.TEMPLATE, rf"{_PLACE}pull_request_template(?:{_TEXT}|/[^/]+)"),
        (
            Role.AI,
            rf"{_PLACE}(?:(?:[\w.-]*[_.-])?(?:ai|llm|bots?|genai|agents?)"
            rf"(?:[_.-](?!readme)[\w-]*(?:policy|usage|guidelines?|rules?|contribut\w*|disclosure))){_TEXT}",
        ),
        (Role.AGENTS, rf"{_PLACE}(?:agents|claude|gemini){_TEXT}|\.github/copilot-instructions\.md"),
        (Role.GUIDE, rf"{_PLACE}contributing(?:[_.-][\w-]+)?{_TEXT}"),
        (Role.README, rf"(?:\.github/)?readme{_TEXT}"),
        (Role.AUTOMATION, r"\.github/policies/[^/]+\.ya?ml"),
        (Role.DCO, rf"{_PLACE}dco{_TEXT}|\.github/dco\.ya?ml"),
        (Role.OWNERS, rf"{_PLACE}codeowners"),
        (
            Role.PAGE,
            r"(?:[^/]+/){0,6}(?:(?:contributing|contributor-guide|contribute)/[^/]+|contributing)\.md",
        ),
    )
)
_BINARY = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|pdf|zip)\Z", re.I)


def role_of(path: str) -> Role | None:
    """What the file at `path` (POSIX, relative to the repository) is for; None for any other file."""
    if _BINARY.search(path):
        return None
    return next((role for role, pattern in _ROLES if pattern.match(path)), None)


def policy_files(paths: Iterable[str]) -> list[str]:
    """Those of `paths` that `policies_of` reads, sorted; pages of a guide come last and may be cut off."""
    found = [(role is Role.PAGE, path) for path in paths if (role := role_of(path))]
    return [path for _, path in sorted(found)[:MOST]]
