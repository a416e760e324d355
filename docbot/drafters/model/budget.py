"""What a run may still spend on a model: requests, tokens, seconds, and money where it has a price."""

from __future__ import annotations

from docbot.user_config import ModelConfig

_BYTES = 3
"""Of a token, rather too few: a text holds fewer tokens than are counted for it."""
_MILLION = 1_000_000


def tokens_in(text: str) -> int:
    """How many tokens `text` has at most or so, where nobody says."""
    return len(text.encode("utf-8", "replace")) // _BYTES + 1


class Budget:
    """What was spent, held against the limits. Nothing is asked once `spent` says which limit is reached."""

    def __init__(self, limits: ModelConfig) -> None:
        self._limits = limits
        self.calls = 0
        self.sent = 0
        self.received = 0
        self.seconds = 0.0

    @property
    def tokens(self) -> int:
        return self.sent + self.received

    @property
    def seconds_left(self) -> float:
        return self._limits.max_seconds - self.seconds

    @property
    def cost(self) -> float:
        """In the currency of the prices; 0 without any."""
        return self._price(self.sent, self.received)

    def _price(self, sent: int, received: int) -> float:
        return (sent * self._limits.price_in + received * self._limits.price_out) / _MILLION

    def room(self, sent: int) -> int:
        """The most tokens that the answer to a request of `sent` tokens may have; below 0 for none."""
        limits = self._limits
        room = limits.max_tokens - self.tokens - sent
        if limits.max_cost and limits.price_out:
            left = limits.max_cost - self.cost - self._price(sent, 0)
            room = min(room, int(left * _MILLION / limits.price_out))
        return room

    def spent(self, sent: int, received: int) -> str:
        """The limit that `sent` tokens and an answer of `received` would pass; empty for none."""
        limits = self._limits
        if self.calls >= limits.max_calls:
            return f"max_calls = {limits.max_calls}"
        if self.tokens + sent + received > limits.max_tokens:
            return f"max_tokens = {limits.max_tokens}"
        if self.seconds_left <= 0:
            return f"max_seconds = {limits.max_seconds:g}"
        if limits.max_cost and self.cost + self._price(sent, received) > limits.max_cost:
            return f"max_cost = {limits.max_cost:g}"
        return ""

    def called(self, sent: int, received: int, seconds: float) -> None:
        """Count one request."""
        self.calls += 1
        self.sent += sent
        self.received += received
        self.seconds += seconds

    def waited(self, seconds: float) -> None:
        self.seconds += seconds
