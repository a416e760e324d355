"""What the history says of each edit that was made again and again, as it was known at one commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from docbot.repository.precedents.events import Events
from docbot.repository.precedents.occurrences import Finder, Occurrence
from docbot.repository.precedents.pairs import Form, Kind
from docbot.repository.precedents.tokens import Scope, readable, tokens

DAY = 86_400
YEAR = 365 * DAY
_FEWEST_FAMILIES, _FEWEST_COMMITS = 3, 2
_LARGEST_COMMIT = 0.9
"""Share of an edit's times. What one sweep left, it left on purpose."""
_ONE_WAY = 0.8
"""The share of all edits of the same words."""
_REVERSED = 0.2
"""How often the reverse may have been made, for each time the edit was."""


class Tally(msgspec.Struct, frozen=True, gc=False):
    """How often, where and by whom an edit was made. Commits are numbers of the events' commits."""

    form: Form
    kind: Kind
    times: int
    families: int
    commits: int
    people: int
    first: int
    last: int
    fixed: int
    """Times in the last year."""


class Counts(msgspec.Struct, gc=False):
    """What became of the places of some words in the lines that were edited in the last year."""

    left: int = 0
    """Places left as they were."""
    written: int = 0
    """New places."""
    lost: int = 0
    """Places where the words stand no more."""


Words = tuple[Scope, str]


def tallies(events: Events, known: bytearray, now: int) -> list[Tally]:
    """The edits made in several pages, in several commits and in one direction.

    `known` says of each commit whether it leads to the one that is looked from, made at `now`.
    """
    made: dict[int, list[int]] = {}
    for event, commit in enumerate(events.commit):
        if known[commit]:
            made.setdefault(events.form[event], []).append(event)
    found = []
    whole: Counter[Words] = Counter()
    for number, form in enumerate(events.forms):
        whole[form.scope, form.old] += len(made.get(number, ()))
    for number, form in enumerate(events.forms):
        mine = made.get(number, ())
        if len(mine) < _FEWEST_FAMILIES or events.kinds[number] is Kind.EXPANSION:
            continue
        if len(mine) < _ONE_WAY * whole[form.scope, form.old]:
            continue
        reverse = events.forms.get(Form(form.scope, form.new, form.old), -1)
        if len(made.get(reverse, ())) > _REVERSED * len(mine):
            continue
        tally = _tally(events, number, form, mine, now)
        if tally is not None:
            found.append(tally)
    return _least(found)


def _least(found: Sequence[Tally]) -> list[Tally]:
    """Those that aren't another one with a word more beside it."""
    forms = {(one.form.scope, one.form.old, one.form.new) for one in found}
    return [one for one in found if not any(less in forms for less in _less(one.form))]


def _less(form: Form) -> Iterator[tuple[Scope, str, str]]:
    """The edit without the word it begins with, without the one it ends with, and without both."""
    old, new = tokens(form.old), tokens(form.new)
    for first, last in ((1, 0), (0, 1), (1, 1)):
        if old[:first] != new[:first] or old[len(old) - last :] != new[len(new) - last :]:
            continue
        was, now = old[first : len(old) - last], new[first : len(new) - last]
        yield form.scope, "".join(was).strip(), "".join(now).strip()


def _tally(events: Events, number: int, form: Form, mine: Sequence[int], now: int) -> Tally | None:
    families = len({events.family[event] for event in mine})
    by_commit = Counter(events.commit[event] for event in mine)
    if families < _FEWEST_FAMILIES or len(by_commit) < _FEWEST_COMMITS:
        return None
    if max(by_commit.values()) > _LARGEST_COMMIT * len(mine):
        return None
    time = {commit: events.commits[commit].time for commit in by_commit}
    return Tally(
        form,
        events.kinds[number],
        times=len(mine),
        families=families,
        commits=len(by_commit),
        people=len({events.commits[commit].author for commit in by_commit}),
        first=min(time, key=lambda commit: time[commit]),
        last=max(time, key=lambda commit: time[commit]),
        fixed=sum(times for commit, times in by_commit.items() if now - time[commit] < YEAR),
    )


def last_year(events: Events, known: bytearray, now: int, finder: Finder) -> Mapping[Words, Counts]:
    """What became of the words of `finder` in the lines that were edited in the year before `now`."""
    counts: dict[Words, Counts] = {}
    for commit, hunk in events.recent:
        if not known[commit] or now - events.commits[commit].time >= YEAR:
            continue
        before, after = _words(finder, hunk.old), _words(finder, hunk.new)
        for words in before.keys() | after.keys():
            of = counts.setdefault(words, Counts())
            was, now_there = before[words], after[words]
            of.left += min(was, now_there)
            of.written += max(0, now_there - was)
            of.lost += max(0, was - now_there)
    return counts


def _words(finder: Finder, lines: Iterable[bytes]) -> Counter[Words]:
    return Counter((one.scope, one.words) for line in lines for one in finder.found(readable(line)))


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where words stand in the pages of a commit."""

    path: str
    line: int
    occurrence: Occurrence


def places(
    pages: Iterable[tuple[str, bytes]], finder: Finder, wanted: Collection[Words]
) -> dict[Words, list[Place]]:
    """Where the `wanted` words stand in the prose of `pages` (path, content)."""
    found: dict[Words, list[Place]] = {}
    for path, page in pages:
        for line, one in finder.in_page(page):
            words = one.scope, one.words
            if words in wanted:
                found.setdefault(words, []).append(Place(path, line, one))
    return found
