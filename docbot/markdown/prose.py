"""What of a page is prose: the text its reader reads as sentences, and nothing else.

Code, markup, link targets, images, HTML, directives and fixed words are masked with a placeholder of the same
length, so an offset into a block's prose is an offset into the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from docbot.markdown.learn import dialect_masks
from docbot.markdown.nodes import Block, Inline, Mask
from docbot.markdown.parser import Parsed
from docbot.markdown.protected import comment_spans, fixed_words, protected_spans, word_spans
from docbot.markdown.ranges import Ranges, merged
from docbot.text import Span

HOLE = "\ufffc"
"""Stands for one masked code point. No word character, no space, no punctuation."""

_NO_LEAVES = frozenset({"image", "autolink"})
_BY_LEAVES = frozenset({"code", "html", "definition"})
"""Masks that need no looking at: none of their characters is in a leaf of text."""
_END_OF_URL = r"[^\s<>\ufffc.,;:!?()\[\]'\"*_]"
_URL = re.compile(
    rf"\b(?:https?:|ftp:|mailto:|www\.)[^\s<>\ufffc]*{_END_OF_URL}|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]+\.[\w.-]*\w"
)
_CODE_TAG = re.compile(r"<(?P<close>/?)(?:code|pre|kbd|samp|tt|var|script|style|svg|math)\b", re.I)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_BOX_OR_NOTE = re.compile(r"\A\[[ xX]\](?=\s)|\[\^[^\s\[\]]{1,100}\]:?")
"""`[x]` of a task, `[^1]` of a footnote."""
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{:?[ \t]*[#.][^{}\s][^{}]*\}\Z")
"""`{{ name }}`, `{% include x %}`, and the `{#id}` at the end of a heading."""
_MARKUP = (("&", _ENTITY), ("[", _BOX_OR_NOTE), ("{", _TEMPLATE), ("@", _URL), ("://", _URL), ("www.", _URL))


class Prose(msgspec.Struct, frozen=True, gc=False):
    """The prose of one block: `text` has the length of `span`, with holes where there is none.

    A line break is `\\n` and spaces for the rest of it, whatever the file's line ends and the marks of the
    containers at the start of the next line. Every other character is the page's own.
    """

    kind: str
    span: Span
    text: str

    def span_of(self, start: int, end: int) -> Span:
        """Offsets into `text` as a span of the page."""
        return Span(self.span.start + start, self.span.start + end)


def masks_of(text: str, parsed: Parsed) -> tuple[Mask, ...]:
    """Everything on the page that is known not to be prose, in the order of the text."""
    front, code, html = parsed.front_matter, parsed.inventory.code, parsed.inventory.html
    masks = [Mask("front-matter", front.span)] if front else []
    masks += [Mask("code", span) for span in code]
    masks += [Mask("html", span) for span in html]
    masks += [Mask("definition", d.span) for d in parsed.definitions if d.span]
    comments = comment_spans(text, html)
    masks += [Mask("comment", span) for span in comments]
    literal = Ranges([*code, *html])
    masks += [Mask("protected", span) for span in protected_spans(text, comments, literal)]
    masks += dialect_masks(text, front.span.end if front else 0, literal)
    words = fixed_words(text, front, comments, literal)
    masks += [Mask("no-loc", span) for span in word_spans(text, words)]
    return tuple(sorted(masks, key=lambda mask: mask.span))


def prose_of(text: str, parsed: Parsed, masks: Sequence[Mask]) -> tuple[Prose, ...]:
    """The prose of every paragraph, heading and table cell, in the order of the text."""
    holes = merged(mask.span for mask in masks if mask.kind not in _BY_LEAVES)
    found: list[Prose] = []
    at = 0
    for block in parsed.inventory.prose:
        assert block.content is not None
        while at < len(holes) and holes[at].end <= block.content.start:
            at += 1
        prose = _block_prose(text, block, block.content, holes, at)
        if prose.strip(HOLE + " \t\n"):
            found.append(Prose(block.kind, block.content, prose))
    return tuple(found)


def _block_prose(text: str, block: Block, content: Span, holes: Sequence[Span], at: int) -> str:
    first = block.inlines[0]
    if len(block.inlines) == 1 and first.kind == "text":
        prose = _said(text, first, content)
    else:
        prose = _filled(text, block.inlines, content)
    if at < len(holes) and holes[at].start < content.end:
        prose = _without(prose, content, holes, at)
    for sign, markup in _MARKUP:
        if sign in prose:
            prose = markup.sub(lambda match: HOLE * len(match[0]), prose)
    return prose


def _without(prose: str, content: Span, holes: Sequence[Span], at: int) -> str:
    """`prose` with the holes from number `at` on, which are in order and don't overlap."""
    parts: list[str] = []
    start = 0
    while at < len(holes) and holes[at].start < content.end:
        first = max(holes[at].start - content.start, 0)
        last = min(holes[at].end, content.end) - content.start
        parts += (prose[start:first], HOLE * (last - first))
        start, at = last, at + 1
    parts.append(prose[start:])
    return "".join(parts)


def _filled(text: str, inlines: Sequence[Inline], content: Span) -> str:
    """The text of the leaves in place, holes between; what stands between code-like tags is a hole."""
    parts: list[str] = []
    at, inside = content.start, 0
    for leaf in _leaves(inlines):
        kind, span = leaf.kind, leaf.span
        if kind == "html":
            inside = max(0, inside + _opens(leaf.raw))
        if kind not in ("text", "soft_break", "hard_break") or span is None or inside:
            continue
        parts.append(HOLE * (span.start - at))
        parts.append(_said(text, leaf, span) if kind == "text" else "\n".ljust(len(span)))
        at = span.end
    parts.append(HOLE * (content.end - at))
    return "".join(parts)


def _leaves(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for node in inlines:
        if node.kind in _NO_LEAVES:
            continue
        if node.children:
            yield from _leaves(node.children)
        else:
            yield node


def _said(text: str, leaf: Inline, span: Span) -> str:
    said = text[span.start : span.end]
    return _ESCAPE.sub(HOLE + r"\1", said) if "\\" in said else said


def _opens(tag: str) -> int:
    match = _CODE_TAG.match(tag)
    if not match or tag.endswith("/>"):
        return 0
    return -1 if match["close"] else 1
