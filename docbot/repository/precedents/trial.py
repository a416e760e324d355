"""Asks a repository's past what would have become of drafts: what people did at their places since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docbot.outcomes import Drafted, Fate, fate
from docbot.repository.patches import Hunk, PageChange
from docbot.repository.precedents.counting import Place, Tally, Words


def trial(
    drafted: Iterable[Tally],
    places: Mapping[Words, Sequence[Place]],
    texts: Mapping[str, Sequence[str]],
    changes: Mapping[str, PageChange],
) -> Iterator[tuple[Tally, Fate]]:
    """What became of each place at which one of the edits would have been drafted.

    `places` are those of the old state, `texts` the lines of its pages, `changes` what happened to them.
    """
    for one in drafted:
        for place in places.get((one.form.scope, one.form.old), ()):
            found = _fate(one, place, texts[place.path], changes.get(place.path))
            if found is not None:
                yield one, found


def _fate(one: Tally, place: Place, lines: Sequence[str], change: PageChange | None) -> Fate | None:
    line, spot = place.line, place.occurrence
    draft = Drafted(line, spot.start + 1, lines[line - 1][spot.start : spot.end], one.form.new)
    if change is None:
        return fate(draft, lines, ())
    if change.new is None:
        return fate(draft, lines, None)
    return fate(draft, lines, [hunk for hunk in change.hunks if _near(hunk, line)])


def _near(hunk: Hunk, line: int) -> bool:
    return bool(hunk.old) and hunk.start <= line < hunk.start + len(hunk.old)
