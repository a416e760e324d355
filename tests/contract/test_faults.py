"""What goes wrong on the way, at the request it was planned for, and what was done nevertheless."""

from __future__ import annotations

import subprocess
import time
from datetime import UTC, datetime, timedelta

import pytest
import requests
from github import GithubException, RateLimitExceededException

from tests.contract.faults import call, drop, limited, lost, status, too_quickly
from tests.contract.github import GitHub
from tests.contract.scene import DOCS, Checkout, Writer, address

PULLS = r"/repos/[^/]+/[^/]+/pulls$"


@pytest.fixture
def ready(writer: Writer) -> Writer:
    """A writer with a branch to propose."""
    writer.branch()
    return writer


def test_a_fault_happens_as_often_as_planned(hub: GitHub, ready: Writer) -> None:
    hub.faults.add("POST", PULLS, status(502), times=2)
    assert hub.faults.pending == 1
    for _ in range(2):
        with pytest.raises(GithubException) as raised:
            ready.open()
        assert raised.value.status == 502
    assert hub.pulls(DOCS) == []
    assert hub.faults.pending == 0
    assert ready.open().number == 1
    assert [(one.status, one.heard) for one in hub.writes] == [(502, True), (502, True), (201, True)]


def test_a_fault_may_let_others_pass_and_never_end(hub: GitHub, ready: Writer) -> None:
    hub.faults.add("GET", r"/topics$", status(503), times=None, after=1)
    assert ready.docs.get_topics() == []
    for _ in range(3):
        with pytest.raises(GithubException):
            ready.docs.get_topics()
    hub.faults.clear()
    assert ready.docs.get_topics() == []


def test_limits_are_worded_as_github_does(hub: GitHub, ready: Writer) -> None:
    hub.faults.add("POST", PULLS, limited(retry_after=30))
    with pytest.raises(RateLimitExceededException) as raised:
        ready.open()
    assert raised.value.status == 403
    assert (raised.value.headers or {})["retry-after"] == "30"
    hub.faults.add("POST", PULLS, limited(reset=1_800_000_000))
    with pytest.raises(RateLimitExceededException, match="API rate limit exceeded") as raised:
        ready.open()
    assert (raised.value.headers or {})["x-ratelimit-remaining"] == "0"
    hub.faults.add("POST", PULLS, limited(429))
    with pytest.raises(GithubException) as other:
        ready.open()
    assert (other.value.status, type(other.value)) == (429, GithubException)
    hub.faults.add("POST", PULLS, too_quickly())
    with pytest.raises(GithubException) as other:
        ready.open()
    assert other.value.data["errors"][0]["message"] == "was submitted too quickly"
    assert hub.pulls(DOCS) == []


def test_a_lost_answer_leaves_the_pull_request_there(hub: GitHub, ready: Writer) -> None:
    hub.faults.add("POST", PULLS, lost())
    with pytest.raises(requests.ConnectionError):
        ready.open()
    assert [one.number for one in hub.pulls(DOCS)] == [1]
    assert [(one.status, one.heard) for one in hub.writes] == [(201, False)]
    assert ready.docs.get_pull(1).title == "Fix the page"


def test_a_dropped_request_does_nothing(hub: GitHub, ready: Writer) -> None:
    hub.faults.add("POST", PULLS, drop())
    with pytest.raises(requests.ConnectionError):
        ready.open()
    assert hub.pulls(DOCS) == []
    assert [(one.status, one.heard) for one in hub.writes] == [(0, False)]


def test_somebody_is_faster(hub: GitHub, ready: Writer) -> None:
    team = hub.person("lantern-team")
    made = ready.open()
    hub.faults.add("PATCH", r"/pulls/1$", call(lambda: team.edit_body(hub.pulls(DOCS)[0], "Theirs")))
    made.edit(title="Mine")
    assert (made.title, made.body) == ("Mine", "Theirs")


def test_what_happens_may_ask_the_hub_and_be_followed_by_a_fault(hub: GitHub, ready: Writer) -> None:
    hub.faults.add("POST", PULLS, call(ready.docs.get_topics))
    hub.faults.add("POST", PULLS, lost())
    with pytest.raises(requests.ConnectionError):
        ready.open()
    assert [one.operation for one in hub.log[-2:]] == ["repos/get-all-topics", "pulls/create"]
    assert len(hub.pulls(DOCS)) == 1


def test_the_network_goes_away(hub: GitHub, ready: Writer, checkout: Checkout) -> None:
    mine = checkout("octo-writer/lantern-docs", ready.token)
    hub.offline()
    with pytest.raises(requests.ConnectionError):
        ready.open()
    with pytest.raises(subprocess.CalledProcessError) as raised:
        mine.git("fetch")
    assert b"Failed to connect" in raised.value.stderr
    hub.online()
    assert ready.open().number == 1
    hub.faults.add("PATCH", r"/pulls/1$", call(hub.offline))
    with pytest.raises(requests.ConnectionError):
        ready.docs.get_pull(1).edit(body="never")
    hub.online()
    assert hub.pulls(DOCS)[0].body == "Why"


def test_git_meets_faults_too(hub: GitHub, ready: Writer, checkout: Checkout) -> None:
    mine = checkout("octo-writer/lantern-docs", ready.token)
    pushed = mine.commit({"docs/a.md": "x\n"})
    hub.faults.add("POST", r"/git-receive-pack$", drop())
    with pytest.raises(subprocess.CalledProcessError):
        mine.git("push", "-q", "origin", "HEAD:refs/heads/other")
    assert "other" not in ready.fork.bare.heads()
    hub.faults.add("POST", r"/git-receive-pack$", lost())
    with pytest.raises(subprocess.CalledProcessError):
        mine.git("push", "-q", "origin", "HEAD:refs/heads/other")
    assert ready.fork.bare.heads()["other"] == pushed
    hub.faults.add("GET", r"/info/refs$", status(503))
    with pytest.raises(subprocess.CalledProcessError) as raised:
        mine.git("ls-remote", address(hub, "octo-writer/lantern-docs", ready.token))
    assert b"503" in raised.value.stderr
    assert [(one.operation, one.status, one.heard) for one in hub.writes] == [
        ("git-receive-pack", 0, False),
        ("git-receive-pack", 200, False),
    ]


def test_a_person_pushes_between_the_look_and_the_push(
    hub: GitHub, ready: Writer, checkout: Checkout
) -> None:
    mine = checkout("octo-writer/lantern-docs", ready.token)
    seen = mine.git("rev-parse", "origin/topic")
    mine.git("checkout", "-q", "topic")
    mine.commit({"docs/a.md": "x\n"})
    person = hub.person("lantern-team")
    hub.faults.add("POST", r"/git-receive-pack$", call(lambda: person.push(ready.fork, "topic", {"b": b"x"})))
    with pytest.raises(subprocess.CalledProcessError):
        mine.git("push", "-q", f"--force-with-lease=refs/heads/topic:{seen}", "origin", "topic")
    assert ready.fork.git("log", "-1", "--format=%s", "topic") == "Edit on the web"


def test_the_log_says_who_and_when(hub: GitHub, ready: Writer) -> None:
    hub.log.clear()
    ready.docs.get_topics()
    ready.open()
    hub.person("lantern-team").comment(hub.pulls(DOCS)[0], "hello")
    first, second = hub.log
    assert (first.method, first.path, first.user) == ("GET", f"/repos/{DOCS}/topics", "octo-writer")
    assert second.when == hub.pulls(DOCS)[0].created_at
    assert b'"head": "octo-writer:topic"' in second.body
    assert hub.writes == [second]


def test_the_clock_can_be_set_and_can_be_real(hub: GitHub, ready: Writer) -> None:
    hub.now = datetime(2030, 1, 1, tzinfo=UTC)
    made = ready.open()
    assert made.created_at == datetime(2030, 1, 1, tzinfo=UTC)
    assert hub.now == datetime(2030, 1, 1, 0, 0, 1, tzinfo=UTC)
    hub.now = None
    comment = made.create_issue_comment("x")
    assert abs(datetime.now(UTC) - comment.created_at) < timedelta(minutes=1)


def test_the_hourly_limit_counts(hub: GitHub, ready: Writer) -> None:
    hub.limits["user"] = hub.tokens[ready.token].used + 2
    assert ready.github.get_rate_limit().rate.remaining == 2
    ready.docs.get_topics()
    ready.docs.get_topics()
    with pytest.raises(RateLimitExceededException, match="API rate limit exceeded for user ID"):
        ready.docs.get_topics()
    assert ready.github.get_rate_limit().rate.remaining == 0


def test_it_is_quick(hub: GitHub, ready: Writer) -> None:
    made = ready.open()
    begun = time.perf_counter()
    for _ in range(20):
        made.update()
    # 20 ms each on a quiet machine; a busy one gets ten times that.
    assert time.perf_counter() - begun < 20
