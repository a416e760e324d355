from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.reporters import Options
from docbot.reporters.workflow import MOST, harmless, line, render
from docbot.types import Evidence, EvidenceKind, Notice, Severity
from tests.reporters.samples import HOSTILE, OTHER, TEXTS, asking, finding, first, report, span_of

COMMAND = re.compile(r"\A\s*::([^ :]+)(?: (?P<properties>[^:]*))?::(?P<data>.*)\Z", re.S)


def commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """What the runner does with a log: its commands, as its ActionCommand reads them."""
    found = []
    for text in re.split(r"\r\n|\r|\n", log):
        assert "##[" not in text
        match = COMMAND.match(text)
        if match:
            pairs = (pair.split("=", 1) for pair in (match["properties"] or "").split(",") if pair)
            found.append((match[1], {name: undone(text) for name, text in pairs}, undone(match["data"])))
    return found


def undone(text: str) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_an_annotation_says_where_what_and_why() -> None:
    log = "".join(render(report([first()]), Options()))
    assert commands(log) == [
        (
            "error",
            {"file": first().path, "line": "3", "endLine": "3", "title": "docbot link-to-removed-page"},
            "The page behind this link was renamed\nproof: 9ab12cd: renamed to new.md on 2024-03-01",
        )
    ]


def test_a_question_is_a_notice_that_asks() -> None:
    level, _, said = commands("".join(render(report([asking()]), Options())))[0]
    assert level == "notice"
    assert said.endswith("question: What should be run?")


def test_what_github_would_drop_stands_in_the_log() -> None:
    places = [span_of(TEXTS[OTHER], "old.md", nth) for nth in (0, 1)] * 8
    warnings = [finding(OTHER, place, severity=Severity.WARNING) for place in places]
    log = "".join(render(report([*warnings, first()]), Options()))
    levels = [level for level, _, _ in commands(log)]
    assert levels == ["error", *["warning"] * MOST]
    assert log.count(f"- {OTHER}:") == 16 - MOST
    assert "docbot found 17 findings on 12 pages, 6 of them without an annotation" in log


def test_one_finding_is_counted_as_one() -> None:
    made = report([first()], pages=1)
    assert "docbot found 1 finding on 1 page\n" in "".join(render(made, Options()))


@pytest.mark.parametrize(
    "said", ["::set-output name=x::y", "  ::stop-commands::z", "a ##[error]b", "%0A::x::"]
)
def test_a_line_of_the_log_gives_no_order(said: str) -> None:
    assert commands(line(said)) == []


@given(st.text(alphabet=st.sampled_from("a:%#[]\r\n\u2028\x85 ,=0A::")))
def test_t43_docs_text_runs_no_workflow_command(said: str) -> None:
    proof = Evidence(EvidenceKind.HISTORY, said, said)
    hostile = finding(OTHER, span_of(TEXTS[OTHER], "old.md"), message=said, rule=said, evidence=(proof,))
    log = "".join(render(report([hostile] * (MOST + 1), notices=(Notice("", said),)), Options()))
    assert [level for level, _, _ in commands(log)] == ["error"] * MOST


def test_what_steers_a_terminal_is_taken_out() -> None:
    log = "".join(
        render(report([finding(OTHER, span_of(TEXTS[OTHER], "old.md"), message=HOSTILE)]), Options())
    )
    assert "\x1b" not in log
    assert "\u202e" not in log


@given(st.lists(st.sampled_from(["a", "::", "##[", "\r", "\n", "\u2028", "\x85", " ", "{"])).map("".join))
def test_t43_nothing_that_is_printed_is_a_command(said: str) -> None:
    assert commands(harmless(said)) == []


@given(st.lists(st.sampled_from(["##[", "::", "a", " ", "{", '"', "#", "\r", "\n"])).map("".join))
def test_json_stays_the_same(said: str) -> None:
    text = json.dumps({"said": said, said: [said]})
    assert json.loads(harmless(text)) == json.loads(text)


def test_what_is_no_command_stays_as_it_is() -> None:
    text = "a ::b\r\n+::c\n# [d]\r\n-\t::\n"
    assert harmless(text) == text
