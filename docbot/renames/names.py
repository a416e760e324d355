"""Finds old names in prose: a quick look at a page's text, then one pass over each block of its prose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from docbot.renames.table import Mode, Rename, entra, renames

_LONG = r"(?:Microsoft\s+)?Azure\s+(?:Active\s+Directory(?:\s+\((?:Azure\s+AD|AAD|AD)\))?|AD(?:\s+\(AAD\))?)"
AAD = rf"{_LONG}|AAD"
"""Every old name of Microsoft Entra ID, the longest first; a name with its abbreviation is one."""
_BEFORE = r"(?<![\w.@/\\#$&+=|\-])"
_AFTER = r"(?![\w@/\\+=|]|[-.]\w|\(\))"
_AFTER_LONG = r"(?![\w@\\+=|]|\.\w|\(\)|-[^a-z])"
_AFTER_AAD = r"(?![\w@\\+=|]|\.\w|\(\)|-(?!(?:join|joined|registered|only)\b))"
_PLACEHOLDER = "{aad}"


class Hit(msgspec.Struct, frozen=True, gc=False):
    """An old name at `[start, end)` of a text. `rename` is None for those of the Entra decision list."""

    start: int
    end: int
    rename: Rename | None
    short: bool = False


def may_name(text: str) -> bool:
    """Whether a page's text can hold an old name at all; quick, and never wrong when it says no."""
    plain = " ".join(text.split())
    # In a quote and in a list of quotes the mark of the next line stands between two words.
    plain = plain.replace(" > ", " ") if " > " in plain else plain
    return any(start in plain and any(name in plain for name in group) for start, group in _keys())


def hits(text: str) -> Iterator[Hit]:
    """Every old name in the prose `text`, in order; the longest that fits wins. Names that stay are none."""
    known = _known()
    for match in _pattern().finditer(text):
        if match["name"] is None:
            yield Hit(match.start(), match.end(), None)
            continue
        found = known[" ".join(match["name"].split())]
        if found is not None:
            yield Hit(match.start(), match.end(), *found)


@cache
def _known() -> dict[str, tuple[Rename | None, bool] | None]:
    """Each name with its rename and whether it is short; None for one that stays."""
    known: dict[str, tuple[Rename | None, bool] | None] = dict.fromkeys(heads(), (None, False))
    for rename in renames():
        stays = rename.mode in (Mode.KEPT, Mode.ELSEWHERE)
        if not stays:
            known |= dict.fromkeys(rename.old, (rename, False))
            known |= dict.fromkeys(rename.short, (rename, True))
        known |= dict.fromkeys(rename.kept)
    return known


@cache
def heads() -> tuple[str, ...]:
    """The glossary's old names that don't hold any name of Azure Active Directory."""
    names = (name for term in entra().glossary for name in (term.old, *term.others))
    return tuple(name for name in names if _PLACEHOLDER not in name)


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(_spaced(name) for name in sorted(_known(), key=len, reverse=True))
    return re.compile(rf"{_BEFORE}(?:(?P<name>{names}){_AFTER}|{_LONG}{_AFTER_LONG}|AAD{_AFTER_AAD})")


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split(" "))


@cache
def _keys() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names of which one is in every page that holds any, by what they start with.

    An abbreviation counts only beside its product's long name or new name, so that those stand for it.
    """
    names = {"Azure AD", "Azure Active Directory", "AAD", *heads()}
    for rename in renames():
        if rename.mode in (Mode.EDIT, Mode.REPORT):
            names |= {*rename.old, rename.new} if rename.short else {*rename.old}
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(_shortest(names)):
        groups[name.split(" ")[0]].append(name)
    return tuple((start if len(group) > 1 else group[0], tuple(group)) for start, group in groups.items())


def _shortest(names: Iterable[str]) -> Iterator[str]:
    """The names that hold no other."""
    every = set(names)
    for name in every:
        if not any(other in name for other in every if other != name):
            yield name
