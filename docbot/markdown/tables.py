"""GitHub's table rule, with spans. mistune's own drops a table whose rows are ragged.

By the GFM specification: a header row, a delimiter row with the same number of cells, then rows until
a blank line, a lone pipe or the start of another block. Rows with too few cells are padded, extra
cells are dropped; a leading and a trailing pipe are each optional.
"""

from __future__ import annotations

import re
from re import Match
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mistune import BlockParser
    from mistune.core import BlockState

TABLE_PATTERN = r"^ {0,3}[^\s][^\n]*\n {0,3}[|:-][ \t|:-]*(?:\n|$)"
"""Two lines of which the second may be a delimiter row; `parse_table` looks closer."""

_DELIMITER = re.compile(r"^:?-+:?$")
_ENDS_TABLE = ("fenced_code", "atx_heading", "thematic_break", "block_quote", "list", "block_html")
_PIPE = re.compile(r"(?<!\\)\|")
"""To GitHub any pipe behind a backslash is text, whether that backslash is itself escaped or not."""
_NO_ROW = ("", "|")

Token = dict[str, Any]
Range = tuple[int, int]


def parse_table(block: BlockParser, m: Match[str], state: BlockState) -> int | None:
    """A rule for mistune: appends a table token with offsets, or returns None."""
    start = m.start()
    header = state.get_line(start)
    if not _PIPE.search(header) or header.strip() == "|":
        return None
    delimiter_at = start + len(header)
    if delimiter_at in state.lazy_line_starts:
        return None
    delimiter = state.get_line(delimiter_at)
    cells = split_cells(header, start)
    marks = split_cells(delimiter, delimiter_at)
    if len(cells) != len(marks) or not any(mark in delimiter for mark in "|:"):
        return None
    if not all(_DELIMITER.match(state.src[a:b]) for a, b in marks):
        return None
    rows = [_row(state, header, start, cells, len(marks))]
    at = delimiter_at + len(delimiter)
    stop = block.compile_sc([rule for rule in _ENDS_TABLE if rule in block.specification])
    while at < state.cursor_max:
        line = state.get_line(at)
        if line.strip() in _NO_ROW or at in state.lazy_line_starts or stop.match(state.src, at):
            break
        rows.append(_row(state, line, at, split_cells(line, at), len(marks)))
        at += len(line)
    state.append_token({"type": "table", "children": rows, "_s": start, "_e": at})
    return at


def split_cells(line: str, base: int) -> list[Range]:
    """The ranges of a row's cells without the white space around them; `base` is the line's offset."""
    body = line.rstrip("\n").rstrip(" \t")
    start = len(body) - len(body.lstrip(" \t"))
    if body.startswith("|", start):
        start += 1
    pipes = [match.start() for match in _PIPE.finditer(body, start)]
    if pipes and pipes[-1] == len(body) - 1:
        body, pipes = body[:-1], pipes[:-1]
    cuts = [start - 1, *pipes, len(body)]
    return [_stripped(body, a + 1, b, base) for a, b in zip(cuts, cuts[1:], strict=False)]


def _stripped(text: str, start: int, end: int, base: int) -> Range:
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    return base + start, base + end


def _row(state: BlockState, line: str, at: int, cells: list[Range], width: int) -> Token:
    end = at + len(line.rstrip("\n").rstrip(" \t"))
    padded = cells[:width] + [(end, end)] * (width - len(cells))
    children = [
        {
            "type": "table_cell",
            "text": state.src[a:b],
            "_s": a,
            "_e": b,
            "_ts": a,
            "_state": state,
        }
        for a, b in padded
    ]
    return {"type": "table_row", "children": children, "_s": at, "_e": end, "_state": state}
