"""From an answer to edits: exact places, whole words, the page's own line ends, inside the section alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.drafters.model.answers import Answer, Unusable, Wanted, edits_of, read, title_of
from docbot.text import Span, apply

PAGE = "# A\n\nFirst words here.\n\n# B\n\nFirst words here too, and more.\n"
SECTION = Span(PAGE.index("# B"), len(PAGE))


def edited(*wanted: tuple[str, str], page: str = PAGE, eol: str = "\n") -> str:
    section = Span(page.index("# B"), len(page))
    answer = Answer(tuple(Wanted(old, new, "why") for old, new in wanted))
    return apply(page, edits_of(answer, page, section, eol))


def test_what_stands_in_other_sections_too_is_edited_in_this_one() -> None:
    assert edited(("First words here", "Words stand here")) == PAGE[: SECTION.start] + (
        "# B\n\nWords stand here too, and more.\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "start", "text"),
    [
        ("First words here too", "First few words here too", "words", "few "),
        ("words here too", "words too", "here ", ""),
        ("First words", "Second words", "First", "Second"),
        ("and more.\n", "and more.\nAnd yet more.\n", "And", None),
    ],
)
def test_only_whole_words_that_differ_are_in_the_edit(
    old: str, new: str, start: str, text: str | None
) -> None:
    (edit,) = edits_of(Answer((Wanted(old, new, "x"),)), PAGE, SECTION, "\n")
    after = apply(PAGE, [edit])
    assert after == PAGE[: SECTION.start] + PAGE[SECTION.start :].replace(old, new)
    if text is not None:
        assert edit.replacement == text
        assert PAGE.startswith(start, edit.span.start)


def test_edits_that_say_the_same_are_one() -> None:
    assert edited(("too", "also"), ("too", "also")).endswith("here also, and more.\n")


@pytest.mark.parametrize(
    ("page", "eol", "expected"),
    [
        ("# B\r\n\r\nOne\r\ntwo.\r\n", "\r\n", "# B\r\n\r\nUno\r\ndos.\r\ntres.\r\n"),
        ("# B\r\n\r\nOne\ntwo.\r\n", "\r\n", "# B\r\n\r\nUno\ndos.\ntres.\r\n"),
        ("# B\n\nOne\r\ntwo.\n", "\n", "# B\n\nUno\r\ndos.\r\ntres.\n"),
    ],
)
def test_lines_end_as_they_did(page: str, eol: str, expected: str) -> None:
    assert edited(("One\ntwo.", "Uno\ndos.\ntres."), page=page, eol=eol) == expected
    assert edited(("One\r\ntwo.", "Uno\r\ndos.\r\ntres."), page=page, eol=eol) == expected


def test_a_line_more_ends_as_the_pages_lines_do() -> None:
    page = "# B\r\n\r\nOne two.\r\n"
    assert edited(("two.", "two.\nThree."), page=page, eol="\r\n") == "# B\r\n\r\nOne two.\r\nThree.\r\n"


LINES = st.lists(st.sampled_from(["ab", " ", "\n", "\r\n", "\r", "é", "😀", "c d"]), max_size=12).map("".join)


@given(LINES, LINES, LINES, st.data())
def test_nothing_outside_of_the_section_changes(
    before: str, inside: str, behind: str, data: st.DataObject
) -> None:
    """Whatever part is asked for, in whatever words: the rest of the page is the same, byte for byte."""
    page = before + "§" + inside + "§" + behind
    section = Span(len(before), len(before) + len(inside) + 2)
    sent = section.of(page).replace("\r\n", "\n")
    start = data.draw(st.integers(0, len(sent) - 1))
    old = sent[start : data.draw(st.integers(start + 1, len(sent)))]
    new = data.draw(LINES)
    try:
        edits = edits_of(Answer((Wanted(old, new, "why"),)), page, section, "\n")
    except Unusable:
        return
    after = apply(page, edits)
    assert after.startswith(before)
    assert after.endswith(behind)
    middle = after[len(before) : len(after) - len(behind)] if behind else after[len(before) :]
    expected = sent[:start] + new.replace("\r\n", "\n") + sent[start + len(old) :]
    assert middle.replace("\r\n", "\n") == expected


@given(st.text())
def test_any_text_is_an_answer_or_unusable(text: str) -> None:
    try:
        answer = read(text)
        edits = edits_of(answer, PAGE, SECTION, "\n")
    except Unusable:
        return
    assert all(SECTION.contains(edit.span) for edit in edits)


STRANGE = st.text(st.characters() | st.sampled_from("\x00\x1b\u202e\u200b\r\n:#["), max_size=40)


@given(
    st.lists(
        st.tuples(st.sampled_from(["First", "more.", "# B", "\n", "x", ""]), STRANGE, STRANGE), max_size=3
    )
)
def test_hostile_edits_are_whole_or_refused(wanted: list[tuple[str, str, str]]) -> None:
    text = json.dumps({"edits": [dict(zip(("old", "new", "reason"), one, strict=True)) for one in wanted]})
    try:
        edits = edits_of(read(text), PAGE, SECTION, "\n")
    except Unusable:
        return
    for edit in edits:
        assert SECTION.contains(edit.span)
        assert not set(edit.replacement) & set("\x00\x1b\u202e\u200b\r")
        assert "##[" not in edit.replacement


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Unusable):
        edits_of(read('{"edits":[{"old":"First","new":"\\ud800","reason":"x"}]}'), PAGE, SECTION, "\n")


def test_words_that_the_section_has_may_stay() -> None:
    page = "# B\n\nWrite\n::set-output name=x::y\nto the the log.\n"
    assert "to the log" in edited(
        ("::set-output name=x::y\nto the the", "::set-output name=x::y\nto the"), page=page
    )


def test_long_runs_are_read_in_no_time() -> None:
    for text in ("{" * 200_000, "<think>" * 50_000, "}{" * 100_000, '{"edits":[' + " " * 500_000):
        with pytest.raises(Unusable):
            read(text)


def test_the_title_is_what_the_model_gave_as_reasons() -> None:
    wanted = [Wanted("a", "b", " Too  long. "), Wanted("c", "c", "unchanged"), Wanted("d", "e", "Too long")]
    assert title_of(Answer(tuple(wanted))) == "Too long"
