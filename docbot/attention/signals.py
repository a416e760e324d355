"""What a page's lines say of its sections without being parsed: cheap enough for every page of years ago."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

import msgspec

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_CODE = re.compile(r"`[^`\n]+`")
_MARKUP = re.compile(r"\]\([^()\n]*\)|https?://[^\s<>]+|\[![A-Za-z]+\]|<[^<>\n]*>")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LINK = re.compile(r"\]\([^)\s]|\]\[[^\]\s]")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}s?\b")
_EXPLAINED = re.compile(r"\(([A-Z]{2,6})s?\)")
_DATED = re.compile(
    r"^(?:version |release )?v?\d+(?:\.\d+)+|^\d{4}-\d\d|\b(?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december) (?:\d\d?, )?\d{4}",
    re.I,
)
_RECORD = re.compile(
    r"release[-_]?notes?|change[-_]?log|whats?[-_]?new|breaking[-_]changes|roadmap|(?:^|/)history(?:/|\.)"
    r"|(?:^|/)(?:toc|license|security|code_of_conduct|third[-_]?party[-_]?notices)\.(?:md|markdown)$",
    re.I,
)
_FEW_HEADINGS = 5
_DATED_SHARE = 0.6
_LINES_OF_CODE = 5
"""Words that a line of code counts for, where sections are compared by length."""
_LONGEST_HEADING = 200


class Part(msgspec.Struct, frozen=True, gc=False):
    """A section by its lines: `first` to `last` of the page, both included, from 1."""

    headings: tuple[str, ...]
    first: int
    last: int


class Signals(msgspec.Struct, frozen=True, gc=False):
    """How much there is in a section that can change."""

    length: int = 0
    """Words of prose, and a few for each line of code."""
    links: int = 0
    abbreviations: int = 0
    """Different ones that aren't explained in the section."""
    alerts: int = 0
    rows: int = 0
    """Rows of tables."""


class LineKind(Enum):
    """What a line of a page belongs to."""

    PROSE = auto()
    CODE = auto()
    FRONT_MATTER = auto()


def line_kinds(lines: Sequence[str]) -> list[LineKind]:
    """The kind of each line; the marks around code and front matter count as such."""
    kinds: list[LineKind] = []
    front, fence = bool(lines) and lines[0].rstrip() == "---", ""
    for number, line in enumerate(lines):
        if front:
            kinds.append(LineKind.FRONT_MATTER)
            front = number == 0 or line.rstrip() not in ("---", "...")
            continue
        mark = _FENCE.match(line)
        kinds.append(LineKind.CODE if fence or mark else LineKind.PROSE)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
    return kinds


def parts_of(lines: Sequence[str], kinds: Sequence[LineKind]) -> Iterator[Part]:
    """The sections of a page, heading to next heading; what stands before the first, if it says anything."""
    first = next((n for n, kind in enumerate(kinds) if kind is not LineKind.FRONT_MATTER), len(lines))
    path: list[tuple[int, str]] = []
    for number in range(first, len(lines)):
        found = _HEADING.match(lines[number]) if kinds[number] is LineKind.PROSE else None
        if not found:
            continue
        if path or any(line.strip() for line in lines[first:number]):
            yield Part(tuple(title for _, title in path), first + 1, number)
        level = len(found[1])
        path = [*(above for above in path if above[0] < level), (level, _title(found[2]))]
        first = number
    if path or any(line.strip() for line in lines[first:]):
        yield Part(tuple(title for _, title in path), first + 1, len(lines))


def _title(source: str | None) -> str:
    return (source or "")[:_LONGEST_HEADING].strip(" \t#\r")


def signals_of(lines: Sequence[str], kinds: Sequence[LineKind]) -> Signals:
    """Counts what the lines of one section hold."""
    prose = [line for line, kind in zip(lines, kinds, strict=True) if kind is LineKind.PROSE]
    code = sum(kind is LineKind.CODE for kind in kinds)
    text = _CODE.sub(" ", "\n".join(prose))
    clean = _MARKUP.sub(" ", text)
    explained = set(_EXPLAINED.findall(clean))
    return Signals(
        length=len(_WORD.findall(clean)) + _LINES_OF_CODE * code,
        links=len(_LINK.findall(text)),
        abbreviations=len({word.rstrip("s") for word in _ABBREVIATION.findall(clean)} - explained),
        alerts=text.count("[!"),
        rows=sum(line.lstrip().startswith("|") for line in prose),
    )


def is_record(path: str, headings: Sequence[Sequence[str]]) -> bool:
    """Whether a page only grows: release notes, what's new, or sections named after versions and dates."""
    if _RECORD.search(path):
        return True
    dated = sum(any(_DATED.search(title) for title in titles[-2:]) for titles in headings)
    return len(headings) >= _FEW_HEADINGS and dated >= _DATED_SHARE * len(headings)
