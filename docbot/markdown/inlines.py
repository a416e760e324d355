"""Finds the place of every inline token by walking the source beside mistune's token tree.

The tokens come in the order of the source and cover it, so a linear walk re-derives each one's range.
The walk checks every character it passes; at the first mismatch it raises `Unaligned` and the block
goes without inline spans. It never guesses.
"""

from __future__ import annotations

import re
import string
from typing import Any

from mistune import InlineParser
from mistune.core import InlineState
from mistune.helpers import parse_link_href, parse_link_label, parse_link_title
from mistune.util import unescape, unikey

from docbot.markdown.blocks import href_range
from docbot.markdown.nodes import Inline
from docbot.text import Span

Token = dict[str, Any]

_PUNCTUATION = frozenset(string.punctuation)
_BREAK = re.compile(r"(?:\\| *)\n\s*")
_TICKS = re.compile(r"`+")
_ESCAPE_OR_ENTITY = re.compile(r"\\([!-/:-@\[-`{-~])|&[^\s<&;]{1,32};")
_MARKS = {"emphasis": 1, "strong": 2, "strikethrough": 2}
_KINDS = {"softbreak": "soft_break", "linebreak": "hard_break", "inline_html": "html"}


def resolved(raw: str) -> str:
    """A destination as written, with its escapes and entities resolved: each once, from the left."""
    return _ESCAPE_OR_ENTITY.sub(lambda m: m[1] or unescape(m[0]), raw)


class SpanInlineParser(InlineParser):
    """mistune's inline parser where it follows CommonMark and takes linear time."""

    MOST_TOKENS = 2_000
    """Past it, `*` and `_` are text: mistune 3.4.0 takes quadratic time for marks nested too deep."""

    def parse_inline_html(self, m: re.Match[str], state: InlineState) -> int | None:
        """mistune sees no links after a raw `<a ...>`, closed or not; CommonMark has no such rule."""
        end = super().parse_inline_html(m, state)
        state.in_link = False
        return end

    def finalize_tokens(self, tokens: list[Token], depth: int) -> list[Token]:
        return super().finalize_tokens(
            tokens, depth if len(tokens) <= self.MOST_TOKENS else self.max_nested_level
        )


class Unaligned(Exception):
    """The tokens don't follow from the source; the block's inline structure isn't proved."""


def align(source: str, tokens: list[Token]) -> tuple[Inline, ...]:
    """The tokens of `source` as nodes with spans relative to it. Raises Unaligned."""
    walk = _Walk(source)
    nodes = walk.nodes(tokens)
    if walk.at != len(source):
        raise Unaligned(f"text is left at {walk.at}")
    return nodes


class _Walk:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def nodes(self, tokens: list[Token]) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for token in tokens:
            node = self.node(token)
            if found and node.kind == "text" == found[-1].kind:
                node = _joined(found.pop(), node)
            found.append(node)
        return tuple(found)

    def node(self, token: Token) -> Inline:
        kind, start = token["type"], self.at
        if kind == "text":
            self.text(token["raw"])
            return Inline("text", Span(start, self.at), token["raw"])
        if kind in ("softbreak", "linebreak"):
            return self.line_break(_KINDS[kind])
        if kind == "codespan":
            return self.code(token["raw"])
        if kind == "inline_html":
            self.expect(token["raw"])
            return Inline("html", Span(start, self.at), token["raw"])
        if kind in _MARKS:
            return self.marked(kind, token)
        if kind in ("link", "image"):
            return self.link(kind, token)
        raise Unaligned(f"unknown token {kind}")

    def expect(self, literal: str) -> None:
        if not self.source.startswith(literal, self.at):
            raise Unaligned(f"{literal!r} expected at {self.at}")
        self.at += len(literal)

    def text(self, raw: str) -> None:
        source, at = self.source, self.at
        if "\\" not in raw and source.startswith(raw, at):
            self.at = at + len(raw)
            return
        for character in raw:
            if source[at : at + 1] == "\\" and source[at + 1 : at + 2] in _PUNCTUATION:
                at += 1
            if source[at : at + 1] != character:
                raise Unaligned(f"{character!r} expected at {at}")
            at += 1
        self.at = at

    def line_break(self, kind: str) -> Inline:
        match = _BREAK.match(self.source, self.at)
        if not match:
            raise Unaligned(f"line break expected at {self.at}")
        self.at = match.end()
        return Inline(kind, Span(match.start(), match.end()), "\n")

    def code(self, raw: str) -> Inline:
        start = self.at
        opening = _TICKS.match(self.source, start)
        if not opening:
            raise Unaligned(f"code span expected at {start}")
        ticks = len(opening.group())
        closing = next(
            (m for m in _TICKS.finditer(self.source, opening.end()) if len(m.group()) == ticks), None
        )
        if closing is None:
            raise Unaligned(f"code span at {start} isn't closed")
        a, b = opening.end(), closing.start()
        code = self.source[a:b].replace("\n", " ")
        if code != raw:
            a, b = a + 1, b - 1
            if code[1:-1] != raw:
                raise Unaligned(f"code span at {start} differs")
        self.at = closing.end()
        over_lines = "\n" in self.source[opening.end() : closing.start()]
        content = self.without_borders(a, b) if over_lines else Span(a, b)
        return Inline("code", Span(start, self.at), raw, content=content)

    def without_borders(self, start: int, end: int) -> Span:
        """The range without the white space at its ends.

        A continued line's indentation may be a tab expanded by mistune, whose columns have no place.
        """
        part = self.source[start:end]
        inner = part.strip(" \t\n")
        first = start + len(part) - len(part.lstrip(" \t\n")) if inner else start
        return Span(first, first + len(inner))

    def marked(self, kind: str, token: Token) -> Inline:
        start = self.at
        mark = self.source[start : start + _MARKS[kind]]
        if len(mark) < _MARKS[kind] or mark.strip("*_~"):
            raise Unaligned(f"{kind} expected at {start}")
        self.at += len(mark)
        children = self.nodes(token["children"])
        self.expect(mark)
        return Inline(kind, Span(start, self.at), children=children)

    def link(self, kind: str, token: Token) -> Inline:
        start = self.at
        opener = "![" if kind == "image" else "["
        if not self.source.startswith(opener, start):
            return self.autolink(token)
        self.at += len(opener)
        children = self.nodes(token["children"])
        self.expect("]")
        if "label" in token:
            self.reference_label(token["ref"])
            return Inline(
                kind, Span(start, self.at), children=children, style="reference", label=token["ref"]
            )
        a, b = self.target()
        raw = self.source[a:b]
        return Inline(
            kind,
            Span(start, self.at),
            children=children,
            destination=resolved(raw),
            destination_span=Span(a, b),
            style="inline",
        )

    def autolink(self, token: Token) -> Inline:
        start, children = self.at, token["children"]
        raw = children[0]["raw"] if len(children) == 1 and children[0]["type"] == "text" else ""
        if not raw or not self.source.startswith(f"<{raw}>", start):
            raise Unaligned(f"autolink expected at {start}")
        self.at += len(raw) + 2
        inner = Span(start + 1, self.at - 1)
        return Inline(
            "autolink", Span(start, self.at), raw, destination=raw, destination_span=inner, style="autolink"
        )

    def reference_label(self, ref: str) -> None:
        if not self.source.startswith("[", self.at):
            return
        label, end = parse_link_label(self.source, self.at + 1)
        if label is not None and end is not None and (label == "" or unikey(label) == ref):
            self.at = end

    def target(self) -> tuple[int, int]:
        """Passes `(destination "title")`; returns the destination's range."""
        self.expect("(")
        href, href_end = parse_link_href(self.source, self.at)
        if href is None or href_end is None:
            raise Unaligned(f"destination expected at {self.at}")
        span = href_range(self.source, href, href_end)
        _, title_end = parse_link_title(self.source, href_end, len(self.source))
        at = title_end or href_end
        while self.source[at : at + 1] in ("\t", "\n", "\f", "\r", " "):
            at += 1
        self.at = at
        self.expect(")")
        return span


def _joined(left: Inline, right: Inline) -> Inline:
    assert left.span is not None and right.span is not None
    return Inline("text", Span(left.span.start, right.span.end), left.raw + right.raw)
