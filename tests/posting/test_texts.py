"""The texts of remarks and of the comment: short, whole, and without any effect on anybody."""

from __future__ import annotations

import pytest
from cmarkgfm.cmark import Options, markdown_to_html_with_extensions
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.posting.marker import own_remarks, own_stickies
from docbot.posting.sticky import LONGEST
from docbot.review.values import Hunk, Judged, Judgement, Kind, Reason, Review
from docbot.text import Span
from docbot.types import Evidence, EvidenceKind, Question
from tests.contract.signals import of_markdown
from tests.posting.scene import NUMBER, Desk, found, reviewed

HOSTILE = (
    "@team",
    "@org/team please",
    "fixes #1",
    "closes o/r#2",
    "GH-3",
    "https://github.com/o/r/issues/4",
    "0123456789abcdef0123456789abcdef01234567",
    "- [ ] **Box:** tick",
    "```\n@team\n```",
    "</details><b>@team</b>",
    "<!-- docbot:sticky {} -->",
    '<!-- docbot:remark {"head":"x"} -->',
    "::set-output name=x::y",
    "`",
    "``````",
    "~~~",
    "&commat;team",
    "\u202e\x1b[31m",
    "\udcff",
)
_RAW = Options.CMARK_OPT_UNSAFE
_TEXTS = st.lists(st.sampled_from([*HOSTILE, " ", "\n", "a"]), min_size=1, max_size=5).map("".join)


def hostile(message: str, place: str, question: str) -> Review:
    """A review in which docs text of every kind is one of these."""
    before = {"a.md": "# A\n", "b.md": "Old.\n"}
    after = {"a.md": "# A\n\nWrong.\n", "b.md": "Old.\n"}
    told = found(after, "a.md", "Wrong.", to="Right.")
    evidence = Evidence(EvidenceKind.HISTORY, place, message)
    here = replace(told, message=message, evidence=(evidence,), question=Question(question, (place, message)))
    there = replace(found(after, "b.md", "Old."), message=question, question=Question(message))
    review = reviewed(before, after, [here, there])
    hunks = tuple(
        replace(one, wrongs=(message,), forgotten=(place,), reasons=(Reason(question),))
        for one in review.hunks
    )
    return replace(review, hunks=hunks)


@given(_TEXTS, _TEXTS, _TEXTS)
def test_docs_text_reaches_nobody(message: str, place: str, question: str) -> None:
    desk = Desk()
    desk.post(hostile(message, place, question))
    texts = [desk.remarks[0].text, *desk.stickies]
    assert len(texts) == 2
    assert [sign for text in texts for sign in of_markdown(text)] == []
    assert len(list(own_remarks(desk.remarks, desk.forge.user))) == 1
    assert len(list(own_stickies(desk.forge.comments(NUMBER), desk.forge.user))) == 1
    shown = markdown_to_html_with_extensions(texts[1].encode("utf-8", "replace").decode(), _RAW, [])
    assert shown.count("<details>") == shown.count("</details>") == 2


@pytest.mark.parametrize("count", [400, 5_000])
def test_the_comment_is_cut_between_lines_and_says_so(count: int) -> None:
    before = {"a.md": "".join(f"w{n}.\n\n" for n in range(count)), "b.md": "x\n"}
    after = before | {"b.md": "y\n"}
    said = "a long reason " * 30
    findings = [found(after, "a.md", f"w{n}.", message=said) for n in range(0, 400)]
    review = reviewed(before, after, findings)
    review = replace(review, hunks=review.hunks * count)
    desk = Desk()
    assert desk.post(review).beside == 400
    (text,) = desk.stickies
    assert len(text) <= LONGEST
    shown = text.count("\n- ")
    assert f"{400 - shown:,} more points found no room: `docbot review` lists all of them." in text
    assert "more hunks: `docbot review` lists all of them." in text
    assert of_markdown(text) == []
    assert text.count("<details>") == text.count("</details>") == 2


def test_a_remark_says_what_is_wrong_the_proof_the_edit_and_how_to_stop_it() -> None:
    after = {"a.md": "# A\n\nOne one.\n"}
    question = Question("Which one?", ("this", "that"))
    desk = Desk()
    desk.post(
        reviewed({"a.md": "# A\n"}, after, [found(after, "a.md", "One one", to="One", question=question)])
    )
    assert desk.remarks[0].text.split("\n")[:-2] == [
        "`“One one” is wrong` (warning, `doubled-word`)",
        "",
        "- **A rule of language, with its measured precision**, `language`: `97 of 100`",
        "",
        "`Write it once`.",
        "",
        "```suggestion",
        "One.",
        "```",
        "",
        "`Which one?`",
        "",
        "- `this`",
        "- `that`",
        "",
        "Resolve this, or give it a thumbs down, and docbot won't say it again.",
    ]


def test_the_reading_order_says_where_each_kind_of_change_is() -> None:
    before = {"a.md": "# A\n\nGone.\n", "b.md": "# B\n", "c.md": "# C\n"}
    after = {"a.md": "# A\n", "b.md": "# B\n\nMore.\n", "new.md": "", "d.md": "# C\n"}
    review = reviewed(before, after, [found(after, "d.md", "# C", rule="x")])
    moved = Judged(
        Hunk(Kind.RENAMED, "d.md", "c.md", Span(0, 0), Span(0, 0)), Judgement.LOOK, (Reason("moved"),)
    )
    review = replace(review, hunks=(*review.hunks[:2], *review.hunks[-1:], moved), elsewhere=review.new)
    desk = Desk()
    desk.post(review)
    told = desk.stickies[0].split("Reading order: 4 look here")[1].split("\n")
    assert [line.removeprefix("1. **look here** ") for line in told if line.startswith("1.")] == [
        "`a.md`, line 2 before: `a person has to judge`",
        "`b.md`, line 2: `a person has to judge`",
        "`new.md`: `a person has to judge`",
        "`c.md`, now `d.md`: `moved`",
    ]


def test_a_hunk_that_is_judged_for_itself_stands_in_the_comment() -> None:
    before, after = {"a.md": "# A\n"}, {"a.md": "# B\n"}
    review = reviewed(before, after)
    (one,) = review.hunks
    desk = Desk()
    desk.post(replace(review, hunks=(replace(one, judgement=Judgement.DONT, wrongs=("it can't be read",)),)))
    assert "- `a.md`, line 1: `it can't be read`" in desk.stickies[0].split("</details>")[0]


def test_the_comment_counts_then_lists_then_says_in_which_order_to_read() -> None:
    before = {"a.md": "# A\n", "b.md": "Old.\n"}
    after = {"a.md": "# A\n\nOne one.\n", "b.md": "Old.\n"}
    desk = Desk()
    desk.post(reviewed(before, after, [found(after, "a.md", "One one"), found(after, "b.md", "Old.")]))
    assert desk.stickies[0].split("\n")[:-2] == [
        "docbot has 2 findings on this change: 1 on its lines, 1 here.",
        "",
        "<details><summary>1 point beside the lines</summary>",
        "",
        "On lines that this change doesn't touch:",
        "",
        "- `b.md`, line 1: `“Old.” is wrong` (`doubled-word`)",
        "",
        "</details>",
        "",
        "<details><summary>Reading order: 1 don't</summary>",
        "",
        "1. **don't** `a.md`, line 2: `new: doubled-word: “One one” is wrong`",
        "",
        "</details>",
    ]
