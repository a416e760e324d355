"""Text in, blocks with exact spans out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from typing import Any

import msgspec
from mistune import Markdown
from mistune.plugins.formatting import strikethrough

from docbot.markdown.blocks import SpanBlockParser, SpanState
from docbot.markdown.front_matter import front_matter_of
from docbot.markdown.inlines import SpanInlineParser, Unaligned, align, resolved
from docbot.markdown.inventory import Inventory
from docbot.markdown.lines import FileLines, SourceMap
from docbot.markdown.nodes import Block, Definition, FrontMatter, Inline
from docbot.text import Span

Token = dict[str, Any]

_KINDS = {
    "block_text": "paragraph",
    "block_code": "code",
    "block_html": "html",
    "block_quote": "quote",
}
_MARKUP = re.compile(r"[\\`*_\[\]<\n~]")
"""One of these begins every inline node that isn't text."""
_INLINE_SPACE = " \r\n\t\f"


class Parsed:
    """A page's structure. Blocks are in the order of the text."""

    def __init__(
        self,
        front_matter: FrontMatter | None,
        blocks: tuple[Block, ...],
        definitions: tuple[Definition, ...],
    ) -> None:
        self.front_matter = front_matter
        self.blocks = blocks
        self.definitions = definitions

    @cached_property
    def inventory(self) -> Inventory:
        """Its code, HTML, links and prose blocks."""
        return Inventory(self.blocks)


class _References(dict[str, Token]):
    """The page's link definitions; notes which labels inline parsing asked for.

    Always true, so that mistune takes the same way with and without definitions.
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[str, bool] = {}

    def __bool__(self) -> bool:
        return True

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key, default)
        self.asked[key] = found is not None
        return found


class _Memo(msgspec.Struct, frozen=True, gc=False):
    """One inline parse: the labels it asked for with the answers, and its nodes (None: unproved)."""

    asked: tuple[tuple[str, bool], ...]
    nodes: tuple[Inline, ...] | None


class Parser:
    """Parses pages. Keeps the inline structure of each distinct block text it has seen.

    In versioned docs most blocks are copies. A kept result is used again only where the page's
    definitions answer every label it asked for in the same way. Not safe for threads; one a process.
    """

    LARGEST_MEMO = 60_000
    """Distinct texts kept; about 100 MB. Past it the memo starts anew."""

    def __init__(self) -> None:
        self._inline = SpanInlineParser()
        self._block = SpanBlockParser()
        Markdown(renderer=None, block=self._block, inline=self._inline, plugins=[strikethrough])
        self._memo: dict[str, list[_Memo]] = {}
        self._kept = 0

    def parse(self, text: str) -> Parsed:
        """The structure of `text`, which carries no byte order mark."""
        file = FileLines(text)
        state = SpanState()
        state.env["ref_links"] = references = _References()
        state.line0 = file.first
        state.process(file.markdown())
        self._block.parse(state)
        page = _Page(file, references, self._inlines_of)
        blocks = page.blocks(state.tokens, state)
        definitions = tuple(page.definition(label, d) for label, d in references.items())
        return Parsed(front_matter_of(text, file.body), blocks, definitions)

    def _inlines_of(self, source: str, references: _References) -> tuple[Inline, ...] | None:
        if not _MARKUP.search(source):
            return (Inline("text", Span(0, len(source)), source),)
        kept = self._memo.get(source)
        for memo in kept or ():
            if all((label in references) is found for label, found in memo.asked):
                return memo.nodes
        references.asked = {}
        tokens = self._inline(source, {"ref_links": references})
        try:
            nodes: tuple[Inline, ...] | None = align(source, tokens)
        except Unaligned:
            nodes = None
        if self._kept >= self.LARGEST_MEMO:
            self._memo, self._kept = {}, 0
        self._memo.setdefault(source, []).append(_Memo(tuple(references.asked.items()), nodes))
        self._kept += 1
        return nodes


class _Page:
    """Turns one page's tokens into blocks."""

    def __init__(
        self,
        file: FileLines,
        references: _References,
        inlines_of: Callable[[str, _References], tuple[Inline, ...] | None],
    ) -> None:
        self.file = file
        self.references = references
        self.inlines_of = inlines_of

    def blocks(self, tokens: list[Token], state: SpanState) -> tuple[Block, ...]:
        return tuple(
            self.block(token, token.get("_state", state)) for token in tokens if token["type"] != "blank_line"
        )

    def map(self, state: SpanState) -> SourceMap | None:
        return SourceMap(self.file, state.src, state.ends, state.line0) if state.mapped else None

    def block(self, token: Token, state: SpanState) -> Block:
        written: str = token["type"]
        kind = _KINDS.get(written, written)
        source = self.map(state)
        span = source.span(token["_s"], token["_e"]) if source and "_e" in token else None
        attrs = token.get("attrs", {})
        if "children" in token:
            children = self.blocks(token["children"], state)
            return Block(kind, span, children, style=token.get("bullet", ""))
        if "text" in token:
            content, inlines = self.leaf(token, source)
            return Block(
                kind,
                span,
                inlines=inlines or (),
                content=content,
                level=attrs.get("level", 0),
                style=token.get("style", "tight" if token["type"] == "block_text" else ""),
                proved=inlines is not None,
            )
        return Block(
            kind,
            span,
            content=self.code(token, state, source),
            info=attrs.get("info", ""),
            style=token.get("style", ""),
        )

    def code(self, token: Token, state: SpanState, source: SourceMap | None) -> Span | None:
        start = token.get("_code")
        if start is None or source is None or start >= len(state.src) or not token["raw"]:
            return None
        last = min(state.line_of(start) + token["raw"].count("\n"), len(state.ends)) - 1
        return source.span(start, max(start, state.ends[last]))

    def leaf(self, token: Token, source: SourceMap | None) -> tuple[Span | None, tuple[Inline, ...] | None]:
        text = token["text"]
        inner = text.strip(_INLINE_SPACE)
        if not inner:
            return None, ()
        start = token.get("_ts")
        if start is None or source is None or not source.source.startswith(text, start):
            return None, None
        base = start + len(text) - len(text.lstrip(_INLINE_SPACE))
        content = source.span(base, base + len(inner))
        nodes = self.inlines_of(inner, self.references)
        if nodes is None:
            return content, None
        by = source.one_delta(base, base + len(inner))
        if by is not None:
            by += base
            return content, tuple([_shifted(node, by) for node in nodes])
        return content, tuple([_mapped(node, source, base) for node in nodes])

    def definition(self, label: str, reference: Token) -> Definition:
        at = reference.get("_at")
        if at is None or not at[0].mapped:
            return Definition(label, None, reference["url"], None)
        state, start, end, href_start, href_end = at
        source = self.map(state)
        assert source is not None
        raw = state.src[href_start:href_end]
        return Definition(
            label,
            source.span(start, end),
            resolved(raw),
            source.span(href_start, href_end),
        )


def _shifted(node: Inline, by: int) -> Inline:
    span, content, target = node.span, node.content, node.destination_span
    return Inline(
        node.kind,
        Span(span.start + by, span.end + by) if span else None,
        node.raw,
        tuple([_shifted(child, by) for child in node.children]) if node.children else (),
        Span(content.start + by, content.end + by) if content else None,
        node.destination,
        Span(target.start + by, target.end + by) if target else None,
        node.style,
        node.label,
    )


def _mapped(node: Inline, source: SourceMap, base: int) -> Inline:
    return Inline(
        node.kind,
        _map_span(node.span, source, base),
        node.raw,
        tuple([_mapped(child, source, base) for child in node.children]) if node.children else (),
        _map_span(node.content, source, base),
        node.destination,
        _map_span(node.destination_span, source, base),
        node.style,
        node.label,
    )


def _map_span(span: Span | None, source: SourceMap, base: int) -> Span | None:
    if span is None:
        return None
    start, end = span.start + base, span.end + base
    ends, file_ends = source.ends, source.file.ends
    k = bisect_left(ends, start)
    first = start + file_ends[source.line + k] - ends[k]
    if end > ends[k]:
        k = bisect_left(ends, end)
    return Span(first, end + file_ends[source.line + k] - ends[k])
