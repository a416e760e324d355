"""What goes wrong on the way: one clear sentence each, nothing lost and nothing doubled."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import process
from tests.contract.faults import call, drop, limited, lost, status
from tests.contract.github import GitHub
from tests.end_to_end.conftest import DOCS, FORK, WRITER, Desk, Ran, sit_down

Docbot = Callable[..., Ran]
PULLS = r"^/repos/[^/]+/[^/]+/pulls$"
PUSH = r"/git-receive-pack$"


def stopped(ran: Ran, *words: str) -> str:
    """The one sentence of a run that was stopped."""
    assert ran.code == 4, ran.out[-2000:] + ran.err
    assert ran.sentence.startswith("docbot: "), ran.err
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.sentence
    return ran.sentence


def settled(desk: Desk) -> None:
    """The next run does what is left, and there is one branch and one pull request in the end."""
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [_] = desk.hub.pulls(DOCS)
    branches = desk.hub.repository(FORK).git("for-each-ref", "refs/heads/docbot/").splitlines()
    assert len(branches) == 1
    desk.hub.log.clear()
    assert desk.propose("--yes").out.startswith("unchanged: #")
    assert desk.hub.writes == []


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("nonsense", ("GITHUB_TOKEN", "`gh auth login`")),
        ("expired", ("expired", "`gh auth login`")),
        ("too_long_lived", ("lifetime", "`gh auth login`")),
    ],
)
def test_a_token_that_github_doesnt_take(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, token: str, words: tuple[str, ...]
) -> None:
    user = desk.hub.user(WRITER)
    known = {
        "nonsense": lambda: "gho_" + "0" * 36,
        "expired": lambda: user.token(expired=True),
        "too_long_lived": lambda: user.token(kind="classic", too_long_lived=True),
    }
    value = known[token]()
    monkeypatch.setenv("GITHUB_TOKEN", value)
    sentence = stopped(desk.propose("--yes"), *words)
    assert value not in sentence
    assert desk.hub.writes == []


def test_no_token_stops_a_real_run_and_not_a_dry_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    monkeypatch.setenv("PATH", _path_without_gh())
    stopped(desk.propose("--yes"), "run `gh auth login`, or set GITHUB_TOKEN")
    desk.clone.git("fetch", "-q", "origin")
    dry = desk.propose("--dry-run")
    assert dry.code == 0, dry.err
    assert "wasn't asked what it has of this already" in dry.err
    assert desk.hub.writes == []


def _path_without_gh() -> str:
    folders = os.environ["PATH"].split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if not (Path(folder) / "gh").exists())


def test_no_remote_commits_to_a_branch_here(desk: Desk) -> None:
    desk.clone.write(".openpublishing.publish.config.json", "{}")
    desk.clone.git("remote", "remove", "origin")
    desk.clone.commit(message="No publishing")
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    assert "Committed " in ran.err
    assert desk.hub.log == []


def test_an_archived_repository(desk: Desk) -> None:
    desk.hub.repository(DOCS).archived = True
    stopped(desk.propose("--yes"), f"{DOCS} is archived and takes no changes")
    assert desk.hub.writes == []


def test_a_repository_that_wants_no_bots(desk: Desk) -> None:
    desk.hub.repository(DOCS).topics.append("no-bots")
    stopped(desk.propose("--yes"), "has the topic `no-bots`")
    assert desk.hub.writes == []


def test_a_repository_that_nobody_sees(desk: Desk) -> None:
    desk.clone.git("remote", "set-url", "origin", f"{desk.hub.server_url}/nobody/nothing.git")
    stopped(desk.propose("--yes"), "nobody/nothing")
    assert desk.hub.writes == []


def test_issues_disabled_is_no_hindrance(desk: Desk) -> None:
    desk.hub.repository(DOCS).has_issues = False
    settled(desk)


def test_t32_a_renamed_repository_keeps_its_pull_requests_apart(desk: Desk) -> None:
    """GitHub answers the old name with 301, and PyGithub drops the query: all would be listed."""
    desk.clone.git("remote", "add", "upstream", f"{desk.hub.server_url}/{DOCS}.git")
    desk.hub.person("lantern-team").push(DOCS, "theirs", {"docs/x.md": b"# X\n"}, "Add X")
    desk.hub.rename(DOCS, "lantern-team/lantern")
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    [push, post] = desk.hub.writes
    assert post.path == "/repos/lantern-team/lantern/pulls"
    assert push.path.startswith(f"/{FORK}.git/")
    assert [pull.user.login for pull in desk.hub.pulls("lantern-team/lantern")] == [WRITER]
    desk.hub.log.clear()
    assert desk.propose("--yes").out.startswith("unchanged: #")
    assert desk.hub.writes == []


def test_t32_renamed_between_the_look_and_the_request(desk: Desk) -> None:
    def rename() -> None:
        desk.hub.rename(DOCS, "lantern-team/lantern")

    desk.hub.faults.add("POST", PULLS, call(rename))
    stopped(desk.propose("--yes"), "run docbot again", "is pushed, and the same command goes on from there")
    assert desk.hub.pulls("lantern-team/lantern") == []
    desk.clone.git("remote", "add", "upstream", f"{desk.hub.server_url}/lantern-team/lantern.git")
    assert desk.propose("--yes").code == 0
    assert len(desk.hub.pulls("lantern-team/lantern")) == 1


def test_t31_a_lost_answer_never_makes_a_second_pull_request(desk: Desk) -> None:
    desk.hub.faults.add("POST", PULLS, lost())
    ran = desk.propose("--yes")
    assert ran.code == 0, ran.err
    assert [one.operation for one in desk.hub.writes].count("pulls/create") == 1
    settled(desk)


def test_a_host_in_trouble_is_asked_again(desk: Desk) -> None:
    desk.hub.faults.add("POST", PULLS, status(502))
    desk.hub.faults.add("GET", r"^/user$", status(502))
    desk.hub.faults.add("GET", PULLS, drop())
    settled(desk)


def test_t30_a_limit_that_would_take_too_long_stops_with_the_time(desk: Desk) -> None:
    desk.hub.faults.add("POST", PULLS, limited(403, retry_after=3600))
    stopped(desk.propose("--yes"), "again in", "is pushed, and the same command goes on from there")
    settled(desk)


def test_t33_the_network_gone_between_push_and_pull_request(desk: Desk) -> None:
    desk.hub.faults.add("POST", PULLS, call(desk.hub.offline))
    stopped(desk.propose("--yes"), "is pushed, and the same command goes on from there")
    desk.hub.online()
    assert desk.hub.pulls(DOCS) == []
    settled(desk)
    assert [one.operation for one in desk.hub.log if one.writes] == []


def test_no_network_at_all(desk: Desk) -> None:
    desk.hub.offline()
    stopped(desk.propose("--yes"), "connection")


def test_t33_a_push_that_is_refused_fails_the_run(desk: Desk) -> None:
    desk.hub.faults.add("POST", PUSH, status(403, "Permission denied"))
    stopped(desk.propose("--yes"))
    assert desk.hub.pulls(DOCS) == []
    settled(desk)


def test_t15_a_branch_of_somebody_else_is_left_alone(desk: Desk) -> None:
    branch = desk.propose("--dry-run").out.partition("branch   ")[2].partition("\n")[0]
    theirs = desk.hub.person(WRITER).push(FORK, branch, {"docs/mine.md": b"# Mine\n"}, "Mine")
    ran = desk.propose("--yes")
    assert ran.code == 4
    assert ran.out.startswith(f"conflicted: the branch {branch} holds commits that aren't docbot's")
    assert desk.hub.repository(FORK).git("rev-parse", branch) == theirs
    assert desk.hub.writes == []


def test_t12_somebody_pushes_in_between(desk: Desk) -> None:
    branch = desk.propose("--dry-run").out.partition("branch   ")[2].partition("\n")[0]
    pushed: list[str] = []

    def push() -> None:
        pushed.append(desk.hub.person(WRITER).push(FORK, branch, {"docs/mine.md": b"# Mine\n"}, "Mine"))

    desk.hub.faults.add("POST", PUSH, call(push))
    stopped(desk.propose("--yes"), "somebody else changed the branch")
    [theirs] = pushed
    assert desk.hub.repository(FORK).git("rev-parse", branch) == theirs
    assert desk.hub.pulls(DOCS) == []


def test_a_shallow_clone_is_refused_with_the_remedy(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot
) -> None:
    hub.fork(DOCS, WRITER)
    desk = sit_down(hub, FORK, tmp_path / "clone", monkeypatch, docbot, options=("--depth=1",))
    stopped(desk.propose("--yes"), "run `git fetch --unshallow`")
    desk.clone.git("fetch", "-q", "--unshallow")
    settled(desk)


@pytest.mark.parametrize(
    "options", [("--filter=blob:none",), ("--sparse",), ("--filter=blob:none", "--sparse")]
)
def test_partial_and_sparse_clones_propose_the_same(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Docbot, options: tuple[str, ...]
) -> None:
    hub.fork(DOCS, WRITER)
    desk = sit_down(hub, FORK, tmp_path / "clone", monkeypatch, docbot, options=options)
    whole = sit_down(hub, FORK, tmp_path / "whole", monkeypatch, docbot)
    before = desk.clone.git("config", "--list", "--local")
    one, other = (each.propose("--dry-run", "--rule", "wrong-case-link") for each in (desk, whole))
    assert one.out == other.out
    settled(desk)
    assert desk.clone.git("config", "--list", "--local") == before


def test_two_runs_at_once_open_one_pull_request(desk: Desk) -> None:
    started = [process("propose", desk.clone.root, "--yes") for _ in range(2)]
    for one in started:
        with one:
            _, err = one.communicate(timeout=120)
            assert one.returncode in (0, 4), err.decode()
            assert b"Traceback" not in err
    settled(desk)
    assert [one.operation for one in desk.hub.log].count("pulls/create") <= 1
