"""What the forge has of docbot's earlier work, and what people did and said there since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec
from msgspec.structs import replace

from docbot.app.connect import Connection
from docbot.forges.interface import Comment, Pull
from docbot.forges.marker import Marker, is_own, marker_of
from docbot.repository.exchange import fetch_commit, tip, tip_of
from docbot.repository.values import Tip
from docbot.repository.worktree import Worktree
from docbot.types import Finding, Proposal
from docbot.upkeep import (
    Chore,
    Heard,
    gone,
    hands_off,
    heard,
    is_said,
    touched,
    unwanted,
    withdrawal,
)

_MOST_COMMITS = 20


class Remembered(msgspec.Struct, frozen=True):
    """docbot's pull requests, and of those that are open also their branch's tip and what was said below."""

    user: str = ""
    docs: str = ""
    pulls: tuple[Pull, ...] = ()
    tips: Mapping[int, Tip | None] = msgspec.field(default_factory=dict)
    comments: Mapping[int, tuple[Comment, ...]] = msgspec.field(default_factory=dict)

    def heard(self, pull: Pull) -> Heard:
        """What people told docbot below `pull`."""
        return heard(pull, self.comments.get(pull.number, ()), self.user)

    @property
    def dropped(self) -> dict[str, Pull]:
        """Every change that people dropped from a pull request, by its content key."""
        return {key: pull for pull in self.pulls for key in self.heard(pull).dropped}

    @property
    def handed_back(self) -> frozenset[int]:
        """The pull requests that people want docbot to make anew."""
        return frozenset(pull.number for pull in self.pulls if self.heard(pull).redo)

    def open_for(self, topic: str) -> Pull | None:
        """The open pull request of that topic."""
        mine = (p for p in self.pulls if p.state == "open" and p.marker is not None)
        return next((pull for pull in mine if pull.marker and pull.marker.topic == topic), None)

    def chores(
        self, findings: Iterable[Finding], ran: Collection[str], proposals: Iterable[Proposal]
    ) -> tuple[Chore, ...]:
        """What is due for the open ones: by what the rules that `ran` find now, and what is proposed."""
        proposed = {one.branch: marker_of(one.body) for one in proposals}
        lost = gone(self.pulls, findings, ran)
        due = (self._due(pull, pull in lost, proposed.get(pull.branch)) for pull in self.pulls)
        return tuple(chore for chore in due if chore is not None)

    def _due(self, pull: Pull, lost: bool, proposed: Marker | None) -> Chore | None:
        marker = pull.marker
        if marker is None or pull.number not in self.tips or pull.number in self.handed_back:
            return None
        why_not = touched(pull, self.tips[pull.number], proposed)
        if lost:
            chore = withdrawal(pull, marker, self.docs, why_not)
        elif why_not:
            chore = hands_off(pull, self.docs, why_not)
        elif marker.content_keys and set(marker.content_keys) <= set(self.heard(pull).dropped):
            chore = unwanted(pull, self.docs)
        else:
            return None
        if not is_said(chore, marker, self.comments[pull.number], self.user):
            return chore
        return None if chore.change is None else replace(chore, comment=None)


def remembered(worktree: Worktree, connection: Connection, ignored: Collection[str] = ()) -> Remembered:
    """Read it. A pull request from another fork than this one is known, but not looked into.

    Commits by the bots that `ignored` names count as nobody's.
    """
    forge, head = connection.forge, connection.head
    pulls = forge.pulls()
    mine = [p for p in pulls if p.state == "open" and head is not None and head.is_named(p.head_repository)]
    return Remembered(
        user=forge.user,
        docs=forge.docs.name,
        pulls=pulls,
        tips={
            pull.number: _without_bots(
                worktree, tip_at(worktree, connection, pull.branch), pull.marker, ignored
            )
            for pull in mine
        },
        comments={pull.number: forge.comments(pull.number) for pull in mine},
    )


def tip_at(worktree: Worktree, connection: Connection, branch: str) -> Tip | None:
    """What `branch` stands at where branches are pushed to; None where there is none."""
    commit = tip_of(worktree, connection.remote, branch, connection.access)
    if commit is None:
        return None
    return fetch_commit(worktree, connection.remote, commit, branch, connection.access)


def _without_bots(
    worktree: Worktree, at: Tip | None, marker: Marker | None, ignored: Collection[str]
) -> Tip | None:
    """docbot's own commit in place of `at`, where nothing but commits of the `ignored` bots is on top of it.

    It goes by the id of `at`, for the lease. A name that isn't a bot's own ("name[bot]") is no reason to take
    anything for nobody's: the list is the docs repository's, and the branch the user's.
    """
    found = at
    for _ in range(_MOST_COMMITS):
        if found is None or at is None or is_own(found, marker):
            return replace(found, id=at.id) if found and at else at
        name = found.author.partition(" <")[0]
        if not (name.endswith("[bot]") and name in ignored and len(found.parents) == 1):
            return at
        found = tip(worktree, found.parents[0])
    return at
