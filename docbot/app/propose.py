"""The verb `propose`, up to the point where something is sent: what a pull request would be, and why not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from docbot import __version__
from docbot.app.base import Base, newest_base
from docbot.app.choose import chosen, chosen_by, drafts_in, on_copies, with_findings
from docbot.app.connect import Connection
from docbot.app.draft import Drafts, draft
from docbot.app.house import house_of
from docbot.app.mine import by_hand
from docbot.app.model import Asking
from docbot.app.planning import Context, planned
from docbot.app.remembered import Remembered, remembered
from docbot.app.scan import Progress, Scan, ScanOptions, nobody, scan
from docbot.app.setup import doctor, stops
from docbot.drafters.from_file import FromFile
from docbot.errors import StoppedError
from docbot.facts import Need
from docbot.forges.github.place import GITHUB
from docbot.online import Online
from docbot.plan import Limits
from docbot.publish import Destination, Order, destination_of
from docbot.reporters.story import Disclosure
from docbot.repository.checkout import checkout_of
from docbot.repository.remotes import docbot_branches, remotes
from docbot.repository.worktree import EntryKind, Worktree, dirty, tracked
from docbot.types import Finding, Notice, Outcome, Plan
from docbot.upkeep import Chore


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
    online: Online | None = None
    """Whether, and how, other sites are asked about the pages that are linked to."""
    jobs: int = 0
    asking: Asking | None = None
    """The language model that drafts what no rule can; None for none."""


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
    chores: tuple[Chore, ...]
    """What else is due for docbot's open pull requests."""
    disclosure: Disclosure
    notices: tuple[Notice, ...]
    questions: tuple[Finding, ...] = ()
    """Findings among those asked for that only a person can answer."""

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
    access = connection.access if connection else None
    with checkout_of(worktree, base.commit, access, lazy=connection is not None) as there:
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
    wanted = ScanOptions(
        only=options.only, skip=options.skip, online=options.online, jobs=options.jobs, drafting=True
    )
    scanned = scan(root, wanted, progress)
    ignored = scanned.config.propose.ignored_authors
    memory = remembered(worktree, connection, ignored) if connection else Remembered()
    house = house_of(scanned.survey.worktree, worktree, unattended=options.unattended)
    drafts, along = _drafted(scanned, worktree, options, memory.user, progress)
    drafted = house.open_to(drafts)
    wishes = scanned.config.propose
    taken = frozenset() if connection else frozenset(docbot_branches(worktree))
    context = Context(
        worktree=worktree,
        scanned=scanned,
        base=base,
        drafted=drafted,
        disclosure=Disclosure(__version__, *base, "" if options.unattended else memory.user),
        form=house.form,
        sign_off=house.sign_off,
        limits=Limits(wishes.max_pulls, house.most_files(wishes.max_files), options.unsafe, taken, along),
        connection=connection,
        remembered=memory,
    )
    made = planned(context)
    return Prepared(
        worktree=worktree,
        scanned=scanned,
        destination=_destination(worktree, scanned, base, connection),
        base=base,
        plan=made.plan,
        orders=made.orders,
        chores=memory.chores(scanned.report.findings, _settling(scanned, options), made.plan.proposals),
        disclosure=context.disclosure,
        notices=(*drafted.notices, *house.notices),
        questions=drafted.questions,
    )


def _settling(scanned: Scan, options: ProposeOptions) -> set[str]:
    """The rules whose silence settles what was proposed; what the web leaves unanswered settles nothing."""
    asked = (rule for rule in scanned.rules if _was_asked_for(rule.name, options))
    return {rule.name for rule in asked if Need.WEB not in rule.needs}


def _was_asked_for(rule: str, options: ProposeOptions) -> bool:
    return rule not in options.skip and (not options.only or rule in options.only)


def _drafted(
    scanned: Scan, worktree: Worktree, options: ProposeOptions, user: str, progress: Progress
) -> tuple[Drafts, frozenset[str]]:
    """The drafts that were asked for, and those that go along with them, whose fingerprints are told."""
    if options.mine:
        return by_hand(scanned, worktree, options.because, user), frozenset()
    asked = chosen(scanned, options.fingerprints, options.under)
    if options.source is not None:
        wanted = drafts_in(options.source)
        drafted = draft(asked, progress=progress, asking=options.asking, others=[FromFile(wanted)])
        return chosen_by(wanted, drafted), frozenset()
    along = on_copies(scanned, asked)
    drafted = draft(with_findings(asked, along), progress=progress, asking=options.asking)
    return drafted, frozenset(finding.fingerprint for finding in along)


def _destination(worktree: Worktree, scanned: Scan, base: Base, connection: Connection | None) -> Destination:
    draft_first = scanned.config.propose.draft
    if connection is not None:
        return connection.destination(draft=draft_first)
    url = scanned.survey.facts.site.publishing.url
    found = destination_of(remotes(worktree), url, base.branch, GITHUB.repository_of)
    return msgspec.structs.replace(found, draft=draft_first)
