"""Reviews of pull requests that nobody would open in good faith, each from a real repository."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Ran
from tests.helpers.git import Builder

GUIDE = """# Guide

You must restart the server after 30 seconds.

## Install

Run the setup. See [the reference](reference.md#options) for more.
"""
REFERENCE = "# Reference\n\n## Options\n\nThe options are listed here.\n"
TWICE = GUIDE.replace("the server", "the the server")
ODD = (b"new\nline.md", b'qu"ote.md', b"ta\tb.md", b"caf\xe9.md", b"-dash.md", b"back\\slash.md", b"a b'.md")
COMMAND = re.compile(r"^\s*(?:##\[|::)", re.MULTILINE)

Json = dict[str, Any]


class Case:
    """Docs whose branch `theirs` becomes pull request 7, and the review of it."""

    def __init__(self, tmp_path: Path, docbot: Callable[..., Ran]) -> None:
        self.docs = Builder.init(tmp_path / "docs")
        self.docs.commit({"guide.md": GUIDE, "reference.md": REFERENCE})
        self.docs.git("checkout", "-q", "-b", "theirs")
        self._clone = tmp_path / "clone"
        self._docbot = docbot

    def base(self, files: Mapping[str, str | bytes] | None = None) -> None:
        """What is written now is the base's as well."""
        self.docs.commit(files)
        self.docs.git("branch", "-f", "main", "HEAD")

    def review(self, *options: str) -> Ran:
        """Commit what was written and review it; the run ends well, whatever it says."""
        self.docs.commit()
        self.docs.git("update-ref", "refs/pull/7/head", "HEAD")
        self.docs.git("checkout", "-q", "main")
        self.docs.clone(self._clone)
        ran = self._docbot("review", "7", str(self._clone), *options)
        assert ran.code == 0, ran.err
        assert Builder(self._clone).git("status", "--porcelain") == ""
        return ran

    def told(self) -> tuple[list[Json], list[str]]:
        """The hunks, and the notices."""
        ran = self.review("--also", f"jsonl={self._clone}.jsonl")
        found = [json.loads(line) for line in Path(f"{self._clone}.jsonl").read_text("utf-8").splitlines()]
        notes = [line.removeprefix("note: ") for line in ran.out.splitlines() if line.startswith("note: ")]
        return [one for one in found if one["kind"] == "hunk"], notes

    def one(self) -> Json:
        """The only hunk."""
        (hunk,) = self.told()[0]
        return hunk

    def write_odd(self, text: str) -> None:
        for name in ODD:
            (self.docs.root / os.fsdecode(name)).write_text(text)


@pytest.fixture
def case(tmp_path: Path, docbot: Callable[..., Ran]) -> Case:
    return Case(tmp_path, docbot)


class TestCommands:
    @pytest.mark.parametrize("runner", [True, False])
    def test_docs_text_commands_no_runner(
        self, case: Case, monkeypatch: pytest.MonkeyPatch, *, runner: bool
    ) -> None:
        if runner:
            monkeypatch.setenv("GITHUB_ACTIONS", "true")
        said = "::stop-commands::x\n\n##[error]x\n\n::add-mask::the\n\n::set-output name=a::b\n"
        case.docs.write("guide.md", f"{GUIDE}\n## ::warning::heading\n\n{said}\nSee [x](::error::gone.md).\n")
        case.docs.write("::error file=a::b.md", "# ::notice::new\n\nIt is the the page.\n")
        case.docs.git("mv", "reference.md", "::debug::x.md")
        ran = case.review()
        assert "::debug::x.md" in ran.out
        if runner:
            assert not COMMAND.search(ran.out + ran.err)


class TestSize:
    def test_three_hundred_files(self, case: Case) -> None:
        for number in range(310):
            case.docs.write(f"p/{number}.md", f"# P {number}\n\nIt is the the text {number}.\n")
        hunks, _ = case.told()
        assert len(hunks) == 310
        assert {hunk["judgement"] for hunk in hunks} == {"don't"}

    def test_a_page_of_20_megabytes(self, case: Case) -> None:
        case.docs.write("guide.md", GUIDE + "A line of the page.\n" * 1_000_000)
        hunk = case.one()
        assert (hunk["judgement"], hunk["change"]) == ("look here", "unread")
        assert hunk["reasons"][0].startswith("docbot can't read this page: guide.md has more than 5,000,000")

    @pytest.mark.parametrize("text", ["\n" + "word " * 400_000 + "\n", "more " * 1_000 + "\n"])
    def test_so_much_that_no_gate_compares_it(self, case: Case, text: str) -> None:
        case.docs.write("guide.md", GUIDE + text)
        hunk = case.one()
        assert hunk["judgement"] == "look here"
        assert "length: so much is new that the gates can't compare it" in hunk["reasons"]

    def test_nothing_at_all(self, case: Case) -> None:
        hunks, notes = case.told()
        assert hunks == []
        assert notes == ["nothing changed in this branch or pull request since it parted from its base"]


class TestRenames:
    def test_renames_alone(self, case: Case) -> None:
        case.docs.git("mv", "guide.md", "handbook.md")
        case.docs.git("mv", "reference.md", "Reference.md")
        hunks, _ = case.told()
        assert [(h["old_path"], h["path"], h["change"]) for h in hunks] == [
            ("reference.md", "Reference.md", "renamed"),
            ("guide.md", "handbook.md", "renamed"),
        ]

    def test_a_page_that_is_taken_away_and_comes_back_elsewhere(self, case: Case) -> None:
        long = "# Long\n\n" + "".join(f"This is sentence {n} of the page.\n\n" for n in range(40))
        case.base({"long.md": long})
        (case.docs.root / "long.md").unlink()
        case.docs.write("sub/other.md", long.replace("This is sentence 7 ", "That is sentence 7 "))
        hunks, _ = case.told()
        assert [(h["change"], h["old_path"], h["path"]) for h in hunks] == [
            ("renamed", "long.md", "sub/other.md"),
            ("edited", "long.md", "sub/other.md"),
        ]

    def test_names_with_every_odd_character(self, case: Case) -> None:
        case.write_odd("# T\n\nWait here.\n")
        case.base()
        case.write_odd("# T\n\nYou must wait here.\n")
        hunks, notes = case.told()
        assert len(hunks) == len(ODD)
        assert {hunk["judgement"] for hunk in hunks} == {"look here"}
        assert not any("can't" in note for note in notes)


class TestDeletions:
    def test_lines(self, case: Case) -> None:
        case.docs.write("guide.md", GUIDE.replace("You must restart the server after 30 seconds.\n\n", ""))
        hunk = case.one()
        assert (hunk["judgement"], hunk["new"]) == ("look here", None)
        assert any("You must restart the server" in reason for reason in hunk["reasons"])

    def test_a_page_with_findings_is_not_mended_by_that(self, case: Case) -> None:
        case.base({"old.md": TWICE + "\nWorks with Internet Explorer 11.\n"})
        (case.docs.root / "old.md").unlink()
        hunk = case.one()
        assert (hunk["change"], hunk["judgement"], hunk["fixes"]) == ("removed", "look here", [])
        assert hunk["reasons"] == ["the page was removed, and nothing here that docbot knows links to it"]

    def test_every_page(self, case: Case) -> None:
        (case.docs.root / "guide.md").unlink()
        (case.docs.root / "reference.md").unlink()
        hunks, _ = case.told()
        assert {(hunk["change"], hunk["judgement"]) for hunk in hunks} == {("removed", "look here")}


class TestBytes:
    @pytest.mark.parametrize("now", ["CRLF", "LF"])
    def test_all_line_ends(self, case: Case, now: str) -> None:
        crlf = GUIDE.replace("\n", "\r\n")
        if now == "LF":
            case.base({"guide.md": crlf})
        case.docs.write("guide.md", GUIDE if now == "LF" else crlf)
        hunk = case.one()
        was = "LF" if now == "CRLF" else "CRLF"
        assert hunk["judgement"] == "look here"
        assert hunk["reasons"] == [
            f"not a word changed: 7 lines end in {now} now, and in {was} before: ask for the line ends back"
        ]

    def test_line_ends_that_hide_an_edit(self, case: Case) -> None:
        case.docs.write("guide.md", GUIDE.replace("must", "should").replace("\n", "\r\n"))
        hunk = case.one()
        said = "the line ends of 7 lines changed, which hides that 1 line has other words"
        assert (hunk["judgement"], hunk["reasons"][0]) == ("look here", said)
        assert "same-modals: “must” became “should”" in hunk["reasons"]

    @pytest.mark.parametrize("now", ["begins with a byte order mark now", "lost its byte order mark"])
    def test_a_byte_order_mark(self, case: Case, now: str) -> None:
        if now.startswith("lost"):
            case.base({"guide.md": "\ufeff" + GUIDE})
        case.docs.write("guide.md", GUIDE if now.startswith("lost") else "\ufeff" + GUIDE)
        hunk = case.one()
        assert (hunk["judgement"], hunk["reasons"]) == ("look here", [f"not a word changed: the page {now}"])

    def test_the_last_line_end(self, case: Case) -> None:
        case.docs.write("guide.md", GUIDE.removesuffix("\n"))
        hunk = case.one()
        assert hunk["judgement"] == "proven"
        assert hunk["reasons"] == ["not a word changed: the page ends in fewer line ends"]

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"\0PNG\0" * 50, "guide.md holds NUL bytes and is no text"),
            (GUIDE.encode().replace(b"must", b"m\xffst"), "guide.md is not UTF-8 (byte "),
        ],
    )
    def test_what_is_no_text(self, case: Case, data: bytes, why: str) -> None:
        case.docs.write("guide.md", data)
        hunk = case.one()
        assert (hunk["judgement"], hunk["change"]) == ("look here", "unread")
        assert hunk["reasons"][0].startswith(f"docbot can't read this page: {why}")

    def test_what_was_no_text(self, case: Case) -> None:
        case.base({"guide.md": GUIDE.encode().replace(b"must", b"m\xffst")})
        case.docs.write("guide.md", GUIDE)
        hunk = case.one()
        assert (hunk["judgement"], hunk["change"]) == ("look here", "unread")
        assert hunk["reasons"][0].startswith("docbot couldn't read this page before: guide.md is not UTF-8")


class TestOtherThanPages:
    @pytest.mark.parametrize("to", ["reference.md", "/etc/passwd", "nowhere.md"])
    def test_a_page_becomes_a_link(self, case: Case, to: str) -> None:
        (case.docs.root / "guide.md").unlink()
        (case.docs.root / "guide.md").symlink_to(to)
        hunk = case.one()
        assert (hunk["judgement"], hunk["change"]) == ("look here", "unread")
        assert "it is a symbolic link" in hunk["reasons"][0]

    def test_a_link_becomes_a_page(self, case: Case) -> None:
        (case.docs.root / "link.md").symlink_to("guide.md")
        case.base()
        (case.docs.root / "link.md").unlink()
        case.docs.write("link.md", "# Link\n\nIt is the the page.\n")
        hunk = case.one()
        assert (hunk["judgement"], hunk["change"]) == ("don't", "added")

    def test_a_page_becomes_a_folder(self, case: Case) -> None:
        (case.docs.root / "guide.md").unlink()
        case.docs.write("guide.md/inner.md", "# Inner\n\nText.\n")
        hunks, _ = case.told()
        assert {(h["path"], h["change"]) for h in hunks} == {
            ("guide.md", "removed"),
            ("guide.md/inner.md", "added"),
        }

    @pytest.mark.parametrize("path", ["vendored", "vendored.md"])
    def test_a_submodule(self, case: Case, path: str) -> None:
        case.docs.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{path}")
        case.docs.git("commit", "-q", "-m", "a submodule")
        case.docs.git("branch", "-f", "main", "HEAD")
        case.docs.git("update-index", "--cacheinfo", f"160000,{'2' * 40},{path}")
        case.docs.git("commit", "-q", "-m", "another commit of it")
        (case.docs.root / path).mkdir()
        hunks, notes = case.told()
        assert hunks == []
        assert f"docbot reviews pages alone, and says nothing of {path} (a submodule)" in notes

    def test_files_that_are_no_pages(self, case: Case) -> None:
        case.docs.write("a.png", b"\0\1")
        case.docs.write("toc.yml", "- name: x\n")
        (case.docs.root / "guide.md").chmod(0o755)
        hunks, notes = case.told()
        assert hunks == []
        assert notes == [
            "not a byte changed, only who may run the file: guide.md",
            "docbot reviews pages alone, and says nothing of a.png, toc.yml",
        ]


class TestSettings:
    @pytest.mark.parametrize(
        ("path", "settings"),
        [
            (".docbot.toml", 'skip = ["doubled-word"]\nexclude = ["**"]\n'),
            (".docbot.toml", "nonsense = [\n"),
            ("pyproject.toml", '[tool.docbot]\nrules = ["missing-alt-text"]\n'),
        ],
    )
    def test_those_of_the_change_do_not_matter(self, case: Case, path: str, settings: str) -> None:
        case.docs.write(path, settings)
        case.docs.write("guide.md", TWICE)
        hunk = case.one()
        assert (hunk["judgement"], hunk["reasons"]) == ("don't", ["new: doubled-word: “the” stands twice"])

    @pytest.mark.parametrize("said", ["text eol=crlf", "binary", "ident", "-diff", "export-ignore"])
    def test_attributes_of_the_change_hide_nothing(self, case: Case, said: str) -> None:
        case.docs.write("guide.md", TWICE)
        case.docs.commit()
        case.docs.commit({".gitattributes": f"*.md {said}\n"})
        hunk = case.one()
        assert (hunk["judgement"], hunk["reasons"]) == ("don't", ["new: doubled-word: “the” stands twice"])

    def test_an_encoding_that_the_change_asks_for(self, case: Case) -> None:
        case.docs.write("guide.md", TWICE)
        case.docs.commit()
        blob = case.docs.git("hash-object", "-w", "--stdin", data=b"*.md working-tree-encoding=UTF-16\n")
        case.docs.git("update-index", "--add", "--cacheinfo", f"100644,{blob},.gitattributes")
        case.docs.git("commit", "-q", "-m", "attributes")
        for name in ("guide.md", "reference.md"):
            (case.docs.root / name).unlink()
        case.docs.git("checkout", "-q", "-f", "HEAD", "--", ".")
        hunk = case.one()
        assert (hunk["path"], hunk["judgement"], hunk["change"]) == ("guide.md", "look here", "unread")

    def test_a_page_that_calls_itself_generated_hides_nothing(self, case: Case) -> None:
        case.docs.write("guide.md", "---\nms.custom: generated\n---\n\n" + TWICE)
        hunk = case.one()
        assert hunk["judgement"] == "don't"
        assert hunk["reasons"][0].startswith("this page isn't edited here: it is generated")


class TestSilence:
    SAID = "silences doubled-word: “the” stands twice"

    @pytest.mark.parametrize(
        "comment",
        [
            "<!-- docbot: ignore doubled-word mine -->\n",
            "<!-- docbot: ignore * mine -->\n",
            "<!-- vale off -->\n\n",
        ],
    )
    def test_a_comment_in_its_own_lines(self, case: Case, comment: str) -> None:
        case.docs.write("guide.md", TWICE.replace("You must", f"{comment}You must"))
        hunk = case.one()
        assert (hunk["judgement"], hunk["reasons"][0]) == ("look here", self.SAID)

    @pytest.mark.parametrize("where", ["the top", "the end"])
    def test_a_comment_for_the_whole_page(self, case: Case, where: str) -> None:
        comment = "<!-- docbot: ignore-file doubled-word mine -->\n"
        text = f"{comment}\n{TWICE}" if where == "the top" else f"{TWICE}\n{comment}"
        case.docs.write("guide.md", text)
        hunks, _ = case.told()
        assert {hunk["judgement"] for hunk in hunks} == {"look here"}
        (one,) = (hunk for hunk in hunks if self.SAID in hunk["reasons"])
        assert one["new"]["line"] == (5 if where == "the top" else 3)

    def test_what_the_base_has_is_not_mended_by_silence(self, case: Case) -> None:
        case.base({"guide.md": TWICE})
        hidden = "<!-- docbot: ignore doubled-word mine -->\nYou must now restart the the server"
        case.docs.write("guide.md", TWICE.replace("You must restart the the server", hidden))
        hunk = case.one()
        assert hunk["fixes"] == []
        assert (hunk["judgement"], hunk["reasons"][0]) == ("look here", self.SAID)

    def test_a_broken_link_that_is_silenced(self, case: Case) -> None:
        case.docs.write("reference.md", REFERENCE.replace("## Options", "## Switches"))
        case.docs.write("guide.md", f"<!-- docbot: ignore-file bookmark-not-found mine -->\n\n{GUIDE}")
        hunks, _ = case.told()
        (one,) = (hunk for hunk in hunks if hunk["path"] == "guide.md")
        assert one["reasons"][0] == "silences bookmark-not-found: There is no #options on reference.md"

    def test_silence_that_reaches_further(self, case: Case) -> None:
        quiet = GUIDE.replace("You must", "<!-- vale off -->\n\nText.\n\n<!-- vale on -->\n\nYou must")
        case.base({"guide.md": quiet})
        case.docs.write(
            "guide.md", quiet.replace("<!-- vale on -->\n\n", "").replace("the server", "the the server")
        )
        hunks, _ = case.told()
        assert self.SAID in [reason for hunk in hunks for reason in hunk["reasons"]]

    def test_what_the_docs_silence_themselves_stays_silent(self, case: Case) -> None:
        quiet = GUIDE.replace("You must", "<!-- docbot: ignore doubled-word ours -->\nYou must")
        case.base({"guide.md": quiet})
        text = quiet.replace("the server", "the the server").replace("# Guide\n", "# Guide\n\nMore text.\n")
        case.docs.write("guide.md", text)
        hunks, _ = case.told()
        assert not any("silences" in reason for hunk in hunks for reason in hunk["reasons"])


class TestHistory:
    def test_a_merge_as_head(self, case: Case) -> None:
        case.docs.commit({"side.md": "# Side\n\nText.\n"})
        case.docs.git("checkout", "-q", "main")
        case.docs.commit({"theirs.md": "# Theirs\n\nMore text.\n"})
        case.docs.git("checkout", "-q", "theirs")
        case.docs.merge("main")
        assert case.one()["path"] == "side.md"

    def test_a_base_that_was_rewritten(self, case: Case) -> None:
        root = case.docs.head()
        case.docs.git("checkout", "-q", "main")
        case.docs.commit({"old.md": "# Old\n\nText.\n"})
        case.docs.git("checkout", "-q", "-B", "theirs")
        case.docs.write("guide.md", TWICE)
        case.docs.commit()
        case.docs.git("checkout", "-q", "main")
        case.docs.git("reset", "-q", "--hard", root)
        case.docs.commit({"new.md": "# New\n\nOther text.\n"})
        case.docs.git("checkout", "-q", "theirs")
        hunks, _ = case.told()
        assert {(hunk["path"], hunk["judgement"]) for hunk in hunks} == {
            ("guide.md", "don't"),
            ("old.md", "look here"),
        }

    def test_nothing_in_common_with_the_base(
        self, case: Case, docbot: Callable[..., Ran], tmp_path: Path
    ) -> None:
        case.docs.git("checkout", "-q", "--orphan", "alone")
        case.docs.commit({"guide.md": TWICE})
        case.docs.git("update-ref", "refs/pull/7/head", "HEAD")
        case.docs.git("checkout", "-q", "main")
        case.docs.clone(tmp_path / "other")
        ran = docbot("review", "7", str(tmp_path / "other"))
        assert ran.code == 2
        assert ran.sentence.endswith("have no commit in common here: name another base with --base")
