"""Issues are kept from run to run and continued, and what was read until a refusal counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from docbot.cache import Cache
from docbot.forges.interface import IssueList
from docbot.forges.memory import MemoryIssues
from docbot.heard import heard_from
from docbot.readers.values import Issue

LIST: type[IssueList] = MemoryIssues


def issue(number: int, updated: int = 0, *, is_pull: bool = False) -> Issue:
    return Issue(
        "docs/docs", number, f"Issue {number}", "", "reader", 100, updated or 1000 + number, is_pull=is_pull
    )


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache.of(tmp_path)


def numbers(there: MemoryIssues, cache: Cache, most: int = 100) -> list[int]:
    heard = heard_from(there, cache, lambda done, total: None, most)
    return [one.number for one in heard.issues]


def test_a_second_run_asks_for_what_changed_since(cache: Cache) -> None:
    there = MemoryIssues([issue(1), issue(2)])
    assert numbers(there, cache) == [2, 1]
    there.issues += [issue(3)]
    there.issues[0] = replace(there.issues[0], title="Changed", updated=2000)
    assert numbers(there, cache) == [1, 3, 2]
    assert there.asked == [0, 1002]
    assert numbers(there, cache) == [1, 3, 2]
    assert there.asked[-1] == 2000


def test_a_pull_request_tells_where_to_go_on_and_is_no_issue(cache: Cache) -> None:
    there = MemoryIssues([issue(1), issue(2, is_pull=True)])
    assert numbers(there, cache) == [1]
    assert numbers(there, cache) == [1]
    assert there.asked == [0, 1002]


def test_the_newest_are_read_and_the_cut_is_said_every_time(cache: Cache) -> None:
    there = MemoryIssues(map(issue, range(1, 31)), page=10)
    said = "only the 15 issues of docs/docs that changed last are read: older ones count for nothing"
    for since in (0, 1030):
        heard = heard_from(there, cache, lambda done, total: None, 15)
        assert [one.number for one in heard.issues] == list(range(30, 15, -1))
        assert heard.notices == (said,)
        assert there.asked[-1] == since


def test_what_was_read_until_a_refusal_counts_and_is_read_again(cache: Cache) -> None:
    there = MemoryIssues(map(issue, range(1, 31)), page=10, refuses=2)
    heard = heard_from(there, cache, lambda done, total: None)
    assert len(heard.issues) == 20
    assert heard.notices == (
        "the issues of docs/docs weren't all read, so the 20 that are known count: the forge asks for a "
        "pause: "
        "run docbot again in an hour",
    )
    there.refuses = None
    assert len(numbers(there, cache)) == 30
    assert there.asked == [0, 0]


def test_a_refusal_of_everything_leaves_what_was_kept(cache: Cache) -> None:
    there = MemoryIssues(map(issue, range(1, 6)))
    numbers(there, cache)
    there.refuses = 0
    there.issues += [issue(9)]
    heard = heard_from(there, cache, lambda done, total: None)
    assert len(heard.issues) == 5
    assert "the 5 that are known count" in heard.notices[0]
    there.refuses = None
    assert len(numbers(there, cache)) == 6
    assert there.asked == [0, 1005, 1005]


def test_nothing_known_and_nothing_read_is_said(cache: Cache) -> None:
    heard = heard_from(MemoryIssues([issue(1)], refuses=0), cache, lambda done, total: None)
    assert heard.issues == ()
    assert "so no reader's report counts" in heard.notices[0]


def test_a_damaged_store_is_read_anew(cache: Cache, tmp_path: Path) -> None:
    there = MemoryIssues([issue(1)])
    numbers(there, cache)
    cache._connection.execute("UPDATE page SET data = x'ff'")  # type: ignore[union-attr]
    assert numbers(there, cache) == [1]
    assert there.asked == [0, 0]


def test_progress_is_told(cache: Cache) -> None:
    told: list[tuple[int, int]] = []
    heard_from(MemoryIssues(map(issue, range(1, 25)), page=10), cache, lambda *of: told.append(of), 100)
    assert told == [(10, 100), (20, 100), (24, 100)]
