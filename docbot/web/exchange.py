"""One request and its answer: bounded in time and size, to a checked address, with nothing secret in it.

On http.client, since what is asked of it here is little and has to be exact: no cookies, no redirections, no
proxy, no passwords from the environment, a connection to the very address that was checked, and an end to
it all after a set time, however slowly a server drips.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import threading
import zlib
from enum import StrEnum
from functools import cache
from typing import Any, Final

import certifi
import msgspec

import docbot
from docbot.web.guard import ForbiddenError, Guard
from docbot.web.title import title_of
from docbot.web.urls import host_of, parsed, port_of

AGENT = f"Mozilla/5.0 (compatible; docbot/{docbot.__version__}; checks the links of documentation)"
MOST_BODY = 64 * 1024
"""Bytes of a body that are read: a title stands at the start. Unpacked it may be as long again."""


class Trouble(StrEnum):
    """Ways to get no answer."""

    NO_NAME = "no-name"
    """The host's name isn't known, or this machine can't tell."""
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    """The connection ended early, or what came was no HTTP."""
    UNTRUSTED = "untrusted"
    """The certificate isn't valid, or there is no encryption both sides know."""
    FORBIDDEN = "forbidden"
    CIRCLE = "circle"
    ENDLESS = "endless"


class Fault(msgspec.Struct, frozen=True):
    """Why there is no answer, in a few words for people."""

    trouble: Trouble
    said: str


class Answer(msgspec.Struct, frozen=True):
    """What a server answered. Only what is needed of it is kept."""

    status: int
    reason: str = ""
    location: str = ""
    retry_after: str = ""
    is_html: bool = False
    challenged: bool = False
    """Whether a guard before the server asks for a person."""
    title: str = ""
    """Of a page that GET was answered with."""


class Patience(msgspec.Struct, frozen=True):
    """How long one request may take, in seconds: to connect, between two bytes, and in all."""

    connect: float = 10.0
    read: float = 10.0
    whole: float = 20.0


class _Lines(io.BufferedReader):
    """Lines that came whole: http.client would take half a head for a head, and so half a 404 for a word."""

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if not line.endswith(b"\n") and len(line) != size:
            raise http.client.IncompleteRead(line)
        return line


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = _Lines(self.fp.detach())


class _Connection(http.client.HTTPConnection):
    """A connection to a checked address of its host, which is cut when its time is over."""

    response_class = _Response

    def __init__(self, url: str, guard: Guard, patience: Patience) -> None:
        super().__init__(host_of(url), port_of(url), timeout=patience.connect)
        self._secure = parsed(url).scheme == "https"
        self.default_port = 443 if self._secure else 80
        self._guard, self._patience = guard, patience
        self._raw: socket.socket | None = None
        self._timer = threading.Timer(patience.whole, self._cut)
        self._timer.daemon = True
        self.was_cut = False

    def connect(self) -> None:
        """Raises ForbiddenError, OSError, UnicodeError."""
        self._timer.start()
        self.sock = self._raw = raw = self._opened()
        raw.settimeout(self._patience.read)
        if self._secure:
            # The handshake comes after, so that it can be cut as well.
            secured = _context().wrap_socket(raw, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = self._raw = secured
            secured.do_handshake()

    def _opened(self) -> socket.socket:
        failed: OSError = ConnectionError("the name has no address")
        for family, place in self._guard.places(self.host, self.port):
            raw = socket.socket(family, socket.SOCK_STREAM)
            raw.settimeout(self._patience.connect)
            self._raw = raw
            try:
                raw.connect(place)
            except OSError as error:
                raw.close()
                failed = error
            else:
                return raw
        raise failed

    def _cut(self) -> None:
        self.was_cut = True
        raw = self._raw
        if raw is None:
            return
        try:
            socket.socket.shutdown(raw, socket.SHUT_RDWR)
        except OSError:
            return  # It has ended by itself.

    def close(self) -> None:
        self._timer.cancel()
        super().close()
        if self._raw is not None:
            self._raw.close()


@cache
def _context() -> ssl.SSLContext:
    """The certificates this system trusts, and those every other client trusts."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def exchange(method: str, url: str, guard: Guard, patience: Patience) -> Answer | Fault:
    """The answer to a HEAD or GET of `url`, as `address_of` writes it."""
    connection = _Connection(url, guard, patience)
    try:
        connection.request(method, parsed(url).request_uri, headers=_HEADERS)
        response = connection.getresponse()
        return _answer(response, _body(response) if method == "GET" else b"")
    except _ERRORS as error:
        return _fault(error, connection.was_cut)
    finally:
        connection.close()


def fetch(url: str, guard: Guard, patience: Patience) -> bytes | Fault:
    """The body of a GET of `url`, up to MOST_BODY; a Fault also where the status isn't 200."""
    connection = _Connection(url, guard, patience)
    try:
        connection.request("GET", parsed(url).request_uri, headers=_HEADERS | {"Accept": "application/json"})
        response = connection.getresponse()
        if response.status != 200:
            return Fault(Trouble.BROKEN, f"{response.status}")
        return _plain(response, response.read(MOST_BODY))
    except _ERRORS as error:
        return _fault(error, connection.was_cut)
    finally:
        connection.close()


_HEADERS: Final = {
    "User-Agent": AGENT,
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "identity",
    "Accept-Language": "en",
    "Connection": "close",
}
_ERRORS: Final = (ForbiddenError, OSError, http.client.HTTPException, ValueError)
"""What a host, the line or a name can make http.client, ssl and socket raise."""


def _body(response: http.client.HTTPResponse) -> bytes:
    """The start of the body, as plain as it can be had; the status stands also where the body is broken."""
    if "html" not in _header(response, "Content-Type").lower():
        return b""
    try:
        return _plain(response, response.read(MOST_BODY))
    except http.client.IncompleteRead as error:
        return error.partial
    except (OSError, http.client.HTTPException, ValueError):
        return b""


def _plain(response: http.client.HTTPResponse, data: bytes) -> bytes:
    """`data` unpacked, where a server packs what it was asked not to; never more than MOST_BODY of it."""
    if _header(response, "Content-Encoding").lower() not in ("gzip", "x-gzip", "deflate"):
        return data
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(data, MOST_BODY)
    except zlib.error:
        return b""


def _answer(response: http.client.HTTPResponse, body: bytes) -> Answer:
    kind = _header(response, "Content-Type")
    return Answer(
        status=response.status,
        reason=_short(response.reason or ""),
        location=_header(response, "Location"),
        retry_after=_short(_header(response, "Retry-After")),
        is_html="html" in kind.lower(),
        challenged=bool(_header(response, "cf-mitigated")),
        title=title_of(body, kind),
    )


def _header(response: http.client.HTTPResponse, name: str) -> str:
    """The first header of that name; "" for none, which is also what one of an unreadable charset is."""
    return str(response.headers.get(name) or "")


def _short(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:60].strip()


def _fault(error: Exception, was_cut: bool) -> Fault:
    if was_cut or isinstance(error, TimeoutError):
        return Fault(Trouble.TIMEOUT, "it took too long to answer")
    match error:
        case ForbiddenError():
            return Fault(Trouble.FORBIDDEN, str(error))
        case socket.gaierror():
            return _nameless(error)
        case UnicodeError():
            return Fault(Trouble.FORBIDDEN, "its host is no name")
        case ssl.SSLError():
            return Fault(Trouble.UNTRUSTED, f"no trusted encryption ({_short(str(error.reason or error))})")
        case (
            ConnectionResetError()
            | BrokenPipeError()
            | ConnectionAbortedError()
            | http.client.IncompleteRead()
        ):
            return Fault(Trouble.BROKEN, "it cut the connection")
        case OSError():
            return Fault(Trouble.UNREACHABLE, f"no connection ({_short(error.strerror or str(error))})")
    return Fault(Trouble.BROKEN, f"what it answers is no HTTP ({type(error).__name__})")


def _nameless(error: socket.gaierror) -> Fault:
    """Only "there is no such name" is that; every other failure is this machine's or its resolver's."""
    if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
        return Fault(Trouble.NO_NAME, "its host has no address")
    return Fault(Trouble.UNREACHABLE, "its host's name can't be looked up now")
