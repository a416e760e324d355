"""What became of a report: whether the words stand, whether somebody worked there, whether it was closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from docbot.app import ScanOptions, scan
from docbot.cache import Cache
from docbot.heard import Heard
from docbot.readers.values import Issue
from docbot.repository.worktree import Worktree
from docbot.types import Finding
from tests.helpers.git import Builder

DAY = 86_400
START = 1_704_110_400
"""2024-01-01, when the page is written; each further commit comes a day later."""
PAGE = (
    "# Lamp\n\nA lamp gives lihgt to a room.\n\n"
    "## Oil\n\nFill in the oil slowly.\n\n"
    "## Wick\n\nTrim the wick.\n"
)
TYPO = "page.md: “gives lihgt to” should be “gives light to”"
ASKED = "page.md: “Fill in the oil slowly” doesn't say how slowly."
SECTION = "page.md#oil doesn't say which oil."
ALONE = "page.md doesn't say what a lamp costs."


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    made = Builder.init(tmp_path / "docs")
    made.commit({"page.md": PAGE})
    return made


def issue(body: str, **of: object) -> Issue:
    made = Issue("team/docs", 7, "Lamp", body, "reader", START + DAY // 2, START + DAY // 2)
    return replace(made, **of)


def found(docs: Builder, *issues: Issue, show_all: bool = True) -> tuple[Finding, ...]:
    def listen(worktree: Worktree, cache: Cache) -> Heard:
        return Heard(issues)

    options = ScanOptions(only=("reader-report",), show_all=show_all, issues=listen, cache=False)
    return scan(docs.root, options).report.findings


def sure(docs: Builder, *issues: Issue) -> list[tuple[str, float]]:
    return [(finding.excerpt, finding.confidence) for finding in found(docs, *issues)]


def test_an_open_report_stands_while_its_words_do(docs: Builder) -> None:
    assert sure(docs, issue(TYPO)) == [("gives lihgt to", 0.9)]
    assert sure(docs, issue(ASKED)) == [("Fill in the oil slowly", 0.9)]
    assert sure(docs, issue(SECTION)) == [("## Oil", 0.85)]
    assert sure(docs, issue(ALONE)) == [("# Lamp", 0.5)]


def test_words_that_are_gone_settle_it(docs: Builder) -> None:
    docs.commit({"page.md": PAGE.replace("lihgt", "light")})
    assert sure(docs, issue(TYPO)) == []
    docs.commit({"page.md": PAGE.replace("slowly", "drop by drop")})
    assert sure(docs, issue(ASKED)) == []


def test_words_that_are_gone_in_the_working_tree_settle_a_suggestion(docs: Builder) -> None:
    docs.write("page.md", PAGE.replace("lihgt", "light"))
    assert sure(docs, issue(TYPO)) == []


def test_a_place_that_somebody_worked_on_since_is_doubtful_unless_the_typo_stands(docs: Builder) -> None:
    docs.commit({"page.md": PAGE.replace("to a room", "to a large room").replace("Fill in", "Now fill in")})
    assert sure(docs, issue(TYPO)) == [("gives lihgt to", 0.9)]
    assert sure(docs, issue(ASKED)) == [("fill in the oil slowly", 0.6)]
    assert sure(docs, issue(SECTION)) == [("## Oil", 0.6)]
    assert sure(docs, issue(ALONE)) == [("# Lamp", 0.4)]


def test_work_on_another_section_leaves_it_as_it_is(docs: Builder) -> None:
    docs.commit({"page.md": PAGE.replace("Trim the wick.", "Trim the wick daily.")})
    assert sure(docs, issue(SECTION)) == [("## Oil", 0.85)]


def test_work_before_the_report_is_no_answer(docs: Builder) -> None:
    docs.commit({"page.md": PAGE.replace("Fill in", "Now fill in")})
    later = START + 3 * DAY
    assert sure(docs, issue(SECTION, created=later)) == [("## Oil", 0.85)]


@pytest.mark.parametrize("reason", ["completed", "duplicate"])
def test_what_was_closed_as_done_is_settled(docs: Builder, reason: str) -> None:
    assert sure(docs, issue(TYPO, is_open=False, reason=reason, closed=START + DAY)) == []


def test_what_was_declined_is_doubtful(docs: Builder) -> None:
    closed = issue(TYPO, is_open=False, reason="not_planned", closed=START + DAY)
    assert sure(docs, closed) == [("gives lihgt to", 0.6)]
    assert found(docs, closed, show_all=False) == ()


def test_what_was_closed_without_a_reason_is_settled_by_a_change_before(docs: Builder) -> None:
    closed = issue(SECTION, is_open=False, closed=START + DAY)
    assert sure(docs, closed) == [("## Oil", 0.6)]
    docs.commit({"page.md": PAGE.replace("Trim the wick.", "Trim the wick daily.")})
    assert sure(docs, closed) == []


@pytest.mark.parametrize(
    "message",
    ["Fixes #7", "Say more (#9)\n\nCloses: #3, #7", "Resolved https://github.com/team/docs/issues/7"],
)
def test_a_commit_that_says_it_fixes_the_issue_settles_it(docs: Builder, message: str) -> None:
    docs.commit({"other.md": "# Other\n"}, message)
    assert sure(docs, issue(TYPO)) == []
    assert sure(docs, issue(TYPO, reason="reopened")) == [("gives lihgt to", 0.9)]
    assert sure(docs, issue(TYPO, number=70)) == [("gives lihgt to", 0.9)]


def test_two_readers_of_a_page_count_more_than_one_and_twice_the_same_doesnt(docs: Builder) -> None:
    other = issue(ALONE, number=8, author="another")
    assert sure(docs, issue(ALONE), other) == [("# Lamp", 0.8)]
    assert sure(docs, issue(ALONE), issue(ALONE, number=8)) == [("# Lamp", 0.5)]
    docs.commit({"page.md": PAGE.replace("a room", "a hall")})
    assert sure(docs, issue(ALONE), other) == [("# Lamp", 0.4)]


def test_lines_count_while_the_page_is_as_it_was(docs: Builder) -> None:
    head = docs.head()
    linked = "https://github.com/team/docs/blob/{}/page.md#L7 doesn't say how slowly."
    assert sure(docs, issue(linked.format("main"))) == [("## Oil", 0.85)]
    assert sure(docs, issue(linked.format(head))) == [("## Oil", 0.85)]
    assert sure(docs, issue(linked.format("0" * 40))) == [("# Lamp", 0.5)]
    docs.commit({"page.md": PAGE.replace("## Oil", "Line\n\nline\n\n## Oil")})
    assert sure(docs, issue(linked.format("main"))) == [("# Lamp", 0.4)]
    later = START + 5 * DAY
    assert sure(docs, issue(linked.format(head), created=later)) == [("# Lamp", 0.5)]
    assert sure(docs, issue(linked.format(docs.head()), created=later)) == [("# Lamp", 0.85)]
    assert sure(docs, issue(linked.format(docs.head()).replace("L7", "L11"), created=later)) == [
        ("## Oil", 0.85)
    ]


def test_a_page_edited_since_its_commit_has_no_history_and_its_words_still_count(docs: Builder) -> None:
    docs.write("page.md", PAGE + "\nMore.\n")
    assert sure(docs, issue(TYPO)) == [("gives lihgt to", 0.9)]


def test_a_renamed_page_is_followed(docs: Builder) -> None:
    docs.rename("page.md", "lamp.md")
    assert [finding.path for finding in found(docs, issue(TYPO))] == ["lamp.md"]


def _numbers(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        yield from (proof.source.rpartition(" ")[2] for proof in finding.evidence)


def test_many_voices_are_cut_and_counted(docs: Builder) -> None:
    many = [issue(SECTION, number=number, author=f"reader-{number}") for number in range(1, 40)]
    [finding] = found(docs, *many)
    assert finding.message.startswith("39 readers reported missing information here, last on 2024-01-02")
    assert len(finding.evidence) == 6
    assert finding.evidence[-1].detail == "34 more of the same place"
