"""When each line of each page was written, and by which commits: one pass over the patches of a repository.

The pass is continued from where the last one ended, as long as the history still leads through there.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from docbot.errors import UnreadablePageError
from docbot.repository import commands, history_commands
from docbot.repository.families import family
from docbot.repository.git import Git
from docbot.repository.history import Warn, ignore
from docbot.repository.patches import Hunk, PageChange, Patch, patches
from docbot.repository.values import LineEdit, LineHistory, PageCommit
from docbot.repository.worktree import Worktree, read_page

_FACT = re.compile(
    rb"\d+(?:\.\d+)*|`[^`\n]+`|\]\([^)\s]+|^\s*\[[^\]]+\]:\s*\S+|https?://[^\s)>\]]+",
    re.M,
)
"""What can be wrong without being unclear: numbers, code names, link targets."""
_METADATA = re.compile(rb"ms\.|title:|author:|description:")
_ID_LENGTH = 10
_FULL_ID = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
IGNORE_FILE = ".git-blame-ignore-revs"

Lines: TypeAlias = "dict[str, array[int]]"


class Kept(msgspec.Struct, frozen=True):
    """A line history and the commit it reaches to."""

    head: str
    history: LineHistory


def line_history(
    worktree: Worktree,
    ignored: Iterable[str] = (),
    kept: Kept | None = None,
    warn: Warn = ignore,
) -> Kept:
    """The edits of every line of every page at the commit that is checked out, along first parents.

    `ignored` holds full ids of commits that don't count as care. `kept` is what an earlier call returned
    for the same `ignored`; where the history no longer leads through it, all is read anew. In a partial
    clone nothing is read, since every old page would have to be fetched.
    """
    if worktree.head is None:
        return Kept("", LineHistory())
    if worktree.partial:
        warn("old pages are missing, so nobody knows how old a line is: clone the docs without `--filter`")
        return Kept("", LineHistory(complete=False))
    if worktree.shallow:
        warn("history is cut off in this shallow clone: run `git fetch --unshallow` to see all of it")
    if kept is not None and kept.head == worktree.head:
        return kept
    names = frozenset(ignored)
    tracker = _continued(worktree, names, kept) if kept is not None else None
    if tracker is None:
        tracker = _Tracker(names)
        _follow(worktree.git, worktree.head, tracker, None, warn)
    return Kept(worktree.head, tracker.history(not worktree.shallow))


def history_until(worktree: Worktree, commit: str, ignored: Iterable[str] = ()) -> Kept | None:
    """The line history of an earlier commit, to go on from; None where git can't read it."""
    tracker = _Tracker(frozenset(ignored))
    read = _follow(worktree.git, commit, tracker, None, ignore)
    return Kept(commit, tracker.history(not worktree.shallow)) if read else None


def ignored_commits(worktree: Worktree) -> tuple[str, ...]:
    """The full ids that the repository's `.git-blame-ignore-revs` lists; what else it says is passed over."""
    try:
        data = read_page(worktree, IGNORE_FILE)
    except UnreadablePageError:
        return ()
    lines = (line.partition("#")[0].strip() for line in data.decode("utf-8", "replace").splitlines())
    return tuple(sorted({line for line in lines if _FULL_ID.fullmatch(line)}))


def as_committed(worktree: Worktree, history: LineHistory) -> LineHistory:
    """`history` without the pages that were edited since they were committed: their lines have moved."""
    if worktree.head is None:
        return history
    edited = set(commands.changed_paths(worktree.git, worktree.head))
    return replace(history, lines={path: of for path, of in history.lines.items() if path not in edited})


def _continued(worktree: Worktree, ignored: frozenset[str], kept: Kept) -> _Tracker | None:
    """What `kept` holds and what came since; None where the history doesn't lead through it."""
    if worktree.head is None or commands.commit_id(worktree.git, kept.head) is None:
        return None
    if history_commands.first_parent_of(worktree.git, worktree.head, kept.head) != kept.head:
        return None
    tracker = _Tracker(ignored, kept.history)
    return tracker if _follow(worktree.git, worktree.head, tracker, kept.head, ignore) else None


def _follow(git: Git, head: str, tracker: _Tracker, after: str | None, warn: Warn) -> bool:
    """Follow the history to `head`; False, after a warning, where git couldn't read all of it."""
    with history_commands.log_patches(git, head, after=after) as stream:
        for patch in patches(stream.lines):
            tracker.follow(patch)
        result = stream.end()
    if result.code:
        tracker.complete = False
        warn("history is cut off, git can't read an old commit: run `git fsck`, or clone the docs again")
    return result.code == 0


class _Tracker:
    """The lines of every page while the commits go by, oldest first."""

    def __init__(self, ignored: frozenset[str], before: LineHistory | None = None) -> None:
        before = before or LineHistory()
        self._ignored = ignored
        self.complete = before.complete
        self._commits = list(before.commits)
        self._edits = list(before.edits)
        self._chains = list(before.chains)
        self._known = {chain: number for number, chain in enumerate(self._chains)}
        self._lines: Lines = {path: _unpacked(packed) for path, packed in before.lines.items()}

    def history(self, complete: bool) -> LineHistory:
        return LineHistory(
            tuple(self._commits),
            tuple(self._edits),
            tuple(self._chains),
            {path: lines.tobytes() for path, lines in self._lines.items()},
            complete and self.complete,
        )

    def follow(self, patch: Patch) -> None:
        """Take what a commit did to pages. All of it is read from the pages as they were before it."""
        names = {family(change.new or change.old or "") for change in patch.pages}
        self._commits.append(
            PageCommit(patch.id[:_ID_LENGTH], patch.time, len(names), patch.id in self._ignored)
        )
        after: Lines = {}
        gone: set[str] = set()
        for change in patch.pages:
            if change.old is not None and change.old != change.new:
                gone.add(change.old)
            if change.new is not None:
                lines = self._lines.get(change.old, array("I")) if change.old is not None else array("I")
                after[change.new] = self._edited(lines, change)
        for path in gone:
            self._lines.pop(path, None)
        self._lines.update(after)

    def _edited(self, lines: array[int], change: PageChange) -> array[int]:
        """The lines of a page after its change; `lines` stay as they are."""
        made = array("I")
        at = 0
        for hunk in change.hunks:
            start = hunk.start - 1 if hunk.old else hunk.start
            made.extend(lines[at:start])
            replaced = lines[start : start + len(hunk.old)]
            at = start + len(hunk.old)
            made.extend(self._chained(replaced, hunk, change.old is None))
            if not hunk.new and made and not _only_metadata(hunk):
                # Whoever takes lines away has read what stands before them.
                made[-1] = self._chain(self._edit(hunk, beside=True), (made[-1],))
        made.extend(lines[at:])
        return made

    def _chained(self, replaced: array[int], hunk: Hunk, birth: bool) -> list[int]:
        if not hunk.new:
            return []
        edit = self._edit(hunk, birth=birth)
        if not replaced:
            return [self._chain(edit, ())] * len(hunk.new)
        old, new = len(replaced), len(hunk.new)
        made = [self._chain(edit, (replaced[min(old - 1, n * old // new)],)) for n in range(new)]
        if old > new:
            # Lines that were drawn together carry what happened to any of them.
            made[-1] = self._chain(edit, tuple(sorted(set(replaced))))
        return made

    def _edit(self, hunk: Hunk, *, birth: bool = False, beside: bool = False) -> int:
        edit = LineEdit(len(self._commits) - 1, _changes_facts(hunk), birth, beside)
        if not self._edits or self._edits[-1] != edit:
            self._edits.append(edit)
        return len(self._edits) - 1

    def _chain(self, edit: int, before: tuple[int, ...]) -> int:
        chain = (edit, before)
        number = self._known.setdefault(chain, len(self._chains))
        if number == len(self._chains):
            self._chains.append(chain)
        return number


def _unpacked(packed: bytes) -> array[int]:
    made = array("I")
    made.frombytes(packed)
    return made


def _changes_facts(hunk: Hunk) -> bool:
    if not hunk.old or not hunk.new:
        return False
    return bool(_facts(hunk.old) - _facts(hunk.new))


def _facts(lines: Sequence[bytes]) -> set[bytes]:
    return set(_FACT.findall(b"\n".join(lines)))


def _only_metadata(hunk: Hunk) -> bool:
    return all(_METADATA.match(line) for line in (*hunk.old, *hunk.new))
