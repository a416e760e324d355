"""Saved answers of GitHub's API, in every form that they are saved in; and what is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from docbot.errors import UsageError
from docbot.readers.saved import LARGEST, LONGEST, issue_of, read_issues

ONE: dict[str, Any] = {
    "number": 7,
    "title": "Oil",
    "body": "Which?",
    "state": "closed",
    "state_reason": "not_planned",
    "created_at": "2024-05-01T00:00:00Z",
    "updated_at": "2024-05-02T00:00:00Z",
    "closed_at": "2024-05-02T00:00:00Z",
    "user": {"login": "reader", "type": "User"},
    "labels": [{"name": "docs"}, "old style", 5],
    "reactions": {"total_count": 5, "-1": 1, "confused": 1},
    "html_url": "https://github.com/team/docs/issues/7",
}
TWO = {**ONE, "number": 8}
SAVED = {
    "an array": json.dumps([ONE, TWO]),
    "arrays one after the other": json.dumps([ONE]) + json.dumps([TWO]),
    "arrays on lines": json.dumps([ONE], indent=1) + "\n" + json.dumps([TWO], indent=1) + "\n",
    "objects on lines": json.dumps(ONE) + "\r\n\n" + json.dumps(TWO),
    "indented objects": json.dumps(ONE, indent=2) + "\n" + json.dumps(TWO, indent=2),
    "an answer of the search": json.dumps({"total_count": 2, "items": [ONE, TWO]}),
    "arrays of pages": json.dumps([ONE]) + "," + json.dumps([TWO]),
    "with a byte order mark": "\ufeff" + json.dumps([ONE, TWO]),
}


@pytest.mark.parametrize("form", SAVED)
def test_every_form_is_read(form: str) -> None:
    issues, others = read_issues(SAVED[form].encode(), "issues.json")
    assert ([issue.number for issue in issues], others) == ([7, 8], 0)


def test_what_an_issue_says() -> None:
    issue = issue_of(ONE)
    assert issue is not None
    assert (issue.repository, issue.author, issue.day) == ("team/docs", "reader", "2024-05-01")
    assert (issue.is_open, issue.reason, issue.reactions) == (False, "not_planned", 3)
    assert issue.labels == ("docs", "old style")
    assert issue.closed == issue.updated > issue.created


def test_what_the_github_cli_lists_is_read_as_well() -> None:
    listed = {
        "number": 7,
        "title": "Oil",
        "body": "Which?",
        "author": {"login": "reader"},
        "state": "CLOSED",
        "stateReason": "NOT_PLANNED",
        "createdAt": "2024-05-01T00:00:00Z",
        "updatedAt": "2024-05-02T00:00:00Z",
        "closedAt": "2024-05-02T00:00:00Z",
        "labels": [{"name": "docs"}],
        "url": "https://github.com/team/docs/issues/7",
    }
    issue = issue_of(listed)
    assert issue is not None
    assert (issue.repository, issue.author, issue.day) == ("team/docs", "reader", "2024-05-01")
    assert (issue.is_open, issue.reason, issue.labels) == (False, "not_planned", ("docs",))


def test_nothing_is_no_issue() -> None:
    assert read_issues(b"[]", "x") == ([], 0)
    assert read_issues(b"", "x") == ([], 0)


@pytest.mark.parametrize(
    "data",
    [
        b"Not Found",
        b"<html>",
        b'{"message": "Not Found"}',
        b"[1, 2]",
        b'["a"]',
        b"\xff\xfe[",
        b'[{"number": 1',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'[{"number": "7", "title": "x", "created_at": "2024-05-01T00:00:00Z"}]',
        b'"' * 1_000,
    ],
)
def test_what_is_none_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"^issues\.json .* `gh api --paginate [^\n]*$"):
        read_issues(data, "issues.json")


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(UsageError, match=r"^issues\.json has 100,000,001 bytes; docbot reads up to"):
        read_issues(bytes(LARGEST + 1), "issues.json")


@pytest.mark.parametrize(
    "change",
    [
        {"number": True},
        {"number": 0},
        {"number": 1 << 60},
        {"title": None},
        {"created_at": "yesterday"},
        {"created_at": 5},
    ],
)
def test_an_entry_of_wrong_types_is_no_issue(change: dict[str, Any]) -> None:
    assert issue_of({**ONE, **change}) is None
    assert read_issues(json.dumps([ONE, {**ONE, **change}]).encode(), "x")[1] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"body": None, "user": None, "labels": None, "reactions": None, "closed_at": None},
        {"body": 5, "user": "x", "labels": {"a": 1}, "reactions": [1], "state_reason": {}},
        {"reactions": {"total_count": -5, "-1": "x"}, "user": {"login": 7}, "html_url": 9},
    ],
)
def test_what_else_is_wrong_costs_only_itself(change: dict[str, Any]) -> None:
    issue = issue_of({**ONE, **change})
    assert issue is not None
    assert issue.number == 7
    assert all(isinstance(text, str) for text in (issue.body, issue.author, issue.repository, *issue.labels))
    assert issue.reactions == (3 if "reactions" not in change else 0)


def test_bodies_are_cut_and_halves_of_characters_go() -> None:
    issue = issue_of({**ONE, "body": "x" * (LONGEST + 5), "title": "\ud800 oil"})
    assert issue is not None
    assert (len(issue.body), issue.title) == (LONGEST, "? oil")
