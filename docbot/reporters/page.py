"""A pull request as one page of HTML: what its reviewer would see, before anything is sent.

The page stands alone: no script, no network, one style sheet that its own policy names by its hash.
Every string is escaped and stripped of what could hide or steer, whatever the template does with it.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from docbot.forges.marker import marker_of
from docbot.reporters import worddiff
from docbot.reporters.plain import visible
from docbot.reporters.story import STOP, Disclosure, counted, percent, story
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
    environment = _environment()
    style = environment.get_template("pull.css").render()
    return environment.get_template("pull.html.j2").render(
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
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("docbot.reporters"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"counted": counted}
    environment.filters |= {"percent": percent}
    return environment


def _shown(value: object) -> object:
    """What a template puts out, on one line and without anything invisible. HTML already made stays."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


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
