"""An HTTP server that misbehaves as it is told, over real sockets, and a clock that needs no waiting."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from docbot.web.exchange import Patience
from docbot.web.guard import Guard, Resolve
from docbot.web.interface import Look, Unseen
from docbot.web.looker import HttpLooker, Manners
from docbot.web.pace import Clock

PATIENT = Patience(connect=5.0, read=5.0, whole=10.0)
HASTY = Patience(connect=2.0, read=0.2, whole=0.4)
"""For servers that are never going to answer."""
HTML = {"Content-Type": "text/html"}


class Call(NamedTuple):
    """One request as it came in. `sock` is for what no well-formed answer does."""

    method: str
    path: str
    headers: Mapping[str, str]
    sock: socket.socket
    number: int
    """Which request of this method and path it is, from 1."""


Route = Callable[[Call], bytes]
"""Answers a call with the very bytes that are sent before the connection is closed."""


def reply(status: int, headers: Mapping[str, str] | None = None, body: str | bytes = b"") -> bytes:
    """A well-formed answer; a `Content-Length` of the headers wins over the true one."""
    data = body.encode() if isinstance(body, str) else body
    all_of_them = {"Content-Length": str(len(data)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in all_of_them.items())
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode("latin-1") + data


def always(status: int, headers: Mapping[str, str] | None = None, body: str | bytes = b"") -> Route:
    """The same answer to every call."""
    return lambda call: reply(status, headers, b"" if call.method == "HEAD" else body)


def moved(location: str, status: int = 301) -> Route:
    """A redirection."""
    return always(status, {"Location": location})


def page(title: str = "A page") -> Route:
    """A page of HTML."""
    return always(200, HTML, f"<html><head><title>{title}</title></head></html>")


def reset(call: Call) -> bytes:
    """The connection torn down."""
    call.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return b""


def stall(call: Call) -> bytes:
    """No answer at all."""
    call.sock.recv(1)
    return b""


class Server(socketserver.ThreadingTCPServer):
    """Answers by `routes`, path by path; others are 404. Use it in `with`. `calls` is what came in."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, host: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, 0), _Handler)
        self.routes: dict[str, Route] = {}
        self.calls: list[Call] = []
        self.context = context
        self.lock = threading.Lock()
        self.over = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def server_close(self) -> None:
        self.over.set()
        self.shutdown()
        super().server_close()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The URL of a path, by another name of this machine if told so."""
        scheme = "https" if self.context else "http"
        return f"{scheme}://{host}:{self.server_address[1]}{path}"

    def asked(self, path: str) -> list[str]:
        """The methods that a path was asked by."""
        return [call.method for call in self.calls if call.path == path]

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that leave are none of its business."""


class _Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        sock: socket.socket = self.request
        sock.settimeout(5)
        if self.server.context is not None:
            sock = self.server.context.wrap_socket(sock, server_side=True)
        data = b""
        while b"\r\n\r\n" not in data:
            more = sock.recv(65536)
            if not more:
                return
            data += more
        lines = data.decode("latin-1").split("\r\n")
        method, path, _ = lines[0].split(" ", 2)
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        with self.server.lock:
            number = sum((c.method, c.path) == (method, path) for c in self.server.calls) + 1
            call = Call(method, path, headers, sock, number)
            self.server.calls.append(call)
        route = self.server.routes.get(path.split("?")[0], always(404))
        with contextlib.suppress(OSError):
            sock.sendall(route(call))
        sock.close()


class Ticking:
    """Time that passes only where somebody waits."""

    def __init__(self, start: float = 1_000_000.0) -> None:
        self.moment = start
        self.waits: list[float] = []
        self._lock = threading.Lock()

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.moment += seconds
            self.waits.append(seconds)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.moment, lambda: self.moment, self.sleep)


def looker(
    *,
    clock: Clock | None = None,
    private: bool = True,
    archive: str = "",
    resolve: Resolve = socket.getaddrinfo,
    patience: Patience = PATIENT,
    **manners: Any,
) -> HttpLooker:
    """A Looker that may ask this machine and loses no time."""
    return HttpLooker(
        Guard(private, resolve),
        manners=Manners(patience=patience, **manners),
        archive=archive,
        clock=clock or Ticking().clock,
    )


def looks(by: HttpLooker, urls: Collection[str]) -> dict[str, Look | Unseen]:
    """What a whole run answers, by URL; one answer each."""
    answers = list(by.look(urls))
    assert sorted(answer.url for answer in answers) == sorted(set(urls))
    return {answer.url: answer for answer in answers}
