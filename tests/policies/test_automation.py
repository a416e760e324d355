"""Automation that closes pull requests, read from `.github/policies`."""

from __future__ import annotations

import time
from textwrap import indent

import pytest

from docbot.policies import Kind, Meaning, Policies, policies_of

FILE = ".github/policies/edits.yml"
HEAD = """\
name: GitOps.PullRequestIssueManagement
resource: repository
disabled: false
configuration:
  resourceManagementConfiguration:
    eventResponderTasks:
"""
CLOSE = "then:\n- addReply:\n    reply: Sorry.\n- closePullRequest\n"
BOOK = "- filesMatchPattern:\n    pattern: docs/book/*\n    matchAny: true\n"
OPENED = "- payloadType: Pull_Request\n- isAction:\n    action: Opened\n"


def task(conditions: str, then: str = CLOSE) -> str:
    return indent(
        f"- description: The book is closed.\n  if:\n{indent(conditions, '  ')}{indent(then, '  ')}", "    "
    )


def read(*tasks: str, head: str = HEAD) -> Policies:
    return policies_of({FILE: head + "".join(tasks)})


def meanings(found: Policies) -> list[Meaning]:
    return [one.meaning for one in found.policies]


OUTSIDER = """\
- not:
    or:
    - activitySenderHasPermission:
        permission: admin
    - activitySenderHasPermission:
        permission: Write
    - isActivitySender:
        user: dependabot[bot]
"""


@pytest.mark.parametrize(
    "conditions",
    [
        OPENED + BOOK,
        OPENED + BOOK + OUTSIDER,
        OPENED + BOOK + "- not:\n    activitySenderHasAssociation:\n      association: Member\n",
        OPENED + BOOK + "- or:\n  - activitySenderHasPermission:\n      permission: None\n"
        "  - activitySenderHasPermission:\n      permission: Read\n",
        "- payloadType: Pull_Request\n- and:\n  - isOpen\n" + indent(BOOK, "  "),
    ],
)
def test_pages_that_are_closed(conditions: str) -> None:
    found = read(task(conditions))
    assert [(one.kind, one.meaning, one.quote, one.source) for one in found.policies] == [
        (Kind.NOTE, Meaning.PATHS, "The book is closed.", f"{FILE}:7")
    ]
    assert found.forbidden_paths == ("docs/book/*",)
    assert found.forbids("docs/book/a.md") == found.policies[0]
    assert found.forbids("docs/book/x/a.md") is not None
    assert found.forbids("docs/bookshop.md") is None
    assert found.forbids("docs/a.md") is None


def test_a_condition_inside_of_the_answer_counts() -> None:
    reader = "- activitySenderHasPermission:\n        permission: Read\n"
    inner = f"then:\n- if:\n  - or:\n    {reader}  then:\n  - closePullRequest\n"
    assert read(task(OPENED + BOOK, inner)).forbids("docs/book/a.md")
    insiders = inner.replace("Read", "Write")
    assert meanings(read(task(OPENED + BOOK, insiders))) == []


def test_excluded_files_stay_open() -> None:
    files = "- filesMatchPattern:\n    pattern: .github/*\n    excludedFiles:\n    - .github/CODEOWNERS\n"
    found = read(task(OPENED + files))
    assert found.forbids(".github/a.md")
    assert found.forbids(".github/CODEOWNERS") is None


@pytest.mark.parametrize(
    ("pattern", "closed", "open_"),
    [
        (r"\.github/*", ".github/workflows/x.yml", "xgithub/a"),
        ("^docs/.*$", "docs/a.md", "x/docs/a.md"),
        ("docs/a.md", "docs/a.md", "docs/a.mdx"),
        ("**/api/*.md", "x/api/a.md", "x/api.md"),
        ("docs/book", "docs/book/a.md", "docs/books/a.md"),
    ],
)
def test_patterns(pattern: str, closed: str, open_: str) -> None:
    found = read(task(OPENED + f"- filesMatchPattern:\n    pattern: '{pattern}'\n"))
    assert found.forbids(closed)
    assert found.forbids(open_) is None


def test_either_of_two_patterns_closes() -> None:
    other = BOOK.replace("book", "law")
    found = read(task(OPENED + "- or:\n" + indent(BOOK + other, "  ")))
    assert found.forbidden_paths == ("docs/book/*", "docs/law/*")


@pytest.mark.parametrize(
    "conditions",
    [
        OPENED + BOOK + "- titleContains:\n    pattern: WIP\n",
        OPENED + BOOK + BOOK.replace("book", "law"),
        OPENED + "- not:\n" + indent(BOOK.replace("- ", "  ", 1), "  "),
        OPENED + BOOK.replace("docs/book/*", "'docs/(book|law)/.*'"),
        OPENED + "- hasLabel:\n    label: spam\n",
        "- payloadType: Pull_Request\n- isAction:\n    action: Synchronize\n" + BOOK,
        "- payloadType: Pull_Request\n- someNewThing\n",
    ],
)
def test_what_is_not_understood_is_a_note(conditions: str) -> None:
    found = read(task(conditions))
    assert meanings(found) == [Meaning.RULE]
    assert found.forbidden_paths == ()


@pytest.mark.parametrize(
    "conditions",
    [
        "- payloadType: Issues\n" + BOOK,
        "- payloadType: Issue_Comment\n- commentContains:\n    pattern: '#please-close'\n",
        OPENED + BOOK + "- activitySenderHasPermission:\n    permission: admin\n",
        OPENED + BOOK + "- isActivitySender:\n    user: some-bot\n    issueAuthor: False\n",
        OPENED + "- not:\n    isOpen\n",
    ],
)
def test_what_is_for_others_says_nothing(conditions: str) -> None:
    assert meanings(read(task(conditions))) == []


def test_a_repository_that_closes_every_outsiders_pull_request() -> None:
    found = read(task(OPENED + OUTSIDER))
    assert [(one.kind, one.meaning) for one in found.policies] == [(Kind.ASK, Meaning.CLOSES)]
    assert found.forbids("docs/a.md") is None


def test_an_answer_that_closes_nothing_says_nothing() -> None:
    assert meanings(read(task(OPENED + BOOK, "then:\n- addLabel:\n    label: x\n"))) == []
    assert meanings(read(task(OPENED + BOOK), head=HEAD.replace("disabled: false", "disabled: true"))) == []
    searches = HEAD.replace("eventResponderTasks", "scheduledSearches")
    assert meanings(read(task(OPENED + BOOK), head=searches)) == []


@pytest.mark.parametrize(
    "text",
    [
        "a: [closePullRequest",
        "a: &x [*x, closePullRequest]",
        "a: closePullRequest\nb: &b [1]\nc: *b\n",
        "closePullRequest: " + "[" * 100 + "]" * 100,
        '"\\U99999999": closePullRequest',
        "closePullRequest\n" + "# x\n" * 30_000,
        "\t- closePullRequest",
    ],
)
def test_yaml_that_is_not_plain_is_a_note(text: str) -> None:
    assert meanings(policies_of({FILE: text})) == [Meaning.RULE]
    assert meanings(policies_of({FILE: text.replace("close", "approve")})) == []


@pytest.mark.parametrize(
    "text", ["", "a", "- a", "configuration: x", HEAD, HEAD + "    - a\n", "!!python/name:os.system x"]
)
def test_yaml_without_tasks_says_nothing(text: str) -> None:
    assert meanings(policies_of({FILE: text})) == []


@pytest.mark.parametrize("piece", ["[", "{", "- ", "? ", "- a: b\n", "a:", "'", "&a ", "\t"])
def test_no_yaml_takes_long(piece: str) -> None:
    started = time.process_time()
    policies_of({FILE: piece * (50_000 // len(piece))})
    assert time.process_time() - started < 40
