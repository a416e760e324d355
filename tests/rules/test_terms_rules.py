"""The rules that ask about names: abbreviations, and links that say the name of another page."""

from __future__ import annotations

import pytest

from docbot.rules.interface import Given
from docbot.rules.unclear.abbreviation_spelled_two_ways import AbbreviationSpelledTwoWays
from docbot.rules.unclear.link_text_names_another_page import LinkTextNamesAnotherPage
from docbot.rules.unclear.undefined_abbreviation import UndefinedAbbreviation
from docbot.testing import found_in
from docbot.types import EvidenceKind, Finding

DEFAULT = 0.8
NAMES = ("start", "stop", "find", "move", "open", "shut", "heal", "drop")
USED = "Restart the LQM. Then the LQM reads its queue."


def given(count: int, *others: str, **files: str) -> Given:
    """`count` pages that spell the abbreviation out, `others` that say what they say, and files."""
    pages = {f"{name}.md": f"To {name} it ask the Local Queue Manager (LQM)." for name in NAMES[:count]}
    pages |= {f"other{number}.md": text for number, text in enumerate(others)}
    return Given(files=pages | {name.replace("_", "."): text for name, text in files.items()})


def undefined(text: str, around: Given) -> list[Finding]:
    return found_in(UndefinedAbbreviation(), text, around)


def two_ways(text: str, around: Given) -> list[Finding]:
    return found_in(AbbreviationSpelledTwoWays(), text, around)


def misnamed(text: str, around: Given) -> list[Finding]:
    return found_in(LinkTextNamesAnotherPage(), text, around)


def test_an_undefined_abbreviation_is_asked_about_with_what_others_say() -> None:
    (finding,) = undefined(USED, given(8, "An LQM (light quartz metal) shines."))
    assert finding.excerpt == "LQM"
    assert 0.7 < finding.confidence < DEFAULT
    assert finding.fix is None
    assert finding.question is not None
    assert finding.question.choices == ("Local Queue Manager (8 pages)", "light quartz metal (1 page)")
    (evidence,) = finding.evidence
    assert (evidence.kind, evidence.source) == (EvidenceKind.MAJORITY, "start.md:1")
    assert "9 of the 10 pages" in evidence.detail


def test_few_pages_make_it_unsure_and_fewer_silent() -> None:
    (finding,) = undefined(USED, given(7))
    assert finding.confidence < DEFAULT
    (finding,) = undefined(USED, given(3))
    assert finding.confidence < DEFAULT
    assert undefined(USED, given(2)) == []


def test_where_most_pages_dont_spell_it_out_nobody_needs_it() -> None:
    others = [f"The LQM is on page {number}." for number in range(4)]
    assert undefined(USED, given(5, *others)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Restart the LQM. Then the local queue-managers read.\n\nThe LQM reads.",
        "---\ntitle: The local queue manager\n---\n\n" + USED,
        "# The LQM\n\nRestart the LQM.",
        "Restart the [LQM](start.md). Then the LQM reads its queue.",
        "Set it to `LQM`. " + USED,
        "```text\nuse LQM\n```\n\n" + USED,
        "Restart the Quick LQM. Then the Quick LQM reads.",
        "# Release notes\n\n" + USED,
        "[!INCLUDE [x](start.md)]\n\n" + USED,
        "The manager (LQM) runs. " + USED,
        "See LQM=1. Or LQM: one. Restart the LQM.",
        "Values are None, LQM, RQM, and All. Or one, LQM, two. Restart the LQM.",
        "Set **LQM** to 1. See what **LQM** is.",
        "| Name | Use |\n|---|---|\n| LQM | one |\n| LQM | two |",
    ],
)
def test_silent_where_readers_can_tell(text: str) -> None:
    assert undefined(text, given(6)) == []


def test_once_a_page() -> None:
    assert len(undefined(f"{USED} {USED}\n\n{USED}", given(5))) == 1


def test_two_ways_names_the_rival_and_asks() -> None:
    (finding,) = two_ways("Ask the Located Queue Manager (LQM).", given(5))
    assert finding.excerpt == "Located Queue Manager"
    assert finding.confidence >= DEFAULT
    assert finding.fix is None
    assert finding.question is not None
    assert finding.question.choices == ("Local Queue Manager (5 pages)", "Located Queue Manager (1 page)")


def test_two_ways_is_unsure_of_a_word_that_begins_otherwise() -> None:
    (finding,) = two_ways("Ask the Long Queue Manager (LQM).", given(5))
    assert finding.confidence < DEFAULT


def test_another_last_word_may_be_another_thing() -> None:
    (finding,) = two_ways("Ask the Local Queue Mirror (LQM).", given(5))
    assert finding.confidence < DEFAULT
    (slip,) = two_ways("Ask the Local Queue Mangaer (LQM).", given(5))
    assert slip.confidence >= DEFAULT


@pytest.mark.parametrize(
    "text",
    [
        "Ask the local queue-managers (LQMs).",
        "Ask the Long Quick Manager (LQM).",
        "Ask the Local Queued Manager (LQM).",
        "# What's new\n\nAsk the Long Queue Manager (LQM).",
    ],
)
def test_other_spellings_and_other_things_are_left_alone(text: str) -> None:
    assert two_ways(text, given(5)) == []


def test_without_a_clear_majority_it_is_unsure_or_silent() -> None:
    assert two_ways("Ask the Long Queue Manager (LQM).", given(3)) == []
    also = [f"You may ask the Long Queue Manager (LQM) {number}." for number in range(3)]
    (finding,) = two_ways("Ask the Long Queue Manager (LQM).", given(6, also[0]))
    assert finding.confidence < DEFAULT
    assert two_ways("Ask the Long Queue Manager (LQM).", given(4, *also)) == []


def test_a_link_that_says_its_neighbour_is_asked_about() -> None:
    pages = {"api/Set-Widget.md": "# Set-Widget", "api/Get-Widget.md": "# Get-Widget"}
    (finding,) = misnamed("See [`Set-Widget`](api/Get-Widget.md).", Given(files=pages))
    assert finding.confidence >= DEFAULT
    assert finding.fix is None
    assert finding.evidence[0].source == "api/Set-Widget.md"
    assert finding.question is not None and "“Set-Widget”" in finding.question.choices[0]


@pytest.mark.parametrize(
    "text",
    [
        "[Set-Widget](api/Set-Widget.md)",
        "[Set-Widget](api/Get-Widget.md#set-widget)",
        "[the widget page](api/Get-Widget.md)",
        "[Set-Widget](api/Gone-Widget.md)",
        "[Set-Widget](https://example.com/get-widget)",
        "[Set-Widget](#get-widget)",
        "![Set-Widget](api/Get-Widget.md)",
        "[Set-Widget](api/unlike-page.md)",
        "[Set-Widget](Get-Widget.md)",
        "[Set-Widget](api/Set-Widget-Now.md)",
    ],
)
def test_links_that_say_what_they_are_or_nothing(text: str) -> None:
    pages = dict.fromkeys(("Set-Widget", "Get-Widget", "unlike-page", "Set-Widget-Now"), "# Title")
    files = {f"api/{name}.md": body for name, body in pages.items()} | {"Get-Widget.md": "# Get"}
    assert misnamed(text, Given(files=files)) == []


def test_phrases_need_many_words() -> None:
    files = {
        "moving-queues-to-version-6-80-of-it.md": "# Moving",
        "moving-queues-to-version-6-70-of-it.md": "# Moving",
        "moving-queues-now.md": "# Moving",
    }
    around = Given(files=files)
    assert (
        len(misnamed("[Moving queues to version 6.80 of it](moving-queues-to-version-6-70-of-it.md)", around))
        == 1
    )
    assert misnamed("[Moving queues now](moving-queues-to-version-6-70-of-it.md)", around) == []
