"""Who GitHub asks to review a change: CODEOWNERS, where the last line that fits a path decides."""

from __future__ import annotations

import re

import msgspec

from docbot.policies.wildcards import matches, name_matches

_PARTS = re.compile(r"(?:\\.|[^\s\\])+")
_OWNER = re.compile(r"@[\w.-]+(?:/[\w.-]+)?\Z|[^@\s]+@[^@\s]+\Z")
_UNKNOWN = re.compile(r"\A[!\\]|[\[\]]")
"""GitHub leaves out lines with a negation, an escaped `#` or a range."""


class Rule(msgspec.Struct, frozen=True):
    """One line: whose are the files that fit `pattern`? Nobody's where `owners` is empty."""

    pattern: tuple[str, ...]
    """Names of folders and of the file; `**` is any number of them."""
    owners: tuple[str, ...]


def rules_of(text: str) -> tuple[Rule, ...]:
    """The rules in a CODEOWNERS file, in its order. A line GitHub leaves out is left out."""
    found = []
    for line in text.split("\n"):
        pattern, *owners = _PARTS.findall(line.partition(" #")[0]) or [""]
        if not pattern or pattern.startswith("#") or _UNKNOWN.search(pattern):
            continue
        if all(_OWNER.match(owner) for owner in owners):
            found.append(Rule(_names(pattern.replace("\\ ", " ")), tuple(owners)))
    return tuple(found)


def owners_of(rules: tuple[Rule, ...], path: str) -> tuple[str, ...]:
    """The owners of the file at `path` (POSIX, relative to the repository)."""
    names = path.split("/")
    fitting = (rule for rule in reversed(rules) if matches(rule.pattern, names, "**", name_matches))
    rule = next(fitting, None)
    return rule.owners if rule else ()


def _names(pattern: str) -> tuple[str, ...]:
    """A pattern with a slash before its end starts at the root, any other one fits at any depth.

    What it names may be a folder with all that is in it, except `folder/*`: that is the files right in it.
    """
    names = pattern.strip("/").split("/")
    if "/" not in pattern.rstrip("/"):
        names = ["**", *names]
    if pattern.endswith("/"):
        return (*names, "*", "**")
    return tuple(names) if names[-1] == "*" and "/" in pattern else (*names, "**")
