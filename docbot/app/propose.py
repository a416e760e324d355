"""The verb `propose`: what a pull request would be, and the branch that carries it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import msgspec

from docbot import __version__
from docbot.app.draft import Drafts, draft, pages_of
from docbot.app.scan import Progress, Scan, ScanOptions, nobody, scan
from docbot.app.setup import base_branch, doctor, stops
from docbot.errors import StoppedError, UsageError
from docbot.plan import Limits
from docbot.plan import plan as make_plan
from docbot.publish import Target, target_of
from docbot.reporters.pull_body import write
from docbot.reporters.story import Disclosure
from docbot.repository.changes import differing
from docbot.repository.commit import branch_exists, commit_on_branch
from docbot.repository.remotes import commit_of, default_base, remotes
from docbot.types import Draft, Finding, Held, Notice, Plan, Proposal


class ProposeOptions(msgspec.Struct, frozen=True):
    """What a person asks to be proposed; empty fields ask for everything."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    """Beginnings of fingerprints."""
    under: tuple[str, ...] = ()
    """Pages or folders, POSIX, relative to the repository."""
    jobs: int = 0


class Prepared(msgspec.Struct, frozen=True):
    """Proposals and what they rest on. Nothing was written yet."""

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
    """Scan, draft and plan.

    Raises StoppedError (exit code 4) when the repository forbids proposals, naming its own words, and
    UsageError when a fingerprint names no finding.
    """
    forbidden = stops(doctor(path))
    if forbidden:
        raise StoppedError(f"nothing may be proposed here: {forbidden[0]}")
    wanted = ScanOptions(only=options.only, skip=options.skip, jobs=options.jobs, drafting=True)
    scanned = scan(path, wanted, progress)
    base = base_branch(scanned.survey.worktree, scanned.survey.facts.site, scanned.config)
    commit = _base_commit(scanned)
    if base is None or commit is None:
        raise UsageError("the base branch is unknown: set `base` under [propose] in .docbot.toml")
    drafted = draft(_chosen(scanned, options), progress=progress)
    kept, stale = _on_base(drafted, scanned, commit)
    disclosure = Disclosure(version=__version__, base=base, commit=commit)
    made = _planned(kept, drafted, scanned, disclosure)
    target = target_of(remotes(scanned.survey.worktree), scanned.survey.facts.site.publishing.url, base)
    target = msgspec.structs.replace(target, draft=scanned.config.propose.draft)
    held = (*made.held, *drafted.held, *stale)
    plan = Plan(made.proposals, held)
    return Prepared(scanned, target, commit, plan, disclosure, drafted.notices)


def _base_commit(scanned: Scan) -> str | None:
    """The commit a proposal starts from: the remote's base as last fetched, else what is checked out."""
    worktree = scanned.survey.worktree
    remote = default_base(worktree)
    fetched = commit_of(worktree, remote) if remote else None
    return fetched or worktree.head


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


def _on_base(drafted: Drafts, scanned: Scan, commit: str) -> tuple[list[Draft], list[Held]]:
    """The drafts whose pages are here as they are on the base, and why the others are held."""
    paths = sorted({draft.finding.path for draft in drafted.drafts})
    differ = differing(scanned.survey.worktree, commit, paths)
    reason = "the page here is not as on the base branch: fetch and rebase, or commit your own change first"
    kept = [draft for draft in drafted.drafts if draft.finding.path not in differ]
    return kept, [Held(draft, reason) for draft in drafted.drafts if draft.finding.path in differ]


def _planned(kept: list[Draft], drafted: Drafts, scanned: Scan, disclosure: Disclosure) -> Plan:
    wishes = scanned.config.propose
    pages = pages_of(scanned, drafted)
    rules = {rule.name: rule for rule in scanned.rules}
    body = partial(write, rules=rules, pages=pages, disclosure=disclosure)
    return make_plan(kept, pages, disclosure.base, Limits(wishes.max_pulls, wishes.max_files), body)


def commit_locally(prepared: Prepared, proposal: Proposal) -> str:
    """Put the proposal on a new branch of this repository; the commit's full id.

    The user's checkout, index and current branch stay as they are. Raises StoppedError when there is a
    branch of that name: it may hold somebody's work.
    """
    worktree, branch = prepared.scanned.survey.worktree, proposal.branch
    if branch_exists(worktree, branch):
        raise StoppedError(
            f"the branch {branch} exists already: look at it with `git show {branch}` and push it, "
            f"or delete it with `git branch -D {branch}`"
        )
    return commit_on_branch(worktree, prepared.base_commit, branch, proposal.changes, proposal.message)
