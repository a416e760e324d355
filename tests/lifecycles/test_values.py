"""What lifecycle facts say of a version on a day."""

from __future__ import annotations

from datetime import date

import pytest

from docbot.lifecycles import NAMES, Ended, Lifecycles, Product, Release
from docbot.lifecycles.stored import bundled

PRODUCT = Product(
    (
        Release("3.1", date(2024, 1, 1)),
        Release("3.0", date(2023, 1, 1), date(2024, 1, 1)),
        Release("2", date(2021, 1, 1), date(2023, 6, 30), date(2025, 6, 30)),
        Release("1.10", date(2020, 1, 1), date(2022, 6, 30)),
        Release("1.1", date(2019, 1, 1), date(2021, 6, 30)),
        Release("2012-r2", date(2013, 1, 1), date(2023, 6, 30)),
        Release("2012", date(2012, 1, 1), date(2022, 6, 30)),
    )
)
TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("3.1", None),  # no end is set
        ("3.1.4", None),
        ("3", None),  # one of its minor versions lives
        ("3.0", Ended(date(2024, 1, 1))),
        ("3.0.7", Ended(date(2024, 1, 1))),
        ("2", Ended(date(2023, 6, 30), date(2025, 6, 30))),
        ("2.0", Ended(date(2023, 6, 30), date(2025, 6, 30))),
        ("2.7.18", Ended(date(2023, 6, 30), date(2025, 6, 30))),
        ("1", Ended(date(2022, 6, 30))),  # the last of its minor versions ended
        ("1.1", Ended(date(2021, 6, 30))),
        ("1.10", Ended(date(2022, 6, 30))),
        ("1.2", None),  # nobody knows it
        ("4", None),
        ("2012-r2", Ended(date(2023, 6, 30))),
        ("2012", Ended(date(2023, 6, 30))),
        ("2012-sp1", None),
        ("", None),
    ],
)
def test_a_version_has_ended_when_all_that_is_meant_has(version: str, expected: Ended | None) -> None:
    assert PRODUCT.ended(version, TODAY) == expected


@pytest.mark.parametrize(
    ("today", "ended"), [("2024-01-01", False), ("2024-01-02", True), ("2022-01-01", False)]
)
def test_the_last_day_still_has_support(today: str, ended: bool) -> None:
    assert (PRODUCT.ended("3.0", date.fromisoformat(today)) is not None) is ended


@pytest.mark.parametrize(
    ("today", "versions"),
    [
        ("2026-01-01", ("3.1",)),
        ("2023-06-30", ("3.0", "2", "2012-r2")),
        ("2010-01-01", ()),
    ],
)
def test_supported_is_what_is_out_and_not_over(today: str, versions: tuple[str, ...]) -> None:
    assert PRODUCT.supported(date.fromisoformat(today)) == versions


def test_the_origin_can_be_checked() -> None:
    facts = Lifecycles("https://example.com", "0123456789" * 4, date(2026, 1, 2))
    assert facts.origin == "endoflife.date at 0123456789, retrieved 2026-01-02"
    assert Lifecycles(retrieved=date(2026, 1, 2)).origin == "endoflife.date, retrieved 2026-01-02"


@pytest.mark.parametrize(
    ("product", "version", "ends"),
    [
        ("powershell", "7.2", "2024-11-08"),
        ("powershell", "6", "2020-09-04"),
        ("dotnet", "6.0", "2024-11-12"),
        ("dotnet", "3.1", "2022-12-13"),
        ("dotnetfx", "4.5.2", "2022-04-26"),
        ("windows-server", "2012-r2", "2023-10-10"),
        ("windows", "7", "2020-01-14"),
        ("mssqlserver", "2012", "2022-07-12"),
        ("python", "3.8", "2024-10-07"),
        ("nodejs", "14.17.0", "2023-04-30"),
        ("ubuntu", "18.10", "2019-07-18"),
        ("visual-studio", "11", "2023-01-10"),
    ],
)
def test_the_bundled_facts_are_those_of_the_makers(product: str, version: str, ends: str) -> None:
    ended = bundled().products[product].ended(version, date(2026, 8, 22))
    assert ended is not None
    assert ended.ends.isoformat() == ends


def test_the_bundled_facts_name_their_source() -> None:
    facts = bundled()
    assert facts.source == "https://github.com/endoflife-date/endoflife.date"
    assert len(facts.commit) == 40
    assert facts.products.keys() == {naming.id for naming in NAMES}
    assert facts.products["powershell"].policy.startswith("https://learn.microsoft.com/")
