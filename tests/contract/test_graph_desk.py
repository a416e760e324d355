"""What only GraphQL tells, and how it refuses."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.contract.github import GitHub
from tests.contract.scene import DOCS, Writer
from tests.contract.state import Pull

QUERY = """query($number: Int!, $first: Int, $after: String) {
  repository(owner: "lantern-team", name: "lantern-docs") { pullRequest(number: $number) {
    reviewThreads(first: $first, after: $after) {
      nodes { isResolved comments(first: 1) { nodes { fullDatabaseId } } }
      pageInfo { hasNextPage endCursor }
    } } } }"""


def ask(hub: GitHub, token: str, query: str = QUERY, **variables: Any) -> requests.Response:
    return requests.post(
        f"{hub.server_url}/api/graphql",
        json={"query": query, "variables": {"number": 1, "first": 100, **variables}},
        headers={"Authorization": f"Bearer {token}"} if token else {},
        timeout=10,
    )


@pytest.fixture
def pull(writer: Writer) -> Pull:
    writer.branch()
    writer.open()
    return writer.hub.pulls(DOCS)[0]


def threads(answer: requests.Response) -> Any:
    return answer.json()["data"]["repository"]["pullRequest"]["reviewThreads"]


def test_threads_and_whether_they_are_resolved_come_in_pages(writer: Writer, pull: Pull) -> None:
    reader = writer.hub.person("reader")
    made = [reader.remark(pull, "docs/b.md", 3, text) for text in ("one", "two", "three")]
    reader.resolve(made[1])
    reader.reply(made[2], "more")
    reader.take_back(made[2], made[2].comments[0])
    first = threads(ask(writer.hub, writer.token, first=2))
    assert first["pageInfo"] == {"hasNextPage": True, "endCursor": "2"}
    second = threads(ask(writer.hub, writer.token, first=2, after="2"))
    assert second["pageInfo"]["hasNextPage"] is False
    assert [
        (one["isResolved"], one["comments"]["nodes"][0]["fullDatabaseId"])
        for one in [*first["nodes"], *second["nodes"]]
    ] == [
        (False, str(made[0].comments[0].id)),
        (True, str(made[1].comments[0].id)),
        (False, str(made[2].comments[0].id)),
    ]
    reader.resolve(made[1], undo=True)
    assert not any(one["isResolved"] for one in threads(ask(writer.hub, writer.token))["nodes"])
    # To ask changes nothing, however it is sent.
    assert [call for call in writer.hub.writes if call.path == "/graphql"] == []
    assert writer.hub.log[-1].operation == "graphql"


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        ({"number": 7}, "NOT_FOUND"),
        ({"first": 101}, "EXCESSIVE_PAGINATION"),
        ({"first": None}, "MISSING_PAGINATION_BOUNDARIES"),
    ],
)
def test_what_can_not_be_asked(writer: Writer, pull: Pull, variables: dict[str, Any], kind: str) -> None:
    answer = ask(writer.hub, writer.token, **variables)
    assert answer.status_code == 200
    assert [one["type"] for one in answer.json()["errors"]] == [kind]


def test_who_may_not_ask(writer: Writer, pull: Pull) -> None:
    assert ask(writer.hub, "").status_code == 401
    assert ask(writer.hub, "wrong").status_code == 401
    robot = writer.hub.user("github-actions[bot]").token(kind="integration", repository=DOCS)
    assert threads(ask(writer.hub, robot))["nodes"] == []
    writer.hub.kept_from_graphql.add("integration")
    refused = ask(writer.hub, robot).json()
    assert refused["data"] == {"repository": {"pullRequest": None}}
    assert [(one["type"], one["message"]) for one in refused["errors"]] == [
        ("FORBIDDEN", "Resource not accessible by integration")
    ]
    assert threads(ask(writer.hub, writer.token))["nodes"] == []


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("{", "graphql: Syntax Error: Expected Name, found <EOF>."),
        ("{ meta }", "graphql: Cannot query field 'meta' on type 'Query'."),
        (
            QUERY.replace("fullDatabaseId", "databaseId"),
            "graphql: The field PullRequestReviewComment.databaseId is dep",
        ),
    ],
)
def test_a_question_that_github_would_not_take_is_a_fault(
    writer: Writer, pull: Pull, query: str, fault: str
) -> None:
    ask(writer.hub, writer.token, query)
    assert [one[: len(fault)] for one in writer.hub.violations] == [fault]
    writer.hub.forgive()
