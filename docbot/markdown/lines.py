"""The file's lines, and how an offset in a text that mistune rebuilt leads back to the file.

mistune parses a container (a quote, a list item) by building a new source from the container's
lines with their leading columns cut off. Each such line is a *suffix* of its line in the file. So the
pair (line number, distance to the end of the line) names the same place in every nesting, and a
nested source needs one number to be mapped back: the file's line at which it starts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from docbot.text import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_EXPANDED = (" ", "\t")
_FRONT_MATTER = re.compile(
    r"---[ \t]*(?:\r\n|\r|\n)(?:.*?(?:\r\n|\r|\n))??(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.S
)


class FileLines:
    """Starts and ends (before the line end) of the file's lines, and where its Markdown begins.

    Here a lone carriage return ends a line too: CommonMark says so, git doesn't.
    """

    __slots__ = ("body", "ends", "first", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts, self.ends = _borders(text)
        front = _FRONT_MATTER.match(text)
        self.body = front.end() if front else 0
        """Offset of the first character after the front matter."""
        self.first = bisect_left(self.starts, self.body)
        """Number, from 0, of the line at `body`."""

    def markdown(self) -> str:
        """What mistune parses: the body with line feeds only, ending in one."""
        body = self.text[self.body :]
        if "\r" in body:
            body = body.replace("\r\n", "\n").replace("\r", "\n")
        return body if body.endswith("\n") else body + "\n"


def line_ends(source: str) -> list[int]:
    """Offsets of every `\\n` of `source`, and its length."""
    lengths = accumulate(len(line) + 1 for line in source.split("\n"))
    return [end - 1 for end in lengths]


def _borders(text: str) -> tuple[list[int], list[int]]:
    """Where each line starts, and where it ends before its line end."""
    if "\r" not in text:
        ends = line_ends(text)
        return [0, *(end + 1 for end in ends[:-1])], ends
    starts, found = [0], []
    for match in _LINE_END.finditer(text):
        found.append(match.start())
        starts.append(match.end())
    return starts, [*found, len(text)]


class SourceMap:
    """Maps offsets of one (possibly nested) source to the file."""

    __slots__ = ("ends", "file", "line", "source")

    def __init__(self, file: FileLines, source: str, ends: list[int], line: int) -> None:
        self.file = file
        self.source = source
        self.ends = ends
        self.line = line

    def one_delta(self, start: int, end: int) -> int | None:
        """What to add to any offset in `[start, end]`; None when its lines differ in that."""
        ends, file_ends, line = self.ends, self.file.ends, self.line
        k = bisect_left(ends, start)
        delta = file_ends[line + k] - ends[k]
        while ends[k] < end:
            k += 1
            if file_ends[line + k] - ends[k] != delta:
                return None
        return delta

    def span(self, start: int, end: int) -> Span:
        """`[start, end)` of the source as a span of the file, without trailing line ends."""
        while end > start and self.source[end - 1] == "\n":
            end -= 1
        ends, file = self.ends, self.file
        k = bisect_left(ends, start)
        line = self.line + k
        first = file.ends[line] - (ends[k] - start)
        if self.source[start : start + 1] in _EXPANDED:
            first = max(first, self._indent_start(start, k))
        if end > ends[k]:
            k = bisect_left(ends, end)
            line = self.line + k
        last = file.ends[line] - (ends[k] - end)
        return Span(first, max(first, last))

    def _indent_start(self, offset: int, k: int) -> int:
        """Where, in the file, the white space before the first other character after `offset` starts.

        A tab that mistune expanded to several columns would reach to the left of it.
        """
        while self.source[offset : offset + 1] in _EXPANDED:
            offset += 1
        text, line = self.file.text, self.line + k
        at = self.file.ends[line] - (self.ends[k] - offset)
        while at > self.file.starts[line] and text[at - 1] in " \t":
            at -= 1
        return at
