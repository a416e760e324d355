"""What the forge has of docbot's earlier work, and what people did and said there since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from docbot.app.connect import Connection
from docbot.forges.interface import Comment, Pull
from docbot.forges.marker import Marker, marker_of
from docbot.lifecycle import (
    Chore,
    Heard,
    gone,
    hands_off,
    heard,
    is_said,
    reworded,
    unwanted,
    withdrawal,
)
from docbot.objections import is_own
from docbot.repository.exchange import fetch_commit, tip, tip_of
from docbot.repository.values import Tip
from docbot.repository.worktree import Worktree
from docbot.types import Finding, Proposal

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
        """What is due for the open ones, by what the rules that `ran` find now.

        Nothing is for one whose branch holds the commit of one of `proposals` already: a run that pushed it
        stopped before it said so.
        """
        pushed = {one.branch: marker_of(one.body) for one in proposals}
        return tuple(self._chores(gone(self.pulls, findings, ran), pushed))

    def _chores(self, lost: Collection[Pull], pushed: Mapping[str, Marker | None]) -> Iterator[Chore]:
        for pull in self.pulls:
            if pull.number not in self.tips or pull.number in self.handed_back:
                continue
            if is_own(self.tips[pull.number], pushed.get(pull.branch)) and not reworded(pull):
                continue
            chore = self._due(pull, pull in lost)
            if chore is None:
                continue
            if not is_said(chore, self.comments[pull.number], self.user):
                yield chore
            elif chore.change is not None:
                yield msgspec.structs.replace(chore, comment=None)

    def _due(self, pull: Pull, lost: bool) -> Chore | None:
        touched = self.touched(pull)
        if lost:
            return withdrawal(pull, self.docs, touched)
        if touched:
            return hands_off(pull, self.docs, touched)
        keys = pull.marker.content_keys if pull.marker else ()
        if keys and set(keys) <= set(self.heard(pull).dropped):
            return unwanted(pull, self.docs)
        return None

    def touched(self, pull: Pull) -> str:
        """Why an open pull request is a person's by now; empty while it is docbot's."""
        changed = reworded(pull)
        if changed or is_own(self.tips[pull.number], pull.marker):
            return changed
        return f"a person pushed to {pull.branch}"


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
            pull.number: without_bots(
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


def without_bots(
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
