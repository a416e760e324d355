"""From what a model answered to edits of the page, or to why it can't be used. Every answer is hostile."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Any

import msgspec

from docbot.drafters.model.prompts import plain_lines
from docbot.text import Edit, Span
from docbot.types import normalised

MOST_EDITS = 20
LONGEST_REASON = 200
_ROOM = 2_000
"""Code points that one edit may add to twice the text in its place."""

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "edits": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("old", "new", "reason")},
                "required": ["old", "new", "reason"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["edits"],
    "additionalProperties": False,
}
"""Only what every endpoint's strict mode knows: bounds are checked here."""

_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.S)
_COMMAND = re.compile(r"^[ \t]*::[A-Za-z].*|##\[.*", re.M)
"""What a runner of GitHub Actions takes for a command, wherever it is printed."""
_REFUSED = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
"""Characters that steer, hide or can't be written."""
_TOKENS = re.compile(r"\s+|\S+")


class Unusable(ValueError):
    """An answer that gives no edits. The message says why, for the model and for a person."""


class Wanted(msgspec.Struct, frozen=True):
    """An edit as a model states it."""

    old: str
    new: str
    reason: str


class Answer(msgspec.Struct, frozen=True):
    """What a model answered. No edit at all is an answer too."""

    edits: tuple[Wanted, ...]


def read(text: str) -> Answer:
    """The answer in `text`, which may stand in a fence or among words. Raises Unusable."""
    body = _THOUGHTS.sub("", text)
    start, end = body.find("{"), body.rfind("}")
    if start < 0 or end < start:
        raise Unusable("it holds no JSON object")
    try:
        return msgspec.json.decode(body[start : end + 1].encode("utf-8"), type=Answer)
    except msgspec.ValidationError as error:
        raise Unusable(f"the JSON object has another shape ({error})") from error
    # Deep nesting ends in RecursionError, half a character can't be encoded.
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise Unusable("it holds no valid JSON object") from error


def edits_of(answer: Answer, text: str, section: Span, eol: str) -> tuple[Edit, ...]:
    """The edits of a page with this `text` and line end that `answer` asks for in `section`, in their order.

    Each is as small as whole words allow; lines end as they did. Raises Unusable for an answer of which any
    part can't be taken.
    """
    if len(answer.edits) > MOST_EDITS:
        raise Unusable(f"it has {len(answer.edits)} edits, and {MOST_EDITS} are the most")
    inside = section.of(text)
    lines = _Lines(inside)
    edits: list[Edit] = []
    for number, stated in enumerate(answer.edits, 1):
        wanted = Wanted(plain_lines(stated.old), plain_lines(stated.new), stated.reason)
        _check(wanted, lines.text, f"edit {number}")
        at = _place(wanted.old, lines.text, f"edit {number}")
        if wanted.old == wanted.new:
            continue
        start, end, new = _smallest(wanted, at)
        span = lines.span(start, end).shifted(section.start)
        edits.append(Edit(span, new.replace("\n", _end(span.of(text), eol))))
    ordered = sorted(set(edits))
    if any(before.conflicts(after) for before, after in pairwise(ordered)):
        raise Unusable("two of its edits meet: make one edit of them")
    return tuple(ordered)


def title_of(answer: Answer) -> str:
    """The reasons for the edits on one line; empty where there is none."""
    reasons = (normalised(one.reason).rstrip(".") for one in answer.edits if one.old != one.new)
    return "; ".join(dict.fromkeys(filter(None, reasons)))


class _Lines:
    """A section as it was sent, and where each place of that is in the page's own text."""

    def __init__(self, text: str) -> None:
        self.text = plain_lines(text)
        self._left_out = [found.start() - number for number, found in enumerate(re.finditer("\r\n", text))]

    def span(self, start: int, end: int) -> Span:
        return Span(self._offset(start), self._offset(end))

    def _offset(self, offset: int) -> int:
        return offset + bisect_left(self._left_out, offset)


def _place(old: str, text: str, name: str) -> int:
    at = text.find(old)
    if at < 0:
        raise Unusable(f'the "old" of {name} is not in the section')
    if text.find(old, at + 1) >= 0:
        raise Unusable(f'the "old" of {name} stands in the section more than once')
    return at


def _check(wanted: Wanted, section: str, name: str) -> None:
    if not wanted.old:
        raise Unusable(f'the "old" of {name} is empty')
    if len(wanted.new) > 2 * len(wanted.old) + _ROOM:
        raise Unusable(f'the "new" of {name} is too long')
    if not wanted.reason.strip() or len(wanted.reason) > LONGEST_REASON:
        raise Unusable(f'the "reason" of {name} is empty or longer than {LONGEST_REASON} characters')
    known = frozenset(section) | {"\n", "\t"}
    if any(sign not in known and unicodedata.category(sign) in _REFUSED for sign in wanted.new):
        raise Unusable(f'the "new" of {name} holds control or invisible characters')
    if any(unicodedata.category(sign) in _REFUSED for sign in wanted.reason):
        raise Unusable(f'the "reason" of {name} holds more than one line of plain text')
    commands = {*_COMMAND.findall(wanted.reason), *_COMMAND.findall(wanted.new)}
    if commands - set(_COMMAND.findall(section)):
        raise Unusable(f"{name} holds a command to a build server")


def _smallest(wanted: Wanted, at: int) -> tuple[int, int, str]:
    """Start and end of what changes, when what is the same at both ends is left alone; and the new text."""
    old, new = _TOKENS.findall(wanted.old), _TOKENS.findall(wanted.new)
    head = _alike(old, new)
    least = min(len(old), len(new)) - head
    tail = min(_alike(old[::-1], new[::-1]), least)
    kept = sum(map(len, old[:head])), sum(map(len, old[len(old) - tail :]))
    return at + kept[0], at + len(wanted.old) - kept[1], "".join(new[head : len(new) - tail])


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _end(old: str, eol: str) -> str:
    """How lines end where `old` stood; the page's own way, if no line ends there."""
    if "\n" in old:
        return "\r\n" if "\r\n" in old else "\n"
    return eol
