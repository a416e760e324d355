"""Which pages a person edited in their working tree, and what they said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from docbot.config import Config
from docbot.errors import StoppedError, UnreadablePageError
from docbot.hand_edits import plain_ends
from docbot.markdown import Document
from docbot.markdown.document import LARGEST_PAGE
from docbot.pages import selected
from docbot.repository import commands
from docbot.repository.plumbing import IndexEntry
from docbot.repository.staging import staging
from docbot.repository.worktree import Worktree, read_page
from docbot.types import Notice

BY_HAND = "make that pull request by hand"
_FILES = ("100644", "100755")


class Edited(msgspec.Struct, frozen=True):
    """A page as the commit that is checked out has it, and as it stands in the working tree."""

    path: str
    before: Document
    after: Document


def edited_pages(mine: Worktree, config: Config) -> tuple[list[Edited], list[Notice]]:
    """The pages `config` selects whose text in `mine` differs from HEAD's, staged or not.

    Every other change gets a notice that says why it isn't taken; files that aren't pages and that git
    doesn't know are passed over. Nothing is written. Raises StoppedError before the first commit.
    """
    if mine.head is None:
        raise StoppedError("nothing is committed here yet: switch to a branch of the docs and edit there")
    changed = set(commands.changed_paths(mine.git, mine.head))
    untracked, _ = commands.untracked_and_deleted(mine.git)
    new = set(selected((path for path in untracked if not path.endswith("/")), config))
    pages = set(selected(changed, config))
    torn = _unmerged(mine)
    committed = _committed(mine, mine.head, pages)
    found: list[Edited] = []
    notices: list[Notice] = []
    for path in sorted(changed | new):
        reason = _not_taken(mine, path, pages | new, torn, committed)
        if reason:
            notices.append(Notice(path, f"{path} {reason}"))
            continue
        try:
            found.append(_edited(mine, path, committed[path]))
        except UnreadablePageError as error:
            notices.append(Notice(path, f"{error}, or {BY_HAND}"))
    said = [one for one in found if plain_ends(one.before.text) != plain_ends(one.after.text)]
    notices += [_same(one.path) for one in found if one not in said]
    return said, notices


def _same(path: str) -> Notice:
    text = f"{path} says what it said: a change of line ends, byte order mark or mode alone is not taken"
    return Notice(path, f"{text}, {BY_HAND}")


def _unmerged(mine: Worktree) -> set[str]:
    seen = Counter(entry.path for entry in commands.index(mine.git))
    return {path for path, count in seen.items() if count > 1}


def _not_taken(
    mine: Worktree, path: str, pages: set[str], torn: set[str], committed: Mapping[str, bytes | None]
) -> str:
    """Why the change of `path` isn't taken, with what to do; empty when it may be."""
    if path not in pages:
        return f"is none of the pages docbot looks at, so its change is not taken: {BY_HAND}"
    if path in torn:
        return "has a merge conflict: resolve it first, then run docbot again"
    if path not in committed:
        return f"is new, and docbot takes only edits of pages that are there: {BY_HAND}"
    if not (mine.root / path).is_symlink() and not (mine.root / path).exists():
        return f"is deleted or renamed, and docbot takes only edits of pages: {BY_HAND}"
    if committed[path] is None:
        return f"was no readable page before, so its change is not taken: {BY_HAND}"
    return ""


def _committed(mine: Worktree, head: str, paths: Iterable[str]) -> dict[str, bytes | None]:
    """The bytes of those of `paths` that the commit `head` has; None for what is no file of a page's size."""
    # A private index: the person's own may hold anything by now.
    with staging(mine.git) as stage:
        commands.read_tree(mine.git, stage, head)
        wanted = set(paths)
        entries = {e.path: e for e in commands.index(mine.git, stage) if e.path in wanted}
    blobs = {entry.blob for entry in entries.values() if entry.mode in _FILES}
    here = sorted(commands.present(mine.git, sorted(blobs))) if blobs else []
    sizes = commands.blob_sizes(mine.git, here) if here else {}
    fit = [blob for blob, size in sizes.items() if size <= LARGEST_PAGE]
    contents = commands.blobs(mine.git, fit) if fit else {}
    return {path: _content(entry, contents) for path, entry in entries.items()}


def _content(entry: IndexEntry, contents: Mapping[str, bytes]) -> bytes | None:
    return contents.get(entry.blob) if entry.mode in _FILES else None


def _edited(mine: Worktree, path: str, committed: bytes | None) -> Edited:
    before = Document.read(path, committed or b"")
    return Edited(path, before, Document.read(path, read_page(mine, path)))
