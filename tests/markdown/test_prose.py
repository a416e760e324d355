"""Prose has the page's own characters at the page's own offsets, and no markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docbot.markdown import Document
from docbot.markdown.nodes import Mask
from docbot.markdown.prose import HOLE
from docbot.text import Span
from tests.markdown.reading import holes, masked, said
from tests.markdown.strategies import documents

HIDDEN = frozenset(
    {"front-matter", "code", "html", "comment", "protected", "directive", "no-loc", "definition"}
)

LEARN_LINES = (
    *("---", "no-loc: [Secret, 'Two words']", "title: Hidden", "Text with Secret and Two words.", "", ""),
    *("<!-- docutune:disable -->", "<!-- docutune:enable -->", "<!-- docutune:ignore Secret -->"),
    *("[//]: # (START>DO_NOT_EDIT)", "[//]: # (END>DO_NOT_EDIT)", "[//]: # (a comment)", "<!-- a", "b -->"),
    *('::: zone pivot="a"', "::: zone-end", ":::row:::", ':::image source="a.png" alt-text="alt":::'),
    *('Text :::no-loc text="Secret"::: text.', "[!INCLUDE [title](x.md)]", "> [!NOTE]", "> [!TIP] Text", ">"),
    *(
        "# [Tab](#tab/a)",
        "# Title",
        "Setext",
        "===",
        "- [ ] task [^1]",
        "1. item `code` <kbd>K</kbd>",
        "    code",
    ),
    *(
        "See https://example.com/a.b. Or a@b.example, @uid and <xref:A.B>.",
        "&amp; &#35; \\* \\_x\\_",
        "```",
        "~~~",
    ),
    *(
        "| a | `b` | Secret |",
        "|---|---|---|",
        "| ![alt](x.png) | [t](u) | *e* |",
        "[r]: x.md",
        "line  ",
        "line\\",
    ),
    *(
        "> quoted *emphasis",
        "> over* lines",
        "  indented `code",
        "  over` lines",
        "<div>",
        "</div>",
        "{{ x }}",
    ),
)


@st.composite
def learn_pages(draw: st.DrawFn) -> str:
    """Pages of lines in Learn's dialect, in any order, with any line end."""
    lines = draw(st.lists(st.sampled_from(LEARN_LINES), max_size=25))
    prefix = draw(st.sampled_from(["", "", "", "> ", "- ", "  "]))
    eol = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    if draw(st.booleans()):
        lines = ["---", "no-loc: [Secret]", "---", *lines]
        return eol.join([*lines[:3], *(prefix + line for line in lines[3:])])
    return eol.join(prefix + line for line in lines)


def check_offsets(page: Document) -> None:
    """Every prose of the page has its span's length, and the page's characters or holes."""
    before = 0
    for prose in page.prose:
        source = prose.span.of(page.text)
        assert len(prose.text) == len(prose.span) == len(source)
        assert prose.span.start >= before
        before = prose.span.end
        for k, (said_, is_) in enumerate(zip(prose.text, source, strict=True)):
            if said_ not in (is_, HOLE):
                assert said_ in "\n ", (k, said_, is_)
                assert in_break(prose.text, source, k), (k, said_, is_)


def in_break(text: str, source: str, k: int) -> bool:
    """Whether character `k` is of a line break: `\\n` and spaces, for a line end and what is around it."""
    start = text.rfind("\n", 0, k + 1)
    end = start + 1 + len(text[start + 1 :]) - len(text[start + 1 :].lstrip(" "))
    return start >= 0 and k < end and re.match(r"(?:\\| *)(?:\r\n|\r|\n)", source[start:end]) is not None


def check_hidden(page: Document) -> None:
    """No character of prose is in a mask that hides it."""
    for prose in page.prose:
        for mask in page.masks:
            if mask.kind in HIDDEN and mask.span.overlaps(prose.span):
                check_hole(prose.text, prose.span, mask)


def check_hole(text: str, span: Span, mask: Mask) -> None:
    start = max(mask.span.start, span.start) - span.start
    end = min(mask.span.end, span.end) - span.start
    assert not text[start:end].strip(HOLE), (mask, text[start:end])


class TestOffsets:
    @settings(max_examples=400)
    @given(documents())
    @example("a  \r\n> b\r\n")
    @example("> a\\\r\n> \t*b*\r\n>c")
    def test_on_wild_pages(self, text: str) -> None:
        page = Document("page.md", text)
        check_offsets(page)
        check_hidden(page)

    @settings(max_examples=400)
    @given(learn_pages())
    @example('---\nno-loc: [Secret]\n---\nText :::no-loc text="Secret"::: text.')
    def test_on_pages_of_learn(self, text: str) -> None:
        page = Document("page.md", text)
        check_offsets(page)
        check_hidden(page)

    @settings(max_examples=200)
    @given(learn_pages())
    def test_masks_are_in_order_and_inside(self, text: str) -> None:
        masks = Document("page.md", text).masks
        assert list(masks) == sorted(masks, key=lambda mask: mask.span)
        assert all(0 <= mask.span.start <= mask.span.end <= len(text) for mask in masks)

    @pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
    def test_a_break_is_a_line_feed_and_spaces(self, eol: str) -> None:
        text = f"One{eol}> two{eol}{eol}> Three{eol}>   four  {eol}> five\\{eol}> six{eol}"
        gap = " " * (len(eol) - 1)
        quote = f"Three\n{gap}    four\n {' ' * (len(eol) + 1)} five\n{gap}   six"
        assert holes(text)[-1] == quote

    def test_span_of_leads_back_to_the_page(self) -> None:
        text = "# A\n\n> Some *big*\n> word here.\n"
        prose = Document("page.md", text).prose[1]
        at = prose.text.index("word")
        assert prose.span_of(at, at + 4).of(text) == "word"


class TestWhatIsProse:
    @pytest.mark.parametrize(
        ("text", "prose"),
        [
            ("Plain text.", "Plain text."),
            ("Some *em* and **strong** ~~gone~~.", "Some ~em~ and ~~strong~~ ~~gone~~."),
            ("A [link text](x.md 'T') here.", "A ~link text~~~~~~~~~~~ here."),
            ("A [link **text**][r] [r]\n\n[r]: x.md", "A ~link ~~text~~~~~~ ~r~"),
            ("An ![alt text](x.png) image.", "An ~~~~~~~~~~~~~~~~~~ image."),
            ("[![alt](x.png) more](y.md)", "~~~~~~~~~~~~~~ more~~~~~~~"),
            ("Run `the code` now.", "Run ~~~~~~~~~~ now."),
            ("Press <kbd>Ctrl</kbd>+<kbd>S</kbd>.", "Press ~~~~~~~~~~~~~~~+~~~~~~~~~~~~."),
            ("A <code>x <b>y</b></code> z.", "A ~~~~~~~~~~~~~~~~~~~~~~~ z."),
            ("A <span class='x'>word</span><br/>and", "A ~~~~~~~~~~~~~~~~word~~~~~~~~~~~~and"),
            ("A <kbd>never closed", "A ~~~~~~~~~~~~~~~~~"),
            ("A </code> stray <svg/> tag", "A ~~~~~~~ stray ~~~~~~ tag"),
            ("A <!-- comment --> here", "A ~~~~~~~~~~~~~~~~ here"),
            ("Tom &amp; J&eacute; &#35; &nope &;", "Tom ~~~~~ J~~~~~~~~ ~~~~~ &nope &;"),
            (r"A \* b\_c \\ C:\Disks", r"A ~* b~_c ~\ C:\Disks"),
            ("See <https://a.b>, <a@b.example>.", "See ~~~~~~~~~~~~~, ~~~~~~~~~~~~~."),
            ("See https://a.b/c.d?e=f#g, or", "See ~~~~~~~~~~~~~~~~~~~~~, or"),
            ("At (http://a.b/c_(d)).", "At (~~~~~~~~~~~~~~~))."),
            ("At www.a.b, mailto:a@b.c or ftp://a.b/", "At ~~~~~~~, ~~~~~~~~~~~~ or ~~~~~~~~~~"),
            ("Mail some.body+x@mail.example.com.", "Mail ~~~~~~~~~~~~~~~~~~~~~~~~~~~~."),
            ("http or https; a:b; xhttp://", "http or https; a:b; xhttp://"),
            ("A note[^1] and [^note-2]: more", "A note~~~~ and ~~~~~~~~~~ more"),
            ("Use {{ variable }} {% data x.y %}.", "Use ~~~~~~~~~~~~~~ ~~~~~~~~~~~~~~."),
            ("Use {0} and ${x}, {}.", "Use {0} and ${x}, {}."),
            ("x--y and $a$ < b > c", "x--y and $a$ < b > c"),
        ],
    )
    def test_in_a_paragraph(self, text: str, prose: str) -> None:
        assert holes(text) == [prose]

    def test_a_task_has_no_box(self) -> None:
        assert said("- [ ] open\n- [x] done\n- [X] Done\n- [y] not\n") == ["open", "done", "Done", "[y] not"]

    def test_a_heading_has_no_mark_and_no_id(self) -> None:
        assert holes("## The *title* ## {#x}\n") == ["The ~title~ ## ~~~~"]
        assert holes("## The title ##\n\nOld\n===\n") == ["The title", "Old"]

    def test_a_table_is_read_cell_by_cell(self) -> None:
        text = "| The *head* | `x` |\n|---|:-:|\n| a \\| b | [c](d) |\n| | e |\n"
        assert said(text) == ["The head", "a | b", "c", "e"]
        assert {prose.kind for prose in Document("page.md", text).prose} == {"table_cell"}

    def test_kinds(self) -> None:
        text = "# A\n\nb\n\n- c\n\n| d |\n|---|\n| e |\n"
        kinds = [prose.kind for prose in Document("page.md", text).prose]
        assert kinds == ["heading", "paragraph", "paragraph", "table_cell", "table_cell"]

    @pytest.mark.parametrize(
        "text",
        [
            "---\ntitle: The the\n---\n",
            "```\nthe the\n```\n",
            "    the the\n",
            "<div>\nthe the\n</div>\n",
            "<!-- the\n\nthe -->\n",
            "<pre>\nthe\n\nthe\n</pre>\n",
            "[r]: the 'the the'\n",
            "![the the](x.png)\n",
            "`the the`\n",
            "<https://the.the>\n",
            "***\n",
            "# [The the](#tab/x)\n",
            '::: the the\n:::image source="x" alt-text="the the":::\n',
            "\ufffc\n",
            "",
        ],
    )
    def test_no_prose_at_all(self, text: str) -> None:
        assert Document("page.md", text).prose == ()

    def test_text_in_html_that_markdown_reads_is_prose(self) -> None:
        text = "<details>\n<summary>Sum</summary>\n\nInside *it*.\n\n</details>\n"
        assert holes(text) == ["Inside ~it~."]


class TestFixedWords:
    def front(self, value: str, body: str) -> list[str]:
        return holes(f"---\nno-loc: {value}\n---\n{body}\n")

    def test_whole_words_in_their_own_letter_case(self) -> None:
        body = "Go, go, Google, Gopher, -Go, Go_x, (Go)"
        assert self.front("[Go]", body) == ["~~, go, Google, Gopher, -~~, Go_x, (~~)"]

    def test_words_that_start_with_a_sign(self) -> None:
        assert self.front("[-e, .NET, 'C#']", "Use -e, -ex, built-e, .NET and C#.") == [
            "Use ~~, -ex, built-e, ~~~~ and ~~."
        ]

    def test_phrases_also_over_emphasis(self) -> None:
        assert self.front("[Two words]", "Two words, Two *words*") == ["~~~~~~~~~, Two ~words~"]

    @pytest.mark.parametrize("value", ["Blazor", "'Blazor'", "[Blazor]", "\n- Blazor", "\n# why\n- Blazor"])
    def test_forms(self, value: str) -> None:
        assert self.front(value, "Use Blazor.") == ["Use ~~~~~~."]

    @pytest.mark.parametrize("value", ["", "[]", "['', \"\"]", "[ , ]", "# none", "\n- ", "[", '["'])
    def test_no_words(self, value: str) -> None:
        assert self.front(value, "Use Blazor.") == ["Use Blazor."]

    def test_the_list_ends_with_the_next_key(self) -> None:
        assert holes("---\nno-loc:\n- A1\nother:\n- B1\n---\nA1 B1\n") == ["~~ B1"]

    def test_docutune(self) -> None:
        text = (
            '<!-- docutune:ignoredChange One, "Two words" -->\n<!-- DocuTune:Casing three -->\n'
            "One Two words three four\n"
        )
        assert holes(text) == ["~~~ ~~~~~~~~~ ~~~~~ four"]
        assert masked("<!-- docutune:other One -->\n\nOne\n", "no-loc") == []

    def test_words_of_an_example_fix_nothing(self) -> None:
        assert holes('`:::no-loc text="Word":::` Word\n')[0].endswith(" Word")


class TestProtected:
    def test_ranges_hide_all_their_blocks(self) -> None:
        text = (
            "A.\n\n<!-- docutune:disable -->\n\n# B\n\n- C\n\n| D |\n|---|\n| E |\n\n"
            "<!-- docutune:disable -->\n\n<!-- docutune:enable -->\n\nF.\n\n<!-- docutune:enable -->\n\nG.\n"
        )
        assert said(text) == ["A.", "F.", "G."]

    def test_a_range_may_start_and_end_inside_of_a_paragraph(self) -> None:
        text = "A <!-- docutune:disable -->b *c*<!-- docutune:enable --> d.\n"
        assert said(text) == ["A d."]

    def test_a_generated_block_glued_to_text(self) -> None:
        text = "A\n[//]: # (START>DO_NOT_EDIT)\nB\n[//]: # (END>DO_NOT_EDIT)\nC\n"
        assert said(text) == ["A C"]
