"""The title of a page that nobody vouches for, from the first bytes of it."""

from __future__ import annotations

import html
import re

_TITLE = re.compile(rb"<title\b[^>]{0,200}>(.{0,600}?)</title", re.I | re.S)
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.I)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
LONGEST = 200
"""Code points of a title that are kept."""


def title_of(body: bytes, content_type: str) -> str:
    """The text of the first `title` element on one line; "" where there is none."""
    found = _TITLE.search(body)
    if found is None:
        return ""
    in_header = _IN_HEADER.search(content_type)
    in_page = _CHARSET.search(body[:4096])
    name = in_header[1] if in_header else in_page[1].decode("ascii", "replace") if in_page else "utf-8"
    text = html.unescape(_decoded(found[1], name))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST]


def _decoded(data: bytes, charset: str) -> str:
    """`data` as text; as UTF-8 where the charset is none that Python reads text in."""
    try:
        return str(data, charset, "replace")
    except (LookupError, ValueError):
        return str(data, "utf-8", "replace")
