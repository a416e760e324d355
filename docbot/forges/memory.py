"""A code host that lives in memory: for the dry run, the demo and tests. It can also play the people."""

from __future__ import annotations

from msgspec.structs import replace

from docbot.forges.interface import Pull
from docbot.forges.island import island_of, with_island
from docbot.forges.marker import is_untouched, marker_of
from docbot.types import Outcome, OutcomeKind, Proposal

_ADDRESS = "https://forge.example"


class MemoryForge:
    """One docs repository. `forbidden` says why it takes no pull request: archived, disabled."""

    def __init__(
        self, repository: str = "docs/docs", *, author: str = "docbot-user", max_open: int = 3
    ) -> None:
        self.repository = repository
        self.forbidden = ""
        self.branches: dict[str, str] = {}
        """Every branch and the commit it stands on; also those docbot didn't make."""
        self.comments: dict[int, list[str]] = {}
        self._author = author
        self._max_open = max_open
        self._pulls: dict[int, Pull] = {}
        self._pushed: dict[int, tuple[str, str]] = {}
        """Head and base of each pull as docbot left them."""

    def pulls(self) -> tuple[Pull, ...]:
        return tuple(self._pulls.values())

    def pull(self, number: int) -> Pull:
        """Raises KeyError when there is no such pull."""
        return self._pulls[number]

    def objection(self, proposal: Proposal) -> Outcome | None:
        if self.forbidden:
            return Outcome(OutcomeKind.FORBIDDEN, f"{self.repository} takes none: {self.forbidden}")
        refused = next((pull for pull in self.pulls() if _refuses(pull, proposal)), None)
        if refused is not None:
            reason = f"a person closed #{refused.number}, which made the same change"
            return Outcome(OutcomeKind.DECLINED, reason, refused.url)
        pull = self._open(proposal.branch)
        if pull is not None:
            reason = self._taken_over(pull)
            return Outcome(OutcomeKind.EDITED, reason, pull.url) if reason else None
        known = {self._pushed[pull.number][0] for pull in self.pulls() if pull.branch == proposal.branch}
        if self.branches.get(proposal.branch, "") not in known | {""}:
            reason = f"the branch {proposal.branch} holds commits that aren't docbot's: rename or delete it"
            return Outcome(OutcomeKind.CONFLICTED, reason)
        count = sum(pull.state == "open" for pull in self.pulls())
        if count >= self._max_open:
            reason = f"{count} of docbot's pull requests are open, {self._max_open} may be: settle one first"
            return Outcome(OutcomeKind.LIMITED, reason)
        return None

    def ensure(self, proposal: Proposal, head: str) -> Outcome:
        objection = self.objection(proposal)
        if objection is not None:
            return objection
        self.branches[proposal.branch] = head
        pull = self._open(proposal.branch)
        return self._create(proposal, head) if pull is None else self._update(pull, proposal, head)

    def withdraw(self, number: int, reason: str) -> Outcome:
        pull = self._pulls[number]
        if pull.state != "open":
            return Outcome(OutcomeKind.UNCHANGED, f"#{number} is {pull.state} already", pull.url)
        said = self.comments.setdefault(number, [])
        if reason not in said:
            said.append(reason)
        taken_over = self._taken_over(pull)
        if taken_over:
            return Outcome(OutcomeKind.EDITED, taken_over, pull.url)
        self._pulls[number] = replace(pull, state="closed", withdrawn=True)
        return Outcome(OutcomeKind.UPDATED, reason, pull.url)

    def close(self, number: int) -> None:
        """A person closes the pull unmerged."""
        self._pulls[number] = replace(self._pulls[number], state="closed")

    def merge(self, number: int) -> None:
        """A person merges the pull."""
        self._pulls[number] = replace(self._pulls[number], state="merged")

    def edit(self, number: int, *, body: str = "", title: str = "", base: str = "") -> None:
        """A person changes what is given."""
        pull = self._pulls[number]
        self._pulls[number] = replace(
            pull, body=body or pull.body, title=title or pull.title, base=base or pull.base
        )

    def push(self, branch: str, head: str) -> None:
        """A person sets a branch to a commit."""
        self.branches[branch] = head
        for pull in self.pulls():
            if pull.branch == branch and pull.state == "open":
                self._pulls[pull.number] = replace(pull, head=head)

    def _open(self, branch: str) -> Pull | None:
        return next((pull for pull in self.pulls() if pull.branch == branch and pull.state == "open"), None)

    def _taken_over(self, pull: Pull) -> str:
        """Why an open pull is a person's by now; empty while it is docbot's."""
        head, base = self._pushed[pull.number]
        if self.branches.get(pull.branch) != head:
            return f"a person pushed to {pull.branch}"
        if pull.base != base:
            return f"a person moved the pull request to {pull.base}"
        return "" if is_untouched(pull.body) else "a person changed docbot's part of the body"

    def _create(self, proposal: Proposal, head: str) -> Outcome:
        number = len(self._pulls) + 1
        url = f"{_ADDRESS}/{self.repository}/pull/{number}"
        said = (proposal.base, proposal.branch, proposal.title, proposal.body)
        self._pulls[number] = Pull(number, url, "open", *said, self._author, head)
        self._pushed[number] = (head, proposal.base)
        return Outcome(OutcomeKind.CREATED, f"#{number} was opened as a draft", url)

    def _update(self, pull: Pull, proposal: Proposal, head: str) -> Outcome:
        island = island_of(proposal.body)
        body = with_island(pull.body, island.of(proposal.body) if island else proposal.body)
        if (pull.head, pull.body.replace("\r\n", "\n")) == (head, body.replace("\r\n", "\n")):
            return Outcome(OutcomeKind.UNCHANGED, f"#{pull.number} says it already", pull.url)
        self._pulls[pull.number] = replace(pull, body=body, head=head)
        self._pushed[pull.number] = (head, pull.base)
        return Outcome(OutcomeKind.UPDATED, f"#{pull.number} was brought up to date", pull.url)


def _refuses(pull: Pull, proposal: Proposal) -> bool:
    """Whether a person closed `pull`, and it made a change that `proposal` makes too."""
    if not pull.refused:
        return False
    refused, proposed = pull.marker, marker_of(proposal.body)
    if refused is None or proposed is None or not refused.content_keys or not proposed.content_keys:
        return pull.branch == proposal.branch
    return not set(refused.content_keys).isdisjoint(proposed.content_keys)
