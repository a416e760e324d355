"""The model drafter against a real server: what becomes a fix, what is asked again, and what is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from docbot.cache import Cache
from docbot.types import Applicability, Author
from tests.drafters.model.conftest import PAGE, Try
from tests.drafters.model.server import Answer, ModelServer, edits, failure, streamed, whole

FIRST = edits(("maybe so", "so"))
SECOND = edits(("So maybe it is, maybe not.", "So it is."))


@pytest.mark.parametrize("form", [streamed, whole])
def test_each_section_is_asked_about_once(
    server: ModelServer, tried: Try, form: Callable[[str], Answer]
) -> None:
    server.script = [form(FIRST), form(SECOND)]
    done = tried()
    assert done.text == "# Start\n\nIt is so.\n\n## Next\n\nSo it is.\nIt is fine.\n"
    assert [fix.applicability for fix in done.fixes] == [Applicability.UNSAFE] * 2
    assert [fix.title for fix in done.fixes] == ["It was wrong", "It was wrong (also for doubtful-word)"]
    assert (done.drafter.covered, done.said) == (1, [])
    assert len(server.calls) == 2


def test_a_fix_is_signed_with_the_model_and_what_was_asked(server: ModelServer, tried: Try) -> None:
    server.script = [streamed(FIRST), streamed(edits())]
    done = tried()
    author = done.drafter.author
    assert author.name == "some-model"
    assert author.generated
    assert len(author.prompt) == 16
    server.script = [streamed(FIRST), streamed(SECOND)]
    other = tried().drafter.author
    assert other != author
    assert other == Author("some-model", other.prompt)


def test_only_the_words_that_change_are_edited(server: ModelServer, tried: Try) -> None:
    server.script = [streamed(edits(("It is maybe so.\n", "It is certainly so.\n"))), streamed(edits())]
    (fix,) = tried().fixes
    (edit,) = fix.edits
    assert (edit.span.of(PAGE), edit.replacement) == ("maybe", "certainly")


def test_line_ends_of_the_page_are_kept(server: ModelServer, tried: Try) -> None:
    page = PAGE.replace("\n", "\r\n")
    server.script = [
        streamed(edits(("It is maybe so.\n", "It is so.\n\nIt really is.\n"))),
        streamed(edits(("maybe not.\nIt is", "and is not.\nIt was"), ("So maybe it", "So it"))),
    ]
    done = tried(page)
    assert "\r" not in json.dumps(server.calls[0].body)
    assert done.text == (
        "# Start\r\n\r\nIt is so.\r\n\r\nIt really is.\r\n\r\n## Next\r\n\r\n"
        "So it is, and is not.\r\nIt was fine.\r\n"
    )


BAD = {
    "an old that isn't there": (edits(("never written", "x")), 'the "old" of edit 1 is not in the section'),
    "an old of another section": (edits(("It is fine", "x")), 'the "old" of edit 1 is not in the section'),
    "an old that stands twice": (
        edits(("a", "x")),
        'the "old" of edit 1 stands in the section more than once',
    ),
    "an empty old": (edits(("", "x")), 'the "old" of edit 1 is empty'),
    "edits that meet": (edits(("It is maybe", "x"), ("maybe so", "y")), "two of its edits meet"),
    "no JSON": ("Sure! I rewrote it for you.", "it holds no JSON object"),
    "half of JSON": ('{"edits": [}', "it holds no valid JSON object"),
    "deep JSON": ('{"x": ' + "[" * 5_000 + "]" * 5_000 + ', "edits": []}', "it holds no valid JSON object"),
    "another shape": ('{"text": "x"}', "the JSON object has another shape"),
    "another type": ('{"edits": [{"old": 1, "new": "x", "reason": "y"}]}', "another shape"),
    "no reason": (edits(("maybe", "x", " ")), 'the "reason" of edit 1 is empty'),
    "a reason of two lines": (
        edits(("maybe", "x", "a\nb")),
        'the "reason" of edit 1 holds more than one line',
    ),
    "a flood": (edits(("maybe", "x" * 9_000)), 'the "new" of edit 1 is too long'),
    "many edits": (edits(*[("maybe", "x")] * 21), "it has 21 edits, and 20 are the most"),
    "a sequence for a terminal": (edits(("maybe", "\x1b[2J")), "holds control or invisible characters"),
    "text in the other direction": (edits(("maybe", "\u202eso")), "holds control or invisible characters"),
    "an invisible character": (edits(("maybe", "s\u200bo")), "holds control or invisible characters"),
    "a workflow command": (edits(("maybe", "\n::set-output name=x::y")), "holds a command to a build server"),
    "an old workflow command": (edits(("maybe", "##[add-path]x")), "holds a command to a build server"),
    "a command as a reason": (edits(("maybe", "x", "::error::y")), "holds a command to a build server"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_sent_back_once(server: ModelServer, tried: Try, name: str) -> None:
    bad, reason = BAD[name]
    server.script = [whole(bad), streamed(FIRST), streamed(SECOND)]
    assert tried().text.startswith("# Start\n\nIt is so.\n")
    messages = server.calls[1].body["messages"]
    assert [one["role"] for one in messages] == ["system", "user", "assistant", "user"]
    assert messages[:2] == server.calls[0].body["messages"]
    assert messages[2]["content"] == bad
    assert reason in messages[3]["content"]


@pytest.mark.parametrize("name", BAD)
def test_a_second_bad_answer_is_a_notice(server: ModelServer, tried: Try, name: str) -> None:
    bad, reason = BAD[name]
    server.script = [whole(bad), whole(bad), whole(edits())]
    done = tried()
    assert done.text == PAGE
    assert done.said[0].startswith("a.md, “Start”: the model drafted nothing: its answer can't be used: ")
    assert reason in done.said[0]
    assert len(server.calls) == 3


def test_one_bad_edit_spoils_the_whole_answer(server: ModelServer, tried: Try) -> None:
    server.script = [streamed(edits(("maybe", "surely"), ("not there", "x"))), streamed(edits())]
    assert tried().text == PAGE


def test_an_answer_among_words_is_read(server: ModelServer, tried: Try) -> None:
    said = f'<think>Perhaps {{"edits": 1}}?</think>\nHere you are:\n```json\n{FIRST}\n```\nGlad to help!'
    server.script = [streamed(said), streamed(edits())]
    assert tried().text == PAGE.replace("maybe so", "so")


@pytest.mark.parametrize("said", [edits(), edits(("maybe so", "maybe so"))])
def test_no_edit_is_an_answer(server: ModelServer, tried: Try, said: str) -> None:
    server.script = [streamed(said), streamed(edits())]
    done = tried()
    assert (done.fixes, done.drafter.covered) == ((), 0)
    assert done.said == [
        "a.md, “Start”: the model drafted nothing: it proposes no edit",
        "a.md, “Next”: the model drafted nothing: it proposes no edit",
    ]
    assert len(server.calls) == 2


def test_a_section_that_is_too_long_is_not_sent(server: ModelServer, tried: Try) -> None:
    done = tried("It is maybe so.\n" + "word " * 6_000)
    assert done.said == [
        "a.md: the model drafted nothing: the section has more than 24,000 characters, too many to be sent"
    ]
    assert server.calls == []


def test_nobody_is_asked_about_code(server: ModelServer, tried: Try) -> None:
    server.script = [streamed(edits(("It is maybe so", "It is so")))]
    done = tried("# A\n\n```text\nmaybe\n```\n\nUse `maybe`.\n\n# B\n\nIt is maybe so, says `maybe`.\n")
    assert done.said == [
        "a.md, “A”: the model drafted nothing: all that was found stands in code, which no model may change"
    ]
    assert len(server.calls) == 1
    assert done.text.endswith("It is so, says `maybe`.\n")


def test_what_was_answered_once_is_not_asked_again(server: ModelServer, tried: Try, tmp_path: Path) -> None:
    kept = Cache(tmp_path / "answers.sqlite")
    server.script = [whole(edits(("x y", "z"))), streamed(FIRST), streamed(edits())]
    first = tried(kept=kept)
    assert (len(server.calls), first.asker.budget.calls) == (3, 3)
    again = tried(kept=kept)
    assert again.fixes == first.fixes
    assert again.said == first.said
    assert again.drafter.author == first.drafter.author
    assert (len(server.calls), again.asker.budget.calls) == (3, 0)
    kept.close()
    data = (tmp_path / "answers.sqlite").read_bytes()
    assert b"It is fine" not in data


def test_what_is_no_answer_is_not_kept(server: ModelServer, tried: Try, tmp_path: Path) -> None:
    kept = Cache(tmp_path / "answers.sqlite")
    server.script = [whole("no"), whole("no"), failure(418)]
    tried(kept=kept)
    server.script = [streamed(FIRST)]
    server.calls.clear()
    assert tried(kept=kept).text.startswith("# Start\n\nIt is so.\n")
    kept.close()


def test_a_damaged_answer_is_no_harm(server: ModelServer, tried: Try) -> None:
    class Damaged:
        def load(self, keys: object) -> dict[str, bytes]:
            assert isinstance(keys, list)
            return dict.fromkeys(keys, b"\xff{")

        def store(self, entries: object) -> None: ...

    done = tried(kept=Damaged())
    assert done.text == PAGE
    assert "can't be used" in done.said[0]
