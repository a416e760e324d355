"""Checks what a parse claims about its text, character by character."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mistune.helpers import unescape_char
from mistune.util import unescape

from docbot.markdown.nodes import Block, Definition, Inline
from docbot.markdown.parser import Parsed
from docbot.text import Span

SPEC = Path(__file__).parents[1] / "data" / "commonmark-spec.json"
MARKS = {"emphasis": 1, "strong": 2, "strikethrough": 2}
CONTAINERS = {"quote", "list", "list_item", "table", "table_row"}
LEAVES = {"paragraph", "heading", "code", "html", "thematic_break", "table_cell"}
NEWLINE = re.compile(r"\r\n|\r|\n")

_BETWEEN_BLOCKS = re.compile(r"[\s>*+\-.)\d]*")
_DEFINITION = re.compile(r"[\s>*+\-.)\d]*\[")
_ESCAPE_OR_ENTITY = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w+);")
_CONTAINER_MARKS = re.compile(r"[\s>]+")


class Example(NamedTuple):
    """One example of the CommonMark specification."""

    number: int
    section: str
    markdown: str
    html: str


@cache
def spec_examples() -> tuple[Example, ...]:
    """The 652 examples of CommonMark 0.31.2, in their order."""
    rows = json.loads(SPEC.read_text(encoding="utf-8"))
    return tuple(Example(r["example"], r["section"], r["markdown"], r["html"]) for r in rows)


def violations(text: str, parsed: Parsed) -> list[str]:
    """One line for each claim of `parsed` that `text` doesn't bear out; empty when all are exact."""
    found = list(_in_order(parsed.blocks, Span(0, len(text)), "page"))
    for block in parsed.blocks:
        found += _of_block(text, block)
    for definition in parsed.definitions:
        found += _of_definition(text, definition)
    found += _left_over(text, parsed)
    return found


def all_blocks(parsed: Parsed) -> Iterator[Block]:
    for block in parsed.blocks:
        yield from block.walk()


def all_inlines(parsed: Parsed) -> Iterator[Inline]:
    for block in all_blocks(parsed):
        yield from block.leaves()


def _in_order(nodes: Iterable[Block | Inline], parent: Span, name: str) -> Iterator[str]:
    """Siblings stand inside their parent, one after the other."""
    at = parent.start
    for node in nodes:
        if node.span is None:
            yield f"{node.kind} in {name} has no span"
            continue
        if node.span.start < at or node.span.end > parent.end or node.span.start > node.span.end:
            yield f"{node.kind} {node.span} in {name} {parent} overlaps a sibling or leaves its parent"
        at = node.span.end


def _of_block(text: str, block: Block) -> Iterator[str]:
    if block.kind not in CONTAINERS | LEAVES:
        yield f"unknown kind {block.kind}"
    span = block.span
    if span is None:
        return
    if len(span) and text[span.end - 1] in "\r\n":
        yield f"{block.kind} {span} ends in a line end"
    if not block.proved:
        yield f"inlines of {block.kind} {span} aren't proved: {span.of(text)!r}"
    if block.content is not None and not span.contains(block.content):
        yield f"content {block.content} is outside of {block.kind} {span}"
    yield from _in_order(block.children, span, block.kind)
    for child in block.children:
        yield from _of_block(text, child)
    if block.kind == "heading":
        yield from _of_heading(text, block, span)
    if block.content is not None and block.kind != "code":
        yield from _tiles(text, block.inlines, block.content, block.kind)
    elif block.inlines:
        yield f"{block.kind} {span} has inlines but no content"


def _of_heading(text: str, block: Block, span: Span) -> Iterator[str]:
    said = span.of(text)
    if block.style == "atx":
        if not re.match(rf"[ \t]*#{{{block.level}}}(?!#)", said):
            yield f"heading {said!r} isn't of level {block.level}"
        return
    underline = re.split(r"[\s>]+", said.rstrip())[-1]
    if underline.strip("=-") or "=-".index(underline[0]) + 1 != block.level:
        yield f"heading {said!r} isn't of level {block.level}"


def _tiles(text: str, inlines: tuple[Inline, ...], whole: Span, name: str) -> Iterator[str]:
    """The nodes cover `whole` without a gap, so no character of it is unaccounted for."""
    at = whole.start
    for node in inlines:
        if node.span is None:
            yield f"{node.kind} in {name} has no span"
            return
        if node.span.start != at:
            yield f"{node.kind} {node.span} in {name} should start at {at}"
        at = node.span.end
        yield from _of_inline(text, node, node.span)
    if at != whole.end:
        yield f"the inlines of {name} {whole} end at {at}"


def _of_inline(text: str, node: Inline, span: Span) -> Iterator[str]:
    said = span.of(text)
    if node.kind == "text":
        if node.raw not in (said, unescape_char(said)) or NEWLINE.search(said):
            yield f"text {said!r} is not {node.raw!r}"
    elif node.kind == "html":
        if node.raw != said and not (NEWLINE.search(said) and _same_over_lines(said, node.raw)):
            yield f"html {said!r} is not {node.raw!r}"
    elif node.kind == "code":
        yield from _of_code(text, node, said)
    elif node.kind in MARKS:
        width = MARKS[node.kind]
        if len(set(said[:width] + said[-width:])) != 1 or said[0] not in "*_~":
            yield f"{node.kind} {said!r} isn't between its marks"
        yield from _tiles(text, node.children, Span(span.start + width, span.end - width), node.kind)
    elif node.kind in ("link", "image", "autolink"):
        yield from _of_link(text, node, span)
    elif node.kind not in ("soft_break", "hard_break"):
        yield f"unknown kind {node.kind}"
    elif not re.fullmatch(r"(?:\\| *)(?:\r\n|\r|\n)[\s>]*", said):
        yield f"{node.kind} {said!r} is no line break"


def _of_code(text: str, node: Inline, said: str) -> Iterator[str]:
    ticks = len(said) - len(said.lstrip("`"))
    if node.content is None or node.span is None:
        yield f"code span {said!r} has no content"
        return
    inside, raw = node.content.of(text), node.raw.strip(" \t")
    borders = (inside[:1], inside[-1:]) == (raw[:1], raw[-1:])
    over_lines = borders and NEWLINE.search(said) and _same_over_lines(inside, raw)
    if inside != node.raw and not over_lines:
        yield f"code {inside!r} is not {node.raw!r}"
    around = said.replace(inside, "", 1) if inside else said
    if said[-ticks:] != "`" * ticks or _CONTAINER_MARKS.sub("", around) != "`" * 2 * ticks:
        yield f"code span {said!r} isn't between its ticks"


def _same_over_lines(said: str, raw: str) -> bool:
    """A node of several lines says the same but for line ends and the marks of its containers."""
    return _CONTAINER_MARKS.sub("", said) == _CONTAINER_MARKS.sub("", raw)


def _of_link(text: str, node: Inline, span: Span) -> Iterator[str]:
    said = span.of(text)
    opener = {"link": "[", "image": "![", "autolink": "<"}[node.kind]
    if not said.startswith(opener) or said[-1] not in ">" * (node.kind == "autolink") + ")]":
        yield f"{node.kind} {said!r} isn't whole"
    if node.style == "reference":
        if node.destination_span is not None or not node.label:
            yield f"reference {said!r} should have a label only"
    elif node.destination_span is None or not span.contains(node.destination_span):
        yield f"{node.kind} {said!r} has no destination inside it"
    else:
        yield from _of_destination(text, node.destination, node.destination_span, node.kind)
    if node.kind != "autolink":
        start = span.start + len(opener)
        last = node.children[-1].span if node.children else None
        yield from _tiles(text, node.children, Span(start, last.end if last else start), node.kind)
        if not text.startswith("]", last.end if last else start):
            yield f"the text of {node.kind} {said!r} doesn't end at its bracket"


def _of_destination(text: str, destination: str, span: Span, kind: str) -> Iterator[str]:
    said = span.of(text)
    expected = said if kind == "autolink" else _ESCAPE_OR_ENTITY.sub(lambda m: m[1] or unescape(m[0]), said)
    if destination != expected:
        yield f"destination {said!r} of {kind} is not {destination!r}"
    if NEWLINE.search(said) or (text[span.start - 1] == "<") != (text[span.end : span.end + 1] == ">"):
        yield f"destination {said!r} of {kind} is cut wrongly"


def _of_definition(text: str, definition: Definition) -> Iterator[str]:
    span, target = definition.span, definition.destination_span
    if span is None or target is None:
        yield f"definition {definition.label!r} has no span"
        return
    said = span.of(text)
    if not said.lstrip().startswith("[") or not span.contains(target) or said[-1] in "\r\n":
        yield f"definition {said!r} isn't whole"
    yield from _of_destination(text, definition.destination, target, "definition")


def _left_over(text: str, parsed: Parsed) -> Iterator[str]:
    """What no leaf and no definition covers is white space and the marks of containers."""
    covered = [Span(0, parsed.front_matter.span.end)] if parsed.front_matter else []
    covered += [d.span for d in parsed.definitions if d.span]
    for block in all_blocks(parsed):
        if block.span and (block.kind in LEAVES or block.kind == "table"):
            covered.append(block.span)
    at = 0
    for span in [*sorted(covered), Span(len(text), len(text))]:
        between = text[at : span.start]
        if not _BETWEEN_BLOCKS.fullmatch(between) and not _DEFINITION.match(between):
            yield f"nothing covers {between!r} at {at}"
        at = max(at, span.end)
