"""Quoted words are found as a reader sees them, and the place found is exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.readers.matching import Seen, is_strong, parts, seen

PAGE = """\
# The *lamp*

> [!NOTE]
> It doesn’t burn
> under **water**, says [the maker](https://example.com/a_(b)).

- Turn the key
  to the left.
1. Use `lamp --on`.

| Name | Use |
|---|---|
| oil | for   burning |
"""


@pytest.mark.parametrize(
    ("quote", "excerpt"),
    [
        ("It doesn't burn under water", "It doesn’t burn\n> under **water"),
        ("water, says the maker", "water**, says [the maker"),
        ("turn the key to the left", "Turn the key\n  to the left"),
        ("Use lamp --on.", "Use `lamp --on`"),
        ("`lamp --on`", "lamp --on"),
        ("oil for burning", "oil | for   burning"),
        ("The lamp", "The *lamp"),
    ],
)
def test_a_quote_is_found_through_marks(quote: str, excerpt: str) -> None:
    assert [span.of(PAGE) for span in Seen(PAGE).spans(quote)] == [excerpt]


@pytest.mark.parametrize(
    "quote", ["turn the ke", "urn the key", "It doesnt burn", "", "...", "https://example.com"]
)
def test_a_part_of_a_word_is_not_found_nor_what_nobody_sees(quote: str) -> None:
    assert Seen(PAGE).spans(quote) == []


def test_its_and_it_is_are_two_words() -> None:
    assert not Seen("Its oil is red.").spans("It's oil")


def test_what_stands_before_the_start_is_left_out() -> None:
    assert [span.start for span in Seen("oil oil", 1).spans("oil")] == [4]


def test_gaps_part_a_quote() -> None:
    assert parts("Turn the key ... left") == ("Turn the key", "left")
    assert parts("It burns […] under the water") == ("under the water", "It burns")
    assert parts("whole") == ("whole",)


def test_few_words_are_weak() -> None:
    assert is_strong("turn the key to")
    assert not is_strong("lamp --on")
    assert not is_strong("a b c")


@given(st.text(alphabet="ab *`_[]()>|“”'\"\n.-\u200bé", max_size=60))
def test_any_span_found_reads_as_the_quote(text: str) -> None:
    quote = text[5:25]
    for span in Seen(text).spans(quote):
        assert seen(span.of(text)) == seen(quote)
