"""What rules may know beside the page: each rule declares it, and only that is gathered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from docbot.measured import Measured
from docbot.repository.precedents.values import Precedents
from docbot.repository.values import HeadingHistory, LineHistory, PathHistory
from docbot.site.model import Site


class Need(StrEnum):
    """A fact that costs something to gather."""

    SITE = "site"
    """Every file, every page's anchors, the redirections, the docset."""
    PATHS = "paths"
    """What became of every path the repository ever had."""
    HEADINGS = "headings"
    """Heading changes of the pages at which links with unknown anchors point."""
    TODAY = "today"
    """The day of the run."""
    LINES = "lines"
    """When each line of each page was written, and by which commits."""
    PRECEDENTS = "precedents"
    """What people changed again and again, and what their history says of such edits."""


class Facts(msgspec.Struct, frozen=True):
    """The facts of one run. What no enabled rule needs is empty."""

    site: Site = msgspec.field(default_factory=Site)
    paths: PathHistory = msgspec.field(default_factory=PathHistory)
    headings: HeadingHistory = msgspec.field(default_factory=HeadingHistory)
    today: date = date.min
    lines: LineHistory = msgspec.field(default_factory=LineHistory)
    """Only of pages that are as they were committed."""
    precedents: Precedents = msgspec.field(default_factory=Precedents)
    measured: Mapping[str, Measured] = msgspec.field(default_factory=dict)
    """What this repository's backtests said of each rule; always given."""
