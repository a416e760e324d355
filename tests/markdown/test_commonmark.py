"""The nodes say what the CommonMark specification says: they are rendered to HTML from the spans alone.

White space is left out of the comparison, and so are titles, which nodes don't keep.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from urllib.parse import quote

import pytest

from docbot.markdown.nodes import Block, Inline
from docbot.markdown.parser import Parsed, Parser
from tests.markdown.helpers import NEWLINE, Example, spec_examples

_TAGS = {"emphasis": "em", "strong": "strong", "list_item": "li", "quote": "blockquote"}
_ESCAPE_OR_ENTITY = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w+);)")
_URL_SAFE = "/?:@-._~!$&'()*+,;=#%"

SECTIONS = sorted({example.section for example in spec_examples()})


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("section", SECTIONS)
def test_nodes_render_to_the_html_of_the_specification(section: str, line_end: str) -> None:
    parser = Parser()
    wrong = {}
    for example in _examples_of(section):
        # An example that starts with `---` would be front matter; a blank line changes nothing else.
        text = "\n" * example.markdown.startswith("---") + example.markdown
        if _rendered(parser, text.replace("\n", line_end)) != _compact(example.html):
            wrong[example.number] = text
    assert wrong == {}


@pytest.mark.parametrize("section", SECTIONS)
def test_quoted_examples_render_to_the_same_html_in_a_quote(section: str) -> None:
    parser = Parser()
    wrong = {}
    for example in _examples_of(section):
        # The two columns of the mark would move the tab stops.
        lines = example.markdown.expandtabs(4).split("\n")[:-1]
        text = "\n".join(f"> {line}" for line in lines)
        if _rendered(parser, text) != _compact(f"<blockquote>{example.html}</blockquote>"):
            wrong[example.number] = text
    assert wrong == {}


def test_no_example_is_missing() -> None:
    assert [example.number for example in spec_examples()] == list(range(1, 653))


def _examples_of(section: str) -> list[Example]:
    return [example for example in spec_examples() if example.section == section]


def _rendered(parser: Parser, text: str) -> str:
    return _compact(_Rendering(text, parser.parse(text)).blocks())


def _compact(markup: str) -> str:
    return re.sub(r"\s+", "", re.sub(r' title="[^"]*"', "", markup))


class _Rendering:
    def __init__(self, text: str, parsed: Parsed) -> None:
        self.text = text
        self.parsed = parsed
        self.destinations = {d.label: d.destination for d in parsed.definitions}

    def blocks(self) -> str:
        return "".join(self.block(block, 0) for block in self.parsed.blocks)

    def block(self, block: Block, quotes: int) -> str:
        inner = "".join(self.inline(node) for node in block.inlines)
        if block.kind == "paragraph":
            return inner if block.style == "tight" else f"<p>{inner}</p>"
        if block.kind == "heading":
            return f"<h{block.level}>{inner}</h{block.level}>"
        if block.kind == "thematic_break":
            return "<hr />"
        if block.kind == "html":
            return self.lines(block, quotes)
        if block.kind == "code":
            return self.code(block, quotes)
        inner = "".join(self.block(child, quotes + (block.kind == "quote")) for child in block.children)
        if block.kind == "list":
            return self.list(block, inner)
        return f"<{_TAGS[block.kind]}>{inner}</{_TAGS[block.kind]}>"

    def list(self, block: Block, inner: str) -> str:
        if block.style not in ".)":
            return f"<ul>{inner}</ul>"
        assert block.span is not None
        number = re.match(r"\s*(\d+)", block.span.of(self.text))
        assert number is not None
        start = f' start="{int(number[1])}"' if int(number[1]) != 1 else ""
        return f"<ol{start}>{inner}</ol>"

    def code(self, block: Block, quotes: int) -> str:
        language = _escaped(_resolved(block.info.split()[0])) if block.info else ""
        named = f' class="language-{language}"' if language else ""
        return f"<pre><code{named}>{_escaped(self.lines(block, quotes))}</code></pre>"

    def lines(self, block: Block, quotes: int) -> str:
        """A code or HTML block's own text, without the marks of the quotes around it."""
        span = block.content if block.style == "fenced" else block.span
        first, *others = NEWLINE.split(span.of(self.text)) if span else [""]
        return "\n".join([first, *(re.sub(rf"\A(?:[ \t]*>){{0,{quotes}}}", "", line) for line in others)])

    def inline(self, node: Inline) -> str:
        assert node.span is not None
        if node.kind == "text":
            return _escaped(_resolved(node.span.of(self.text)))
        if node.kind == "html":
            return node.raw
        if node.kind == "code":
            return f"<code>{_escaped(node.raw)}</code>"
        if node.kind in ("soft_break", "hard_break"):
            return "<br />" if node.kind == "hard_break" else "\n"
        if node.kind in _TAGS:
            return f"<{_TAGS[node.kind]}>{self.inlines(node)}</{_TAGS[node.kind]}>"
        return self.link(node)

    def inlines(self, node: Inline) -> str:
        return "".join(self.inline(child) for child in node.children)

    def link(self, node: Inline) -> str:
        target = self.destinations[node.label] if node.style == "reference" else node.destination
        if node.kind == "autolink" and re.match(r"[^:]+@", target):
            target = f"mailto:{target}"
        href = _escaped(quote(target, safe=_URL_SAFE))
        if node.kind == "image":
            alt = re.sub(r'<img src="[^"]*" alt="([^"]*)" />|<[^>]*>', r"\1", self.inlines(node))
            return f'<img src="{href}" alt="{alt}" />'
        text = _escaped(node.raw) if node.kind == "autolink" else self.inlines(node)
        return f'<a href="{href}">{text}</a>'


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace('"', "&quot;")


def _resolved(source: str) -> str:
    """Source text as a reader sees it."""
    return _ESCAPE_OR_ENTITY.sub(lambda m: m[1] or _entity(m[2]), source)


def _entity(entity: str) -> str:
    known = entity[1:] in html5 or entity.startswith("&#")
    return html.unescape(entity) if known else entity
