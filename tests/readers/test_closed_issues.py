"""The placing of reports is held against the commits that fixed them. No texts of real issues are here, since
they aren't part of a clone: the repository is made for the test."""

from __future__ import annotations

from pathlib import Path

from docbot.readers.values import Issue
from tests.helpers.closed_issues import Outcome, held_against_fixes
from tests.helpers.git import Builder

PAGE = (
    "# Lamp\n\nA lamp.\n\n## Oil\n\nFill in oil.\n\n## Wick\n\nTrim the wick now.\n\n## Glass\n\nClean it.\n"
)
BODIES = {
    1: "page.md: “Fill in oil.” Which one?",
    2: "https://github.com/team/docs/blob/main/page.md#wick says nothing about scissors.",
    3: "page.md doesn't say what a lamp costs.",
    4: "other.md: “An other page” is wrong.",
    5: "thanks",
    6: "page.md, section “Glass”: with what do I clean it?",
    7: "page.md: “Fill in oil.” is never fixed.",
}


def test_sections_are_held_against_what_the_fix_changed(tmp_path: Path) -> None:
    docs = Builder.init(tmp_path / "docs")
    text = PAGE
    docs.commit({"page.md": text, "other.md": "# Other\n\nAn other page.\n"})
    for number, old, new in (
        (1, "Fill in oil.", "Fill in lamp oil."),
        (2, "Trim the wick now.", "Trim the wick now.\nUse scissors."),
        (3, "A lamp.", "A lamp for ten coins."),
        (4, "lamp oil", "good lamp oil"),
        (5, "good lamp", "best lamp"),
        (6, "ten coins", "nine coins"),
    ):
        text = text.replace(old, new)
        docs.commit({"page.md": text}, f"Say more\n\nFixes #{number}")
    issues = [Issue("team/docs", number, "Docs", body, "reader", 1, 1) for number, body in BODIES.items()]
    assert held_against_fixes(docs.root, issues) == {
        1: Outcome.RIGHT,
        2: Outcome.RIGHT,
        3: Outcome.PAGE,
        4: Outcome.OTHER_PAGE,
        5: Outcome.NOWHERE,
        6: Outcome.OTHER_SECTION,
    }
