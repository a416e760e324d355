"""The small part of a page that the rest of the site needs: headings, sections, links, anchors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from docbot.markdown import learn, slugs
from docbot.markdown.learn import Role
from docbot.markdown.nodes import (
    Block,
    FrontMatter,
    Heading,
    Inline,
    Link,
    LinkKind,
    Mask,
    Outline,
    Section,
)
from docbot.markdown.other_tools import other_suppressions
from docbot.markdown.parser import Parsed
from docbot.markdown.prose import HOLE, Prose
from docbot.markdown.ranges import Ranges
from docbot.markdown.suppressions import suppressions_of
from docbot.text import Span

_ELEMENT_ID = re.compile(r"""[\s"'](?:id|name)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'<>]+))""", re.I)
_ANCHOR = re.compile(r"""<a +(?:id|name)="([\w \-.]+)" *></a>(?=\s*\S)""")
"""At the start of a heading, in exactly this form, it takes the place of the slug."""
_LINK_KINDS = {"link": LinkKind.LINK, "image": LinkKind.IMAGE, "autolink": LinkKind.AUTOLINK}
_BRACKETS = {"include": LinkKind.INCLUDE, "snippet": LinkKind.SNIPPET}
_ATTRIBUTES = {
    ("code", "source"): LinkKind.SNIPPET,
    ("image", "source"): LinkKind.LEARN_IMAGE,
    ("image", "lightbox"): LinkKind.LEARN_IMAGE,
    ("image", "link"): LinkKind.LINK,
}
"""The attributes of directives that name a file."""
_METADATA = (
    "title", "ms.date", "ms.topic", "no-loc", "external help file", "Module Name", "schema", "uid",
    "ms.locfileid", "ms.translationtype", "ms.custom", "redirect_url", "draft", "slug", "permalink",
)  # fmt: skip


def outline_of(text: str, parsed: Parsed, masks: Sequence[Mask], prose: Sequence[Prose]) -> Outline:
    """The outline of a parsed page."""
    found = list(learn.headings_of(text, parsed.blocks))
    sources = [learn.shown(slugs.plain_text(block.inlines)) for block, _ in found]
    headings = _headings(found, sources)
    sections = [heading for heading, (_, role) in zip(headings, found, strict=True) if role is Role.HEADING]
    ids = [a or b or c for span in parsed.inventory.html for a, b, c in _ELEMENT_ID.findall(span.of(text))]
    links = sorted(_links(text, parsed, masks), key=lambda link: link.span)
    return Outline(
        headings=tuple(sections),
        sections=_sections(text, parsed, sections),
        links=tuple(links),
        anchors=frozenset([*_learn_anchors(text, found, headings, sources), *ids]),
        github_anchors=frozenset([*_github_anchors(headings, sources), *ids]),
        includes=tuple(link.destination for link in links if link.kind is LinkKind.INCLUDE),
        suppressions=(
            *suppressions_of(text, parsed.blocks),
            *other_suppressions(text, [mask.span for mask in masks if mask.kind == "comment"]),
        ),
        protected=tuple(mask.span for mask in masks if mask.kind == "protected"),
        metadata=_metadata(parsed.front_matter),
        words=sum(len(p.text.replace(HOLE, " ").split()) for p in prose),
    )


def _headings(found: Sequence[tuple[Block, Role]], sources: Sequence[str]) -> list[Heading]:
    """Everything that looks like a heading: tab labels, too, use up a slug."""
    learn_slugs = slugs.numbered(map(slugs.learn_slug, sources))
    github_slugs = slugs.numbered(map(slugs.github_slug, sources))
    return [
        Heading(block.level, block.span or Span(0, 0), source.strip().replace("\n", " "), slug, github)
        for (block, _), source, slug, github in zip(found, sources, learn_slugs, github_slugs, strict=True)
    ]


def _learn_anchors(
    text: str, found: Iterable[tuple[Block, Role]], headings: Iterable[Heading], sources: Iterable[str]
) -> Iterator[str]:
    for (block, role), heading, source in zip(found, headings, sources, strict=True):
        if role is Role.TAB:
            continue
        explicit = _ANCHOR.match(block.content.of(text)) if block.content else None
        if explicit:
            yield explicit[1]
            continue
        yield heading.slug
        if (plain := slugs.without_emoji_names(source)) != source:
            yield slugs.learn_slug(plain)


def _github_anchors(headings: Iterable[Heading], sources: Iterable[str]) -> Iterator[str]:
    for heading, source in zip(headings, sources, strict=True):
        yield heading.github_slug
        yield from slugs.other_slugs(source, heading.github_slug)
        if (plain := slugs.without_emoji_names(source)) != source:
            yield slugs.github_slug(plain)


def _sections(text: str, parsed: Parsed, headings: Sequence[Heading]) -> tuple[Section, ...]:
    top = {block.span for block in parsed.blocks}
    starts = [heading for heading in headings if heading.span in top]
    begin = parsed.front_matter.span.end if parsed.front_matter else 0
    found: list[Section] = []
    first = starts[0].span.start if starts else len(text)
    if text[begin:first].strip():
        found.append(Section((), 0, Span(begin, first), ""))
    path: list[tuple[int, str]] = []
    for k, heading in enumerate(starts):
        path = [*((lv, t) for lv, t in path if lv < heading.level), (heading.level, heading.text)]
        end = starts[k + 1].span.start if k + 1 < len(starts) else len(text)
        found.append(
            Section(tuple(t for _, t in path), heading.level, Span(heading.span.start, end), heading.slug)
        )
    return tuple(found)


def _metadata(front: FrontMatter | None) -> tuple[tuple[str, str], ...]:
    keys = front.keys if front else ()
    return tuple((key.name, key.value.strip("'\"")) for key in keys if key.name in _METADATA)


def _links(text: str, parsed: Parsed, masks: Sequence[Mask]) -> Iterator[Link]:
    inside = {
        kind: Ranges(mask.span for mask in masks if mask.kind == kind) for kind in (*_BRACKETS, "directive")
    }
    seen: list[int] = []
    for node, block in parsed.inventory.links:
        if node.span is None or node.destination_span is None or inside["directive"].holds(node.span.start):
            continue
        bracket = next((kind for kind in _BRACKETS if inside[kind].holds(node.span.start)), "")
        if bracket:
            seen.append(node.span.start)
        yield _link(node, block, bracket)
    for d in parsed.definitions:
        # `[//]: # (a comment)` and `[^1]: word`, a footnote, only look like definitions.
        if d.span and d.destination_span and not d.label.startswith(("//", "^")):
            yield Link(LinkKind.DEFINITION, d.span, d.destination, d.destination_span, d.label, d.span)
    for mask in masks:
        if mask.kind == "directive":
            yield from _directive_links(text, mask.span)
        elif mask.kind in _BRACKETS and not _starts_in(mask.span, seen):
            yield from _bracket_link(text, mask)


def _starts_in(span: Span, starts: Sequence[int]) -> bool:
    """Whether one of `starts`, which are in order, is in `span`."""
    k = bisect_left(starts, span.start)
    return k < len(starts) and starts[k] < span.end


def _link(node: Inline, block: Span | None, bracket: str) -> Link:
    assert node.span is not None
    kind = _LINK_KINDS[node.kind]
    if bracket:
        kind = _BRACKETS[bracket]
    elif learn.is_tab_link(node):
        kind = LinkKind.TAB
    elif node.destination.startswith("xref:"):
        kind = LinkKind.XREF
    return Link(kind, node.span, node.destination, node.destination_span, _text_of(node), block)


def _text_of(node: Inline) -> str:
    return slugs.plain_text(node.children).replace("\n", " ")


def _bracket_link(text: str, bracket: Mask) -> Iterator[Link]:
    """What an include or a snippet names in a form that CommonMark doesn't take for a link."""
    target = learn.bracket_target(text, bracket.span)
    if target:
        yield Link(_BRACKETS[bracket.kind], bracket.span, target.of(text), target, "", bracket.span)


def _directive_links(text: str, directive: Span) -> Iterator[Link]:
    name = learn.directive_name(text, directive)
    for attribute, value in learn.attributes(text, directive):
        kind = _ATTRIBUTES.get((name, attribute))
        if kind:
            yield Link(kind, directive, value.of(text), value, "", directive)
