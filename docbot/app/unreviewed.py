"""What a change touches that a review can't hold against anything, told so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docbot.app.scan import Scan
from docbot.pages import not_editable
from docbot.repository.parting import other_files
from docbot.repository.patches import PageChange
from docbot.repository.worktree import Worktree
from docbot.review.judging import Unread
from docbot.types import Notice

_MOST = 5
"""Files that are named."""


def unread(changes: Iterable[PageChange], before: Scan, after: Scan, head: Worktree) -> dict[str, Unread]:
    """The pages among `changes`, by their path now, that docbot can't read or may not edit on one of both
    sides."""
    found = ((change.new, _why(change, before, after, head)) for change in changes)
    return {path: why for path, why in found if path is not None and why is not None}


def _why(change: PageChange, before: Scan, after: Scan, head: Worktree) -> Unread | None:
    if change.new is None:
        return None
    if (head.root / change.new).is_symlink():
        return Unread("docbot can't read this page: it is a symbolic link, so readers get what it leads to")
    now = _kept_from(after, change.new, "docbot can't read this page")
    if now is not None or change.old is None or change.new not in after.survey.pages:
        return now
    return _kept_from(before, change.old, "docbot couldn't read this page before")


def _kept_from(scanned: Scan, path: str, unreadable: str) -> Unread | None:
    """Why a page that was looked for isn't among those of the survey; None where it is, or wasn't."""
    page = scanned.survey.ground.read.get(path)
    if page is None:
        return None
    if page.unreadable:
        return Unread(f"{unreadable}: {page.unreadable}")
    why = not_editable(page.outline)
    return Unread(why, not_editable=True) if why else None


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
