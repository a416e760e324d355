"""HTTP for the stand-ins: a request in, a reply out, and a port that can go away and come back."""

from __future__ import annotations

import gzip
import socket
import threading
import traceback
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple, Protocol, Self

ENDS = 1_000_000
"""Bytes that a line of a chunked body may have."""


class Stream(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes: ...
    def readline(self, size: int, /) -> bytes: ...


class Request(NamedTuple):
    """What came in. Names of headers are in lower case; `query` is raw; `body` is unpacked."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class Reply(NamedTuple):
    """What goes out. `Content-Length` is added. One that isn't `whole` ends before what it promises."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    whole: bool = True


Answer = Callable[[Request], Reply | None]
"""None drops the connection without a word."""


def text(status: int, message: str, headers: Mapping[str, str] | None = None) -> Reply:
    """A reply in plain text, which git shows to the person as `remote: ...`."""
    return Reply(status, {"Content-Type": "text/plain; charset=UTF-8", **(headers or {})}, message.encode())


def read_body(headers: Mapping[str, str], stream: Stream) -> bytes:
    """The body of a request, sent in chunks or by length, without its packing."""
    if "chunked" in headers.get("transfer-encoding", ""):
        raw = _read_chunks(stream)
    else:
        raw = stream.read(int(headers.get("content-length", 0)))
    return gzip.decompress(raw) if headers.get("content-encoding") in ("gzip", "x-gzip") else raw


def _read_chunks(stream: Stream) -> bytes:
    parts = []
    while size := int(stream.readline(ENDS).split(b";")[0], 16):
        parts.append(stream.read(size))
        stream.readline(ENDS)
    while stream.readline(ENDS).strip():
        pass
    return b"".join(parts)


class _Handler(BaseHTTPRequestHandler):
    """One connection. Several requests may come over it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def _handle(self) -> None:
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.answer(
            Request(self.command, path, query, headers, read_body(headers, self.rfile))
        )
        if reply is None:
            self.close_connection = True
            return
        self._send(reply)

    do_GET = do_HEAD = do_POST = do_PATCH = do_PUT = do_DELETE = _handle  # noqa: N815

    def _send(self, reply: Reply) -> None:
        """Send head and body in one piece: two would cost a round trip each."""
        length = len(reply.body) + (not reply.whole)
        self.close_connection |= not reply.whole
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(length)}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def handle(self) -> None:
        """A client that went away is no failure of the server."""
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class _Listener(ThreadingHTTPServer):
    """A listening socket, and the connections that came from it."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, port: int, answer: Answer, failures: list[str]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer, self.failures = answer, failures
        self.open: set[socket.socket] = set()

    def process_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        assert isinstance(request, socket.socket)
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        super().shutdown_request(request)
        assert isinstance(request, socket.socket)
        self.open.discard(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep what went wrong for the one who can tell: the client only sees its connection end."""
        self.failures.append(traceback.format_exc())

    def cut(self) -> None:
        """End every connection."""
        for connection in tuple(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was faster


class Server:
    """Answers HTTP on a free port of 127.0.0.1, from `with` to its end."""

    def __init__(self, answer: Answer) -> None:
        self.failures: list[str] = []
        """Tracebacks of what broke while it answered."""
        self.cuts = 0
        """How often it went offline."""
        self._answer = answer
        self._listener: _Listener | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Without a slash at its end. It stays the same when the port goes away and comes back."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def is_online(self) -> bool:
        return self._listener is not None

    def __enter__(self) -> Self:
        self.online()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.offline()

    def online(self) -> None:
        """Listen, on the same port as before."""
        if self._listener is not None:
            return
        self._listener = _Listener(self._port, self._answer, self.failures)
        self._port = self._listener.server_port
        threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True).start()

    def offline(self) -> None:
        """Refuse connections, and cut those that are open."""
        if self._listener is None:
            return
        listener, self._listener = self._listener, None
        self.cuts += 1
        listener.shutdown()
        listener.server_close()
        listener.cut()
