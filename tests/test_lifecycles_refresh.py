"""Lifecycle facts are fetched from a real server on this machine, which misbehaves in every way it can."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from docbot.errors import LifecycleError
from docbot.lifecycles import NAMES
from docbot.lifecycles.stored import bundled
from docbot.lifecycles_refresh import LARGEST_ANSWER, fetch

TODAY = date(2026, 11, 24)
Behaviour = Callable[[BaseHTTPRequestHandler], None]


def answer_of() -> dict[str, Any]:
    """What the server would say if it knew the bundled facts; with one product nobody asked for."""
    products = [
        {
            "name": name,
            "label": name.title(),
            "links": {"html": "https://example.com", "releasePolicy": product.policy or None},
            "releases": [
                {
                    "name": release.version,
                    "label": release.version.upper(),
                    "releaseDate": release.released.isoformat(),
                    "isEol": release.ends is not None and release.ends < TODAY,
                    "eolFrom": release.ends and release.ends.isoformat(),
                    "eoesFrom": release.extended and release.extended.isoformat(),
                    "latest": {"name": "1", "date": None, "link": None},
                }
                for release in product.releases
            ],
        }
        for name, product in bundled().products.items()
    ]
    odd = {"name": "odd-one", "releases": "none at all"}
    return {"schema_version": "1.2.1", "total": len(products), "result": [odd, *products]}


@contextmanager
def serving(behave: Behaviour) -> Iterator[str]:
    """The URL of a server that answers each GET with `behave`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                behave(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/api/v1/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def says(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    """A server that says `body`."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return behave


def without_end(request: BaseHTTPRequestHandler) -> None:
    """More than anybody wants."""
    request.send_response(200)
    request.end_headers()
    for _ in range(2 * LARGEST_ANSWER // 1_000_000):
        request.wfile.write(b" " * 1_000_000)


def drop_by_drop(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then, so that the line never falls silent."""
    request.send_response(200)
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b" " * 70_000)
        request.wfile.flush()
        time.sleep(0.02)


def cut_off(request: BaseHTTPRequestHandler) -> None:
    """Half of what was announced."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b'{"schema_version": ')
    request.close_connection = True


def hung_up(request: BaseHTTPRequestHandler) -> None:
    """No answer at all."""
    request.close_connection = True


def in_circles(request: BaseHTTPRequestHandler) -> None:
    """A redirect to itself."""
    request.send_response(302)
    request.send_header("Location", request.path)
    request.send_header("Content-Length", "0")
    request.end_headers()


def changed(change: Callable[[dict[str, Any]], object]) -> Behaviour:
    """A server that says the truth but for one thing."""
    answer = answer_of()
    change(answer)
    return says(json.dumps(answer).encode())


def python(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer["result"] if one["name"] == "python")
    return found


MISBEHAVIOUR: list[tuple[str, Behaviour, str]] = [
    ("not found", says(b"gone", 404), "answers with 404: try again later"),
    ("refused", says(b"slow down", 429, Retry_After="9"), "answers with 429"),
    ("broken", says(b"", 500), "answers with 500"),
    ("empty", says(b""), "doesn't answer as endoflife.date does"),
    ("page", says(b"<!DOCTYPE html><p>Hello"), "doesn't answer as endoflife.date does"),
    ("binary", says(b"\xff\xfe\x00\x01"), "doesn't answer as endoflife.date does"),
    ("list", says(b"[]"), "doesn't answer as endoflife.date does"),
    ("deep", says(b"[" * 100_000), "doesn't answer as endoflife.date does"),
    ("packed", says(b"\x1f\x8b", Content_Encoding="gzip"), "packed data, which nobody asked for"),
    ("endless", without_end, "more than 30,000,000 bytes"),
    ("slow", drop_by_drop, "takes too long"),
    ("cut off", cut_off, "can't be read"),
    ("hung up", hung_up, "can't be read (the connection failed): try again later"),
    ("circles", in_circles, "can't be read (it leads in circles)"),
    (
        "other version",
        changed(lambda answer: answer.update(schema_version="2.0.0")),
        "speaks version '2.0.0'",
    ),
    ("nothing", changed(lambda answer: answer.update(result=[])), "is missing"),
    ("no python", changed(lambda answer: answer["result"].remove(python(answer))), "'python' is missing"),
    ("no releases", changed(lambda answer: python(answer).update(releases=[])), "python has 0 releases"),
    (
        "word for date",
        changed(lambda answer: python(answer)["releases"][0].update(eolFrom="soon")),
        "doesn't answer as endoflife.date does",
    ),
    (
        "backwards",
        changed(lambda answer: python(answer)["releases"][0].update(eolFrom="1999-01-01")),
        "ends before it begins",
    ),
    (
        "far off",
        changed(lambda answer: python(answer)["releases"][0].update(eolFrom="2999-01-01")),
        "a day that can't be",
    ),
    (
        "odd name",
        changed(lambda answer: python(answer)["releases"][0].update(name="3\x1b[2J")),
        "python has a version",
    ),
    (
        "odd link",
        changed(lambda answer: python(answer)["links"].update(releasePolicy="javascript:alert(1)")),
        "is no URL",
    ),
]


@pytest.mark.parametrize(
    ("behave", "why"), [one[1:] for one in MISBEHAVIOUR], ids=[one[0] for one in MISBEHAVIOUR]
)
def test_a_server_that_misbehaves_is_not_believed(behave: Behaviour, why: str) -> None:
    with serving(behave) as url, pytest.raises(LifecycleError) as refused:
        fetch(TODAY, url, patience=0.5)
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize("source", ["nowhere/", "file:///etc/", "https:///", "http://[/"])
def test_what_is_no_server(source: str) -> None:
    with pytest.raises(LifecycleError, match=r"it is no URL of a server.*: give an http or https URL"):
        fetch(TODAY, source)


def test_nobody_there(free_port: int) -> None:
    with pytest.raises(LifecycleError, match="the connection failed"):
        fetch(TODAY, f"http://127.0.0.1:{free_port}/")


@pytest.fixture
def free_port() -> int:
    """A port on which nobody listens."""
    with serving(hung_up) as url:
        return int(url.split(":")[2].split("/")[0])


def test_the_facts_are_those_of_the_server() -> None:
    asked: list[tuple[str, str, str]] = []
    say = says(json.dumps(answer_of()).encode())

    def behave(request: BaseHTTPRequestHandler) -> None:
        headers = request.headers
        asked.append((request.path, headers["Accept-Encoding"], headers["User-Agent"].split("/")[0]))
        say(request)

    with serving(behave) as url:
        facts = fetch(TODAY, url)
    assert asked == [("/api/v1/products/full", "identity", "docbot")]
    assert (facts.source, facts.commit, facts.retrieved) == (url, "", TODAY)
    assert facts.products.keys() == {naming.id for naming in NAMES}
    assert facts.products["python"] == bundled().products["python"]
    assert facts.products["ubuntu"] == bundled().products["ubuntu"]


def test_a_redirect_is_followed() -> None:
    body = says(json.dumps(answer_of()).encode())

    def behave(request: BaseHTTPRequestHandler) -> None:
        if request.path.endswith("/"):
            body(request)
        else:
            request.send_response(301)
            request.send_header("Location", request.path + "/")
            request.send_header("Content-Length", "0")
            request.end_headers()

    with serving(behave) as url:
        assert fetch(TODAY, url).products["go"] == bundled().products["go"]


def test_a_release_that_ended_on_a_day_nobody_knows_is_left_out() -> None:
    behave = changed(lambda answer: python(answer)["releases"][-1].update(isEol=True, eolFrom=None))
    with serving(behave) as url:
        releases = fetch(TODAY, url).products["python"].releases
    assert releases == bundled().products["python"].releases[:-1]
