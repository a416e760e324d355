"""Follows a URL's redirections by hand, one guarded and paced request a hop."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from docbot.web.exchange import Answer, Fault, Trouble
from docbot.web.interface import Hop
from docbot.web.urls import led_to, without_fragment

MOST_HOPS = 10
_HOPS = frozenset((301, 302, 303, 307, 308))
_NO_VERDICT_OF_HEAD = frozenset((Trouble.BROKEN, Trouble.TIMEOUT))
"""Some servers drop a HEAD they don't know."""

Ask = Callable[[str, str], Answer | Fault]
"""Sends a method to a URL."""


class Trail(msgspec.Struct, frozen=True):
    """A URL's redirections, and what stands at their end. `method` is what the last was asked by."""

    hops: tuple[Hop, ...]
    last: Answer | Fault
    method: str

    @property
    def end(self) -> str:
        return self.hops[-1].url if self.hops else ""


def follow(url: str, method: str, ask: Ask) -> Trail:
    """Where `url` leads, asked by `method`: HEAD or GET.

    What HEAD can't tell is asked by GET, from that hop on.
    """
    here, hops, seen = url, list[Hop](), {url}
    while True:
        answer, method = _asked(here, method, ask)
        if isinstance(answer, Fault) or answer.status not in _HOPS or not answer.location:
            return Trail(tuple(hops), answer, method)
        target = led_to(here, answer.location)
        if target is None:
            fault = Fault(Trouble.FORBIDDEN, "it redirects to what is no page of the web")
            return Trail(tuple(hops), fault, method)
        address = without_fragment(target)
        hops.append(Hop(answer.status, target))
        if address in seen:
            return Trail(tuple(hops), Fault(Trouble.CIRCLE, "it redirects in a circle"), method)
        if len(hops) > MOST_HOPS:
            return Trail(
                tuple(hops), Fault(Trouble.ENDLESS, f"it redirects more than {MOST_HOPS} times"), method
            )
        seen.add(address)
        here = address


def _asked(url: str, method: str, ask: Ask) -> tuple[Answer | Fault, str]:
    answer = ask(method, url)
    if method == "GET" or not _is_unsure(answer):
        return answer, method
    return ask("GET", url), "GET"


def _is_unsure(answer: Answer | Fault) -> bool:
    """Whether GET may be answered otherwise: many servers treat HEAD as a stranger."""
    if isinstance(answer, Fault):
        return answer.trouble in _NO_VERDICT_OF_HEAD
    # A pause asked of HEAD is asked of GET too.
    return not 200 <= answer.status < 400 and answer.status != 429
