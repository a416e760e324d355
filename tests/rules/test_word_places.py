"""Where a word stands as a word of a sentence."""

from __future__ import annotations

import pytest

from docbot.markdown import Document
from docbot.rules.unclear.word_places import word_places


def places(text: str, word: str = "paramter") -> list[tuple[str, bool]]:
    page = Document("a.md", text)
    found = list(word_places(page, {word}))
    assert all(place.span.of(text) == word for place in found)
    return [(place.span.of(text), place.begins) for place in found]


@pytest.mark.parametrize(
    "text",
    [
        "Set paramter of it.",
        "Set *paramter* of it.",
        "Set **the paramter** of it.",
        "Set the [paramter](a.md) of it.",
        "| a |\n|---|\n| the paramter |",
        "> [!NOTE]\n> Set the paramter.",
        "It is set (paramter), and it's here.",
        "Set the “right” paramter.",
        'Set the "right" paramter.',
    ],
)
def test_it_stands_here(text: str) -> None:
    assert places(text) == [("paramter", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Set `paramter` of it.",
        "Set para**mter** of it.",
        "Set my-paramter or paramter-of or a/paramter or paramter/b of it.",
        "Set my_paramter or paramter_2 or $paramter or @paramter or #paramter of it.",
        "See paramter.md or www.paramter.org of it.",
        "Call paramter(x) or paramter=x or paramter:x of it.",
        "It is “paramter” or “the paramter” of it.",
        'It is "paramter" or "the paramter" of it.',
        "It is 'paramter' of it.",
        "The word paramter is a typo of it.",
        "> Somebody said paramter.",
        "<!-- paramter -->",
        "`a`paramter of it.",
        "Paramter and PARAMTER and paramters of it.",
        "<kbd>paramter</kbd> of it.",
    ],
)
def test_it_does_not(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "paramter is here.",
        "See it. paramter is here.",
        "- `a`: paramter is here.",
        "(It is.) paramter is here.",
    ],
)
def test_it_begins_a_sentence(text: str) -> None:
    assert places(text) == [("paramter", True)]


def test_places_are_in_the_order_of_the_page() -> None:
    text = "One paramter.\r\n\r\nTwo\r\nparamter\r\nlines.\r\n"
    spans = [place.span for place in word_places(Document("a.md", text), {"paramter"})]
    assert spans == sorted(spans)
    assert [text[span.start : span.end] for span in spans] == ["paramter"] * 2


def test_long_runs_take_no_time_to_speak_of() -> None:
    assert places("paramter" * 40_000) == []
    assert places("“" * 900 + " paramter") == []
    assert places("a " * 100_000) == []
