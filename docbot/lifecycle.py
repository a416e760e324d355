"""What becomes of docbot's own pull requests, by what people said and did. Pure: nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from docbot.forges.interface import Comment, Pull
from docbot.forges.marker import is_untouched, with_marker
from docbot.forges.requests import ApiRequest
from docbot.types import Finding

PATIENCE = timedelta(days=30)
"""How long a pull request may wait for a person before docbot opens nothing new."""
REOPENS = timedelta(days=7)
"""How long after docbot closed a pull request itself it takes up that one and opens no other."""
_RECENT, _MOST_REFUSED = 5, 3
_HANDS_OFF = "<!-- docbot:hands-off -->"
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


def withdrawal(pull: Pull, docs: str, touched: str) -> Chore:
    """What to do about a pull request whose finding is gone; `touched` says why it is a person's by now."""
    reason = "what this was for isn't there any more: the base says it right, or not at all"
    if touched:
        text = f"docbot looked again, and {reason}. It leaves the pull request to you, since {touched}."
        return Chore(pull.number, pull.url, f"its finding is gone, but {touched}", _comment(docs, pull, text))
    marker = pull.marker
    assert marker is not None, "only docbot's own pull requests are withdrawn"
    body = with_marker(pull.body, replace(marker, withdrawn=True))
    change = ApiRequest.of("PATCH", _path(docs, pull), {"state": "closed", "body": body})
    text = f"docbot looked again, and {reason}. It closes its pull request."
    return Chore(pull.number, pull.url, "its finding is gone: closed", _comment(docs, pull, text), change)


def unwanted(pull: Pull, docs: str) -> Chore:
    """What to do about a pull request all of whose changes people dropped: it closes, and stays refused."""
    change = ApiRequest.of("PATCH", _path(docs, pull), {"state": "closed"})
    text = (
        "Every change of this pull request was dropped, so docbot closes it and proposes none of them again."
    )
    return Chore(pull.number, pull.url, "all of it was dropped: closed", _comment(docs, pull, text), change)


def hands_off(pull: Pull, docs: str, touched: str) -> Chore:
    """What docbot says once below a pull request that is a person's by now, and how to hand it back."""
    text = (
        f"docbot leaves this pull request to you from here on, since {touched}. To have docbot make it anew, "
        "comment `docbot redo`: **the commits on its branch and your changes to docbot's part of the "
        "description will be lost then.**"
    )
    return Chore(
        pull.number, pull.url, f"it is left alone, and says so: {touched}", _comment(docs, pull, text)
    )


def is_said(chore: Chore, comments: Iterable[Comment], user: str) -> bool:
    """Whether `user` said below the pull request what `chore` is to say."""
    if chore.comment is None:
        return True
    wanted = str(chore.comment.data["body"]).replace("\r\n", "\n")
    mine = (comment for comment in comments if comment.author.lower() == user.lower())
    return any(comment.text.replace("\r\n", "\n") == wanted for comment in mine)


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


def reworded(pull: Pull) -> str:
    """What a person changed of the pull request itself; empty if nothing."""
    if pull.marker is None or not is_untouched(pull.body):
        return "a person changed docbot's part of its description"
    return "" if pull.base == pull.marker.base else f"a person moved it to {pull.base}"


def _comment(docs: str, pull: Pull, text: str) -> ApiRequest:
    path = f"/repos/{docs}/issues/{pull.number}/comments"
    return ApiRequest.of("POST", path, {"body": f"{_HANDS_OFF}\n{text}"})


def _path(docs: str, pull: Pull) -> str:
    return f"/repos/{docs}/pulls/{pull.number}"
