"""What the last scan of a repository found, for a scan of the very same.

The findings of rules that need facts hang on every page, every path, the configs and the commit. Where
none of these changed since, they are what they were, and nothing has to be gathered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from docbot.build import build
from docbot.cache import Cache, packed
from docbot.errors import UnreadablePageError
from docbot.facts import Need
from docbot.gather import Survey
from docbot.grammar import identity
from docbot.markdown import blob_id
from docbot.repository.worktree import read_page
from docbot.rules.interface import Rule
from docbot.types import Finding, Notice, digest


class Recalled(msgspec.Struct, frozen=True):
    """The findings of the rules that need facts, and what gathering those noticed."""

    stamp: str
    configs: Mapping[str, str]
    """Blob of each config file that was read."""
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]


def recalled(looked: Survey, rules: Iterable[Rule], cache: Cache) -> Recalled | None:
    """What was found when everything was as it is now; None when anything changed."""
    data = cache.load([_key()]).get(_key())
    if data is None:
        return None
    try:
        kept = msgspec.msgpack.decode(data, type=Recalled)
    except msgspec.DecodeError:
        return None
    same = kept.stamp == _stamp(looked, rules)
    same = same and all(_blob(looked, path) == blob for path, blob in kept.configs.items())
    return kept if same else None


def keep(
    looked: Survey, rules: Iterable[Rule], found: Iterable[Finding], notices: tuple[Notice, ...], cache: Cache
) -> None:
    """Keep what was found. Only the last scan of a repository is kept, and none that asked the web."""
    if looked.online:
        return
    kept = Recalled(_stamp(looked, rules), looked.configs, tuple(found), notices)
    data = packed(kept)
    if data is not None:
        cache.store({_key(): data})


def _stamp(looked: Survey, rules: Iterable[Rule]) -> str:
    worktree = looked.worktree
    state = (str(worktree.head), str(worktree.shallow), str(worktree.partial))
    dated = any(Need.TODAY in rule.needs for rule in rules)
    day = looked.today.isoformat() if dated else ""
    checker = identity() if any(Need.GRAMMAR in rule.needs for rule in rules) else ""
    return digest(looked.listing, *state, day, checker, *(f"{rule.name} {rule.version}" for rule in rules))


def _blob(looked: Survey, path: str) -> str:
    try:
        return blob_id(read_page(looked.worktree, path))
    except UnreadablePageError:
        return ""


def _key() -> str:
    return digest("findings", build())
