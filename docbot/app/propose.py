"""The verb `propose`: what a pull request would be, and the branch that carries it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import msgspec

from docbot import __version__
from docbot.app.draft import Drafts, draft, pages_of
from docbot.app.scan import Progress, Scan, ScanOptions, nobody, scan
from docbot.app.setup import base_of, doctor, stops
from docbot.errors import StoppedError, UsageError
from docbot.plan import Limits
from docbot.plan import plan as make_plan
from docbot.publish import Target, target_of
from docbot.reporters.pull_body import write
from docbot.reporters.story import Disclosure
from docbot.repository.checkout import checkout_of
from docbot.repository.commit import commit_on_branch
from docbot.repository.remotes import (
    RemoteBranch,
    commit_of,
    default_base,
    docbot_branches,
    local_commit,
    remotes,
)
from docbot.repository.worktree import Worktree, dirty
from docbot.types import Finding, Notice, Plan, Proposal


class ProposeOptions(msgspec.Struct, frozen=True):
    """What a person asks to be proposed; empty fields ask for everything."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    """Beginnings of fingerprints."""
    under: tuple[str, ...] = ()
    """Pages or folders, POSIX, relative to the repository."""
    unsafe: bool = False
    """Also fixes that a person has to look at first."""
    jobs: int = 0


class Prepared(msgspec.Struct, frozen=True):
    """Proposals and what they rest on. Nothing was written yet.

    `scanned` was made of the base; its pages may be gone from the disk by now.
    """

    worktree: Worktree
    scanned: Scan
    target: Target
    base_commit: str
    plan: Plan
    disclosure: Disclosure
    notices: tuple[Notice, ...]

    def held_by_reason(self) -> dict[str, int]:
        """How many drafts are held for each reason, in the order in which reasons came."""
        return dict(Counter(held.reason for held in self.plan.held))


def prepare(path: Path, options: ProposeOptions, progress: Progress = nobody) -> Prepared:
    """Scan the base branch, draft and plan.

    What is looked at is the base as it was last fetched, whatever is checked out here: what a page on the
    base should say is proved by the base alone. Raises StoppedError (exit code 4) when the repository
    forbids proposals, naming its own words, or the base isn't here; UsageError when a fingerprint names no
    finding.
    """
    worktree = Worktree.open(path)
    forbidden = stops(doctor(path))
    if forbidden:
        raise StoppedError(f"nothing may be proposed here: {forbidden[0]}")
    base = base_of(worktree)
    if base is None:
        raise UsageError("the base branch is unknown: set `base` under [propose] in .docbot.toml")
    commit = _base_commit(worktree, base)
    if commit == worktree.head and not dirty(worktree):
        return _prepared(worktree, worktree.root, base, commit, options, progress)
    with checkout_of(worktree, commit) as there:
        forbidden = stops(doctor(there.root))
        if forbidden:
            raise StoppedError(f"nothing may be proposed here: {forbidden[0]}")
        return _prepared(worktree, there.root, base, commit, options, progress)


def _prepared(
    worktree: Worktree, root: Path, base: str, commit: str, options: ProposeOptions, progress: Progress
) -> Prepared:
    """What to propose of the checkout of `commit` at `root`."""
    wanted = ScanOptions(only=options.only, skip=options.skip, jobs=options.jobs, drafting=True)
    scanned = scan(root, wanted, progress)
    drafted = draft(_chosen(scanned, options), progress=progress)
    disclosure = Disclosure(version=__version__, base=base, commit=commit)
    wishes = scanned.config.propose
    taken = frozenset(docbot_branches(worktree))
    limits = Limits(wishes.max_pulls, wishes.max_files, options.unsafe, taken)
    made = _planned(drafted, scanned, disclosure, limits)
    target = target_of(remotes(worktree), scanned.survey.facts.site.publishing.url, base)
    target = msgspec.structs.replace(target, draft=wishes.draft)
    plan = Plan(made.proposals, (*made.held, *drafted.held))
    return Prepared(worktree, scanned, target, commit, plan, disclosure, drafted.notices)


def _base_commit(worktree: Worktree, base: str) -> str:
    """The commit of `base` as its remote was last fetched, or of the local branch where there is no remote.

    Raises StoppedError when it isn't here.
    """
    remote = default_base(worktree)
    if remote is None:
        commit = local_commit(worktree, base)
        remedy = f"make it with `git branch {base}`, or name another under [propose]"
    else:
        commit = commit_of(worktree, RemoteBranch(remote.remote, base))
        remedy = f"run `git fetch {remote.remote} {base}:refs/remotes/{remote.remote}/{base}`"
    if commit is None:
        raise StoppedError(f"the base branch {base} isn't here: {remedy}")
    return commit


def _chosen(scanned: Scan, options: ProposeOptions) -> Scan:
    """The scan with the findings that were asked for alone."""
    findings = tuple(f for f in scanned.report.findings if _is_chosen(f, options))
    for wanted in options.fingerprints:
        if not any(f.fingerprint.startswith(wanted) for f in findings):
            raise UsageError(
                f"no finding has the fingerprint {wanted}: `docbot scan --format jsonl` shows them"
            )
    report = msgspec.structs.replace(scanned.report, findings=findings)
    return msgspec.structs.replace(scanned, report=report)


def _is_chosen(finding: Finding, options: ProposeOptions) -> bool:
    if options.fingerprints and not finding.fingerprint.startswith(options.fingerprints):
        return False
    folders = tuple(folder.rstrip("/") + "/" for folder in options.under)
    return not options.under or finding.path in options.under or finding.path.startswith(folders)


def _planned(drafted: Drafts, scanned: Scan, disclosure: Disclosure, limits: Limits) -> Plan:
    pages = pages_of(scanned, drafted)
    rules = {rule.name: rule for rule in scanned.rules}
    body = partial(write, rules=rules, pages=pages, disclosure=disclosure)
    return make_plan(drafted.drafts, pages, disclosure.base, limits, body)


def commit_locally(prepared: Prepared, proposal: Proposal) -> str:
    """Put the proposal on a new branch of this repository; the commit's full id.

    The user's checkout, index and current branch stay as they are. Raises StoppedError when there is a
    branch of that name: it may hold somebody's work.
    """
    worktree, branch = prepared.worktree, proposal.branch
    if branch in docbot_branches(worktree):
        raise StoppedError(
            f"the branch {branch} exists already: look at it with `git show {branch}` and push it, "
            f"or delete it with `git branch -D {branch}`"
        )
    return commit_on_branch(worktree, prepared.base_commit, branch, proposal.changes, proposal.message)
