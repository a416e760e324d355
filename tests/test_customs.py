"""What the pages of a repository nearly always do."""

from __future__ import annotations

import pytest

from docbot.customs import VAGUE, Custom, Customs, customs_of
from docbot.markdown import Document


def of(*texts: str) -> Customs:
    return customs_of(Document("a.md", text).outline for text in texts)


def test_links_images_steps_and_titles_are_counted() -> None:
    page = "# A\n\n## B\n\n#### C\n\n# D\n\n[here](x.md) [the guide](y.md) ![](a.png) ![a](b.png)\n"
    assert of(page, "# E\n\n## F\n") == Customs(
        links=Custom(1, 1), images=Custom(1, 1), steps=Custom(2, 1), titles=Custom(1, 1)
    )


def test_nothing_is_no_custom() -> None:
    assert of("text") == Customs()
    assert not Custom().holds(0.0)
    assert Custom(98, 2).holds(0.98)
    assert not Custom(97, 3).holds(0.98)
    assert not Custom(49, 0).holds(0.98)
    assert Custom(49, 0).holds(0.98, fewest=20)


@pytest.mark.parametrize("text", ["here", "Click here.", "this link", "**More**", "see this page", "Link"])
def test_vague(text: str) -> None:
    assert VAGUE.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["Learn more", "the link", "this guide", "more options", "there", "docs", ""]
)
def test_not_vague(text: str) -> None:
    assert not VAGUE.fullmatch(text)
