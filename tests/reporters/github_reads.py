"""How GitHub and the programs around it read a text. Written apart from docbot's own code, to judge it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

import pyromark
from hypothesis import strategies as st

_O = pyromark.Options
EVERYTHING = reduce(
    or_,
    (
        _O.ENABLE_TABLES,
        _O.ENABLE_FOOTNOTES,
        _O.ENABLE_STRIKETHROUGH,
        _O.ENABLE_TASKLISTS,
        _O.ENABLE_MATH,
        _O.ENABLE_GFM,
        _O.ENABLE_HEADING_ATTRIBUTES,
        _O.ENABLE_WIKILINKS,
        _O.ENABLE_DEFINITION_LIST,
        _O.ENABLE_SUPERSCRIPT,
        _O.ENABLE_SUBSCRIPT,
    ),
)

_ISSUE = r"(?:(?:[\w.-]+/[\w.-]+)?#\d+|(?<![A-Za-z0-9])gh-\d+)"
_ADDRESS = r"github\.com/[\w.-]+/[\w.-]+/(?:issues|pull|discussions|commit|compare)/\w"
REFERENCES = {
    "mention": r"@[\w-]",
    "reference": _ISSUE,
    "address of an issue": _ADDRESS,
    "closing keyword": rf"\b(?:clos(?:e[sd]?)|fix(?:es|ed)?|resolve[sd]?)\b:?\s*(?:{_ISSUE}|https?://{_ADDRESS})",
    "comment": r"<!--|-->",
    "check box": r"- \[.\] \*\*.+:|^[ \t]*[-*+][ \t]+\[[ xX]\]\s",
}
"""What a text does even where it isn't Markdown: as a title, or squashed into a commit message."""
LINKS = {
    "address": r"(?:https?|ftp)://\S|\bwww\.\S",
    "commit": r"(?<![A-Za-z0-9])[0-9a-f]{7,40}(?![A-Za-z0-9])",
    "command to CI": r"\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|skip-checks:\s*true",
    "trailer": r"^[\w-]+-by: ",
}
"""What besides GitHub makes a link of, or obeys, outside of code."""


def done_by(text: str, patterns: dict[str, str], *, entities: bool = True) -> list[str]:
    """The names of the patterns that `text` matches, as it is or, outside of code, with entities resolved."""
    forms = (text, html.unescape(text)) if entities else (text,)
    flags = re.IGNORECASE | re.MULTILINE
    return [name for name, said in patterns.items() if any(re.search(said, form, flags) for form in forms)]


def events(text: str) -> Iterator[tuple[str, Any]]:
    """Every event of an independent Markdown parser: its name, and what it is about."""
    event: Any
    for event in pyromark.events(text, options=EVERYTHING):
        if isinstance(event, str):
            yield event, None
            continue
        ((name, about),) = event.items()
        if name in ("Start", "End"):
            inner = about if isinstance(about, str) else next(iter(about))
            yield f"{name} {inner}", None if isinstance(about, str) else about[inner]
        else:
            yield name, about


def skeleton(text: str) -> list[tuple[str, Any]]:
    """The events of `text` with the text of all code left out."""
    found: list[tuple[str, Any]] = []
    inside = False
    for name, about in events(text):
        if name == "Text" and inside:
            continue
        inside = {"Start CodeBlock": True, "End CodeBlock": False}.get(name, inside)
        found.append((name, None if name == "Code" else about))
    return found


def outside_code(text: str) -> str:
    """What of `text` is no code and no comment of HTML."""
    said, inside = "", False
    for name, about in events(text):
        inside = {"Start CodeBlock": True, "End CodeBlock": False}.get(name, inside)
        said += about if name == "Text" and not inside else "\n" if name.startswith("End") else ""
    return said


ATTACKS = [
    *("@user", "@org/team", "u@abcdef1", "user@0123456789abcdef0123456789abcdef01234567", "@\u200buser"),
    *("#1", "GH-1", "gh-77", "o/r#1", "fixes #1", "Closes: o/r#2", "resolved GH-3", "#\u200b1", "#\u20601"),
    *("https://github.com/o/r/issues/1", "fixes https://github.com/o/r/pull/2#issuecomment-3"),
    *("http://www.github.com/o/r/commit/abcdef1", "www.example.com", "ftp://x.y/z"),
    *("abcdef1", "0123456789abcdef0123456789abcdef01234567", "1234567"),
    *("&commat;user", "&#64;user", "&#x40;user", "&num;1", "&#35;1", "&lt;b&gt;"),
    *("`", "``", "```", "````", "~~~", "~~~~\n", "\n```\n", "\n~~~\n", "``` js\n", "    code\n", "\t"),
    *("|", "|a|b|\n|-|-|\n", "> ", "- [ ] **Style:** x", " [x] **Style:** x", "* [ ] x", "1. [x] y", "---\n"),
    *("<!-- docbot:end -->", "<!-- docbot:begin -->", "-->", "<!--", "<b>", "</script>", "<img src=x>"),
    *("[x](y 'fixes #1')", "[x]: y", "![x](y)", "[[x]]", "[^1]", "$x$", "$`x`$", "\\", "*", "_", "# h\n"),
    *("[skip ci]", "[CI skip]", "skip-checks: true", "\nCo-authored-by: X <x@y.z>", "\nSigned-off-by: x"),
    *(
        "\u202e",
        "\u2066",
        "\u200d",
        "\ufeff",
        "\x00",
        "\x1b[31m",
        "\r",
        "\r\n",
        "\n",
        "\u2028",
        "\ud800",
        " ",
    ),
]

hostile = st.lists(
    st.one_of(st.sampled_from(ATTACKS), st.text(max_size=6), st.sampled_from("ab1 \n-#@`")), max_size=14
).map("".join)
"""Texts made to break out."""
