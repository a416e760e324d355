"""The issues that commits say they fix, as GitHub reads their messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.repository.closings import closed_by, closings, times_of
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder


@pytest.mark.parametrize(
    ("message", "numbers"),
    [
        ("Fixes #5", [5]),
        ("fix: #5", [5]),
        ("Resolves GH-5 and closed team/docs#6", [5, 6]),
        ("Fixes #5, #6 and #7", [5, 6, 7]),
        ("Closes https://github.com/team/docs/issues/5", [5]),
        ("Fixes AB#99 - Fixes #5", [5]),
        ("Merge pull request #5", []),
        ("Say more (#5)", []),
        ("prefixes #5", []),
        ("This fixes the page", []),
        ("fixes " + "#" * 9000, []),
    ],
)
def test_what_a_message_closes(message: str, numbers: list[int]) -> None:
    assert closed_by(message) == numbers


def test_the_newest_commit_of_each_counts(tmp_path: Path) -> None:
    docs = Builder.init(tmp_path)
    assert closings(Worktree.open(docs.root)) == {}
    first = docs.commit({"a.md": "a"}, "Fix #1")
    docs.commit({"a.md": "b"}, "Say\n\nResolves: #2\nand fixes #1")
    docs.commit({"a.md": "c"}, "Merge pull request #3")
    worktree = Worktree.open(docs.root)
    assert closings(worktree) == {1: 1_704_196_800, 2: 1_704_196_800}
    assert times_of(worktree, [first, "0" * 40]) == {first: 1_704_110_400}
    assert times_of(worktree, []) == {}
