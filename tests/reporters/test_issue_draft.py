"""The issue that asks first."""

from __future__ import annotations

import pytest
from hypothesis import given

from docbot.reporters.issue_draft import issue_draft
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
