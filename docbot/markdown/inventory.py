"""One walk over a parsed page that sorts out what the later steps ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docbot.markdown.learn import is_tab_heading
from docbot.markdown.nodes import Block, Inline
from docbot.text import Span

_PROSE_KINDS = frozenset({"paragraph", "heading", "table_cell"})
_LINKS = frozenset({"link", "image", "autolink"})


class Inventory:
    """The code, HTML, links and prose blocks of a page, each in the order of the text."""

    __slots__ = ("code", "html", "links", "prose")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.code: list[Span] = []
        self.html: list[Span] = []
        self.links: list[tuple[Inline, Span | None]] = []
        """Links, images and autolinks, with the span of the block they stand in."""
        self.prose: list[Block] = []
        self._blocks(blocks)

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if block.children:
                self._blocks(block.children)
            elif block.kind in _PROSE_KINDS:
                if block.inlines:
                    self._inlines(block.inlines, block.span)
                    if block.content and not is_tab_heading(block):
                        self.prose.append(block)
            elif block.span and block.kind == "code":
                self.code.append(block.span)
            elif block.span and block.kind == "html":
                self.html.append(block.span)

    def _inlines(self, inlines: Iterable[Inline], block: Span | None) -> None:
        for node in inlines:
            kind = node.kind
            if kind == "text" or node.span is None:
                continue
            if kind == "code":
                self.code.append(node.span)
            elif kind == "html":
                self.html.append(node.span)
            elif kind in _LINKS:
                self.links.append((node, block))
            if node.children:
                self._inlines(node.children, block)
