"""Reads what an endpoint sends back, piece by piece or at once, and believes none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from docbot.drafters.model.budget import tokens_in

_DONE = b"[DONE]"


class Reply(msgspec.Struct, frozen=True):
    """A model's whole answer. Counts of tokens are None where the endpoint gave none."""

    text: str
    refusal: str = ""
    cut_off: bool = False
    """Whether the model stopped because its answer got too long."""
    filtered: bool = False
    """Whether the endpoint kept the answer back."""
    sent: int | None = None
    received: int | None = None


class Broken(Exception):
    """What came is no answer, or not the whole of it. `received` counts the tokens that came."""

    def __init__(self, reason: str, received: int = 0) -> None:
        super().__init__(reason)
        self.received = received


class _Words(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    delta: _Words | None = None
    message: _Words | None = None
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Chunk(msgspec.Struct):
    choices: list[_Choice] | None = None
    usage: _Usage | None = None
    error: Any = None


class _Heard:
    """The answer so far."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._refusal: list[str] = []
        self._finish = ""
        self._usage = _Usage()
        self.tokens = 0

    def add(self, data: bytes) -> None:
        """Take in one JSON object of the endpoint's. Raises Broken."""
        try:
            chunk = msgspec.json.decode(data, type=_Chunk)
        except msgspec.ValidationError as error:
            raise Broken(
                f"what came has another shape than OpenAI's protocol ({error})", self.tokens
            ) from error
        except (msgspec.DecodeError, RecursionError) as error:
            raise Broken("what came is no JSON", self.tokens) from error
        if chunk.error is not None:
            raise Broken("the endpoint reported an error in the middle of its answer", self.tokens)
        self._usage = chunk.usage or self._usage
        for choice in (chunk.choices or [])[:1]:
            words = choice.delta or choice.message or _Words()
            self._text.append(words.content or "")
            self._refusal.append(words.refusal or "")
            self._finish = choice.finish_reason or self._finish
            self.tokens += tokens_in(words.content) if words.content else 0

    def reply(self, *, ended: bool) -> Reply:
        """The whole answer; `ended` says whether the endpoint called it whole. Raises Broken."""
        if not self._finish and not ended:
            raise Broken("the connection was lost in the middle of the answer", self.tokens)
        return Reply(
            text="".join(self._text),
            refusal="".join(self._refusal),
            cut_off=self._finish == "length",
            filtered=self._finish == "content_filter",
            sent=_count(self._usage.prompt_tokens),
            received=_count(self._usage.completion_tokens),
        )


def _count(said: int | None) -> int | None:
    """A count that can be true: one below 0 would give back what was spent."""
    return None if said is None or said < 0 else said


def streamed(pieces: Iterable[bytes], heard: Callable[[int], None]) -> Reply:
    """The answer in a stream of server-sent events. `heard` is told the tokens so far. Raises Broken."""
    answer, ended = _Heard(), False
    for data in _events(pieces):
        if data == _DONE:
            ended = True
            break
        answer.add(data)
        heard(answer.tokens)
    return answer.reply(ended=ended)


def whole(pieces: Iterable[bytes]) -> Reply:
    """The answer in one JSON object. Raises Broken."""
    answer = _Heard()
    answer.add(b"".join(pieces))
    return answer.reply(ended=True)


def _events(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The data of each event; OpenAI's protocol has one line of it for each."""
    rest = bytearray()
    for piece in pieces:
        searched = len(rest)
        rest += piece
        end = rest.find(b"\n", searched)
        while end >= 0:
            yield from _data(bytes(rest[:end]))
            del rest[: end + 1]
            end = rest.find(b"\n")
    yield from _data(bytes(rest))


def _data(line: bytes) -> Iterator[bytes]:
    if line.startswith(b"data:"):
        yield line[5:].strip()
