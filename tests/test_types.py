"""The central values: their identities, and that each is a line of JSON."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.text import Edit, Span
from docbot.types import (
    Author,
    Draft,
    EvidenceKind,
    Finding,
    Fix,
    Severity,
    Verdict,
    content_key,
    digest,
    fingerprint,
    normalised,
)
from tests.reporters.samples import first


def test_the_kinds_of_evidence_are_a_closed_list() -> None:
    assert [kind.value for kind in EvidenceKind] == [
        *("redirection", "rename", "case", "unique-name", "history", "precedent", "sibling", "age"),
        *("lifecycle", "product-name", "source-code", "http", "reader", "majority", "language"),
    ]


def test_severities_are_ranked() -> None:
    assert sorted(Severity, key=lambda severity: -severity.rank) == list(Severity)


@pytest.mark.parametrize(
    "other",
    [
        ("rule-b", "a.md", "x", 0),
        ("rule", "b.md", "x", 0),
        ("rule", "a.md", "y", 0),
        ("rule", "a.md", "x", 1),
    ],
)
def test_a_fingerprint_hangs_on_rule_page_excerpt_and_ordinal(other: tuple[str, str, str, int]) -> None:
    own = fingerprint("rule", "a.md", "x", 0)
    assert len(own) == 16
    assert int(own, 16) >= 0
    assert fingerprint(*other) != own
    assert fingerprint("rule", "a.md", " x\r\n", 0) == own


def test_fingerprints_never_change() -> None:
    """Baselines and closed pull requests hold them: a new algorithm would bring every refusal back."""
    assert fingerprint("doubled-word", "docs/a.md", "the  the", 0) == "3b50f9e3ee27273d"
    assert content_key("doubled-word", "Open the the file.", "Open the file.") == "26e602675a302bb7"


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_a_digest_tells_borders_apart(one: list[str], other: list[str]) -> None:
    without_nul = all("\0" not in part for part in (*one, *other))
    if without_nul:
        assert (digest(*one) == digest(*other)) is (one == other)


def test_names_that_are_no_utf8_have_digests() -> None:
    assert digest("a\udcff.md") != digest("a\udcfe.md")


def test_normalised_text_has_single_spaces() -> None:
    assert normalised("\r\n a \t b\u00a0c\n") == "a b c"


def test_content_keys_follow_the_text_wherever_it_moves() -> None:
    assert content_key("r", "a  b", "c") == content_key("r", " a b", "c\n")
    assert content_key("r", "a", "b") != content_key("r", "b", "a")


def test_a_draft_passes_when_every_gate_said_yes() -> None:
    fix = Fix("t", (Edit(Span(0, 1), "x"),))
    yes, no, never = Verdict("a", True, "fine"), Verdict("b", False, "too much"), Verdict("c", False, "no")
    draft = Draft(first(), fix, Author("rule"), "blob")
    assert not draft.passed
    assert msgspec.structs.replace(draft, verdicts=(yes,)).passed
    refused = msgspec.structs.replace(draft, verdicts=(yes, no, never))
    assert not refused.passed
    assert refused.refusal == "b: too much"


def test_values_are_frozen_and_lines_of_json() -> None:
    finding = first()
    with pytest.raises(AttributeError):
        finding.path = "other.md"  # type: ignore[misc]
    line = msgspec.json.encode(finding)
    assert b"\n" not in line
    assert msgspec.json.decode(line, type=Finding) == finding
