"""PyGithub's transport, without its own retries. Slow to import: do so where it is needed."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Self
from urllib.parse import urlsplit

import github
import requests
from urllib3 import BaseHTTPResponse, Retry
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import MaxRetryError

import docbot
from docbot.forges.github.place import Place
from docbot.forges.requests import ApiRequest

RAISED = (
    github.GithubException,
    github.BadAttributeException,
    requests.RequestException,
    *(AssertionError, AttributeError, KeyError, OSError, TypeError, ValueError),
)
"""What PyGithub raises over an answer, or over its absence. Ask `is_of_answer` about the last six."""

_REQUESTER = "github.Requester"
_NUMBERED = re.compile(r"(?:/api/v3)?/repositories/\d+")


# On import PyGithub gives itself a voice on standard error. What a person should know, docbot says.
logging.getLogger("github").setLevel(logging.CRITICAL)


def open_api(place: Place, token: str | None, *, writes_apart: float, timeout: int) -> github.Github:
    """PyGithub at `place`; without a token it asks as nobody. Pauses and `timeout` are in seconds."""
    return github.Github(
        auth=github.Auth.Token(token) if token else None,
        base_url=place.api,
        per_page=100,
        timeout=timeout,
        user_agent=f"docbot/{docbot.__version__}",
        retry=Gate(0, read=False, raise_on_status=False),
        # One after the other is all that GitHub asks of reads.
        seconds_between_requests=None,
        seconds_between_writes=writes_apart,
    )


def send(api: github.Github, request: ApiRequest) -> dict[str, object]:
    """Send exactly the bytes of `request`, once. Raises what is in RAISED."""
    # As a file, since PyGithub would encode JSON again in its own way.
    headers = {"Content-Type": "application/json", "Accept": "application/vnd.github+json"}
    _, answer = api.requester.requestMemoryBlobAndCheck(
        request.method, request.path, {}, headers, BytesIO(request.body)
    )
    if answer is None:
        return {}
    # What PyGithub can't read, it wraps.
    if not isinstance(answer, dict) or answer.keys() == {"data"}:
        raise github.GithubException(200, None, {}, "an answer of another kind")
    return answer


def ask(api: github.Github, question: str, values: Mapping[str, object]) -> object:
    """What GraphQL answers to `question`, asked once. Raises what is in RAISED, also for errors in it."""
    data: object
    _, data = api.requester.requestJsonAndCheck(
        "POST", api.requester.graphql_url, input={"query": question, "variables": dict(values)}
    )
    if isinstance(data, dict) and data.get("errors"):
        raise github.GithubException(400, data, {}, "GraphQL refuses")
    return data


def is_of_answer(error: Exception) -> bool:
    """Whether the host or the line is to blame for `error`, and not a mistake of docbot's own."""
    if isinstance(error, github.GithubException | github.BadAttributeException | requests.RequestException):
        return True
    names = [str(frame.f_globals.get("__name__")) for frame, _ in traceback.walk_tb(error.__traceback__)]
    innermost = names[-1]
    if isinstance(error, AssertionError):
        # Elsewhere PyGithub asserts what it is called with.
        return innermost == _REQUESTER
    if isinstance(error, OSError):
        return innermost.startswith("requests.")
    return innermost.startswith("github.") or (innermost.startswith("json.") and _REQUESTER in names)


class Gate(Retry):
    """Sees every answer before PyGithub does, and lets nothing be sent a second time.

    PyGithub would take a redirected write for done, lose the query of a redirected read, wait without end
    for an answer that isn't ready, and take a page of HTML for data.
    """

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        """Always: so that urllib3 hands each answer to `increment`."""
        return True

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: Any = None,
    ) -> Self:
        """Raise GithubException for an answer that stays outside, MaxRetryError to let it in."""
        if response is None or _pool is None:
            return super().increment(method, url, response, error, _pool, _stacktrace)
        complaint = _complaint(method or "", url or "", response, _pool)
        if complaint is None:
            raise MaxRetryError(_pool, url or "")
        response.drain_conn()
        headers = {name.lower(): value for name, value in response.headers.items()}
        raise github.GithubException(response.status, None, headers, complaint)


def _complaint(method: str, url: str, response: BaseHTTPResponse, pool: ConnectionPool) -> str | None:
    status, headers = response.status, response.headers
    if 300 <= status < 400 and not _leads_to_renamed(method, url, response, pool):
        return "moved"
    if status == 202 and method == "GET":
        return "not ready"
    has_body = status != 204 and headers.get("content-length") != "0"
    if status < 300 and has_body and "json" not in headers.get("content-type", "").lower():
        return "no JSON"
    return None


def _leads_to_renamed(method: str, url: str, response: BaseHTTPResponse, pool: ConnectionPool) -> bool:
    """Whether PyGithub may follow: from a name, asked for without a query, to a repository's number."""
    if response.status != 301 or method != "GET":
        return False
    try:
        asked, target = urlsplit(url), urlsplit(response.headers.get("location", ""))
        port = target.port or (443 if target.scheme == "https" else 80)
    except ValueError:
        return False
    if (target.scheme, target.hostname, port) != (pool.scheme, pool.host.strip("[]"), pool.port):
        return False
    return not asked.query and not _NUMBERED.match(asked.path) and bool(_NUMBERED.match(target.path))
