"""The Markdown dialect of Microsoft Learn: what CommonMark takes for text and Learn doesn't.

Works on the parsed page and its text, and says which ranges are directives, markers or references.
Constructs inside of code, of HTML and of front matter are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from docbot.markdown.nodes import Block, Inline, Mask
from docbot.markdown.ranges import Ranges
from docbot.text import Span

NO_LOC = re.compile(r':::no-loc text="(?P<text>(?:[^"\\\r\n]|\\.)*)":::')
_CLOSED = "image|icon|video|code|form|no-loc"
_DIRECTIVE = re.compile(
    rf"{NO_LOC.pattern}"
    rf'|:::(?:{_CLOSED})(?:[\s>]++[a-z][\w-]*+[ \t]*+=[ \t]*+"[^"]*+")++[\s>]*+:::'
    rf"|:::(?:{_CLOSED})\b[^\r\n]*?:::",
    re.I,
)
"""A directive that ends where it says; with attributes as they should be also over several lines."""
_DIRECTIVE_LINE = re.compile(
    r"(?:^|(?<=\r))[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<directive>:{3,}[^\r\n]*)", re.M
)
"""`::: zone`, `:::row:::`, `::: moniker-end`: markup to the end of its line, in quotes and lists, too."""
_ATTRIBUTE = re.compile(r'([A-Za-z][\w-]*)[ \t]*=[ \t]*"([^"]*)"')
_NAME = re.compile(r":+[ \t]*([\w-]*)")
_BRACKET = re.compile(r"\[!(?P<name>[A-Za-z][\w+-]*)|\[AZURE\.[A-Z-]+")
"""`[!NOTE]`, `[!INCLUDE [t](x.md)]`, `[!code-csharp[…](…)]`, `[!div class="…"]`, `[!VIDEO …]`."""
_BRACKET_PARTS = re.compile(r"\\.|[\[\]\r\n]")
_BRACKET_TARGET = re.compile(r"""\][ \t]*\([ \t]*<?([^\s>"]*?)(?=[\s>"]|\)[ \t]*\])""")
_TAB_TARGET = re.compile(r"#tab/[\w-]+(?:\+[\w-]+)*(?:/[\w-]*)?\Z")
_XREF_SHORT = re.compile(r"""(?<![\w@/.])@(?:"[^"\r\n]+"|'[^'\r\n]+'|[A-Za-z](?:[^\s"'<>\[\]|]*[\w/`])?)""")
"""`@System.String`, `@"a uid"`; a mention and an npm scope look the same, and are no prose either."""


def dialect_masks(text: str, start: int, literal: Ranges) -> Iterator[Mask]:
    """Directives, bracket constructs and short xrefs from `start` on, outside of `literal` (code, HTML)."""
    if ":::" in text:
        for span in _directives(text, start, literal):
            yield Mask("directive", span)
    if "[!" in text or "[AZURE." in text:
        yield from _brackets(text, start, literal)
    if "@" in text:
        for match in _XREF_SHORT.finditer(text, start):
            if not literal.holds(match.start()):
                yield Mask("xref", Span(match.start(), match.end()))


def _directives(text: str, start: int, literal: Ranges) -> Iterator[Span]:
    closed = set()
    for match in _DIRECTIVE.finditer(text, start):
        if not literal.holds(match.start()):
            closed.add(match.start())
            yield Span(match.start(), match.end())
    for match in _DIRECTIVE_LINE.finditer(text, start):
        at = match.start("directive")
        if at not in closed and not literal.holds(at):
            yield Span(at, match.end())


def _brackets(text: str, start: int, literal: Ranges) -> Iterator[Mask]:
    end = start
    for match in _BRACKET.finditer(text, start):
        if match.start() >= end and not literal.holds(match.start()):
            end = _bracket_end(text, match.start())
            yield Mask(_bracket_kind(match), Span(match.start(), end))


def _bracket_kind(match: re.Match[str]) -> str:
    name = (match["name"] or "").lower()
    if name.startswith("include"):
        return "include"
    return "snippet" if name.startswith(("code", "notebook")) else "marker"


def _bracket_end(text: str, start: int) -> int:
    """The end of the construct that opens at `start`: its matching bracket, on the same line."""
    depth = 0
    for part in _BRACKET_PARTS.finditer(text, start):
        if part[0] in "\r\n":
            return part.start()
        depth += {"[": 1, "]": -1}.get(part[0], 0)
        if depth == 0:
            return part.end()
    return len(text)


def bracket_target(text: str, bracket: Span) -> Span | None:
    """The span of the path in `[!INCLUDE [t](path)]` or `[!code-x[t](path "title")]`."""
    match = _BRACKET_TARGET.search(text, bracket.start, bracket.end)
    return Span(match.start(1), match.end(1)) if match and match[1] else None


def directive_name(text: str, directive: Span) -> str:
    """`image` of `:::image …:::`, in lower case."""
    match = _NAME.match(text, directive.start, directive.end)
    return match[1].lower() if match else ""


def attributes(text: str, directive: Span) -> Iterator[tuple[str, Span]]:
    """`(name, span of the value)` for each attribute of a `:::` directive, in order."""
    for match in _ATTRIBUTE.finditer(text, directive.start, directive.end):
        yield match[1].lower(), Span(match.start(2), match.end(2))


def shown(source: str) -> str:
    """A heading's plain text without its directives: `:::no-loc` shows its word, others no word."""
    if ":::" not in source:
        return source
    return _DIRECTIVE.sub(lambda match: (match["text"] or "").replace('\\"', '"'), source)


class Role(StrEnum):
    """What a block that CommonMark takes for a heading is on Learn."""

    HEADING = "heading"
    TAB = "tab"
    """The label of a tab."""
    TEXT = "text"
    """Text that only stands above the `---` that closes a tab group, or markup above a `---`."""


def headings_of(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, Role]]:
    """Every heading block, in order, with what it is."""
    in_tabs = False
    for block in blocks:
        if block.kind == "heading":
            role = _role(text, block, in_tabs)
            in_tabs = role is Role.TAB or (in_tabs and role is Role.HEADING)
            yield block, role
        elif block.kind == "thematic_break":
            in_tabs = False
        elif block.children:
            yield from headings_of(text, block.children)


def _role(text: str, block: Block, in_tabs: bool) -> Role:
    if is_tab_heading(block):
        return Role.TAB
    if block.style != "setext" or block.level != 2:
        return Role.HEADING
    last = block.content.of(text).splitlines()[-1] if block.content else ""
    return Role.TEXT if in_tabs or _DIRECTIVE_LINE.match(last) else Role.HEADING


def is_tab_heading(block: Block) -> bool:
    """Whether a heading is the label of a tab: nothing but one link to `#tab/…`."""
    if block.kind != "heading":
        return False
    nodes = [n for n in block.inlines if not (n.kind == "text" and not n.raw.strip())]
    return len(nodes) == 1 and nodes[0].kind == "link" and bool(_TAB_TARGET.match(nodes[0].destination))


def is_tab_link(node: Inline) -> bool:
    """Whether a link only names a tab."""
    return node.kind == "link" and node.destination.startswith("#tab/")
