"""What becomes of docbot's own pull requests, decided from values alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.forges.interface import Comment, Pull
from docbot.forges.marker import Marker, marker_of, message_digest, with_marker
from docbot.repository.values import Tip
from docbot.types import Proposal
from docbot.upkeep import gone, hands_off, heard, is_said, paused, reopened, touched, unwanted, withdrawal
from tests.reporters.pulls import TEXT, draft_of, planned

NOW = datetime(2024, 6, 1, tzinfo=UTC)
TEXTS = {"a.md": TEXT, "b.md": TEXT.replace("guide", "book")}
DRAFTS = [draft_of(path, text) for path, text in TEXTS.items()]
TWO: Proposal = planned(DRAFTS, TEXTS).proposals[0]


def pull(**changed: object) -> Pull:
    """docbot's open pull request with two changes."""
    known = ("https://x/7", "open", "main", TWO.branch, TWO.title, TWO.body, "octo", "", NOW, NOW)
    return replace(Pull(7, *known), **changed)


def marker(one: Pull) -> Marker:
    found = marker_of(one.body)
    assert found is not None
    return found


def said(*texts: str, author: str = "octo", trusted: bool = False) -> list[Comment]:
    return [Comment(n, author, trusted, text, NOW) for n, text in enumerate(texts, 11)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("docbot drop 2", [2]),
        ("Thanks!\r\n\r\n  Docbot DROP 1\r\n", [1]),
        ("docbot drop 1\ndocbot drop 2", [1, 2]),
        ("please docbot drop 2", []),
        ("docbot drop 2 and more", []),
        ("> docbot drop 2", []),
        ("    docbot drop 2", []),
        ("docbot drop 0", []),
        ("docbot drop 99", []),
        ("docbot drop 99999999999", []),
        ("docbot drop", []),
    ],
)
def test_t07_which_change_is_dropped(text: str, numbers: list[int]) -> None:
    one = pull()
    wanted = tuple(key for number in numbers for key in marker(one).keys_of(number))
    assert heard(one, said(text), "octo").dropped == wanted


def test_t07_only_those_who_may_say_so_are_heard() -> None:
    one = pull()
    assert heard(one, said("docbot drop 1", author="stranger"), "octo").dropped == ()
    assert heard(one, said("docbot drop 1", author="maintainer", trusted=True), "octo").dropped
    assert heard(one, said("docbot drop 1", author="OCTO"), "octo").dropped
    assert heard(replace(one, body="By hand"), said("docbot drop 1"), "octo").dropped == ()


def test_t07_what_was_dropped_is_remembered_without_the_comment() -> None:
    one = pull()
    keys = marker(one).keys_of(1)
    body = with_marker(one.body, replace(marker(one), dropped=keys))
    assert heard(replace(one, body=body), (), "octo").dropped == keys


def test_t14_a_word_that_hands_back_counts_once() -> None:
    one = pull()
    comments = said("docbot redo", "hello", "docbot redo")
    assert heard(one, comments, "octo").redo == 13
    assert heard(one, said("docbot redo", author="stranger"), "octo").redo == 0
    heeded = replace(one, body=with_marker(one.body, replace(marker(one), redone=13)))
    assert heard(heeded, comments, "octo").redo == 0
    assert heard(heeded, [*comments, replace(comments[0], id=14)], "octo").redo == 14


@given(st.text())
def test_t14_no_text_breaks_the_hearing(text: str) -> None:
    told = heard(pull(), said(text), "octo")
    assert set(told.dropped) <= set(marker(pull()).content_keys)


def test_t10_a_finding_is_gone_only_if_its_rule_looked() -> None:
    one, findings = pull(), [draft.finding for draft in DRAFTS]
    assert gone([one], [], {"moved-link"}) == [one]
    assert gone([one], [], {"other"}) == []
    assert gone([one], findings[:1], {"moved-link"}) == []
    moved = replace(findings[0], fingerprint="f" * 16)
    assert gone([one], [moved], {"moved-link"}) == []
    assert gone([one], [replace(moved, cause="moved-link other.md")], {"moved-link"}) == [one]
    for other in (replace(one, state="closed"), replace(one, state="merged"), replace(one, body="x")):
        assert gone([other], [], {"moved-link"}) == []


def test_t10_closing_says_why_and_is_no_refusal() -> None:
    chore = withdrawal(pull(), marker(pull()), "o/r", "")
    assert chore.comment is not None
    assert chore.change is not None
    assert (chore.comment.method, chore.comment.path) == ("POST", "/repos/o/r/issues/7/comments")
    assert (chore.change.method, chore.change.path) == ("PATCH", "/repos/o/r/pulls/7")
    assert chore.change.data["state"] == "closed"
    closed = replace(pull(), state="closed", body=str(chore.change.data["body"]))
    assert (closed.withdrawn, closed.refused) == (True, False)
    touched = withdrawal(pull(), marker(pull()), "o/r", "a person pushed to x")
    assert touched.change is None
    dropped = replace(pull(), state="closed")
    assert unwanted(pull(), "o/r").change is not None
    assert dropped.refused


def test_t11_what_is_said_is_said_once_and_names_the_loss() -> None:
    chore = hands_off(pull(), "o/r", "a person pushed to x")
    assert chore.comment is not None
    text = str(chore.comment.data["body"])
    assert "`docbot redo`" in text
    assert "will be lost" in text
    known = marker(pull())
    assert not is_said(chore, known, said("hello"), "octo")
    assert is_said(chore, known, said("hello", text.replace("\n", "\r\n")), "octo")
    assert not is_said(chore, known, said(text, author="stranger"), "octo")
    assert heard(pull(), said(text), "octo").redo == 0


def test_what_docbot_says_itself_is_no_command() -> None:
    for chore in (
        withdrawal(pull(), marker(pull()), "o/r", "x"),
        hands_off(pull(), "o/r", "x"),
        unwanted(pull(), "o/r"),
    ):
        assert chore.comment is not None
        told = heard(pull(), said(str(chore.comment.data["body"])), "octo")
        assert (told.dropped, told.redo) == ((), 0)


def test_it_pauses_while_one_waits_unseen() -> None:
    assert paused([pull()], NOW + timedelta(days=29)) == ""
    assert paused([pull()], NOW + timedelta(days=31)).startswith("#7 has waited 31 days")
    assert paused([pull(state="merged")], NOW + timedelta(days=31)) == ""
    assert paused([pull(updated=NOW + timedelta(days=20))], NOW + timedelta(days=31)) == ""


def test_it_pauses_after_three_refusals_of_the_last_five() -> None:
    no, yes = pull(state="closed"), pull(state="merged")
    assert paused([no, no], NOW) == ""
    assert paused([no, no, no], NOW).startswith("3 of docbot's last 3 pull requests were closed unmerged")
    assert paused([no, no, yes, yes, no], NOW)
    assert paused([no, no, no, yes, yes, yes], NOW) == ""
    assert paused([no, no, no], NOW + timedelta(days=31)) == ""


def test_what_was_closed_within_a_week_is_taken_up_again() -> None:
    body = with_marker(TWO.body, replace(marker(pull()), withdrawn=True))
    one = pull(state="closed", closed=NOW, body=body)
    assert reopened([one], TWO.branch, NOW + timedelta(days=6)) == one
    assert reopened([one], TWO.branch, NOW + timedelta(days=8)) is None
    assert reopened([one], "docbot/other", NOW) is None
    assert reopened([pull(state="closed", closed=NOW)], TWO.branch, NOW) is None


def test_t11_it_is_said_once_in_whatever_words_and_anew_after_a_redo() -> None:
    first, second = (hands_off(pull(), "o/r", why) for why in ("a person pushed", "a person moved it"))
    assert first.comment is not None
    before = said(str(first.comment.data["body"]))
    assert is_said(second, marker(pull()), before, "octo")
    assert not is_said(withdrawal(pull(), marker(pull()), "o/r", ""), marker(pull()), before, "octo")
    assert not is_said(second, replace(marker(pull()), redone=before[0].id), before, "octo")


def test_t11_what_a_person_changed_of_it() -> None:
    mine = marker(pull())
    own = Tip("1" * 40, mine.tree, (mine.parent,), TWO.message)
    known = replace(mine, message=message_digest(TWO.message))
    one = pull(body=with_marker(TWO.body, known))
    assert touched(one, own, None) == ""
    assert touched(replace(one, body=f"Hello\n\n{one.body}\n\nmore"), own, None) == ""
    assert touched(replace(one, base="release"), own, None) == "a person moved it to release"
    for body in (TWO.body.replace("### Why", "### How"), "gone"):
        assert touched(pull(body=body), own, None) == "a person changed docbot's part of its description"
    theirs = replace(own, tree="2" * 40)
    assert touched(one, theirs, None) == touched(one, None, None) == f"a person pushed to {TWO.branch}"
    assert touched(one, theirs, replace(known, tree="2" * 40)) == ""
