"""Which files are pages that may be edited, and why each other one isn't."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate
from functools import lru_cache

from docbot.config import Config
from docbot.markdown.nodes import Outline

_NEVER = re.compile(
    r"(?:^|/)(?i:\.[^/]+|node_modules|vendor|third[_-]?party)/"
    r"|(?:^|/)(?:LICEN[SC]E|NOTICE|CODE_OF_CONDUCT|SECURITY|CHANGELOG|(?i:third[-_]?party[-_]?notices?))"
    r"(?:[-_][A-Z0-9]+)*(?i:\.md)?$"
)
"""Hidden folders, other people's code, legal texts, records of the past.

Those texts are named in capitals; `security-features.md` and `notice.md` are pages like any other.
"""
GENERATED = re.compile(r"(?:^|/)(?:docs-ref-autogen|docs-ref-mapping)/", re.I)
"""Reference that is generated: a change belongs in its source."""


def selected(paths: Iterable[str], config: Config) -> list[str]:
    """The paths that the config and the standing stop list leave, sorted."""
    include, exclude = _matcher(config.include), _matcher(config.exclude)
    stop = (_NEVER, GENERATED)
    wanted = (path for path in paths if include.match(path) and not exclude.match(path))
    return sorted(path for path in wanted if not any(pattern.search(path) for pattern in stop))


def not_editable(outline: Outline) -> str:
    """Why nobody should edit this page here; empty when they may."""
    if outline.meta("ms.locfileid") or outline.meta("ms.translationtype"):
        return "it is a translation: Microsoft doesn't take changes to translated repositories"
    if "generated" in (outline.meta("ms.custom") or "").lower():
        return "it is generated: the change belongs in its source"
    return ""


@lru_cache(maxsize=64)
def _matcher(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for git-like globs: `**` crosses folders, `*` doesn't."""
    if not patterns:
        return re.compile(r"(?!)")
    return re.compile("|".join(_glob(pattern) for pattern in patterns), re.S)


def _glob(pattern: str) -> str:
    """The pattern as a regular expression that no pattern makes slow."""
    clean = pattern.removeprefix("./").removeprefix("/")
    if clean.endswith("/"):
        clean += "**"
    runs = re.split(r"(?:^|(?<=/))\*\*(?:/|$)", clean)
    # What stands between two wildcards is matched where it first fits and never tried again (`(?>`):
    # whatever may follow a later place may follow the first as well.
    parts = [_run(runs[0])]
    for run in runs[1:-1]:
        parts.append(f"(?>(?:[^/]*/)*?{_run(run)})" if run else "")
    if len(runs) > 1:
        parts.append(f"(?:[^/]*/)*{_run(runs[-1])}" if runs[-1] else ".*")
    return "(?:" + "".join(parts) + r")\Z"


def _run(run: str) -> str:
    """Whole segments of a pattern without `**`."""
    return "/".join(_segment(segment) for segment in run.split("/"))


def _segment(segment: str) -> str:
    pieces = [_literal(piece) for piece in re.split(r"\*+", segment)]
    middle = "".join(f"(?>[^/]*?{piece})" for piece in pieces[1:-1])
    return pieces[0] + middle + (f"[^/]*{pieces[-1]}" if len(pieces) > 1 else "")


def _literal(piece: str) -> str:
    parts = []
    for part in re.split(r"(\?|\[[^\]/]+\])", piece):
        if part == "?":
            parts.append("[^/]")
        elif part.startswith("[") and part.endswith("]"):
            parts.append(f"(?!/){translate(part)[4:-3]}")
        else:
            parts.append(re.escape(part))
    return "".join(parts)
