"""The ranking of sections: by their findings, then by attention."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.attention.scores import Attended
from docbot.rules.interface import Kind
from docbot.sections import Place, ranked, shortlist
from docbot.text import Span
from docbot.types import Evidence, EvidenceKind, Finding, SectionRef, SectionScore, Severity
from tests.reporters.samples import first

KINDS = {"old": Kind.OUTDATED, "dark": Kind.UNCLEAR}
ONE, TWO = SectionRef(("One",), Span(0, 10)), SectionRef(("One", "Two"), Span(10, 20))
PLACES: tuple[Place, ...] = tuple((path, ref) for path in ("a.md", "b.md") for ref in (ONE, TWO))


def finding(rule: str, section: SectionRef | None, severity: str = "error", **changed: object) -> Finding:
    made = replace(first(), rule=rule, section=section, severity=Severity(severity), confidence=1.0)
    return replace(made, **{"path": "a.md", **changed})


def score_of(*found: Finding, attended: Attended | None = None) -> SectionScore:
    """How the section ONE stands with these findings."""
    place = ("a.md", ONE)
    (score,) = ranked([place], found, KINDS, {place: attended} if attended else {})
    return score


def test_every_section_is_ranked_and_each_reason_said_once() -> None:
    found = [finding("old", ONE, message="Old"), finding("old", ONE, message="Old"), finding("dark", None)]
    worst, *others = ranked(PLACES[::-1], found, KINDS)
    assert (worst.path, worst.headings, worst.span) == ("a.md", ("One",), Span(0, 10))
    assert worst.reasons == ("Old",)
    assert worst.attention == 0
    assert [(score.rank, score.reasons) for score in others] == [(0, ())] * 3
    assert ranked([], found, KINDS) == ()


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
    score = score_of(*(finding("old", ONE, severity) for severity in severities))
    assert score.outdated == pytest.approx(expected)
    assert score.unclear == 0


def test_what_readers_said_comes_first() -> None:
    reader = (Evidence(EvidenceKind.READER, "owner/docs issue 7", "one reader in 2026"),)
    word = finding("dark", ONE, "warning", message="A word", confidence=0.92)
    report = finding("dark", ONE, "warning", message="A reader", confidence=0.9, evidence=reader)
    score = score_of(word, report)
    assert score.reasons == ("A reader", "A word")
    assert score_of(report).rank > score_of(word).rank
    assert score_of(report).unclear == pytest.approx(0.9)


def test_the_two_halves_are_told_apart_and_both_count() -> None:
    score = score_of(finding("old", ONE, "info"), finding("dark", ONE, "warning"))
    assert score.outdated == pytest.approx(0.3)
    assert score.unclear == pytest.approx(0.7)
    assert score.rank > score_of(finding("dark", ONE, "warning")).rank


def test_doubt_lowers_a_score() -> None:
    assert score_of(finding("old", ONE, confidence=0.5)).outdated == pytest.approx(0.5)


def test_a_rule_of_neither_half_has_a_reason_but_no_score() -> None:
    score = score_of(finding("unused-suppression", ONE))
    assert score.rank == 0
    assert score.reasons


def test_what_is_proved_stands_above_any_attention_and_what_is_not_does_not() -> None:
    everybody = score_of(attended=Attended(1.0, 1.0, ("edited by hand",)))
    assert everybody.rank <= 0.5
    assert score_of(finding("old", ONE, "warning", confidence=0.8)).rank > everybody.rank
    assert score_of(finding("old", ONE, "warning", confidence=0.7)).rank < everybody.rank
    assert score_of(finding("old", ONE, "info")).rank < everybody.rank


def test_attention_orders_sections_with_equal_findings_and_never_turns_others_round() -> None:
    little, much = Attended(0.1, 0.1), Attended(0.9, 0.9)
    one, two = finding("old", ONE, "warning"), finding("old", ONE, "error")
    assert score_of(one, attended=much).rank > score_of(one, attended=little).rank
    assert score_of(two, attended=little).rank > score_of(one, attended=much).rank
    assert score_of(attended=much).rank > score_of(attended=little).rank > score_of().rank


def test_findings_are_the_first_reasons_and_attention_makes_nothing_unclear_or_outdated() -> None:
    score = score_of(finding("old", ONE, message="Old"), attended=Attended(0.5, 0.6, ("edited",)))
    assert score.reasons == ("Old", "edited")
    busy = score_of(attended=Attended(0.5, 0.6, ("edited",)))
    assert (busy.unclear, busy.outdated, busy.attention) == (0, 0, 0.5)


def test_the_worst_comes_first_in_the_list_for_people_and_the_order_is_always_the_same() -> None:
    found = [
        finding("old", TWO, "info"),
        finding("old", ONE, "info"),
        finding("old", TWO, path="b.md"),
        finding("old", ONE, "info", path="b.md"),
    ]
    scores = ranked(PLACES, found, KINDS)
    assert [(score.path, score.span.start) for score in scores] == [
        ("a.md", 0),
        ("a.md", 10),
        ("b.md", 0),
        ("b.md", 10),
    ]
    places = [(score.path, score.span.start) for score in shortlist(scores, 9)]
    assert places == [("b.md", 10), ("a.md", 0), ("a.md", 10), ("b.md", 0)]
    assert ranked(PLACES[::-1], found[::-1], KINDS) == scores


SHARES = st.floats(0, 1)


@given(
    st.lists(st.tuples(st.sampled_from(["old", "dark"]), st.sampled_from(Severity), SHARES), max_size=4),
    SHARES,
    SHARES,
)
def test_every_score_is_a_share(
    found: list[tuple[str, Severity, float]], attention: float, order: float
) -> None:
    findings = [finding(rule, ONE, severity.value, confidence=sure) for rule, severity, sure in found]
    score = score_of(*findings, attended=Attended(attention, order))
    assert all(0 <= number <= 1 for number in (score.unclear, score.outdated, score.attention, score.rank))


def scored(path: str, heading: str, rank: float) -> SectionScore:
    return SectionScore(path, (heading,), Span(0, 1), 0, 0, 0, rank, ())


def test_the_list_for_people_has_two_sections_a_page_and_one_copy_of_each() -> None:
    scores = [
        scored("7.4/a.md", "One", 0.9),
        scored("7.5/a.md", "One", 0.9),
        scored("7.5/a.md", "Two", 0.8),
        scored("7.4/a.md", "Three", 0.7),
        scored("b.md", "One", 0.6),
        scored("c.md", "One", 0.0),
    ]
    shown = [(score.path, score.headings[0]) for score in shortlist(scores, 10)]
    assert shown == [("7.4/a.md", "One"), ("7.5/a.md", "Two"), ("b.md", "One")]
    assert len(shortlist(scores, 1)) == 1
