"""The ranking of sections by their findings."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from docbot.rules.interface import Kind
from docbot.sections import ranked
from docbot.text import Span
from docbot.types import Finding, SectionRef, Severity
from tests.reporters.samples import first

KINDS = {"old": Kind.OUTDATED, "dark": Kind.UNCLEAR}
ONE, TWO = SectionRef(("One",), Span(0, 10)), SectionRef(("One", "Two"), Span(10, 20))


def finding(rule: str, section: SectionRef | None, severity: str = "error", **changed: object) -> Finding:
    made = replace(first(), rule=rule, section=section, severity=Severity(severity), confidence=1.0)
    return replace(made, path="a.md", **changed)


def test_only_sections_with_findings_are_ranked_and_each_reason_once() -> None:
    found = [finding("old", ONE, message="Old"), finding("old", ONE, message="Old"), finding("dark", None)]
    (score,) = ranked(found, KINDS)
    assert (score.path, score.headings, score.span) == ("a.md", ("One",), Span(0, 10))
    assert score.reasons == ("Old",)
    assert score.attention == 0
    assert ranked([], KINDS) == ()


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        (["error"], 1.0),
        (["warning"], 0.7),
        (["info"], 0.3),
        (["warning", "info"], 0.79),
        (["info"] * 2, 0.51),
    ],
)
def test_each_further_finding_adds_less(severities: list[str], expected: float) -> None:
    (score,) = ranked([finding("old", ONE, severity) for severity in severities], KINDS)
    assert score.outdated == score.rank == pytest.approx(expected)
    assert score.unclear == 0


def test_the_two_halves_are_told_apart_and_both_count() -> None:
    (score,) = ranked([finding("old", ONE, "info"), finding("dark", ONE, "warning")], KINDS)
    assert score.outdated == pytest.approx(0.3)
    assert score.unclear == pytest.approx(0.7)
    assert score.rank == pytest.approx(0.79)


def test_doubt_lowers_a_score() -> None:
    (score,) = ranked([finding("old", ONE, confidence=0.5)], KINDS)
    assert score.rank == pytest.approx(0.5)


def test_a_rule_of_neither_half_has_a_reason_but_no_score() -> None:
    (score,) = ranked([finding("unused-suppression", ONE)], KINDS)
    assert score.rank == 0
    assert score.reasons


def test_the_worst_comes_first_and_equals_by_place() -> None:
    found = [
        finding("old", TWO, "info"),
        finding("old", ONE, "info"),
        replace(finding("old", TWO), path="b.md"),
        replace(finding("old", ONE, "info"), path="b.md"),
    ]
    places = [(score.path, score.span.start) for score in ranked(found, KINDS)]
    assert places == [("b.md", 10), ("a.md", 0), ("a.md", 10), ("b.md", 0)]
    assert ranked(list(reversed(found)), KINDS) == ranked(found, KINDS)
