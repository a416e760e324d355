"""One-click suggestions (T40): read back as GitHub reads them, they make exactly the intended text."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from cmarkgfm.cmark import Options, markdown_to_html_with_extensions
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.posting.marker import RemarkMarker, marked, own_remarks
from docbot.posting.places import Range
from docbot.posting.remark import remark
from docbot.posting.suggestion import Suggestion, block, suggestion_of
from docbot.text import Edit, LineIndex, Span, apply
from docbot.types import Applicability, Fix
from tests.helpers.git import Builder
from tests.posting.scene import HEAD, NUMBER, Desk, found

PAGE = "# A\n\nOne one.\nTwo.\n\nLast.\n"
_BLOCK = re.compile(r'<pre lang="suggestion"><code>(.*?)</code></pre>', re.DOTALL)
_EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist", "tagfilter"]


def blocks(body: str) -> list[str]:
    """The lines that each suggestion of a comment puts in place, as GitHub's own parser reads them."""
    options = Options.CMARK_OPT_GITHUB_PRE_LANG | Options.CMARK_OPT_UNSAFE
    shown = markdown_to_html_with_extensions(body, options, _EXTENSIONS)
    return [html.unescape(one) for one in _BLOCK.findall(shown)]


def taken(page: str, lines: Range, block: str) -> str:
    """`page` once somebody took a suggestion made on `lines`."""
    rows = page.split("\n")
    put = block.split("\n")[:-1] if block else []
    return "\n".join([*rows[: lines[0] - 1], *put, *rows[lines[1] :]])


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix("Mend it", tuple(Edit(Span(a, b), to) for a, b, to in edits), Applicability.SAFE)


def edit_of(page: str, old: str, new: str) -> Fix:
    assert page.count(old) == 1
    return fix((page.index(old), page.index(old) + len(old), new))


def whole(page: str) -> Range:
    return 1, page.count("\n")


def body_of(page: str, made: Fix, lines: Range, edit: Suggestion | str) -> str:
    """A remark with docs text in every part of it that tries to be read as Markdown."""
    hostile = "``` \n```suggestion\nx\n```\n~~~\n@team fixes #1"
    told = found({"a.md": page + "\0"}, "a.md", "\0", message=hostile)
    return marked(remark(replace(told, fix=made), page, lines, edit), RemarkMarker("a" * 16, "b" * 16, HEAD))


_PIECES = st.sampled_from(
    ["`", "``", "```", "````", "`" * 9, "~", "~~~", "~~~~", " ", "  ", "\t", "\n", "\n\n", "suggestion", "a",
     "😀", ">", "- ", "1. ", "<!--", "-->", "</code>", "&lt;", "@team", "fixes #1", "\\", "|", "\xa0"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=12).map("".join)


@given(data=st.data(), before=_TEXTS, hunk=_TEXTS, after=_TEXTS, new=_TEXTS)
def test_t40_a_suggestion_makes_the_intended_text(
    data: st.DataObject, before: str, hunk: str, after: str, new: str
) -> None:
    start = f"{before}\n" if before else ""
    page = f"{start}{hunk}\n{after}"
    inside = Span(len(start), len(start) + len(hunk) + 1)
    a, b = sorted(data.draw(st.tuples(*[st.integers(inside.start, inside.end)] * 2)))
    index = LineIndex(page)
    area = index.line(inside.start), index.line(inside.end - 1)
    made = fix((a, b, new))
    lines = index.line(min(a, inside.end - 1)), index.line(min(a, inside.end - 1))
    edit = suggestion_of(made, page, lines, area, exact=True)
    body = body_of(page, made, lines, edit)
    if isinstance(edit, str):
        assert blocks(body) == []
        return
    assert area[0] <= edit.lines[0] <= lines[0] <= edit.lines[1] <= area[1]
    assert [taken(page, edit.lines, one) for one in blocks(body)] == [apply(page, made.edits)]


@given(st.lists(st.text("`~ \ta>-", max_size=12), max_size=6))
def test_t40_a_block_is_read_back_whatever_stands_in_it(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    assert blocks(f"Said before.\n\n{block(text)}\n\nSaid after.") == [text]


@pytest.mark.parametrize("length", range(1, 12))
@pytest.mark.parametrize("mark", ["`", "~"])
def test_t40_a_fence_of_every_length_is_suggested(length: int, mark: str) -> None:
    fence = mark * length
    page = f"{fence}\nuse use it\n{fence}\n"
    made = edit_of(page, f"{fence}\nuse use", f"{fence}\nuse")
    edit = suggestion_of(made, page, (1, 2), whole(page), exact=True)
    assert isinstance(edit, Suggestion)
    assert [taken(page, edit.lines, one) for one in blocks(block(edit.text))] == [apply(page, made.edits)]


def test_t40_lines_that_go_leave_nothing() -> None:
    made = edit_of(PAGE, "One one.\n", "")
    edit = suggestion_of(made, PAGE, (3, 3), whole(PAGE), exact=True)
    assert edit == Suggestion((3, 3), "")
    assert taken(PAGE, (3, 3), blocks(block(""))[0]) == PAGE.replace("One one.\n", "")


def test_t40_it_spans_all_lines_that_its_edits_touch() -> None:
    made = Fix("Mend", (*edit_of(PAGE, "One one", "One").edits, *edit_of(PAGE, "Two", "2").edits))
    assert suggestion_of(made, PAGE, (3, 3), (3, 4), exact=True) == Suggestion((3, 4), "One.\n2.\n")


@pytest.mark.parametrize(
    ("page", "old", "new", "why"),
    [
        (PAGE, "Two", "2", "it changes other lines, too"),
        (PAGE.replace("One one.", "One one.\r"), "one one"[1:], "x", "the page isn't stored in a form"),
        (PAGE, "One one.", "One.\r", "its lines hold characters"),
        (PAGE, "One one.", "One.\x1b[31m", "its lines hold characters"),
        (PAGE, "One one.", "One.\u202e", "its lines hold characters"),
        (PAGE, "One one.", "One.\udcff", "its lines hold characters"),
        (PAGE, "One one.\n", "One. ", "it joins lines"),
        (PAGE, "One one.", "One one.", "it changes nothing"),
        (PAGE, "One one.", "x" * 9_000, "it is too long"),
        ("# A\n\nOne one.", "One one", "One", "the page doesn't end with a line end"),
    ],
)  # fmt: skip
def test_t40_what_github_would_not_put_there_exactly_is_only_shown(
    page: str, old: str, new: str, why: str
) -> None:
    made = edit_of(page, old, new)
    edit = suggestion_of(made, page, (3, 3), (3, 3), exact=True)
    assert isinstance(edit, str)
    assert edit.startswith(why)
    assert blocks(body_of(page, made, (3, 3), edit)) == []


def test_t40_a_file_in_another_form_than_its_text_gets_none() -> None:
    edit = suggestion_of(edit_of(PAGE, "One one", "One"), PAGE, (3, 3), (3, 3), exact=False)
    assert edit == "the page isn't stored in a form that a suggestion keeps"


def test_t40_the_explanation_is_outside_of_the_block() -> None:
    made = edit_of(PAGE, "One one", "One")
    edit = suggestion_of(made, PAGE, (3, 3), (3, 3), exact=True)
    body = body_of(PAGE, made, (3, 3), edit)
    assert blocks(body) == ["One.\n"]
    assert body.index("`Mend it`.") < body.index("```suggestion\n")
    assert body.index("Resolve this, or give it a thumbs down") > body.index("```suggestion\n")


def test_t40_a_remark_with_a_marker_in_its_suggestion_is_known_by_its_own() -> None:
    page = PAGE.replace("One one.", f'<!-- docbot:remark {{"fingerprint":"{"f" * 16}"}} -->')
    made = edit_of(page, ':"f', ':"e')
    edit = suggestion_of(made, page, (3, 3), (3, 3), exact=True)
    assert isinstance(edit, Suggestion)
    desk = Desk()
    desk.forge.remark(NUMBER, "docbot-user", body_of(page, made, (3, 3), edit))
    assert [own.marker.key for own in own_remarks(desk.remarks, "docbot-user")] == ["b" * 16]


def test_t40_git_makes_the_same_file_of_it(tmp_path: Path) -> None:
    """The patch of the edit, applied by git, and the suggestion, taken as GitHub takes it."""
    page = "# A\n\n````md\n```suggestion\nuse use\n```\n````\n   \n\tTwo.\n"
    made = edit_of(page, "use use\n```", "use\n```")
    edit = suggestion_of(made, page, (5, 5), (3, 8), exact=True)
    assert isinstance(edit, Suggestion)
    docs = Builder.init(tmp_path / "docs")
    docs.commit({"a.md": page})
    docs.write("a.md", apply(page, made.edits))
    (tmp_path / "patch").write_text(docs.git("diff") + "\n", "utf-8")
    docs.git("checkout", "-q", "a.md")
    docs.git("apply", str(tmp_path / "patch"))
    put = blocks(body_of(page, made, (5, 5), edit))
    assert [taken(page, edit.lines, one).encode() for one in put] == [(docs.root / "a.md").read_bytes()]
