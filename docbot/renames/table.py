"""The bundled facts: which product was renamed, when, by which source, and what may be done about it."""

from __future__ import annotations

import tomllib
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec


class Mode(StrEnum):
    """What a scan does where an old name stands."""

    EDIT = "edit"
    REPORT = "report"
    KEPT = "kept"
    ELSEWHERE = "elsewhere"
    """Another rule, or the decision list of `docbot.renames.entra`, looks after it."""


class Rename(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One product's old names and its new one; the fields are explained at the top of renames.toml."""

    row: int
    id: str
    old: tuple[str, ...]
    new: str
    since: date
    mode: Mode
    source: str = ""
    verified_on: date | None = None
    short: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    next: str = ""
    unless: str = ""
    url: str = ""
    ask: str = ""
    note: str = ""
    generic: bool = False

    @property
    def edits(self) -> bool:
        """Whether an edit may ever be offered: only what a named source was seen to say."""
        return bool(self.mode is Mode.EDIT and self.new and self.source and self.verified_on)


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the decision list for Azure Active Directory comes from, and the names that stay."""

    since: date
    source: str
    procedure: str
    verified_on: date
    kept: tuple[str, ...]


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"others": "or"}):
    """One row of the glossary; the fields are explained in entra.toml."""

    old: str
    new: str
    others: tuple[str, ...] = ()
    recase: bool = False
    bare: bool = False
    """Only where no other noun follows."""
    link: bool = False
    """A link beside the name has to change with it."""
    unless: str = ""
    """What must not follow for an edit."""
    ask: str = ""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words behind or before the name that the five rules ask for, in lower case."""

    features: frozenset[str]
    sentence: frozenset[str]
    plans: frozenset[str]
    determiners: frozenset[str]


class Entra(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in entra.toml."""

    guide: Guide
    glossary: tuple[Term, ...]
    words: Words


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rename: tuple[Rename, ...]


@cache
def renames() -> tuple[Rename, ...]:
    """Every rename of the bundled table, in its order."""
    return msgspec.convert(_bundled("renames.toml"), _Table).rename


@cache
def entra() -> Entra:
    """The bundled decision list for Azure Active Directory."""
    return msgspec.convert(_bundled("entra.toml"), Entra)


def _bundled(name: str) -> object:
    return tomllib.loads((files("docbot") / "data" / name).read_text("utf-8"))
