"""The names of sections, and which of them are left empty."""

from __future__ import annotations

from docbot.markdown import Document
from docbot.repository.section_names import section_names


def test_copies_of_a_page_count_as_one_and_numbers_are_alike() -> None:
    pages = {
        "docs/1.0/a.md": "# A\n\n## Step 1: Go!\n\n## Notes\n",
        "docs/2.0/a.md": "# A\n\n## Step 1: Go!\n\n## Notes\n",
        "docs/2.0/b.md": "# B\n\n## Step 22 – go\n\nText.\n\n## Notes\n",
    }
    names = section_names({path: Document(path, text).outline for path, text in pages.items()})
    assert names.pages == {"a": 1, "b": 1, "step # go": 2, "notes": 2}
    assert names.empty == {"step # go": 1, "notes": 2}
    assert names.empty_below == {"a": 2, "b": 1}


def test_a_heading_of_signs_alone_keeps_its_name() -> None:
    names = section_names({"a.md": Document("a.md", "## ???\n\n## !!!\n").outline})
    assert names.empty == {"???": 1, "!!!": 1}
