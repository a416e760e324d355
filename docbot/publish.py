"""From a proposal to what is sent, and what earlier pull requests say of it. Pure: nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from docbot.forges.content import keys_of
from docbot.forges.interface import Pull
from docbot.forges.marker import marker_of, with_marker
from docbot.plan import Page
from docbot.types import Draft, Held, Proposal, digest

_GITHUB = re.compile(
    r"(?:https?://|ssh://|git://)?(?:[^@/\s]+@)?(?:www\.|ssh\.)?github\.com(?::\d+)?[:/]+"
    r"(?P<owner>[A-Za-z0-9][\w-]*)/(?P<repo>[\w.-]+?)(?:\.git)?/?",
    re.IGNORECASE | re.ASCII,
)
_USER = re.compile(r"(?<=://)[^@/\s]*@")


class Target(msgspec.Struct, frozen=True):
    """Where a proposal goes. `owner` and `repo` are placeholders where no remote is on GitHub."""

    owner: str
    repo: str
    base: str
    remote: str = "origin"
    """The git remote (name or URL) that the branch is pushed to: the user's fork, or the docs themselves."""
    head_owner: str = ""
    head_repo: str = ""
    """Which repository that remote is; empty for the docs themselves."""
    draft: bool = True


class Push(msgspec.Struct, frozen=True):
    """A branch set to docbot's commit, if it stands at `expected` (empty: if it doesn't exist)."""

    remote: str
    branch: str
    expected: str = ""

    def __str__(self) -> str:
        ref = f"refs/heads/{self.branch}"
        remote = _USER.sub("", self.remote)
        return f"git push --force-with-lease={ref}:{self.expected} {remote} COMMIT:{ref}"


class Post(msgspec.Struct, frozen=True):
    """A request to GitHub's API; `body` is its JSON, byte for byte."""

    path: str
    body: bytes

    def __str__(self) -> str:
        return f"POST {self.path}\n{self.body.decode()}"


class NewPull(msgspec.Struct, frozen=True):
    """The JSON of `POST /repos/{owner}/{repo}/pulls`."""

    title: str
    head: str
    base: str
    body: str
    draft: bool
    maintainer_can_modify: bool
    head_repo: str | msgspec.UnsetType = msgspec.UNSET
    """GitHub asks for it where one owner has both, the docs and the fork."""


Request = Push | Post


def requests_of(proposal: Proposal, target: Target) -> list[Request]:
    """Every request that a first run sends for `proposal`, in order. A real run sends exactly these."""
    docs = f"{target.owner}/{target.repo}".lower()
    from_fork = bool(target.head_owner) and f"{target.head_owner}/{target.head_repo}".lower() != docs
    of_one_owner = from_fork and target.head_owner.lower() == target.owner.lower()
    pull = NewPull(
        title=proposal.title,
        head=f"{target.head_owner}:{proposal.branch}" if from_fork else proposal.branch,
        base=target.base,
        body=proposal.body,
        draft=target.draft,
        maintainer_can_modify=from_fork,
        head_repo=target.head_repo if of_one_owner else msgspec.UNSET,
    )
    path = f"/repos/{target.owner}/{target.repo}/pulls"
    return [Push(target.remote, proposal.branch), Post(path, msgspec.json.encode(pull))]


def target_of(remotes: Mapping[str, str], url: str | None, base: str) -> Target:
    """Where proposals for the branch `base` go, by the names and URLs of the remotes.

    `url` is what the docs' own config calls their public repository. The docs are `upstream`, else that,
    else `origin`; the branch is pushed to `origin`, else to the first remote there is.
    """
    places = (remotes.get("upstream"), url, remotes.get("origin"))
    docs = next(filter(None, map(_on_github, places)), ("OWNER", "REPO"))
    remote = "origin" if "origin" in remotes else next(iter(remotes), "origin")
    fork = _on_github(remotes.get(remote)) or ("", "")
    return Target(*docs, base, remote, *fork)


def _on_github(url: str | None) -> tuple[str, str] | None:
    found = _GITHUB.fullmatch(url or "")
    return (found["owner"], found["repo"]) if found else None


def recorded(proposal: Proposal, tree: str, parent: str) -> Proposal:
    """The proposal whose body remembers docbot's own commit, to tell it from everybody else's.

    `tree` and `parent` are ids of git. The commit's own id isn't used: it changes with the clock.
    """
    marker = marker_of(proposal.body)
    if marker is None:
        raise ValueError("the proposal's body has no marker")
    known = replace(marker, tree=tree, parent=parent, message=message_digest(proposal.message))
    return replace(proposal, body=with_marker(proposal.body, known))


def message_digest(message: str) -> str:
    """A commit message's identity, whatever white space git took off its end."""
    return digest("message", message.rstrip())


def without_refused(
    drafts: Sequence[Draft], pages: Mapping[str, Page], pulls: Iterable[Pull]
) -> tuple[list[Draft], list[Held]]:
    """The drafts no person has refused, and the others with the reason.

    A pull request closed unmerged refuses each change it made, wherever its text stands now. `pages`
    holds every page with a draft.
    """
    refused: dict[str, Pull] = {}
    topics: dict[str, Pull] = {}
    for pull in pulls:
        if pull.refused and pull.marker is not None:
            refused |= dict.fromkeys(pull.marker.content_keys, pull)
            if not pull.marker.content_keys:
                topics[pull.marker.topic] = pull
    texts = {path: page.text for path, page in pages.items()}
    known = keys_of(drafts, texts) if refused else [()] * len(drafts)
    kept, held = list[Draft](), list[Held]()
    for draft, keys in zip(drafts, known, strict=True):
        closed = next((refused[key] for key in keys if key in refused), topics.get(draft.finding.cause))
        if closed is None:
            kept.append(draft)
        else:
            held.append(Held(draft, f"a person closed {closed.url}, which made the same change"))
    return kept, held
