"""What a page shows beside its sentences: tables, pictures, code, lists, and what can't be known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from docbot.markdown import Document
from docbot.markdown.nodes import Block

ANYTHING = "anything"
"""What may be any of it: a component, a template, a directive, a file that is included."""
_BLOCKS = {"code": "code", "table": "table", "list": "list"}
_TAG = re.compile(r"<([A-Za-z][\w-]{0,40})")
_TAGS = {
    **dict.fromkeys("table tr td".split(), "table"),
    **dict.fromkeys("img svg video figure picture iframe object canvas embed".split(), "picture"),
    **dict.fromkeys("pre code samp".split(), "code"),
    **dict.fromkeys("ul ol dl".split(), "list"),
    **dict.fromkeys("a abbr b br div em hr i kbd p span strong sub sup u dt dd li th".split(), ""),
}
_TEMPLATE = re.compile(
    r"\{\{|\{%|^[ \t]*(?:!!! |\?\?\?\+? |=== \"|/// |:::|--8<--)|\]\(#tab/|\$\$|^: |^[ \t>]*\||-\|-", re.M
)
_ALERT = re.compile(r"\[!(?:note|tip|important|warning|caution)\]", re.I)
_DIRECTIVE_IMAGE = re.compile(r":+[ \t]*image", re.I)


class Thing(msgspec.Struct, frozen=True, gc=False):
    """One thing that is no sentence, and where it starts."""

    kind: str
    """table, picture, code, name (a code span), list, quote, or `ANYTHING`."""
    start: int


@lru_cache(maxsize=1)
def things(document: Document) -> tuple[Thing, ...]:
    """Everything on the page that is no sentence, in order. Kept for the next rule that asks."""
    return tuple(sorted(_found(document), key=lambda thing: thing.start))


def _found(document: Document) -> Iterator[Thing]:
    for top in document.blocks:
        for block in top.walk():
            yield from _of_block(document.text, block)
    for node in document.inlines():
        if node.span is None:
            continue
        if node.kind == "html":
            yield from _of_html(node.raw, node.span.start)
        elif node.kind in ("image", "code"):
            yield Thing("picture" if node.kind == "image" else "name", node.span.start)
    for mask in document.masks:
        text = mask.span.of(document.text) if mask.kind in ("directive", "marker") else ""
        if mask.kind == "directive" and _DIRECTIVE_IMAGE.match(text):
            yield Thing("picture", mask.span.start)
        elif mask.kind in ("directive", "include", "snippet") or (text and not _ALERT.match(text)):
            yield Thing(ANYTHING, mask.span.start)
    for match in _TEMPLATE.finditer(document.text):
        yield Thing(ANYTHING, match.start())


def _of_block(text: str, block: Block) -> Iterator[Thing]:
    if block.span is None or not block.proved:
        yield Thing(ANYTHING, block.span.start if block.span else len(text))
    elif block.kind == "html":
        yield from _of_html(block.span.of(text), block.span.start)
    elif block.kind in _BLOCKS:
        yield Thing(_BLOCKS[block.kind], block.span.start)
    elif block.kind == "quote" and not _ALERT.search(block.span.of(text)[:80]):
        yield Thing("quote", block.span.start)


def _of_html(html: str, start: int) -> Iterator[Thing]:
    if html.startswith("<!--"):
        return
    for match in _TAG.finditer(html):
        kind = _TAGS.get(match[1], ANYTHING)
        if kind:
            yield Thing(kind, start + match.start())
