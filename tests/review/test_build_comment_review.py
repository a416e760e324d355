"""The comment of the build of Learn in reviews of real pull requests: whose doing is each message?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest

from docbot.app import ScanOptions, review_pull
from docbot.app.build_comments import Said, saved
from docbot.review.build_comment import Bearing, Message, Told
from docbot.review.values import Judged, Judgement, Review
from docbot.types import Severity
from tests.cli.conftest import Docbot
from tests.contract.signals import GITHUB, of_markdown
from tests.helpers.git import Builder
from tests.review.comments import comment, warning

GUIDE = """# Guide

You must restart the server after 30 seconds.

## Install

Run the setup. See [the reference](reference.md#options) for more.

## Remove

See [what is gone](gone.md). Then read [this](https://docs.microsoft.com/en-us/x).

The <u>end</u> of it.
"""
REFERENCE = "# Reference\n\n## Options\n\nThe options are listed here.\n"
LEARN = {
    ".openpublishing.publish.config.json": '{"docsets_to_publish": [{"build_source_folder": "."}]}',
    "docfx.json": '{"build": {"content": [{"files": ["**/*.md"]}]}}',
}
"""What makes docs those of Learn."""
GONE = warning("guide.md", 11, "The link goes to 'gone.md', which isn't there.")
BOOKMARK = warning("guide.md", 7, "There is no '#options' in 'reference.md'.", "bookmark-not-found")
HTML = warning("guide.md", 13, "The element 'u' isn't allowed.", "disallowed-html-tag")


class Pull:
    """Docs with a pull request 7 to `main`, and the clone that it is reviewed in."""

    def __init__(self, tmp_path: Path) -> None:
        self.docs = Builder.init(tmp_path / "docs")
        self.docs.commit({**LEARN, "guide.md": GUIDE, "reference.md": REFERENCE})
        self.docs.git("checkout", "-q", "-b", "theirs")
        self._place = tmp_path / "clone"

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.docs.root / path).read_text()
        assert text.count(old) == 1
        self.docs.write(path, text.replace(old, new))

    def made(self) -> str:
        """Make the pull request of what was written, and return its commit."""
        head = self.docs.commit()
        self.docs.git("update-ref", "refs/pull/7/head", "HEAD")
        self.docs.git("checkout", "-q", "main")
        self.docs.clone(self._place)
        return head

    def clone(self) -> Path:
        return self._place

    def reviewed(self, text: str) -> Review:
        said = Said((saved(text.encode(), "a file"),))
        return review_pull(self._place, "7", ScanOptions(), heard=lambda worktree, remote, number: said)

    def told(self, *messages: Message) -> Review:
        return self.reviewed(comment(self.made(), messages))


@pytest.fixture
def pull(tmp_path: Path) -> Pull:
    return Pull(tmp_path)


def only(found: Sequence[Told]) -> Told:
    (one,) = found
    return one


def first(review: Review) -> Judged:
    (one,) = review.hunks
    return one


class TestOfTheHunk:
    def test_an_error_on_its_own_line_asks_for_a_look(self, pull: Pull) -> None:
        pull.edit("guide.md", "Run the setup.", "Please run the setup.")
        one = first(pull.told(warning("guide.md", 7, "The server's name is missing.", "unheard-of")))
        assert one.judgement is Judgement.LOOK
        assert one.said[0] == "the Learn build: warning unheard-of on line 7: The server's name is missing."
        assert only(one.builds).bearing is Bearing.HERE

    def test_a_suggestion_changes_no_judgement(self, pull: Pull) -> None:
        pull.edit("guide.md", "Run the setup.", "Please run the setup.")
        one = first(pull.told(warning("guide.md", 7, "Shorter is better.", "too-long", Severity.INFO)))
        assert one.judgement is Judgement.PROVEN
        assert one.said[-1] == "the Learn build: info too-long on line 7: Shorter is better."

    def test_what_docbot_finds_too_is_said_once(self, pull: Pull) -> None:
        pull.edit("guide.md", "reference.md#options", "refrence.md#options")
        said = warning("guide.md", 7, "The link goes to 'refrence.md', which isn't there.")
        one = first(pull.told(said))
        assert one.judgement is Judgement.DONT
        told = only(one.builds)
        assert (told.bearing, told.confirms) == (Bearing.CAUSED, one.adds[0].fingerprint)
        assert one.said[0].endswith("; the Learn build says so, too")
        assert sum("refrence.md" in reason for reason in one.said) == 1

    def test_what_it_breaks_on_another_page(self, pull: Pull) -> None:
        pull.edit("reference.md", "## Options", "## Switches")
        one = first(pull.told(BOOKMARK))
        assert only(one.builds).bearing is Bearing.CAUSED
        assert one.said[0].endswith("; the Learn build says so, too")

    def test_what_stood_on_its_line_before_is_said_to(self, pull: Pull) -> None:
        pull.edit("guide.md", "Then read", "After that, read")
        one = first(pull.told(GONE))
        told = only(one.builds)
        assert (told.bearing, told.reason) == (Bearing.HERE, "the base has it too")
        assert any(reason.endswith("isn't there. (the base has it too)") for reason in one.said)

    def test_a_whole_new_page(self, pull: Pull) -> None:
        pull.docs.write("new.md", "# New\n\nText.\n")
        one = first(pull.told(warning("new.md", 0, "Write a description.", "description-missing")))
        assert only(one.builds).bearing is Bearing.HERE

    def test_many_things_of_one_line_are_counted(self, pull: Pull) -> None:
        pull.edit("guide.md", "Run the setup.", "Please run the setup.")
        one = first(pull.told(*(warning("guide.md", 7, f"Thing {n}.", "thing") for n in range(9))))
        assert len(one.builds) == 9
        assert "the Learn build says 4 more things of these lines" in one.said


class TestElsewhere:
    @pytest.mark.parametrize("said", [GONE, HTML])
    def test_what_the_base_has_too_is_not_its_doing(self, pull: Pull, said: Message) -> None:
        pull.edit("guide.md", "# Guide\n", "# Guide\n\nNew words\non two lines.\n")
        moved = warning(said.path, said.line + 3, said.text, said.code)
        told = only(pull.told(moved).builds)
        assert (told.bearing, told.message) == (Bearing.NOT, moved)
        assert told.reason in ("the base has it too, on line 11", "it is about words that the base has too")

    def test_on_a_page_that_did_not_change(self, pull: Pull) -> None:
        pull.edit("reference.md", "are listed", "are all listed")
        review = pull.told(GONE, HTML)
        assert {told.bearing for told in review.builds} == {Bearing.NOT}

    def test_another_link_of_the_same_line_proves_nothing(self, pull: Pull) -> None:
        pull.edit("reference.md", "are listed", "are all listed")
        told = only(
            pull.told(warning("guide.md", 11, "The link goes to 'other.png', which isn't there.")).builds
        )
        assert (told.bearing, told.reason) == (Bearing.MAYBE, "")

    def test_a_line_whose_block_changed_may_be_its_doing(self, pull: Pull) -> None:
        """A fence that was taken away makes HTML of what was code."""
        pull.docs.git("checkout", "-q", "main")
        pull.docs.commit({"code.md": "# Code\n\nText:\n\n```html\n\n<u>x</u>\n\n```\n"})
        pull.docs.git("checkout", "-q", "-b", "fence")
        pull.edit("code.md", "```html\n", "")
        pull.edit("code.md", "\n```\n", "")
        said = warning("code.md", 6, "The element 'u' isn't allowed.", "disallowed-html-tag")
        assert only(pull.told(said).builds).bearing is Bearing.MAYBE

    def test_a_message_that_names_what_it_renamed_may_be_its_doing(self, pull: Pull) -> None:
        pull.docs.git("mv", "reference.md", "options.md")
        named = warning("guide.md", 13, "The element 'u' goes to reference.md.", "disallowed-html-tag")
        assert only(pull.told(named).builds).bearing is Bearing.MAYBE

    @pytest.mark.parametrize(
        "path", ["toc.yml", "", "../../etc/passwd", "guide.md/x", "gu\x00ide.md", "a" * 5000]
    )
    @pytest.mark.parametrize("line", [0, 1, 999_999_999])
    def test_of_no_page_that_is_known(self, pull: Pull, path: str, line: int) -> None:
        pull.edit("guide.md", "Run the setup.", "Please run the setup.")
        review = pull.told(warning(path, line, "Something.", "something"))
        assert only(review.builds).bearing is Bearing.MAYBE
        assert first(review).judgement is Judgement.PROVEN

    def test_a_line_that_a_page_lacks(self, pull: Pull) -> None:
        pull.edit("guide.md", "Run the setup.", "Please run the setup.")
        review = pull.told(warning("guide.md", 999_999, "Something.", "something"))
        assert only(review.builds).bearing is Bearing.MAYBE


class TestOfOthers:
    def test_a_build_of_another_commit_is_held_against_nothing(self, pull: Pull) -> None:
        pull.edit("guide.md", "Run the setup.", "Please run the setup.")
        head = pull.made()
        review = pull.reviewed(comment("a" * 40, [warning("guide.md", 7, "Something.", "something")]))
        assert only(review.builds).bearing is Bearing.STALE
        assert first(review).judgement is Judgement.PROVEN
        (said,) = (notice.text for notice in review.notices if "Learn build" in notice.text)
        assert said == (
            f"the newest comment of the Learn build is about aaaaaaaaaa, and {head[:10]} is reviewed here: "
            "review again when that build is done"
        )

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (comment("", [GONE]), "is about a commit that it doesn't name"),
            (comment("HEAD"), "the Learn build of this commit passed"),
            (comment("HEAD", status="warnings"), "ended with warnings, and its comment lists none of them"),
            (
                comment(
                    "HEAD", [GONE], more="This comment lists only the first 50 files in the pull request.\n"
                ),
                "has no room for every file",
            ),
            (
                comment("HEAD", [GONE]).replace("[Warning: ", "[Oops: "),
                "docbot can't read 1 of the messages",
            ),
        ],
    )
    def test_what_a_reader_is_told_of_it(self, pull: Pull, text: str, said: str) -> None:
        pull.edit("guide.md", "Run the setup.", "Please run the setup.")
        head = pull.made()
        text = text.replace("commits/HEAD", f"commits/{head}").replace("[HEAD]", f"[{head[:7]}]")
        assert any(said in notice.text for notice in pull.reviewed(text).notices)


class TestCommand:
    def test_a_saved_comment(self, docbot: Docbot, pull: Pull, tmp_path: Path) -> None:
        pull.edit("guide.md", "Run the setup.", "Please run the setup.")
        head = pull.made()
        said = [warning("guide.md", 7, "Say \x1b[31mmore\x1b]8;;x\x07 here.", "unheard-of"), GONE]
        file = tmp_path / "comment.md"
        file.write_text(comment(head, said))
        ran = docbot("review", "7", pull.clone(), "--build-comment", file)
        out = ran.out.decode()
        assert ran.code == 0
        assert (
            "look here: guide.md:7 (edited)\n    the Learn build: warning unheard-of on line 7: Say " in out
        )
        assert (
            "the Learn build: guide.md:11: warning file-not-found: "
            "The link goes to 'gone.md', which isn't there. "
            "(not caused by this pull request: the base has it too, on line 11)\n"
        ) in out
        assert "\x1b" not in out

    @pytest.mark.parametrize("form", ["html", "summary"])
    def test_a_page_and_a_summary_tell_it_too(
        self, docbot: Docbot, pull: Pull, tmp_path: Path, form: str
    ) -> None:
        pull.edit("guide.md", "Run the setup.", "Please run the setup.")
        head = pull.made()
        hostile = warning(
            "guide.md", 13, "The element 'u' isn't allowed <script>x</script> @team fixes #1", "u"
        )
        file = tmp_path / "comment.md"
        file.write_text(comment(head, [GONE, hostile]))
        out = docbot("review", "7", pull.clone(), "--build-comment", file, "--format", form).out.decode()
        assert "What the Learn build says besides" in out
        assert "not caused by this pull request: the base has it too, on line 11" in unescape(out)
        assert "<script>x" not in out
        assert form == "html" or list(of_markdown(out, GITHUB)) == []

    def test_jsonl_tells_each_message_once(self, docbot: Docbot, pull: Pull, tmp_path: Path) -> None:
        pull.edit("guide.md", "reference.md#options", "refrence.md#options")
        head = pull.made()
        said = [warning("guide.md", 7, "The link goes to 'refrence.md', which isn't there."), GONE]
        file = tmp_path / "comment.md"
        file.write_text(comment(head, said))
        out = docbot("review", "7", pull.clone(), "--build-comment", file, "--format", "jsonl").out
        lines = [json.loads(line) for line in out.splitlines()]
        assert [line["kind"] for line in lines] == ["hunk", "build", "review"]
        (told,) = lines[0]["builds"]
        assert (told["bearing"], told["confirms"]) == ("caused", lines[0]["adds"][0]["fingerprint"])
        assert lines[1] == {
            "kind": "build",
            "path": "guide.md",
            "line": 11,
            "column": 3,
            "severity": "warning",
            "code": "file-not-found",
            "message": GONE.text,
            "commit": head,
            "bearing": "not",
            "reason": "the base has it too, on line 11",
            "confirms": "",
        }

    def test_what_is_no_comment(self, docbot: Docbot, pull: Pull, tmp_path: Path) -> None:
        pull.made()
        file = tmp_path / "comment.md"
        for text, said in (("Looks good.\n", "is no comment of a Learn build"), ("x" * 300_000, "too long")):
            file.write_text(text)
            ran = docbot("review", "7", pull.clone(), "--build-comment", file)
            assert ran.code == 2
            assert said in ran.sentence
        assert docbot("review", "7", pull.clone(), "--build-comment", tmp_path / "none").code == 2

    def test_it_is_about_a_pull_request(self, docbot: Docbot, pull: Pull, tmp_path: Path) -> None:
        file = tmp_path / "comment.md"
        file.write_text(comment("a" * 40))
        ran = docbot("review", "--diff", "main", pull.docs.root, "--build-comment", file)
        assert ran.code == 2
        assert "--build-comment is about a pull request" in ran.sentence
