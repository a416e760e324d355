"""How changes are numbered, so that `docbot drop 2` always means the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docbot.forges.island import BEGIN
from docbot.forges.marker import MOST_NUMBERED, Marker, marker_of, numbered, sealed


def key(name: str) -> str:
    return name.encode().hex().rjust(16, "0")


A, B, C, D = ((key(name),) for name in "abcd")


def test_changes_are_numbered_in_their_order() -> None:
    assert numbered([A, B, C]) == ((1, 2, 3), (A, B, C))


def test_a_number_is_never_given_away() -> None:
    assert numbered([B, C], (A, B, C)) == ((2, 3), (A, B, C))
    assert numbered([D, C], (A, B, C)) == ((4, 3), (A, B, C, D))
    assert numbered([A, D, C, B], (A, B, C)) == ((1, 4, 3, 2), (A, B, C, D))


def test_a_change_that_grew_keeps_its_number_and_all_its_keys() -> None:
    assert numbered([(*B, *D)], (A, B)) == ((2,), (A, (*B, *D)))
    assert numbered([(*A, *B), (*A, *B)]) == ((1, 2), ((*A, *B), (*A, *B)))


def test_too_many_have_no_numbers_to_drop_by() -> None:
    many = [(key(str(n)),) for n in range(MOST_NUMBERED + 1)]
    numbers, parts = numbered(many)
    assert numbers == tuple(range(1, MOST_NUMBERED + 2)) and parts == ()
    assert numbered(many, (A, B)) == (tuple(range(3, MOST_NUMBERED + 4)), (A, B))
    assert numbered(many[1:])[1] == tuple(many[1:])


keys = st.sampled_from([key(str(n)) for n in range(9)])
changes = st.lists(st.lists(keys, min_size=1, max_size=3, unique=True).map(tuple), max_size=6)


@given(first=changes, second=changes)
def test_numbers_are_settled_once(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> None:
    numbers, parts = numbered(first)
    assert len(set(numbers)) == len(first)
    assert numbered(first, parts) == (numbers, parts)
    later, more = numbered(second, parts)
    assert len(set(later)) == len(second)
    assert all(set(part) <= set(more[i]) for i, part in enumerate(parts))
    assert all(set(mine) <= set(more[number - 1]) for mine, number in zip(second, later, strict=True))


def test_the_marker_remembers_the_numbers() -> None:
    marker = Marker("1", "t", "main", parts=(A, (*B, *C)))
    found = marker_of(sealed(BEGIN, marker))
    assert found is not None and found.parts == marker.parts
    assert [found.keys_of(number) for number in (-1, 0, 1, 2, 3)] == [(), (), A, (*B, *C), ()]


def test_a_marker_with_too_many_numbers_is_still_one() -> None:
    many = tuple((key(str(n)),) for n in range(9_000))
    found = marker_of(sealed(BEGIN, Marker("1", "t", "main", parts=many)))
    assert found is not None and found.parts == () and found.keys_of(1) == ()


def test_parts_hold_keys_alone() -> None:
    island = sealed(BEGIN, Marker("1", "t", "main", parts=(A,)))
    assert marker_of(island.replace(A[0], "@user")) is None
