"""Endpoints that are slow, full, broken or wrong: what is tried again, what is given up, and what is said."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from docbot.drafters.model.endpoint import LARGEST
from docbot.errors import UsageError
from tests.drafters.model.conftest import PAGE, Try
from tests.drafters.model.server import (
    DONE,
    JSON,
    STREAM,
    Answer,
    ModelServer,
    edits,
    endless,
    event,
    failure,
    raw,
    reply,
    stalled,
    streamed,
    torn,
    whole,
)

FIRST, NONE = edits(("maybe so", "so")), edits()
GOOD, NOTHING = streamed(FIRST), streamed(NONE)
DONE_RIGHT = PAGE.replace("maybe so", "so")


def no_answer(said: list[str]) -> str:
    """Why the first section wasn't drafted."""
    return said[0].removeprefix("a.md, “Start”: the model drafted nothing: ")


def test_a_full_endpoint_is_asked_again_when_it_says(server: ModelServer, tried: Try) -> None:
    server.script = [failure(429, retry_after="7"), GOOD, NOTHING]
    done = tried()
    assert done.text == DONE_RIGHT
    assert done.clock.waits == [7.0]


def test_waits_double_where_it_says_nothing(server: ModelServer, tried: Try) -> None:
    server.script = [failure(500), failure(502, retry_after="nonsense"), failure(503), GOOD, NOTHING]
    done = tried()
    assert done.text == DONE_RIGHT
    assert done.clock.waits == [1.0, 2.0, 4.0]


def test_four_failures_are_enough(server: ModelServer, tried: Try) -> None:
    server.script = [*[failure(500, "out of\nmemory ##[error]x")] * 4, NOTHING]
    done = tried()
    host = server.url.split("/")[2]
    assert no_answer(done.said) == f"{host} answered 500 (out of memory ## [error]x) (asked 4 times)"
    assert len(server.calls) == 5


def test_an_endpoint_that_wants_an_hour_is_left_alone(server: ModelServer, tried: Try) -> None:
    server.script = [failure(429, retry_after="3600"), NOTHING]
    done = tried()
    assert no_answer(done.said).endswith("and asks docbot to wait 3,600 seconds: run it again later")
    assert done.clock.waits == []


@pytest.mark.parametrize(
    ("answer", "calls"),
    [(failure(500), 12), (reply(200, "text/html", "<p>Log in"), 12), (endless(b"x" * 30_000), 3)],
    ids=["down", "another site", "a flood"],
)
def test_an_endpoint_that_gives_nothing_is_not_asked_about_everything(
    server: ModelServer, tried: Try, answer: Answer, calls: int
) -> None:
    sections = "".join(f"# Part {n}\n\nIt is maybe so.\n\n" for n in range(9))
    server.script = [answer]
    done = tried(sections)
    assert len(server.calls) == calls
    assert len(done.said) == 4
    assert done.said[-1] == (
        "6 sections were not drafted: the endpoint gave no answer 3 times in a row; "
        "run it again, answers are kept"
    )


TORN = [event('{"edits": ['), event('{"old"')]


@pytest.mark.parametrize(
    "broken",
    [torn(*TORN), raw(*TORN), torn(), lambda call: [], stalled(), stalled(*TORN)],
    ids=["torn", "ended", "torn at once", "no answer", "silent", "silent in the middle"],
)
def test_a_lost_connection_is_tried_again(server: ModelServer, tried: Try, broken: Answer) -> None:
    server.script = [broken, broken, GOOD, NOTHING]
    assert tried(timeout=0.3).text == DONE_RIGHT


BROKEN = {
    "no JSON in a stream": (raw(b"data: {nonsense\n\n"), "what came is no JSON (asked 4 times)"),
    "no JSON at all": (reply(200, JSON, "<html>"), "what came is no JSON (asked 4 times)"),
    "JSON of another shape": (reply(200, JSON, '{"choices": "x"}'), "another shape than OpenAI's protocol"),
    "an error within the stream": (
        raw(event("x"), b'data: {"error": {"message": "boom"}}\n\n'),
        "the endpoint reported an error in the middle of its answer (asked 4 times)",
    ),
    "no choices": (reply(200, JSON, '{"choices": []}'), "the answer is empty"),
    "an empty object": (reply(200, JSON, "{}"), "the answer is empty"),
    "no content": (whole(None), "the answer is empty"),
    "a tool call": (
        reply(200, JSON, '{"choices": [{"message": {"content": null, "tool_calls": [{"id": "1"}]}}]}'),
        "the answer is empty",
    ),
    "a refusal": (
        reply(200, JSON, '{"choices": [{"message": {"content": null, "refusal": "I must not"}}]}'),
        "the model refuses to answer",
    ),
    "a filter": (streamed("x", finish="content_filter"), "the model refuses to answer"),
    "an answer that got too long": (streamed(FIRST, finish="length"), "too long and was cut off"),
    "another type": (reply(200, "text/html", "<html>hi</html>"), "which mostly ends in /v1"),
    "no type": (reply(200, "", FIRST), "but with “nothing”"),
    "something unheard of": (failure(418, "teapot"), "answered 418 (teapot)"),
    "a section that is too large for it": (
        failure(400, "This model's maximum context length is 10 tokens"),
        "answered 400 (This model's maximum context length is 10 tokens)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_answer_is_a_notice(server: ModelServer, tried: Try, name: str) -> None:
    answer, reason = BROKEN[name]
    server.script = [answer]
    done = tried("# Start\n\nIt is maybe so.\n")
    assert done.fixes == ()
    assert len(done.said) == 1
    assert reason in no_answer(done.said)


@pytest.mark.parametrize(
    "flood",
    [
        endless(b": ping\n" * 5_000),
        endless(b"x" * 30_000),
        endless(event("word " * 1_000)),
        endless(b"x" * 30_000, f"HTTP/1.1 400 No\r\nContent-Type: {JSON}\r\n\r\n".encode()),
    ],
    ids=["comments", "one line", "words", "an error"],
)
def test_a_flood_is_read_up_to_a_bound(server: ModelServer, tried: Try, flood: Answer) -> None:
    server.script = [flood]
    done = tried("# Start\n\nIt is maybe so.\n")
    assert no_answer(done.said) == f"its answer was given up: more than {LARGEST:,} bytes came"
    assert len(server.calls) == 1


def test_what_unpacks_to_anything_is_not_unpacked(server: ModelServer, tried: Try) -> None:
    server.script = [reply(200, JSON, b"\x1f\x8b\x08\x00", Content_Encoding="gzip")]
    assert "what came is no JSON" in no_answer(tried().said)
    assert server.calls[0].headers["accept-encoding"] == "identity"


def test_an_answer_that_trickles_ends_with_the_budget(server: ModelServer, tried: Try) -> None:
    moments = itertools.count(0.0, 10.0)
    server.script = [endless(b": ping\n")]
    done = tried("# Start\n\nIt is maybe so.\n", max_seconds=100, moment=lambda: next(moments))
    assert no_answer(done.said) == "its answer was given up: the answer took too long"


FATAL = {
    401: "refuses docbot (401): see that the variable DOCBOT_MODEL_KEY holds a key that may use the model",
    403: "refuses docbot (403): see that the variable DOCBOT_MODEL_KEY holds a key that may use the model",
    402: "says that the account is used up (402): see to it, or name another model",
    404: "doesn't know the model some-model, or nothing is at this address (404): correct the name, or "
    "`base_url` under [model], which mostly ends in /v1",
    302: "sends docbot elsewhere (302), and nothing was sent there: correct base_url",
}


@pytest.mark.parametrize("status", FATAL)
def test_what_no_request_can_mend_ends_the_run(server: ModelServer, tried: Try, status: int) -> None:
    server.script = [failure(status, "your key s3cret-key is bad")]
    with pytest.raises(UsageError, match=re.escape(FATAL[status])) as caught:
        tried(key="s3cret-key")
    assert "s3cret" not in str(caught.value)
    assert len(server.calls) == 1


def test_without_a_key_the_remedy_is_to_name_one(server: ModelServer, tried: Try) -> None:
    server.script = [failure(401)]
    with pytest.raises(
        UsageError, match="put a key into the variable DOCBOT_MODEL_KEY, or name one in `key_env`"
    ):
        tried()


def test_an_account_that_is_used_up_is_not_asked_again(server: ModelServer, tried: Try) -> None:
    server.script = [failure(429, "You exceeded your current quota", "insufficient_quota", retry_after="1")]
    with pytest.raises(UsageError, match="used up"):
        tried()
    assert len(server.calls) == 1


def test_no_redirection_is_followed(server: ModelServer, tried: Try) -> None:
    with ModelServer() as elsewhere:
        elsewhere.script = [GOOD]
        for status in (301, 302, 303, 307, 308):
            server.script = [failure(status, Location=f"{elsewhere.url}/chat/completions")]
            server.calls.clear()
            with pytest.raises(UsageError, match="elsewhere"):
                tried(key="s3cret-key")
        assert elsewhere.calls == []


def test_nobody_at_home(server: ModelServer, tried: Try) -> None:
    server.server_close()
    said = no_answer(tried().said)
    assert said.endswith("can't be reached: see that it runs, and that base_url is right (asked 4 times)")


class TestParameters:
    """An endpoint that can't take a parameter is asked without it, and never asked with it again."""

    @pytest.mark.parametrize(
        ("complaints", "forms"),
        [
            (["Invalid parameter: response_format"], ["json_schema", "json_object", "json_object"]),
            (["json_schema unsupported", "json_object too"], ["json_schema", "json_object", None, None]),
            (["Bad Request", "Bad Request"], ["json_schema", "json_object", None, None]),
        ],
    )
    def test_the_form_of_answers(
        self, server: ModelServer, tried: Try, complaints: list[str], forms: list[str | None]
    ) -> None:
        server.script = [*[failure(400, one) for one in complaints], GOOD, NOTHING]
        assert tried().text == DONE_RIGHT
        assert [call.body.get("response_format", {}).get("type") for call in server.calls] == forms

    @pytest.mark.parametrize(
        ("complaint", "lost"),
        [
            ("Unknown parameter: stream_options", {"stream_options"}),
            ("Unsupported value: 'temperature' does not support 0", {"temperature"}),
            ("stream is not supported", {"stream_options"}),
        ],
    )
    def test_others(self, server: ModelServer, tried: Try, complaint: str, lost: set[str]) -> None:
        server.script = [failure(400, complaint), GOOD, NOTHING]
        assert tried().text == DONE_RIGHT
        first, *others = [set(call.body) for call in server.calls]
        assert [first - other for other in others] == [lost] * 2

    def test_the_name_of_the_limit(self, server: ModelServer, tried: Try) -> None:
        complaint = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
        server.script = [failure(400, complaint), GOOD, NOTHING]
        assert tried().text == DONE_RIGHT
        names = [sorted(name for name in call.body if name.startswith("max")) for call in server.calls]
        assert names == [["max_tokens"], ["max_completion_tokens"], ["max_completion_tokens"]]

    def test_one_that_takes_nothing(self, server: ModelServer, tried: Try) -> None:
        server.script = [failure(400, "no")]
        done = tried("# Start\n\nIt is maybe so.\n")
        assert no_answer(done.said).endswith("answered 400 (no)")
        assert len(server.calls) == 3


class TestBudget:
    SECTIONS = "".join(f"# Part {n}\n\nIt is maybe so.\n\n" for n in range(5))

    def test_calls(self, server: ModelServer, tried: Try) -> None:
        server.script = [GOOD, failure(500), GOOD]
        done = tried(self.SECTIONS, max_calls=3)
        assert len(server.calls) == 3
        assert len(done.fixes) == 2
        assert done.said == [
            "3 sections were not drafted: the model's budget is spent (max_calls = 3): raise it under "
            "[model]; run it again, answers are kept"
        ]

    def test_tokens_that_the_endpoint_counts(self, server: ModelServer, tried: Try) -> None:
        server.script = [streamed(FIRST, usage=(11_000, 900))]
        done = tried(self.SECTIONS, max_tokens=20_000)
        assert (len(server.calls), done.asker.budget.tokens) == (2, 23_800)
        assert "max_tokens = 20000" in done.said[0]
        limits = [call.body["max_tokens"] for call in server.calls]
        assert limits[0] == 8_192
        assert 512 < limits[1] < limits[0]

    @pytest.mark.parametrize("usage", [None, (-5, -(10**9))])
    def test_tokens_that_nobody_counts(
        self, server: ModelServer, tried: Try, usage: tuple[int, int] | None
    ) -> None:
        server.script = [streamed(FIRST, usage=usage)]
        done = tried(self.SECTIONS)
        budget = done.asker.budget
        sent = sum(len(one["content"]) for call in server.calls for one in call.body["messages"])
        assert sent / 4 < budget.sent < sent / 2
        assert 5 * len(FIRST) / 4 < budget.received < 5 * len(FIRST)

    def test_tokens_of_an_answer_that_was_torn(self, server: ModelServer, tried: Try) -> None:
        server.script = [raw(event("word " * 300)), GOOD]
        budget = tried("# Start\n\nIt is maybe so.\n").asker.budget
        assert budget.received > 305
        assert budget.sent > 500

    def test_money(self, server: ModelServer, tried: Try) -> None:
        server.script = [streamed(FIRST, usage=(1_000, 1_000))]
        done = tried(self.SECTIONS, price_in=100.0, price_out=400.0, max_cost=1.2)
        assert len(server.calls) == 2
        assert done.asker.budget.cost == pytest.approx(1.0)
        assert "max_cost = 1.2" in done.said[0]

    def test_seconds(self, server: ModelServer, tried: Try) -> None:
        server.script = [failure(503, retry_after="50"), failure(503, retry_after="50"), GOOD]
        done = tried(self.SECTIONS, max_seconds=90)
        assert done.clock.waits == [50.0]
        assert len(server.calls) == 2
        assert "max_seconds = 90" in done.said[0]

    def test_what_was_heard_so_far_is_told(self, server: ModelServer, tried: Try) -> None:
        server.script = [streamed(FIRST, usage=None)]
        heard = tried("# Start\n\nIt is maybe so.\n", max_tokens=70_000).heard
        assert len(heard) > 5
        assert heard[:-1] == sorted(heard[:-1])
        assert {most for _, most in heard} == {70_000}


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_streams_in_every_cut(server: ModelServer, tried: Try, end: bytes) -> None:
    """Whatever pieces the network makes of it, a stream says the same."""
    words = [
        event(FIRST[:9], x="é"),
        b": comment\n\n",
        b"event: x\n",
        event(FIRST[9:]),
        event(finish="stop"),
        DONE,
    ]
    data = b"".join(words).replace(b"\n", end)
    for size in (1, 2, 3, 7, 64):
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        server.script = [raw(*pieces), NOTHING]
        server.calls.clear()
        assert tried().text == DONE_RIGHT


@pytest.mark.parametrize(
    "events",
    [
        [event(FIRST), event(finish="stop")],
        [event(FIRST), DONE],
        [event(FIRST, finish="stop").rstrip(b"\n")],
        [event(FIRST), DONE, event("more"), b"data: {nonsense"],
        [event(""), b'data: {"choices": [], "usage": null, "error": null}\n\n', event(FIRST), DONE],
    ],
)
def test_streams_that_end_in_their_own_way(server: ModelServer, tried: Try, events: list[bytes]) -> None:
    server.script = [raw(*events), NOTHING]
    assert tried().text == DONE_RIGHT


def test_only_the_first_choice_counts(server: ModelServer, tried: Try) -> None:
    choices = [{"message": {"content": text}} for text in (FIRST, "other")]
    server.script = [reply(200, JSON, json.dumps({"choices": choices})), NOTHING]
    assert tried().text == DONE_RIGHT


def test_a_stream_is_asked_for_and_told_by_its_type(server: ModelServer, tried: Try) -> None:
    server.script = [reply(200, f"{STREAM}; charset=utf-8", event(FIRST) + DONE), NOTHING]
    assert tried().text == DONE_RIGHT
    assert server.calls[0].body["stream"] is True
