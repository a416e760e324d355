"""Which rules run, and which links they ask about, as a person let docbot ask other sites or didn't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from docbot import engine
from docbot.config import Config
from docbot.facts import Need
from docbot.online import Online
from docbot.repository.changes import Changed
from docbot.repository.worktree import Worktree
from docbot.rules.interface import Rule
from docbot.types import Notice

ASKED = frozenset({Need.WEB, Need.READERS})
"""What costs the patience of others, so that only a person may let docbot ask for it."""


class Running(msgspec.Struct, frozen=True):
    """The rules of one run."""

    rules: tuple[Rule, ...]
    """Those that are asked for."""
    able: tuple[Rule, ...]
    """All there are, without those that would need to ask other sites and may not."""
    others: tuple[Rule, ...]
    """Those that gates must hold drafts against too; no link is looked at for the sake of another's fix."""
    notices: tuple[Notice, ...] = ()


def running(
    every: Sequence[Rule],
    config: Config,
    only: Sequence[str],
    skip: Sequence[str],
    given: frozenset[Need],
) -> Running:
    """Sorts out the rules of a run. `given` are those of ASKED that may be asked for.

    Raises RuleError for a name no rule has.
    """
    asked = engine.enabled(every, config, only, skip)
    able = tuple(rule for rule in every if not rule.needs & (ASKED - given))
    rules = tuple(rule for rule in asked if rule in able)
    others = tuple(
        rule for rule in engine.enabled(every, config, (), ()) if rule not in rules and not rule.needs & ASKED
    )
    return Running(rules, able, others, _unable(asked, rules, only))


def _unable(asked: Iterable[Rule], rules: Sequence[Rule], only: Sequence[str]) -> tuple[Notice, ...]:
    """A notice for rules that were asked for by name, and may not ask."""
    unable = [rule for rule in asked if rule not in rules and rule.name in only]
    deaf = [rule.name for rule in unable if Need.READERS in rule.needs]
    blind = [rule.name for rule in unable if rule.name not in deaf]
    said = (
        [f"{' and '.join(blind)} can find nothing without asking other sites: add --online"] if blind else []
    )
    if deaf:
        said.append(f"{deaf[0]} can find nothing without readers' issues: add --issues or --issues-from FILE")
    return tuple(Notice("", text) for text in said)


def about(worktree: Worktree, online: Online | None, changed: Changed | None) -> Online | None:
    """`online`, for the links that can be reported, and no others."""
    if online is None:
        return None
    prefix = worktree.prefix

    def wanted(path: str) -> bool:
        below = not prefix or path == prefix or path.startswith(f"{prefix}/")
        return below and (changed is None or path in changed.lines)

    return msgspec.structs.replace(online, wanted=wanted)
