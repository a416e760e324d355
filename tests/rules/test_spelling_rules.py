"""`misspelled-word` and `minority-casing`: how sure they are, and what they leave."""

from __future__ import annotations

import pytest

from docbot.rules.interface import Given
from docbot.rules.unclear.minority_casing import MinorityCasing
from docbot.rules.unclear.misspelled_word import MisspelledWord
from docbot.testing import found_in
from docbot.types import Applicability, Finding

WRONG = {"paramter": "parameter", "Paramter": "Parameter", "whith": "with or which"}


def spelling(text: str, **words: int) -> list[Finding]:
    return found_in(MisspelledWord(), text, Given(misspelled=WRONG, words=words))


def casing(text: str, **words: int) -> list[Finding]:
    return found_in(MinorityCasing(), text, Given(words=words))


@pytest.mark.parametrize(
    ("right", "wrong", "confidence", "applicability"),
    [
        (60, 0, 0.95, Applicability.SAFE),
        (60, 4, 0.85, Applicability.UNSAFE),
        (5, 0, 0.85, Applicability.UNSAFE),
        (2, 0, 0.7, Applicability.UNSAFE),
        (0, 0, 0.7, Applicability.UNSAFE),
    ],
)
def test_how_sure_it_is_hangs_on_what_others_write(
    right: int, wrong: int, confidence: float, applicability: Applicability
) -> None:
    (finding,) = spelling("Set the paramter of it.", parameter=right, paramter=wrong)
    assert finding.fix is not None
    assert (finding.confidence, finding.fix.applicability) == (confidence, applicability)


def test_a_record_of_the_past_is_shown_on_request_only() -> None:
    (finding,) = spelling("# Release notes\n\nSet the paramter of it.", parameter=60)
    assert finding.confidence == 0.6
    (finding,) = casing("# Release notes\n\nGet it from Github.", GitHub=60)
    assert finding.confidence == 0.6


@pytest.mark.parametrize(
    "text",
    [
        "Ask Paramter of it.",
        "<!-- cspell:ignore paramter -->\n\nSet the paramter of it.",
        "# The paramter of it\n\nText of the page.",
        "- paramter\n- plik paramter",
    ],
)
def test_names_headings_and_accepted_words_are_left(text: str) -> None:
    assert spelling(text, parameter=60) == []


def test_common_words_make_a_sentence_without_small_ones_english() -> None:
    page = "The files are here, and that is all there is.\n\n- Missing paramter\n"
    assert spelling(page, parameter=60) == []
    (finding,) = spelling(page, parameter=60, Missing=20)
    assert finding.excerpt == "paramter"


def test_which_of_several_words_is_asked() -> None:
    (finding,) = spelling("Set the key whith the file.", which=60)
    assert finding.fix is None
    assert finding.question is not None
    assert finding.question.choices == ("with", "which")
    assert finding.confidence == 0.95
    (finding,) = spelling("Set the key whith the file.", which=8)
    assert finding.confidence == 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Select **Show Github** to start.",
        'The button "Open Github" is here.',
        "Get it from Github.com or Github-Actions or @Github.",
        "Get it from [the page](https://example.com/Github) of Github.",
    ],
)
def test_labels_and_addresses_are_left(text: str) -> None:
    assert casing(text, GitHub=400) == []


def test_a_heading_gets_the_name_and_keeps_its_anchor() -> None:
    (finding,) = casing("# Use Github\n\nThe text is here.", GitHub=400)
    assert finding.fix is not None
    assert finding.fix.edits[0].replacement == "GitHub"


def test_a_name_with_a_small_letter_first_may_begin_a_sentence() -> None:
    assert casing("MacOS is a system. Use it. MacOS runs.", macOS=400) == []
    (finding,) = casing("Run it on MacOS today.", macOS=400)
    assert finding.fix is not None
    assert finding.fix.edits[0].replacement == "macOS"


def test_letters_of_an_abbreviation_are_left() -> None:
    assert casing("The Unique IDentifier (GUID) is here.", identifier=400) == []
    (finding,) = casing("The unique IDentifier is here.", identifier=400)
    assert finding.fix is not None
    assert finding.fix.edits[0].replacement == "identifier"
