"""docbot's part of a pull request's body. Whatever stands around it is somebody else's, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.text import Span

BEGIN = "<!-- docbot:begin -->"
END = "<!-- docbot:end -->"

_FENCE = re.compile(r" {0,3}(?P<run>`{3,}|~{3,})(?P<info>.*)")


def lines_outside_code(body: str) -> Iterator[tuple[Span, str]]:
    """Every line that is no part of a fenced code block, with its span; neither holds the line end."""
    at, fence = 0, ""
    for line in body.split("\n"):
        start, at = at, at + len(line) + 1
        text = line.removesuffix("\r")
        found = _FENCE.fullmatch(text)
        if fence:
            if found and found["run"].startswith(fence) and not found["info"].strip():
                fence = ""
        elif found and not ("`" in found["run"] and "`" in found["info"]):
            fence = found["run"]
        else:
            yield Span(start, start + len(text)), text


def island_of(body: str) -> Span | None:
    """Where docbot's part stands, from its first mark to its last; None when it was taken out."""
    begin = None
    found = None
    for span, line in lines_outside_code(body):
        if line == BEGIN:
            begin = span.start
        elif line == END and begin is not None:
            found, begin = Span(begin, span.end), None
    return found


def with_island(existing_body: str, new_island: str) -> str:
    """`existing_body` with its island replaced; set below all else where the body has none."""
    where = island_of(existing_body)
    if where is not None:
        return existing_body[: where.start] + new_island + existing_body[where.end :]
    return f"{existing_body}\n\n{new_island}" if existing_body else new_island
