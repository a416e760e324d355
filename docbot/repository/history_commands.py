"""The commands that ask git for its history.

Most answer with a Result: a damaged or partial repository still has something to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from docbot.repository.git import Git, Stream
from docbot.repository.plumbing import Result, object_id, records, text

PAGES = (":(icase)*.md", ":(icase)*.markdown")
"""git's patterns of the files that may be pages."""

_PATCH = (
    *("-p", "-U0", "-M50%", "-l3000", "--text", "--full-index", "--no-color", "--no-ext-diff"),
    *("--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", "--inter-hunk-context=0"),
    *("--diff-algorithm=myers", "--ignore-submodules"),
)
"""How git is to print a patch: as `docbot.repository.patches` reads it, whatever is configured."""


def log_paths(git: Git, head: str, *, exact: bool) -> Result:
    """Renames and deletions of every commit that leads to `head`, newest first.

    `<id> <author date>` opens a commit's records; `R<percent>`, old, new or `D`, path follow. With
    `exact` only files renamed without an edit count as renames, and no file's content is read.
    """
    return _log(git, head, (), "--name-status", "--diff-filter=DR", exact=exact)


def log_contents(git: Git, head: str, paths: Sequence[str], *, exact: bool) -> Result:
    """Changes of files' contents in every commit that leads to `head`, newest first; of all if no `paths`.

    `<id> <author date>` opens a commit's records; `:<modes> <blobs> M`, path or `:… R<percent>`,
    old, new follow. `exact` as for `log_paths`.
    """
    return _log(git, head, paths, "--raw", "--no-abbrev", "--diff-filter=MR", exact=exact)


def _log(git: Git, head: str, paths: Sequence[str], *options: str, exact: bool) -> Result:
    fixed = ("-z", "--format=%H %as", "--no-show-signature", "--no-notes", "--no-mailmap")
    renames = ("-M100%" if exact else "-M50%", "-l3000", "--no-rename-empty")
    settings = ("log.follow=false",)
    return git.run("log", *fixed, *renames, *options, object_id(head), paths=paths, config=settings)


def log_patches(
    git: Git, tip: str, *, after: str | None = None, corrections: bool = False
) -> AbstractContextManager[Stream]:
    """What every commit that leads to `tip` did to Markdown pages, as `docbot.repository.patches` reads it.

    Oldest first and along first parents, so that each patch continues the one before: a merge is what it
    brought. With `corrections` every commit that is no merge, only what it changed in pages that were there
    before, newest first. `after` leaves out that commit and all that lead to it.
    """
    how = (
        ("--no-merges", "--diff-filter=MR")
        if corrections
        else ("--reverse", "--first-parent", "-m", "--irreversible-delete")
    )
    since = (f"^{object_id(after)}",) if after else ()
    return git.stream(
        "log",
        "--format=%x00%H %ct %P%x00%aE",
        *_PATCH,
        *("--no-show-signature", "--no-notes", "--no-mailmap"),
        *how,
        object_id(tip),
        *since,
        config=("log.follow=false", "log.showRoot=true"),
        paths=PAGES,
        patterns=True,
    )


def first_parent_of(git: Git, tip: str, base: str) -> str | None:
    """The commit in which the first parents of `tip` meet what leads to `base`; None where they never do.

    It is `base` itself exactly where the way along first parents leads through it.
    """
    new = text(git.read("rev-list", "--first-parent", object_id(tip), f"^{object_id(base)}")).split()
    last = new[-1] if new else object_id(tip)
    return git.maybe("rev-parse", "--verify", "--quiet", f"{last}^1") if new else last


def diff_patches(git: Git, old: str, new: str) -> AbstractContextManager[Stream]:
    """How the Markdown pages that were there in commit `old` differ in `new`: patches without a commit."""
    return git.stream(
        "diff",
        *_PATCH,
        *("--diff-filter=MRD", "--irreversible-delete"),
        *(object_id(old), object_id(new)),
        paths=PAGES,
        patterns=True,
    )


def first_parents(git: Git, tip: str) -> list[tuple[str, int]]:
    """The commits on the way from `tip` along first parents, newest first, each with its commit time."""
    out = text(git.read("rev-list", "--first-parent", "--timestamp", object_id(tip)))
    pairs = (entry.split(" ") for entry in out.split("\n") if entry)
    return [(commit, int(time)) for time, commit in pairs]


def files_at(git: Git, commit: str) -> list[tuple[str, str, int]]:
    """Path, blob and bytes of every regular file in `commit`; what isn't here has no entry."""
    entries = []
    for record in records(git.read("ls-tree", "-r", "-z", "-l", "--full-tree", object_id(commit))):
        facts, _, path = record.partition(b"\t")
        mode, _kind, blob, size = text(facts).split()
        if mode.startswith("100") and size.isdigit():
            entries.append((text(path), blob, int(size)))
    return entries
