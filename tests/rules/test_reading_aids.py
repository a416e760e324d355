"""Vague link texts, images without a text, skipped levels: what is asked, and what the house is used to."""

from __future__ import annotations

import pytest

from docbot.rules.interface import Given
from docbot.rules.unclear.missing_alt_text import MissingAltText
from docbot.rules.unclear.skipped_heading_level import SkippedHeadingLevel
from docbot.rules.unclear.vague_link_text import VagueLinkText
from docbot.testing import found_in
from docbot.types import Finding

CUSTOM = Given(
    files={
        "x.md": "# The guide\n\n## Set it *up*\n",
        "titled.md": "---\ntitle: From the front matter\n---\n\ntext\n",
        "links.md": "[the guide](x.md) " * 60,
        "images.md": "![A box](a.png) " * 30,
        "levels.md": "# A\n\n## B\n\n" * 60,
    }
)


def one(found: list[Finding]) -> Finding:
    (finding,) = found
    assert finding.fix is None
    return finding


@pytest.mark.parametrize(
    ("target", "choices"),
    [
        ("x.md", ("The guide",)),
        ("x.md#set-it-up", ("Set it up",)),
        ("x.md#gone", ()),
        ("titled.md", ("From the front matter",)),
        ("https://example.com", ()),
        ("none.md", ()),
    ],
)
def test_the_targets_own_title_is_the_choice(target: str, choices: tuple[str, ...]) -> None:
    finding = one(found_in(VagueLinkText(), f"Click [here]({target}).", CUSTOM))
    assert finding.question is not None
    assert finding.question.choices == choices


def test_a_vague_link_stands_out_where_others_say_where_they_lead() -> None:
    assert one(found_in(VagueLinkText(), "Click [here](x.md).", CUSTOM)).confidence >= 0.8
    assert one(found_in(VagueLinkText(), "See [this page](x.md).", CUSTOM)).confidence < 0.8
    assert one(found_in(VagueLinkText(), "Click [here](x.md).")).confidence < 0.8


def test_an_image_without_a_text_stands_out_where_others_have_one() -> None:
    finding = one(found_in(MissingAltText(), "![](a.png)", CUSTOM))
    assert finding.confidence >= 0.8
    assert finding.question is not None
    assert one(found_in(MissingAltText(), "![](a.png)")).confidence < 0.8
    assert one(found_in(MissingAltText(), "<img src='a.png'>", CUSTOM)).confidence < 0.8


@pytest.mark.parametrize(
    "text",
    [
        ':::image type="complex" source="a.png" alt-text="A box.":::\nText.\n:::image-end:::',
        "[![](https://img.shields.io/x)](x.md)",
        "<!-- <img src='a.png'> -->",
        "# Release notes\n\n![](a.png)",
    ],
)
def test_images_that_need_none(text: str) -> None:
    assert found_in(MissingAltText(), text, CUSTOM) == []


def test_a_skipped_level_stands_out_where_others_go_down_by_one() -> None:
    finding = one(found_in(SkippedHeadingLevel(), "# A\n\n## B ##\n\n#### C\n\ntext\n", CUSTOM))
    assert (finding.confidence, finding.excerpt) == (0.85, "#### C")
    assert one(found_in(SkippedHeadingLevel(), "# A\n\n### B\n")).confidence < 0.8


@pytest.mark.parametrize("front", ["external help file: x.xml", "schema: 2.0.0"])
def test_pages_that_a_tool_writes_are_left_alone(front: str) -> None:
    assert found_in(SkippedHeadingLevel(), f"---\n{front}\n---\n# A\n\n### B\n", CUSTOM) == []
