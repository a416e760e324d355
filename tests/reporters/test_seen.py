from __future__ import annotations

import msgspec
import pytest

from docbot.markdown import Document
from docbot.reporters.checks import Code
from docbot.reporters.hunks import hunks
from docbot.reporters.seen import View, views
from docbot.text import Edit, Span
from docbot.types import Draft
from tests.reporters.pulls import draft_of


def seen(text: str, *changes: tuple[str, str]) -> str:
    """What a reader sees of the first hunk, with code in backticks."""
    drafts = [draft_of("a.md", text, old, new) for old, new in changes]
    return said(drafts, text)


def said(drafts: list[Draft], text: str) -> str:
    view = views(drafts, {"a.md": text})["a.md"]
    sentence = view.seen(hunks(drafts, {"a.md": text})[0].first)
    return "".join(f"`{part.text}`" if isinstance(part, Code) else part for part in sentence)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("See [it](old.md).\n", "the same text; the link leads to `new.md` instead of `old.md`."),
        (
            "See <b>x</b> [it](<old.md> 't').\n",
            "the same text; the link leads to `new.md` instead of `old.md`.",
        ),
        ("# See [it](old.md)\n", "the same text; the link leads to `new.md` instead of `old.md`."),
        ("| a |\n|---|\n| [x](old.md) |\n", "the same text; the link leads to `new.md` instead of `old.md`."),
        ("> - a\n>\n>   [x](old.md)\n", "the same text; the link leads to `new.md` instead of `old.md`."),
        ("![it](old.md)\n", "the same text; the image `new.md` instead of `old.md`."),
        ("[it]\n\n[it]: old.md\n", "the same text; the links lead to `new.md` instead of `old.md`."),
        ("[!INCLUDE [x](old.md)]\n", "what stands in `new.md` instead of `old.md`."),
        (':::image type="c" source="old.md":::\n', "the same text; the image `new.md` instead of `old.md`."),
        ("Read old.md.\n", "`Read new.md.` instead of `Read old.md.`."),
        ("Read `old.md`.\n", "`Read new.md.` instead of `Read old.md.`."),
        (
            "Read *old.md &amp; \\* more* now.\n",
            "`Read new.md & * more …` instead of `Read old.md & * more …`.",
        ),
        ("a b c d e f old.md g h i j k\n", "`… d e f new.md g h i …` instead of `… d e f old.md g h i …`."),
        ("a\r\nb old.md\r\nc\r\n", "`a b new.md c` instead of `a b old.md c`."),
        ("```\ncat old.md\n```\n", "`cat new.md` instead of `cat old.md`."),
    ],
)
def test_what_a_reader_sees(text: str, told: str) -> None:
    assert seen(text, ("old.md", "new.md")) == told


@pytest.mark.parametrize(
    "text",
    [
        "<p>old.md</p>\n",
        "---\ntitle: old.md\n---\n",
        "a <a id='old.md'></a> b\n",
        "[x](y.md 'old.md')\n",
        "![old.md](y.png)\n",
        "a <!-- old.md --> b\n",
        "    cat old.md\n",
    ],
)
def test_nothing_is_said_of_what_is_not_known_or_not_shown(text: str) -> None:
    assert seen(text, ("old.md", "new.md")) == ""


def test_words_that_come_or_go() -> None:
    assert seen("Readers can't can't know it.\n", ("can't can't", "can't")) == (
        "`Readers can't know it.` instead of `Readers can't can't know it.`."
    )
    assert seen("old.md\n\nMore.\n", ("old.md", "")) == ""
    assert seen("A [x](old.md) b\n", ("old.md", "")) == (
        "the same text; the link leads to nothing instead of `old.md`."
    )


def test_text_and_links_together() -> None:
    text = "See [old.md](old.md) for *it*, [b](b.md), [c](c.md).\n"
    both = draft_of("a.md", text, "[old.md](old.md)", "[new.md](new.md)")
    assert said([both], text) == (
        "`See new.md for it, b, …` instead of `See old.md for it, b, …`; "
        "the link leads to `new.md` instead of `old.md`."
    )
    more = [both, draft_of("a.md", text, "b.md", "d.md"), draft_of("a.md", text, "c.md", "e.md")]
    assert said(more, text).endswith("the link leads to `d.md` instead of `b.md`; and 1 more.")


def test_each_place_tells_of_its_own_edits() -> None:
    text = "See [a](old.md).\n\n[b](old.md)\n\nold.md\n"
    spans = [Span(text.index("old.md", at), text.index("old.md", at) + 6) for at in (0, 16, 30)]
    drafted = draft_of("a.md", text)
    edits = tuple(Edit(span, f"new{n}.md") for n, span in enumerate(spans))
    found = hunks([whole := _with(drafted, edits)], {"a.md": text})
    view = View(Document("a.md", text), edits)
    assert [len(view.seen(hunk.first)) for hunk in found] == [7, 7, 4]
    assert view.seen(found[1].first)[3] == Code("new1.md")
    assert view.keys(whole) == tuple(dict.fromkeys(view.keys(whole))) and len(view.keys(whole)) == 3


def _with(draft: Draft, edits: tuple[Edit, ...]) -> Draft:
    return msgspec.structs.replace(draft, fix=msgspec.structs.replace(draft.fix, edits=edits))


def test_where_blocks_or_links_come_or_go_nothing_is_said_of_them() -> None:
    assert seen("See old.md.\n", ("old.md", "this\n\nand that")) == ""
    assert seen("See [a](old.md).\n", ("old.md", "b.md) and [c](d.md")) == (
        "`See a and c.` instead of `See a.`."
    )


def test_long_words_are_cut() -> None:
    long = "x" * 500
    assert len(seen(f"See old.md{long} now.\n", ("old.md", "new.md"))) < 500
    assert seen(f"See {long}old.md now.\n", ("old.md", "new.md")) == ""
