"""The verb `review`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from docbot.app.build_comments import NOTHING, Heard, Said, nothing, with_builds
from docbot.app.connect import access_to
from docbot.app.grounds import Texts, grounds
from docbot.app.scan import Progress, Scan, ScanOptions, nobody, scan
from docbot.app.stated import stated
from docbot.app.unreviewed import passed_over, unread
from docbot.config import Config, load
from docbot.errors import StoppedError, UsageError
from docbot.repository.checkout import checkout_of
from docbot.repository.exchange import fetch_branch, fetch_pull
from docbot.repository.parting import base_commit, changes_from, parting, parting_of
from docbot.repository.patches import PageChange
from docbot.repository.remotes import RemoteBranch, commit_of, default_base, remotes
from docbot.repository.values import Access
from docbot.repository.worktree import Worktree
from docbot.review.hunks import hunks_of
from docbot.review.judging import Unread, in_order, judged
from docbot.review.sides import Side
from docbot.review.stated import with_facts
from docbot.review.values import Review
from docbot.types import Notice

_PULL = re.compile(
    r"#?(?P<number>\d{1,9})|https?://[^/\s]+/(?P<repository>[\w.-]+/[\w.-]+)/pull/(?P<n>\d{1,9})(?:[/?#]\S*)?"
)


class Source(msgspec.Struct, frozen=True):
    """Where a pull request is to be had."""

    remote: str
    number: int
    access: Access | None = None
    base: str = ""
    """The branch it goes to; empty where nobody tells."""


class _Sides(msgspec.Struct, frozen=True):
    before: Scan
    after: Scan


def review(path: Path, base: str, options: ScanOptions, progress: Progress = nobody) -> Review:
    """Review what the docs at `path` changed since they parted from `base` (a commit, branch or tag).

    The state they parted at is checked out beside the user's own for as long as it takes. Settings are those
    of that state: a change doesn't choose how it is judged. Raises UsageError where there is no such commit.
    """
    worktree = _open(path)
    commit = parting(worktree, base)
    return _held_against(worktree, worktree, commit, options, progress)


def review_pull(
    path: Path,
    pull: str,
    options: ScanOptions,
    progress: Progress = nobody,
    *,
    base: str | None = None,
    source: Source | None = None,
    environ: Mapping[str, str] | None = None,
    heard: Heard = nothing,
) -> Review:
    """Review a pull request, by its number or its URL, for the docs of which a clone is at `path`.

    It is fetched from its `source`, else from the docs' remote (`environ` may name the forge and hold a token
    for it), and checked out beside the user's own for as long as it takes. It goes to `base` (a branch or
    commit), else to the branch that `source` tells, which is fetched, else to the docs' default branch as it
    was last fetched. `heard` tells what the build of Learn said of it. Raises UsageError for what is no pull
    request of theirs, StoppedError when it can't be fetched, or the clone is too shallow to tell what it
    changes.
    """
    worktree = _open(path)
    if worktree.shallow:
        raise StoppedError(
            "this clone is shallow, so nobody can tell what a pull request changes: run "
            "`git fetch --unshallow`, or check out with `fetch-depth: 0` in a workflow"
        )
    place = source or _source(worktree, pull, environ or {})
    branch = _branch(worktree, base, place)
    tip = fetch_pull(worktree, place.remote, place.number, place.access)
    with checkout_of(worktree, tip, lazy=False) as head:
        parted, said = parting_of(worktree, branch, tip), heard(worktree, place.remote, place.number)
        return _held_against(worktree, head, parted, options, progress, tip=tip, said=said)


def _source(worktree: Worktree, pull: str, environ: Mapping[str, str]) -> Source:
    remote, number = pull_named(worktree, pull)
    return Source(remote, number, access_to(worktree, remote, environ))


def _branch(worktree: Worktree, base: str | None, source: Source) -> str:
    """The commit of `base`, a branch of the source's remote first; without one, of the docs' default branch.

    Raises UsageError where there is none.
    """
    if base:
        # A local branch of the same name may be behind.
        there = commit_of(worktree, RemoteBranch(source.remote, base))
        return there or base_commit(worktree, base, "--base")
    if source.base:
        return fetch_branch(worktree, source.remote, source.base, source.access)
    usual = default_base(worktree)
    commit = commit_of(worktree, usual) if usual else None
    if commit is None:
        raise UsageError("no branch of the docs was ever fetched here: run `git fetch` first")
    return commit


def _open(path: Path) -> Worktree:
    worktree = Worktree.open(path)
    if worktree.partial:
        raise UsageError("old pages are missing in this partial clone: clone the docs without `--filter`")
    return worktree


def pull_named(worktree: Worktree, pull: str) -> tuple[str, int]:
    """The remote that has the pull request, and its number. Raises UsageError where there is none."""
    known = remotes(worktree)
    match = _PULL.fullmatch(pull)
    if match is None:
        raise UsageError(f"{pull!r} is no pull request: give its number or its URL, or a base with --diff")
    usual: list[str] = [name for name in ("upstream", "origin") if name in known]
    if match["repository"]:
        wanted = match["repository"].lower()
        usual = [name for name, url in known.items() if _repository(url) == wanted]
    if not usual:
        raise UsageError(f"no remote of this clone has the pull request {pull}: `git remote -v` lists them")
    return usual[0], int(match["number"] or match["n"])


def _repository(url: str) -> str:
    parts = re.split(r"[/:]", url.rstrip("/").removesuffix(".git"))
    return "/".join(parts[-2:]).lower()


def _held_against(
    worktree: Worktree,
    head: Worktree,
    commit: str,
    options: ScanOptions,
    progress: Progress,
    *,
    tip: str = "",
    said: Said = NOTHING,
) -> Review:
    """What `head`, which is the commit `tip` if it is one, changed since `commit`."""
    changes = changes_from(head, commit)
    with checkout_of(worktree, commit, lazy=False) as then:
        config = options.config or load(then.root)
        asked = _asked(options, config)
        was = scan(then.root, asked, progress)
        sides = _Sides(was, scan(head.root, asked, progress, was.before))
        lost = unread(changes, sides.before, sides.after, head)
        done = replace(_reviewed(sides, changes, commit, lost), head=tip)
        seen = dict.fromkeys(path for one in done.hunks for path in (one.hunk.path, one.hunk.old_path))
        said_of = passed_over(head, commit, changes, seen)
        done = replace(done, notices=(*done.notices, *said_of))
        return with_builds(done, sides.before, sides.after, said)


def _asked(options: ScanOptions, config: Config) -> ScanOptions:
    return replace(options, config=replace(config, baseline=""), diff=None)


def _reviewed(
    sides: _Sides, changes: Sequence[PageChange], commit: str, lost: Mapping[str, Unread]
) -> Review:
    before = _texts(sides.before, [change.old for change in changes])
    after = _texts(sides.after, [change.new for change in changes])
    hunks = tuple(hunks_of(changes, before, after, lost))
    was, now = _side(sides.before), _side(sides.after)
    done, elsewhere = judged(hunks, was, now, grounds(sides.before, sides.after, Texts(before, after), lost))
    facts = stated(sides.before, before), stated(sides.after, after)
    done = in_order(with_facts(done, facts))
    said = {f.path for one in done for f in (*one.adds, *one.breaks)} | {f.path for f in elsewhere}
    return Review(
        hunks=done,
        base=commit,
        elsewhere=elsewhere,
        notices=_notices(sides, lost),
        before=dict.fromkeys((hunk.old_path for hunk in hunks), "") | before,
        after=dict.fromkeys(lost, "") | after | _texts(sides.after, sorted(said)),
        rules=sides.after.rules,
    )


def _notices(sides: _Sides, lost: Mapping[str, Unread]) -> tuple[Notice, ...]:
    """What both scans noticed, without the pages of which a hunk tells the same."""
    both = dict.fromkeys((*sides.before.report.notices, *sides.after.report.notices))
    return tuple(notice for notice in both if notice.path not in lost)


def _texts(scanned: Scan, paths: Sequence[str | None]) -> dict[str, str]:
    pages = scanned.survey.pages
    return {path: scanned.survey.document(path).text for path in paths if path and path in pages}


def _side(scanned: Scan) -> Side:
    outlines = {path: page.outline for path, page in scanned.survey.pages.items()}
    return Side(scanned.report.findings, scanned.unsure, outlines, scanned.silenced)
