"""What a Markdown page consists of. Every node has its exact span in the page's text, or none.

A span is given only where each character was checked against the source; `None` means "not proved",
and nothing without a span is ever edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from docbot.text import Span


class Inline(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One inline node.

    `kind`: text, code, emphasis, strong, strikethrough, link, image, autolink, html, soft_break,
    hard_break. `raw` is what the node says (backslash escapes resolved, entities not). `content` is
    the span of a code span's code. `destination` is a link's target as written, with escapes
    resolved; `destination_span` covers it without angle brackets.
    """

    kind: str
    span: Span | None
    raw: str = ""
    children: tuple[Inline, ...] = ()
    content: Span | None = None
    destination: str = ""
    destination_span: Span | None = None
    style: str = ""
    """For links and images: inline, reference, autolink, bare."""
    label: str = ""
    """For style reference: the normalised label of its definition."""

    def walk(self) -> Iterator[Inline]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


class Block(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One block node.

    `kind`: paragraph, heading, code, html, thematic_break, quote, list, list_item, table, table_row,
    table_cell. `content` is the span of a leaf's text, or of a code block's code. `inlines` is empty
    where the inline structure could not be proved; `proved` tells the two kinds of empty apart.
    """

    kind: str
    span: Span | None
    children: tuple[Block, ...] = ()
    inlines: tuple[Inline, ...] = ()
    content: Span | None = None
    level: int = 0
    info: str = ""
    style: str = ""
    proved: bool = True

    def walk(self) -> Iterator[Block]:
        """This block and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator[Inline]:
        """Every inline node of this block alone, in the order of the text."""
        for inline in self.inlines:
            yield from inline.walk()


class Definition(msgspec.Struct, frozen=True, gc=False):
    """A link reference definition. The first of several with one label counts."""

    label: str
    span: Span | None
    destination: str
    destination_span: Span | None


class FrontMatterKey(msgspec.Struct, frozen=True, gc=False):
    """A top-level key of the YAML front matter; `value` is the raw text after the colon."""

    name: str
    span: Span
    value: str
    value_span: Span


class FrontMatter(msgspec.Struct, frozen=True, gc=False):
    """The YAML between the two `---` lines, and the span of both lines and what is between."""

    span: Span
    keys: tuple[FrontMatterKey, ...]

    def value(self, name: str) -> str | None:
        """The scalar value of `name` without quotes, or None."""
        for key in self.keys:
            if key.name == name:
                return key.value.strip().strip("'\"")
        return None


class LinkKind(StrEnum):
    """How a page points at something else."""

    LINK = "link"
    IMAGE = "image"
    DEFINITION = "definition"
    AUTOLINK = "autolink"
    INCLUDE = "include"
    SNIPPET = "snippet"
    LEARN_IMAGE = "learn-image"
    XREF = "xref"
    TAB = "tab"


class Link(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One link of a page. `span` is the whole construct, `destination_span` what a fix replaces."""

    kind: LinkKind
    span: Span
    destination: str
    destination_span: Span | None
    text: str = ""
    block: Span | None = None
    """The block the link stands in: an edit must stay inside it."""


class Heading(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A heading readers can link to, with its anchors."""

    level: int
    span: Span
    text: str
    """The heading as a reader sees it."""
    slug: str
    """By Learn's algorithm; unique within the page."""
    github_slug: str


class Section(msgspec.Struct, frozen=True, gc=False):
    """Heading to next heading of any level. The text before the first heading is one, of level 0."""

    headings: tuple[str, ...]
    level: int
    span: Span
    slug: str


class Mask(msgspec.Struct, frozen=True, gc=False):
    """A range that is not prose, and why: code, comment, directive, attribute, no-loc, ..."""

    kind: str
    span: Span


class Suppression(msgspec.Struct, frozen=True, gc=False):
    """`<!-- docbot: ignore RULE reason -->`: silences `rule` on `target`.

    A suppression on a line of its own covers the next block; one inside a line covers that line;
    `ignore-file` covers the page.
    """

    rule: str
    reason: str
    text: str
    """The comment as written."""
    span: Span
    target: Span
    foreign: bool = False
    """Whether it was written for another tool, whose affair it is whether it is needed."""


class Outline(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What the rest of the site needs to know of a page. Small, and kept by blob between runs."""

    headings: tuple[Heading, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Every fragment that leads somewhere by Learn's algorithm: slugs, `id`s and `name`s."""
    github_anchors: frozenset[str] = frozenset()
    includes: tuple[str, ...] = ()
    """Destinations of `[!INCLUDE]`, as written."""
    suppressions: tuple[Suppression, ...] = ()
    protected: tuple[Span, ...] = ()
    """Ranges nobody may edit: DO_NOT_EDIT blocks, docutune:disable."""
    metadata: tuple[tuple[str, str], ...] = ()
    words: int = 0
    """Words of prose."""

    def section_at(self, offset: int) -> Section | None:
        """The section that holds `offset`; None for a page without any."""
        low, high = 0, len(self.sections)
        while low < high:
            middle = (low + high) // 2
            if self.sections[middle].span.start <= offset:
                low = middle + 1
            else:
                high = middle
        return self.sections[low - 1] if low else None

    def meta(self, name: str) -> str | None:
        """The scalar front matter value of `name`, or None."""
        return dict(self.metadata).get(name)
