"""`<!-- docbot: ignore RULE reason -->` in a page, and what it covers.

Several rules are written with commas between; each is a suppression of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docbot.markdown.nodes import Block, Suppression
from docbot.markdown.protected import comment_spans
from docbot.text import Span

_SUPPRESSION = re.compile(
    r"<!--\s*docbot:\s*(?P<verb>ignore-file|ignore)\s+(?P<rules>[\w*-]+(?:\s*,\s*[\w*-]+)*)(?P<reason>[\s:].*)?-->",
    re.S,
)


def suppressions_of(text: str, blocks: Sequence[Block]) -> tuple[Suppression, ...]:
    """Every suppression of the page, in order, with the range it covers."""
    if "docbot:" not in text:
        return ()
    return tuple(sorted(_in_blocks(text, blocks), key=lambda suppression: suppression.span))


def _in_blocks(text: str, blocks: Sequence[Block]) -> Iterator[Suppression]:
    following: Span | None = None
    for block in reversed(blocks):
        if block.kind == "html" and block.span:
            yield from _in_html(text, block.span, following or block.span)
        for node in block.leaves():
            if node.kind == "html" and node.span:
                yield from _in_html(text, node.span, _lines_of(text, node.span))
        yield from _in_blocks(text, block.children)
        if block.span and not _is_comment(text, block):
            following = block.span


def _in_html(text: str, html: Span, target: Span) -> Iterator[Suppression]:
    for comment in comment_spans(text, (html,)):
        match = _SUPPRESSION.fullmatch(text, comment.start, comment.end)
        if not match:
            continue
        covers = Span(0, len(text)) if match["verb"] == "ignore-file" else target
        reason = (match["reason"] or "").strip()
        for rule in match["rules"].split(","):
            yield Suppression(rule.strip(), reason, match[0], comment, covers)


def _is_comment(text: str, block: Block) -> bool:
    """Whether a block says nothing to a reader, so that suppressions may stand one below the other."""
    return block.kind == "html" and block.span is not None and text.startswith("<!--", block.span.start)


def _lines_of(text: str, span: Span) -> Span:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return Span(start, len(text) if end < 0 else end)
