"""Dates as writers write them, and the last day each may mean."""

from __future__ import annotations

import pytest

from docbot.rules.outdated.dates import dates

READ = [
    ("March 31, 2024", "2024-03-31"),
    ("March 31st 2024", "2024-03-31"),
    ("Mar. 3, 2024", "2024-03-03"),
    ("Sept 9, 2024", "2024-09-09"),
    ("Sep. 9th, 2024", "2024-09-09"),
    ("31 March 2024", "2024-03-31"),
    ("1st of May, 2024", "2024-05-01"),
    ("10-Nov-2026", "2026-11-10"),
    ("2024-03-31", "2024-03-31"),
    ("2024/3/9", "2024-03-09"),
    ("3/31/2024", "2024-03-31"),
    ("31/3/2024", "2024-03-31"),
    ("4/4/2024", "2024-04-04"),
    ("March 2024", "2024-03-31"),
    ("February 2024", "2024-02-29"),
    ("Feb 2023", "2023-02-28"),
    ("March of 2024", "2024-03-31"),
    ("the end of June 2024", "2024-06-30"),
    ("end of 2025", "2025-12-31"),
    ("the end of the year 2025", "2025-12-31"),
    ("early 2024", "2024-06-30"),
    ("mid-2024", "2024-09-30"),
    ("late 2024", "2024-12-31"),
    ("late August 2024", "2024-08-31"),
    ("the beginning of 2024", "2024-12-31"),
    ("Q3 2024", "2024-09-30"),
    ("Q3 of 2024", "2024-09-30"),
    ("CY Q1 2024", "2024-03-31"),
    ("2024 Q4", "2024-12-31"),
    ("2024Q4", "2024-12-31"),
    ("H1 2024", "2024-06-30"),
    ("H2 2024", "2024-12-31"),
    ("2024 H1", "2024-06-30"),
    ("the third quarter of 2024", "2024-09-30"),
    ("second half of 2024", "2024-12-31"),
    ("first half 2024", "2024-06-30"),
    ("spring 2024", "2024-12-31"),
    ("fall of 2024", "2024-12-31"),
    ("winter 2024", "2025-03-31"),
    ("calendar year 2024", "2024-12-31"),
]

UNREAD = [
    "03/04/2024",
    "13/13/2024",
    "2024-13-01",
    "February 30, 2024",
    "2024-02-30",
    "version 2024.1",
    "2024-preview",
    "build 20240331",
    "KB2024123",
    "12,2024",
    "FY24",
    "Q5 24",
    "2024-01-01-archive",
    "CVE-2021-44228",
    "1.2024",
    "10.0.2024",
    "soon",
    "",
]


@pytest.mark.parametrize(("text", "last"), READ)
def test_a_date_is_read_to_its_last_day(text: str, last: str) -> None:
    [one] = dates(f"It will end on {text}.")
    assert one.last.isoformat() == last
    assert f"It will end on {text}."[one.start : one.end].removeprefix("the ") in text


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_date_or_more_than_one_is_left_alone(text: str) -> None:
    assert list(dates(f"See {text} here")) == []


def test_a_year_alone_is_told_apart() -> None:
    assert [(one.bare, one.last.isoformat()) for one in dates("In 2023, or by late 2024 or in May 2025")] == [
        (True, "2023-12-31"),
        (False, "2024-12-31"),
        (False, "2025-05-31"),
    ]


def test_several_dates_stand_in_order_and_none_is_read_twice() -> None:
    text = "from 2024-01-02 to March 3, 2024, then 4 April 2024"
    assert [text[one.start : one.end] for one in dates(text)] == [
        "2024-01-02",
        "March 3, 2024",
        "4 April 2024",
    ]


def test_a_date_that_can_be_read_in_two_ways_hides_no_year() -> None:
    assert list(dates("It ends on 03/04/2024 for all")) == []


def test_a_long_text_without_end_takes_no_time() -> None:
    assert len(list(dates("20" * 20_000))) == 0
    assert len(list(dates("May " * 20_000))) == 0
