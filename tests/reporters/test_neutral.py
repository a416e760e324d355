from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docbot.reporters.neutral import BREAK, code, cut, fenced, is_inert, plain, prose
from tests.reporters.github_reads import (
    ATTACKS,
    LINKS,
    REFERENCES,
    done_by,
    events,
    hostile,
    outside_code,
    skeleton,
)

CONTEXTS = [
    "{}",
    "See {} here.",
    "- {}",
    "- a\n  - **{} → {}**\n    - {}",
    "#### 1. {}, line 3",
    "> {}: {}",
    "**{} → {}**  \n**{} → {}**",
    "1. {}\n\n   {}",
]


def letters(text: str) -> str:
    """What no neutralising may change."""
    return "".join(re.findall("[A-Za-z0-9<>*~&|]", text))


@pytest.mark.parametrize("context", CONTEXTS)
@given(text=hostile)
@example("`")
@example("```\n")
@example(" `` ")
@example("")
@example(" \n ")
def test_nothing_leaves_inline_code(context: str, text: str) -> None:
    spans = context.count("{}")
    made = context.format(*[code(text)] * spans)
    assert skeleton(made) == skeleton(context.format(*["`x`"] * spans))
    assert done_by(code(text), REFERENCES, entities=False) == []


@given(text=hostile)
def test_inline_code_shows_the_text(text: str) -> None:
    (shown,) = [about for name, about in events(f"a {code(text, 10_000)} b") if name == "Code"]
    assert letters(shown) == letters(re.sub("\x1b|\ud800", "", text))
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069\ud800]", shown)


@given(text=hostile, info=st.sampled_from(["", "diff", "text", "a`b\n# c"]))
def test_nothing_leaves_a_fence(text: str, info: str) -> None:
    made = f"before\n\n{fenced(text, info)}\n\n- after"
    kinds = [name for name, _ in events(made)]
    assert kinds[:4] == ["Start Paragraph", "Text", "End Paragraph", "Start CodeBlock"]
    assert [name for name in kinds[4:] if name not in ("Text", "End CodeBlock")] == [
        *("Start List", "Start Item", "End Item", "End List")
    ]
    assert outside_code(made).split() == ["before", "after"]
    assert done_by(fenced(text, info), REFERENCES, entities=False) == []


@given(text=hostile)
def test_a_fence_shows_every_line(text: str) -> None:
    shown = "".join(
        about for name, about in events(fenced(text) + "\n") if name == "Text" and about is not None
    )
    assert letters(shown) == letters(re.sub("\x1b|\ud800", "", text))
    assert shown.count("\n") == text.count("\n") + 1


def test_a_diff_line_can_not_become_a_check_box() -> None:
    assert done_by(fenced("- [x] **Style:** I have read it", "diff"), REFERENCES) == []
    assert done_by("```\n- [x] **Style:** I have read it\n```", REFERENCES) == ["check box"]


@given(text=hostile, limit=st.integers(1, 80))
def test_a_title_does_nothing(text: str, limit: int) -> None:
    for made in (plain(text), plain(text, limit), plain(text)[:limit]):
        assert done_by(made, REFERENCES | LINKS) == []
        assert not re.search(r"\s\s|^\s|[\n\x00-\x1f\u202a-\u202e\u2066-\u2069\ud800]", made)
    assert len(plain(text, limit)) <= limit


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_fails_alone(attack: str) -> None:
    assert done_by(plain(f"Update {attack} now"), REFERENCES | LINKS) == []
    assert skeleton(f"Update {code(attack)} now") == skeleton("Update `x` now")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("thanks @user", ["mention"]),
        ("fixes #1", ["reference", "closing keyword"]),
        ("Closes: o/r#2", ["reference", "closing keyword"]),
        ("see GH-3", ["reference"]),
        ("&commat;user", ["mention"]),
        ("https://github.com/o/r/pull/1", ["address of an issue", "address"]),
        ("in 0123abc", ["commit"]),
        ("text [skip ci]", ["command to CI"]),
        ("Co-authored-by: X", ["trailer"]),
        ("<!-- x", ["comment"]),
    ],
)
def test_the_judge_sees_what_github_sees(text: str, names: list[str]) -> None:
    assert done_by(text, REFERENCES | LINKS) == names


@pytest.mark.parametrize(
    "text",
    [
        "Update links to about_Threads.md, which has moved",
        "Repair links to setup.md#first-step",
        "Use C# and F# 7, AT&T, a/b and x--y",
        "“quoted” é 日本 😀",
    ],
)
def test_an_ordinary_title_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_what_is_broken_still_reads_the_same() -> None:
    assert plain("fixes  #12\nfor @user").replace(BREAK, "") == "fixes #12 for @user"


def test_a_cut_is_marked() -> None:
    assert plain("one two three", 8) == "one two…"
    assert code("x" * 500, 5) == "`xxxx…`"
    assert cut("abc", 3) == "abc"


@given(text=hostile)
def test_words_outside_of_code_are_words(text: str) -> None:
    made = f"Here: {prose(text)}"
    kinds = {name for name, _ in events(made)}
    assert kinds <= {"Start Paragraph", "End Paragraph", "Text", "SoftBreak"}
    assert done_by(made, LINKS | REFERENCES) == []


def test_only_a_command_that_is_shown_as_it_is_is_inert() -> None:
    assert is_inert("git show --stat -M 0123abc")
    assert not is_inert("git log -- 'a/@user/b.md'")
    assert not is_inert("git log -- 'a\nb.md'")
