"""Dates as writers write them in English, and the last day that each may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

import msgspec

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d-]|[.,]\d|\w)"
_BEFORE = r"(?<![\w.,/\ufffc-])"
_PART = r"(?:(?P<part>(?:the )?(?:end|start|beginning|middle) of|early|mid|late|later in)[ -](?:the )?)?"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_FORMS = (
    rf"{_MONTH} {_DAY},? {_YEAR}",
    rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}",
    rf"{_DAY}-{_MONTH}-{_YEAR}",
    r"(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?![\w-])",
    r"(?P<year>(?:19|20)\d\d)/(?P<number>0?[1-9]|1[0-2])/(?P<day>[0-3]?\d)(?![\w/])",
    r"(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)/(?P<year>(?:19|20)\d\d)(?![\w/])",
    rf"{_PART}{_MONTH},?(?: of)? {_YEAR}",
    rf"{_PART}(?:calendar year |CY ?)?(?:Q(?P<quarter>[1-4])|H(?P<half>[12]))(?: of)?,? ?(?:CY ?)?{_YEAR}",
    r"(?P<year>(?:19|20)\d\d)[ -]?(?:Q(?P<quarter>[1-4])|H(?P<half>[12]))(?![\w-])",
    r"(?:the )?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th) (?P<unit>quarter|half)"
    rf"(?: of)?,? {_YEAR}",
    rf"(?:the )?(?P<season>spring|summer|fall|autumn|winter)(?: of)?,? {_YEAR}",
    rf"{_PART}(?:calendar year |CY ?|the year )?{_YEAR}",
)
_DATE = tuple(re.compile(_BEFORE + form, re.I) for form in _FORMS)
YEAR = re.compile(r"(?:19|20)\d\d")
"""No date is without it."""


class Dated(msgspec.Struct, frozen=True):
    """A date in a text: where it stands, and the last day it may mean."""

    start: int
    end: int
    last: date
    bare: bool = False
    """Nothing but a year, which may as well be part of a name."""


def dates(text: str) -> Iterator[Dated]:
    """Every date of a text, in order; where a date may be read in two ways (03/04/2024) there is none.

    Seasons differ on the two halves of the globe, and "early" is anybody's guess: the last day that one of
    the readings leaves is meant. Years of 4 digits alone, from 1900 on.
    """
    if not YEAR.search(text):
        return
    taken: list[Dated] = []
    for form in _DATE:
        for match in form.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in taken):
                continue
            last = _last(match.groupdict())
            bare = form is _DATE[-1] and match.groupdict()["part"] is None
            # What can't be read is taken as well, so that no shorter form reads a part of it.
            taken.append(Dated(match.start(), match.end(), last or date.min, bare))
    yield from (one for one in sorted(taken, key=lambda one: one.start) if one.last > date.min)


def _last(found: dict[str, str | None]) -> date | None:
    year = int(found["year"] or 0)
    if found.get("first"):
        return _numeric(year, int(found["first"] or 0), int(found["second"] or 0))
    month = _month(found)
    if found.get("day"):
        return _day(year, month, int(found["day"] or 0))
    part = (found.get("part") or "").lower()
    if month:
        return _end(year, month)
    if found.get("quarter") or found.get("half") or found.get("ordinal"):
        return _end(year, _closing_month(found))
    if found.get("season"):
        winter = (found["season"] or "").lower() == "winter"
        return _end(year + winter, 3 if winter else 12)
    return _end(year, {"early": 6, "mid": 9}.get(part, 12))


def _month(found: dict[str, str | None]) -> int:
    if found.get("number"):
        return int(found["number"] or 0)
    name = found.get("month")
    return _NAMES.index(name[:3].lower()) + 1 if name else 0


def _closing_month(found: dict[str, str | None]) -> int:
    if found.get("quarter"):
        return 3 * int(found["quarter"] or 0)
    if found.get("half"):
        return 6 * int(found["half"] or 0)
    number = _ORDINALS[(found["ordinal"] or "").lower()]
    return min(12, number * (3 if (found["unit"] or "").lower() == "quarter" else 6))


def _numeric(year: int, first: int, second: int) -> date | None:
    """Month and day, if only one order can be meant."""
    if first > 12 >= second or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _day(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
