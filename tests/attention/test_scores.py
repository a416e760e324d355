"""Reasons: facts that a person can check."""

from __future__ import annotations

import pytest

from docbot.attention.calibration import Calibration
from docbot.attention.lives import Life
from docbot.attention.parts import MEASURES, Ages
from docbot.attention.scores import attended
from docbot.attention.signals import Part, Signals
from docbot.repository.values import PageCommit

DAY = 86_400
COMMITS = tuple(PageCommit(f"{n:010}", n * DAY, 1) for n in range(2001))
AGES = Ages(COMMITS, 2000 * DAY)
EVERY = tuple(MEASURES)
LAST = "1975-06-24"


def reasons(
    parts: tuple[str, ...] = EVERY,
    *,
    edits: tuple[int, ...] = (),
    facts: tuple[int, ...] = (),
    page: tuple[int, ...] = (),
    links: int = 0,
    record: bool = False,
) -> tuple[str, ...]:
    """What is said of a section among twenty that nobody touched."""
    quiet = [Life(f"{n}.md", Part((), 1, 1), (f"{n}.md", ()), Signals(), 4, False) for n in range(20)]
    mine = Life(
        "a.md", Part((), 1, 1), ("a.md", ()), Signals(links=links), 4, record, edits, facts, page or edits
    )
    return attended([*quiet, mine], Calibration(dict.fromkeys(parts, 0.1)), AGES)[-1].reasons


def test_what_was_done_is_counted_and_dated() -> None:
    edits = (100, 1500, 1900, 2000)
    assert reasons(edits=edits, facts=edits, page=(*edits[:2], 1700, *edits[2:])) == (
        f"edited by hand 3 times in two years, last on {LAST}",
        "versions, links or code were corrected 3 times in three years",
        "the page had 3 hand edits in a year",
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (EVERY, (f"last edited by hand on {LAST}",)),
        (("freshness",), (f"last edited by hand on {LAST}",)),
        (("facts",), (f"a version, link or code name was last corrected on {LAST}",)),
        (("page",), (f"the page was last edited by hand on {LAST}",)),
        (("links",), ()),
    ],
)
def test_one_edit_is_told_once_by_what_counts(parts: tuple[str, ...], said: tuple[str, ...]) -> None:
    assert reasons(parts, edits=(2000,), facts=(2000,)) == said


def test_a_page_that_was_edited_elsewhere_is_told_as_that() -> None:
    assert reasons(page=(2000,)) == (f"the page was last edited by hand on {LAST}",)


def test_much_that_can_change_is_told_as_a_share() -> None:
    assert reasons(links=8) == ("8 links, more than in 97 % of the sections",)
    assert reasons(links=1) == ()
    assert reasons(("edits",), links=8) == ()


def test_nothing_is_said_of_a_page_that_only_grows() -> None:
    assert reasons(edits=(2000,), facts=(2000,), links=8, record=True) == ()


def test_no_reason_is_a_grade_or_an_age() -> None:
    said = " ".join(reasons(edits=(100, 1900, 2000), facts=(100,), links=8))
    assert not any(word in said for word in ("old", "stale", "unclear", "outdated", "score"))
