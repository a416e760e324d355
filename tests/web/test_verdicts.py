"""What becomes of a link whose server misbehaves, each in its way."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable

import pytest

from docbot.web.interface import Hop, Look, State, Unseen, Why
from tests.web.server import (
    HASTY,
    HTML,
    Call,
    Route,
    Server,
    Ticking,
    always,
    looker,
    looks,
    moved,
    page,
    reply,
    reset,
    stall,
)

Verdict = Callable[[str], Look]


@pytest.mark.parametrize("status", [200, 202, 204, 206, 226])
def test_page_that_is_there(server: Server, verdict: Verdict, status: int) -> None:
    server.routes["/a"] = always(status)
    look = verdict("/a")
    assert (look.state, look.status, look.hops) == (State.GOOD, status, ())
    assert server.asked("/a") == ["HEAD"]


def test_only_a_page_of_html_is_read(server: Server, verdict: Verdict) -> None:
    server.routes["/a"] = page()
    assert verdict("/a").state is State.GOOD
    assert server.asked("/a") == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [404, 410])
def test_page_that_is_gone_was_looked_at_twice(server: Server, status: int) -> None:
    server.routes |= {"/gone": always(status), "/": page()}
    time = Ticking()
    url = server.url("/gone")
    look = looks(looker(clock=time.clock), [url])[url]
    assert isinstance(look, Look)
    assert (look.state, look.status, look.host_answers) == (State.DEAD, status, True)
    assert server.asked("/gone") == ["HEAD", "GET", "GET"]
    assert max(time.waits) >= 4


def test_host_that_has_no_page_at_all_is_no_witness(server: Server, verdict: Verdict) -> None:
    look = verdict("/gone")
    assert (look.state, look.host_answers) == (State.DEAD, False)
    assert server.asked("/") == ["GET"]


def test_another_page_of_the_host_is_witness_enough(server: Server) -> None:
    server.routes["/here"] = always(200)
    here, gone = server.url("/here"), server.url("/gone")
    look = looks(looker(), [here, gone])[gone]
    assert isinstance(look, Look)
    assert look.host_answers
    assert server.asked("/") == []


def test_page_that_comes_back_is_there(server: Server, verdict: Verdict) -> None:
    server.routes["/a"] = lambda call: reply(404 if len(server.asked("/a")) < 3 else 200)
    assert verdict("/a").state is State.GOOD


def test_page_that_was_gone_once_among_failures_is_looked_at_again(server: Server, verdict: Verdict) -> None:
    answers = iter([500, 500, 500, 404, 500])
    server.routes |= {"/": page(), "/a": lambda call: reply(next(answers))}
    assert verdict("/a").state is State.TROUBLED
    answers = iter([404, 404, 500, 404])
    assert verdict("/a").state is State.DEAD


def test_host_that_sends_readers_elsewhere_is_no_witness_for_there(server: Server) -> None:
    there = server.url("/gone", "localhost")
    server.routes |= {"/here": page(), "/short": moved(there, 302)}
    short, here = server.url("/short"), server.url("/here")
    look = looks(looker(), [here, short])[short]
    assert isinstance(look, Look)
    assert (look.state, look.host_answers) == (State.DEAD, False)
    assert [call.headers["Host"].split(":")[0] for call in server.calls if call.path == "/"] == ["localhost"]


def test_other_hosts_that_refuse_dont_make_a_host_refuse(server: Server) -> None:
    walled = {f"/{n}": moved(server.url(f"/walled/{n}", "localhost"), 302) for n in range(8)}
    server.routes |= walled | {f"/walled/{n}": always(403) for n in range(8)}
    seen = looks(looker(), [server.url(path) for path in walled])
    assert [one.state for one in seen.values() if isinstance(one, Look)] == [State.REFUSED] * 8


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 500, 501, 503])
def test_get_has_the_last_word(server: Server, verdict: Verdict, status: int) -> None:
    server.routes["/a"] = lambda call: reply(status if call.method == "HEAD" else 200)
    assert verdict("/a").state is State.GOOD
    assert server.asked("/a") == ["HEAD", "GET"]


@pytest.mark.parametrize("odd", [reset, lambda call: b"", lambda call: b"SSH-2.0-odd\r\n"])
def test_server_that_drops_head_is_asked_by_get(server: Server, verdict: Verdict, odd: Route) -> None:
    server.routes["/a"] = lambda call: odd(call) if call.method == "HEAD" else reply(200)
    assert verdict("/a").state is State.GOOD


@pytest.mark.parametrize("status", [400, 401, 402, 403, 405, 406, 407, 418, 421, 451, 999])
def test_refusal_is_no_death(server: Server, verdict: Verdict, status: int) -> None:
    server.routes["/a"] = always(status)
    look = verdict("/a")
    assert (look.state, look.status) == (State.REFUSED, status)
    assert server.asked("/a") == ["HEAD", "GET"]


@pytest.mark.parametrize(
    "title", ["Just a moment...", "Attention Required! | A wall", "Access Denied", "CAPTCHA"]
)
@pytest.mark.parametrize("status", [200, 403, 404, 503])
def test_wall_before_the_page_is_no_word_of_it(
    server: Server, verdict: Verdict, status: int, title: str
) -> None:
    server.routes["/a"] = always(status, HTML, f"<title>{title}</title>")
    assert verdict("/a").state is State.REFUSED


def test_challenge_in_the_headers_is_a_wall(server: Server, verdict: Verdict) -> None:
    server.routes["/a"] = always(404, {"cf-mitigated": "challenge"})
    assert verdict("/a").state is State.REFUSED


def test_failure_that_passes(server: Server, verdict: Verdict) -> None:
    server.routes["/a"] = lambda call: reply(500 if len(server.asked("/a")) < 4 else 200)
    assert verdict("/a").state is State.GOOD


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
def test_failure_for_ever_is_no_death(server: Server, verdict: Verdict, status: int) -> None:
    server.routes["/a"] = always(status)
    look = verdict("/a")
    assert (look.state, look.status) == (State.TROUBLED, status)
    assert len(server.asked("/a")) == 4


@pytest.mark.parametrize("asked", ["7", "Mon, 12 Jan 1970 13:46:47 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_host_gets_the_pause_it_asks_for(server: Server, status: int, asked: str) -> None:
    server.routes["/a"] = lambda call: (
        reply(status, {"Retry-After": asked}) if len(server.asked("/a")) < 3 - (status == 429) else reply(200)
    )
    time, url = Ticking(), server.url("/a")
    look = looks(looker(clock=time.clock), [url])[url]
    assert isinstance(look, Look)
    assert look.state is State.GOOD
    assert 5 < sum(time.waits) < 9


def test_host_that_asks_for_pauses_for_ever_is_left(server: Server) -> None:
    server.routes["/a"] = server.routes["/b"] = server.routes["/c"] = always(429)
    urls = [server.url(path) for path in ("/a", "/b", "/c")]
    time = Ticking()
    seen = looks(looker(clock=time.clock), urls)
    refused = [look for look in seen.values() if isinstance(look, Look)]
    assert [(look.state, look.status) for look in refused] == [(State.REFUSED, 429)]
    assert [one.why for one in seen.values() if isinstance(one, Unseen)] == [Why.HOST] * 2
    assert len(server.calls) == 4
    assert sum(time.waits) > 90


@pytest.mark.parametrize("asked", ["61", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_longer_pause_than_is_sensible_ends_it_at_once(server: Server, asked: str) -> None:
    server.routes["/a"] = always(429, {"Retry-After": asked})
    urls = [server.url("/a"), server.url("/b")]
    time = Ticking()
    seen = looks(looker(clock=time.clock), urls)
    assert {type(one) for one in seen.values()} == {Look, Unseen}
    assert len(server.calls) == 1
    assert sum(time.waits) < 2


@pytest.mark.parametrize("asked", ["-1", "soon", "1.5", "٣", "Mon, 99 Foo"])
def test_pause_that_is_nonsense_is_docbots_to_choose(server: Server, asked: str) -> None:
    server.routes["/a"] = lambda call: (
        reply(429, {"Retry-After": asked.encode().decode("latin-1")})
        if len(server.asked("/a")) < 2
        else reply(200)
    )
    time, url = Ticking(), server.url("/a")
    looks(looker(clock=time.clock), [url])
    assert sum(time.waits) == pytest.approx(15, abs=2)


def test_host_that_refuses_everything_is_left(server: Server) -> None:
    urls = [server.url(f"/{n}") for n in range(9)]
    server.routes |= {f"/{n}": always(403) for n in range(9)}
    seen = looks(looker(), urls)
    assert sum(isinstance(one, Unseen) for one in seen.values()) == 4


def drip(call: Call) -> bytes:
    """A byte now and then, for ever."""
    call.sock.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(200):
        call.sock.sendall(b"x")
        time.sleep(0.05)
    return b""


def half(call: Call) -> bytes:
    return b"HTTP/1.1 404 Not"


def no_http(call: Call) -> bytes:
    return b"220 mail.lantern.dev ESMTP\r\n"


def huge_header(call: Call) -> bytes:
    return reply(404, {"X": "x" * 100_000})


def many_headers(call: Call) -> bytes:
    return reply(404, {f"X-{n}": "x" for n in range(200)})


def bad_status(call: Call) -> bytes:
    return b"HTTP/1.1 4O4 Not Found\r\n\r\n"


def test_host_that_refuses_now_and_then_is_asked_on(server: Server) -> None:
    server.routes |= {f"/{n}": always(200 if n % 3 == 0 else 403) for n in range(12)}
    seen = looks(looker(), [server.url(f"/{n}") for n in range(12)])
    assert all(isinstance(one, Look) for one in seen.values())


@pytest.mark.parametrize("odd", [stall, drip])
def test_slow_server_is_no_death_and_is_cut_off(server: Server, odd: Route) -> None:
    server.routes["/a"] = odd
    started, url = time.monotonic(), server.url("/a")
    look = looks(looker(patience=HASTY), [url])[url]
    assert isinstance(look, Look)
    assert (look.state, look.status) == (State.TROUBLED, 0)
    assert "too long" in look.said
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("odd", [reset, half, no_http, huge_header, many_headers, bad_status])
def test_answer_that_is_none_is_no_death(server: Server, verdict: Verdict, odd: Route) -> None:
    server.routes["/a"] = odd
    look = verdict("/a")
    assert (look.state, look.status) == (State.TROUBLED, 0)
    assert len(server.asked("/a")) == 4


def test_gigantic_page_is_not_taken_in(server: Server, verdict: Verdict) -> None:
    sent: list[int] = []

    def gigantic(call: Call) -> bytes:
        if call.method == "HEAD":
            return reply(200, HTML)
        call.sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Large</title>")
        piece = b"x" * 65536
        for _ in range(2000):
            call.sock.sendall(piece)
            sent.append(len(piece))
        return b""

    server.routes["/a"] = gigantic
    assert verdict("/a").state is State.GOOD
    assert sum(sent) < 20_000_000


def test_bomb_is_unpacked_no_further_than_a_title(server: Server, verdict: Verdict) -> None:
    bomb = gzip.compress(b"<title>Page not found</title>" + b"\0" * 5_000_000)
    server.routes["/a"] = always(200, {**HTML, "Content-Encoding": "gzip"}, bomb)
    assert verdict("/a").state is State.SOFT


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "nonsense"])
def test_packing_that_isnt_true(server: Server, verdict: Verdict, packing: str) -> None:
    server.routes["/a"] = always(200, {**HTML, "Content-Encoding": packing}, b"\x1f\x8bnonsense")
    assert verdict("/a").state is State.GOOD


@pytest.mark.parametrize("length", ["3", "999999", "-5", "nonsense", "99999999999999999999999"])
def test_wrong_length(server: Server, verdict: Verdict, length: str) -> None:
    server.routes["/a"] = always(200, {**HTML, "Content-Length": length}, "<title>Fine</title>")
    assert verdict("/a").state is State.GOOD


def test_broken_chunks(server: Server, verdict: Verdict) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.routes["/a"] = lambda call: head + (b"" if call.method == "HEAD" else b"zz\r\nfoo")
    assert verdict("/a").state is State.GOOD


@pytest.mark.parametrize(
    "title", ["404", "Page Not Found | Lantern", "Not found", "This page no longer exists"]
)
def test_soft_404_by_its_title(server: Server, verdict: Verdict, title: str) -> None:
    server.routes["/deep/page"] = page(title)
    look = verdict("/deep/page")
    assert (look.state, look.status) == (State.SOFT, 200)
    assert title in look.said


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-16-nonsense", "base64", "rot13", "idna", "\x00", "undefined"]
)
def test_title_in_any_charset(server: Server, verdict: Verdict, charset: str) -> None:
    server.routes["/a"] = always(
        200, {"Content-Type": f"text/html; charset={charset}"}, "<title>Page not found</title>"
    )
    assert verdict("/a").state is State.SOFT


@pytest.mark.parametrize(
    "target", ["/", "/en-us/", "/index.html", "/404", "/error/404.html", "/search?q=guide"]
)
def test_soft_404_by_where_it_leads(server: Server, verdict: Verdict, target: str) -> None:
    server.routes |= {"/deep/guide": moved(target), target.split("?")[0]: page()}
    assert verdict("/deep/guide").state is State.SOFT


@pytest.mark.parametrize(
    ("path", "title"), [("/http/status-404", "404 Not Found"), ("/", "Home"), ("/not-found", "Not found")]
)
def test_page_about_it_is_none(server: Server, verdict: Verdict, path: str, title: str) -> None:
    server.routes[path] = page(title)
    assert verdict(path).state is State.GOOD


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_one_redirection(server: Server, verdict: Verdict, status: int) -> None:
    server.routes |= {"/old/a": moved("/new/a", status), "/new/a": page()}
    look = verdict("/old/a")
    assert (look.state, look.hops) == (State.GOOD, (Hop(status, server.url("/new/a")),))
    assert look.is_moved == (status in (301, 308))


def test_chain_of_relative_redirections(server: Server, verdict: Verdict) -> None:
    port = server.server_address[1]
    server.routes |= {
        "/a/b": moved("c?x=1"),
        "/a/c": moved("../d#part", 308),
        "/d": moved(f"//127.0.0.1:{port}/e"),
        "/e": page(),
    }
    look = verdict("/a/b")
    assert [hop.url for hop in look.hops] == [server.url(p) for p in ("/a/c?x=1", "/d#part", "/e")]
    assert look.is_moved


def test_move_that_only_head_sees_is_none(server: Server, verdict: Verdict) -> None:
    server.routes |= {
        "/a": lambda call: moved("/b")(call) if call.method == "HEAD" else page()(call),
        "/b": page(),
    }
    look = verdict("/a")
    assert look.state is State.GOOD
    assert not look.is_moved


def test_move_on_which_get_and_head_disagree_is_none(server: Server, verdict: Verdict) -> None:
    server.routes |= {
        "/a": lambda call: moved("/b" if call.method == "HEAD" else "/c")(call),
        "/b": page(),
        "/c": page(),
    }
    look = verdict("/a")
    assert (look.state, look.end) == (State.GOOD, server.url("/c"))
    assert not look.is_moved


def test_move_to_a_page_that_get_doesnt_find_is_none(server: Server, verdict: Verdict) -> None:
    server.routes |= {"/a": moved("/b"), "/b": lambda call: reply(200 if call.method == "HEAD" else 404)}
    look = verdict("/a")
    assert look.state is State.DEAD
    assert not look.is_moved


@pytest.mark.parametrize("circle", [("/a", "/a"), ("/b", "/a"), ("/b", "/b")])
def test_circle(server: Server, verdict: Verdict, circle: tuple[str, str]) -> None:
    server.routes |= {"/a": moved(circle[0]), "/b": moved(circle[1])}
    look = verdict("/a")
    assert look.state is State.TROUBLED
    assert "circle" in look.said
    assert len(server.calls) <= 3


def test_endless_chain(server: Server, verdict: Verdict) -> None:
    server.routes |= {f"/{n}": moved(f"/{n + 1}") for n in range(50)}
    look = verdict("/0")
    assert look.state is State.TROUBLED
    assert "more than 10" in look.said
    assert len(server.calls) == 11


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_other_redirections_are_nothing_to_follow(server: Server, verdict: Verdict, status: int) -> None:
    server.routes["/a"] = moved("/b", status)
    assert verdict("/a").state is State.TROUBLED
    assert server.asked("/b") == []


def test_redirection_to_nowhere(server: Server, verdict: Verdict) -> None:
    server.routes["/a"] = always(302)
    assert verdict("/a").state is State.TROUBLED


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://127.0.0.1/", "http://me:secret@127.0.0.1/", "data:text/html,x", "http://["],
)
def test_redirection_out_of_the_web_is_not_followed(server: Server, verdict: Verdict, target: str) -> None:
    server.routes["/a"] = moved(target)
    assert verdict("/a").state is State.FORBIDDEN
    assert len(server.calls) == 1


def test_by_ipv6() -> None:
    try:
        server = Server("::1")
    except OSError:
        pytest.skip("no IPv6 on this machine")
    with server:
        server.routes["/a"] = page()
        url = server.url("/a", "[::1]")
        look = looks(looker(), [url])[url]
        assert isinstance(look, Look)
        assert look.state is State.GOOD
        assert server.calls[0].headers["Host"] == f"[::1]:{server.server_address[1]}"


def test_closed_port_is_no_death(server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server.routes["/a"] = page()
    closed, there = f"http://127.0.0.1:{port}/", server.url("/a", "localhost")
    seen = looks(looker(), [closed, there])[closed]
    assert isinstance(seen, Look)
    assert (seen.state, seen.status) == (State.TROUBLED, 0)
