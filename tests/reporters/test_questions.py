"""Questions beside drafts: in comments behind a diff, and in the list of an issue."""

from __future__ import annotations

from msgspec.structs import replace

from docbot.reporters import questions
from docbot.types import Question
from tests.reporters.samples import HOSTILE, OTHER, TEXTS, asking, draft, first, others


def test_a_question_is_a_comment_with_proof_and_choices() -> None:
    text = "".join(questions.comments([asking()], TEXTS))
    assert text == (
        "# questions, which only a person can answer: nothing is edited\n#\n"
        "# docs/install guide é.md:7:1 unclear-it\n"
        "# Nothing says what to run\n"
        "# evidence: rename, 9ab12cd: renamed to new.md on 2024-03-01\n"
        "# question: What should be run?\n"
        "#   - setup.exe\n"
        "#   - install.sh\n"
        "#\n"
    )


def test_one_cause_asks_once() -> None:
    asked = [replace(one, question=Question("Where to?")) for one in others()]
    text = "".join(questions.comments(asked, TEXTS))
    assert text.count("question: Where to?") == 1
    assert f"# also at {OTHER}:2:11\n" in text


def test_whatever_it_says_stays_a_comment() -> None:
    hostile = replace(asking(), message=HOSTILE, question=Question(HOSTILE, (HOSTILE, "+ added\n- gone")))
    text = "".join(questions.comments([hostile], TEXTS))
    assert all(line.startswith("#") for line in text.splitlines())
    assert "\x1b" not in text


def test_those_of_the_same_page_or_rule_are_akin() -> None:
    drafts = [draft(first())]
    same_page, elsewhere = asking(), replace(asking(), path=OTHER)
    same_rule = replace(elsewhere, rule=first().rule)
    assert questions.akin([same_page, elsewhere, same_rule], drafts) == [same_page, same_rule]


def test_no_more_than_ten_are_listed() -> None:
    asked = [replace(asking(), cause=f"c {number}") for number in range(13)]
    lines = list(questions.items(asked))
    assert len(lines) == 11
    assert lines[-1] == "- and 3 more questions"
    assert lines[0] == (
        "- `docs/install guide é.md`: `Nothing says what to run`. `What should be run?`"
        " Perhaps `setup.exe`, or `install.sh`."
    )


def test_choices_are_bounded_too() -> None:
    many = replace(asking(), question=Question("Which?", tuple("abcdefg")))
    (line,) = questions.items([many])
    assert line.endswith("Perhaps `a`, or `b`, or `c`, or `d`, or `e`, or 2 more.")
