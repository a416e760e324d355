"""Looks at a repository as it was, and at what people did since, to calibrate what is said of it now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile

import msgspec

from docbot.attention.calibration import Calibration, calibrate
from docbot.attention.lives import PageParts, by_hand, lives_of
from docbot.attention.parts import Ages
from docbot.attention.rewritten import rewritten_lines, were_rewritten
from docbot.attention.signals import LineKind, line_kinds, parts_of, signals_of
from docbot.errors import UnreadablePageError
from docbot.markdown.document import LARGEST_PAGE, decode
from docbot.repository import commands, history_commands
from docbot.repository.line_history import Kept, history_until
from docbot.repository.patches import PageChange, page_changes
from docbot.repository.values import LineHistory
from docbot.repository.worktree import Worktree

ENOUGH_COMMITS = 100
"""Commits made by hand; with fewer, history says too little of any section."""
_DAY = 86_400
_WINDOW = 2 * 365 * _DAY
"""Seconds in which people had the time to rewrite a section."""
_SHORTEST = _WINDOW // 4
_MONTH = 30 * _DAY
_AT_ONCE = 32_000_000
"""Bytes of old pages held in memory at one time."""
_PAGE = re.compile(r"\.(?:md|markdown)\Z", re.I)

Select = Callable[[Iterable[str]], Sequence[str]]
"""The paths among all of a repository's that are pages to look at."""


class Window(msgspec.Struct, frozen=True):
    """The time that is learnt from: from the commit `then` to `until`. Empty where there is none."""

    then: str = ""
    until: str = ""
    time: int = 0
    """When `then` was committed, in seconds since 1970."""
    now: int = 0
    """When the commit that is checked out was made."""
    doubt: str = ""
    """Why nothing can be learnt."""


def window_of(worktree: Worktree) -> Window:
    """The two years before this month, or half of a younger history.

    It ends with the month before the last commit's, so that it stays the same from one commit to the next.
    """
    if worktree.head is None:
        return Window(doubt="there is no commit yet")
    if worktree.partial:
        return Window(doubt="old pages are missing in this partial clone")
    way = history_commands.first_parents(worktree.git, worktree.head)
    now = way[0][1]
    if worktree.shallow:
        return Window(now=now, doubt="history is cut off in this shallow clone")
    end = now - now % _MONTH
    past = list(dropwhile(lambda commit: commit[1] >= end, way)) or way[-1:]
    (until, last), (_, first) = past[0], past[-1]
    length = min(_WINDOW, (last - first) // 2)
    if length < _SHORTEST:
        return Window(now=now, doubt="history is too short to learn from")
    then, time = next(commit for commit in past if commit[1] <= last - length)
    return Window(then, until, time, now)


def calibrated(
    worktree: Worktree, window: Window, ignored: Iterable[str], select: Select
) -> tuple[Calibration, Kept | None]:
    """What the window taught, and the line history of its start, from which `line_history` goes on."""
    if window.doubt:
        return Calibration(doubt=window.doubt), None
    before = history_until(worktree, window.then, ignored)
    changed = _changed(worktree, window)
    if before is None or changed is None:
        return Calibration(doubt="git can't read an old commit"), None
    return _learnt(worktree, window, before.history, changed, select), before


def _learnt(
    worktree: Worktree,
    window: Window,
    history: LineHistory,
    changed: Sequence[PageChange],
    select: Select,
) -> Calibration:
    if sum(map(by_hand, history.commits)) < ENOUGH_COMMITS:
        return Calibration(doubt=few_commits("before the two years that could teach it"))
    kinds: dict[str, Sequence[LineKind]] = {}
    changing = {change.old for change in changed}
    pages = []
    for path, lines in _pages_at(worktree, window.then, select, history.lines):
        of = line_kinds(lines)
        if path in changing:
            kinds[path] = of
        pages.append(page_parts(path, lines, of))
    gone = {change.old for change in changed if change.new is None}
    lives = [life for life in lives_of(pages, history) if life.path not in gone]
    happened = were_rewritten(lives, rewritten_lines(changed, kinds))
    return calibrate(lives, happened, Ages(history.commits, window.time))


def few_commits(when: str) -> str:
    """Why history is too thin `when`."""
    return f"history holds fewer than {ENOUGH_COMMITS} commits by hand {when}"


def page_parts(path: str, lines: Sequence[str], kinds: Sequence[LineKind]) -> PageParts:
    """The sections of a page as its lines show them."""
    parts = tuple(parts_of(lines, kinds))
    of = tuple(signals_of(lines[p.first - 1 : p.last], kinds[p.first - 1 : p.last]) for p in parts)
    return PageParts(path, parts, of)


def lines_of(text: str) -> list[str]:
    """The lines of a page as git counts them."""
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def _changed(worktree: Worktree, window: Window) -> list[PageChange] | None:
    with history_commands.diff_patch(worktree.git, window.then, window.until) as stream:
        found = list(page_changes(stream.lines))
        result = stream.end()
    return None if result.code else found


def _pages_at(
    worktree: Worktree, commit: str, select: Select, known: Mapping[str, bytes]
) -> Iterator[tuple[str, list[str]]]:
    """The lines of every page at a commit whose history is known."""
    files = {
        path: (blob, size)
        for path, blob, size in history_commands.files_at(worktree.git, commit)
        if size <= LARGEST_PAGE and path in known
    }
    wanted = [path for path in select(files) if _PAGE.search(path)]
    for some in _chunks(wanted, {path: size for path, (_, size) in files.items()}):
        blobs = commands.blobs(worktree.git, sorted({files[path][0] for path in some}))
        for path in some:
            try:
                text, _ = decode(path, blobs.get(files[path][0], b""))
            except UnreadablePageError:
                continue
            lines = lines_of(text)
            if 4 * len(lines) == len(known[path]):
                yield path, lines


def _chunks(paths: Iterable[str], sizes: Mapping[str, int]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for path in paths:
        if chunk and size + sizes[path] > _AT_ONCE:
            yield chunk
            chunk, size = [], 0
        chunk.append(path)
        size += sizes[path]
    if chunk:
        yield chunk
