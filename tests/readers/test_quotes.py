"""What readers quote, what should stand there instead, and what they call a section."""

from __future__ import annotations

import pytest

from docbot.readers.quotes import code_in, headings_in, quotes_in, suggestions_in
from docbot.readers.values import Suggestion


def test_quotes_of_every_kind_the_longest_first() -> None:
    words = "“curly one” and \"straight\" and `code` and «angle» and 'single quoted' and"
    text = f"{words}\n\n> a block\n> of two lines\n"
    assert quotes_in(text) == (
        "a block\nof two lines",
        "single quoted",
        "curly one",
        "straight",
        "angle",
        "code",
    )


def test_an_apostrophe_is_no_quote_and_a_block_of_code_is_apart() -> None:
    text = "It's the writers' fault, don't you think?\n\n```sh\nrun it\nnow\n```\n"
    assert quotes_in(text) == ()
    assert code_in(text) == ("run it\nnow", "run it", "now")


@pytest.mark.parametrize(
    "text",
    [
        '"the oil" should be "the red oil"',
        "“the oil” should read “the red oil”.",
        "`the oil` -> `the red oil`",
        "'the oil' → 'the red oil'",
        'Please change "the oil" to "the red oil".',
        "Replace `the oil` with `the red oil`",
        'It should say "the red oil" instead of "the oil"',
        'There is a typo, instead of "the oil" it should be "the red oil".',
        "> the oil\n\nshould be\n\n> the red oil\n",
        '"the oil", which must be changed to "the red oil"',
    ],
)
def test_what_should_stand_there(text: str) -> None:
    assert suggestions_in(text) == (Suggestion("the oil", "the red oil"),)


def test_fields_of_a_form_are_a_suggestion() -> None:
    assert suggestions_in("", "It says `the oil`.", "`the red oil`") == (
        Suggestion("the oil", "the red oil"),
    )


@pytest.mark.parametrize(
    "text",
    [
        '"the oil" should be clearer',
        '"the oil" should be "the oil"',
        'The oil should be "red"',
        "`a` -> ``",
        '"the oil" should be "' + "red " * 60 + '"',
    ],
)
def test_what_is_no_suggestion(text: str) -> None:
    assert suggestions_in(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        'the section "Fill the oil" is short',
        "In the Fill the oil section there is nothing",
        "the “Fill the oil” heading",
        "Under `Fill the oil` it says",
        "Section: Fill the oil",
    ],
)
def test_what_a_reader_calls_a_section(text: str) -> None:
    assert "Fill the oil" in headings_in(text)
