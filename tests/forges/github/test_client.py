"""The client against faults of the line and of GitHub: real sockets, real PyGithub, no real waits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path
from typing import Any

import github
import pytest

import docbot
from docbot.errors import StoppedError
from docbot.forges.github.client import LONGEST, TRIES, Client, Clock
from docbot.forges.github.place import Place
from docbot.forges.requests import ApiRequest
from tests.forges.github.scripted import DROPPED, UNREAD, Scripted, Step, answer

REPO = {"full_name": "o/r", "name": "r"}
PULL = {"number": 7}
POST = ApiRequest.of("POST", "/repos/o/r/pulls", {"title": "x"})
PATCH = ApiRequest.of("PATCH", "/repos/o/r/pulls/7", {"title": "x"})
NOW = 1_900_000_000
TOKEN = "ghp_averysecrettoken"


class Waits(list[float]):
    """The waits of a client whose clock only moves when it waits."""

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: NOW + sum(self), sleep=self.append)


class Talk:
    """A client at a scripted server, and what it said and waited."""

    def __init__(self, place: Place, timeout: int = 30, source: str = "") -> None:
        self.waits, self.said = Waits(), list[str]()
        self.client = Client(
            place,
            TOKEN,
            say=self.said.append,
            clock=self.waits.clock,
            source=source,
            writes_apart=0,
            timeout=timeout,
        )

    def name(self) -> str:
        return self.client.read(lambda api: api.get_repo("o/r").full_name, "the repository o/r")

    def numbers(self) -> list[int]:
        """Of the open pull requests from `me:b`, as GitHub lists them."""

        def ask(api: github.Github) -> list[int]:
            repository = api.get_repo("o/r")
            return [pull.number for pull in repository.get_pulls(state="open", head="me:b")]

        return self.client.read(ask, "the pull requests from me:b")


Act = Callable[[Talk], object]


def stopped(steps: list[Step], act: Act, **options: Any) -> tuple[str, Scripted, Talk]:
    """The sentence that `act` ends with."""
    with Scripted(*steps) as server:
        talk = Talk(server.place, **options)
        with talk.client, pytest.raises(StoppedError) as caught:
            act(talk)
    sentence = str(caught.value)
    assert "\n" not in sentence and TOKEN not in sentence
    assert server.steps == []
    return sentence, server, talk


def limited(
    status: int = 403, message: str = "You have exceeded a secondary rate limit", **headers: object
) -> Step:
    fields = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return answer(status, {"message": message}, fields)


def trouble(status: int = 502) -> Step:
    return answer(status, b"<html>Unicorn!</html>", kind="text/html")


def test_a_request_says_who_asks() -> None:
    with Scripted(answer(data=REPO)) as server, Talk(server.place).client as client:
        client.read(lambda api: api.get_repo("o/r"), "it")
    headers = server.received[0].headers
    assert headers["authorization"] == f"token {TOKEN}"
    assert headers["user-agent"] == f"docbot/{docbot.__version__}"


def test_t34_without_a_token_it_asks_as_nobody() -> None:
    with (
        Scripted(answer(data=REPO)) as server,
        Client(server.place, None, say=print, clock=Waits().clock, writes_apart=0) as client,
    ):
        client.read(lambda api: api.get_repo("o/r"), "it")
    assert "authorization" not in server.received[0].headers


def test_scopes_are_known_once_github_told_them() -> None:
    steps = (
        answer(data=REPO),
        answer(data=REPO, headers={"X-OAuth-Scopes": "repo, workflow"}),
        answer(data=REPO, headers={"X-OAuth-Scopes": ""}),
    )
    with Scripted(*steps) as server:
        talk = Talk(server.place)
        with talk.client:
            found = []
            for _ in steps:
                talk.name()
                found.append(talk.client.scopes)
    assert found == [None, {"repo", "workflow"}, frozenset()]


def test_lists_are_read_a_hundred_at_a_time() -> None:
    with Scripted(answer(data=REPO | {"url": ""}), answer(data=[])) as server:
        repo = REPO | {"url": f"{server.place.api}/repos/o/r"}
        server.steps[0] = answer(data=repo)
        talk = Talk(server.place)
        with talk.client:
            assert talk.numbers() == []
    assert server.calls[1] == "GET /repos/o/r/pulls?head=me%3Ab&per_page=100&state=open"


@pytest.mark.parametrize(
    "body",
    [b'{"title":"\xf0\x9f\x98\x80 \\ud83d\\ude00 \\ud800 </p> \\u0000\\u2028"}', b'{ "a": 1.0, "a":2 }'],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT"])
def test_t05_the_bytes_on_the_wire_are_those_of_the_request(method: str, body: bytes) -> None:
    with Scripted(trouble(), answer(201, PULL)) as server:
        talk, request = Talk(server.place), ApiRequest(method, "/repos/o/r/pulls", body)
        with talk.client:
            sent = (
                talk.client.create(request, lambda: None) if method == "POST" else talk.client.repeat(request)
            )
    assert sent == PULL
    assert [each.body for each in server.received] == [body, body]
    headers = server.received[0].headers
    assert headers["content-type"] == "application/json" and headers["content-length"] == str(len(body))


@pytest.mark.parametrize(
    "text", ["emoji 😀 é", "\ud800 lone", "</script>", "\x00\x1f\x7f\u2028\u2029", '"\\/']
)
def test_t05_odd_text_arrives_as_the_dry_run_shows_it(text: str) -> None:
    request = ApiRequest.of("POST", "/repos/o/r/pulls", {"body": text})
    with Scripted(answer(201, PULL)) as server:
        talk = Talk(server.place)
        with talk.client:
            talk.client.create(request, lambda: None)
    assert server.received[0].body == request.body
    assert json.loads(server.received[0].body) == {"body": text}


def read(talk: Talk) -> object:
    return talk.name()


def repeat(talk: Talk) -> object:
    return talk.client.repeat(PATCH)


def create(talk: Talk) -> object:
    return talk.client.create(POST, lambda: None)


EACH = pytest.mark.parametrize("act", [read, repeat, create])
ONCE = [UNREAD, DROPPED, trouble(500), trouble(502), trouble(503), trouble(504), answer(missing=5)]


@EACH
@pytest.mark.parametrize("fault", ONCE)
def test_a_fault_that_passes_is_waited_out(act: Act, fault: Step) -> None:
    with Scripted(fault, answer(200, REPO)) as server:
        talk = Talk(server.place)
        with talk.client:
            assert act(talk) in ("o/r", REPO)
    assert talk.waits == [1] and talk.said == [] and server.steps == []


@EACH
def test_a_host_that_answers_too_late_is_asked_again(act: Act) -> None:
    with Scripted(answer(200, REPO, waits=1.5), answer(200, REPO)) as server:
        talk = Talk(server.place, timeout=1)
        with talk.client:
            assert act(talk) in ("o/r", REPO)
    assert talk.waits == [1] and len(server.received) == 2


@EACH
@pytest.mark.parametrize(("fault", "why"), [(trouble(), "HTTP 502"), (DROPPED, "the connection was lost")])
def test_a_fault_that_stays_is_given_up(act: Act, fault: Step, why: str) -> None:
    sentence, _, talk = stopped([fault] * TRIES, act)
    assert talk.waits == [1, 2, 4]
    assert talk.said == [f"127.0.0.1 can't answer, so docbot waits 4 seconds ({why}), then goes on"]
    assert why in sentence and "run docbot again" in sentence
    assert ("the next run finds it" in sentence) == (act is not read)


@EACH
def test_nothing_listens(act: Act) -> None:
    with Scripted() as server:
        place = server.place
    talk = Talk(place)
    with (
        talk.client,
        pytest.raises(StoppedError, match=r"doesn't reach 127\.0\.0\.1: the connection was refused"),
    ):
        act(talk)
    assert talk.waits == [1, 2, 4]


def test_a_read_is_repeated_whole() -> None:
    asked = []

    def ask(api: github.Github) -> int:
        asked.append(api.get_repo("o/r").full_name)
        return len(asked) + len(api.get_repo("o/r2").full_name)

    with Scripted(answer(data=REPO), trouble(), answer(data=REPO), answer(data=REPO)) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.read(ask, "both") == 5
    assert server.calls == ["GET /repos/o/r", "GET /repos/o/r2", "GET /repos/o/r", "GET /repos/o/r2"]


class Look:
    """Looks whether the thing is there, and counts."""

    def __init__(self, *found: str | None) -> None:
        self.found, self.times = list(found), 0

    def __call__(self) -> str | None:
        self.times += 1
        return self.found.pop(0)


@pytest.mark.parametrize(
    "fault", [*ONCE, answer(201, b"<html>Sign in", kind="text/html"), answer(201, b'{"number": 7')]
)
def test_t31_what_was_done_although_the_answer_was_lost_is_found_and_not_done_again(fault: Step) -> None:
    look = Look("there")
    with Scripted(fault) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.create(POST, look) == "there"
    assert look.times == 1 and sum(call.startswith("POST") for call in server.calls) <= 1


def test_t31_a_post_is_sent_again_only_when_nothing_is_found() -> None:
    look = Look(None, None)
    with Scripted(trouble(), DROPPED, answer(201, PULL)) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.create(POST, look) == PULL
    assert look.times == 2 and len(server.received) == 3 and talk.waits == [1, 2]


def test_t31_it_looks_also_after_the_last_try() -> None:
    look = Look(None, None, None, "there")
    with Scripted(*[trouble()] * TRIES) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.create(POST, look) == "there"
    assert look.times == TRIES


def test_t31_a_first_try_that_was_seen_late_is_found() -> None:
    look = Look(None, "there")
    twice = answer(
        422,
        {"message": "Validation Failed", "errors": [{"message": "A pull request already exists for o:b."}]},
    )
    with Scripted(trouble(), twice) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.create(POST, look) == "there"
    assert server.steps == []


def test_t31_what_was_unsure_once_stays_so() -> None:
    with Scripted(trouble(), limited(retry_after=3)) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.create(POST, Look(None, "there")) == "there"
    assert talk.waits == [1, 3]


def test_t31_what_another_run_did_at_the_same_time_is_found() -> None:
    twice = answer(
        422,
        {"message": "Validation Failed", "errors": [{"message": "A pull request already exists for o:b."}]},
    )
    with Scripted(twice) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.create(POST, Look("there")) == "there"
    sentence, _, _ = stopped([twice], lambda talk: talk.client.create(POST, Look(None)))
    assert "an open pull request from this branch already" in sentence


@pytest.mark.parametrize("status", [401, 403, 404, 410, 422, 451])
def test_a_no_is_taken_at_once_and_nothing_is_looked_for(status: int) -> None:
    look = Look()
    sentence, _, talk = stopped(
        [answer(status, {"message": "No."})], lambda talk: talk.client.create(POST, look)
    )
    assert (talk.waits, look.times) == ([], 0)
    assert "POST /repos/o/r/pulls" in sentence and "finds it" not in sentence


QUICK = answer(
    422,
    {
        "message": "Validation Failed",
        "errors": [{"resource": "PullRequest", "code": "custom", "message": "was submitted too quickly"}],
    },
)
SECONDARY = "secondary rate limit"


@EACH
@pytest.mark.parametrize(
    ("step", "wait", "why"),
    [
        (limited(403, retry_after=17), 17, SECONDARY),
        (limited(429, "Slow down", retry_after=17), 17, SECONDARY),
        (limited(403), 60, SECONDARY),
        (limited(429, "Slow down"), 60, SECONDARY),
        (limited(403, "You have triggered an abuse detection mechanism."), 60, SECONDARY),
        (limited(403, "Please wait a few minutes before you try again."), 60, SECONDARY),
        (QUICK, 60, SECONDARY),
        (limited(403, retry_after="soon"), 60, SECONDARY),
        (limited(403, retry_after=formatdate(NOW + 20, usegmt=True)), 20, SECONDARY),
        (limited(403, retry_after=formatdate(NOW - 20, usegmt=True)), 1, SECONDARY),
        (
            limited(
                403, "API rate limit exceeded for user", x_ratelimit_remaining=0, x_ratelimit_reset=NOW + 40
            ),
            41,
            "rate limit",
        ),
        (limited(429, "Slow", x_ratelimit_remaining=0, x_ratelimit_reset=NOW - 40), 1, "rate limit"),
        (
            limited(
                429,
                "Slow",
                x_ratelimit_remaining=0,
                x_ratelimit_reset=NOW + 3640,
                date=formatdate(NOW + 3600, usegmt=True),
            ),
            41,
            "rate limit",
        ),
        (limited(403, x_ratelimit_remaining=4999, x_ratelimit_reset=NOW + 999), 60, SECONDARY),
        (limited(403, x_ratelimit_remaining=0, x_ratelimit_reset="9" * 40), 60, SECONDARY),
    ],
)
def test_t30_a_limit_is_waited_out_and_said(act: Act, step: Step, wait: float, why: str) -> None:
    with Scripted(step, answer(200, REPO)) as server:
        talk = Talk(server.place)
        with talk.client:
            assert act(talk) in ("o/r", REPO)
    assert talk.waits == [wait] and len(server.received) == 2
    said = f"127.0.0.1 asks to wait {wait:.0f} seconds ({why}), then goes on"
    assert talk.said == ([said] if wait > 2 else [])


def test_t31_a_limit_needs_no_look() -> None:
    look = Look()
    with Scripted(limited(retry_after=3), answer(201, PULL)) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.create(POST, look) == PULL
    assert look.times == 0


def test_a_502_that_names_a_time_is_believed() -> None:
    with Scripted(answer(503, {}, {"Retry-After": "9"}), answer(200, REPO)) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.name() == "o/r"
    assert talk.waits == [9] and len(talk.said) == 1


@EACH
def test_t30_all_waits_together_are_bounded(act: Act) -> None:
    sentence, _, talk = stopped([limited(), limited(), limited()], act)
    assert talk.waits == [60, 120] and sum(talk.waits) < LONGEST
    assert "run docbot again in 4 minutes, nothing is lost" in sentence


def test_t30_they_are_bounded_for_the_client_and_not_for_each_request() -> None:
    with Scripted(*[limited(retry_after=100), answer(data=REPO)] * 3, limited(retry_after=2)) as server:
        talk = Talk(server.place)
        with talk.client:
            for _ in range(3):
                talk.name()
            with pytest.raises(StoppedError, match="in 2 seconds"):
                talk.name()
    assert talk.waits == [100, 100, 100]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(301, "6 minutes"), (86_400, "24 hours"), (999_999_999, "277778 hours")]
)
def test_t30_a_limit_beyond_patience_says_when_to_come_back(seconds: int, shown: str) -> None:
    sentence, _, talk = stopped([limited(retry_after=seconds)], read)
    assert talk.waits == [] and f"run docbot again in {shown}" in sentence


def test_t30_a_host_that_asks_for_no_wait_is_not_asked_without_end() -> None:
    sentence, server, talk = stopped([limited(retry_after=0)] * 9, read)
    assert talk.waits == [1, 2, 4, 8, 16, 32, 64, 128] and "nothing is lost" in sentence
    assert len(server.received) == 9


def test_a_no_with_used_up_requests_is_a_no() -> None:
    step = limited(
        403, "Repository was archived so is read-only.", x_ratelimit_remaining=0, x_ratelimit_reset=NOW + 9
    )
    sentence, _, talk = stopped([step], repeat)
    assert talk.waits == [] and "archived" in sentence


RENAMED = {"message": "Moved Permanently", "url": "x"}


@pytest.mark.parametrize("act", [repeat, create])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirected_write_is_not_done(act: Act, status: int) -> None:
    with Scripted() as server:
        target = f"{server.place.api}/repositories/5/pulls"
    sentence, server, talk = stopped([answer(status, RENAMED, {"Location": target})], act)
    assert talk.waits == [] and len(server.received) == 1
    assert f"renamed or moved to {target}" in sentence and "run docbot again" in sentence


def test_a_renamed_repository_is_read_under_its_new_name() -> None:
    with Scripted(answer(), answer(data=REPO | {"full_name": "o/new"})) as server:
        server.steps[0] = answer(301, RENAMED, {"Location": f"{server.place.api}/repositories/5"})
        talk = Talk(server.place)
        with talk.client:
            assert talk.name() == "o/new"
    assert server.calls == ["GET /repos/o/r", "GET /repositories/5"]


def test_a_redirected_list_is_not_read_without_its_filter() -> None:
    with Scripted(answer(), answer()) as server:
        api = server.place.api
        server.steps[0] = answer(data=REPO | {"url": f"{api}/repos/o/r"})
        server.steps[1] = answer(301, RENAMED, {"Location": f"{api}/repositories/5/pulls?state=open"})
        talk = Talk(server.place)
        with talk.client, pytest.raises(StoppedError, match="renamed or moved"):
            talk.numbers()
    assert len(server.received) == 2


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/repositories/5",
        "/repositories/5",
        "",
        "{api}/repos/o/r",
        "{api}/../x",
        "http://[x",
    ],
)
def test_a_redirect_to_elsewhere_is_not_followed(location: str) -> None:
    with Scripted(answer()) as server:
        server.steps[0] = answer(301, RENAMED, {"Location": location.format(api=server.place.api)})
        talk = Talk(server.place)
        with talk.client, pytest.raises(StoppedError, match="renamed or moved"):
            talk.name()
    assert len(server.received) == 1


def test_a_redirect_in_a_circle_ends() -> None:
    with Scripted(answer(), answer()) as server:
        target = {"Location": f"{server.place.api}/repositories/5"}
        server.steps[:] = [answer(301, RENAMED, target), answer(301, RENAMED, target)]
        talk = Talk(server.place)
        with talk.client, pytest.raises(StoppedError, match="renamed or moved"):
            talk.name()
    assert len(server.received) == 2


def test_an_answer_that_is_not_ready_is_not_waited_for_without_end() -> None:
    sentence, _, talk = stopped([answer(202, {})] * TRIES, read)
    assert talk.waits == [1, 2, 4] and "HTTP 202" in sentence


def test_a_fork_that_is_on_its_way_is_an_answer() -> None:
    with Scripted(answer(202, REPO)) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.create(POST, Look()) == REPO


def test_no_content_is_an_answer() -> None:
    with Scripted(answer(204, b"")) as server:
        talk = Talk(server.place)
        with talk.client:
            assert talk.client.repeat(PATCH) == {}


STRANGE = [
    answer(200, b"<html>Sign in to the Wi-Fi</html>", kind="text/html"),
    answer(200, b"all right", kind="text/plain"),
    answer(200, b'{"full_name": "o/'),
    answer(200, b"[1, 2"),
]


@EACH
@pytest.mark.parametrize("step", STRANGE)
def test_what_is_not_githubs_answer_is_told_and_not_asked_again(act: Act, step: Step) -> None:
    sentence, server, talk = stopped([step], act)
    assert "isn't GitHub" in sentence and "sign-in page" in sentence and server.place.api in sentence
    assert talk.waits == []


@pytest.mark.parametrize("body", [b"\xff\xfe{", b'["o/r"]', b'"o/r"', b"5"])
@pytest.mark.parametrize("act", [repeat, create])
def test_what_is_no_object_is_no_answer_to_a_write(act: Act, body: bytes) -> None:
    sentence, _, _ = stopped([answer(200, body)], act)
    assert "isn't GitHub" in sentence and "finds it" in sentence


@pytest.mark.parametrize(
    "data", [{"full_name": 5}, {"full_name": ["o/r"]}, {"owner": "o", "full_name": "o/r"}, {"owner": []}]
)
def test_values_of_another_kind_are_told(data: dict[str, object]) -> None:
    def ask(api: github.Github) -> object:
        found = api.get_repo("o/r")
        return found.owner.login if "owner" in data else found.full_name

    with Scripted(answer(data=REPO | data)) as server:
        talk = Talk(server.place)
        with talk.client, pytest.raises(StoppedError, match="isn't GitHub"):
            talk.client.read(ask, "it")


@pytest.mark.parametrize(
    "body", [b"[1]", b'{"message": 5}', b'{"message', b'{"message": null, "errors": {"a": 1}}']
)
def test_an_error_that_cannot_be_read_is_a_sentence_too(body: bytes) -> None:
    sentence, _, _ = stopped([answer(403, body)], read)
    assert "docbot asked for the repository o/r" in sentence


def test_t27_an_address_of_somebody_else_is_never_asked() -> None:
    with Scripted(answer(data=REPO | {"url": "https://evil.example/repos/o/r"})) as server:
        talk = Talk(server.place)
        with talk.client, pytest.raises(StoppedError, match="isn't GitHub"):
            talk.numbers()
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "mistake",
    [
        lambda api: api.get_repo("o/r").full_nam,
        lambda api: api.get_repo(None),
        lambda api: {"a": 1}["x"],
        lambda api: Path("no/such/file").read_text("utf-8"),
        lambda api: int("x"),
        lambda api: api.get_repo("o/r").get_pulls(stat="open"),
        lambda api: api.get_repo("o/r").get_pulls(state=5),
        lambda api: json.loads("{"),
    ],
)
def test_a_mistake_of_docbots_own_is_no_answer_of_githubs(mistake: Callable[[github.Github], object]) -> None:
    with (
        Scripted(answer(data=REPO)) as server,
        Talk(server.place).client as client,
        pytest.raises((AssertionError, AttributeError, KeyError, OSError, TypeError, ValueError)),
    ):
        client.read(mistake, "it")


def test_a_stop_within_a_read_is_that_stop() -> None:
    def ask(api: github.Github) -> None:
        raise StoppedError("as it is")

    with (
        Scripted() as server,
        Talk(server.place).client as client,
        pytest.raises(StoppedError, match=r"^as it is$"),
    ):
        client.read(ask, "it")


def test_ctrl_c_passes_through() -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    with (
        Scripted(trouble()) as server,
        Client(server.place, TOKEN, say=print, clock=Clock(sleep=interrupt), writes_apart=0) as client,
        pytest.raises(KeyboardInterrupt),
    ):
        client.create(POST, lambda: None)
    assert len(server.received) == 1


def test_a_page_instead_of_tls_is_a_sentence() -> None:
    with Scripted(*[UNREAD] * TRIES) as server:
        place = Place(*(url.replace("http:", "https:") for url in (server.place.server, server.place.api)))
        talk = Talk(place)
        with talk.client, pytest.raises(StoppedError, match=r"doesn't reach 127\.0\.0\.1: "):
            talk.name()
    assert server.received == []


def test_t27_the_name_of_the_token_is_shown_and_not_the_token() -> None:
    step = answer(401, {"message": f"Bad credentials: {TOKEN} ghs_other github_pat_11A_b"})
    sentence, _, _ = stopped([step], read, source="GITHUB_TOKEN")
    assert "the token from GITHUB_TOKEN" in sentence and "*** *** ***" in sentence


def test_t30_writes_are_apart() -> None:
    import time

    with (
        Scripted(answer(200, PULL), answer(200, PULL)) as server,
        Client(server.place, TOKEN, say=print, writes_apart=0.3) as client,
    ):
        client.repeat(PATCH)
        start = time.monotonic()
        client.repeat(PATCH)
        assert time.monotonic() - start > 0.25


def test_pygithub_is_loaded_only_when_it_is_needed() -> None:
    code = "import sys; import docbot.forges.github.client; print({'github', 'requests'} & set(sys.modules))"
    done = subprocess.run((sys.executable, "-c", code), check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
