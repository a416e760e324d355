"""What people did with two ways to say a thing, as hunks and as a history."""

from __future__ import annotations

import pytest

from docbot.measured import Measured
from docbot.repository.patches import Hunk
from docbot.repository.precedents.mining import precedents
from docbot.repository.precedents.worded import worded
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder

MAIL = "e-mail > email"


def counted(*pairs: tuple[str, str]) -> Measured | None:
    return worded(Hunk(1, 1, (old.encode(),), (new.encode(),)) for old, new in pairs).get(MAIL)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Send an e-mail.", "Send an email.", Measured(same=1)),
        ("Send an email.", "Send an e-mail.", Measured(other=1)),
        ("Send an e-mail.", "Send an e-mail now.", Measured(kept=1)),
        ("Send an e-mail.", "Send a letter.", None),
        ("Run `e-mail`.", "Run `email`.", None),
        ("Nothing.", "Nothing at all.", None),
    ],
)
def test_what_became_of_a_line(old: str, new: str, expected: Measured | None) -> None:
    assert counted((old, new)) == expected


def test_copies_count_once() -> None:
    edit = ("Send an e-mail.", "Send an email.")
    assert counted(edit, edit, ("An e-mail is it.", "An email is it.")) == Measured(same=2)


def test_the_history_tells(docs: Builder) -> None:
    docs.commit({"a.md": "Send an e-mail.\n", "b.md": "An e-mail came.\n"})
    docs.commit({"a.md": "Send an email.\n"})
    docs.commit({"b.md": "An e-mail came in.\n"})
    found = precedents(Worktree.open(docs.root))
    assert found.wordings == {MAIL: Measured(same=1, kept=1)}
