"""`docbot scan --issues` in a clone, against a GitHub over HTTP: what it asks, and what a refusal does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docbot.forges.github import client, token
from tests.contract.faults import limited
from tests.contract.github import GitHub
from tests.end_to_end.conftest import Ran
from tests.helpers.git import Builder
from tests.readers.lanterns import REPOSITORY, lantern_docs

Docbot = Callable[..., Ran]
ISSUES = "/issues$"
DAY = datetime(2024, 6, 1, 8, tzinfo=UTC)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[GitHub]:
    """The lantern docs, with two reports and one that is none."""
    source = lantern_docs(tmp_path / "source")
    with GitHub(tmp_path / "hub") as hub:
        hub.now = None
        hub.repository(REPOSITORY, source=source.root)
        reader = hub.person("reader")
        reader.report(
            REPOSITORY, "Typo", "docs/light.md: “sharp sissors” should be “sharp scissors”", day=DAY
        )
        asked = reader.report(
            REPOSITORY, "Which oil", "docs/light.md#fill-the-oil names no brand of it.", day=DAY
        )
        hub.person("other").react(asked)
        reader.report(REPOSITORY, "test", "test", day=DAY)
        hub.log.clear()
        yield hub


@pytest.fixture
def clone(hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    """A clone, in a place without a token."""
    monkeypatch.setenv("GITHUB_SERVER_URL", hub.server_url)
    monkeypatch.setenv("GITHUB_API_URL", hub.api_url)
    # The GitHub CLI of the machine may hold a token.
    monkeypatch.setattr(token, "_program", lambda path: None)
    place = tmp_path / "clone"
    subprocess.run(("git", "clone", "--quiet", f"{hub.server_url}/{REPOSITORY}.git", place), check=True)
    hub.log.clear()
    return Builder(place)


def scanned(docbot: Docbot, clone: Builder, *more: str) -> tuple[list[str], str]:
    """The excerpts of what readers reported, and what was said on standard error."""
    ran = docbot("scan", str(clone.root), "--rule", "reader-report", "--format", "jsonl", *more)
    assert ran.code == 0, ran.err
    return [json.loads(line)["excerpt"] for line in ran.out.splitlines()], ran.err


FOUND = ["sharp sissors", "## Fill the oil"]


def test_a_second_scan_asks_only_for_what_changed_since(hub: GitHub, clone: Builder, docbot: Docbot) -> None:
    assert scanned(docbot, clone, "--issues") == (FOUND, "")
    asked = [(call.path, "since" in call.query, call.user) for call in hub.log]
    assert asked == [(f"/repos/{REPOSITORY}", False, ""), (f"/repos/{REPOSITORY}/issues", False, "")]
    hub.log.clear()
    assert scanned(docbot, clone, "--issues") == (FOUND, "")
    assert [call.query.count("since=2024-06-01T08") for call in hub.log] == [0, 1]
    hub.person("lantern-team").close(hub.repository(REPOSITORY).issues[2], "completed")
    hub.log.clear()
    assert scanned(docbot, clone, "--issues") == (["sharp sissors"], "")
    assert not hub.writes


def test_nobody_is_asked_unless_told_to(hub: GitHub, clone: Builder, docbot: Docbot) -> None:
    scanned(docbot, clone, "--issues")
    hub.log.clear()
    assert scanned(docbot, clone)[0] == []
    assert "add --issues or --issues-from FILE" in scanned(docbot, clone)[1]
    assert docbot("scan", str(clone.root)).code == 0
    assert hub.log == []


def test_without_network_what_is_kept_counts(
    hub: GitHub, clone: Builder, docbot: Docbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TRIES", 1)
    hub.offline()
    found, said = scanned(docbot, clone, "--issues")
    assert found == []
    assert "no reader's report counts, since the issues weren't read" in said
    hub.online()
    scanned(docbot, clone, "--issues")
    hub.faults.add("GET", ISSUES, limited(403, reset=int(hub.time().timestamp()) + 3600), None)
    found, said = scanned(docbot, clone, "--issues")
    assert found == FOUND
    assert "weren't all read, so the 3 that are known count" in said


def test_a_limit_is_waited_for(hub: GitHub, clone: Builder, docbot: Docbot) -> None:
    hub.faults.add("GET", ISSUES, limited(429, retry_after=1))
    assert scanned(docbot, clone, "--issues")[0] == FOUND


def test_issues_that_are_off_are_said(hub: GitHub, clone: Builder, docbot: Docbot) -> None:
    hub.repository(REPOSITORY).has_issues = False
    found, said = scanned(docbot, clone, "--issues")
    assert found == []
    assert f"{REPOSITORY} takes no issues" in said


def test_a_repository_that_is_gone_is_said(hub: GitHub, clone: Builder, docbot: Docbot) -> None:
    hub.delete(REPOSITORY)
    found, said = scanned(docbot, clone, "--issues")
    assert found == []
    assert f"the repository {REPOSITORY}" in said


def test_a_clone_from_nowhere_names_what_helps(clone: Builder, docbot: Docbot) -> None:
    clone.git("remote", "remove", "origin")
    publish = clone.root / ".openpublishing.publish.config.json"
    publish.write_text(
        publish.read_text("utf-8").replace("https://github.com/", "https://elsewhere.example/")
    )
    ran = docbot("scan", str(clone.root), "--issues")
    assert ran.code == 2
    assert "`--issues-from FILE`" in ran.sentence


def test_drafting_reads_them_too_and_drafts_nothing_of_them(
    hub: GitHub, clone: Builder, docbot: Docbot
) -> None:
    ran = docbot("draft", str(clone.root), "--issues", "--rule", "reader-report")
    assert ran.code == 0
    assert "0 drafts passed every gate" in ran.err
    assert "1 question; 1 finding without a fix" in ran.err


def test_a_saved_file_needs_nobody(hub: GitHub, clone: Builder, docbot: Docbot, tmp_path: Path) -> None:
    saved = tmp_path / "issues.json"
    saved.write_text(
        json.dumps(
            [
                {
                    "number": 9,
                    "title": "Flame",
                    "body": "docs/light.md: “Close the glass” how?",
                    "created_at": "2024-06-01T00:00:00Z",
                }
            ]
        )
    )
    assert scanned(docbot, clone, "--issues-from", str(saved))[0] == ["Close the glass"]
    assert scanned(docbot, clone, "--issues-from", str(saved), "--diff", "HEAD")[0] == []
    assert hub.log == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>", "is no JSON of GitHub's API"),
        (b'{"message": "Bad credentials"}', "holds no issue as GitHub's API writes it"),
        (b"[" * 5000, "is no JSON of GitHub's API"),
        (None, "can't be read"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(
    clone: Builder, docbot: Docbot, tmp_path: Path, content: bytes | None, words: str
) -> None:
    saved = tmp_path / "issues.json"
    if content is not None:
        saved.write_bytes(content)
    ran = docbot("scan", str(clone.root), "--issues-from", str(saved))
    assert ran.code == 2
    assert words in ran.sentence


def test_only_one_place_can_be_named(clone: Builder, docbot: Docbot, tmp_path: Path) -> None:
    ran = docbot("scan", str(clone.root), "--issues", "--issues-from", str(tmp_path / "x"))
    assert (ran.code, "choose one of them" in ran.sentence) == (2, True)
