"""The YAML front matter: its span, and its top-level keys with theirs.

Only what stands on a line of its own at column one is a key; values are kept raw. docbot reads a few
scalars of it and edits none, so a YAML parser, which would lose the spans, isn't needed here.
"""

from __future__ import annotations

import re

from docbot.markdown.nodes import FrontMatter, FrontMatterKey
from docbot.text import Span

_KEY = re.compile(
    r"(?:^|(?<=\r))(?P<name>[A-Za-z_](?:[\w.\- ]*[\w.\-])?)[ \t]*:(?P<value>(?:[ \t][^\r\n]*)?)(?=[\r\n]|\Z)",
    re.M,
)


def front_matter_of(text: str, end: int) -> FrontMatter | None:
    """The front matter that ends at `end`; None when there is none."""
    if end == 0:
        return None
    keys = []
    for match in _KEY.finditer(text, 0, end):
        raw = match["value"]
        lead = len(raw) - len(raw.lstrip())
        value = raw.strip()
        start = match.start("value") + lead
        keys.append(
            FrontMatterKey(
                match["name"], Span(match.start(), match.end()), value, Span(start, start + len(value))
            )
        )
    return FrontMatter(Span(0, end), tuple(keys))
