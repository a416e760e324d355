"""A rule whose edits this repository's people saw and left is silent, and says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docbot.app import ScanOptions, scan
from docbot.app.measure import write_measured
from docbot.cli.main import run
from docbot.measured import ENOUGH, SEEN, Measured
from docbot.types import Report
from tests.helpers.git import Builder

PUBLISHED = '{"docsets_to_publish": [{"build_source_folder": "."}]}'
ENTRY = {"source_path": "old.md", "redirect_url": "/docs/new"}
OLD = "# Old\n\n" + "".join(f"Line {n} of the old page.\n" for n in range(9))
WRITTEN = "# Page {}\n\nSee [the page](old.md) for more.\n"
TOUCHED = "# Page {}\n\nDo see [the page](old.md) for more.\n"
MENDED = "# Page {}\n\nSee [the page](new.md) for more.\n"


def pages(text: str, first: int = 0, count: int = ENOUGH + 5) -> dict[str, str]:
    return {f"p{n}.md": text.format(n) for n in range(first, first + count)}


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    """Docs with many links to a page that moved."""
    docs = Builder.init(tmp_path / "docs")
    docs.commit(
        {
            ".openpublishing.publish.config.json": PUBLISHED,
            ".openpublishing.redirection.json": json.dumps({"redirections": [ENTRY]}),
            "old.md": OLD,
            **pages(WRITTEN),
        }
    )
    docs.rename("old.md", "new.md")
    return docs


def one_by_one(docs: Builder, text: str, count: int, first: int = 0) -> None:
    """So many pages edited, a commit each."""
    for path, body in pages(text, first, count).items():
        docs.commit({path: body})


def report(docs: Builder, **options: Any) -> Report:
    return scan(docs.root, ScanOptions(**options)).report


def count(docs: Builder, **options: Any) -> int:
    return sum(finding.rule == "redirected-link" for finding in report(docs, **options).findings)


def test_what_people_edit_around_is_not_theirs(docs: Builder) -> None:
    one_by_one(docs, TOUCHED, ENOUGH)
    done = report(docs)
    assert not [finding for finding in done.findings if finding.rule == "redirected-link"]
    assert done.hidden == ENOUGH + 5
    [said] = [notice.text for notice in done.notices]
    assert said == (
        "redirected-link is silent here: in the last 2 years people edited such lines 20 times and made its "
        "edit 0 times; `--all` or `--rule redirected-link` shows its findings"
    )
    assert [n.text for n in report(docs).notices] == [said]  # recalled, and the same is said


def test_whoever_asks_for_the_rule_gets_it(docs: Builder) -> None:
    one_by_one(docs, TOUCHED, ENOUGH)
    assert count(docs, only=("redirected-link",)) == ENOUGH + 5
    assert count(docs, show_all=True) == ENOUGH + 5
    docs.write(".docbot.toml", 'rules = ["redirected-link"]\n')
    assert count(docs) == ENOUGH + 5


def test_a_backtest_knows_better(docs: Builder) -> None:
    one_by_one(docs, TOUCHED, ENOUGH)
    write_measured(docs.root, {"redirected-link": Measured(same=30)})
    assert count(docs) == ENOUGH + 5


def few(docs: Builder) -> None:
    one_by_one(docs, TOUCHED, SEEN - 1)


def at_once(docs: Builder) -> None:
    docs.commit({f"more/{n}.md": f"# {n}\n" for n in range(100)})
    docs.commit({**pages(TOUCHED), **{f"more/{n}.md": f"# {n}.\n" for n in range(100)}})


def mostly_mended(docs: Builder) -> None:
    docs.commit(pages(WRITTEN, 100, 2 * ENOUGH))
    one_by_one(docs, MENDED, ENOUGH, 100)
    one_by_one(docs, TOUCHED, ENOUGH - 5)


def elsewhere(docs: Builder) -> None:
    one_by_one(docs, WRITTEN + "\nMore.\n", ENOUGH)


@pytest.mark.parametrize(
    ("same", "kept", "expected"),
    [
        (0, 7, False),
        (0, 8, True),
        (1, 11, True),
        (6, 6, False),
        (8, 12, False),
        (45, 55, False),
        (18, 16, False),
    ],
)
def test_chance_is_no_neglect(same: int, kept: int, expected: bool) -> None:
    assert Measured(same=same, kept=kept).neglected is expected


@pytest.mark.parametrize("history", [few, at_once, mostly_mended, elsewhere])
def test_silence_needs_proof(docs: Builder, history: Callable[[Builder], None]) -> None:
    history(docs)
    done = report(docs)
    assert [finding for finding in done.findings if finding.rule == "redirected-link"]
    assert done.notices == ()


def test_edits_from_before_the_page_moved_say_nothing(tmp_path: Path) -> None:
    docs = Builder.init(tmp_path / "docs")
    docs.commit({".openpublishing.publish.config.json": PUBLISHED, "old.md": OLD, **pages(WRITTEN)})
    one_by_one(docs, TOUCHED, ENOUGH)
    docs.write(".openpublishing.redirection.json", json.dumps({"redirections": [ENTRY]}))
    docs.rename("old.md", "new.md")
    assert count(docs) == ENOUGH + 5


def test_the_same_edit_in_copies_of_a_page_counts_once(docs: Builder) -> None:
    copies = {f"v{n}/a.md": "# A\n\nSee [the page](../old.md) for more.\n" for n in range(ENOUGH + 5)}
    docs.commit(copies)
    docs.commit({path: text.replace("See", "Do see") for path, text in copies.items()})
    assert count(docs) == 2 * (ENOUGH + 5)


def test_letter_case_that_was_right_then_says_nothing(docs: Builder) -> None:
    docs.commit({"Setup.md": OLD.upper(), **pages("# Page {}\n\nSee [setup](Setup.md).\n")})
    one_by_one(docs, "# Page {}\n\nDo see [setup](Setup.md).\n", ENOUGH)
    docs.git("mv", "Setup.md", "setup.md")
    docs.commit()
    found = [finding for finding in report(docs).findings if finding.rule == "wrong-case-link"]
    assert len(found) == ENOUGH + 5
    one_by_one(docs, "# Page {}\n\nYou may see [setup](Setup.md).\n", ENOUGH)
    assert "wrong-case-link is silent" in report(docs).notices[0].text


def test_a_partial_clone_knows_nothing_and_fetches_nothing(docs: Builder, tmp_path: Path) -> None:
    one_by_one(docs, TOUCHED, ENOUGH)
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none")
    missing = clone.missing()
    assert count(clone) == ENOUGH + 5
    assert clone.missing() == missing


def test_a_file_of_findings_leaves_what_was_noticed_to_standard_error(
    docs: Builder, capsys: pytest.CaptureFixture[str]
) -> None:
    one_by_one(docs, TOUCHED, ENOUGH)
    assert run(["scan", str(docs.root), "--format", "jsonl"]) == 0
    said = capsys.readouterr()
    assert "redirected-link is silent here" in said.err
    assert "redirected-link" not in said.out
