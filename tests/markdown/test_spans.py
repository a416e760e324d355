"""Every span of every example of the specification is exact, however the example is written down."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docbot.markdown.blocks import SpanState
from docbot.markdown.nodes import Block, Inline
from docbot.markdown.parser import Parsed, Parser
from docbot.text import Place, Span
from tests.markdown.helpers import NEWLINE, all_blocks, all_inlines, spec_examples, violations

FRONT_MATTER = "---\ntitle: x\n---\n"


def _inside(first: str, others: str) -> Callable[[str], str]:
    """Puts a text into a container: `first` before its first line, `others` before all others."""
    return lambda text: first + text.replace("\n", "\n" + others)


VARIANTS: dict[str, Callable[[str], str]] = {
    "lf": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "front matter": lambda text: FRONT_MATTER + text,
    "front matter, crlf": lambda text: (FRONT_MATTER + text).replace("\n", "\r\n"),
    "tabs for indentation": lambda text: text.replace("    ", "\t"),
    "no last line end": lambda text: text.rstrip("\n"),
    "quote": _inside("> ", "> "),
    "quote without spaces": _inside(">", ">"),
    "quote with tabs": _inside(">\t", ">\t"),
    "quote, crlf": lambda text: _inside("> ", "> ")(text).replace("\n", "\r\n"),
    "lazy quote": _inside("> ", ""),
    "list item": _inside("- ", "  "),
    "list item with tabs": _inside("-\t", "\t"),
    "list item in a quote": _inside("> 1. ", ">    "),
    "quote in a list item, tabs": _inside("1.\t>\t", "\t>\t"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_spans_of_the_specification(variant: str) -> None:
    parser = Parser()
    wrong = {}
    for example in spec_examples():
        text = VARIANTS[variant](example.markdown)
        if found := violations(text, parser.parse(text)):
            wrong[example.number] = (text, found)
    assert wrong == {}


@pytest.mark.parametrize(
    ("variant", "lines", "columns"),
    [("crlf", 0, 0), ("cr", 0, 0), ("front matter", 3, 0), ("quote", 0, 2)],
)
def test_a_variant_has_the_same_structure_at_shifted_places(variant: str, lines: int, columns: int) -> None:
    differing = {}
    for example in spec_examples():
        # Two columns more would move the tab stops, a first line of `---` would be front matter.
        plain = "\n" * example.markdown.startswith("---") + example.markdown.expandtabs(4)
        text = VARIANTS[variant](plain.rstrip("\n") if variant == "quote" else plain)
        blocks = Parser().parse(text).blocks
        inner = blocks[0].children if variant == "quote" else blocks
        expected = _outline(plain, Parser().parse(plain).blocks, lines, columns)
        if _outline(text, inner) != expected:
            differing[example.number] = text
    assert differing == {}


def _outline(text: str, nodes: tuple[Block | Inline, ...], lines: int = 0, columns: int = 0) -> list[object]:
    """Kinds and places of nodes, moved by lines and columns; every line end counts as one."""
    starts = [0, *(match.end() for match in NEWLINE.finditer(text))]
    places = [
        Place(line + lines, offset - start + columns)
        for line, (start, end) in enumerate(zip(starts, [*starts[1:], len(text) + 1], strict=True))
        for offset in range(start, end)
    ]

    def outline(node: Block | Inline) -> object:
        span = node.span and (places[node.span.start], places[node.span.end])
        inlines = node.inlines if isinstance(node, Block) else ()
        return (node.kind, node.style, span, [outline(child) for child in (*node.children, *inlines)])

    return [outline(node) for node in nodes]


def _said(text: str, kind: str) -> list[str]:
    """What the nodes of one kind say, in the order of the text."""
    parsed = Parser().parse(text)
    assert violations(text, parsed) == []
    nodes = [node for nodes in (all_blocks(parsed), all_inlines(parsed)) for node in nodes]
    return [node.span.of(text) for node in nodes if node.kind == kind and node.span]


def _kinds(text: str) -> list[str]:
    parsed = Parser().parse(text)
    assert violations(text, parsed) == []
    return [block.kind for block in parsed.blocks]


class TestIndentationByTabs:
    """mistune expands a tab to columns, and a column of a tab has no place in the file."""

    def test_a_block_does_not_reach_into_the_marks_of_its_container(self) -> None:
        assert _said("> >\t\tfoo\n", "code") == ["\t\tfoo"]
        assert _said("- -\t\tfoo\n", "code") == ["\t\tfoo"]
        assert _said(">\t# H\n", "heading") == ["\t# H"]

    def test_neither_does_a_definition(self) -> None:
        text = ">\t[foo]: /bar\n"
        assert [d.span and d.span.of(text) for d in Parser().parse(text).definitions] == ["\t[foo]: /bar"]

    @pytest.mark.parametrize("text", [">\t``\n>\tfoo\n>\t``\n", "- ``\n\tfoo\n  ``\n"])
    def test_code_over_lines_has_no_indentation_at_its_borders(self, text: str) -> None:
        (code,) = (node for node in all_inlines(Parser().parse(text)) if node.kind == "code")
        assert code.content is not None
        assert code.content.of(text) == "foo"


class TestOrderOfBlocks:
    """What ends a quote comes after it."""

    def test_a_quote_stays_behind_the_paragraph_before_it(self) -> None:
        assert _kinds("para\n> quote\n2. foo\n") == ["paragraph", "quote", "list"]
        assert _said("para\n> quote\n2. foo\n", "text") == ["para", "quote", "foo"]

    @pytest.mark.parametrize(
        ("end", "kinds"),
        [
            ("# H\n", ["list", "heading"]),
            ("```\nc\n```\n", ["list", "code"]),
            ("***\n", ["list", "thematic_break"]),
            ("<!-- c -->\n", ["list", "html"]),
            ("> q\n- c\n# H\n", ["list", "quote", "list", "heading"]),
        ],
    )
    def test_a_quote_stays_before_a_list_that_something_else_ends(self, end: str, kinds: list[str]) -> None:
        assert _kinds("> a\n- b\n" + end) == ["quote", *kinds]


class TestWhatEndsABlock:
    def test_a_heading_ends_a_quote(self) -> None:
        assert _said("> a\n# H\nb\n", "quote") == ["> a"]
        assert _said("> - a\n# H\n", "quote") == ["> - a"]

    @pytest.mark.parametrize(
        "tag", ["<div>", "</div>", "<DIV>", "<hr/>", "<p class='x'>", "<pre>", "<!-- c -->"]
    )
    @pytest.mark.parametrize("start", ["> a\n", "- a\n"])
    def test_html_ends_a_container(self, start: str, tag: str) -> None:
        assert _said(f"{start}{tag}\n", "html") == [tag]
        assert _kinds(f"{start}{tag}\n")[-1] == "html"

    @pytest.mark.parametrize("tag", ["<b>", "</pre>", "<br/>", "<divx>"])
    def test_other_html_continues_a_paragraph(self, tag: str) -> None:
        assert _kinds(f"> a\n{tag}\n") == ["quote"]
        assert _kinds(f"a\n{tag}\n") == ["paragraph"]

    def test_ticks_that_open_no_code_continue_a_paragraph(self) -> None:
        assert _kinds("> a\n``` b`c\nd\n") == ["quote"]
        assert _kinds("- a\n``` b`c\nd\n") == ["list"]
        assert _kinds("- a\n~~~ b`c\nd\n") == ["list", "code"]

    @pytest.mark.parametrize("blank", ["     ", "      ", "\t", "  \t", " \t \t", "   "])
    def test_a_blank_line_of_any_width_parts_paragraphs(self, blank: str) -> None:
        assert _said(f"a\n{blank}\nb\n", "paragraph") == ["a", "b"]
        assert _said(f"# H\n{blank}\nb\n", "code") == []
        assert _said(f"> a\n>{blank}\n> b\n", "paragraph") == ["a", "b"]

    def test_a_blank_line_inside_indented_code_is_code(self) -> None:
        assert _said("    a\n      \n    b\n", "code") == ["    a\n      \n    b"]


class TestHtml:
    @pytest.mark.parametrize("tag", ["<br/>", "<br />", "<img src='a' />", "<x-y z='1'/>  "])
    def test_a_self_closing_tag_on_its_own_line_starts_a_block(self, tag: str) -> None:
        assert _said(f"{tag}\n*a*\n\n*b*\n", "html") == [f"{tag}\n*a*"]
        assert _said(f"{tag}\n*a*\n\n*b*\n", "emphasis") == ["*b*"]

    def test_with_text_behind_it_starts_none(self) -> None:
        assert _kinds("<br/> a\n") == ["paragraph"]

    @pytest.mark.parametrize("anchor", ["<a id='x'/>", "<a name='x'></a>", "<a href='y'>z"])
    def test_links_after_an_anchor_are_links(self, anchor: str) -> None:
        assert _said(f"{anchor} [t](u)\n", "link") == ["[t](u)"]
        assert _said(f"{anchor} <https://a.b>\n", "autolink") == ["<https://a.b>"]


class TestCode:
    @pytest.mark.parametrize(
        "text", ["> ```\n> \n", "```\n\n\n", "> > ```\n> foo\n> ```\n> \n", "```\n```\n"]
    )
    def test_a_block_of_blank_lines_has_no_content(self, text: str) -> None:
        blocks = [b for b in all_blocks(Parser().parse(text)) if b.kind == "code"]
        assert {block.content for block in blocks} == {None}

    def test_content_is_what_stands_between_the_fences(self) -> None:
        text = "- ```sh\r\n  a\r\n    b\r\n  ```\r\n"
        (block,) = (b for b in all_blocks(Parser().parse(text)) if b.kind == "code")
        assert block.content == Span(11, 19)
        assert block.content.of(text) == "a\r\n    b"
        assert block.info == "sh"


class TestDestinations:
    @pytest.mark.parametrize(
        ("written", "resolved"),
        [
            ("a\\)b", "a)b"),
            ("a&amp;b", "a&b"),
            ("a\\&amp;b", "a&amp;b"),
            ("&#92;)", "\\)"),
            ("a\\b", "a\\b"),
            ("&nope;", "&nope;"),
        ],
    )
    def test_escapes_and_entities_are_resolved_once(self, written: str, resolved: str) -> None:
        link = f"[t](<{written}>)"
        text = f"{link}\n\n[r]: <{written}>\n"
        parsed = Parser().parse(text)
        (node,) = (node for node in all_inlines(parsed) if node.kind == "link")
        assert [node.destination, *(d.destination for d in parsed.definitions)] == [resolved, resolved]
        assert violations(text, parsed) == []


def test_containers_nested_beyond_the_limit_keep_exact_spans() -> None:
    for text in ("> " * 40 + "a\n", "- " * 40 + "a\n", "> - " * 30 + "a\n", "1. > " * 30 + "`a`\n"):
        assert violations(text, Parser().parse(text)) == []


def test_many_changes_between_quotes_and_lists_do_not_recurse() -> None:
    for text in ("> b\n- c\n" * 1500, "a\n> b\n2. c\n" * 1500):
        parsed = Parser().parse(text)
        assert len(parsed.blocks) == 3000 + (text[0] == "a")
        assert violations(text, parsed) == []


def test_more_marks_than_anyone_writes_are_text() -> None:
    text = "*a " * 3000 + "b* " * 3000 + "\n"
    parsed = Parser().parse(text)
    assert [node.kind for node in all_inlines(parsed)] == ["text"]
    assert violations(text, parsed) == []


def test_a_nested_source_that_is_not_of_the_lines_around_it_has_no_place() -> None:
    """So that another release of mistune can take spans away, and never make them wrong."""
    state = SpanState()
    state.process("> a\n> b\n")
    state.containers.append(("quote", 0))
    assert state.child_state("a\nb\n").mapped
    assert state.child_state("\n  b\n").mapped
    assert not state.child_state("a\nc\n").mapped
    assert not state.child_state("b\na\n").mapped
    assert not state.child_state("a\nb\n\nc\n").mapped


@pytest.mark.parametrize(
    "text", ["", "\n", " ", "\t\t\t", "---\n---\n", "---\na: b\n---", "\r", "\r\n\r\n", "\0"]
)
def test_texts_with_next_to_nothing_in_them(text: str) -> None:
    parsed: Parsed = Parser().parse(text)
    assert violations(text, parsed) == []
