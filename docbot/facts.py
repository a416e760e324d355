"""What rules may know beside the page: each rule declares it, and only that is gathered."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from docbot.repository.values import HeadingHistory, PathHistory
from docbot.site.model import Site


class Need(StrEnum):
    """A fact that costs something to gather."""

    SITE = "site"
    """Every file, every page's anchors, the redirections, the docset."""
    PATHS = "paths"
    """What became of every path the repository ever had."""
    HEADINGS = "headings"
    """Heading changes of the pages at which links with unknown anchors point."""


class Facts(msgspec.Struct, frozen=True):
    """The facts of one run. What no enabled rule needs is empty."""

    site: Site = msgspec.field(default_factory=Site)
    paths: PathHistory = msgspec.field(default_factory=PathHistory)
    headings: HeadingHistory = msgspec.field(default_factory=HeadingHistory)
