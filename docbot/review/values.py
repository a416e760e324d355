"""What a review is about, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from docbot.review.build_comment import Told
from docbot.rules.interface import Rule
from docbot.text import Span
from docbot.types import Finding, Notice, Verdict


class Kind(StrEnum):
    """What happened to the lines of a hunk, or to a page as a whole."""

    EDITED = "edited"
    ADDED = "added"
    """A new page."""
    RENAMED = "renamed"
    REMOVED = "removed"
    UNREAD = "unread"
    """A page that docbot can't read as it is now, or couldn't before."""


class Hunk(msgspec.Struct, frozen=True, gc=False):
    """Lines of a page that were replaced; of a page that came, went or moved, the page itself."""

    kind: Kind
    path: str
    """After the change; before it for a page that was removed."""
    old_path: str
    before: Span
    """Whole lines of the page as it was, with their line ends; empty where lines were only added."""
    after: Span
    """The same of the page as it is; empty where lines were only removed."""


class Judgement(StrEnum):
    """What a reviewer may take from a hunk."""

    PROVEN = "proven"
    """It mends what is proved wrong, or changes nothing that a gate can tell."""
    LOOK = "look here"
    """Nothing is wrong with it that docbot can prove, and it changes what only a person can judge."""
    DONT = "don't"
    """It breaks something, and the proof is beside it."""


class Reason(msgspec.Struct, frozen=True, gc=False):
    """Why a hunk is judged as it is."""

    text: str
    about: Finding | None = None
    """The finding that it tells of, or the claim of a fact."""


class Judged(msgspec.Struct, frozen=True, gc=False):
    """A hunk with everything that can be said of it."""

    hunk: Hunk
    judgement: Judgement
    reasons: tuple[Reason, ...]
    """The most important first; never empty."""
    fixes: tuple[Finding, ...] = ()
    """Findings of the page before, which are gone."""
    adds: tuple[Finding, ...] = ()
    """Findings on its lines that weren't there before."""
    breaks: tuple[Finding, ...] = ()
    """Findings elsewhere that weren't there before and are about what it moved or removed."""
    wrongs: tuple[str, ...] = ()
    """What else is wrong with it, which no finding says: generated lines, readers who are led nowhere."""
    forgotten: tuple[str, ...] = ()
    """Copies of the page, for other versions, that still say what it replaced."""
    proof: tuple[Verdict, ...] = ()
    """What the gates say of it."""
    builds: tuple[Told, ...] = ()
    """What the build of Learn says of its lines, or of what it breaks."""

    @property
    def said(self) -> tuple[str, ...]:
        """The texts of its reasons."""
        return tuple(reason.text for reason in self.reasons)


class Review(msgspec.Struct, frozen=True, gc=False):
    """All hunks of a change, in the order in which to read them."""

    hunks: tuple[Judged, ...]
    base: str
    """The commit it is held against, by its full id."""
    head: str = ""
    """The commit that was reviewed, by its full id; empty for what isn't committed yet."""
    elsewhere: tuple[Finding, ...] = ()
    """Findings that weren't there before and belong to none of its hunks."""
    builds: tuple[Told, ...] = ()
    """What the build of Learn says of other places."""
    notices: tuple[Notice, ...] = ()
    before: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The texts of its pages as they were."""
    after: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Those as they are, and of every page with a finding here."""
    rules: tuple[Rule, ...] = ()
    """The rules that looked at both."""

    @property
    def new(self) -> tuple[Finding, ...]:
        """Every finding that the change adds or brings about, each once, by page and place."""
        found = {finding.key: finding for one in self.hunks for finding in (*one.adds, *one.breaks)} | {
            finding.key: finding for finding in self.elsewhere
        }
        return tuple(found[key] for key in sorted(found))
