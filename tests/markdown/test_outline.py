"""What the rest of the site gets to know of a page: sections, headings, links, metadata."""

from __future__ import annotations

import pytest
from hypothesis import given

from docbot.markdown import Document
from docbot.markdown.nodes import LinkKind, Outline
from tests.markdown.reading import links, titles
from tests.markdown.strategies import documents

PAGE = """---
title: T
---

Preamble.

# One

Text.

## Two

### Three

## Four

# Five
"""


def outline(text: str) -> Outline:
    return Document("page.md", text).outline


def sections(text: str) -> list[tuple[str, ...]]:
    """The heading path of each section, in order."""
    return [section.headings for section in outline(text).sections]


class TestSections:
    def test_carry_the_headings_that_lead_to_them(self) -> None:
        assert sections(PAGE) == [
            (),
            ("One",),
            ("One", "Two"),
            ("One", "Two", "Three"),
            ("One", "Four"),
            ("Five",),
        ]
        assert [s.level for s in outline(PAGE).sections] == [0, 1, 2, 3, 2, 1]
        assert [s.slug for s in outline(PAGE).sections] == ["", "one", "two", "three", "four", "five"]

    def test_go_from_heading_to_heading(self) -> None:
        found = [section.span.of(PAGE).strip() for section in outline(PAGE).sections]
        assert found == ["Preamble.", "# One\n\nText.", "## Two", "### Three", "## Four", "# Five"]

    def test_skipped_levels(self) -> None:
        text = "### Deep\n\n# Top\n\n#### Low\n\n## Mid\n"
        assert sections(text) == [("Deep",), ("Top",), ("Top", "Low"), ("Top", "Mid")]

    def test_without_a_first_level(self) -> None:
        text = "Intro.\n\n## A\n\n## B\n"
        assert sections(text) == [(), ("A",), ("B",)]

    def test_without_any_heading(self) -> None:
        assert sections("Only text.\n") == [()]
        assert sections("\n \n") == sections("") == sections("---\ntitle: T\n---\n") == []

    def test_no_preamble_without_text(self) -> None:
        assert sections("---\ntitle: T\n---\n\n# A\n") == [("A",)]
        assert sections("<!-- a comment -->\n\n# A\n") == [(), ("A",)]

    def test_headings_in_quotes_and_lists_start_none(self) -> None:
        text = "# A\n\n> ## Quoted\n\n- ## Listed\n\n  ### Deeper\n\n1. Setext\n   ---\n\nEnd.\n"
        assert sections(text) == [("A",)]
        assert titles(text) == ["A", "Quoted", "Listed", "Deeper", "Setext"]

    def test_same_title_twice(self) -> None:
        text = "# A\n\n## B\n\n## B\n"
        assert sections(text) == [("A",), ("A", "B"), ("A", "B")]
        assert [s.slug for s in outline(text).sections] == ["a", "b", "b-1"]

    def test_setext_and_empty_headings(self) -> None:
        text = "Top\nmore\n===\n\n#\n\nSub\n---\n"
        assert sections(text) == [("Top more",), ("",), ("", "Sub")]

    def test_headings_in_code_and_comments_are_none(self) -> None:
        assert titles("```\n# A\n```\n\n    # B\n\n<!--\n# C\n-->\n\n<pre>\n# D\n</pre>\n") == []

    @pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
    def test_on_every_line_end(self, eol: str) -> None:
        text = PAGE.replace("\n", eol)
        assert sections(text) == sections(PAGE)
        assert [s.span.of(text).strip() for s in outline(text).sections][1] == f"# One{eol}{eol}Text."
        assert outline(text).metadata == (("title", "T"),)

    @given(documents())
    def test_cover_the_page_from_the_first_on(self, text: str) -> None:
        found = outline(text).sections
        for before, after in zip(found, found[1:], strict=False):
            assert before.span.end == after.span.start
            assert len(before.headings) >= (before.level > 0)
        if found:
            assert found[-1].span.end == len(text)
        for section in found:
            assert section.span.start < section.span.end


class TestSectionAt:
    def test_every_offset_has_its_section(self) -> None:
        found = outline(PAGE)
        start = PAGE.index("\nPreamble")
        for offset in range(len(PAGE) + 1):
            section = found.section_at(offset)
            if offset < start:
                assert section is None
            else:
                assert section is not None
                assert section.span.start <= offset <= section.span.end

    def test_of_a_heading_is_its_own(self) -> None:
        section = outline(PAGE).section_at(PAGE.index("### Three"))
        assert section is not None
        assert section.headings == ("One", "Two", "Three")

    def test_of_a_page_without_sections(self) -> None:
        assert outline("").section_at(0) is None


class TestLinks:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("[a](b.md)", [("link", "b.md")]),
            ("![a](b.png)", [("image", "b.png")]),
            ("[![a](b.png)](c.md)", [("link", "c.md"), ("image", "b.png")]),
            ("<https://a.b/c>", [("autolink", "https://a.b/c")]),
            ("[a][r] [r] [r][]\n\n[r]: b.md 'T'", [("definition", "b.md")]),
            ("[a](<b c.md>)", [("link", "b c.md")]),
            ("[a]()", [("link", "")]),
            ("`[a](b.md)`\n\n    [a](b.md)", []),
            ("<!-- [a](b.md) -->\n\n<div>\n[a](b.md)\n</div>", []),
            ("[^1]: word\n\nText[^1].", []),
            ("[//]: # (a comment)\n\n[//]: <> (another)", []),
            ("| a |\n|---|\n| [b](c.md) |\n\n> - [d](e.md)", [("link", "c.md"), ("link", "e.md")]),
        ],
    )
    def test_of_a_page(self, text: str, found: list[tuple[str, str]]) -> None:
        assert links(text) == found

    def test_carry_their_text_and_block(self) -> None:
        text = "Intro.\n\nSee [the *big*\n`page`](b.md) now.\n"
        (link,) = outline(text).links
        assert link.text == "the big page"
        assert link.block is not None
        assert link.block.of(text) == "See [the *big*\n`page`](b.md) now."
        assert link.span.of(text) == "[the *big*\n`page`](b.md)"

    def test_are_in_order(self) -> None:
        text = (
            "[a](1.md) [!INCLUDE [b](2.md)]\n\n[r]: 3.md\n\n"
            ':::image source="4.png" lightbox="5.png":::\n\n[!INCLUDE [b](6.md x)]\n\n[c](7.md)\n'
        )
        assert [link.destination[0] for link in outline(text).links] == list("1234567")

    def test_a_link_in_an_attribute_is_none(self) -> None:
        text = ':::image source="a.png" alt-text="See [b](c.md)." data-source="no.png":::\n'
        assert links(text) == [("learn-image", "a.png")]

    def test_of_many_alerts_are_found_in_no_time(self) -> None:
        text = "> [!NOTE]\n> [a](b.md)\n\n" * 3_000
        assert len(outline(text).links) == 3_000

    @given(documents())
    def test_stand_where_they_say(self, text: str) -> None:
        for link in outline(text).links:
            assert 0 <= link.span.start < link.span.end <= len(text)
            assert link.destination_span is not None
            assert link.span.contains(link.destination_span)
            if link.block is not None and link.kind is not LinkKind.DEFINITION:
                assert link.block.contains(link.span) or link.span == link.block


class TestMetadata:
    def test_scalars_without_quotes(self) -> None:
        text = (
            "---\ntitle: 'It: a title'\nms.date: \"01/02/2024\"\nexternal help file: A.dll-Help.xml\n"
            "description: not kept\nuid: a.b\nother:\n  title: inner\n---\n"
        )
        found = outline(text)
        assert found.metadata == (
            ("title", "It: a title"),
            ("ms.date", "01/02/2024"),
            ("external help file", "A.dll-Help.xml"),
            ("uid", "a.b"),
        )
        assert found.meta("uid") == "a.b"
        assert found.meta("description") is None

    def test_keys_have_their_spans(self) -> None:
        text = "---\ntitle:   A b  \nms.date:\nx: http://a.b/c: d\nno colon\nhttp://x\n_y: 1\n---\n"
        front = Document("page.md", text).front_matter
        assert front is not None
        assert [key.name for key in front.keys] == ["title", "ms.date", "x", "_y"]
        assert [key.value for key in front.keys] == ["A b", "", "http://a.b/c: d", "1"]
        for key in front.keys:
            assert key.value_span.of(text) == key.value
            assert key.span.of(text).startswith(key.name)
        assert front.value("title") == "A b"
        assert front.value("none") is None

    def test_of_a_page_without_front_matter(self) -> None:
        assert outline("# A\n").metadata == ()
        assert outline("---\n---\n").metadata == ()
        assert Document("page.md", "# A\n").front_matter is None


class TestWords:
    def test_only_those_of_prose_count_and_code_between_them(self) -> None:
        text = (
            "---\ntitle: Not me\n---\n# A title\n\nSix *words*, `code` here, [aren't](x.md) too.\n\n"
            "```\nno\n```\n\n![nor this](x.png)\n\n<!-- and not this -->\n"
        )
        assert outline(text).words == 2 + 6


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("# A\n\n## B\n\n## C\n\nText.\n", ["B"]),
        ("# A\n\n## B\n\n### C\n\nText.\n", []),
        ("# A\n\n## B\n<!-- c -->\n\n---\n", ["B"]),
        ("# A\n\n## B\n\n```\n```\n", []),
        ("# A\r\n\r\n## B\r\n\r\n# C\r\n", ["B", "C"]),
        ("Text.\n", []),
        ("", []),
    ],
)
def test_a_section_is_empty_that_shows_its_heading_alone(text: str, empty: list[str]) -> None:
    found = outline(text)
    assert [s.headings[-1] for s in found.sections if s.span.start in found.empty] == empty
