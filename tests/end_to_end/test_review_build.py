"""`docbot review 1` on a GitHub over HTTP: the comments of the Learn build are read, if they can be."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docbot.forges.github import client, token
from tests.contract.github import GitHub
from tests.contract.state import Pull
from tests.end_to_end.conftest import Ran
from tests.helpers.git import Builder
from tests.review.comments import comment, warning

DOCS, WRITER = "lantern-team/lantern-docs", "octo-writer"
BUILD = "learn-build-service-prod[bot]"
PAGES = {
    ".openpublishing.publish.config.json": '{"docsets_to_publish": [{"build_source_folder": "."}]}',
    "docfx.json": '{"build": {"content": [{"files": ["**/*.md"]}]}}',
    "guide.md": "# Guide\n\nRun the setup.\n\nSee [what is gone](gone.md).\n",
}
SAID = (
    warning("guide.md", 3, "The setup has no name.", "unheard-of"),
    warning("guide.md", 5, "The link goes to 'gone.md', which isn't there."),
)
HERE = "the Learn build: warning unheard-of on line 3: The setup has no name."
ELSEWHERE = "(not caused by this pull request: the base has it too, on line 5)"


class Scene:
    """Docs on a GitHub, a pull request to them, and the clone that it is reviewed in."""

    def __init__(self, hub: GitHub, clone: Path, docbot: Callable[..., Ran]) -> None:
        self.hub, self._clone, self._docbot = hub, clone, docbot
        fork = hub.fork(DOCS, WRITER)
        writer = hub.person(WRITER)
        changed = PAGES["guide.md"].replace("Run the", "Please run the").encode()
        writer.push(fork, "topic", {"guide.md": changed}, "Ask kindly")
        self.pull: Pull = writer.open(DOCS, f"{WRITER}/lantern-docs", "topic", title="Ask kindly")
        url = f"{hub.server_url}/{DOCS}.git"
        subprocess.run(("git", "clone", "--quiet", url, clone), check=True)
        hub.log.clear()

    def say(self, author: str, text: str) -> None:
        self.hub.person(author).comment(self.pull, text)

    def review(self, *options: str) -> Ran:
        ran = self._docbot("review", "1", str(self._clone), *options)
        assert ran.code == 0, ran.err
        assert not self.hub.writes
        return ran

    def clone_without_settings(self) -> None:
        (self._clone / ".openpublishing.publish.config.json").unlink()

    def asked(self) -> list[str]:
        """What the API was asked for, by path."""
        return [call.path for call in self.hub.log if call.path.startswith("/repos/")]


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]) -> Iterator[Scene]:
    source = Builder.init(tmp_path / "source")
    source.commit(PAGES)
    with GitHub(tmp_path / "hub") as hub:
        hub.now = None
        hub.user("lantern-team")
        hub.repository(DOCS, source=source.root)
        monkeypatch.setenv("GITHUB_SERVER_URL", hub.server_url)
        monkeypatch.setenv("GITHUB_API_URL", hub.api_url)
        monkeypatch.setenv("GITHUB_TOKEN", hub.user(WRITER).token())
        yield Scene(hub, tmp_path / "clone", docbot)


def test_the_newest_comment_of_the_build_is_read(scene: Scene) -> None:
    scene.say(BUILD, comment(scene.pull.head_sha, status="errors"))
    scene.say(BUILD, comment(scene.pull.head_sha, SAID))
    scene.say(BUILD, comment("a" * 40, [warning("guide.md", 3, "Of another commit.")]))
    ran = scene.review()
    assert f"look here: guide.md:3 (edited)\n    {HERE}" in ran.out
    assert ELSEWHERE in ran.out
    assert "Of another commit." not in ran.out
    assert f"/repos/{DOCS}/issues/1/comments" in scene.asked()


def test_who_posts_asks_github_once_who_it_is(scene: Scene) -> None:
    scene.say(BUILD, comment(scene.pull.head_sha, SAID))
    assert HERE in scene.review("--post").out
    assert [call.path for call in scene.hub.log].count("/user") == 1


def test_what_anybody_else_pastes_counts_for_nothing(scene: Scene) -> None:
    for author in ("stranger", "opbld99", "learn-build-service-prod", "lantern-team"):
        scene.say(author, comment(scene.pull.head_sha, SAID))
    ran = scene.review()
    assert "the Learn build" not in ran.out
    assert ran.out.startswith("proven: guide.md:3 (edited)")


def test_a_build_that_is_not_of_this_commit_is_said_to_be(scene: Scene) -> None:
    scene.say(BUILD, comment("a" * 40, SAID))
    ran = scene.review()
    said = "the newest comment of the Learn build is about aaaaaaaaaa, and "
    assert f"note: {said}{scene.pull.head_sha[:10]} is reviewed here" in ran.out
    assert ran.out.startswith("proven: guide.md:3 (edited)")


def test_without_a_token_it_goes_on_with_one_notice(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    # The GitHub CLI of the machine may hold a token.
    monkeypatch.setattr(token, "_program", lambda path: None)
    scene.say(BUILD, comment(scene.pull.head_sha, SAID))
    ran = scene.review()
    notes = [line for line in ran.out.splitlines() if line.startswith("note: ")]
    assert notes == [
        "note: the Learn build isn't heard: docbot has no token for GitHub: run `gh auth login`, or set "
        "GITHUB_TOKEN; a saved comment of its counts with --build-comment"
    ]
    assert scene.asked() == []


def test_when_github_fails_it_goes_on_with_one_notice(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "TRIES", 1)
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9/api/v3")
    ran = scene.review()
    (note,) = (line for line in ran.out.splitlines() if line.startswith("note: "))
    assert note.startswith("note: the Learn build isn't heard: ")
    assert ran.out.startswith("proven: guide.md:3 (edited)")


def test_offline_nobody_is_asked(scene: Scene) -> None:
    scene.say(BUILD, comment(scene.pull.head_sha, SAID))
    ran = scene.review("--offline")
    assert "the Learn build" not in ran.out
    assert scene.asked() == []


def test_a_saved_comment_takes_the_place_of_asking(scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "comment.md"
    file.write_text(comment(scene.pull.head_sha, SAID))
    assert HERE in scene.review("--build-comment", str(file)).out
    assert scene.asked() == []


def test_docs_that_learn_does_not_build_have_no_build_to_ask_for(scene: Scene) -> None:
    scene.say(BUILD, comment(scene.pull.head_sha, SAID))
    scene.clone_without_settings()
    assert "the Learn build" not in scene.review().out
    assert scene.asked() == []
