"""A whole run: who is asked when, what is proved, and what ends it."""

from __future__ import annotations

import itertools
import json
import socket
import threading
import time
from typing import Any

import pytest

from docbot.web.interface import Copy, Look, State, Unseen, Why
from docbot.web.pace import Pace
from tests.web.server import Call, Server, Ticking, always, looker, looks, moved, page, reply


def names(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
    """Knows this machine, and that names in `.invalid` don't exist."""
    if host.endswith(".invalid"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return socket.getaddrinfo(host, port, **options)


def test_host_without_a_name_is_dead_where_names_work(server: Server) -> None:
    server.routes["/a"] = page()
    gone = [f"http://gone.invalid/{n}" for n in range(5)]
    seen = looks(looker(resolve=names), [*gone, server.url("/a", "localhost")])
    for url in gone:
        look = seen[url]
        assert isinstance(look, Look)
        assert (look.state, look.status, look.said) == (State.DEAD, 0, "its host has no address")


def test_host_without_a_name_proves_nothing_where_only_numbers_answer(server: Server) -> None:
    server.routes["/a"] = page()
    seen = looks(looker(resolve=names), ["http://gone.invalid/", server.url("/a")])
    assert seen["http://gone.invalid/"] == Unseen("http://gone.invalid/", Why.HOST)


def test_nothing_is_dead_where_no_name_works_and_few_are_tried() -> None:
    tried: list[str] = []

    def nobody(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        tried.append(host)
        time.sleep(0.02)
        return names("no.invalid", port)

    urls = [f"https://{n}.lantern.dev/{m}" for n in range(400) for m in range(2)]
    seen = looks(looker(resolve=nobody, budget=1e9), urls)
    assert {*seen.values()} == {Unseen(url, Why.OFFLINE) for url in urls}
    assert len({*tried}) < 300


def test_many_dead_hosts_listed_first_are_no_lost_network(server: Server) -> None:
    """The others get a while to answer, however quickly these are told apart."""
    answered = threading.Event()

    def slow(call: Call) -> bytes:
        time.sleep(0.3)
        answered.set()
        return reply(200)

    class Later(Ticking):
        def sleep(self, seconds: float) -> None:
            answered.wait(5)
            time.sleep(0.3)
            super().sleep(seconds)

    server.routes["/slow"] = slow
    gone = [f"http://{n}.invalid/" for n in range(7)]
    seen = looks(looker(resolve=names, clock=Later().clock), [*gone, server.url("/slow", "localhost")])
    states = [one.state for one in seen.values() if isinstance(one, Look)]
    assert sorted(states) == [State.DEAD] * 7 + [State.GOOD]


def test_network_that_went_away_kills_nobody(server: Server) -> None:
    """The proof that names work has to be as fresh as the news that one doesn't."""
    server.routes["/a"] = page()
    asked = itertools.count()

    def failing(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        return names(host if host == "localhost" and next(asked) < 2 else "now.invalid", port, **options)

    seen = looks(looker(resolve=failing), ["http://gone.dev/", server.url("/a", "localhost")])
    assert seen["http://gone.dev/"] == Unseen("http://gone.dev/", Why.HOST)


def test_name_that_comes_back_is_there(server: Server) -> None:
    server.routes["/a"] = page()
    asked = itertools.count()

    def late(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        return names("localhost" if next(asked) else "late.invalid", port, **options)

    url = server.url("/a", "late.dev")
    look = looks(looker(resolve=late), [url])[url]
    assert isinstance(look, Look)
    assert look.state is State.GOOD


def test_name_that_is_lost_now_and_then_is_not_gone(server: Server) -> None:
    server.routes |= {f"/{n}": page() for n in range(6)}
    asked = itertools.count()

    def flaky(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        lost = host == "flaky.dev" and next(asked) % 3 == 0
        return names("lost.invalid" if lost else "localhost", port, **options)

    urls = [server.url(f"/{n}", "flaky.dev") for n in range(6)]
    seen = looks(looker(resolve=flaky), [*urls, server.url("/0", "localhost")])
    assert not any(isinstance(one, Look) and one.state is State.DEAD for one in seen.values())


def test_name_that_comes_back_at_last_is_not_gone(server: Server) -> None:
    server.routes["/a"] = page()
    asked = itertools.count()

    def late(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        lost = host == "late.dev" and next(asked) < 2
        return names("lost.invalid" if lost else "localhost", port, **options)

    seen = looks(looker(resolve=late), ["http://late.dev/", server.url("/a", "localhost")])
    assert seen["http://late.dev/"] == Unseen("http://late.dev/", Why.HOST)


def test_host_that_answered_has_a_name(server: Server) -> None:
    server.routes["/a"] = page()
    asked = itertools.count()

    def lost(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        gone = host == "lost.dev" and next(asked) >= 2
        return names("lost.invalid" if gone else "localhost", port, **options)

    urls = [server.url("/a", "lost.dev"), server.url("/b", "lost.dev")]
    seen = looks(looker(resolve=lost), [*urls, server.url("/a", "localhost")])
    assert isinstance(seen[urls[0]], Look)
    assert seen[urls[1]] == Unseen(urls[1], Why.HOST)


@pytest.mark.parametrize("detour", [False, True])
def test_a_host_is_asked_one_thing_at_a_time(server: Server, detour: bool) -> None:
    """Also where many other hosts send readers there."""
    busy, most = [0], [0]
    lock = threading.Lock()

    def count(call: Call) -> bytes:
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        time.sleep(0.01)
        with lock:
            busy[0] -= 1
        return reply(200)

    def here(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        return socket.getaddrinfo("127.0.0.1", port, **options)

    for n in range(12):
        server.routes |= {f"/to/{n}": moved(server.url(f"/{n}", "busy.dev"), 302), f"/{n}": count}
    path, host = ("/to/{}", "host{}.dev") if detour else ("/{}", "busy.dev")
    looks(looker(resolve=here), [server.url(path.format(n), host.format(n)) for n in range(12)])
    assert most == [1]
    assert sum("to" not in call.path for call in server.calls) == 12


def test_pause_between_requests_to_a_host(server: Server) -> None:
    ticking = Ticking()
    server.routes |= {f"/{n}": always(200) for n in range(5)}
    looks(looker(clock=ticking.clock, apart=3.0), [server.url(f"/{n}") for n in range(5)])
    assert ticking.waits == [3.0] * 4


def test_hosts_are_asked_beside_each_other(server: Server) -> None:
    """The first answers only when the second was asked too."""
    second = threading.Event()

    def first(call: Call) -> bytes:
        return reply(200 if second.wait(0.3) else 500)

    def other(call: Call) -> bytes:
        second.set()
        return reply(200)

    server.routes |= {"/first": first, "/second": other}
    seen = looks(looker(), [server.url("/first"), server.url("/second", "localhost")])
    assert [look.state for look in seen.values() if isinstance(look, Look)] == [State.GOOD] * 2


def test_host_out_of_reach_is_left_after_a_few_tries(server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server.routes["/a"] = page()
    closed = [f"http://127.0.0.1:{port}/{n}" for n in range(20)]
    seen = looks(looker(), [*closed, server.url("/a", "localhost")])
    assert [seen[url] for url in closed] == [Unseen(url, Why.HOST) for url in closed]


def test_host_that_answers_in_between_is_within_reach(server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server.routes |= {"/1": always(200), "/2": always(200)}
    closed = [f"http://127.0.0.1:{port}/{n}" for n in range(2)]
    seen = looks(looker(), [closed[0], server.url("/1"), closed[1], server.url("/2")])
    assert isinstance(seen[closed[0]], Look)


def test_redirection_to_a_host_without_a_name_is_no_word_about_the_first(server: Server) -> None:
    server.routes |= {"/a": moved("http://gone.invalid/"), "/b": page(), "/c": moved("http://gone.invalid/")}
    urls = [server.url(path, "localhost") for path in ("/a", "/b", "/c")]
    seen = looks(looker(resolve=names), urls)
    states = [look.state for url in urls if isinstance(look := seen[url], Look)]
    assert states == [State.TROUBLED, State.GOOD, State.TROUBLED]


def test_time_is_over(server: Server) -> None:
    ticking = Ticking()
    server.routes |= {f"/{n}": always(200) for n in range(40)}
    urls = [server.url(f"/{n}") for n in range(40)]
    seen = looks(looker(clock=ticking.clock, apart=10.0, budget=100.0), urls)
    unseen = [one for one in seen.values() if isinstance(one, Unseen)]
    assert {one.why for one in unseen} == {Why.TIME}
    assert 0 < len(unseen) < 40


def test_who_stops_listening_stops_the_asking(server: Server) -> None:
    server.routes |= {f"/{n}": always(200) for n in range(200)}
    answers = looker(apart=0.0).look([server.url(f"/{n}") for n in range(200)])
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    asked = len(server.calls)
    time.sleep(0.2)
    assert len(server.calls) <= asked + 2
    assert asked < 150


def test_mistake_in_a_thread_is_heard(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda args: None)
    by = looker()
    monkeypatch.setattr(by, "ask", lambda method, url: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(by.look([server.url("/a")]))


def test_nothing_to_look_at() -> None:
    assert list(looker().look([])) == []


COPY = "http://web.archive.org/web/20130919044612/http://127.0.0.1/gone"


def archive_of(url: str, status: str = "200", *, available: bool = True) -> str:
    """What the availability API answers."""
    closest = {"status": status, "available": available, "url": url, "timestamp": "20130919044612"}
    return json.dumps({"url": "x", "archived_snapshots": {"closest": closest}})


def test_archive_has_a_copy_of_what_is_gone(server: Server) -> None:
    server.routes |= {
        "/": page(),
        "/here": page(),
        "/archive": always(200, {"Content-Type": "application/json"}, archive_of(COPY)),
    }
    gone, here = server.url("/gone?a=b&c"), server.url("/here")
    seen = looks(looker(archive=server.url("/archive?url=", "localhost")), [gone, here])
    look = seen[gone]
    assert isinstance(look, Look)
    assert look.copy == Copy(COPY.replace("http:", "https:", 1), "2013-09-19")
    asked = [call.path for call in server.calls if call.path.startswith("/archive")]
    port = server.server_address[1]
    assert asked == [f"/archive?url=http%3A%2F%2F127.0.0.1%3A{port}%2Fgone%3Fa%3Db%26c"]


@pytest.mark.parametrize(
    "answer",
    [
        always(200, {}, '{"archived_snapshots": {}}'),
        always(200, {}, "{}"),
        always(200, {}, archive_of(COPY, status="404")),
        always(200, {}, archive_of(COPY, available=False)),
        always(200, {}, archive_of("https://evil.dev/web/20130919044612/x")),
        always(200, {}, archive_of("https://web.archive.org/web/20130919044612/x y")),
        always(200, {}, "<html>"),
        always(200, {}, b"\xff\xfe"),
        always(200, {}, '{"archived_snapshots": [' + "[" * 10_000),
        always(200, {}, '{"x": ' + "[" * 60_000),
        always(500),
        always(302, {"Location": "http://127.0.0.1/"}),
    ],
)
def test_archive_that_has_none(server: Server, answer: Any) -> None:
    server.routes["/archive"] = answer
    url = server.url("/gone")
    look = looks(looker(archive=server.url("/archive?url=", "localhost")), [url])[url]
    assert isinstance(look, Look)
    assert (look.state, look.copy) == (State.DEAD, None)


def test_archive_that_fails_is_not_asked_for_ever(server: Server) -> None:
    server.routes["/archive"] = always(500)
    urls = [server.url(f"/gone/{n}") for n in range(6)]
    looks(looker(archive=server.url("/archive?url=", "localhost")), urls)
    assert sum(call.path.startswith("/archive") for call in server.calls) == 2


def test_day_of_a_look(server: Server) -> None:
    server.routes["/a"] = page()
    url = server.url("/a")
    look = looks(looker(clock=Ticking(1_700_000_000.0).clock), [url])[url]
    assert isinstance(look, Look)
    assert look.day == "2023-11-14"


def test_pace_holds_a_host_but_no_other() -> None:
    ticking = Ticking()
    pace = Pace(ticking.clock, 0.5)
    pace.hold("a.dev", 30)
    with pace.turn("b.dev"):
        assert ticking.waits == []
    with pace.turn("a.dev"):
        assert ticking.waits == [30]
