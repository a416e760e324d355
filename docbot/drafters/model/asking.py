"""Asks a model within a budget: knows what was answered once, tries again what may pass, says the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from docbot.drafters.model.budget import Budget, tokens_in
from docbot.drafters.model.chosen import Chosen
from docbot.drafters.model.endpoint import Endpoint, Lost, Passing, Refused
from docbot.drafters.model.prompts import Messages
from docbot.drafters.model.shapes import MOST_ANSWER, Shape, prompt_of, simpler
from docbot.drafters.model.streams import Reply
from docbot.errors import ModelError
from docbot.web.pace import CLOCK, LONGEST_PAUSE, Clock

_LEAST_ANSWER = 512
_TRIES = 4
_FIRST_WAIT = 1.0


class Kept(Protocol):
    """Where answers are kept between runs."""

    def load(self, keys: Iterable[str]) -> dict[str, bytes]: ...

    def store(self, entries: Mapping[str, bytes]) -> None: ...


class Spent(ModelError):
    """The budget has no room for another request. The message names the limit."""


class Asker:
    """One model in one run. It remembers what the endpoint can't take, and what was spent."""

    def __init__(
        self,
        chosen: Chosen,
        endpoint: Endpoint,
        kept: Kept,
        heard: Callable[[int, int], None] = lambda tokens, most: None,
        clock: Clock = CLOCK,
    ) -> None:
        """`heard` is told the tokens of the run so far, and how many there may be."""
        self.chosen = chosen
        self.budget = Budget(chosen.limits)
        self._endpoint = endpoint
        self._kept = kept
        self._heard = heard
        self._clock = clock
        self._shape = Shape()

    def name_of(self, messages: Messages) -> str:
        """The prompt hash: by it a draft names what was asked, and the answer is kept."""
        return prompt_of(self.chosen, messages)

    def ask(self, messages: Messages) -> str:
        """What the model answers, or once answered.

        Raises Spent where the budget has no room, ModelError where there is no answer, UsageError where no
        request can have any.
        """
        name = self.name_of(messages)
        known = self._kept.load([name]).get(name)
        if known is not None:
            return known.decode("utf-8", "replace")
        reply = self._reply(messages)
        if reply.refusal or reply.filtered:
            raise ModelError("the model refuses to answer")
        if reply.cut_off:
            raise ModelError("the answer got too long and was cut off")
        if not reply.text.strip():
            raise ModelError("the answer is empty")
        key = self.chosen.key.reveal()
        if key and key in reply.text:
            raise ModelError("the answer holds the key of the model, and was thrown away")
        return reply.text

    def keep(self, messages: Messages, answer: str) -> None:
        """Remember an answer that could be read."""
        self._kept.store({self.name_of(messages): answer.encode("utf-8", "replace")})

    def _reply(self, messages: Messages) -> Reply:
        sent = sum(tokens_in(one.content) for one in messages)
        failed = 0
        while True:
            try:
                return self._once(messages, sent)
            except Refused as error:
                shape = simpler(self._shape, error.complaint)
                if shape is None:
                    raise
                self._shape = shape
            except Passing as error:
                failed += 1
                if failed == _TRIES:
                    raise Lost(f"{error} (asked {_TRIES} times)") from error
                self._wait(error, _FIRST_WAIT * 2 ** (failed - 1))

    def _once(self, messages: Messages, sent: int) -> Reply:
        reached = self.budget.spent(sent, _LEAST_ANSWER)
        if reached:
            raise Spent(reached)
        limit = min(MOST_ANSWER, self.budget.room(sent))
        limits, before, started = self.chosen.limits, self.budget.tokens, self._clock.now()
        body = self._shape.body(self.chosen.name, messages, limit, limits.temperature)
        counted = (0, 0)
        try:
            reply = self._endpoint.ask(
                body,
                self.budget.seconds_left,
                lambda tokens: self._heard(before + sent + tokens, limits.max_tokens),
            )
            received = tokens_in(reply.text) if reply.received is None else reply.received
            counted = (sent if reply.sent is None else reply.sent, received)
        except Passing as error:
            counted = (sent, error.received) if error.received else counted
            raise
        finally:
            self.budget.called(*counted, self._clock.now() - started)
        self._heard(self.budget.tokens, limits.max_tokens)
        return reply

    def _wait(self, error: Passing, otherwise: float) -> None:
        """Wait as long as the endpoint asks for. Raises Lost when that is too long, Spent when it's over."""
        seconds = max(error.wait or 0.0, otherwise)
        if seconds > LONGEST_PAUSE:
            raise Lost(f"{error}, and asks docbot to wait {seconds:,.0f} seconds: run it again later")
        if seconds > self.budget.seconds_left:
            raise Spent(f"max_seconds = {self.chosen.limits.max_seconds:g}")
        self._clock.sleep(seconds)
        self.budget.waited(seconds)
