"""Holds drafts that were made on an old state of the docs against what people did since. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from docbot.measured import Measured
from docbot.outcomes import Drafted, Fate, counted, fate
from docbot.repository.patches import PageChange
from docbot.text import Edit, LineIndex
from docbot.types import Draft


class Trialled(msgspec.Struct, frozen=True):
    """An edit of a draft, and what became of its place. Line and column count from 1."""

    rule: str
    path: str
    line: int
    column: int
    old: str
    new: str
    fate: Fate


def trialled(
    drafts: Iterable[Draft], texts: Mapping[str, str], changes: Mapping[str, PageChange]
) -> Iterator[Trialled]:
    """Every edit of `drafts` that passed its gates, with its fate, by page and place.

    `texts` are the pages as they were, `changes` what happened to each since. An edit of white space alone
    has no fate and is left out.
    """
    by_page: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.passed:
            by_page[draft.finding.path].append(draft)
    for path, mine in sorted(by_page.items()):
        text = texts[path]
        lines, index = text.split("\n"), LineIndex(text)
        for edit, rule in sorted({(edit, one.finding.rule) for one in mine for edit in one.fix.edits}):
            found = _trialled(path, rule, edit, index, lines, changes.get(path))
            if found is not None:
                yield found


def _trialled(
    path: str, rule: str, edit: Edit, index: LineIndex, lines: Sequence[str], change: PageChange | None
) -> Trialled | None:
    place = index.place(edit.span.start)
    old = "\n".join(lines)[edit.span.start : edit.span.end]
    drafted = Drafted(place.line, place.column, old, edit.replacement)
    gone = change is not None and change.new is None
    what = fate(drafted, lines, None if gone else change.hunks if change else ())
    if what is None:
        return None
    return Trialled(rule, path, place.line, place.column, old, edit.replacement, what)


def by_rule(trials: Iterable[Trialled], since: date, above: float) -> dict[str, Measured]:
    """The counts of each rule that drafted anything, in alphabetical order.

    `since` is the day whose state was looked at, `above` the least confidence of what was drafted.
    """
    fates: dict[str, list[Fate]] = defaultdict(list)
    for one in trials:
        fates[one.rule].append(one.fate)
    return {
        rule: replace(counted(found), above=above, since=since.isoformat())
        for rule, found in sorted(fates.items())
    }
