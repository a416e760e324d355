"""What pulldown-cmark, through pyromark, says of a text, and what docbot says, in the same form.

pulldown-cmark shares no code with mistune and reports byte ranges of its own: an independent judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pyromark

from docbot.markdown.nodes import Block, Inline
from docbot.markdown.parser import Parsed
from docbot.text import Span

Claims = dict[str, set[tuple[Any, ...]]]
"""For each construct, where it is and what it says."""

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_BLOCKS = {
    "Heading": "heading",
    "CodeBlock": "code block",
    "Table": "table",
    "TableCell": "table cell",
    "List": "list",
    "Item": "list item",
    "BlockQuote": "quote",
    "HtmlBlock": "html block",
}
_NAMES = {"code": "code block", "html": "html block", "list_item": "list item", "table_cell": "table cell"}
_CONTAINERS = {"list", "list item", "quote", "table"}
_INLINES = {"Emphasis": "emphasis", "Strong": "strong", "Strikethrough": "strikethrough"}


def judged(text: str, start: int) -> Claims:
    """What pulldown-cmark says of `text` from `start` on, in offsets of `text`."""
    return _Judge(text, start).claims


class _Judge:
    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.claims: Claims = defaultdict(set)
        self.containers: tuple[str, ...] = ()
        self.in_code = False
        body = text[start:]
        place = _code_points(body)
        for event, where in pyromark.events_with_range(body, options=_OPTIONS):
            self.hear(event, start + place(where["start"]), start + place(where["end"]))

    def hear(self, event: Any, a: int, b: int) -> None:
        kind, value = _named(event)
        name, about = _named(value)
        if name == "CodeBlock":
            self.in_code = kind == "Start"
        if kind == "Start":
            self.start(name, about, a, b)
        elif kind == "End" and _BLOCKS.get(name) in _CONTAINERS:
            self.containers = self.containers[:-1]
        elif kind == "Rule":
            self.claims["thematic break"].add((_indented(self.text, a), self.containers))
        elif kind == "Code":
            # pulldown-cmark makes two spaces of CR LF.
            self.claims["code span"].add((a, b, " ".join(name.split())))
        elif kind == "InlineHtml":
            self.claims["inline html"].add((a, b))
        elif kind == "Text" and not self.in_code:
            _claim_text(self.claims, self.text, Span(a, b), self.containers)

    def start(self, name: str, about: Any, a: int, b: int) -> None:
        claims, at = self.claims, _indented(self.text, a)
        if name in ("Link", "Image"):
            # pulldown-cmark leaves the empty brackets of `[text][]` out of the range.
            end = b + len("[]") * (about["link_type"] == "Collapsed")
            inline = about["link_type"] in ("Inline", "Autolink", "Email")
            claims[name.lower()].add((a, end, about["dest_url"] if inline else ""))
            if not inline:
                claims["reference"].add((a, end, about["dest_url"]))
        elif name in _INLINES:
            claims[_INLINES[name]].add((a, b))
        elif name == "Heading":
            claims["heading"].add((at, self.containers, int(about["level"][1])))
        elif name == "Paragraph":
            said = self.text[a:b].rstrip(" \t\r\n")
            claims["paragraph"].add((at, a + len(said), self.containers))
        elif name == "TableCell":
            said = self.text[a:b].strip(" \t")
            claims["table cell"].add((at if said else -1, said))
        elif name in _BLOCKS:
            claims[_BLOCKS[name]].add((at, self.containers))
            if _BLOCKS[name] in _CONTAINERS:
                self.containers = (*self.containers, _BLOCKS[name])


def _named(value: Any) -> tuple[str, Any]:
    """pyromark writes an enum's value as its name, or as a dict from the name to what it carries."""
    return (value or "", None) if value is None or isinstance(value, str) else next(iter(value.items()))


def claimed(text: str, parsed: Parsed) -> Claims:
    """What docbot says of the same."""
    claims: Claims = defaultdict(set)
    destinations = {d.label: d.destination for d in parsed.definitions}
    for block in parsed.blocks:
        _claim_block(claims, text, block, (), destinations)
    return claims


def _claim_block(
    claims: Claims, text: str, block: Block, containers: tuple[str, ...], destinations: dict[str, str]
) -> None:
    assert block.span is not None
    at = _indented(text, block.span.start)
    name = _NAMES.get(block.kind, block.kind.replace("_", " "))
    if name == "heading":
        claims[name].add((at, containers, block.level))
    elif name == "paragraph":
        if block.content and block.style != "tight":
            claims[name].add((block.content.start, block.content.end, containers))
    elif name == "table cell":
        claims[name].add((at if len(block.span) else -1, block.span.of(text)))
    elif name in _BLOCKS.values() or name == "thematic break":
        claims[name].add((at, containers))
    inside = (*containers, name) if name in _CONTAINERS else containers
    for child in block.children:
        _claim_block(claims, text, child, inside, destinations)
    for node in block.leaves():
        _claim_inline(claims, text, node, inside, destinations)


def _claim_inline(
    claims: Claims, text: str, node: Inline, containers: tuple[str, ...], destinations: dict[str, str]
) -> None:
    assert node.span is not None
    a, b = node.span.start, node.span.end
    if node.kind == "text":
        _claim_text(claims, text, node.span, containers)
    elif node.kind == "code":
        claims["code span"].add((a, b, " ".join(node.raw.split())))
    elif node.kind == "html":
        claims["inline html"].add((a, b))
    elif node.kind in _INLINES.values():
        claims[node.kind].add((a, b))
    elif node.kind == "autolink":
        claims["link"].add((a, b, node.destination))
        _claim_text(claims, text, Span(a + 1, b - 1), containers)
    elif node.kind in ("link", "image"):
        claims[node.kind].add((a, b, node.destination))
        if node.style == "reference":
            claims["reference"].add((a, b, destinations[node.label]))


def _claim_text(claims: Claims, text: str, span: Span, containers: tuple[str, ...]) -> None:
    """Character by character, as parsers cut text differently; the backslash of an escape is in none."""
    claims["text"] |= {(k, containers) for k in range(span.start, span.end) if text[k] != "\\"}


def _indented(text: str, at: int) -> int:
    """The first character at or after `at` that isn't indentation: parsers differ in counting it."""
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _code_points(text: str) -> Callable[[int], int]:
    """From byte offsets of the UTF-8 form to code points."""
    if text.isascii():
        return lambda offset: offset
    places = [k for k, character in enumerate(text) for _ in character.encode()] + [len(text)]
    return places.__getitem__


def differences(text: str, parsed: Parsed) -> dict[str, tuple[set[Any], set[Any]]]:
    """For each construct on which the two disagree, what only docbot claims and what only the judge."""
    start = parsed.front_matter.span.end if parsed.front_matter else 0
    theirs, ours = judged(text, start), claimed(text, parsed)
    return {k: (ours[k] - theirs[k], theirs[k] - ours[k]) for k in {*ours, *theirs} if ours[k] != theirs[k]}
