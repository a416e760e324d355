"""One look at one page: what was answered, as a verdict, or what has to be waited for first."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from msgspec.structs import replace

from docbot.web.exchange import Answer, Fault, Trouble
from docbot.web.interface import PERMANENT, Look, State
from docbot.web.judging import soft_404, wants_person
from docbot.web.urls import without_fragment
from docbot.web.walk import Ask, Trail, follow

GONE = frozenset((404, 410))
_PASSING = frozenset((Trouble.NO_NAME, Trouble.UNREACHABLE, Trouble.TIMEOUT, Trouble.BROKEN))
"""Troubles that may be over at the next try."""


class Again(msgspec.Struct, frozen=True):
    """What to look at once more: the verdict so far, and the pause the host asks for (`Retry-After`)."""

    look: Look
    pause: str = ""
    fault: Trouble | None = None


def visit(url: str, ask: Ask, *, first: bool) -> Look | Again:
    """Look at `url`. The first time by HEAD, where GET has the last word; later by GET alone."""
    trail = follow(url, "HEAD" if first else "GET", ask)
    agreed = False
    if _is_there(trail):
        again = _again(url, trail, ask)
        agreed = again.hops == trail.hops
        trail = again
    if isinstance(trail.last, Fault):
        return _faulty(url, trail, trail.last)
    return _answered(url, trail, trail.last, agreed=agreed)


def _is_there(trail: Trail) -> bool:
    return isinstance(trail.last, Answer) and 200 <= trail.last.status < 300


def _again(url: str, trail: Trail, ask: Ask) -> Trail:
    """The trail of a page that is there, once more by GET where that tells more.

    A move for good is followed from its start, to be proved; of another page only the title is read.
    """
    if trail.hops and all(hop.status in PERMANENT for hop in trail.hops):
        return follow(url, "GET", ask)
    if trail.method == "GET" or not (isinstance(trail.last, Answer) and trail.last.is_html):
        return trail
    end = follow(without_fragment(trail.end or url), "GET", ask)
    return Trail((*trail.hops, *end.hops), end.last, "GET")


def _faulty(url: str, trail: Trail, fault: Fault) -> Look | Again:
    state = State.FORBIDDEN if fault.trouble is Trouble.FORBIDDEN else State.TROUBLED
    look = Look(url, state, said=fault.said, hops=trail.hops)
    if fault.trouble not in _PASSING:
        return look
    # A redirection to a host without a name is no word about the host that gave it.
    trouble = Trouble.BROKEN if trail.hops else fault.trouble
    return Again(look, fault=trouble)


def _answered(url: str, trail: Trail, answer: Answer, *, agreed: bool) -> Look | Again:
    status = answer.status
    look = Look(url, State.REFUSED, status, named(answer), trail.hops)
    if answer.challenged or wants_person(answer.title):
        return replace(look, said=f"{look.said}; it wants to see a person")
    if 200 <= status < 300:
        soft = soft_404(url, look.end, answer.title)
        state = State.SOFT if soft else State.GOOD
        return replace(look, state=state, said=soft or look.said, agreed=agreed)
    if status == 429 or (status == 503 and answer.retry_after):
        return Again(look, answer.retry_after)
    if status in GONE or 500 <= status < 600:
        state = State.DEAD if status in GONE else State.TROUBLED
        return Again(replace(look, state=state))
    if status < 400 or status == 408:
        return replace(look, state=State.TROUBLED)
    return look


def named(answer: Answer) -> str:
    """A status as it is known: `404 Not Found`."""
    try:
        return f"{answer.status} {HTTPStatus(answer.status).phrase}"
    except ValueError:
        return f"{answer.status} {answer.reason}".strip()
