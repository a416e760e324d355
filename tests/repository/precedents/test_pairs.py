from __future__ import annotations

import pytest

from docbot.repository.precedents.pairs import Kind, pairs
from docbot.repository.precedents.tokens import Scope


def widest(before: str, after: str) -> dict[tuple[str, str], tuple[Scope, Kind]]:
    """The edits without those that only have a word more beside them."""
    found = {(form.old, form.new): (form.scope, kind) for form, kind in pairs(before, after)}
    return {
        pair: value
        for pair, value in found.items()
        if not any(other != pair and other[0] in pair[0] and other[1] in pair[1] for other in found)
    }


@pytest.mark.parametrize(
    ("before", "after", "edit", "scope", "kind"),
    [
        ("So it is not hot at all.", "So it isn't hot at all.", ("is not", "isn't"), "text", "contraction"),
        ("We will not go there now.", "We won't go there now.", ("will not", "won't"), "text", "contraction"),
        ("You cannot go there now.", "You can't go there now.", ("cannot", "can't"), "text", "contraction"),
        ("It isn’t hot there now.", "It is not hot there now.", ("isn’t", "is not"), "text", "expansion"),
        ("Set it to `$True` now.", "Set it to `$true` now.", ("$True", "$true"), "code", "case"),
        ("# Make a Dry Run", "# Make a Dry run", ("Run", "run"), "heading", "case"),
        ("The Get-It command is", "The `Get-It` command is", ("Get-It", "`Get-It`"), "text", "marks"),
        ("Then press **Enter** twice", "Then press `Enter` twice", ("**Enter**", "`Enter`"), "text", "marks"),
        ("Send an e-mail to us now", "Send an email to us now", ("e-mail", "email"), "text", "punctuation"),
    ],
)
def test_an_edit_that_may_be_a_habit(
    before: str, after: str, edit: tuple[str, str], scope: str, kind: str
) -> None:
    assert widest(before, after) == {edit: (scope, kind)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The file is large and old.", "The file is huge and old."),
        ("Use version 3.0 of the Tool now.", "Use version 4.0 of the Tool now."),
        ("The file is very large and old.", "The file is large and old."),
        ("The file is large and old.", "The file is very large and old."),
        ("Press the *Enter key on it now", "Press the Enter key on it now"),
        ("See (the Docs on it now", "See (the Docs) on it now"),
        ("See [it](x/The.md) for more of it", "See [it](x/the.md) for more of it"),
        ("See https://x.org/The for more of it", "See https://x.org/the for more of it"),
        ("See <a href='The'> for more of it", "See <a href='the'> for more of it"),
        ("Open C:\\Tool\\x and wait a while", "Open C:\\tool\\x and wait a while"),
        ("All new words here", "Nothing that stood there before is left"),
        ("", "New"),
    ],
)
def test_what_is_no_habit(before: str, after: str) -> None:
    assert pairs(before, after) == ()


def test_two_contractions_in_a_line_are_two_edits() -> None:
    found = widest("It is not hot and it is not cold.", "It isn't hot and it isn't cold.")
    assert list(found) == [("is not", "isn't")]


def test_a_word_beside_an_edit_is_taken_in() -> None:
    found = {(form.old, form.new) for form, _ in pairs("So it is not hot today.", "So it isn't hot today.")}
    assert found == {
        ("is not", "isn't"),
        ("it is not", "it isn't"),
        ("is not hot", "isn't hot"),
        ("it is not hot", "it isn't hot"),
    }


def test_a_long_line_takes_no_time() -> None:
    many = "`" * 1000 + " <" * 500 + "[" * 500
    assert pairs(many + " The end of it", many + " the end of it") is not None
