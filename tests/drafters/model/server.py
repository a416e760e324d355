"""A server that speaks OpenAI's protocol as it is told, over real sockets, and remembers all it was sent."""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

JSON, STREAM = "application/json", "text/event-stream"


class Call(NamedTuple):
    """One request as it came in. `raw` is every byte of it; `sock` is for what no well-formed answer does."""

    path: str
    headers: dict[str, str]
    """With lower-case names."""
    body: dict[str, Any]
    raw: bytes
    sock: socket.socket
    over: threading.Event


Answer = Callable[[Call], Iterable[bytes]]
"""Yields the very bytes that are sent before the connection is closed."""


def reply(status: int, kind: str, body: str | bytes, **headers: str) -> Answer:
    """A well-formed answer. Names of headers have `_` for `-`."""
    data = body.encode() if isinstance(body, str) else body
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n{more}\r\n"
    return lambda call: [head.encode() + data]


def failure(status: int, message: str = "no", code: str = "", **headers: str) -> Answer:
    """An error as OpenAI's protocol has it."""
    body = json.dumps({"error": {"message": message, "code": code, "type": "x"}})
    return reply(status, JSON, body, **headers)


def whole(text: str | None, finish: str = "stop", usage: tuple[int, int] | None = (10, 5)) -> Answer:
    """An answer in one piece."""
    message = {"role": "assistant", "content": text}
    body: dict[str, Any] = {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}
    if usage:
        body["usage"] = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
    return reply(200, JSON, json.dumps(body))


def event(content: str | None = None, finish: str | None = None, **more: Any) -> bytes:
    """One event of a stream."""
    delta = {} if content is None else {"content": content}
    chunk = {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more}
    return f"data: {json.dumps(chunk)}\n\n".encode()


DONE = b"data: [DONE]\n\n"
_HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: {STREAM}; charset=utf-8\r\nConnection: close\r\n\r\n".encode()


def streamed(text: str, finish: str = "stop", usage: tuple[int, int] | None = (10, 5)) -> Answer:
    """An answer in a stream, a few letters at a time."""
    pieces = [event(text[at : at + 7]) for at in range(0, len(text), 7)]
    pieces.append(event(finish=finish))
    if usage:
        counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
        pieces.append(f"data: {json.dumps({'choices': [], 'usage': counts})}\n\n".encode())
    return raw(*pieces, DONE)


def raw(*events: bytes) -> Answer:
    """A stream of these very bytes, which then ends."""
    return lambda call: [_HEAD, *events]


def torn(*events: bytes) -> Answer:
    """A stream whose connection is torn down after these bytes."""

    def answer(call: Call) -> Iterator[bytes]:
        yield _HEAD + b"".join(events)
        call.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return answer


def stalled(*events: bytes) -> Answer:
    """A stream that goes silent after these bytes until the client leaves."""

    def answer(call: Call) -> Iterator[bytes]:
        if events:
            yield _HEAD + b"".join(events)
        call.sock.settimeout(30)
        call.sock.recv(1)

    return answer


def endless(piece: bytes, head: bytes = _HEAD) -> Answer:
    """A stream that never ends by itself."""

    def answer(call: Call) -> Iterator[bytes]:
        yield head
        while not call.over.is_set():
            yield piece

    return answer


def edits(*wanted: tuple[str, str] | tuple[str, str, str]) -> str:
    """An answer of the right shape."""
    named = [dict(zip(("old", "new", "reason"), (*one, "It was wrong"), strict=False)) for one in wanted]
    return json.dumps({"edits": named})


class ModelServer(socketserver.ThreadingTCPServer):
    """Gives the answers of `script` in their order, the last one again and again. Use it in `with`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: list[Answer] = []
        self.calls: list[Call] = []
        self.lock = threading.Lock()
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def server_close(self) -> None:
        self.over.set()
        self.shutdown()
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that leave are none of its business."""


class _Handler(socketserver.BaseRequestHandler):
    server: ModelServer

    def handle(self) -> None:
        sock: socket.socket = self.request
        sock.settimeout(5)
        head, _, data = _until(sock, b"\r\n\r\n").partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1]
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
        while len(data) < int(headers.get("content-length", "0")):
            data += sock.recv(65536)
        call = Call(path, headers, json.loads(data or b"{}"), head + data, sock, self.server.over)
        with self.server.lock:
            self.server.calls.append(call)
            number = min(len(self.server.calls), len(self.server.script)) - 1
        with contextlib.suppress(OSError):
            for piece in self.server.script[number](call):
                sock.sendall(piece)
        sock.close()


def _until(sock: socket.socket, end: bytes) -> bytes:
    data = b""
    while end not in data:
        more = sock.recv(65536)
        if not more:
            break
        data += more
    return data
