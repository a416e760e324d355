"""The code host, as docbot needs it. Own types in and out; `ensure` twice is once."""

from __future__ import annotations

from typing import Protocol

import msgspec

from docbot.forges.marker import Marker, marker_of
from docbot.types import Outcome, Proposal


class Pull(msgspec.Struct, frozen=True):
    """A pull request as the forge remembers it."""

    number: int
    url: str
    state: str
    """open, closed or merged."""
    base: str
    branch: str
    title: str
    body: str
    author: str
    head: str
    """The commit the branch stands on."""
    draft: bool = True
    withdrawn: bool = False
    """Closed by docbot itself, which said so: no refusal."""

    @property
    def marker(self) -> Marker | None:
        """What docbot hid in the body; None when somebody took it out."""
        return marker_of(self.body)

    @property
    def refused(self) -> bool:
        """Whether a person closed it unmerged."""
        return self.state == "closed" and not self.withdrawn


class Forge(Protocol):
    """A code host. Implementations: `memory` (dry run, demo, tests), `github`."""

    def pulls(self) -> tuple[Pull, ...]:
        """Every pull request of the docs repository that docbot opened, in any state, oldest first."""
        ...

    def objection(self, proposal: Proposal) -> Outcome | None:
        """What stands against `proposal`, from reading alone; None when it may go. Ask before pushing.

        FORBIDDEN: the repository takes none. DECLINED: a person closed a pull of the same change.
        EDITED: a person changed the branch, the base, or docbot's part of the body; it is theirs now.
        CONFLICTED: the branch is somebody else's. LIMITED: too many of docbot's pulls are open.
        """
        ...

    def ensure(self, proposal: Proposal, head: str) -> Outcome:
        """Make the pull request for `proposal` exist with commit `head`, and say what happened.

        Called twice it answers CREATED, then UNCHANGED; with something new to say, UPDATED. Only
        docbot's part of the body is ever replaced, and a title is never changed after it was given.
        An objection is answered as it is, and nothing is written.
        """
        ...

    def withdraw(self, number: int, reason: str) -> Outcome:
        """Close docbot's own pull with one sentence, its finding being gone.

        UPDATED, or UNCHANGED when it isn't open. EDITED when it is a person's by now: it stays open,
        and the sentence is said once.
        """
        ...
