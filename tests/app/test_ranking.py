"""`scan` with sections, on real histories."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docbot.app import ScanOptions, scan
from docbot.reporters import jsonl, text
from docbot.reporters.interface import Options
from docbot.types import Report, SectionScore
from tests.attention.test_past import history, page
from tests.helpers.git import Builder
from tests.helpers.long_history import Step, grow

SCHEMA = Path(jsonl.__file__).parent.parent / "data" / "finding.schema.json"


@pytest.fixture(scope="module")
def lively(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """Pages 0 to 39 were edited, then rewritten; page 0 has a finding, a changelog was edited most."""
    docs = Builder.init(tmp_path_factory.mktemp("lively"))
    *steps, last = history(range(40))
    log = "# Log\n\n" + "".join(f"## 1.{n}\n\nNews.\n\n" for n in range(9))
    records = [Step(1300 + n, {"log.md": log.replace("News", f"News {n}")}) for n in range(20)]
    sure = Step(1500, {"80.md": page(80).replace("The port", "Open the the port")})
    grow(docs, [*steps, *records, sure, last])
    return docs


def report(docs: Builder, **options: Any) -> Report:
    return scan(docs.root, ScanOptions(sections=True, **options)).report


def by_place(found: Report) -> dict[tuple[str, str], SectionScore]:
    return {(s.path, s.headings[-1] if s.headings else ""): s for s in found.sections}


def notices(found: Report) -> str:
    return "\n".join(notice.text for notice in found.notices)


def test_what_people_work_on_stands_above_the_rest_and_says_why(lively: Builder) -> None:
    found = by_place(report(lively))
    busy, quiet, proved = found["3.md", "Beta"], found["90.md", "Beta"], found["80.md", "Alpha"]
    assert proved.rank > 0.5 >= busy.rank > quiet.rank == 0
    assert busy.attention > 0.5
    assert busy.reasons == ("last edited by hand on 2020-04-24",)
    assert (busy.unclear, busy.outdated, quiet.attention, quiet.reasons) == (0, 0, 0, ())
    assert proved.reasons[0] == "“the” stands twice"
    assert all(score.reasons for score in found.values() if score.rank)
    assert found["log.md", "1.3"].rank == found["log.md", "1.3"].attention == 0


def test_every_section_of_what_was_asked_for_is_there_and_equal_cold_and_warm(lively: Builder) -> None:
    cold = report(lively)
    assert len(cold.sections) == 100 * 4 + 10
    assert report(lively) == cold
    assert report(lively, cache=False) == cold
    one = scan(lively.root / "3.md", ScanOptions(sections=True)).report
    assert one.sections == tuple(score for score in cold.sections if score.path == "3.md")


def test_lines_are_valid_and_the_text_shows_two_a_page(lively: Builder) -> None:
    found = report(lively)
    schema = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    lines = [json.loads(line) for line in jsonl.render(found, Options())]
    assert all(schema.is_valid(line) for line in lines)
    assert sum(line["kind"] == "section" for line in lines) == len(found.sections)
    shown = "".join(text.render(found, Options()))
    assert "more sections" in shown
    assert shown.index("“the” stands twice") < shown.index("  rank  unclear")


def test_an_edited_page_has_sections_though_its_lines_moved(lively: Builder, tmp_path: Path) -> None:
    docs = lively.clone(tmp_path / "clone")
    docs.write("3.md", "New first line.\n\n" + page(3))
    found = by_place(report(docs))
    assert found["3.md", "Beta"].attention == 0
    assert found["4.md", "Beta"].attention > 0


def test_a_history_that_misled_is_not_used_and_it_is_said(docs: Builder) -> None:
    grow(docs, history(range(40, 100)))
    found = report(docs)
    assert {(s.attention, s.rank) for s in found.sections} == {(0.0, 0.0)}
    assert "ranked by their findings alone: nothing in its past foretold" in notices(found)


def test_a_shallow_clone_falls_back_and_says_so(lively: Builder, tmp_path: Path) -> None:
    found = report(lively.clone(tmp_path / "clone", "--depth=5"))
    assert "ranked by their findings alone: history is cut off in this shallow clone" in notices(found)
    assert "`git fetch --unshallow`" in notices(found)
    assert [s.path for s in found.sections if s.rank] == ["80.md"] * 3


def test_a_partial_clone_fetches_nothing(lively: Builder, tmp_path: Path) -> None:
    clone = lively.clone(tmp_path / "clone", "--filter=blob:none")
    missing = clone.missing()
    assert missing
    assert "partial clone" in notices(report(clone))
    assert clone.missing() == missing


def test_a_repository_without_a_commit_or_headings(docs: Builder) -> None:
    assert report(docs).sections == ()
    docs.write("a.md", "No heading.\n")
    (section,) = report(docs).sections
    assert (section.headings, section.rank, section.reasons) == ((), 0, ())
    docs.commit()
    assert len(report(docs).sections) == 1
    assert "too short" in notices(report(docs))


def test_without_sections_no_history_is_read(lively: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docbot.worked.window_of", lambda worktree: pytest.fail("the past was looked at"))
    assert scan(lively.root, ScanOptions(only=("doubled-word",))).report.sections == ()
