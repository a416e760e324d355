"""The commands that ask git for its history.

Most answer with a Result: a damaged or partial repository still has something to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date

from docbot.repository.git import Git, Stream
from docbot.repository.plumbing import Result, object_id, records, text

PAGES = (":(icase)*.md", ":(icase)*.markdown")
"""git's patterns of the files that may be pages."""
_PATCH = (
    *("-p", "-U0", "-M50%", "-l3000", "--text", "--full-index", "--no-color", "--no-ext-diff"),
    *("--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", "--inter-hunk-context=0"),
    *("--diff-algorithm=myers", "--no-relative"),
)
"""A patch in one form, whatever the user and the repository configured."""


def log_paths(git: Git, head: str, *, exact: bool, after: str | None = None) -> Result:
    """Renames and deletions of every commit that leads to `head` and not to `after`, newest first.

    `<id> <author date>` opens a commit's records; `R<percent>`, old, new or `D`, path follow. With
    `exact` only files renamed without an edit count as renames, and no file's content is read.
    """
    since = (f"^{object_id(after)}",) if after else ()
    return _log(git, head, (), "--name-status", "--diff-filter=DR", *since, exact=exact)


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
    git: Git, tip: str, *, after: str | None = None, corrections: bool = False, options: Sequence[str] = ()
) -> AbstractContextManager[Stream]:
    """What every commit that leads to `tip` did to Markdown pages, as `docbot.repository.patches` reads it.

    Oldest first and along first parents, so that each patch continues the one before: a merge is what it
    brought. With `corrections` every commit that is no merge, only what it changed in pages that were there
    before, newest first. `after` leaves out that commit and all that lead to it. `options` are git's own.
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
        *("--no-show-signature", "--no-notes", "--no-mailmap"),
        *_PATCH,
        *how,
        *options,
        object_id(tip),
        *since,
        config=("log.follow=false", "log.showRoot=true"),
        paths=PAGES,
        patterns=True,
    )


def log_corrections(git: Git, tip: str, since: date) -> AbstractContextManager[Stream]:
    """What the commits since `since` (UTC) that lead to `tip` and are no merges changed in pages.

    Newest first, as `docbot.repository.patches` reads it; pages that came or went aren't listed.
    """
    when = f"--since={since.isoformat()}T00:00:00Z"
    return log_patches(git, tip, corrections=True, options=(when,))


def diff_patch(git: Git, old: str, new: str) -> AbstractContextManager[Stream]:
    """How the pages of commit `old` differ in `new` (full ids), as `docbot.repository.patches` reads it.

    Pages that are new aren't listed, and of those that went no line.
    """
    how = ("--diff-filter=MRD", "--irreversible-delete")
    return git.stream("diff", *_PATCH, *how, object_id(old), object_id(new), paths=PAGES, patterns=True)


def diff_whole(git: Git, old: str, new: str | None = None) -> AbstractContextManager[Stream]:
    """As `diff_patch`, with new pages and all of their lines; without `new` it is the working tree."""
    how = ("--diff-filter=MRDAT", "--irreversible-delete")
    ids = map(object_id, (old,) if new is None else (old, new))
    return git.stream("diff", *_PATCH, *how, *ids, paths=PAGES, patterns=True)


def changed_files(git: Git, old: str) -> bytes:
    """Every file that differs from commit `old` (a full id) in the index, or in the working tree.

    It is what `git diff --raw -z` prints. A file that was renamed is told as one that went and one that came.
    """
    how = ("--raw", "-z", "--no-renames", "--no-color", "--no-ext-diff", "--ignore-submodules=none")
    return git.read("diff", *how, "--cached", object_id(old)) + git.read("diff", *how, object_id(old))


def last_before(git: Git, tip: str, day: date) -> str | None:
    """The last commit before `day` (UTC) along first parents from `tip`; None where there is none."""
    when = f"--before={day.isoformat()}T00:00:00Z"
    return text(git.read("rev-list", "-1", "--first-parent", when, object_id(tip))).strip() or None


def first_parent_of(git: Git, tip: str, base: str) -> str | None:
    """The commit in which the first parents of `tip` meet what leads to `base`; None where they never do.

    It is `base` itself exactly where the way along first parents leads through it.
    """
    new = text(git.read("rev-list", "--first-parent", object_id(tip), f"^{object_id(base)}")).split()
    last = new[-1] if new else object_id(tip)
    return git.maybe("rev-parse", "--verify", "--quiet", f"{last}^1") if new else last


def commits_since(git: Git, tip: str, base: str) -> set[str]:
    """The full ids of the commits that lead to `tip` and not to `base`."""
    return set(text(git.read("rev-list", object_id(tip), f"^{object_id(base)}")).split())


def pages_of(git: Git, commit: str) -> list[tuple[str, str]]:
    """Path and blob of every file of a commit (a full id) that may be a page."""
    listed = records(git.read("ls-tree", "-r", "-z", "--full-tree", object_id(commit)))
    pages = []
    for entry in listed:
        facts, _, path = entry.partition(b"\t")
        mode, _, blob = text(facts).split(" ")
        if mode.startswith("100") and path.lower().endswith((b".md", b".markdown")):
            pages.append((text(path), blob))
    return pages


def committed(git: Git, commit: str) -> int:
    """When a commit (a full id) was made, in seconds since 1970."""
    return int(git.read("rev-list", "--timestamp", "--max-count=1", object_id(commit)).split()[0])


def tree(git: Git, commit: str) -> list[tuple[str, str]]:
    """Path and blob of every regular file of a commit, in git's order. Raises RepositoryError."""
    out = git.read("ls-tree", "-r", "-z", "--full-tree", object_id(commit))
    found = (record.partition(b"\t") for record in records(out))
    return [(text(path), text(facts).split(" ")[2]) for facts, _, path in found if facts.startswith(b"100")]


def first_parents(git: Git, tip: str) -> list[tuple[str, int]]:
    """Each commit along first parents, newest first, and when it was committed, in seconds since 1970."""
    out = text(git.read("log", "--first-parent", "--format=%H %ct", "--no-show-signature", object_id(tip)))
    pairs = (line.split(" ") for line in out.split("\n") if line)
    return [(commit, int(time)) for commit, time in pairs]


def last_change_of(git: Git, name: str, newer: str, older: str, paths: Sequence[str]) -> Result:
    """The newest commit along first parents, after `older` and up to `newer`, that added or took away `name`.

    `<id> <author date> <time>` and its patch of the files that match the patterns `paths`; nothing where
    there is no such commit.
    """
    return git.run(
        *("log", "-1", "--first-parent", "-m", "--format=%x00%H %as %ct", f"-S{name}", "-p", "-U0"),
        *(
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-show-signature",
            "--no-notes",
            "--no-renames",
        ),
        object_id(newer),
        f"^{object_id(older)}",
        config=("log.follow=false",),
        paths=paths,
        patterns=True,
    )


def last_mention(git: Git, tip: str, word: str, path: str) -> Result:
    """`<id> <author date>` of the newest commit that changed how often the file at `path` has `word`."""
    return git.run(
        *("log", "-1", "--format=%H %as", "--no-show-signature", "--no-notes", f"-S{word}", object_id(tip)),
        config=("log.follow=false",),
        paths=[path],
    )


def mentions(git: Git, tip: str, word: str) -> Result:
    """The files of a commit, pages left out, with `word` in any letter case; each as `<id>:<path>`."""
    return git.run(
        *("grep", "-l", "-z", "-i", "-F", "-I", "--no-color", "-e", word, object_id(tip)),
        paths=[":(exclude,icase)*.md"],
        patterns=True,
    )


def files_at(git: Git, commit: str) -> list[tuple[str, str, int]]:
    """Path, blob and bytes of every regular file in `commit`; what isn't here has no entry."""
    entries = []
    for record in records(git.read("ls-tree", "-r", "-z", "-l", "--full-tree", object_id(commit))):
        facts, _, path = record.partition(b"\t")
        mode, _kind, blob, size = text(facts).split()
        if mode.startswith("100") and size.isdigit():
            entries.append((text(path), blob, int(size)))
    return entries


def times(git: Git, head: str) -> dict[str, int]:
    """Every commit that leads to `head`, and when it was committed (seconds since 1970)."""
    listed = git.run("log", "--format=%H %ct", "--no-show-signature", object_id(head))
    rows = (row.split(" ") for row in text(listed.out).split("\n"))
    return {row[0]: int(row[1]) for row in rows if len(row) == 2 and row[1].isdigit()}


def log_closings(git: Git, head: str) -> Result:
    """When each commit that leads to `head` was made and its whole message, of those that close something.

    Two records a commit, closed by NUL.
    """
    words = r"(close[sd]?|fix(e[sd])?|resolve[sd]?):?[[:space:]]+[^[:space:]]*(#|GH-|/issues/)[0-9]"
    return git.run(
        *("log", "-i", "-E", f"--grep={words}", "--format=%ct%x00%B%x00"),
        *("--no-show-signature", "--no-notes", "--no-mailmap"),
        object_id(head),
    )
