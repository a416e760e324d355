"""Edits of whole words, in a text whose line breaks are its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.rules.outdated.word_edits import passage, place_of, share_of_ends, word_edits
from docbot.text import Span, apply


def edited(old: str, new: str) -> tuple[str, list[tuple[str, str]]]:
    edits = list(word_edits(passage(old), passage(new)))
    return apply(old, edits), [(edit.span.of(old), edit.replacement) for edit in edits]


@pytest.mark.parametrize(
    ("old", "new", "made", "edits"),
    [
        ("all that matchs.", "all that matches.", "all that matches.", [("matchs", "matches")]),
        ("a very big file", "a big file", "a big file", [("very ", "")]),
        ("a big file", "a very big file", "a very big file", [("", "very ")]),
        ("The big file", "Big file", "Big file", [("The big", "Big")]),
        ("Files only", "All files only", "All files only", [("Files", "All files")]),
        ("one two", "one, two", "one, two", [("", ",")]),
        ("one, two", "one two", "one two", [(",", "")]),
        ('the ping ("ICMP").', "the ping.", "the ping.", [(' ("ICMP")', "")]),
        ("say (so)", "say so", "say so", [("(", ""), (")", "")]),
        ("createand", "create and", "create and", [("createand", "create and")]),
        ("that is so", "that's so", "that's so", [("that is", "that's")]),
        ("ends", "ends here", "ends here", [("", " here")]),
        ("ends here", "ends", "ends", [(" here", "")]),
        # Lines break where they did, wherever the copy breaks them.
        ("one two\nthree for", "one\ntwo three four", "one two\nthree four", [("for", "four")]),
        ("a\nvery big file", "a big file", "a\nbig file", [("very ", "")]),
        ("a very\nbig file", "a big file", "a\nbig file", [(" very", "")]),
        ("a\nbig file", "a very big\nfile", "a very\nbig file", [("", " very")]),
        ("one\r\ntwo thre", "one two three", "one\r\ntwo three", [("thre", "three")]),
        ("one  two", "one two", "one  two", []),
    ],
)
def test_edits(old: str, new: str, made: str, edits: list[tuple[str, str]]) -> None:
    assert edited(old, new) == (made, edits)


words = st.lists(st.sampled_from(["a", "b", "ab", ",", ".", "(", ")", "it's"]), max_size=8)
spaces = st.lists(st.sampled_from([" ", "\n", "  ", " \r\n", ""]), min_size=8, max_size=8)


@given(words, words, spaces, spaces)
def test_the_words_are_those_of_the_copy(
    old: list[str], new: list[str], apart: list[str], there: list[str]
) -> None:
    before = "".join(word + space for word, space in zip(old, apart, strict=False)).strip()
    after = "".join(word + space for word, space in zip(new, there, strict=False)).strip()
    made, _ = edited(before, after)
    assert passage(made).words == passage(after).words


def test_the_one_place_of_lines() -> None:
    assert place_of("x\n  one  two \nthree\n", ["one two", "three"]) == Span(4, 19)
    assert place_of("one\none\n", ["one"]) is None
    assert place_of("one two\n", ["one"]) is None


def test_how_much_stays_before_and_after() -> None:
    assert share_of_ends(passage("one two three four"), passage("one two 3 four")) == 0.75
    assert share_of_ends(passage("a b"), passage("b a")) == 0
    assert share_of_ends(passage("a a"), passage("a a a")) == pytest.approx(0.8)
