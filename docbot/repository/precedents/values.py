"""What rules are told of the edits that people make again and again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from docbot.measured import Measured
from docbot.repository.precedents.pairs import Form, Kind
from docbot.repository.values import Commit


class Standing(StrEnum):
    """What the history allows to be done with an edit that people made again and again."""

    DRAFTED = "drafted"
    """They are at it, and went on with such edits whenever the past is asked."""
    ASKED = "asked"
    """They made it often; that they go on with it isn't shown."""


class Precedent(msgspec.Struct, frozen=True):
    """An edit that people made again and again, in one direction.

    Places are counted in prose, headings and code spans, in the pages of the commit that is checked out.
    """

    form: Form
    kind: Kind
    standing: Standing
    running: bool
    """Whether people are at it at present, whatever the past says of such edits."""
    times: int
    pages: int
    """Copies of a page in version folders count once."""
    people: int
    first: Commit
    last: Commit
    fixed: int
    """Places changed this way in the last year."""
    left: int
    """Places left as they were in lines that people edited in the last year."""
    remaining: int
    """Places that still have the old form."""
    path: str
    """The page on which the maintainers are asked about it: the first that has the old form."""


class Precedents(msgspec.Struct, frozen=True):
    """The precedents of a repository at one commit.

    `measured` says for each kind of edit, and for `precedent` as a whole, what people later did at the
    places that would have been drafted one, two and three years ago.
    """

    known: tuple[Precedent, ...] = ()
    measured: Mapping[str, Measured] = msgspec.field(default_factory=dict)
    wordings: Mapping[str, Measured] = msgspec.field(default_factory=dict)
    """By the name of a wording: in the lines that people edited in the last years, how often they wrote the
    house's words, how often the reverse (`other`), and how often they left what they saw (`kept`)."""
