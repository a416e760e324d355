"""What kind of failure it was, and how long the host asks to wait. Decides nothing."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from enum import Enum, StrEnum

import msgspec


class Kind(Enum):
    """What can be done about a failure."""

    LIMIT = "a rate limit: nothing was done, and waiting helps"
    TROUBLE = "the line or the host failed: it may be done, and trying again may help"
    STRANGE = "an answer that isn't GitHub's: it may be done, and trying again doesn't help"
    REFUSAL = "no: nothing was done, and trying again doesn't help"


class Line(StrEnum):
    """What is wrong with the line to the host, in words that fit into brackets."""

    NO_NAME = "its name isn't known here"
    CLOSED = "the connection was refused"
    CERTIFICATE = "its certificate isn't trusted here"
    NO_BUNDLE = "the file with the certificates to trust isn't there"
    TLS = "no secure connection"
    PROXY = "the proxy doesn't let docbot through"
    SLOW = "no answer in time"
    LOST = "the connection was lost"


class Fault(msgspec.Struct, frozen=True):
    """One failure of one request."""

    error: Exception
    kind: Kind
    why: str = ""
    """In a few words, for brackets."""
    wait: float | None = None
    """Seconds the host asks to wait; None where it doesn't say."""

    @property
    def is_unsure(self) -> bool:
        """Whether what was asked for may have been done all the same."""
        return self.kind in (Kind.TROUBLE, Kind.STRANGE)


_LIMIT = re.compile(r"rate limit|abuse detection|few minutes before you try|request again later", re.I)
_TOO_QUICKLY = "submitted too quickly"
_SECONDS = re.compile(r"\d{1,9}", re.ASCII)


def fault_of(error: Exception, now: float) -> Fault:
    """What `error` means, which PyGithub raised over an answer, or its transport.

    `now` is Unix time, for an answer that doesn't say what time it is there.
    """
    from github import GithubException

    if isinstance(error, GithubException):
        return _of_status(error, now)
    line = line_of(error)
    if line is None:
        return Fault(error, Kind.STRANGE)
    is_final = line in (Line.CERTIFICATE, Line.NO_BUNDLE)
    return Fault(error, Kind.REFUSAL if is_final else Kind.TROUBLE, line)


def _of_status(error: Exception, now: float) -> Fault:
    status, headers, words = status_of(error), headers_of(error), said_by(error)
    wait = _retry_after(headers, now)
    is_limit = status == 429 or (status == 403 and (wait is not None or bool(_LIMIT.search(words))))
    if is_limit or (status == 422 and _TOO_QUICKLY in words):
        reset = _until_reset(headers, now) if wait is None and is_limit else None
        if reset is not None:
            return Fault(error, Kind.LIMIT, "rate limit", reset)
        return Fault(error, Kind.LIMIT, "secondary rate limit", wait)
    if status >= 500 or status == 202:
        return Fault(error, Kind.TROUBLE, f"HTTP {status}", wait)
    return Fault(error, Kind.STRANGE if status < 300 else Kind.REFUSAL)


def status_of(error: Exception) -> int:
    """The HTTP status of a GithubException; 0 for anything else."""
    status = getattr(error, "status", 0)
    return status if isinstance(status, int) else 0


def headers_of(error: Exception) -> Mapping[str, str]:
    """The headers of a GithubException's answer, their names in lower case."""
    return getattr(error, "headers", None) or {}


def said_by(error: Exception) -> str:
    """GitHub's own words in a GithubException, as they came; empty where it said nothing that can be read."""
    data = getattr(error, "data", None)
    if not isinstance(data, dict):
        return ""
    errors = data.get("errors")
    parts = [data.get("message"), *map(_detail, errors if isinstance(errors, list) else [errors])]
    return ": ".join(dict.fromkeys(part for part in parts if isinstance(part, str) and part))


def _detail(error: object) -> object:
    if not isinstance(error, dict):
        return error
    if isinstance(error.get("message"), str):
        return error["message"]
    return " ".join(str(error[key]) for key in ("resource", "field", "code") if key in error)


def line_of(error: Exception) -> Line | None:
    """What is wrong with the line, by an exception out of requests; None where nothing is."""
    from requests import exceptions as kinds

    if not isinstance(error, kinds.RequestException):
        # The one error that requests leaves as it is.
        return Line.NO_BUNDLE if isinstance(error, OSError) else None
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Line.CERTIFICATE
    named: tuple[tuple[type[BaseException], Line], ...] = (
        (kinds.ProxyError, Line.PROXY),
        (kinds.SSLError, Line.TLS),
        (kinds.Timeout, Line.SLOW),
        (socket.gaierror, Line.NO_NAME),
        (ConnectionRefusedError, Line.CLOSED),
        (kinds.ConnectionError, Line.LOST),
        (kinds.ChunkedEncodingError, Line.LOST),
        (kinds.ContentDecodingError, Line.LOST),
    )
    return next((line for kind, line in named if any(isinstance(cause, kind) for cause in causes)), None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error` and everything it was raised from, which urllib3 keeps in several places."""
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        below = (*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__)
        waiting += [each for each in below if isinstance(each, BaseException)]


def _retry_after(headers: Mapping[str, str], now: float) -> float | None:
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    moment = _unix(value)
    return None if moment is None else max(moment - _there(headers, now), 0.0)


def _until_reset(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds until the hour's requests are there again, where they are used up."""
    reset = headers.get("x-ratelimit-reset", "").strip()
    if headers.get("x-ratelimit-remaining") != "0" or not re.fullmatch(r"\d{1,12}", reset, re.ASCII):
        return None
    return max(float(reset) - _there(headers, now), 0.0) + 1.0


def _there(headers: Mapping[str, str], now: float) -> float:
    """What time it is at the host: the clock here may be wrong."""
    return _unix(headers.get("date", "")) or now


def _unix(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
