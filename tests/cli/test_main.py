"""The funnel: every way a command can end, its exit code and what it says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from docbot import __version__, app
from docbot.errors import StoppedError
from tests.cli.conftest import COMMAND, Docbot, process, without_reader
from tests.helpers.git import Builder


def test_version_and_help(docbot: Docbot) -> None:
    assert docbot("--version").out.decode().strip().endswith(__version__)
    for arguments in (["--help"], ["-h"], ["scan", "--help"], ["draft", "-h"]):
        shown = docbot(*arguments)
        assert (shown.code, shown.err) == (0, "")
        assert shown.out.startswith(b"Usage: docbot")


@pytest.mark.parametrize(
    "arguments",
    [["scna"], ["scan", "--format", "pdf"], ["scan", "--jobs", "-1"], ["scan", "--nope"], ["scan", "a", "b"],
     ["scan", "--fail-on", "fatal"], ["draft", "--format", "sarif"], ["rules", "a", "b"], ["scan", "--rule"]],
)  # fmt: skip
def test_wrong_usage_is_told_by_the_command_line(docbot: Docbot, arguments: list[str]) -> None:
    ended = docbot(*arguments)
    assert ended.code == 2
    assert ended.out == b""
    assert "Error: " in ended.err
    assert "Traceback" not in ended.err


def test_python_m_docbot_is_the_command(sample: Path) -> None:
    with process("rules") as started:
        out, err = started.communicate(timeout=60)
    assert (started.returncode, err) == (0, b"")
    assert b"doubled-word" in out


class Boom(Exception):
    """Nobody expects it."""


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def scan(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(app, "scan", scan)


def test_a_bug_ends_in_a_report_to_paste(docbot: Docbot, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, Boom(f"in {Path.home()}/docs"))
    ended = docbot("scan", "--skip", "a secret")
    assert ended.code == 3
    assert ended.err.startswith("docbot: this is a bug in docbot, not in your docs. Please report it")
    assert "Boom: in ~/docs" in ended.err
    assert f"docbot {__version__}, Python " in ended.err
    assert "verb: scan\n" in ended.err
    assert str(Path.home()) not in ended.err
    assert "a secret" not in ended.err


def test_ctrl_c_and_a_stopped_run_have_codes_of_their_own(
    docbot: Docbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    ended = docbot("scan")
    assert (ended.code, ended.sentence) == (
        130,
        "docbot: stopped; nothing is lost, run the same command again",
    )
    failing(monkeypatch, StoppedError("it was stopped: try again"))
    ended = docbot("scan")
    assert (ended.code, ended.sentence) == (4, "docbot: it was stopped: try again")


def test_a_message_cannot_steer_the_terminal(docbot: Docbot, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, StoppedError("page \x1b[2J\u202e\n.md: \udcff"))
    assert docbot("scan").sentence == "docbot: page [2J .md: \ufffd"


@pytest.mark.parametrize("arguments", [["rules", "doubled-word"], ["scan"], ["scan", "--format", "jsonl"]])
def test_a_reader_that_leaves_is_no_error(docs: Builder, arguments: list[str]) -> None:
    """As in `docbot … | head -1`, with more to say than a pipe holds."""
    many = "".join(f"Open the the file, page {n}.\n\n" for n in range(1_000 if arguments != ["rules"] else 1))
    if arguments[0] == "scan":
        docs.commit({"a.md": many})
        arguments = [*arguments, str(docs.root)]
    ended = without_reader(process(*arguments), 1)
    assert (ended.code, ended.err) == (0, "")


def test_a_reader_that_leaves_changes_no_verdict(docs: Builder) -> None:
    docs.commit({"a.md": "".join(f"Open the the file, page {n}.\n\n" for n in range(1_000))})
    ended = without_reader(process("scan", "--fail-on", "warning", docs.root), 0)
    assert (ended.code, ended.err) == (1, "")


def test_a_console_without_the_docs_characters_shows_what_it_can(docs: Builder) -> None:
    docs.commit({"漢字.md": "Öffne the the 漢字 😀.\n"})
    for form in ("text", "jsonl"):
        started = process("scan", "--format", form, docs.root, PYTHONIOENCODING="ascii")
        out, err = started.communicate(timeout=60)
        assert (started.returncode, err) == (0, b"")
        assert b"the the" in out


def test_standard_output_that_is_full_has_an_exit_code(sample: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    for form in ("jsonl", "text"):
        with full.open("wb") as out:
            command = [*COMMAND, "scan", "--format", form, str(sample)]
            done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
        said = "docbot: standard output can't be written (No space left on device): name a file with `-o`\n"
        assert (done.returncode, done.stderr.decode()) == (2, said)
