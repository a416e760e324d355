"""A page that moved took its relative links with it: where they led from its former place."""

from __future__ import annotations

from docbot.site.moved_pages import answers, from_former_place
from docbot.types import EvidenceKind
from tests.site.histories import history, led, site_with

MOVED = {"guides/page.md": [("docs/page.md", "2024-05-01")]}
PAGE = "docs/page.md"


def test_the_link_led_to_a_file_that_is_still_there() -> None:
    site = site_with({}, "guides/steps.md", "other/steps.md")
    answer = from_former_place(site, history(MOVED), PAGE, "docs/steps.md")
    assert led(answer) == "guides/steps.md"
    assert answer is not None
    assert answer.evidence.kind is EvidenceKind.RENAME
    assert answer.evidence.source == "commit c2024-05-01"
    assert answer.evidence.detail == (
        "docs/page.md was guides/page.md until 2024-05-01, and the link led to guides/steps.md from there"
    )
    assert answer.sure


def test_what_it_led_to_was_redirected_or_renamed_since() -> None:
    site = site_with({"guides/steps.md": "/elsewhere/steps"})
    assert led(from_former_place(site, history(MOVED), PAGE, "docs/steps.md")) == "/elsewhere/steps"
    site = site_with({}, "new/steps.md")
    moves = MOVED | {"guides/steps.md": [("new/steps.md", "2024-06-01")]}
    answer = from_former_place(site, history(moves), PAGE, "docs/steps.md")
    assert led(answer) == "new/steps.md"
    assert answer is not None
    assert "c2024-05-01" in answer.evidence.source
    assert "c2024-06-01" in answer.evidence.source


def test_an_older_place_is_asked_when_the_newer_one_knows_nothing() -> None:
    moves = {"a/b/page.md": [("guides/page.md", "2023-01-01")], **MOVED}
    site = site_with({}, "a/b/steps.md")
    assert led(from_former_place(site, history(moves), PAGE, "docs/steps.md")) == "a/b/steps.md"


def test_silence_where_the_move_explains_nothing() -> None:
    site = site_with({}, "other/steps.md")
    assert from_former_place(site, history(MOVED), PAGE, "docs/steps.md") is None
    renamed_in_place = {"docs/old.md": [("docs/page.md", "2024-05-01")]}
    assert from_former_place(site, history(renamed_in_place), PAGE, "docs/steps.md") is None
    assert from_former_place(site, history({}), PAGE, "docs/steps.md") is None


def test_a_move_that_changed_most_of_the_page_is_not_sure() -> None:
    site = site_with({}, "guides/steps.md")
    answer = from_former_place(site, history(MOVED, similarity=60), PAGE, "docs/steps.md")
    assert answer is not None
    assert not answer.sure


def test_renames_in_a_circle_end() -> None:
    moves = {
        "guides/page.md": [("docs/page.md", "2024-05-01")],
        "docs/page.md": [("guides/page.md", "2023-05-01")],
    }
    assert from_former_place(site_with({}), history(moves), PAGE, "docs/steps.md") is None


def test_it_stands_between_the_redirection_and_the_rename_of_the_target() -> None:
    site = site_with({"docs/steps.md": "/docs/here"}, "guides/steps.md", "late/steps.md")
    moves = MOVED | {"docs/steps.md": [("late/steps.md", "2024-06-01")]}
    found = answers(site, history(moves), PAGE, "docs/steps.md")
    assert [led(one) for one in found] == ["/docs/here", "guides/steps.md", "late/steps.md"]
