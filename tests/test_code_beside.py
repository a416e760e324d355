from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from docbot.code_beside import proved_code, same_code_beside
from docbot.markdown import Document
from docbot.text import Edit, Span, apply
from docbot.types import Evidence, EvidenceKind, Finding, Fix, Severity
from tests.helpers.rules import spot

TEXT = "Set `$On` or $Off with `x $On`.\n\n```sh\n$On\n```\n"


def stays(edits: Iterable[tuple[str, int, str]], meant: Iterable[tuple[str, int]]) -> bool:
    """Edits and places are a part of the text, which one of its occurrences, and what replaces it."""
    made = [Edit(spot(TEXT, part, nth), new) for part, nth, new in edits]
    places = [spot(TEXT, part, nth) for part, nth in meant]
    return same_code_beside(Document("a.md", TEXT), Document("a.md", apply(TEXT, made)), made, places)


@pytest.mark.parametrize(
    ("edits", "meant"),
    [
        ([], []),
        ([("Set", 0, "Put")], []),
        ([("$On", 0, "$on")], [("$On", 0)]),
        ([("$On", 1, "$on")], [("$On", 1)]),
        ([("$Off", 0, "`$Off`")], [("$Off", 0)]),
        ([("$On", 0, "$on"), ("$Off", 0, "`$off`"), ("Set", 0, "Do put")], [("$On", 0), ("$Off", 0)]),
        ([("`$On`", 0, "$On")], [("`$On`", 0)]),
    ],
)
def test_code_changes_only_where_it_is_meant_to(
    edits: list[tuple[str, int, str]], meant: list[tuple[str, int]]
) -> None:
    assert stays(edits, meant)


@pytest.mark.parametrize(
    ("edits", "meant"),
    [
        ([("$On", 0, "$on")], []),
        ([("$On", 0, "$on")], [("$On", 1)]),
        ([("x", 0, "y")], [("$On", 1)]),
        ([("$On", 2, "$on")], [("$On", 2)]),
        ([("$Off", 0, "`$Off`")], []),
        ([("$On", 0, "$on"), ("x", 0, "y")], [("$On", 0)]),
    ],
)
def test_code_that_changes_elsewhere(edits: list[tuple[str, int, str]], meant: list[tuple[str, int]]) -> None:
    assert not stays(edits, meant)


def finding(kind: EvidenceKind, *edits: Edit) -> Finding:
    proof = (Evidence(kind, "0123456", "it is so"),)
    fix = Fix("Do it", edits) if edits else None
    return Finding("r", "a.md", Span(4, 9), "`$On`", "It is so", Severity.INFO, 0.9, proof, fix=fix)


def test_only_a_precedents_own_fix_may_change_code() -> None:
    own = Edit(Span(5, 8), "$on")
    assert proved_code([finding(EvidenceKind.PRECEDENT, own)], [own]) == (Span(4, 9),)
    assert proved_code([finding(EvidenceKind.PRECEDENT, own)], [Edit(Span(5, 8), "$off")]) == ()
    assert proved_code([finding(EvidenceKind.PRECEDENT)], [own]) == ()
    assert proved_code([finding(EvidenceKind.HISTORY, own)], [own]) == ()


QUOTED = "Run `x –p`.\n\n```sh\necho ‘a’ # ‘b’\n```\n\n```sh\nls “c”\n```\n"


def retyped(*edits: tuple[str, str], meant: tuple[str, ...]) -> bool:
    made = [Edit(spot(QUOTED, old), new) for old, new in edits]
    places = [spot(QUOTED, part) for part in meant]
    return same_code_beside(Document("a.md", QUOTED), Document("a.md", apply(QUOTED, made)), made, places)


def test_typographic_signs_may_be_retyped_where_it_is_meant() -> None:
    both = (("‘", "'"), ("’", "'"))
    assert retyped(*both, meant=("‘a’",))
    assert retyped(("–", "--"), meant=("–p",))
    assert not retyped(*both, meant=())
    assert not retyped(*both, meant=("“c”",))
    assert not retyped(*both, ("echo", "cat"), meant=("‘a’",))
    assert not retyped(("‘", '"'), ("’", '"'), meant=("‘a’",))
    assert not retyped(*both, ("a", "b"), meant=("‘a’",))


def test_a_finding_of_language_may_retype_code_and_no_more() -> None:
    excerpt = "‘a’"
    edits = (Edit(Span(4, 5), "'"), Edit(Span(6, 7), "'"))
    proof = (Evidence(EvidenceKind.LANGUAGE, "rule r", "it is so"),)
    fix = Fix("Retype it", edits)
    found = Finding("r", "a.md", Span(4, 7), excerpt, "It is so", Severity.INFO, 0.9, proof, fix=fix)
    assert proved_code([found], edits) == (Span(4, 7),)
    more = (*edits, Edit(Span(5, 6), "b"))
    assert proved_code([replace(found, fix=Fix("Say more", more))], more) == ()
