"""mistune's block parser, made to remember where each block comes from.

mistune keeps no positions. Its state knows the cursor whenever a token is made, so the overrides here
note source offsets beside the tokens (keys with a leading underscore), and `child_state` finds the
line at which a nested source starts. A nested source whose lines are not suffixes of its parent's
lines is marked unmapped: everything in it goes without spans.

Leans on mistune's internals, hence `mistune>=3.4,<3.5`.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from re import Match, Pattern
from typing import Any

from mistune import BlockParser
from mistune.core import BlockState
from mistune.helpers import BLOCK_TAGS, HTML_ATTRIBUTES, PRE_TAGS, parse_link_href
from mistune.util import unikey

from docbot.markdown.lines import line_ends
from docbot.markdown.tables import TABLE_PATTERN, parse_table

Token = dict[str, Any]

_HTML_THAT_INTERRUPTS = (
    rf"^ {{0,3}}(?:(?i:</?(?:{'|'.join(BLOCK_TAGS)})|<(?:{'|'.join(PRE_TAGS)}))(?=[ \t]|/?>|$)"
    r"|<!--|<\?|<![A-Z]|<!\[CDATA\[)"
)
_SELF_CLOSING_LINE = re.compile(HTML_ATTRIBUTES + r"[ \t]*/>[ \t]*(?:\n|$)")
_ENDS_QUOTE = ["blank_line", "thematic_break", "fenced_code", "list", "block_html"]
"""The rules by which mistune ends a quote; it asks for them in this order."""


class SpanState(BlockState):
    """A block state that knows its place in the file: `line0` is its first line, from 0."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.line0 = 0
        self.mapped = True
        self.containers: list[tuple[str, int]] = []
        """Kind of each container being parsed, and the offset its next nested source starts at."""
        self.item_starts: list[int] = []
        self._ends: list[int] | None = None

    @property
    def ends(self) -> list[int]:
        if self._ends is None:
            self._ends = line_ends(self.src)
        return self._ends

    def line_of(self, offset: int) -> int:
        return bisect_left(self.ends, offset)

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> SpanState:
        child = super().child_state(src, lazy_line_starts)
        assert isinstance(child, SpanState)
        child.mapped = self.mapped and bool(self.containers)
        if not child.mapped:
            return child
        kind, offset = self.containers[-1]
        line = self.line_of(offset)
        if kind == "list":
            line = self._enter_item(line)
        child.line0 = self.line0 + line
        child.mapped = self._are_suffixes(child, line)
        return child

    def _enter_item(self, line: int) -> int:
        """The line (from 0) at which the list item's own source starts; `line` follows its marker."""
        start = self.ends[line - 2] + 1 if line >= 2 else 0
        after_digits = self.src[start : self.ends[line - 1]].lstrip(" \t").lstrip(string.digits)
        self.item_starts.append(start)
        self.containers[-1] = ("list", self.cursor)
        return line - 1 if after_digits[1:].strip() else line

    def _are_suffixes(self, child: SpanState, line: int) -> bool:
        parent_ends, source, previous = self.ends, child.src, 0
        for k, end in enumerate(child.ends):
            content = source[previous:end].lstrip(" \t")
            previous = end + 1
            if not content:
                continue
            if line + k >= len(parent_ends):
                return False
            if not self.src.endswith(content, 0, parent_ends[line + k]):
                return False
        return True

    def add_paragraph(self, text: str) -> None:
        count = len(self.tokens)
        super().add_paragraph(text)
        token = self.tokens[-1]
        if len(self.tokens) > count:
            token["_s"] = token["_ts"] = self.cursor
        token["_e"] = self.cursor + len(text)

    def append_paragraph(self) -> int | None:
        end = super().append_paragraph()
        if end:
            self.tokens[-1]["_e"] = end
        return end

    def prepend_token(self, token: Token) -> None:
        """mistune puts a quote before what ended it, which `parse_method` here leaves to come."""
        self.append_token(token)

    def append_token(self, token: Token) -> None:
        token.setdefault("_s", self.cursor)
        super().append_token(token)


class SpanBlockParser(BlockParser):
    """Notes `_s`, `_e` (block), `_ts` (its text) and `_state` (their source) on each token."""

    state_cls = SpanState

    def __init__(self) -> None:
        super().__init__()
        # mistune's own pattern overlooks `<div>`: the name must be followed by white space there.
        self.specification["block_html"] = _HTML_THAT_INTERRUPTS
        self.register("table", TABLE_PATTERN, parse_table, before="paragraph")
        for rules in (self.block_quote_rules, self.list_rules):
            rules.append("table")

    def compile_sc(self, rules: list[str] | None = None) -> Pattern[str]:
        """mistune 3.4.0 draws a heading that follows a quote into it."""
        return super().compile_sc([*rules, "atx_heading"] if rules == _ENDS_QUOTE else rules)

    def parse_method(self, m: Match[str], state: BlockState) -> int | None:
        assert isinstance(state, SpanState)
        if state.containers:
            return _where_container_ends(m)
        before = len(state.tokens)
        start = m.start()
        end = super().parse_method(m, state)
        if end and len(state.tokens) > before:
            self._note_ends(state, before, start, end)
        return end

    def _note_ends(self, state: BlockState, before: int, start: int, end: int) -> None:
        stop = end
        for i in range(len(state.tokens) - 1, before - 1, -1):
            token = state.tokens[i]
            if "_e" not in token:
                token["_s"], token["_e"] = start, stop
                if "_items" in token:
                    cuts = [*token.pop("_items"), stop]
                    for item, a, b in zip(token["children"], cuts, cuts[1:], strict=False):
                        item["_s"], item["_e"], item["_state"] = a, b, state
            stop = token["_s"]

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        """mistune 3.4.0 takes a blank line of five spaces for code, or for more of a paragraph."""
        if state.src[state.cursor] in " \t":
            line_end = state.find_line_end()
            if not state.get_text(line_end).strip(" \t\n"):
                state.append_token({"type": "blank_line"})
                return line_end
        count = len(state.tokens)
        end = super()._parse_indent_code_fast(state)
        if end is not None and len(state.tokens) > count:
            state.tokens[-1]["_e"] = end
        return end

    def parse_list(self, m: Match[str], state: BlockState) -> int:
        assert isinstance(state, SpanState)
        state.containers.append(("list", m.end() + 1))
        count, outer = len(state.tokens), state.item_starts
        state.item_starts = []
        try:
            end = super().parse_list(m, state)
        finally:
            state.containers.pop()
            items, state.item_starts = state.item_starts, outer
        for token in state.tokens[count:]:
            if token["type"] != "list" or "_items" in token or "_e" in token:
                continue
            if len(token["children"]) == len(items):
                token["_items"] = items
                break
        return end

    def parse_block_quote(self, m: Match[str], state: BlockState) -> int:
        assert isinstance(state, SpanState)
        state.containers.append(("quote", state.cursor))
        try:
            return super().parse_block_quote(m, state)
        finally:
            state.containers.pop()

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        super().parse(state, rules)
        for token in state.tokens:
            token["_state"] = state

    def parse_setex_heading(self, m: Match[str], state: BlockState) -> int | None:
        end = super().parse_setex_heading(m, state)
        if end and state.tokens and state.tokens[-1].get("style") == "setext":
            state.tokens[-1]["_e"] = max(end, state.tokens[-1]["_e"])
        return end

    def parse_atx_heading(self, m: Match[str], state: BlockState) -> int:
        end = super().parse_atx_heading(m, state)
        token, raw = state.tokens[-1], m.group("atx_2")
        token["_ts"] = m.start("atx_2") + len(raw) - len(raw.lstrip(string.whitespace))
        return end

    def parse_fenced_code(self, m: Match[str], state: BlockState) -> int | None:
        end = super().parse_fenced_code(m, state)
        if end and state.tokens[-1]["raw"].strip("\n"):
            state.tokens[-1]["_code"] = m.end() + 1
        return end

    def parse_raw_html(self, m: Match[str], state: BlockState) -> int | None:
        """mistune 3.4.0 overlooks a self-closing tag on a line of its own, such as `<br/>`."""
        end = super().parse_raw_html(m, state)
        if end is not None or not _SELF_CLOSING_LINE.match(state.src, m.end(), state.find_line_end()):
            return end
        blank = self.BLANK_LINE.search(state.src, state.cursor)
        end = blank.start() if blank else state.cursor_max
        state.append_token({"type": "block_html", "raw": state.get_text(end)})
        return end

    def parse_ref_link(self, m: Match[str], state: BlockState) -> int | None:
        references = state.env["ref_links"]
        count = len(references)
        end = super().parse_ref_link(m, state)
        if end and len(references) > count:
            href, href_end = parse_link_href(state.src, m.end(), block=True)
            if href is not None and href_end is not None:
                reference = references[unikey(m.group("reflink_1"))]
                reference["_at"] = (state, m.start(), end, *href_range(state.src, href, href_end))
        return end


def href_range(source: str, href: str, end: int) -> tuple[int, int]:
    """Where `href`, whose parsing stopped at `end`, stands in `source`, without angle brackets."""
    bracket = 1 if source[end - 1] == ">" and source[end - 2 - len(href)] == "<" else 0
    return end - bracket - len(href), end - bracket


def _where_container_ends(m: Match[str]) -> int | None:
    """Where a quote or list ends that `m` follows; None when `m` is only more text of it.

    mistune 3.4.0 parses `m` before it has made a token of the container: it may glue `m` to a
    paragraph in front of a quote, puts a quote behind a list that ended it, and recurses once for
    every change between quotes and lists. Left to the caller, `m` is parsed after the container.
    """
    if m.lastgroup == "fenced_code" and m["fenced_2"][0] == "`" in m["fenced_3"]:
        return None
    return m.start()
