"""What is known of a repository's spelling."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Misspelling(msgspec.Struct, frozen=True, gc=False):
    """A word of the prose that is no word, and what it may stand for."""

    rights: tuple[str, ...]
    """The words it may stand for, in its letter case; one, save where nobody can tell."""
    here: int
    """Distinct sentences that have the misspelled word, in any letter case."""
    there: int
    """Distinct sentences that have the right one, or that of them which most have."""


class Spelling(msgspec.Struct, frozen=True, gc=False):
    """Misspelled words by how they are written, letter case included, and the pages they stand on."""

    mistakes: Mapping[str, Misspelling] = msgspec.field(default_factory=dict)
    pages: frozenset[str] = frozenset()


class Minority(msgspec.Struct, frozen=True, gc=False):
    """A word in a letter case that the repository hardly ever writes, and the one that it writes."""

    usual: str
    here: int
    """Distinct sentences with the rare letter case."""
    there: int
    """Distinct sentences with the usual one."""
    known: bool = False
    """Whether the usual one is also how the name's owner writes it."""


class Casing(msgspec.Struct, frozen=True, gc=False):
    """Words in a rare letter case, and the pages they stand on."""

    minorities: Mapping[str, Minority] = msgspec.field(default_factory=dict)
    pages: frozenset[str] = frozenset()
