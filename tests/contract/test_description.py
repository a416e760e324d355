"""GitHub's description catches what is wrong, in both directions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from github import Auth, Github, GithubException

from tests.contract.api import HANDLERS, Answer
from tests.contract.description import Description, Match
from tests.contract.github import GitHub
from tests.contract.scene import DOCS

ANY_PULL = b'{"head": "x", "base": "main"}'


@pytest.fixture(scope="module")
def description() -> Description:
    return Description.load()


def match(description: Description, method: str, path: str) -> Match:
    found = description.find(method, path)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("GET", "/repos/a/b", "repos/get"),
        ("GET", "/repos/a/b/pulls/3", "pulls/get"),
        ("GET", "/repos/a/b/branches/docbot%2Fx", "repos/get-branch"),
        ("GET", "/repos/a/b/branches/docbot/x", "repos/get-branch"),
        ("GET", "/repos/a/b/contents/", "repos/get-content"),
        ("GET", "/repos/a/b/commits/x/status", "repos/get-combined-status-for-ref"),
        ("GET", "/repos/a/b/commits/x", "repos/get-commit"),
    ],
)
def test_an_operation_is_found_by_its_path(
    description: Description, method: str, path: str, operation: str
) -> None:
    assert match(description, method, path).operation.id == operation


def test_a_path_that_is_none_of_github_is_not_found(description: Description) -> None:
    assert description.find("GET", "/repos/a/b/pull/3") is None
    assert description.find("PUT", "/repos/a/b") is None


@pytest.mark.parametrize(
    ("query", "body", "fault"),
    [
        ("", b"", "body: missing"),
        ("", b"{", "body: no JSON"),
        ("", b'{"head": "x"}', '"base" is a required property'),
        ("", b'{"head": 1, "base": "main"}', "head: 1 is not of type"),
        ("", b'{"head": "x", "base": "main", "drafts": true}', "drafts: nobody knows this field"),
        ("draft=true", ANY_PULL, "query draft: nobody knows this parameter"),
    ],
)
def test_a_wrong_request_is_caught(description: Description, query: str, body: bytes, fault: str) -> None:
    faults = description.request_faults(match(description, "POST", "/repos/a/b/pulls"), query, body)
    assert len(faults) == 1
    assert faults[0].startswith("pulls/create: request ")
    assert fault in faults[0]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("state=opened", '"opened" is not one of'),
        ("per_page=many", '"many" is not of type "integer"'),
        ("page=1&page=2", "page: given twice"),
        ("heads=a:b", "heads: nobody knows this parameter"),
    ],
)
def test_a_wrong_query_is_caught(description: Description, query: str, fault: str) -> None:
    [found] = description.request_faults(match(description, "GET", "/repos/a/b/pulls"), query, b"")
    assert fault in found


def test_a_right_request_passes(description: Description) -> None:
    listing = match(description, "GET", "/repos/a/b/pulls")
    assert description.request_faults(listing, "state=all&head=a%3Ab&per_page=100", b"") == []
    assert description.query(listing.operation, "per_page=5") == {
        "state": "open",
        "sort": "created",
        "per_page": 5,
        "page": 1,
    }
    assert description.request_faults(match(description, "POST", "/repos/a/b/pulls"), "", ANY_PULL) == []
    wrong_number = match(description, "GET", "/repos/a/b/pulls/x")
    assert "path pull_number" in description.request_faults(wrong_number, "", b"")[0]


def test_the_least_answer_of_every_operation_is_valid(description: Description) -> None:
    checked = 0
    for operation in description.operations:
        for status in (int(code) for code in operation.responses if code.startswith("2")):
            value = description.fill(operation, status)
            body = json.dumps(value).encode() if status != 204 and isinstance(value, dict | list) else b""
            assert description.response_faults(operation, status, body) == []
            checked += bool(body)
    assert checked > 40


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (418, b"{}", "isn't described"),
        (200, b"<html>", "is no JSON"),
        (200, b'{"names": [1]}', "1 is not of type"),
        (200, b'{"names": [], "name": ""}', "name: nobody knows this field"),
        (404, b'{"message": 1}', "1 is not of type"),
    ],
)
def test_a_wrong_answer_is_caught(description: Description, status: int, body: bytes, fault: str) -> None:
    topics = match(description, "GET", "/repos/a/b/topics").operation
    [found] = description.response_faults(topics, status, body)
    assert found.startswith(f"repos/get-all-topics: response {status} ")
    assert fault in found


@pytest.mark.parametrize(
    ("method", "path", "complaint"),
    [
        ("POST", "pulls", "pulls/create: request body"),
        ("POST", "pull", "POST /repos/"),
        ("GET", "topics", "repos/get-all-topics: response 200"),
    ],
)
def test_the_client_gets_an_error_and_the_test_fails(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, method: str, path: str, complaint: str
) -> None:
    monkeypatch.setitem(HANDLERS, "repos/get-all-topics", lambda _: Answer(200, {"names": [1]}))
    body = {"title": "x"} if method == "POST" else None
    with pytest.raises(AssertionError, match=complaint), GitHub(tmp_path) as hub:
        hub.repository(DOCS, source=source)
        client = _client(hub)
        with pytest.raises(GithubException) as raised:
            client.requester.requestJsonAndCheck(method, f"/repos/{DOCS}/{path}", input=body)
        assert raised.value.status == 500
        client.close()
    assert hub.log[-1].status == 500


def test_what_breaks_inside_fails_the_test_too(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(HANDLERS, "repos/get")
    with pytest.raises(AssertionError, match="NotBuilt: repos/get"), GitHub(tmp_path) as hub:
        hub.repository(DOCS, source=source)
        client = _client(hub)
        with pytest.raises(OSError, match="Connection aborted"):
            client.get_repo(DOCS)
        client.close()


def test_a_failing_test_says_both(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the test") as raised, GitHub(tmp_path) as hub:
        hub.violations.append("pulls/create: wrong")
        raise ValueError("the test")
    assert "pulls/create: wrong" in raised.value.__notes__[0]


def _client(hub: GitHub) -> Github:
    return Github(auth=Auth.Token(hub.user("octo-writer").token()), base_url=hub.api_url, retry=None)
