"""Which parts count, and the ranks they are made of."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.attention.calibration import USUAL, Calibration, auc, calibrate
from docbot.attention.lives import Life
from docbot.attention.parts import HISTORY, MEASURES, Ages, ranks_of
from docbot.attention.scores import attended
from docbot.attention.signals import Part, Signals
from docbot.repository.values import PageCommit

DAY = 86_400
COMMITS = tuple(PageCommit(f"{n:010}", n * DAY, 1) for n in range(1, 1001))
AGES = Ages(COMMITS, 1000 * DAY)


def life(number: int, edits: tuple[int, ...] = (), *, record: bool = False, **signals: int) -> Life:
    path = f"{number}.md"
    return Life(
        path, Part((), 1, 9), (path, ()), Signals(**signals), 4, record, edits=edits, facts=edits, page=edits
    )


def sections(busy: int, quiet: int) -> list[Life]:
    """The busy ones come first."""
    edits = [*((900 - n,) for n in range(busy)), *[()] * quiet]
    return [life(n, of, length=10, links=n % 7) for n, of in enumerate(edits)]


def test_a_part_that_foretold_is_kept() -> None:
    lives = sections(100, 300)
    found = calibrate(lives, [True] * 60 + [False] * 340, AGES)
    assert set(HISTORY) <= set(found.weights)
    assert not found.doubt


def test_a_part_that_misled_is_dropped_and_a_good_one_beside_it_stays() -> None:
    lives = [life(n, (500,) if n % 2 else (), length=10, links=0 if n % 2 else n % 5) for n in range(400)]
    found = calibrate(lives, [n % 4 == 0 and n % 5 > 0 for n in range(400)], AGES)
    assert set(found.weights) == {"links"}


def test_where_every_part_misled_nothing_counts_and_it_is_said() -> None:
    lives = sections(100, 300)
    rewritten = [n >= 100 and lives[n].signals.links < 3 for n in range(400)]
    found = calibrate(lives, rewritten, AGES)
    assert found.weights == {}
    assert "foretold" in found.doubt
    assert {score.attention for score in attended(lives, found, AGES)} == {0.0}
    assert {score.order for score in attended(lives, found, AGES)} == {0.0}


@pytest.mark.parametrize("positives", [0, 29, 371, 400])
def test_too_few_to_learn_from(positives: int) -> None:
    found = calibrate(sections(100, 300), [n < positives for n in range(400)], AGES)
    assert found == Calibration(doubt=found.doubt)
    assert "too few" in found.doubt


def test_copies_of_a_section_count_once() -> None:
    copies = [Life(f"{v}/a.md", Part((), 1, 1), ("*/a.md", ()), Signals(), 1, False) for v in range(500)]
    assert "too few" in calibrate(copies, [n % 2 == 0 for n in range(500)], AGES).doubt


def test_few_rewritten_sections_move_what_is_usual_less_than_many() -> None:
    few, many = (calibrate(sections(n, 3 * n), [True] * n + [False] * 3 * n, AGES) for n in (40, 100))
    assert USUAL["edits"] - 0.03 < few.weights["edits"] < many.weights["edits"] <= 0.5


def test_chance_is_a_half_and_length_alone_tells_nothing() -> None:
    happened = [n % 2 == 0 for n in range(100)]
    assert auc([1.0] * 100, happened, [range(100)]) == 0.5
    assert auc([float(y) for y in happened], happened, [range(100)]) == 1
    assert auc([float(not y) for y in happened], happened, [range(100)]) == 0
    assert auc([1.0, 2.0], [True, True], [range(2)]) == 0.5
    apart = [[n for n in range(100) if happened[n]], [n for n in range(100) if not happened[n]]]
    assert auc([float(y) for y in happened], happened, apart) == 0.5


NUMBERS = st.lists(st.integers(0, 999), max_size=3).map(sorted).map(tuple)


@given(st.lists(st.tuples(NUMBERS, st.integers(0, 5), st.booleans()), max_size=12), st.randoms())
def test_ranks_are_shares_that_keep_the_order_of_what_is_counted(
    given_: list[tuple[tuple[int, ...], int, bool]], chance: random.Random
) -> None:
    lives = [life(n, edits, record=record, links=links) for n, (edits, links, record) in enumerate(given_)]
    for name, measure in MEASURES.items():
        ranks = ranks_of(name, lives, AGES)
        assert all(0 <= rank <= 1 for rank in ranks)
        counted = [(measure(of, AGES), rank) for of, rank in zip(lives, ranks, strict=True) if not of.record]
        assert [rank for _, rank in sorted(counted)] == sorted(rank for _, rank in counted)
        assert all((value > 0) == (rank > 0) for value, rank in counted)
        assert all(rank == 0 for of, rank in zip(lives, ranks, strict=True) if of.record)
    weights = {name: chance.random() for name in chance.sample(sorted(MEASURES), 3)}
    for of, score in zip(lives, attended(lives, Calibration(weights), AGES), strict=True):
        assert 0 <= score.attention <= 1
        assert 0 <= score.order <= 1
        assert score.reasons or not score.attention, of


def test_age_never_raises_a_score() -> None:
    lives = [life(n, (n * 100,)) for n in range(10)]
    for name in HISTORY:
        assert ranks_of(name, lives, AGES) == sorted(ranks_of(name, lives, AGES))
