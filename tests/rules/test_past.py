"""Text about the past, where what is gone is no mistake."""

from __future__ import annotations

import pytest

from docbot.markdown import Document
from docbot.rules.outdated.past import is_history, speaks_of_the_past


@pytest.mark.parametrize(
    ("path", "past"),
    [
        ("CHANGELOG.md", True),
        ("docs/release-notes/a.md", True),
        ("docs/release_notes.md", True),
        ("docs/whats-new.md", True),
        ("docs/blog/announcing-it.md", True),
        ("docs/2022-updates.md", True),
        ("reference/7.4/a.md", True),
        ("changelogs/0.2.x.md", True),
        ("docs/migrating.md", True),
        ("doc/specs/#12 - A design.md", True),
        ("docs/guide.md", False),
        ("docs/exchanges.md", False),
        ("docs/newsletter.md", False),
    ],
)
def test_pages(path: str, past: bool) -> None:
    assert is_history(Document(path, "# A\n\nText.\n"), 6) is past


@pytest.mark.parametrize(
    ("heading", "past"),
    [("## 1.2.0", True), ("## v2.0", True), ("## Breaking changes", True), ("## Removed options", True),
     ("## Options", False), ("## Exchange", False)],
)  # fmt: skip
def test_sections(heading: str, past: bool) -> None:
    text = f"# A\n\n{heading}\n\nText.\n"
    assert is_history(Document("docs/a.md", text), text.index("Text")) is past


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("NAME was removed.", True),
        ("Until version 2 there is NAME.", True),
        ("Use OTHER instead of NAME.", True),
        ("NAME, since v1.2, does it.", True),
        ("Old things are gone. Use NAME.", False),
        ("Use NAME. It was hard.", False),
        ("- It was.\n- NAME\n- It is gone.", False),
        ("It was.\n\nNAME\n\nIt is gone.", False),
        ("A washed NAME holds.", False),
        ("x " * 5_000 + "NAME" + " x" * 5_000, False),
    ],
)
def test_sentences(text: str, past: bool) -> None:
    assert speaks_of_the_past(text, text.index("NAME")) is past
