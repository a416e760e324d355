"""What a reader quotes from a page, what should stand there instead, and what sections the reader names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docbot.readers.values import Suggestion

MOST = 12
"""Quotes of one issue that are looked for."""
_SHORTEST, _LONGEST = 3, 1_000
_LONGEST_NEW = 200
"""Code points of a suggestion: more is a text of one's own."""

_FENCED = re.compile(
    r"^[ \t]{0,3}(`{3,}|~{3,})[^\n`]{0,100}\n(?P<code>(?:(?![ \t]{0,3}\1)[^\n]*\n){1,40}?)[ \t]{0,3}\1", re.M
)
_QUOTED = re.compile(
    r"“(?P<curly>[^“”\n]{1,600})”"
    r"|«(?P<angle>[^«»\n]{1,600})»"
    r"|(?<![\w\"])\"(?P<straight>[^\"\n]{1,600})\"(?!\w)"
    r"|(?<!`)``(?P<double>[^\n]{1,600}?)``(?!`)"
    r"|(?<!`)`(?P<code>[^`\n]{1,600})`(?!`)"
    r"|(?<!\w)‘(?P<single>[^‘’\n]{1,300})’(?!\w)"
    r"|(?<![\w'])'(?P<mark>[^'\n]{3,300})'(?!\w)"
)
_ONE = (
    r"(?:“[^“”\n]{1,300}”|«[^«»\n]{1,300}»|\"[^\"\n]{1,300}\"|`[^`\n]{1,300}`|‘[^‘’\n]{1,300}’"
    r"|(?<!\w)'[^'\n]{1,300}'(?!\w)|\*\*[^*\n]{1,300}\*\*)"
)
_SHOULD = re.compile(
    rf"(?P<old>{_ONE})[\s,]{{0,3}}(?:[\w ]{{0,40}}?\b)?(?:(?:should|must|ought to|needs to|has "
    rf"to)\s+(?:\w+\s+){{0,2}}?"
    rf"(?:be|read|say|become|changed? to|replaced by|replaced with|spelled|written)(?:\s+(?:as|to))?"
    rf"|->|=>|→|➡|⇒)[\s:]{{0,3}}(?P<new>{_ONE})",
    re.I,
)
_CHANGE = re.compile(
    rf"\b(?:change|replace|correct|rename)\s+(?:the\s+)?(?:\w+\s+)?(?P<old>{_ONE})\s+(?:to|with|by|into)\s+(?P<new>{_ONE})",
    re.I,
)
_INSTEAD = re.compile(
    rf"(?:should|must)\s+(?:be|read|say|use)\s+(?P<new>{_ONE})[\s,]{{0,3}}(?:instead of|rather than|not"
    rf"|and not)\s+(?P<old>{_ONE})",
    re.I,
)
_INSTEAD_OF = re.compile(
    rf"\binstead of\s+(?P<old>{_ONE})[\s,]{{0,3}}(?:it\s+)?(?:should|must|better)\s+(?:be|read|say|use"
    rf"|write)\s+(?P<new>{_ONE})",
    re.I,
)
_IN_PLACE = re.compile(rf"(?P<old>{_ONE})\s+instead of\s+(?P<new>{_ONE})", re.I)
_BETWEEN = re.compile(
    r"\A\W{0,10}(?:(?:it|this|that|which)\s+)?(?:should|must)\s+(?:\w+\s+){0,2}?(?:be|read|say|become)\b[^\n>]{0,40}\Z|\A\W*(?:->|=>|→|to)\W*\Z",
    re.I,
)
_NAMED = (
    re.compile(
        rf"\b(?:section|heading|chapter|paragraph|part)s?\s+(?:(?:called|named|titled|on|about|of)\s+)?(?:the\s+)?(?P<name>{_ONE})",
        re.I,
    ),
    re.compile(rf"(?P<name>{_ONE})[\s,]{{1,2}}(?:sub)?(?:section|heading|chapter|paragraph|part)\b", re.I),
    re.compile(rf"\b(?:under|below)\s+(?:the\s+)?(?:heading\s+|section\s+)?(?P<name>{_ONE})", re.I),
    re.compile(
        r"\b(?:in|under|of|from|to|see|at|for)\s+the\s+(?P<name>[^\n.,;:!?\"“”`()]{2,80}?)\s+(?:sub)?(?:section|heading|chapter|paragraph)\b",
        re.I,
    ),
    re.compile(r"^[ \t]*(?:sub)?section:?[ \t]+(?P<name>[^\n\"“”`]{2,80})$", re.I | re.M),
)
_MARKS = "“”«»\"`‘’'*"


def quotes_in(text: str) -> tuple[str, ...]:
    """What `text` (Markdown) quotes, as written, the longest first: block quotes, and words in marks.

    Blocks of code are apart, see `code_in`.
    """
    rest = _FENCED.sub("\n", text)
    found = [*_blocks(rest), *(next(filter(None, match.groups())) for match in _QUOTED.finditer(rest))]
    return _kept(found)


def code_in(text: str) -> tuple[str, ...]:
    """The blocks of code in `text` and their lines, the longest first: the page's, or what the reader ran."""
    blocks = [match["code"] for match in _FENCED.finditer(text)]
    return _kept([*blocks, *(line for block in blocks for line in block.split("\n"))])


def _kept(found: Iterable[str]) -> tuple[str, ...]:
    kept = [one.strip() for one in found if _SHORTEST <= len(one.strip()) <= _LONGEST]
    kept = [one for one in kept if not one.startswith(("http://", "https://"))]
    return tuple(sorted(dict.fromkeys(kept), key=lambda one: -len(one))[:MOST])


def _blocks(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        bare = line.lstrip()
        if bare.startswith(">"):
            lines.append(bare.lstrip("> ").rstrip())
        elif lines:
            yield "\n".join(lines).strip()
            lines = []


def suggestions_in(text: str, found: str = "", wanted: str = "") -> tuple[Suggestion, ...]:
    """What `text` says should stand in place of what; `found` and `wanted` are what a form's fields hold."""
    pairs: list[tuple[str, str]] = []
    rest = _FENCED.sub("\n", text)
    for pattern in (_SHOULD, _CHANGE, _INSTEAD, _INSTEAD_OF, _IN_PLACE):
        pairs += [(match["old"], match["new"]) for match in pattern.finditer(rest)]
    pairs += _quoted_pairs(text)
    if found and wanted:
        pairs.append((_only(found), _only(wanted)))
    cleaned = dict.fromkeys(
        Suggestion(old.strip(_MARKS + " "), new.strip(_MARKS + " ")) for old, new in pairs
    )
    kept: list[Suggestion] = []
    for one in cleaned:
        # "the new words instead of the old ones" reads both ways: what was understood first holds.
        if _is_one(one) and Suggestion(one.new, one.old) not in kept:
            kept.append(one)
    return tuple(kept)


def _is_one(one: Suggestion) -> bool:
    fits = len(one.old) >= _SHORTEST and 0 < len(one.new) <= _LONGEST_NEW
    return fits and one.old != one.new and "\n" not in one.new


def _only(field: str) -> str:
    """What a field quotes, if it quotes one thing; else all of it."""
    found = quotes_in(field)
    return found[0] if len(found) == 1 else field


def _quoted_pairs(text: str) -> Iterator[tuple[str, str]]:
    """A block quote, "should be", and another block quote."""
    parts = re.split(r"((?:^[ \t]*>[^\n]*\n?)+)", text, flags=re.M)
    for at in range(1, len(parts) - 2, 2):
        if _BETWEEN.match(parts[at + 1].strip()):
            old, new = (next(_blocks(parts[k]), "") for k in (at, at + 2))
            yield old, new


def headings_in(text: str) -> tuple[str, ...]:
    """What `text` calls a section, as written, in its order."""
    rest = _FENCED.sub("\n", text)
    found = [(match.start(), match["name"]) for pattern in _NAMED for match in pattern.finditer(rest)]
    named = (name.strip(_MARKS + " \t") for _, name in sorted(found))
    return tuple(dict.fromkeys(name for name in named if name))[:MOST]
