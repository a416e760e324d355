"""Sentences as a reader reads them, and the pages and sections that are records of the past."""

from __future__ import annotations

import re

import pytest

from docbot.markdown import Document
from docbot.rules.outdated.sentences import is_record, is_recorded, near, sentences


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


@pytest.mark.parametrize(
    ("path", "record"),
    [
        ("docs/whats-new.md", True),
        ("docs/what-s-new-in-docs.md", True),
        ("docs/what-is-new/plan.md", True),
        ("docs/release-notes/a.md", True),
        ("docs/app-release-notes.md", True),
        ("docs/changelog.md", True),
        ("blog/a.md", True),
        ("_posts/2023-05-01-a.md", True),
        ("docs/2023-05/a.md", True),
        ("docs/roadmap.md", True),
        ("docs/archive/a.md", True),
        ("docs/legal/a.md", True),
        ("docs/newsletter-setup.md", False),
        ("docs/install.md", False),
        ("docs/history-of-files-view.md", True),
        ("docs/line-2023.md", False),
        ("docs/terminal/a.md", False),
    ],
)
def test_a_record_is_known_by_its_path(path: str, record: bool) -> None:
    assert is_record(Document(path, "Text.")) is record


@pytest.mark.parametrize(
    ("page", "record"),
    [
        ("# What's new in the app", True),
        ("# What’s New", True),
        ("# Release notes", True),
        ("# Change log", True),
        ("# Version 7 of the app", True),
        ("# Install the app", False),
        ("---\ntitle: Release notes\n---\n# App", True),
        ("---\nms.topic: whats-new\n---\n# App", True),
        ("---\nms.topic: how-to\n---\n# App", False),
        ("Text without a heading.", False),
    ],
)
def test_a_record_is_known_by_its_title(page: str, record: bool) -> None:
    assert is_record(Document("a.md", page)) is record


@pytest.mark.parametrize(
    ("heading", "recorded"),
    [
        ("May 2023", True),
        ("May 3, 2023", True),
        ("2023-05-03", True),
        ("Changes of 2023", True),
        ("7.2.1", True),
        ("v7.2", True),
        ("Version 7", True),
        ("Release history", True),
        ("Install", False),
        ("Step 2", False),
        ("Use 2 screens", False),
    ],
)
def test_a_section_below_a_date_or_version_is_a_record(heading: str, recorded: bool) -> None:
    page = f"# Page\n\n## {heading}\n\n### More\n\nText."
    assert is_recorded(Document("a.md", page), page.index("Text.")) is recorded
    assert not is_recorded(Document("a.md", page), 0)


def test_near_asks_for_both_within_reach() -> None:
    first, second = re.compile("one"), re.compile("two")
    assert near("two " + "x" * 5 + " one", first, second, 20)
    assert not near("two " + "x" * 50 + " one", first, second, 20)
    assert not near("one", first, second)


def test_many_short_sentences_are_split_in_one_pass() -> None:
    assert len(texts("It ends on May 3. " * 20_000)) == 20_000
