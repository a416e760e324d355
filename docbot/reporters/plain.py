"""Makes text of a docs repository safe to show: nothing in it can steer a terminal or hide."""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells

_SPACE = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_STEERING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_KEPT = re.compile("[^\t\n]+")

CUT = "..."
"""Stands for text left out. ASCII, so that no console fails on it."""


def visible(text: str) -> str:
    """`text` on one line, without control characters, direction overrides or invisible characters.

    Tabs and line ends become one space; what could not be encoded becomes U+FFFD.
    """
    return _SURROGATE.sub("\ufffd", _STEERING.sub("", _SPACE.sub(" ", text)))


def visible_lines(text: str) -> str:
    """`text` as `visible` makes it, but with its lines and tabs kept: for a diff on a terminal."""
    return _KEPT.sub(lambda found: visible(found.group()), text.replace("\r\n", "\n"))


def head(text: str, cells: int) -> str:
    """The start of `text`, at most `cells` terminal cells wide; a cut is marked."""
    if cell_len(text) <= cells:
        return text
    room = cells - len(CUT)
    return (chop_cells(text, room)[0] if room > 1 else "") + CUT


def tail(text: str, cells: int) -> str:
    """The end of `text`, at most `cells` terminal cells wide; a cut is marked."""
    if cell_len(text) <= cells:
        return text
    room, kept = cells - len(CUT), len(text)
    while kept and room >= cell_len(text[kept - 1]):
        room -= cell_len(text[kept - 1])
        kept -= 1
    return CUT + text[kept:]
