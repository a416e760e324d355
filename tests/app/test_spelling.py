"""`misspelled-word` and `minority-casing` on real repositories, with the real program."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from docbot.app import ScanOptions, scan
from docbot.spelling import program
from docbot.types import Applicability, Finding, Report
from tests.helpers.git import Builder

RULES = ("misspelled-word", "minority-casing")
RIGHT = "\n\n".join(f"A separate file of {a}{b} is on GitHub." for a in "abcde" for b in "abcde")
PAGES = {"right.md": RIGHT, "wrong.md": "Keep the seperate file on Github.\n"}


def report(root: Path, *, cache: bool = False) -> Report:
    return scan(root, ScanOptions(only=RULES, cache=cache, jobs=1)).report


def found(root: Path) -> list[Finding]:
    return list(report(root).findings)


def test_the_repository_is_its_own_proof(docs: Builder) -> None:
    docs.commit(PAGES)
    spelling, casing = sorted(found(docs.root), key=lambda finding: finding.span)
    assert (spelling.excerpt, casing.excerpt) == ("seperate", "Github")
    assert spelling.evidence[1].detail == "“separate” is in 25 sentences here, “seperate” in 1"
    assert casing.evidence[0].detail.startswith("“GitHub” is in 25 sentences here, “Github” in 1")
    assert spelling.fix is not None
    assert spelling.fix.edits[0].replacement == "separate"
    assert spelling.fix.applicability is Applicability.SAFE


def test_settings_for_the_program_in_the_repository_are_not_obeyed(docs: Builder) -> None:
    hostile = (
        '[default]\ncheck-file = false\n[files]\nextend-exclude = ["*"]\n'
        '[default.extend-words]\nseparate = "x"\n'
    )
    docs.commit(
        {**PAGES, "_typos.toml": hostile, "pyproject.toml": "[tool.typos.default]\ncheck-file = false\n"}
    )
    assert [finding.excerpt for finding in found(docs.root)] == ["seperate", "Github"]


def test_a_program_in_the_repository_is_not_run(docs: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    docs.commit({**PAGES, "typos": f"#!{sys.executable}\nopen('ran', 'w')\n", "typos.exe": "MZ"})
    for name in ("typos", "typos.exe"):
        (docs.root / name).chmod(stat.S_IRWXU)
    monkeypatch.chdir(docs.root)
    monkeypatch.setenv("PATH", f"{docs.root}{os.pathsep}{os.environ['PATH']}")
    assert [finding.excerpt for finding in found(docs.root)] == ["seperate", "Github"]
    assert not (docs.root / "ran").exists()


def test_words_of_the_repositorys_own_list_are_words(docs: Builder) -> None:
    docs.commit({**PAGES, ".cspell.json": '{"words": ["seperate"]}'})
    assert [finding.excerpt for finding in found(docs.root)] == ["Github"]


def test_a_list_that_changes_is_read_again(docs: Builder) -> None:
    docs.commit({**PAGES, ".spelling": "other\n"})
    assert len(report(docs.root, cache=True).findings) == 2
    docs.write(".spelling", "seperate\n")
    assert [finding.excerpt for finding in report(docs.root, cache=True).findings] == ["Github"]


def test_without_the_program_there_is_one_notice_and_the_rest_is_looked_at(
    docs: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs.commit(PAGES)
    before = report(docs.root, cache=True)
    monkeypatch.setattr(program, "_places", lambda: iter((docs.root / "missing",)))
    after = report(docs.root, cache=True)
    assert (len(before.findings), len(after.findings)) == (2, 1)
    (notice,) = after.notices
    assert notice.text.startswith("spelling wasn't looked at: the program typos isn't installed: run `python")


def test_other_languages_are_left(docs: Builder) -> None:
    spanish = (
        "Es posible que la dependencia no esté en el archivo de los programas.\n\nUna aplicacion comercial.\n"
    )
    docs.commit(
        {"es.md": spanish, "keywords.md": "The words that it looks for:\n\n- validade\n- numer dowodu\n"}
    )
    assert found(docs.root) == []


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("<!-- vale off -->", []),
        ("<!-- markdownlint-disable MD044 -->", ["seperate"]),
        ("<!-- markdownlint-disable MD013 -->", ["seperate", "Github"]),
        ("<!-- cspell:ignore seperate -->", ["Github"]),
    ],
)
def test_what_other_tools_are_told_to_pass_over(comment: str, left: list[str], docs: Builder) -> None:
    docs.commit({**PAGES, "wrong.md": f"{comment}\n\n{PAGES['wrong.md']}"})
    assert [finding.excerpt for finding in found(docs.root)] == left
