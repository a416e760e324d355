"""What becomes of docbot's own pull requests, by what people said and did. Pure: nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from docbot.forges.interface import Comment, Pull
from docbot.forges.marker import Marker, is_own, is_untouched, with_marker
from docbot.forges.requests import ApiRequest
from docbot.repository.values import Tip
from docbot.types import Finding

PATIENCE = timedelta(days=30)
"""How long a pull request may wait for a person before docbot opens nothing new."""
REOPENS = timedelta(days=7)
"""How long after docbot closed a pull request itself it takes up that one and opens no other."""
_RECENT, _MOST_REFUSED = 5, 3
_COMMAND = re.compile(r"^\s{0,3}docbot (?:(?P<redo>redo)|drop (?P<drop>\d{1,4}))\s*$", re.MULTILINE | re.I)


class Chore(msgspec.Struct, frozen=True):
    """Something due for one of docbot's pull requests that is no proposal; `said` tells a person of it."""

    number: int
    url: str
    said: str
    comment: ApiRequest | None = None
    change: ApiRequest | None = None


class Heard(msgspec.Struct, frozen=True):
    """What people told docbot below one of its pull requests."""

    dropped: tuple[str, ...] = ()
    """Content keys of the changes they don't want."""
    redo: int = 0
    """The id of the newest comment that hands the branch back, whatever is on it; 0 if none is new."""


def heard(pull: Pull, comments: Iterable[Comment], user: str) -> Heard:
    """The commands in the comments of `pull`, by people who may give them.

    Those are whoever opened the pull request (`user`) and whoever may speak for the docs. `docbot redo`
    counts once, `docbot drop N` for ever: a number always means the same change.
    """
    marker = pull.marker
    if marker is None:
        return Heard()
    dropped, redo = list(marker.dropped), 0
    for comment in comments:
        if not (comment.trusted or comment.author.lower() == user.lower()):
            continue
        for command in _COMMAND.finditer(comment.text):
            dropped += marker.keys_of(int(command["drop"] or 0))
            redo = max(redo, comment.id if command["redo"] else 0)
    return Heard(tuple(dict.fromkeys(dropped)), redo if redo > marker.redone else 0)


def gone(pulls: Iterable[Pull], findings: Iterable[Finding], ran: Collection[str]) -> list[Pull]:
    """docbot's open pull requests whose finding isn't there any more; only of rules that `ran` names."""
    found = list(findings)
    prints = {finding.fingerprint for finding in found}
    causes = {finding.cause for finding in found}
    lost = []
    for pull in pulls:
        marker = pull.marker
        if pull.state != "open" or marker is None or marker.topic.partition(" ")[0] not in ran:
            continue
        if marker.topic not in causes and prints.isdisjoint(marker.fingerprints):
            lost.append(pull)
    return lost


def withdrawal(pull: Pull, marker: Marker, docs: str, why_not: str) -> Chore:
    """What to do about a pull request whose finding is gone; `why_not` says why it is a person's by now."""
    reason = "what this was for isn't there any more: the base says it right, or not at all"
    if why_not:
        text = f"docbot looked again, and {reason}. It leaves the pull request to you, since {why_not}."
        comment = _comment(docs, pull, "gone", text)
        return Chore(pull.number, pull.url, f"its finding is gone, but {why_not}", comment)
    body = with_marker(pull.body, replace(marker, withdrawn=True))
    change = ApiRequest.of("PATCH", _path(docs, pull), {"state": "closed", "body": body})
    comment = _comment(docs, pull, "gone", f"docbot looked again, and {reason}. It closes its pull request.")
    return Chore(pull.number, pull.url, "its finding is gone: closed", comment, change)


def unwanted(pull: Pull, docs: str) -> Chore:
    """What to do about a pull request all of whose changes people dropped: it closes, and stays refused."""
    change = ApiRequest.of("PATCH", _path(docs, pull), {"state": "closed"})
    text = (
        "Every change of this pull request was dropped, so docbot closes it and proposes none of them again."
    )
    comment = _comment(docs, pull, "dropped", text)
    return Chore(pull.number, pull.url, "all of it was dropped: closed", comment, change)


def hands_off(pull: Pull, docs: str, why: str) -> Chore:
    """What docbot says once below a pull request that is a person's by now, and how to hand it back."""
    text = (
        f"docbot leaves this pull request to you from here on, since {why}. To have docbot make it anew, "
        "comment `docbot redo`: **the commits on its branch and your changes to docbot's part of the "
        "description will be lost then.**"
    )
    comment = _comment(docs, pull, "hands-off", text)
    return Chore(pull.number, pull.url, f"it is left alone, and says so: {why}", comment)


def is_said(chore: Chore, marker: Marker, comments: Iterable[Comment], user: str) -> bool:
    """Whether `user` said below the pull request what `chore` is to say, in whatever words.

    What was said before a person handed the branch back is past.
    """
    if chore.comment is None:
        return True
    about = str(chore.comment.data["body"]).splitlines()[0]
    since = (one for one in comments if one.id > marker.redone and one.author.lower() == user.lower())
    return any(one.text.startswith(about) for one in since)


def paused(pulls: Sequence[Pull], now: datetime) -> str:
    """Why docbot opens nothing new at present: nobody looks, or nobody wants it. Empty when it may go on."""
    waiting = [pull for pull in pulls if pull.state == "open" and now - pull.updated >= PATIENCE]
    if waiting:
        days = (now - waiting[0].updated).days
        return f"#{waiting[0].number} has waited {days} days for somebody to look at it: settle it first"
    settled = [pull for pull in pulls if pull.state == "merged" or pull.refused][-_RECENT:]
    refused = sum(pull.refused for pull in settled)
    if refused >= _MOST_REFUSED and now - max(p.updated for p in settled) < PATIENCE:
        return (
            f"{refused} of docbot's last {len(settled)} pull requests were closed unmerged: it pauses for "
            f"{PATIENCE.days} days after the last, ask the maintainers what they would like"
        )
    return ""


def reopened(pulls: Iterable[Pull], branch: str, now: datetime) -> Pull | None:
    """The pull request from `branch` that docbot closed itself a short while ago, if there is one."""
    mine = [pull for pull in pulls if pull.branch == branch and pull.withdrawn and pull.closed]
    recent = [pull for pull in mine if pull.closed and now - pull.closed < REOPENS]
    return recent[-1] if recent else None


def touched(pull: Pull, tip: Tip | None, proposed: Marker | None) -> str:
    """Why an open pull request is a person's by now; empty while it is docbot's.

    `tip` is what its branch stands at. A run that pushed what is `proposed` now may have stopped before it
    said so: that commit is docbot's as well.
    """
    if pull.marker is None or not is_untouched(pull.body):
        return "a person changed docbot's part of its description"
    if pull.base != pull.marker.base:
        return f"a person moved it to {pull.base}"
    own = is_own(tip, pull.marker) or is_own(tip, proposed)
    return "" if own else f"a person pushed to {pull.branch}"


def _comment(docs: str, pull: Pull, about: str, text: str) -> ApiRequest:
    path = f"/repos/{docs}/issues/{pull.number}/comments"
    return ApiRequest.of("POST", path, {"body": f"<!-- docbot:{about} -->\n{text}"})


def _path(docs: str, pull: Pull) -> str:
    return f"/repos/{docs}/pulls/{pull.number}"
