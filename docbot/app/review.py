"""The verb `review`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from docbot.app.scan import Progress, Scan, ScanOptions, nobody, scan
from docbot.config import Config, load
from docbot.errors import UsageError
from docbot.repository.checkout import checkout_of
from docbot.repository.exchange import fetch_pull
from docbot.repository.families import copies
from docbot.repository.parting import base_commit, changes_from, parting, parting_of
from docbot.repository.patches import PageChange
from docbot.repository.remotes import commit_of, default_base, remotes
from docbot.repository.worktree import Worktree
from docbot.review.forgotten import forgotten
from docbot.review.hunks import hunks_of
from docbot.review.judging import Grounds, judged
from docbot.review.proof import Prover, drafted
from docbot.review.sides import Side
from docbot.review.values import Hunk, Kind, Review
from docbot.review.words import exchanged, only_space_went
from docbot.spelling.program import corrections, program
from docbot.types import Finding, Verdict

_PULL = re.compile(
    r"#?(?P<number>\d{1,9})|https?://[^/\s]+/(?P<repository>[\w.-]+/[\w.-]+)/pull/(?P<n>\d{1,9})(?:[/?#]\S*)?"
)


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
    path: Path, pull: str, options: ScanOptions, progress: Progress = nobody, *, base: str | None = None
) -> Review:
    """Review a pull request, by its number or its URL, for the docs of which a clone is at `path`.

    It is fetched from the docs' remote and checked out beside the user's own for as long as it takes. It goes
    to `base` (a branch or commit), else to the docs' default branch as it was last fetched. Raises
    UsageError for what is no pull request of theirs, StoppedError when it can't be fetched.
    """
    worktree = _open(path)
    remote, number = _named(worktree, pull)
    branch = _branch(worktree, base)
    tip = fetch_pull(worktree, remote, number)
    with checkout_of(worktree, tip, lazy=False) as head:
        done = _held_against(worktree, head, parting_of(worktree, branch, tip), options, progress)
        return replace(done, head=tip)


def _branch(worktree: Worktree, base: str | None) -> str:
    """The commit of `base`, else of the docs' default branch. Raises UsageError where there is none."""
    if base:
        return base_commit(worktree, base, "--base")
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


def _named(worktree: Worktree, pull: str) -> tuple[str, int]:
    """The remote that has the pull request, and its number."""
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
    worktree: Worktree, head: Worktree, commit: str, options: ScanOptions, progress: Progress
) -> Review:
    """What `head` changed since `commit`."""
    changes = changes_from(head, commit)
    with checkout_of(worktree, commit, lazy=False) as then:
        config = options.config or load(then.root)
        asked = _asked(options, config)
        before = scan(then.root, asked, progress)
        return _reviewed(_Sides(before, scan(head.root, asked, progress, before.before)), changes, commit)


def _asked(options: ScanOptions, config: Config) -> ScanOptions:
    return replace(options, config=replace(config, baseline=""), diff=None)


def _reviewed(sides: _Sides, changes: Sequence[PageChange], commit: str) -> Review:
    before = _texts(sides.before, [change.old for change in changes])
    after = _texts(sides.after, [change.new for change in changes])
    hunks = tuple(hunks_of(changes, before, after))
    was, now = _side(sides.before), _side(sides.after)
    done, elsewhere = judged(hunks, was, now, _grounds(sides, before, after))
    said = {f.path for one in done for f in (*one.adds, *one.breaks)} | {f.path for f in elsewhere}
    return Review(
        hunks=done,
        base=commit,
        elsewhere=elsewhere,
        notices=tuple(dict.fromkeys((*sides.before.report.notices, *sides.after.report.notices))),
        before=before,
        after=after | _texts(sides.after, sorted(said)),
        rules=sides.after.rules,
    )


def _texts(scanned: Scan, paths: Sequence[str | None]) -> dict[str, str]:
    pages = scanned.survey.pages
    return {path: scanned.survey.document(path).text for path in paths if path and path in pages}


def _side(scanned: Scan) -> Side:
    outlines = {path: page.outline for path, page in scanned.survey.pages.items()}
    return Side(scanned.report.findings, scanned.unsure, outlines)


def _grounds(sides: _Sides, before: Mapping[str, str], after: Mapping[str, str]) -> Grounds:
    prover = Prover(sides.before.survey.document, sides.before.survey.facts, after)
    families = copies(sides.after.survey.pages)
    site = sides.after.survey.facts.site

    def proof(hunk: Hunk) -> tuple[Verdict, ...]:
        return prover.verdicts(hunk)

    def is_drafted(hunk: Hunk, fixed: tuple[Finding, ...]) -> bool:
        edited = hunk.kind is Kind.EDITED
        return edited and drafted(hunk, fixed, before[hunk.old_path], after[hunk.path])

    def left(hunk: Hunk) -> tuple[str, ...]:
        return forgotten(hunk, before, families, lambda path: sides.after.survey.document(path).text)

    def unredirected(path: str) -> bool:
        return site.publishes(path) and site.redirections.of(path) is None

    def other_words(hunk: Hunk) -> tuple[str, ...]:
        old, new = hunk.before.of(before[hunk.old_path]), hunk.after.of(after[hunk.path])
        return exchanged(old, new, corrections if program() else lambda words: {})

    def neat(hunk: Hunk) -> bool:
        return only_space_went(hunk.before.of(before[hunk.old_path]), hunk.after.of(after[hunk.path]))

    return Grounds(proof, is_drafted, left, unredirected, other_words, neat)
