"""The anchors that headings get on Learn, on GitHub and elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.markdown import Document
from docbot.markdown.slugs import github_slug, learn_slug, numbered, without_tags


def learn(text: str) -> list[str]:
    """Learn's slugs of the page's headings, in order."""
    return [heading.slug for heading in Document("page.md", text).outline.headings]


def github(text: str) -> list[str]:
    return [heading.github_slug for heading in Document("page.md", text).outline.headings]


def anchors(text: str) -> set[str]:
    """Every fragment by which a place of the page is reached on Learn."""
    return set(Document("page.md", text).outline.anchors)


def github_anchors(text: str) -> set[str]:
    """Every fragment by which a place of the page is reached on GitHub or a site of unknown make."""
    return set(Document("page.md", text).outline.github_anchors)


HEADINGS = [
    # source, Learn's slug, GitHub's slug
    ("# * Dogs*?--in *my* house?", "-dogs--in-my-house", "-dogs--in-my-house"),
    ("## 3. Applications", "3-applications", "3-applications"),
    ("## .NET 8.0 & C#", "net-80--c", "net-80--c"),
    ("## The `-Path` option", "the--path-option", "the--path-option"),
    ("## 日本語 Title", "日本語-title", "日本語-title"),
    ("## ???", "section", ""),
    ("## A_b-C", "a_b-c", "a_b-c"),
    ("## A  B", "a--b", "a--b"),
    ("## [The link](x.md#y) and ![an image](a.png) here", "the-link-and--here", "the-link-and--here"),
    ("## ![icon](a.png) Title", "-title", "-title"),
    ("## Tom &amp; J&eacute;r&ocirc;me &lt;x&gt;", "tom--jérôme-x", "tom--jérôme-x"),
    ("## Copy&copy without semicolon", "copycopy-without-semicolon", "copycopy-without-semicolon"),
    ("## **Bold** ~~and~~ *it*", "bold-and-it", "bold-and-it"),
    ("## A <b>b</b> <br/> c", "a-b--c", "a-b--c"),
    ("## See <https://a.b/c> or <xref:A.B>", "see-httpsabc-or-", "see-httpsabc-or-"),
    (r"## Get \<Path\> \_x\_", "get-path-_x_", "get-path-_x_"),
    ("## `a`` and ``b` `<T>`", "a-and-b-t", "a-and-b-t"),
    ("## 🚀 Launch 🚀", "-launch-", "-launch-"),
    ("## Ärger mit Straße", "ärger-mit-straße", "ärger-mit-straße"),
    ("## ΔΛΣ ΦΣ", "δλ\u03c3-φ\u03c3", "δλ\u03c3-φ\u03c3"),
    ("## हिन्दी", "हनद", "हिन्दी"),
    ("## x² ½ Ⅷ ‿", "x---", "x--ⅷ-‿"),
    ("## \U0001d49c and 𠀀", "-and-", "\U0001d49c-and-𠀀"),
    ("## a\u00a0b\tc", "abc", "abc"),
    ("## 1٣", "1٣", "1٣"),
    ("## Closed ##", "closed", "closed"),
    ("Set *ext*\n---", "set-ext", "set-ext"),
    ("Two\nlines\n===", "twolines", "twolines"),
    ('## Use :::no-loc text="Blazor"::: now', "use-blazor-now", "use-blazor-now"),
    ('## :::image type="icon" source="a.png"::: Title', "-title", "-title"),
    ("## Title {#custom-id}", "title-custom-id", "title-custom-id"),
]


@pytest.mark.parametrize(("source", "slug", "theirs"), HEADINGS, ids=[row[0] for row in HEADINGS])
def test_slug_of_a_heading(source: str, slug: str, theirs: str) -> None:
    assert learn(f"{source}\n") == [slug]
    assert github(f"{source}\n") == [theirs]
    assert slug in anchors(source)
    assert theirs in github_anchors(source)


class TestDuplicates:
    @pytest.mark.parametrize(
        ("titles", "slugs"),
        [
            (["Example", "Example", "Example"], ["example", "example-1", "example-2"]),
            (["Example", "example", "EXAMPLE!"], ["example", "example-1", "example-2"]),
            (["Example 1", "Example", "Example"], ["example-1", "example", "example-2"]),
            (["Example", "Example", "Example 1"], ["example", "example-1", "example-1-1"]),
            (["Example", "Example-1", "Example"], ["example", "example-1", "example-2"]),
            (["?", "!", "Section"], ["section", "section-1", "section-2"]),
        ],
    )
    def test_of_a_page(self, titles: list[str], slugs: list[str]) -> None:
        text = "\n\n".join(f"## {title}" for title in titles)
        assert learn(text) == slugs
        assert anchors(text) == set(slugs)

    def test_in_quotes_and_lists_count(self) -> None:
        text = "> # A\n\n- # A\n\n# A\n"
        assert learn(text) == github(text) == ["a", "a-1", "a-2"]

    def test_a_heading_reached_by_its_own_anchor_still_uses_up_its_slug(self) -> None:
        text = '## <a id="x"></a>A\n\n## A\n'
        assert learn(text) == ["a", "a-1"]
        assert anchors(text) == {"x", "a-1"}

    @given(st.lists(st.sampled_from(["a", "a-1", "a-1-1", "a-2", "b", ""]), max_size=12))
    def test_are_told_apart_and_the_first_keeps_its_name(self, slugs: list[str]) -> None:
        found = numbered(slugs)
        assert len(set(found)) == len(found) == len(slugs)
        for k, (slug, unique) in enumerate(zip(slugs, found, strict=True)):
            assert unique.startswith(slug)
            if slug not in found[:k]:
                assert unique == slug

    def test_many_are_numbered_in_no_time(self) -> None:
        assert numbered(["a"] * 100_000)[-1] == "a-99999"


class TestExplicitAnchors:
    @pytest.mark.parametrize(
        ("source", "reached"),
        [
            ('## <a id="x"></a>Title', {"x"}),
            ('## <a name="x.y z"></a> Title', {"x.y z"}),
            ('## <a  id="x" ></a>Title', {"x"}),
            ('## <a id="x" />Title', {"x", "title"}),
            ('## <a id="x"/>Title', {"x", "title"}),
            ("## <a id='x'></a>Title", {"x", "title"}),
            ('## Title <a id="x"></a>', {"x", "title-"}),
            ('## <a id="x">Title</a>', {"x", "title"}),
            ('## <a id="x"></a>', {"x", "section"}),
            ('## <a class="y" id="x"></a>Title', {"x", "title"}),
            ('## <a id="x"></a><a id="y"></a>Title', {"x", "y"}),
        ],
    )
    def test_at_a_heading(self, source: str, reached: set[str]) -> None:
        assert anchors(source) == reached

    @pytest.mark.parametrize(
        ("html", "reached"),
        [
            ('<a name="x"></a>', {"x"}),
            ('<a name="x" id="y"></a>', {"x", "y"}),
            ("<A NAME='x'>", {"x"}),
            ("<span id=x>text</span>", {"x"}),
            ('<div class="a"\n  id="x">', {"x"}),
            ('<img alt="id" id = "x"/>', {"x"}),
            ('<p data-id="no" id="x">', {"x"}),
            ("<x-element someid='no'>", set()),
        ],
    )
    def test_of_any_element(self, html: str, reached: set[str]) -> None:
        assert anchors(f"{html}\n") == reached
        assert anchors(f"In text {html} here.\n") == reached
        assert github_anchors(f"{html}\n") == reached

    def test_in_code_there_are_none(self) -> None:
        assert anchors('`<a id="x"></a>`\n\n```\n<a id="y"></a>\n# Z\n```\n') == set()

    @pytest.mark.parametrize("mark", ["{#custom-id}", "{: #custom-id .wide }", "{#custom-id .wide}"])
    def test_in_braces_where_it_is_not_known_what_builds_the_site(self, mark: str) -> None:
        text = f"## The title {mark}\n"
        assert {"custom-id", "the-title"} <= github_anchors(text)
        assert not {"custom-id", "the-title"} & anchors(text)


class TestElsewhere:
    def test_dashes_may_be_collapsed(self) -> None:
        assert "foo-bar" in github_anchors("## - Foo & Bar -\n")
        assert "foo-bar" not in anchors("## - Foo & Bar -\n")

    def test_names_of_emoji_are_pictures(self) -> None:
        text = "## :rocket: Launch :smile:\n"
        assert {"-launch-", "rocket-launch-smile"} <= anchors(text)
        assert {"-launch-", "rocket-launch-smile"} <= github_anchors(text)
        assert anchors("## At 12:30\n") == {"at-1230"}


class TestAlgorithms:
    @given(st.text())
    def test_a_slug_has_no_space_and_is_lower_case(self, text: str) -> None:
        for slug in (learn_slug(text), github_slug(text)):
            assert not any(c.isspace() for c in slug)
            assert slug == "".join(c.lower() for c in slug)
        assert learn_slug(text)

    @given(st.text(alphabet=st.characters(codec="ascii")))
    def test_on_ascii_both_agree(self, text: str) -> None:
        assert learn_slug(text) == (github_slug(text) or "section")

    @given(st.text(max_size=20))
    def test_a_letter_outside_of_ascii_changes_nothing_for_the_others(self, text: str) -> None:
        plain = "".join(c for c in text if c.isascii())
        assert learn_slug("é" + plain) == "é" + github_slug(plain)

    def test_tags_are_taken_out(self) -> None:
        assert without_tags('<a id="x"></a>A <b>b</b> < c') == "A b < c"
        assert without_tags("<" * 100_000) == "<" * 100_000
