"""The verb `review` on real repositories: what a change fixes, adds and breaks, hunk by hunk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docbot.app import ScanOptions, review
from docbot.errors import UsageError
from docbot.review.values import Judged, Judgement, Kind, Review
from tests.helpers.git import Builder

GUIDE = """# Guide

You must restart the server after 30 seconds.

## Install

Run the setup. See [the reference](reference.md#options) for more.

## Remove

Don't remove the the folder.
"""
REFERENCE = "# Reference\n\n## Options\n\nThe options are listed here.\n"


@pytest.fixture
def changed(docs: Builder) -> Builder:
    """A repository whose branch `work` is checked out, still as `main` is."""
    docs.commit({"guide.md": GUIDE, "reference.md": REFERENCE})
    docs.git("checkout", "-q", "-b", "work")
    return docs


def edit(docs: Builder, path: str, old: str, new: str) -> None:
    text = (docs.root / path).read_bytes().decode()
    assert text.count(old) == 1
    docs.write(path, text.replace(old, new))


def reviewed(docs: Builder, base: str = "main") -> Review:
    return review(docs.root, base, ScanOptions())


def only(docs: Builder) -> Judged:
    (one,) = reviewed(docs).hunks
    return one


class TestProven:
    def test_the_edit_that_docbot_drafts_itself(self, changed: Builder) -> None:
        edit(changed, "guide.md", "the the folder", "the folder")
        one = only(changed)
        assert one.judgement is Judgement.PROVEN
        assert [finding.rule for finding in one.fixes] == ["doubled-word"]
        assert one.said[-1] == "it is the very edit that docbot drafts"

    def test_other_words_of_the_same_meaning(self, changed: Builder) -> None:
        edit(changed, "guide.md", "Run the setup.", "To set up, run the setup.")
        edit(changed, "guide.md", "To set up, run the setup.", "Please run the setup.")
        one = only(changed)
        assert one.judgement is Judgement.PROVEN
        assert all(verdict.passed for verdict in one.proof)

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_white_space_that_went_at_the_ends_of_lines(self, changed: Builder, end: str) -> None:
        changed.git("checkout", "-q", "main")
        changed.commit({"a.md": f"# A{end}{end}One line. {end}- Another\t{end}"})
        changed.git("checkout", "-q", "-b", "neat")
        changed.write("a.md", f"# A{end}{end}One line.{end}- Another{end}")
        one = only(changed)
        assert one.judgement is Judgement.PROVEN
        assert one.said == (
            "only white space at the ends of lines differs, and none is new: the page reads the same",
        )

    @pytest.mark.parametrize(("old", "new"), [("Text.", "Text.\n"), ("Text.\n", "Text.")])
    def test_the_last_line_end(self, changed: Builder, old: str, new: str) -> None:
        changed.git("checkout", "-q", "main")
        changed.commit({"a.md": f"# A\n\n{old}"})
        changed.git("checkout", "-q", "-b", "neat")
        changed.write("a.md", f"# A\n\n{new}")
        assert only(changed).judgement is Judgement.PROVEN

    def test_a_misspelled_word(self, changed: Builder) -> None:
        edit(changed, "guide.md", "Run the setup.", "Run the begining.")
        changed.commit()
        changed.git("checkout", "-q", "-b", "spelled")
        edit(changed, "guide.md", "Run the begining.", "Run the beginning.")
        (one,) = reviewed(changed, "work").hunks
        assert one.judgement is Judgement.PROVEN

    def test_a_link_that_leads_somewhere_now(self, changed: Builder) -> None:
        changed.git("checkout", "-q", "main")
        changed.rename("reference.md", "options.md")
        changed.git("checkout", "-q", "-b", "mend")
        edit(changed, "guide.md", "reference.md#options", "options.md#options")
        one = only(changed)
        assert one.judgement is Judgement.PROVEN
        assert [finding.rule for finding in one.fixes] == ["file-not-found"]


class TestLook:
    @pytest.mark.parametrize(
        ("old", "new", "gate"),
        [
            ("must restart", "should restart", "same-modals"),
            ("30 seconds", "60 seconds", "same-numbers"),
            ("You must restart", "You must not restart", "same-negations"),
            ("Run the setup.", "Run `setup.exe`.", "same-code"),
        ],
    )
    def test_what_only_a_person_can_judge(self, changed: Builder, old: str, new: str, gate: str) -> None:
        edit(changed, "guide.md", old, new)
        one = only(changed)
        assert one.judgement is Judgement.LOOK
        assert any(reason.startswith(f"{gate}: ") for reason in one.said)

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("restart the server", "restart the cluster", "“cluster” took the place of “server”"),
            ("restart the server", "restart the service", "“service” took the place of “server”"),
        ],
    )
    def test_other_words_may_mean_something_else(
        self, changed: Builder, old: str, new: str, said: str
    ) -> None:
        edit(changed, "guide.md", old, new)
        one = only(changed)
        assert one.judgement is Judgement.LOOK
        assert any(said in reason for reason in one.said)

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("files which are old", "files, which are old", "a comma before “which” is new"),
            ("it (in the shell).", "it in the shell.", "(in the shell) stands in parentheses no more"),
        ],
    )
    def test_signs_may_make_a_remark_of_it(self, docs: Builder, old: str, new: str, said: str) -> None:
        docs.commit({"guide.md": f"# Guide\n\nRemove {old}\n"})
        edit(docs, "guide.md", old, new)
        (one,) = reviewed(docs, "HEAD").hunks
        assert one.judgement is Judgement.LOOK
        assert said in one.said

    def test_white_space_that_breaks_a_line_came_or_went(self, changed: Builder) -> None:
        changed.git("checkout", "-q", "main")
        changed.commit({"a.md": "# A\n\nOne line.  \nAnother.\n"})
        changed.git("checkout", "-q", "-b", "neat")
        edit(changed, "a.md", "line.  \n", "line.\n")
        assert only(changed).judgement is Judgement.LOOK

    def test_an_empty_line_that_came(self, changed: Builder) -> None:
        edit(changed, "guide.md", "30 seconds.\n", "30 seconds.\n\n")
        assert only(changed).judgement is Judgement.LOOK

    def test_white_space_that_came(self, changed: Builder) -> None:
        edit(changed, "guide.md", "30 seconds.\n", "30 seconds. \n")
        assert only(changed).judgement is Judgement.LOOK

    def test_what_was_wrong_and_still_is(self, changed: Builder) -> None:
        changed.rename("reference.md", "options.md")
        changed.git("checkout", "-q", "-b", "more")
        edit(changed, "guide.md", "(reference.md#options)", "(./reference.md#options)")
        (one,) = reviewed(changed, "work").hunks
        assert one.judgement is Judgement.LOOK
        assert not one.adds
        assert not one.fixes
        assert any(reason.startswith("still: file-not-found: ") for reason in one.said)

    def test_a_new_page_and_an_untracked_one(self, changed: Builder) -> None:
        changed.commit({"new.md": "# New\n\nText.\n"})
        changed.write("more.md", "# More\n\nText.\n")
        found = [(one.hunk.path, one.hunk.kind, one.judgement) for one in reviewed(changed).hunks]
        assert found == [("more.md", Kind.ADDED, Judgement.LOOK), ("new.md", Kind.ADDED, Judgement.LOOK)]

    def test_a_rename_alone(self, changed: Builder) -> None:
        changed.rename("guide.md", "handbook.md")
        one = only(changed)
        assert (one.hunk.kind, one.hunk.old_path, one.judgement) == (
            Kind.RENAMED,
            "guide.md",
            Judgement.LOOK,
        )

    def test_a_copy_that_was_forgotten(self, docs: Builder) -> None:
        docs.commit({f"v{n}/guide.md": GUIDE for n in (1, 2, 3)})
        docs.git("checkout", "-q", "-b", "work")
        edit(docs, "v3/guide.md", "the the folder", "the folder")
        one = only(docs)
        assert one.forgotten == ("v1/guide.md", "v2/guide.md")
        assert one.judgement is Judgement.LOOK
        assert any(reason.startswith("v1/guide.md, v2/guide.md still says") for reason in one.said)

    def test_a_page_that_goes_with_what_was_wrong_on_it(self, changed: Builder) -> None:
        changed.write("guide.md", "# Guide\n\nNo link here.\n")
        changed.commit({"faulty.md": "# Faulty\n\nDon't remove the the folder.\n"})
        changed.git("branch", "-f", "main")
        changed.delete("faulty.md")
        one = only(changed)
        assert (one.hunk.kind, one.judgement) == (Kind.REMOVED, Judgement.LOOK)
        assert one.fixes == ()
        assert one.said[0].startswith("the page was removed")


SITE = {
    "docfx.json": '{"build": {"content": [{"files": ["**/*.md", "**/*.yml"]}]}}',
    ".openpublishing.publish.config.json": '{"docsets_to_publish": [{"build_source_folder": "."}]}',
    ".openpublishing.redirection.json": '{"redirections": [{"source_path": "x.md", "redirect_url": "/x"}]}',
}


class TestReadersOfAPageThatIsGone:
    @pytest.fixture
    def site(self, docs: Builder) -> Builder:
        docs.commit({**SITE, "old.md": "# Old\n\nText.\n", "other.md": "# Other\n\nText.\n"})
        docs.git("checkout", "-q", "-b", "work")
        docs.delete("old.md")
        return docs

    def test_they_are_led_nowhere(self, site: Builder) -> None:
        one = only(site)
        assert (one.judgement, one.wrongs) == (Judgement.DONT, ("nothing redirects readers of old.md",))

    @pytest.mark.parametrize("path", ["old.yml", "Old.md", "old/index.md"])
    def test_another_file_has_their_address(self, site: Builder, path: str) -> None:
        site.write(path, "### YamlMime:FAQ\ntitle: Old\n" if path.endswith("yml") else "# Old\n\nText.\n")
        assert all(one.wrongs == () for one in reviewed(site).hunks)

    def test_the_redirections_are_kept_elsewhere(self, site: Builder) -> None:
        site.delete(".openpublishing.redirection.json")
        assert only(site).wrongs == ()

    def test_an_entry_leads_them(self, site: Builder) -> None:
        entry = '{"redirections": [{"source_path": "old.md", "redirect_url": "/other"}]}'
        site.write(".openpublishing.redirection.json", entry)
        assert only(site).wrongs == ()


class TestDont:
    def test_what_it_adds(self, changed: Builder) -> None:
        edit(changed, "guide.md", "Run the setup.", "Run the the setup.")
        one = only(changed)
        assert one.judgement is Judgement.DONT
        assert [finding.rule for finding in one.adds] == ["doubled-word"]

    def test_a_possessive_that_became_a_verb(self, changed: Builder) -> None:
        edit(changed, "guide.md", "Run the setup.", "Its primary goals are simple.")
        changed.commit()
        changed.git("checkout", "-q", "-b", "worse")
        edit(changed, "guide.md", "Its primary goals", "It's primary goals")
        (one,) = reviewed(changed, "work").hunks
        assert one.judgement is Judgement.DONT
        assert [finding.rule for finding in one.adds] == ["its-or-it-is"]

    def test_the_same_wrong_once_more(self, changed: Builder) -> None:
        changed.rename("reference.md", "options.md")
        changed.git("checkout", "-q", "-b", "more")
        edit(
            changed,
            "guide.md",
            "(reference.md#options)",
            "(./reference.md#options) and [more](./reference.md#options)",
        )
        (one,) = reviewed(changed, "work").hunks
        assert one.judgement is Judgement.DONT

    def test_a_heading_that_others_link_to(self, changed: Builder) -> None:
        edit(changed, "reference.md", "## Options", "## Switches")
        one = only(changed)
        assert one.judgement is Judgement.DONT
        assert [(f.path, f.rule) for f in one.breaks] == [("guide.md", "bookmark-not-found")]

    def test_a_page_that_others_link_to(self, changed: Builder) -> None:
        changed.delete("reference.md")
        one = only(changed)
        assert (one.hunk.kind, one.judgement) == (Kind.REMOVED, Judgement.DONT)
        assert [(f.path, f.rule) for f in one.breaks] == [("guide.md", "file-not-found")]

    def test_what_is_not_to_be_edited(self, docs: Builder) -> None:
        kept = "[//]: # (START>DO_NOT_EDIT)\n\nMade by a tool.\n\n[//]: # (END>DO_NOT_EDIT)\n"
        docs.commit({"a.md": f"# A\n\n{kept}"})
        docs.git("checkout", "-q", "-b", "work")
        edit(docs, "a.md", "Made by", "Written by")
        one = only(docs)
        assert one.judgement is Judgement.DONT
        assert one.said == ("these lines are marked as generated or not to be edited",)

    def test_what_only_a_person_knows_is_asked(self, docs: Builder) -> None:
        links = "".join(f"See [the guide {number}](b.md).\n\n" for number in range(60))
        docs.commit({"a.md": f"# A\n\n{links}", "b.md": "# The guide\n\nText.\n"})
        docs.git("checkout", "-q", "-b", "work")
        edit(docs, "a.md", "See [the guide 7](b.md).", "See [here](b.md).")
        one = only(docs)
        assert [finding.rule for finding in one.adds] == ["vague-link-text"]
        assert any(reason.endswith("calls itself “The guide” / The guide") for reason in one.said)


class TestWhole:
    def test_the_gravest_comes_first(self, changed: Builder) -> None:
        edit(changed, "guide.md", "must restart", "should restart")
        edit(changed, "guide.md", "the the folder", "the folder")
        edit(changed, "reference.md", "## Options", "## Switches")
        found = [one.judgement for one in reviewed(changed).hunks]
        assert found == [Judgement.DONT, Judgement.LOOK, Judgement.PROVEN]

    def test_what_was_there_before_is_nobodys_fault(self, changed: Builder) -> None:
        edit(changed, "guide.md", "# Guide", "# The guide")
        done = reviewed(changed)
        assert [one.adds for one in done.hunks] == [()]
        assert done.elsewhere == ()

    def test_it_is_held_against_the_commit_where_both_parted(self, changed: Builder) -> None:
        parted = changed.head()
        edit(changed, "guide.md", "the the folder", "the folder")
        changed.commit()
        changed.git("checkout", "-q", "main")
        changed.commit({"reference.md": "# Reference\n\nAll new.\n"})
        changed.git("checkout", "-q", "work")
        done = reviewed(changed)
        assert done.base == parted
        assert [one.hunk.path for one in done.hunks] == ["guide.md"]

    def test_nothing_changed(self, changed: Builder) -> None:
        assert reviewed(changed).hunks == ()

    def test_line_ends_that_flip_and_deletions_alone(self, changed: Builder) -> None:
        text = (changed.root / "guide.md").read_bytes()
        changed.write("guide.md", text.replace(b"\n", b"\r\n"))
        edit(changed, "reference.md", "The options are listed here.\n", "")
        found = {one.hunk.path: one for one in reviewed(changed).hunks}
        assert found["guide.md"].judgement is Judgement.LOOK
        assert len(found["reference.md"].hunk.after) == 0
        assert found["reference.md"].judgement is Judgement.LOOK

    def test_the_settings_are_those_of_the_base(self, changed: Builder) -> None:
        changed.write(".docbot.toml", 'skip = ["doubled-word"]\n')
        edit(changed, "guide.md", "Run the setup.", "Run the the setup.")
        assert only(changed).judgement is Judgement.DONT

    def test_no_such_base(self, changed: Builder) -> None:
        with pytest.raises(UsageError, match=r"there is no commit 'nowhere' here: fetch it"):
            reviewed(changed, "nowhere")

    def test_nothing_of_the_clone_changes(self, changed: Builder, tmp_path: Path) -> None:
        edit(changed, "guide.md", "the the folder", "the folder")
        before = changed.git("status", "--short"), changed.git("worktree", "list")
        reviewed(changed)
        assert (changed.git("status", "--short"), changed.git("worktree", "list")) == before


def test_every_hunk_says_why(changed: Builder) -> None:
    edit(changed, "guide.md", "Run the setup.", "Run the set up, friends!")
    changed.write("pic.md", "![x](x.png)")
    for one in reviewed(changed).hunks:
        assert one.said
        assert all(re.search(r"\w", reason) for reason in one.said)
