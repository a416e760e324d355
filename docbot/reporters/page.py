"""A pull request as one page of HTML: what its reviewer would see, before anything is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from docbot.forges.marker import marker_of
from docbot.reporters import worddiff
from docbot.reporters.sheet import sheet
from docbot.reporters.story import STOP, Disclosure, story
from docbot.reporters.worddiff import Row
from docbot.rules.interface import Rule
from docbot.types import Draft, FileChange, Held, Outcome, Proposal

_BOM = "\ufeff"
_MOST_HELD = 12
"""Held drafts that are listed for one reason."""


class File(msgspec.Struct, frozen=True):
    """A changed file: its hunks, and how many lines came and went."""

    path: str
    hunks: tuple[tuple[Row, ...], ...]
    added: int
    removed: int


def render(
    proposal: Proposal,
    outcome: Outcome | None = None,
    held: Sequence[Held] = (),
    *,
    rules: Mapping[str, Rule],
    disclosure: Disclosure,
    repository: str = "",
    draft: bool = True,
) -> str:
    """The page. `outcome` is None while nothing was sent; `repository` is `owner/name`.

    Write it as UTF-8. Raises what `docbot.reporters.story.story` raises for the proposal's drafts.
    """
    texts = {change.path: _text(change.before) for change in proposal.changes}
    marker = marker_of(proposal.body)
    return sheet(
        "pull.html.j2",
        proposal=proposal,
        told=story(proposal.drafts, rules, texts, disclosure, marker.parts if marker else ()),
        files=[_file(change) for change in proposal.changes],
        outcome=outcome,
        held=_by_reason(held),
        held_count=len(held),
        most=_MOST_HELD,
        repository=repository,
        is_draft=draft,
        stop=STOP,
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").removeprefix(_BOM)


def _file(change: FileChange) -> File:
    hunks = worddiff.hunks(_text(change.before), _text(change.after))
    rows = [row for hunk in hunks for row in hunk]
    added = sum(row.old is None for row in rows)
    return File(change.path, tuple(map(tuple, hunks)), added, sum(row.new is None for row in rows))


def _by_reason(held: Sequence[Held]) -> list[tuple[str, list[Draft]]]:
    """Held drafts by reason, in the order in which the reasons came."""
    groups: dict[str, list[Draft]] = defaultdict(list)
    for one in held:
        groups[one.reason].append(one.draft)
    return list(groups.items())
