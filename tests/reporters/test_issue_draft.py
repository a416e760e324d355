"""The issue that asks first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from docbot.reporters.issue_draft import issue_draft
from docbot.types import Finding, Question
from tests.reporters.github_reads import LINKS, REFERENCES, done_by, hostile, outside_code
from tests.reporters.pulls import RULES, TEXT, draft_of


def test_it_asks_with_the_proof_the_places_and_an_example() -> None:
    drafts = [draft_of(f"docs/{n}.md", TEXT) for n in range(30)]
    title, body = issue_draft(drafts, RULES)
    assert title == "Would you like a pull request: Update links to old.md, which has moved?"
    assert "I could mend 30 places on 30 pages, and ask first" in body
    assert "- `.openpublishing.redirection.json:3`: `old.md is redirected to new.md`" in body
    assert "- `docs/0.md`" in body
    assert "- and 5 more pages" in body
    assert "- `old.md` becomes `new.md`" in body
    assert body.endswith("Shall I open a pull request with all of it, one for each folder, or none?")


def test_what_goes_without_anything_in_its_place() -> None:
    _, body = issue_draft([draft_of("a.md", TEXT, new="")], RULES)
    assert "- `old.md` becomes nothing" in body


@pytest.mark.parametrize("field", ["message", "cause", "fingerprint"])
@given(text=hostile)
def test_t25_it_calls_nobody(field: str, text: str) -> None:
    title, body = issue_draft([draft_of("a.md", TEXT, **{field: f"x {text}"})], RULES)
    assert done_by(title, REFERENCES | LINKS) == []
    assert done_by(outside_code(body), REFERENCES | LINKS) == []
    assert "\n" not in title
    assert len(title) <= 120


def asked(text: str = "Which box?", **changed: Any) -> Finding:
    finding = draft_of("a.md", TEXT, **changed).finding
    return replace(finding, rule="r", cause=text, fix=None, question=Question(text, ("the red one", text)))


def test_questions_of_its_pages_are_asked_along() -> None:
    drafts = [draft_of("a.md", TEXT)]
    elsewhere = replace(asked("Another?"), path="b.md")
    _, body = issue_draft(drafts, RULES, [asked(), elsewhere])
    assert "What only you can answer:\n\n- `a.md`: " in body
    assert "`Which box?` Perhaps `the red one`, or `Which box?`." in body
    assert "Another?" not in body
    assert "What only you can answer" not in issue_draft(drafts, RULES)[1]


@given(text=hostile)
def test_t18_t25_questions_call_nobody_and_leave_no_box_to_tick(text: str) -> None:
    _, body = issue_draft([draft_of("a.md", TEXT)], RULES, [asked(f"- [ ] {text}", message=text)])
    assert done_by(outside_code(body), REFERENCES | LINKS) == []
    assert "- [ ]" not in body
