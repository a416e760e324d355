from __future__ import annotations

import pytest

from docbot.measured import Measured, wilson
from docbot.outcomes import Drafted, Fate, counted, fate
from docbot.repository.patches import Hunk

PAGE = ["# Tea", "", "Boil the water, it is hot.", "Pour it in, do not wait.", ""]
DRAFT = Drafted(3, 17, "it is", "it's")


def changed(start: int, old: list[str], new: list[str]) -> Hunk:
    return Hunk(start, start, tuple(map(str.encode, old)), tuple(map(str.encode, new)))


def later(*new: str) -> Fate | None:
    return fate(DRAFT, PAGE, [changed(3, PAGE[2:3], list(new))])


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("Boil the water, it's hot.", Fate.SAME),
        ("Boil all of the water, since it's very hot.", Fate.SAME),
        ("Boil the water, be careful.", Fate.OTHER),
        ("Boil the water, it is hot!", Fate.KEPT),
        ("Boil it well: it is hot.", Fate.KEPT),
        ("", Fate.GONE),
    ],
)
def test_the_line_was_edited(new: str, expected: Fate) -> None:
    assert later(new) is expected


def test_the_line_was_removed() -> None:
    assert later() is Fate.GONE


def test_the_page_was_removed() -> None:
    assert fate(DRAFT, PAGE, None) is Fate.GONE


@pytest.mark.parametrize(
    "change",
    [
        changed(4, PAGE[3:4], ["Pour."]),
        changed(1, PAGE[0:1], ["# Black tea"]),
        Hunk(3, 4, (), (b"It's new.",)),
    ],
)
def test_other_lines_were_edited(change: Hunk) -> None:
    assert fate(DRAFT, PAGE, [change]) is Fate.STILL


def test_a_draft_of_two_lines_is_touched_by_its_second() -> None:
    draft = Drafted(3, 17, "it is hot.\nPour it", "it's hot.\nPour it")
    assert fate(draft, PAGE, [changed(4, PAGE[3:4], ["Drink it."])]) is Fate.OTHER


def test_the_place_of_two_alike_is_known_by_its_column() -> None:
    page = ["They say it is known all over the country that it is hot."]
    new = "They say it's known all over the country that it is hot."
    assert fate(Drafted(1, 10, "it is", "it's"), page, [changed(1, page, [new])]) is Fate.SAME
    assert fate(Drafted(1, 48, "it is", "it's"), page, [changed(1, page, [new])]) is Fate.KEPT


def test_a_removal() -> None:
    draft = Drafted(3, 6, "the ", "")
    assert fate(draft, PAGE, [changed(3, PAGE[2:3], ["Boil water, it is hot."])]) is Fate.SAME
    assert fate(draft, PAGE, [changed(3, PAGE[2:3], ["Boil the water!"])]) is Fate.KEPT


@pytest.mark.parametrize(
    "draft", [Drafted(3, 1, "Freeze", "Boil"), Drafted(9, 1, "Boil", "Heat"), Drafted(3, 1, "Boil", " Boil")]
)
def test_a_draft_without_a_place(draft: Drafted) -> None:
    assert fate(draft, PAGE, []) is None


def test_line_ends_and_other_bytes_make_no_difference() -> None:
    change = Hunk(3, 3, (b"Boil the water, it is hot.\r",), (b"Boil the water, it's hot. \xff\r",))
    assert fate(DRAFT, PAGE, [change]) is Fate.SAME


def test_counting() -> None:
    fates = [Fate.SAME, Fate.SAME, Fate.OTHER, Fate.KEPT, Fate.STILL, Fate.GONE, Fate.GONE]
    assert counted(fates) == Measured(2, 1, 1, 1, 2)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (50, 100, 0.404, 0.596)],
)
def test_wilsons_interval(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=0.001)
