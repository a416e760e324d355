"""What a policy is: a sentence of the docs repository, where it stands, and what docbot makes of it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

LONGEST_QUOTE = 200
"""Code points."""


class Kind(StrEnum):
    """What a policy means for a proposal."""

    STOP = "stop"
    """Nothing may be proposed."""
    ASK = "ask"
    """A person has to read it and agree: nothing may be proposed unattended."""
    NOTE = "note"
    """Good to know."""


class Meaning(StrEnum):
    """What docbot makes of a sentence."""

    OFF = "it switches docbot off"
    NO_PULLS = "it takes no pull requests"
    ELSEWHERE = "it isn't kept up here"
    NO_BOTS = "it refuses automated pull requests"
    NO_AI = "it refuses AI-generated pull requests"
    NO_TYPOS = "it refuses typo fixes"

    DOUBT = "it refuses some of what tools or beginners send: decide whether your proposal is welcome"
    HUMAN = "it wants a person who answers for every change"
    DISCLOSE = "it wants to be told where AI was used"
    ISSUE_FIRST = "it wants an issue first"
    LARGE = "it doesn't want large or bulk changes"
    AI_POLICY = "it has an AI policy: read it"
    UNREAD = "docbot can't read it: read it yourself"
    CLOSES = "an automation closes pull requests of people who can't push here"

    FILES = "it limits the files of a pull request"
    SIGN_OFF = "commits need a Signed-off-by line"
    CLA = "it wants a contributor license agreement"
    GUIDE = "more rules stand elsewhere: read them"
    PATHS = "an automation closes pull requests that touch these files"
    RULE = "an automation may close pull requests, on conditions docbot doesn't understand"

    @property
    def kind(self) -> Kind:
        """How much a policy of this meaning weighs."""
        return _KINDS[self]


_STOPS = (
    Meaning.OFF,
    Meaning.NO_PULLS,
    Meaning.ELSEWHERE,
    Meaning.NO_BOTS,
    Meaning.NO_AI,
    Meaning.NO_TYPOS,
)
_NOTES = (Meaning.FILES, Meaning.SIGN_OFF, Meaning.CLA, Meaning.GUIDE, Meaning.PATHS, Meaning.RULE)
_KINDS = {
    **dict.fromkeys(Meaning, Kind.ASK),
    **dict.fromkeys(_STOPS, Kind.STOP),
    **dict.fromkeys(_NOTES, Kind.NOTE),
}


class Policy(msgspec.Struct, frozen=True):
    """One thing the docs repository says about pull requests."""

    kind: Kind
    source: str
    """`path:line`."""
    quote: str
    """The sentence as it stands, on one line, at most 200 code points. Hostile input."""
    meaning: Meaning


def policy(meaning: Meaning, path: str, line: int, words: str) -> Policy:
    """The policy that `words`, on line `line` (from 1) of `path`, lay down."""
    quote = " ".join(words.split())
    if len(quote) > LONGEST_QUOTE:
        quote = quote[: LONGEST_QUOTE - 3] + "..."
    return Policy(meaning.kind, f"{path}:{line}", quote, meaning)
