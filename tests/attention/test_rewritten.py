"""What counts as rewriting."""

from __future__ import annotations

import pytest

from docbot.attention.lives import Life
from docbot.attention.rewritten import rewritten_lines, were_rewritten
from docbot.attention.signals import LineKind, Part, Signals
from docbot.repository.patches import Hunk, PageChange

PROSE = (LineKind.PROSE,) * 9
OLD = "One two three four five six seven eight nine ten."


def lines(start: int, old: str, new: str, kinds: tuple[LineKind, ...] = PROSE) -> list[int]:
    """The lines that were rewritten where `old` became `new`."""
    hunk = Hunk(start, start, tuple(_lines(old)), tuple(_lines(new)))
    return rewritten_lines([PageChange("a.md", "b.md", "", (hunk,))], {"a.md": kinds})["a.md"]


def _lines(text: str) -> list[bytes]:
    return text.encode().split(b"\n") if text else []


@pytest.mark.parametrize(
    ("old", "new", "rewritten"),
    [
        (OLD, OLD.replace("five", "5"), False),
        (OLD, "  " + OLD.replace(" ", "  "), False),
        (OLD, "Ten words that say it in quite another way now.", True),
        (OLD, OLD + " And more that nobody had said here before now.", True),
        (OLD, "", False),
        ("Two words", "Other words", True),
    ],
)
def test_a_word_is_no_rewriting(old: str, new: str, rewritten: bool) -> None:
    assert lines(3, old, new) == ([3] if rewritten else [])


def test_every_line_of_the_block_was_rewritten() -> None:
    assert lines(2, f"{OLD}\nx", "Something else entirely.") == [2, 3]


def test_an_addition_belongs_to_the_line_before_unless_it_opens_a_section() -> None:
    assert lines(4, "", "Six more words stand here now.") == [4]
    assert lines(4, "", "Three more words.") == []
    assert lines(4, "", "\n## New\n\nSix more words stand here now.") == []
    assert lines(0, "", "Six more words stand here now.") == []


def test_code_and_front_matter_are_no_prose() -> None:
    for kind in (LineKind.CODE, LineKind.FRONT_MATTER):
        assert lines(1, OLD, "Something else entirely.", (kind,)) == []


def test_removed_and_unknown_pages_have_no_lines() -> None:
    hunk = Hunk(1, 0, (b"Gone.",), ())
    assert rewritten_lines([PageChange("a.md", None, "", (hunk,))], {"a.md": PROSE}) == {}
    assert rewritten_lines([PageChange("a.md", "a.md", "", (hunk,))], {}) == {}


def test_a_section_was_rewritten_where_one_of_its_lines_was() -> None:
    lives = [
        Life("a.md", Part((), first, last), ("a.md", ()), Signals(), 3, False)
        for first, last in ((1, 2), (3, 3), (4, 9))
    ]
    assert were_rewritten(lives, {"a.md": [3, 9]}) == [False, True, True]
    assert were_rewritten(lives, {}) == [False] * 3
