"""What `review --post` makes of a real pull request in git, and of what the forge answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from docbot.app import ScanOptions, review_pull
from docbot.app.posting import Desk, Prepared, post, prepare
from docbot.app.review import Source
from docbot.errors import StoppedError
from docbot.forges.memory_reviews import MemoryReviews
from docbot.repository.worktree import Worktree
from docbot.review.values import Review
from tests.helpers.git import Builder

PAGE = "# A\n\nOpen the file.\n\nYou must wait until it is open.\n\nThen close it.\n"
SLIP = PAGE.replace("the file", "the the file")
TWO = SLIP.replace("close it", "close the the file")


class Work:
    """Docs with a pull request #7, a clone of them, and a forge in memory."""

    def __init__(self, tmp_path: Path) -> None:
        self.docs = Builder.init(tmp_path / "docs")
        self.docs.commit({"a.md": PAGE})
        self.docs.git("checkout", "-q", "-b", "theirs")
        self.clone = self.docs.clone(tmp_path / "clone")
        self.forge = MemoryReviews()
        self.forge.open(7, "")

    def push(self, files: dict[str, str | bytes], *, force: bool = False) -> str:
        """Change the pull request; with `force` its commits until now are gone."""
        if force:
            self.docs.git("reset", "-q", "--hard", "main")
        head = self.docs.commit(files)
        self.docs.git("update-ref", "refs/pull/7/head", "HEAD")
        self.forge.push(7, head)
        return head

    def desk(self) -> Desk:
        worktree = Worktree.open(self.clone.root)
        return Desk(worktree, self.forge, self.forge.pull(7), Source("origin", 7, None, "main"))

    def review(self) -> Review:
        return review_pull(self.clone.root, "7", ScanOptions(), source=self.desk().source)

    def prepared(self, **given: bool) -> Prepared:
        return prepare(self.desk(), self.review(), **given)

    def post(self) -> Prepared:
        """Review and post once."""
        self.forge.sent.clear()
        desk, done = self.desk(), self.prepared()
        post(desk, done)
        return done

    @property
    def texts(self) -> list[str]:
        return [remark.text for remark in self.forge.remarks(7)]


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path)


def test_t40_an_edit_of_changed_lines_is_suggested(work: Work) -> None:
    work.push({"a.md": SLIP})
    work.post()
    (text,) = work.texts
    assert "```suggestion\nOpen the file.\n```" in text


@pytest.mark.parametrize("data", [SLIP.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + SLIP.encode()])
def test_t40_a_page_that_is_not_stored_as_its_text_has_its_edit_shown(work: Work, data: bytes) -> None:
    work.push({"a.md": data})
    work.post()
    (text,) = work.texts
    assert "suggestion\n" not in text
    assert "by hand, because the page isn't stored in a form that a suggestion keeps." in text
    assert "\n+Open the file." in text


def test_a_second_run_sends_nothing(work: Work) -> None:
    work.push({"a.md": SLIP})
    work.post()
    assert work.prepared().posting.requests == ()


def test_t39_a_push_opens_its_own_lines_alone(work: Work) -> None:
    work.push({"a.md": SLIP})
    work.post()
    work.push({"a.md": TWO})
    done = work.post()
    assert done.known.since is not None
    assert done.known.since.lines == {"a.md": ((7, 7),)}
    assert (done.posting.new, done.posting.standing) == (1, 1)


def test_t39_a_new_page_is_open_as_a_whole(work: Work) -> None:
    work.push({"a.md": SLIP})
    work.post()
    work.push({"b.md": "# B\n\nIt is the the new.\n"})
    done = work.post()
    assert done.known.since is not None
    assert done.known.since.lines == {"b.md": ((1, 3),)}
    assert done.posting.new == 1


def test_t38_a_force_push_that_moves_lines_says_nothing_twice(work: Work) -> None:
    work.push({"a.md": SLIP})
    work.post()
    work.push({"a.md": "# A\n\nMore of it.\n\n" + SLIP.removeprefix("# A\n\n")}, force=True)
    done = work.post()
    assert (done.posting.new, done.posting.standing, done.posting.gone) == (0, 1, 0)
    assert len(work.texts) == 1


def test_t39_nothing_new_is_said_on_lines_when_the_last_commit_is_gone(work: Work, tmp_path: Path) -> None:
    work.push({"a.md": SLIP})
    work.post()
    work.push({"a.md": TWO}, force=True)
    work.docs.git("reflog", "expire", "--expire=now", "--all")
    work.docs.git("gc", "-q", "--prune=now")
    work.clone = work.docs.clone(tmp_path / "fresh")
    done = work.post()
    assert done.known.since is not None
    assert done.known.since.lines is None
    assert (done.posting.new, done.posting.beside) == (0, 1)


def test_t39_the_last_commit_is_fetched_where_the_docs_still_have_it(work: Work, tmp_path: Path) -> None:
    work.push({"a.md": SLIP})
    work.post()
    work.push({"a.md": TWO}, force=True)
    work.docs.git("config", "uploadpack.allowAnySHA1InWant", "true")
    work.clone = work.docs.clone(tmp_path / "fresh")
    done = work.post()
    assert done.known.since is not None
    assert done.known.since.lines == {"a.md": ((7, 7),)}


@pytest.mark.parametrize("state", ["closed", "merged"])
def test_one_that_is_settled_gets_nothing(work: Work, state: str) -> None:
    work.push({"a.md": SLIP})
    work.forge.close(7, state)
    done = work.post()
    assert done.settled == f"#7 is {state}, so nothing is said there any more"
    assert work.forge.sent == []


def test_somebody_who_pushed_meanwhile_stops_it(work: Work) -> None:
    work.push({"a.md": SLIP})
    done = work.review()
    work.forge.push(7, "f" * 40)
    with pytest.raises(StoppedError, match="somebody pushed to #7 while it was reviewed"):
        prepare(work.desk(), done)


def test_t37_what_the_forge_takes_on_no_line_goes_into_the_comment_once(work: Work) -> None:
    work.push({"a.md": SLIP})
    work.forge.diff = {}
    work.post()
    (request,) = work.forge.sent
    assert request.path.endswith("/issues/7/comments")
    assert "On changed lines, where GitHub takes no remark:" in str(request.data["body"])
    assert work.prepared().posting.requests == ()


def test_a_refusal_says_where_the_findings_are(work: Work) -> None:
    work.push({"a.md": SLIP})
    work.forge.closed_to = StoppedError("the token may only read: let it write")
    with pytest.raises(StoppedError, match=r"let it write; the report above has every finding all the same$"):
        work.post()


def test_t38_a_run_of_some_rules_takes_nothing_back(work: Work) -> None:
    work.push({"a.md": SLIP})
    work.post()
    work.push({"a.md": PAGE, "b.md": "# B\n"})
    assert work.prepared(whole=False).posting.gone == 0
    assert work.prepared().posting.gone == 1


def test_what_the_forge_tells_of_the_base_is_fetched(work: Work) -> None:
    work.push({"a.md": SLIP})
    work.docs.git("branch", "release", "theirs")
    source = Source("origin", 7, None, "release")
    assert review_pull(work.clone.root, "7", ScanOptions(), source=source).hunks == ()
    assert len(review_pull(work.clone.root, "7", ScanOptions(), source=source, base="origin/main").hunks) == 1


GENERATED = "# G\n\n[//]: # (START>DO_NOT_EDIT)\n\nMade by a tool.\n\n[//]: # (END>DO_NOT_EDIT)\n"
DOCSET = '{"build": {"content": [{"files": ["**/*.md"]}]}}'
REDIRECTED = '{"redirections": [{"source_path": "older.md", "redirect_url": "/x"}]}'
PUBLISHED = '{"docsets_to_publish": [{"build_source_folder": ".", "docset_name": "x"}]}'


def test_t36_what_holds_of_pages_and_copies_stands_beside(work: Work) -> None:
    site = {
        "docfx.json": DOCSET,
        ".openpublishing.publish.config.json": PUBLISHED,
        ".openpublishing.redirection.json": REDIRECTED,
    }
    pages = {f"v{n}/guide.md": PAGE for n in (1, 2, 3)}
    work.docs.git("checkout", "-q", "main")
    work.docs.commit({**site, **pages, "generated.md": GENERATED, "old.md": "# Old\n\nText.\n"})
    work.docs.git("checkout", "-q", "-B", "theirs")
    work.docs.delete("old.md")
    work.push(
        {
            "v3/guide.md": PAGE.replace("until it is open", "for it"),
            "generated.md": GENERATED.replace("Made", "Written"),
        }
    )
    done = work.post()
    assert done.posting.new == 0
    (comment,) = work.forge.comments(7)
    text = comment.text.split("<details>")[1]
    assert "- `generated.md`, line 5: `these lines are marked as generated or not to be edited`" in text
    assert "- `old.md`, line 1 before: `nothing redirects readers of old.md`" in text
    assert "Copies that still say what was replaced:" in text
    assert "- `v1/guide.md`, a copy of `v3/guide.md`, line 5" in text
