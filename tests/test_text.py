"""Spans and edits by example. What holds for all of them is in `tests/markdown/test_properties.py`."""

from __future__ import annotations

import pytest

from docbot.text import Conflict, Edit, LineIndex, Place, Span, apply, without_conflicts

TEXT = "ab\r\n😀c\n"


def test_a_span_counts_code_points() -> None:
    assert Span(4, 5).of(TEXT) == "😀"
    assert len(Span(4, 6)) == 2
    assert Span(3, 3)
    assert Span(1, 2).shifted(3) == Span(4, 5)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Span(0, 2), Span(1, 3), True),
        (Span(0, 2), Span(2, 3), False),
        (Span(0, 3), Span(1, 2), True),
        (Span(1, 1), Span(0, 2), True),
        (Span(1, 1), Span(1, 2), False),
    ],
)
def test_spans_overlap_when_they_share_a_code_point(one: Span, other: Span, overlap: bool) -> None:
    assert one.overlaps(other) is other.overlaps(one) is overlap


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (Edit(Span(0, 2), "x"), Edit(Span(2, 3), "y"), False),
        (Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y"), True),
        (Edit(Span(0, 2), "x"), Edit(Span(0, 2), "x"), False),
        (Edit(Span(0, 2), "x"), Edit(Span(0, 2), "y"), True),
        (Edit(Span(2, 2), "x"), Edit(Span(0, 2), "y"), True),
        (Edit(Span(2, 2), "x"), Edit(Span(2, 2), "y"), True),
        (Edit(Span(2, 2), "x"), Edit(Span(2, 2), "x"), False),
        (Edit(Span(2, 2), "x"), Edit(Span(3, 4), "y"), False),
    ],
)
def test_edits_conflict_when_their_order_would_matter(one: Edit, other: Edit, conflict: bool) -> None:
    assert one.conflicts(other) is other.conflicts(one) is conflict
    if conflict:
        with pytest.raises(Conflict):
            apply(TEXT, [one, other])
    else:
        assert apply(TEXT, [one, other]) == apply(TEXT, [other, one])


def test_what_no_edit_names_is_kept() -> None:
    assert apply(TEXT, [Edit(Span(5, 6), ""), Edit(Span(0, 0), ">")]) == ">ab\r\n😀\n"
    assert apply(TEXT, []) == TEXT


def test_lines_end_at_line_feeds_only() -> None:
    index = LineIndex("a\rb\u2028c\x85d\r\ne")
    assert index.place(7) == Place(1, 8)
    assert index.place(9) == Place(2, 1)
    assert index.line_span(1) == Span(0, 8)
    assert index.place(-5) == Place(1, 1)
    assert index.place(99) == Place(2, 2)


def test_an_owner_loses_with_all_its_edits() -> None:
    owned = [
        ("first", [Edit(Span(0, 1), "x")]),
        ("second", [Edit(Span(3, 4), "y"), Edit(Span(0, 1), "z")]),
        ("third", [Edit(Span(3, 4), "w")]),
    ]
    assert without_conflicts(owned) == (["first", "third"], [("second", "first")])
