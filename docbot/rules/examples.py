"""Examples of a rule: pages it reports or is silent about, and the repository around them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Given(msgspec.Struct, frozen=True):
    """The repository around an example page: other files, redirections, renames `old -> new`."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    redirections: Mapping[str, str] = msgspec.field(default_factory=dict)
    renames: Mapping[str, str] = msgspec.field(default_factory=dict)
    headings: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Renamed headings, `page.md#old heading -> new heading`."""
    learn: bool = True
    """Whether the repository is published on Microsoft Learn."""
    today: str = "2026-01-15"
    """The day the example is read on, `YYYY-MM-DD`."""
    web: Mapping[str, str] = msgspec.field(default_factory=dict)
    """What pages of other sites answer, as `docbot.web.fake.look_of` reads it: `301 URL 200`, `404`."""
    deletions: tuple[str, ...] = ()
    """Files that were deleted."""
    gone_names: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Names that code had once, and what took their places; empty where nothing did."""
    written: str = "2025-12-01"
    """The day every line of every example page was written on, `YYYY-MM-DD`."""
    corrected: Mapping[str, tuple[str, str]] = msgspec.field(default_factory=dict)
    """Copies of the page in which a commit replaced one text (whole lines) by another."""
    precedents: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Edits that people make at present, `old -> new`; both in backticks for one inside of code spans."""
    paused: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The same, of edits that the maintainers are asked about."""
    words: Mapping[str, int] = msgspec.field(default_factory=dict)
    """Words of the repository's other pages, and in how many sentences each stands."""
    misspelled: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Common misspellings, each in its letter case, and what they may stand for: `with or which`."""


class Good(msgspec.Struct, frozen=True):
    """A page the rule is silent about."""

    text: str
    given: Given = Given()


class Bad(msgspec.Struct, frozen=True):
    """A page with exactly one finding; `fixed` is the page after its fix, None where there is none."""

    text: str
    fixed: str | None = None
    given: Given = Given()
