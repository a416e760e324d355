"""What a change touches that a review can't hold against anything, told so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docbot.app.scan import Scan
from docbot.repository.parting import other_files
from docbot.repository.patches import PageChange
from docbot.repository.worktree import Worktree
from docbot.review.values import Judgement
from docbot.types import Notice

_MOST = 5
"""Files that are named."""


Unread = Mapping[str, tuple[Judgement, str]]
"""The pages, by their path now, that can't be compared; what to take of each, and why."""


def unread(changes: Iterable[PageChange], before: Scan, after: Scan, head: Worktree) -> Unread:
    """The pages among `changes` that docbot can't read, or may not edit, on one of both sides."""
    found: dict[str, tuple[Judgement, str]] = {}
    for change in changes:
        path = change.new
        if path is None:
            continue
        if path not in after.survey.pages:
            why = (
                "it is a symbolic link, so readers get what it leads to"
                if (head.root / path).is_symlink()
                else _said(after, path)
            )
            if why:
                found[path] = _taken(why, f"{path} is left alone: ", "docbot can't read this page")
        elif change.old is not None and change.old not in before.survey.pages:
            why = _said(before, change.old)
            if why:
                start = f"{change.old} is left alone: "
                found[path] = _taken(why, start, "docbot couldn't read this page before")
    return found


def _taken(why: str, left_alone: str, unreadable: str) -> tuple[Judgement, str]:
    if why.startswith(left_alone):
        return Judgement.DONT, f"this page isn't edited here: {why.removeprefix(left_alone)}"
    return Judgement.LOOK, f"{unreadable}: {why}"


def _said(scanned: Scan, path: str) -> str:
    return next((notice.text for notice in scanned.report.notices if notice.path == path), "")


def passed_over(
    worktree: Worktree, commit: str, changes: Sequence[PageChange], seen: Mapping[str, object]
) -> tuple[Notice, ...]:
    """What to say of changed files of which the review says nothing; `seen` has the paths of its hunks."""
    touched = dict.fromkeys(path for one in changes for path in (one.new, one.old) if path)
    said = {path for one in changes if {one.new, one.old} & seen.keys() for path in (one.new, one.old)}
    others = [path for path in other_files(worktree, commit) if path not in touched]
    modes = [path for one in changes if one.new == one.old and not one.hunks and (path := one.new)]
    left_out = [path for path in touched if path not in said and path not in modes]
    notices = []
    if not touched and not others:
        notices.append("nothing changed in this branch or pull request since it parted from its base")
    elif not touched:
        notices.append("no page of the docs changed")
    if modes:
        notices.append(f"not a byte changed, only who may run the file: {_listed(modes)}")
    if left_out:
        notices.append(f"nothing is said of {_listed(left_out)}: the settings of the base leave that out")
    if others:
        notices.append(f"docbot reviews pages alone, and says nothing of {_listed(others)}")
    return tuple(Notice("", said) for said in notices)


def _listed(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _MOST:,} more" if len(paths) > _MOST else ""
    return ", ".join(paths[:_MOST]) + more
