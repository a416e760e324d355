"""The rule that speaks for a person: it reports what they replaced, while it stands there."""

from __future__ import annotations

from docbot.engine import check
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.plugins import load_rules
from docbot.rulebook import page_of, summary_of
from docbot.rules.by_hand import ByHand, Replacement
from docbot.text import apply
from docbot.types import Applicability, Finding
from tests.helpers.rules import PROOF

TEXT = "# Title\n\nOld words.\n\n- Old words.\n"
RULE = ByHand([Replacement("a.md", 1, "Old words.", "New words.", PROOF)], "They are old", "by-hand a.md")


def found(text: str, path: str = "a.md", rule: ByHand = RULE) -> list[Finding]:
    return check(Document(path, text), [rule], Facts())


def test_it_is_no_rule_of_a_scan_and_finds_nothing_by_itself() -> None:
    assert ByHand.name not in [rule.name for rule in load_rules()]
    assert found(TEXT, rule=ByHand()) == []


def test_it_has_a_page_like_any_rule() -> None:
    assert summary_of(ByHand()) == "Nothing by itself."
    for heading in ("What it finds", "Why it matters", "Evidence", "Fix"):
        assert f"## {heading}\n" in page_of(ByHand())


def test_it_reports_the_block_until_it_says_what_the_person_wrote() -> None:
    [one] = found(TEXT)
    assert (one.excerpt, one.span.start, one.message, one.cause) == ("Old", 9, "They are old", "by-hand a.md")
    assert (one.confidence, one.evidence) == (1.0, PROOF)
    assert one.fix is not None
    assert one.fix.applicability is Applicability.SAFE
    fixed = apply(TEXT, one.fix.edits)
    assert fixed == TEXT.replace("Old", "New", 1)
    assert found(fixed) == []


def test_line_ends_make_no_difference() -> None:
    [one] = found(TEXT.replace("\n", "\r\n"))
    assert one.excerpt == "Old"


def test_another_block_page_or_text_is_none_of_its_business() -> None:
    assert found(TEXT, "b.md") == []
    assert found("# Title\n\nOther words.\n\n- Old words.\n") == []
    assert found("# Title\n") == []
