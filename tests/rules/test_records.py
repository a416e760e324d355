"""The pages and sections that are records of the past."""

from __future__ import annotations

import pytest

from docbot.markdown import Document
from docbot.rules.records import is_record, is_recorded


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
