"""A server that answers by script and notes what it was sent: for faults of the line, and lies."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from docbot.forges.github.place import Place


class Step(NamedTuple):
    """What happens to one request."""

    head: bytes = b""
    body: bytes = b""
    reads: bool = True
    """False ends the connection before the request is read."""
    waits: float = 0.0
    """Seconds before the answer."""


DROPPED = Step()
"""The request is read, and the connection ends without an answer."""
UNREAD = Step(reads=False)


def answer(
    status: int = 200,
    data: object = None,
    headers: Mapping[str, str] | None = None,
    *,
    kind: str = "application/json; charset=utf-8",
    missing: int = 0,
    waits: float = 0.0,
) -> Step:
    """An answer; bytes as `data` go out as they are. `missing` bytes are promised and never sent."""
    body = data if isinstance(data, bytes) else json.dumps(data if data is not None else {}).encode()
    fields = {"Content-Type": kind, "Content-Length": str(len(body) + missing), **(headers or {})}
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in fields.items())]
    return Step("\r\n".join([*lines, "", ""]).encode(), body, waits=waits)


class Received(NamedTuple):
    """A request; the names of headers are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Scripted:
    """Listens on 127.0.0.1 from `with` to its end. Each request takes the next step; there must be one."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.received: list[Received] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._connections: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def place(self) -> Place:
        return Place(self._url, f"{self._url}/api/v3")

    @property
    def calls(self) -> list[str]:
        """`METHOD target` of every request, the API's prefix left out."""
        return [f"{each.method} {each.target.removeprefix('/api/v3')}" for each in self.received]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _close(self._listener)
        for connection in self._connections:
            _close(connection)
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return  # closed: the test is over
            self._connections.append(connection)
            self._threads.append(threading.Thread(target=self._serve, args=(connection,), daemon=True))
            self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection.makefile("rb") as stream:
                while connection.recv(1, socket.MSG_PEEK):
                    step = self.steps.pop(0)
                    if step.reads:
                        self.received.append(_read(stream))
                    time.sleep(step.waits)
                    connection.sendall(step.head + step.body)
                    if _ends(step):
                        break
        except OSError:
            return  # the client was faster
        finally:
            _close(connection)


def _ends(step: Step) -> bool:
    """Whether the client can't use the connection for another request."""
    return f"Content-Length: {len(step.body)}\r\n".encode() not in step.head + b"\r\n"


def _read(stream: BinaryIO) -> Received:
    method, target, _ = stream.readline().decode("latin-1").split()
    headers: dict[str, str] = {}
    while (line := stream.readline().decode("latin-1").strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Received(method, target, headers, stream.read(int(headers.get("content-length", 0))))


def _close(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side was faster
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
