"""Talks to an endpoint that speaks OpenAI's protocol: the only module that imports the openai client.

What leaves the machine is the body it is given and the few headers listed here. It follows no redirection,
reads no more than it has to, keeps no cookie, and asks once: to ask again is for `asking` to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import openai

from docbot import __version__
from docbot.drafters.model import streams
from docbot.drafters.model.chosen import KEY_VARIABLE, Chosen
from docbot.drafters.model.streams import Reply
from docbot.errors import ModelError, UsageError
from docbot.web.pace import CLOCK, Clock, asked_pause

LARGEST = 4_000_000
"""Bytes of an answer, with all that a stream wraps around each word."""
_HEADERS = frozenset(
    (
        *("accept", "api-key", "authorization", "connection", "content-length", "content-type", "host"),
        *("transfer-encoding", "user-agent"),
    )
)
_LONGEST_COMPLAINT = 200
_PASSING = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
_UNSENT = "docbot-unsent"
_AZURE = ".openai.azure.com"


class Passing(ModelError):
    """It may go better later. `wait` are the seconds the endpoint asks for; `received` tokens had come."""

    def __init__(self, reason: str, wait: float | None = None, received: int = 0) -> None:
        super().__init__(reason)
        self.wait = wait
        self.received = received


class Lost(ModelError):
    """The endpoint gave no answer, and asking again at once won't bring one."""


class Refused(ModelError):
    """The endpoint doesn't take the request as it is (400). `complaint` are its words, which are hostile."""

    def __init__(self, reason: str, complaint: str) -> None:
        super().__init__(reason)
        self.complaint = complaint


class _TooMuch(httpx2.TransportError):
    """More came, or it took longer, than any answer may."""


class _Metered(httpx2.SyncByteStream):
    """What a server sends, up to a size and a moment."""

    def __init__(self, stream: httpx2.SyncByteStream, now: Callable[[], float], until: float) -> None:
        self._stream = stream
        self._now = now
        self._until = until

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > LARGEST:
                raise _TooMuch(f"more than {LARGEST:,} bytes came")
            if self._now() > self._until:
                raise _TooMuch("the answer took too long")
            yield piece

    def close(self) -> None:
        self._stream.close()


class Endpoint:
    """One endpoint, for one run. Use it in `with`."""

    def __init__(self, chosen: Chosen, clock: Clock = CLOCK) -> None:
        self._chosen = chosen
        self._clock = clock
        self._until = 0.0
        key = chosen.key.reveal()
        headers = {"User-Agent": f"docbot/{__version__}"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        if key and (urlsplit(chosen.base_url).hostname or "").endswith(_AZURE):
            headers["api-key"] = key
        self._http = httpx2.Client(
            follow_redirects=False,
            # A connection that waited for the next section may be closed by then.
            limits=httpx2.Limits(max_keepalive_connections=0),
            # What stays on this machine has no business with a proxy.
            trust_env=not chosen.is_local,
            event_hooks={"request": [_bare], "response": [self._bounded]},
        )
        # An empty text for each keeps the client from looking into the environment.
        self._client = openai.OpenAI(
            api_key=key or "none",
            admin_api_key="",
            organization="",
            project="",
            webhook_secret="",
            base_url=chosen.base_url,
            default_headers=headers,
            default_query=dict(parse_qsl(chosen.query, keep_blank_values=True)),
            max_retries=0,
            http_client=self._http,
        )

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(self, body: Mapping[str, Any], seconds: float, heard: Callable[[int], None]) -> Reply:
        """The endpoint's answer to one request of at most `seconds`; `heard` is told the tokens so far.

        Raises Passing, Refused or ModelError where there is none, UsageError where no request can have any.
        """
        self._until = self._clock.now() + seconds
        timeout = httpx2.Timeout(min(seconds, self._chosen.limits.timeout))
        asking = self._client.chat.completions.with_streaming_response
        try:
            with asking.create(**body, timeout=timeout, extra_headers=self._credentials()) as response:
                return self._reply(response.http_response, heard)
        except openai.APIStatusError as error:
            raise self._refusal(error) from None
        except openai.APITimeoutError:
            raise Passing("it said nothing in time: raise `timeout` under [model]") from None
        except (openai.APIConnectionError, httpx2.HTTPError) as error:
            raise self._lost(error) from None
        except streams.Broken as error:
            raise Passing(str(error), received=error.received) from None

    def _credentials(self) -> Mapping[str, Any]:
        """Without a key no request bears any, whatever the environment says."""
        return {} if self._chosen.key else {"Authorization": openai.Omit()}

    def _bounded(self, response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Metered(response.stream, self._clock.now, self._until)
        # Nothing packed was asked for, and what unpacks to any size is not unpacked.
        response.headers.pop("content-encoding", None)
        # The client looks there for its own marks once the answer is here.
        response.request.headers.update(response.request.extensions[_UNSENT])

    def _reply(self, response: httpx2.Response, heard: Callable[[int], None]) -> Reply:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "text/event-stream":
            return streams.streamed(response.iter_bytes(), heard)
        if kind == "application/json":
            return streams.whole(response.iter_bytes())
        raise Passing(
            f"{self._chosen.host} doesn't answer as OpenAI's protocol has it, but with "
            f"“{kind[:60] or 'nothing'}”: correct `base_url` under [model], which mostly ends in /v1"
        )

    def _lost(self, error: Exception) -> ModelError:
        cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
        if isinstance(cause, _TooMuch):
            return Lost(f"its answer was given up: {cause}")
        if isinstance(cause, httpx2.ConnectError):
            return Passing(
                f"{self._chosen.host} can't be reached: see that it runs, and that base_url is right"
            )
        return Passing("the connection was lost")

    def _refusal(self, error: openai.APIStatusError) -> Exception:
        status, host, name = error.status_code, self._chosen.host, self._chosen.name
        complaint = self._quoted(error)
        if status in (401, 403):
            return UsageError(f"{host} refuses docbot ({status}): {self._key_remedy()}")
        if status == 404:
            return UsageError(
                f"{host} doesn't know the model {name}, or nothing is at this address (404): correct the "
                "name, or `base_url` under [model], which mostly ends in /v1"
            )
        if 300 <= status < 400:
            return UsageError(
                f"{host} sends docbot elsewhere ({status}), and nothing was sent there: correct base_url"
            )
        if status == 402 or (status == 429 and "quota" in complaint.lower()):
            return UsageError(
                f"{host} says that the account is used up ({status}): see to it, or name another model"
            )
        said = f"{host} answered {status}" + (f" ({complaint})" if complaint else "")
        if status in _PASSING:
            return Passing(
                said, asked_pause(error.response.headers.get("retry-after", ""), self._clock.wall())
            )
        return Refused(said, complaint) if status in (400, 422) else ModelError(said)

    def _key_remedy(self) -> str:
        variable = self._chosen.variable
        if variable:
            return f"see that the variable {variable} holds a key that may use the model"
        return f"put a key into the variable {KEY_VARIABLE}, or name one in `key_env` under [model]"

    def _quoted(self, error: openai.APIStatusError) -> str:
        """A few words of the endpoint's own, harmless on a terminal and in a log, and without the key."""
        body = error.body
        said = body.get("message") if isinstance(body, dict) else body
        return quoted(self.without_key(said if isinstance(said, str) else ""))

    def without_key(self, text: str) -> str:
        key = self._chosen.key.reveal()
        return text.replace(key, "***") if key else text


def quoted(text: str) -> str:
    """The start of hostile `text` on one line, so that it is no command to whoever prints it."""
    line = "".join(sign if sign.isprintable() else " " for sign in text[: 4 * _LONGEST_COMPLAINT])
    return re.sub(r"\s+", " ", line).replace("##[", "## [").strip()[:_LONGEST_COMPLAINT].rstrip(" .")


def _bare(request: httpx2.Request) -> None:
    """Nothing about this machine and its owner leaves it in a header."""
    unsent = {name: value for name, value in request.headers.items() if name.lower() not in _HEADERS}
    for name in unsent:
        del request.headers[name]
    request.headers["accept-encoding"] = "identity"
    request.extensions = {**request.extensions, _UNSENT: unsent}
