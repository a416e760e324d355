"""A second scan recalls what the first found, and only while everything is as it was."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docbot import recall
from docbot.app import ScanOptions, scan
from docbot.gather import Survey
from docbot.heard import Heard
from docbot.readers.values import Issue
from docbot.types import Report
from tests.helpers.git import Builder

LATER = 1_800_000_000
"""Seconds since 1970, after every commit here."""
PUBLISHED = {
    ".openpublishing.publish.config.json": '{"docsets_to_publish": [{"build_source_folder": "docs"}]}',
    "docs/a.md": "# A\n\nSee [b](B.md), [gone](gone.md) and [part](b.md#part).\n",
    "docs/b.md": "# B\n\n## Part\n\nText.\n",
}


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    docs = Builder.init(tmp_path / "docs")
    docs.commit(PUBLISHED)
    return docs


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one each time facts are gathered."""
    times: list[str] = []
    original: Callable[[Survey], object] = Survey._gathered.func  # type: ignore[attr-defined]

    def counted(looked: Survey) -> object:
        times.append("once")
        return original(looked)

    monkeypatch.setattr(Survey, "_gathered", property(counted))
    return times


def said(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.excerpt) for finding in report.findings]


def report(docs: Builder) -> Report:
    return scan(docs.root, ScanOptions()).report


def test_nothing_is_gathered_again_and_the_same_is_said(docs: Builder, gathered: list[str]) -> None:
    first = report(docs)
    assert said(first) == [("wrong-case-link", "B.md"), ("file-not-found", "gone.md")]
    assert gathered
    gathered.clear()
    again = report(docs)
    assert gathered == []
    assert (again.findings, again.notices, again.words) == (first.findings, first.notices, first.words)


def test_a_redirection_that_came_is_seen(docs: Builder) -> None:
    report(docs)
    entry = {"source_path": "docs/gone.md", "redirect_url": "/somewhere/else"}
    docs.write(".openpublishing.redirection.json", json.dumps({"redirections": [entry]}))
    assert ("redirected-link", "gone.md") in said(report(docs))
    entry["redirect_url"] = "/somewhere/new"
    docs.write(".openpublishing.redirection.json", json.dumps({"redirections": [entry]}))
    [found] = [f for f in report(docs).findings if f.rule == "redirected-link"]
    assert found.fix is not None
    assert found.fix.edits[0].replacement == "/somewhere/new"


def test_a_changed_page_a_new_file_and_a_new_commit_are_seen(docs: Builder) -> None:
    report(docs)
    docs.write("docs/b.md", "# B\n\n## Another part\n")
    assert ("bookmark-not-found", "b.md#part") in said(report(docs))
    docs.write("docs/gone.md", "# Here again\n")
    assert ("file-not-found", "gone.md") not in said(report(docs))
    docs.commit({"docs/b.md": "# B\n\n## The part\n"})
    [found] = [f for f in report(docs).findings if f.rule == "bookmark-not-found"]
    assert found.fix is not None
    assert found.fix.edits[0].replacement == "b.md#the-part"


def test_other_rules_are_other_findings(docs: Builder) -> None:
    report(docs)
    only = scan(docs.root, ScanOptions(only=("wrong-case-link",))).report
    assert said(only) == [("wrong-case-link", "B.md")]
    assert len(said(report(docs))) == 2


def test_a_part_of_the_repository_is_recalled_from_the_whole(docs: Builder, gathered: list[str]) -> None:
    docs.commit({"more/c.md": "See [x](C.md).\n"})
    report(docs)
    gathered.clear()
    part = scan(docs.root / "more", ScanOptions()).report
    assert {finding.path for finding in part.findings} <= {"more/c.md"}
    assert gathered == []


def test_a_name_that_is_no_unicode_costs_the_memory_and_nothing_else(docs: Builder) -> None:
    name = os.fsencode(docs.root) + b"/docs/caf\xe9.md"
    try:
        with open(name, "wb") as file:  # noqa: PTH123
            file.write(b"# X\n\nSee [b](B.md).\n")
    except OSError:
        pytest.skip("this file system takes Unicode names alone: such a name was NOT tested")
    docs.commit()
    assert len(said(report(docs))) == len(said(report(docs))) == 3
    Path(os.fsdecode(name)).unlink()
    docs.commit()
    assert len(said(report(docs))) == 2


def test_other_issues_are_other_findings(docs: Builder, gathered: list[str]) -> None:
    def heard(*bodies: str) -> Report:
        of = enumerate(bodies, 1)
        issues = [Issue("a/b", number, "Docs", body, "reader", LATER, LATER) for number, body in of]
        options = ScanOptions(only=("reader-report",), issues=lambda worktree, cache: Heard(tuple(issues)))
        return scan(docs.root, options).report

    asked = "docs/b.md#part doesn't say what the part is for."
    assert said(heard(asked)) == [("reader-report", "## Part")]
    gathered.clear()
    assert said(heard(asked)) == [("reader-report", "## Part")]
    assert gathered == []
    assert said(heard()) == []
    assert said(heard(asked.replace("#part", ""))) == []


def test_another_grammar_checker_is_asked_anew(
    docs: Builder, gathered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report(docs)
    gathered.clear()
    monkeypatch.setattr(recall, "identity", lambda: "another version")
    report(docs)
    assert gathered
