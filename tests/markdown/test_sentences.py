"""Sentences as a reader reads them."""

from __future__ import annotations

import re

import pytest

from docbot.markdown import Document
from docbot.markdown.sentences import near, sentences


def texts(page: str) -> list[str]:
    return [sentence.text for sentence in sentences(Document("a.md", page))]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("One,\ntwo\n   and three.\nFour.", ["One, two and three.", "Four."]),
        (
            "Use v. 2, e.g. Mine, on Jan. 3 or Sept. 4. Then stop.",
            ["Use v. 2, e.g. Mine, on Jan. 3 or Sept. 4.", "Then stop."],
        ),
        ("By J. R. Smith. Next.", ["By J. R. Smith.", "Next."]),
        ("He said “stop.” Then left.", ["He said “stop.”", "Then left."]),
        ("Version 7.2.1 is out. Good.", ["Version 7.2.1 is out.", "Good."]),
        ("The **bold** and [linked](x.md) *words*.", ["The bold and linked words."]),
        ("Run `x.y` now. Then `z`.", ["Run \ufffc now.", "Then \ufffc."]),
        ("See <https://example.com/a.b> there.", ["See \ufffc there."]),
        ("# Head\n\n- One.\n- Two.\n\n| A |\n|---|\n| B. |", ["Head", "One.", "Two.", "A", "B."]),
        ("> They said so.\n\n> [!NOTE]\n> We say so.", ["We say so."]),
        ("```text\nNo.\n```\n\n<!-- No. -->\n\nYes.", ["Yes."]),
        ("a " * 600, []),
    ],
)
def test_sentences_are_those_a_reader_reads(page: str, expected: list[str]) -> None:
    assert texts(page) == expected


def test_a_place_in_a_sentence_is_a_place_in_the_page() -> None:
    page = "---\ntitle: x\n---\n\n> [!NOTE]\n> The **old\n> API** and [new one](b.md) end.\n"
    [sentence] = sentences(Document("a.md", page))
    for part, source in (("old API", "old\n> API"), ("new one end", "new one](b.md) end"), ("The", "The")):
        start = sentence.text.index(part)
        assert sentence.span_of(start, start + len(part)).of(page) == source


def test_near_asks_for_both_within_reach() -> None:
    first, second = re.compile("one"), re.compile("two")
    assert near("two " + "x" * 5 + " one", first, second, 20)
    assert not near("two " + "x" * 50 + " one", first, second, 20)
    assert not near("one", first, second)


def test_many_short_sentences_are_split_in_one_pass() -> None:
    assert len(texts("It ends on May 3. " * 20_000)) == 20_000
