"""From a proposal to what is sent. Pure: nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from docbot.forges.interface import Pull
from docbot.forges.island import island_of, with_island
from docbot.forges.marker import marker_of, message_digest, with_marker
from docbot.forges.requests import ApiRequest, Push, Request
from docbot.types import Proposal


class Destination(msgspec.Struct, frozen=True):
    """Where a proposal goes. Repositories are `owner/name`."""

    docs: str
    """The docs repository; a placeholder where no remote is on the forge."""
    base: str
    remote: str = "origin"
    """The git remote (name or URL) that the branch is pushed to: the user's fork, or the docs themselves."""
    head: str = ""
    """Which repository that remote is; empty for the docs themselves."""
    forking: bool = False
    """Whether that repository has still to be made, as a fork of the docs."""
    lends: bool = True
    """Whether the fork is the user's own: GitHub lets maintainers push to no organization's."""
    draft: bool = True

    @property
    def from_fork(self) -> bool:
        return bool(self.head) and self.head.lower() != self.docs.lower()


PLACEHOLDER = "OWNER/REPO"


class Order(msgspec.Struct, frozen=True):
    """What a proposal needs to be sent, by what the forge has already."""

    push: bool = True
    """False where the branch holds docbot's commit already."""
    expected: str = ""
    """The commit the branch stands at now; empty where there is no such branch."""
    pull: Pull | None = None
    """The pull request to bring up to date; None opens one."""
    reopen: bool = False
    """Whether `pull` is closed, and opened again first."""


FIRST = Order()
"""Nothing is there yet."""


def requests_of(proposal: Proposal, destination: Destination, order: Order = FIRST) -> list[Request]:
    """Every request that is sent for `proposal`, in order. A real run sends exactly these."""
    requests: list[Request] = []
    if destination.forking:
        requests.append(fork_request(destination))
    if order.pull is not None and order.reopen:
        requests.append(reopening(order.pull, destination))
    if order.push:
        requests.append(Push(destination.remote, proposal.branch, order.expected))
    requests.append(pull_request(proposal, destination, order))
    return requests


def fork_request(destination: Destination) -> ApiRequest:
    """The request that forks the docs, with its default branch alone."""
    return ApiRequest.of("POST", f"/repos/{destination.docs}/forks", {"default_branch_only": True})


def reopening(pull: Pull, destination: Destination) -> ApiRequest:
    """The request that opens a closed pull request again, which works while its branch is as it was."""
    return ApiRequest.of("PATCH", f"/repos/{destination.docs}/pulls/{pull.number}", {"state": "open"})


def pull_request(proposal: Proposal, destination: Destination, order: Order) -> ApiRequest:
    """The request that opens the pull request, or that rewrites docbot's part of an open one's body."""
    path = f"/repos/{destination.docs}/pulls"
    if order.pull is not None:
        return ApiRequest.of("PATCH", f"{path}/{order.pull.number}", {"body": updated(order.pull, proposal)})
    owner, _, name = destination.head.partition("/")
    of_one_owner = destination.from_fork and owner.lower() == destination.docs.partition("/")[0].lower()
    data: dict[str, object] = {
        "title": proposal.title,
        "head": f"{owner}:{proposal.branch}" if destination.from_fork else proposal.branch,
        "base": destination.base,
        "body": proposal.body,
        "draft": destination.draft,
        "maintainer_can_modify": destination.from_fork and destination.lends,
    }
    # GitHub asks for it where one owner has both, the docs and the fork.
    return ApiRequest.of("POST", path, data | ({"head_repo": name} if of_one_owner else {}))


def updated(pull: Pull, proposal: Proposal) -> str:
    """The body of `pull` with docbot's part as `proposal` has it, and all else as it is."""
    island = island_of(proposal.body)
    return with_island(pull.body, island.of(proposal.body) if island else proposal.body)


def destination_of(
    remotes: Mapping[str, str], url: str | None, base: str, name_of: Callable[[str], str | None]
) -> Destination:
    """Where proposals for the branch `base` go, by the names and URLs of the remotes alone.

    `url` is what the docs' own config calls their public repository; `name_of` tells which repository of the
    forge a URL names. The docs are `upstream`, else that, else `origin`; the branch is pushed to `origin`,
    else to the first remote there is.
    """
    places = (remotes.get("upstream"), url, remotes.get("origin"))
    docs = next((name for place in places if place and (name := name_of(place))), PLACEHOLDER)
    remote = "origin" if "origin" in remotes else next(iter(remotes), "origin")
    return Destination(docs, base, remote, name_of(remotes.get(remote, "")) or "")


def recorded(
    proposal: Proposal, tree: str, parent: str, dropped: Sequence[str] = (), redone: int = 0
) -> Proposal:
    """The proposal whose body remembers docbot's own commit, to tell it from everybody else's.

    `tree` and `parent` are ids of git. The commit's own id isn't used: it changes with the clock. `dropped`
    are the content keys that people didn't want of it, `redone` the comment that handed it back.
    """
    marker = marker_of(proposal.body)
    if marker is None:
        raise ValueError("the proposal's body has no marker")
    own = {"tree": tree, "parent": parent, "message": message_digest(proposal.message)}
    known = replace(marker, **own, dropped=tuple(dropped), redone=redone)
    return replace(proposal, body=with_marker(proposal.body, known))
