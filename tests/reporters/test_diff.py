from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docbot.reporters.diff import changes, drafts, unified
from docbot.text import Edit, Span
from docbot.types import FileChange, Fix
from tests.gates.replies import PAGE_AROUND, rewritten
from tests.reporters.samples import HOSTILE, OTHER, PAGE, TEXTS, asking, draft, first, others

WINDOWS = sys.platform == "win32"
LONG = "".join(f"line {number}\n" for number in range(40))


def git_apply(folder: Path, patch: str) -> None:
    """Apply `patch` in `folder` as a person would."""
    (folder / "made.diff").write_bytes(patch.encode("utf-8", "surrogateescape"))
    command = ("git", "apply", "--whitespace=nowarn", "made.diff")
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + patch


def applied(folder: Path, path: str, before: str, patch: str) -> str:
    """What git makes of the file `path` with text `before`; the folder is a repository."""
    subprocess.run(("git", "init", "--quiet", folder), check=True)
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before.encode("utf-8", "surrogateescape"))
    git_apply(folder, patch)
    return file.read_bytes().decode("utf-8", "surrogateescape")


PAIRS = {
    "one line": ("a\n", "b\n"),
    "middle": (LONG, LONG.replace("line 20\n", "line twenty\n")),
    "two hunks": (LONG, LONG.replace("line 3\n", "").replace("line 30\n", "x\ny\nz\n")),
    "hunks that meet": (LONG, LONG.replace("line 10\n", "x\n").replace("line 16\n", "y\n")),
    "hunks that just don't": (LONG, LONG.replace("line 10\n", "x\n").replace("line 18\n", "y\n")),
    "top": (LONG, "new\n" + LONG),
    "bottom": (LONG, LONG + "new\n"),
    "crlf": ("a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"),
    "crlf to lf": ("a\r\nb\r\n", "a\r\nb\n"),
    "no final newline": ("a\nb", "a\nc"),
    "final newline comes": ("a\nb", "a\nb\n"),
    "final newline goes": ("a\nb\n", "a\nb"),
    "no final newline kept": (LONG + "end", LONG.replace("line 38\n", "x\n") + "end"),
    "emptied": ("a\nb\n", ""),
    "filled": ("", "a\nb"),
    "other line ends": ("a\vb\x85c\u2028d\re\nf\n", "a\vb\x85c\u2028D\re\nf\n"),
    "byte order mark": ("\ufeffa\nb\n", "\ufeffa\nc\n"),
    "looks like a diff": ("--- a/x\n+++ b/x\n@@ -1 +1 @@\n", "--- a/x\n+++ b/y\n@@ -1 +1 @@\n"),
    "trailing blanks": ("a  \n\t\n\n\n", "a  \n\t\n\nb \n"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_git_applies_every_kind_of_change(name: str, tmp_path: Path) -> None:
    before, after = PAIRS[name]
    assert applied(tmp_path, "docs/a.md", before, unified("docs/a.md", before, after)) == after


PATHS = ["a b.md", "docs/é/日本 語.md", "a b/c b/d.md", "ends in space /x.md", "b/a/b.md", "x\u202ey.md"]
ODD_PATHS = ['quo"te.md', "back\\slash.md", "tab\tand\nline.md", "esc\x1b.md", "arrow -> b.md"]


@pytest.mark.parametrize("path", PATHS + ([] if WINDOWS else ODD_PATHS))
def test_git_finds_every_file(path: str, tmp_path: Path) -> None:
    patch = unified(path, "a\nb", "a\nc")
    assert applied(tmp_path, path, "a\nb", patch) == "a\nc"
    assert "\x1b" not in patch and "\u202e" not in patch


def test_a_diff_reads_as_git_writes_it(tmp_path: Path) -> None:
    for name, (before, after) in PAIRS.items():
        folder = tmp_path / name.replace(" ", "-").replace("'", "")
        (folder / "sub dir").mkdir(parents=True)
        file = folder / "sub dir" / "a.md"
        git = ("git", "-c", "core.quotePath=false")
        subprocess.run((*git, "init", "--quiet"), cwd=folder, check=True)
        file.write_bytes(before.encode())
        subprocess.run((*git, "add", "--all"), cwd=folder, check=True)
        file.write_bytes(after.encode())
        command = (*git, "diff", "--no-color", "--no-ext-diff")
        shown = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout.decode()
        assert headless(unified("sub dir/a.md", before, after)) == headless(shown), name


def headless(patch: str) -> list[str]:
    """The lines of `patch` without blob ids and what git says behind `@@`."""
    lines = [line for line in patch.split("\n") if not line.startswith("index ")]
    return [" @@".join(line.split(" @@")[:1]) if line.startswith("@@ ") else line for line in lines]


def test_equal_texts_have_no_diff() -> None:
    assert unified("a.md", "a", "a") == ""


@settings(max_examples=60)
@given(data=st.data())
def test_any_change_can_be_applied(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    line = st.sampled_from(["", "a", "b", "\r", "x\r", "\\", "-- a", "# c", "é\v"])
    text = st.lists(line, max_size=25).map("\n".join)
    before, after = data.draw(text), data.draw(text)
    if before == after:
        return
    folder = tmp_path_factory.mktemp("any")
    assert applied(folder, "a.md", before, unified("a.md", before, after)) == after


def test_a_large_page_of_equal_lines_takes_no_time() -> None:
    before = "x\n" * 50_000
    started = time.process_time()
    assert unified("a.md", f"a\n{before}b\n", f"c\n{before}d\n")
    assert time.process_time() - started < 40


def test_changes_of_a_proposal_are_byte_for_byte(tmp_path: Path) -> None:
    before, after = b"\xef\xbb\xbfa\r\nb\xff", b"\xef\xbb\xbfA\r\nb\xff"
    patch = "".join(changes([FileChange("a.md", "", before, after)]))
    text = before.decode("utf-8", "surrogateescape")
    assert applied(tmp_path, "a.md", text, patch).encode("utf-8", "surrogateescape") == after


def test_a_draft_comes_with_everything_it_rests_on() -> None:
    said = "".join(drafts([draft(first())], TEXTS))
    assert said == (
        "# docs/install guide é.md:3:13 link-to-removed-page\n"
        "# The page behind this link was renamed\n"
        "# evidence: rename, 9ab12cd: renamed to new.md on 2024-03-01\n"
        "# confidence: 0.97\n"
        "# fix: Link to new.md (safe, by rule)\n"
        "# passed evidence: has proof\n"
        "# passed parse: same blocks\n"
        "#\n"
        "diff --git a/docs/install guide é.md b/docs/install guide é.md\n"
        "--- a/docs/install guide é.md\t\n"
        "+++ b/docs/install guide é.md\t\n"
        "@@ -1,6 +1,6 @@\n"
        " # Install\r\n"
        " \r\n"
        "-See 😀 [old](old.md) now.\r\n"
        "+See 😀 [old](new.md) now.\r\n"
        " \r\n"
        " ## Next\r\n"
        " \r\n"
    )


def test_of_a_generated_draft_the_proof_is_one_line() -> None:
    made = rewritten("Please open the root folder.", "Open the home folder.")
    text = PAGE_AROUND.replace("{}", "Please open the root folder.")
    said = "".join(drafts([made], {made.finding.path: text}))
    assert "# fix: Say it clearly (unsafe, by a-model, a language model, prompt 0123456789abcdef)\n" in said
    assert (
        "# compared before and after: same numbers, links, code, negations, modal verbs, conditions, names, "
        "placeholders; 0 sentences added or dropped (1 became 1); 5 words became 4; "
        "new words to look at: “home”\n"
    ) in said
    assert "# passed blob-unchanged, never-safe, no-long-reply, " in said
    assert said.count("\n# ") < 10


def test_of_a_refused_generated_draft_what_differs_is_said() -> None:
    made = rewritten("You must open the folder, please.", "You should open the folder.")
    text = PAGE_AROUND.replace("{}", "You must open the folder, please.")
    said = "".join(drafts([made], {made.finding.path: text}))
    assert "# refused same-modals: “must” became “should”\n" in said
    assert "compared before and after" not in said
    assert "diff --git" not in said


def test_what_was_refused_is_said_and_never_applied(tmp_path: Path) -> None:
    question = asking()
    refused = draft(question, Fix("Say what", (Edit(question.span, "Run setup."),)), refused="no proof")
    unseen = draft(others()[0], verdicts=())
    patch = "".join(drafts([refused, draft(first()), unseen], TEXTS))
    assert "# not in the diff: refused\n#   - Run it.\n#   + Run setup.\n" in patch
    assert "# refused parse: no proof\n" in patch
    assert "# not in the diff: no gate has looked at it\n" in patch
    assert applied(tmp_path, PAGE, TEXTS[PAGE], patch) == TEXTS[PAGE].replace("old.md", "new.md")


def test_drafts_of_one_page_are_one_diff(tmp_path: Path) -> None:
    meeting = draft(others()[0], Fix("Else", (Edit(others()[0].span, "else.md"),)))
    patch = "".join(drafts([*map(draft, others()), meeting], TEXTS))
    assert patch.count("diff --git") == 1
    assert "# not in the diff: left out, it meets link-to-removed-page" in patch
    assert applied(tmp_path, OTHER, TEXTS[OTHER], patch) == TEXTS[OTHER].replace("old.md", "new.md")


def test_a_page_with_a_byte_order_mark_is_named_by_the_caller(tmp_path: Path) -> None:
    patch = "".join(drafts([draft(first())], TEXTS, boms={PAGE}))
    before = "\ufeff" + TEXTS[PAGE]
    assert applied(tmp_path, PAGE, before, patch) == before.replace("old.md", "new.md")


def test_hostile_text_stays_in_its_comment(tmp_path: Path) -> None:
    bad = f"{HOSTILE}\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
    hostile = msgspec.structs.replace(first(), message=bad, rule=bad)
    made = draft(hostile, Fix(bad, (Edit(hostile.span, "new.md"),)), refused=bad)
    said = "".join(drafts([made], TEXTS))
    assert all(line.startswith("#") for line in said.removesuffix("\n").split("\n"))
    assert said.replace("\n", "").isprintable()
    insertion = draft(first(), Fix("", (Edit(Span(0, 0), "# comment\n"),)))
    patch = "".join(drafts([insertion], TEXTS))
    assert applied(tmp_path, PAGE, TEXTS[PAGE], patch) == "# comment\n" + TEXTS[PAGE]
