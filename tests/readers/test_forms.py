"""Forms are taken off, whatever generation they are of, and readers' words stay."""

from __future__ import annotations

import pytest

from docbot.readers.forms import Form, folded, form_of, without_comments
from docbot.readers.values import Trouble

DETAILS = """\
Which wick?

---
#### {heading}

⚠ *{warning}*

* ID: 1
* Version Independent ID: 2
* Content: [Lanterns](https://learn.microsoft.com/en-us/lanterns/light#oil)
* Content Source: [docs/light.md](https://github.com/team/docs/blob/main/docs/light.md)
* Product: **lanterns**
* GitHub Login: @writer
* Microsoft Alias: **writer**
"""
NEW = """\
### Type of issue

{kind}

### Feedback

{text}

### Page URL

https://learn.microsoft.com/en-us/lanterns/light

### Content source URL

https://github.com/team/docs/blob/main/docs/light.md

### Author

@writer

### Document Id

1
"""


@pytest.mark.parametrize("heading", ["Document Details", "Dokumentdetails", "文档详细信息"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_first_form_is_known_in_every_language(heading: str, end: str) -> None:
    body = DETAILS.format(heading=heading, warning="Do not edit ➟ GitHub issue linking.").replace("\n", end)
    assert form_of(body) == Form(
        words="Which wick?",
        pages=("https://learn.microsoft.com/en-us/lanterns/light#oil",),
        sources=("https://github.com/team/docs/blob/main/docs/light.md",),
        automatic=True,
    )


def test_the_first_form_had_its_links_without_titles_at_first() -> None:
    body = (
        "Which wick?\n\n---\n#### Document Details\n\n⚠ *Do not edit this section.*\n\n* ID: 1\n"
        "* [Content](https://docs.microsoft.com/en-us/lanterns/light)\n"
        "* [Content Source](https://github.com/team/docs/blob/master/light.md)\n* Service: lanterns"
    )
    form = form_of(body)
    assert (form.words, form.automatic) == ("Which wick?", True)
    assert form.sources == ("https://github.com/team/docs/blob/master/light.md",)


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("Typo", Trouble.TYPO),
        ("Code doesn't work", Trouble.CODE),
        ("Code doesn’t work", Trouble.CODE),
        ("Missing information", Trouble.MISSING),
        ("Outdated article", Trouble.OUTDATED),
        ("Other (describe below)", Trouble.OTHER),
        ("Select an option", None),
        ("Thank you", None),
    ],
)
def test_the_second_form_says_what_kind_of_trouble_it_is(said: str, trouble: Trouble | None) -> None:
    form = form_of(NEW.format(kind=said, text="The wick\n\nis short."))
    assert (form.trouble, form.words) == (trouble, "The wick\n\nis short.")
    assert form.sources == ("https://github.com/team/docs/blob/main/docs/light.md",)


@pytest.mark.parametrize(
    "empty", ["_No response_", "[Enter feedback here]", "[Ide írja be a feedback]", "n/a", "- [x] yes"]
)
def test_what_nobody_filled_in_is_no_word(empty: str) -> None:
    assert form_of(NEW.format(kind="Typo", text=empty)).words == ""


def test_what_a_template_says_is_no_word() -> None:
    template = "description: >-\n  Tell us what should change in the article, and\n  why.\n"
    text = "Tell us what should change in the article, and why."
    assert form_of(NEW.format(kind="Typo", text=text), folded(template)).words == ""
    assert form_of(NEW.format(kind="Typo", text=text)).words == text


def test_a_label_with_something_behind_it_speaks_of_its_line() -> None:
    form = form_of("**Page:** docs/a.md\nThe wick is short.\nVersion: 7.4\nAnd wet.\n")
    assert (form.pages, form.words) == (("docs/a.md",), "The wick is short.\n\nAnd wet.")


def test_found_and_wanted_are_told_apart() -> None:
    form = form_of("### Current text\n\nOil is read.\n\n### Expected\n\nOil is red.\n")
    assert (form.found, form.wanted, form.words) == ("Oil is read.", "Oil is red.", "")


def test_headings_in_code_and_front_matter_are_none() -> None:
    form = form_of("---\nname: Bug\nabout: A bug\n---\nRun this:\n\n```md\n### Page URL\n\nx\n```\n")
    assert form.words == "Run this:\n\n```md\n### Page URL\n\nx\n```"
    assert form.pages == ()


def test_comments_go_also_where_nobody_closed_them() -> None:
    assert without_comments("a<!-- b -->c<!-- d") == "ac"
    assert form_of("<!-- docbot: ignore * -->Oil<!-- Page URL: x").words == "Oil"
