"""Which rules this repository's people pass over, as their own edits of the last years show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from docbot.build import build
from docbot.cache import Cache, packed
from docbot.gather import Survey
from docbot.hindsight import YEARS, hindsight
from docbot.measured import ENOUGH, Measured
from docbot.repository import commands, history_commands
from docbot.repository.patches import patches
from docbot.rules.interface import Rule
from docbot.types import Finding, Notice, digest


class _Kept(msgspec.Struct, frozen=True):
    stamp: str
    measured: Mapping[str, Measured]


def neglected(
    looked: Survey, rules: Iterable[Rule], found: Iterable[Finding], cache: Cache
) -> dict[str, Measured]:
    """Those of `rules` whose edits people here saw and mostly didn't make, with what was counted.

    Only rules that judge a line by itself and drafted many edits are looked at. Nothing is known in a partial
    clone, whose old pages are missing, and before the first commit.
    """
    drafted = Counter(finding.rule for finding in found if finding.fix is not None)
    many = [rule for rule in rules if rule.by_line and drafted[rule.name] >= ENOUGH]
    worktree = looked.worktree
    if not many or worktree.head is None or worktree.partial:
        return {}
    stamp = digest(looked.listing, worktree.head, *(f"{rule.name} {rule.version}" for rule in many))
    measured = _kept(cache, stamp)
    if measured is None:
        measured = _measured(looked, worktree.head, many)
        data = packed(_Kept(stamp, measured))
        if data is not None:
            cache.store({_key(): data})
    return {rule: counts for rule, counts in measured.items() if counts.neglected}


def notices(passed_over: Mapping[str, Measured]) -> Iterator[Notice]:
    """A sentence for each rule whose findings are hidden for want of anybody's interest."""
    for rule, counts in passed_over.items():
        seen = counts.decided + counts.kept
        yield Notice(
            "",
            f"{rule} is silent here: in the last {YEARS} years people edited such lines {seen} times and "
            f"made its edit {counts.same} times; `--all` or `--rule {rule}` shows its findings",
        )


def _kept(cache: Cache, stamp: str) -> Mapping[str, Measured] | None:
    data = cache.load([_key()]).get(_key())
    try:
        kept = None if data is None else msgspec.msgpack.decode(data, type=_Kept)
    except msgspec.DecodeError:
        return None
    return kept.measured if kept is not None and kept.stamp == stamp else None


def _measured(looked: Survey, head: str, rules: Sequence[Rule]) -> dict[str, Measured]:
    git = looked.worktree.git
    with history_commands.log_corrections(git, head, _begin(commands.committed(git, head))) as stream:
        return hindsight(patches(stream.lines), rules, looked.facts, looked.pages.__contains__)


def _begin(newest: int) -> date:
    """The day from which edits count. The docs' own time runs to their newest commit."""
    return datetime.fromtimestamp(newest, UTC).date() - timedelta(days=365 * YEARS)


def _key() -> str:
    return digest("hindsight", build())
