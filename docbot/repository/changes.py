"""What changed since another commit: lines of pages, and paths that links may lead to."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from docbot.errors import UsageError
from docbot.repository import commands
from docbot.repository.worktree import Worktree
from docbot.text import LineIndex
from docbot.types import Finding

_WHOLE = ((1, 1 << 60),)
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.M)


class Changed(msgspec.Struct, frozen=True):
    """Changed lines by path (as ranges from 1, both ends included), and all changed or removed paths."""

    lines: Mapping[str, tuple[tuple[int, int], ...]]
    paths: frozenset[str]

    def concerns(self, finding: Finding, text: str) -> bool:
        """Whether a finding stands on a changed line, or is about a path that changed."""
        about = finding.cause.partition(" ")[2].partition("#")[0]
        # A cause that is the page's own name is about nothing else, even where the root has such a page.
        if about in self.paths and about != finding.path.rpartition("/")[2]:
            return True
        index = LineIndex(text)
        first, last = (
            index.line(finding.span.start),
            index.line(max(finding.span.start, finding.span.end - 1)),
        )
        return any(a <= last and first <= b for a, b in self.lines.get(finding.path, ()))


def changed_since(worktree: Worktree, base: str) -> Changed:
    """What the worktree changed since it parted from `base` (a commit, branch or tag).

    Raises UsageError when there is no such commit.
    """
    commit = commands.commit_id(worktree.git, base)
    if commit is None:
        raise UsageError(f"there is no commit {base!r} here: fetch it, or name another with --diff")
    parting = (worktree.head and worktree.git.maybe("merge-base", commit, "HEAD")) or commit
    paths = commands.changed_paths(worktree.git, parting)
    untracked, _ = commands.untracked_and_deleted(worktree.git)
    lines = {path: _lines(worktree, parting, path) for path in paths if path.lower().endswith(".md")}
    whole = dict.fromkeys(untracked, _WHOLE)
    return Changed({**lines, **whole}, frozenset([*paths, *untracked]))


def _lines(worktree: Worktree, base: str, path: str) -> tuple[tuple[int, int], ...]:
    patch = commands.changed_lines(worktree.git, base, path)
    ranges = []
    for match in _HUNK.finditer(patch):
        count = int(match[2]) if match[2] is not None else 1
        if count:
            ranges.append((int(match[1]), int(match[1]) + count - 1))
    return tuple(ranges)
