"""The verb `propose`, up to the point where something is sent: what a pull request would be, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec

from docbot import __version__
from docbot.app.base import Base, newest_base
from docbot.app.choose import chosen, chosen_by
from docbot.app.connect import Connection
from docbot.app.draft import Drafts, draft, pages_of
from docbot.app.mine import by_hand
from docbot.app.scan import Progress, Scan, ScanOptions, nobody, scan
from docbot.app.setup import doctor, stops
from docbot.errors import StoppedError
from docbot.forges.github.place import GITHUB
from docbot.forges.interface import Pull
from docbot.objections import CAPS, Caps, Known, decide, without_refused
from docbot.plan import Limits
from docbot.plan import plan as make_plan
from docbot.publish import Destination, Order, destination_of, recorded
from docbot.reporters.pull_body import write
from docbot.reporters.story import Disclosure
from docbot.repository.checkout import checkout_of
from docbot.repository.commit import tree_of
from docbot.repository.exchange import fetch_commit, tip_of
from docbot.repository.remotes import docbot_branches, remotes
from docbot.repository.worktree import EntryKind, Worktree, dirty, tracked
from docbot.rules.by_hand import ByHand
from docbot.types import Notice, Outcome, Plan, Proposal


class ProposeOptions(msgspec.Struct, frozen=True):
    """What a person asks to be proposed; empty fields ask for everything."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    """Beginnings of fingerprints."""
    under: tuple[str, ...] = ()
    """Pages or folders, POSIX, relative to the repository."""
    source: Path | None = None
    """A file of drafts to choose by."""
    mine: bool = False
    """The person's own edits in the working tree, and nothing that docbot found."""
    because: str = ""
    """Why they were made."""
    unsafe: bool = False
    """Also fixes that a person has to look at first."""
    unattended: bool = False
    """Nobody looks at it before it is sent."""
    jobs: int = 0


class Prepared(msgspec.Struct, frozen=True):
    """Proposals and what they rest on. Nothing was written yet.

    `scanned` was made of the base; its pages may be gone from the disk by now.
    """

    worktree: Worktree
    scanned: Scan
    destination: Destination
    base: Base
    plan: Plan
    orders: tuple[Order | Outcome, ...]
    """For each proposal of the plan what is left to send, or why nothing is."""
    disclosure: Disclosure
    notices: tuple[Notice, ...]

    def held_by_reason(self) -> dict[str, int]:
        """How many drafts are held for each reason, in the order in which reasons came."""
        return dict(Counter(held.reason for held in self.plan.held))


def prepare(
    worktree: Worktree,
    options: ProposeOptions,
    connection: Connection | None = None,
    progress: Progress = nobody,
) -> Prepared:
    """Scan the base branch, draft and plan, and see what the forge has of it already. Reads alone.

    What is looked at is the base, whatever is checked out here: what a page on the base should say is
    proved by the base alone. With a connection it is fetched now, else it is what was last fetched. Raises
    StoppedError (exit code 4) when the repository forbids proposals, naming its own words, or the base can't
    be had; UsageError when a fingerprint names no finding.
    """
    _refuse_where_forbidden(worktree.root)
    base = newest_base(worktree, connection)
    if base.commit == worktree.head and _is_whole(worktree):
        return _prepared(worktree, worktree.root, base, options, connection, progress)
    with checkout_of(worktree, base.commit, connection.access if connection else None) as there:
        _refuse_where_forbidden(there.root)
        return _prepared(worktree, there.root, base, options, connection, progress)


def _is_whole(worktree: Worktree) -> bool:
    """Whether the checkout is exactly its commit: nothing changed, nothing left out."""
    return not dirty(worktree) and all(entry.kind is not EntryKind.LEFT_OUT for entry in tracked(worktree))


def _refuse_where_forbidden(root: Path) -> None:
    forbidden = stops(doctor(root))
    if forbidden:
        raise StoppedError(f"nothing may be proposed here: {forbidden[0]}")


def _prepared(
    worktree: Worktree,
    root: Path,
    base: Base,
    options: ProposeOptions,
    connection: Connection | None,
    progress: Progress,
) -> Prepared:
    """What to propose of the checkout of `base` at `root`."""
    wanted = ScanOptions(only=options.only, skip=options.skip, jobs=options.jobs, drafting=True)
    scanned = scan(root, wanted, progress)
    user = connection.forge.user if connection else ""
    drafted = _drafted(scanned, worktree, options, user, progress)
    disclosure = Disclosure(__version__, *base, "" if options.unattended else user)
    pulls = connection.forge.pulls() if connection else ()
    wishes = scanned.config.propose
    taken = frozenset() if connection else frozenset(docbot_branches(worktree))
    limits = Limits(wishes.max_pulls, wishes.max_files, options.unsafe, taken)
    plan = _planned(worktree, drafted, scanned, disclosure, limits, pulls)
    return Prepared(
        worktree=worktree,
        scanned=scanned,
        destination=_destination(worktree, scanned, base, connection),
        base=base,
        plan=plan,
        orders=_orders(worktree, plan.proposals, pulls, connection),
        disclosure=disclosure,
        notices=drafted.notices,
    )


def _drafted(
    scanned: Scan, worktree: Worktree, options: ProposeOptions, user: str, progress: Progress
) -> Drafts:
    if options.mine:
        return by_hand(scanned, worktree, options.because, user)
    drafted = draft(chosen(scanned, options.fingerprints, options.under), progress=progress)
    return drafted if options.source is None else chosen_by(options.source, drafted)


def _planned(
    worktree: Worktree,
    drafted: Drafts,
    scanned: Scan,
    disclosure: Disclosure,
    limits: Limits,
    pulls: Sequence[Pull],
) -> Plan:
    """The plan, whose proposals remember the commit that will carry them."""
    pages = pages_of(scanned, drafted)
    rules = {rule.name: rule for rule in (*scanned.rules, ByHand())}
    body = partial(write, rules=rules, pages=pages, disclosure=disclosure)
    wanted, refused = without_refused(drafted.drafts, pages, pulls)
    made = make_plan(wanted, pages, disclosure.base, limits, body)
    base = disclosure.commit
    proposals = (recorded(one, tree_of(worktree, base, one.changes), base) for one in made.proposals)
    return Plan(tuple(proposals), (*made.held, *refused, *drafted.held))


def _destination(worktree: Worktree, scanned: Scan, base: Base, connection: Connection | None) -> Destination:
    draft_first = scanned.config.propose.draft
    if connection is not None:
        return connection.destination(base.branch, draft=draft_first)
    url = scanned.survey.facts.site.publishing.url
    found = destination_of(remotes(worktree), url, base.branch, GITHUB.repository_of)
    return msgspec.structs.replace(found, draft=draft_first)


def _orders(
    worktree: Worktree, proposals: Sequence[Proposal], pulls: Sequence[Pull], connection: Connection | None
) -> tuple[Order | Outcome, ...]:
    """What is left to send for each proposal. One that will be opened counts against the caps of the next."""
    if connection is None:
        return tuple(Order() for _ in proposals)
    made: list[Order | Outcome] = []
    now = datetime.now(UTC)
    for proposal in proposals:
        new = sum(isinstance(order, Order) and order.pull is None for order in made)
        caps = Caps(CAPS.open - new, CAPS.an_hour - new)
        made.append(decide(proposal, known_of(worktree, proposal, pulls, connection, now), caps))
    return tuple(made)


def known_of(
    worktree: Worktree,
    proposal: Proposal,
    pulls: Sequence[Pull],
    connection: Connection,
    now: datetime,
) -> Known:
    """What the forge has of the branch of `proposal`, besides docbot's `pulls`."""
    if connection.head is None:
        return Known(tuple(pulls), None, now)
    there = connection.forge.pulls_from(proposal.branch, connection.head)
    every = {pull.number: pull for pull in (*pulls, *there)}
    commit = tip_of(worktree, connection.remote, proposal.branch, connection.access)
    tip = None
    if commit is not None:
        tip = fetch_commit(worktree, connection.remote, commit, proposal.branch, connection.access)
    return Known(tuple(every.values()), tip, now)
