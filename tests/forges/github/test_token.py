"""Where the token comes from, and that nobody else's program is asked for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from docbot.errors import UsageError
from docbot.forges.github import token
from docbot.forges.github.place import place_of
from docbot.forges.github.token import NO_TOKEN, source_of, token_of

GITHUB = place_of({})
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for gh is a script")


def cli(folder: Path, body: str) -> dict[str, str]:
    """An environment whose `gh` is a Python script with `body`."""
    folder.mkdir(exist_ok=True)
    program = folder / "gh"
    program.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n", "utf-8")
    program.chmod(0o755)
    return {"PATH": str(folder)}


@pytest.mark.parametrize(
    ("environ", "found", "source"),
    [
        ({"GITHUB_TOKEN": " ghp_one\n", "GH_TOKEN": "ghp_two"}, "ghp_one", "GITHUB_TOKEN"),
        ({"GITHUB_TOKEN": " \t", "GH_TOKEN": "ghp_two"}, "ghp_two", "GH_TOKEN"),
        ({"GH_TOKEN": "\nghp_two"}, "ghp_two", "GH_TOKEN"),
        ({}, None, "`gh auth token`"),
        ({"GITHUB_TOKEN": "", "PATH": ""}, None, "`gh auth token`"),
    ],
)
def test_the_environment_comes_first(environ: dict[str, str], found: str | None, source: str) -> None:
    assert (token_of(GITHUB, environ), source_of(environ)) == (found, source)


@pytest.mark.parametrize(
    "value", ["ghp_ secret", "ghp_\nsecret", "ghp_sécret", "ghp_\x00secret", "“ghp_secret”"]
)
def test_t27_what_is_no_token_is_named_and_not_shown(value: str) -> None:
    with pytest.raises(UsageError, match="GH_TOKEN") as caught:
        token_of(GITHUB, {"GH_TOKEN": value})
    assert "cret" not in str(caught.value)


@POSIX
def test_the_cli_is_asked_for_the_host(tmp_path: Path) -> None:
    environ = cli(tmp_path / "bin", "print('gho_' + '_'.join(sys.argv[1:]).replace('-', ''))")
    assert token_of(GITHUB, environ) == "gho_auth_token_hostname_github.com"
    assert (
        token_of(place_of({"GH_HOST": "git.example.com"}), environ)
        == "gho_auth_token_hostname_git.example.com"
    )


@POSIX
def test_the_cli_can_ask_nothing_and_sees_no_blank_token(tmp_path: Path) -> None:
    body = (
        "assert sys.stdin.read() == '' and os.environ['GH_PROMPT_DISABLED']\n"
        "print('gho_' + str('GH_TOKEN' in os.environ))"
    )
    assert token_of(GITHUB, cli(tmp_path / "bin", body) | {"GH_TOKEN": " "}) == "gho_False"


@POSIX
@pytest.mark.parametrize(
    "body",
    [
        "print('no oauth token found', file=sys.stderr); sys.exit(1)",
        "print('gho_x'); sys.exit(1)",
        "pass",
        "print('two words')",
        "sys.stdout.buffer.write(b'\\xff\\xfe')",
        "time.sleep(60)",
        "raise OSError",
    ],
)
def test_a_cli_without_a_token_is_no_token(
    body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "sleep" in body:
        monkeypatch.setattr(token, "_SECONDS", 1)
    assert token_of(GITHUB, cli(tmp_path / "bin", body)) is None


@POSIX
def test_a_cli_that_cannot_be_run_is_no_token(tmp_path: Path) -> None:
    environ = cli(tmp_path / "bin", "print('gho_x')")
    (tmp_path / "bin" / "gh").write_text("#!/nowhere/python\n", "utf-8")
    assert token_of(GITHUB, environ) is None
    (tmp_path / "bin" / "gh").chmod(0o644)
    assert token_of(GITHUB, environ) is None


@POSIX
def test_no_program_out_of_the_current_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = tmp_path / "docs"
    environ = cli(docs, "open('ran', 'w'); print('gho_evil')")
    monkeypatch.chdir(docs)
    for path in (".", "", str(docs), os.pathsep, f"{os.pathsep}."):
        assert token_of(GITHUB, environ | {"PATH": path}) is None
    cli(docs / "bin", "open('ran', 'w'); print('gho_evil')")
    assert token_of(GITHUB, {"PATH": "bin"}) is None
    good = cli(tmp_path / "bin", "print('gho_good')")["PATH"]
    assert token_of(GITHUB, {"PATH": os.pathsep.join([".", "", str(docs), good])}) == "gho_good"
    assert not (docs / "ran").exists()


def test_without_a_token_both_ways_to_one_are_named() -> None:
    assert "`gh auth login`" in NO_TOKEN and "GITHUB_TOKEN" in NO_TOKEN
