"""`docbot propose`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from docbot.app.connect import Connection, connected
from docbot.app.consent import check_consent
from docbot.app.model import Asking, chosen_model
from docbot.app.preflight import check_rights
from docbot.app.propose import Prepared, ProposeOptions, prepare
from docbot.app.send import commit_locally, send
from docbot.cli.log import say, warn, warn_lines
from docbot.cli.online import also_online_options, online_of
from docbot.cli.options import also_option, model_option, progress, reports, show, write
from docbot.errors import StoppedError, UsageError
from docbot.publish import Order, requests_of
from docbot.reporters import diff
from docbot.reporters.issue_draft import issue_draft
from docbot.reporters.proposals import PROPOSALS, Done, Kept, Proposed
from docbot.reporters.story import counted
from docbot.repository.worktree import Worktree
from docbot.types import Draft, Outcome, OutcomeKind, Proposal
from docbot.upkeep import Chore

_FINGERPRINT = re.compile(r"[0-9a-f]{6,16}")
_MOST_ISSUES = 3
_STOPPED = (OutcomeKind.CONFLICTED, OutcomeKind.FORBIDDEN)


@click.command()
@click.argument("places", nargs=-1, metavar="[PATH] [FINGERPRINT]...")
@click.option("--rule", "only", multiple=True, metavar="ID", help="Only findings of this rule (repeatable).")
@click.option("--skip", multiple=True, metavar="ID", help="No findings of this rule (repeatable).")
@click.option(
    "--path",
    "under",
    multiple=True,
    metavar="PATH",
    help="Only pages below PATH, with the same edits on copies of them (repeatable).",
)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="DRAFTS",
    help="Only drafts in this file of `docbot draft --format jsonl`.",
)
@click.option("--mine", is_flag=True, help="The edit you made yourself, not yet committed, and no other.")
@click.option("--because", default="", metavar="TEXT", help="With --mine: what is wrong today.")
@click.option("--dry-run", is_flag=True, help="Show exactly what would be sent, and write nothing.")
@click.option("--offline", is_flag=True, help="Ask nobody, and only commit to a branch here.")
@click.option("--unsafe", is_flag=True, help="Also fixes that a person has to look at first.")
@model_option
@click.option("--yes", is_flag=True, help="Don't ask. Only where the docs hold a docbot config.")
@also_online_options
@click.option("--jobs", type=click.IntRange(0, 64), default=0, help="Processes; 0 chooses.")
@also_option
def propose(
    *,
    places: tuple[str, ...],
    only: tuple[str, ...],
    skip: tuple[str, ...],
    under: tuple[str, ...],
    source: Path | None,
    mine: bool,
    because: str,
    dry_run: bool,
    offline: bool,
    unsafe: bool,
    model: str | None,
    yes: bool,
    jobs: int,
    also: tuple[str, ...],
    **values: Any,
) -> int:
    """Make a pull request of the drafts for the docs at PATH: one cause, one branch, one body.

    Each FINGERPRINT (6 to 16 hex digits, from `docbot scan --format jsonl`) chooses a finding. Everything
    that would be sent is shown first, and you are asked. The branch is pushed to your fork, which is made
    if you have none; your checkout stays as it is. Where no remote is on GitHub, or with --offline, the
    branch is committed in this repository instead.
    """
    path, fingerprints = _sorted_out(places)
    _check_mine(mine=mine, because=because, others=(fingerprints, only, skip, under, source, model))
    if values["online"] and offline:
        raise UsageError("--online asks other sites and --offline asks nobody: give one of them")
    if not (dry_run or yes or sys.stdin.isatty()):
        raise StoppedError("nobody is here to confirm: run it in a terminal, or with --yes or --dry-run")
    wanted = reports(also, PROPOSALS)
    worker = None if mine else chosen_model(model, offline=offline)
    worktree = Worktree.open(path)
    with _connection(worktree, offline=offline, dry_run=dry_run) as connection:
        if yes and connection is not None:
            check_consent(worktree, connection)
        with progress("Reading pages") as bar:
            asked = online_of(values, bar.next("Asking other sites"))
            asking = Asking(worker, bar.next("Asking the model (tokens)")) if worker else None
            wishes = (
                only,
                skip,
                fingerprints,
                under,
                source,
                mine,
                because,
                unsafe,
                yes,
                asked,
                jobs,
                asking,
            )
            prepared = prepare(worktree, ProposeOptions(*wishes), connection, bar)
        _show(prepared)
        if connection is not None and any(isinstance(order, Order) for order in prepared.orders):
            check_rights(worktree, connection, prepared.base)
        outcomes = _known(prepared) if dry_run else _carry_out(prepared, connection, yes=yes)
        for form, file in wanted:
            write(PROPOSALS[form](_told_of(prepared, outcomes, dry_run=dry_run)), file)
        return _code(outcomes)


def _check_mine(*, mine: bool, because: str, others: Sequence[object]) -> None:
    """Raises UsageError for options that a person's own edit needs, or has no use for."""
    if because and not mine:
        raise UsageError("--because tells why you made your own edit: give it together with --mine")
    if mine and any(others):
        raise UsageError(
            "--mine takes your edit as it stands: choose with git what is edited, not by options"
        )


def _sorted_out(places: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """The path among the arguments (here, if none) and the fingerprints. Raises UsageError for two paths."""
    fingerprints = tuple(p for p in places if _FINGERPRINT.fullmatch(p) and not Path(p).exists())
    paths = [place for place in places if place not in fingerprints]
    if len(paths) > 1:
        raise UsageError(
            f"{paths[1]} is no fingerprint: choose pages with --path, findings by 6 to 16 hex digits"
        )
    return Path(paths[0] if paths else "."), fingerprints


def _connection(
    worktree: Worktree, *, offline: bool, dry_run: bool
) -> AbstractContextManager[Connection | None]:
    if offline:
        return nullcontext()
    return connected(worktree, os.environ, warn, without_token=dry_run)


def _show(prepared: Prepared) -> None:
    """Every proposal as it would be sent, and why everything else isn't."""
    for proposal, order in zip(prepared.plan.proposals, prepared.orders, strict=True):
        if isinstance(order, Outcome):
            say(_told(order))
            continue
        show(_shown(prepared, proposal, order))
    for chore in prepared.chores:
        show(_told_chore(chore))
    for group in prepared.plan.large[:_MOST_ISSUES]:
        show(_issue(prepared, group))
    _say_held(prepared)
    if not prepared.plan.proposals:
        warn("There is nothing to propose.")


def _shown(prepared: Prepared, proposal: Proposal, order: Order) -> Iterator[str]:
    """Target, branch, title, message, body, diff and requests, byte for byte as they would be sent."""
    destination = prepared.destination
    yield f"target   {destination.docs}, branch {destination.base}\n"
    yield f"base     {prepared.base.commit}\nbranch   {proposal.branch}\ntitle    {proposal.title}\n"
    yield f"\n--- commit message ---\n{proposal.message.rstrip()}\n"
    yield f"\n--- body ---\n{proposal.body.rstrip()}\n"
    yield "\n--- diff ---\n"
    yield from diff.changes(proposal.changes)
    yield "\n--- requests ---\n"
    for request in requests_of(proposal, destination, order):
        yield f"{request}\n"


def _issue(prepared: Prepared, group: Sequence[Draft]) -> Iterator[str]:
    """The draft of an issue, for a person to open."""
    rules = {rule.name: rule for rule in prepared.scanned.rules}
    title, body = issue_draft(group, rules, prepared.questions)
    yield f"--- issue draft, not sent: open it yourself at {prepared.destination.docs} ---\n"
    yield f"title    {title}\n\n{body}\n\n"


def _told_chore(chore: Chore) -> Iterator[str]:
    """What is due for an open pull request, and the requests for it."""
    yield f"#{chore.number}: {chore.said}: {chore.url}\n"
    for request in (chore.comment, chore.change):
        if request is not None:
            yield f"{request}\n"


def _say_held(prepared: Prepared) -> None:
    reasons = prepared.held_by_reason()
    for reason, count in list(reasons.items())[:20]:
        warn(f"held: {count} {'draft' if count == 1 else 'drafts'}: {reason}")
    if len(reasons) > 20:
        warn(f"held: {len(reasons) - 20} more reasons")
    if prepared.questions:
        warn(f"{counted(len(prepared.questions), 'question')} for a person: `docbot draft` shows them all")
    for notice in prepared.notices:
        warn(notice.text)


def _known(prepared: Prepared) -> list[Outcome | None]:
    """The outcome of each proposal of which there is nothing to send."""
    return [order if isinstance(order, Outcome) else None for order in prepared.orders]


def _carry_out(prepared: Prepared, connection: Connection | None, *, yes: bool) -> list[Outcome | None]:
    """Do all that is prepared; what became of each proposal, None where it is a commit here."""
    if not (prepared.plan.proposals or prepared.chores):
        return []
    if connection is None:
        _commit(prepared, yes=yes)
        return _known(prepared)
    return _send(prepared, connection, yes=yes)


def _told_of(prepared: Prepared, outcomes: Sequence[Outcome | None], *, dry_run: bool) -> Proposed:
    """The run for those who read of it elsewhere."""
    chores = () if dry_run else prepared.chores
    return Proposed(
        docs=prepared.destination.docs,
        base=prepared.destination.base,
        done=tuple(map(Done, prepared.plan.proposals, outcomes)),
        kept=tuple(Kept(chore.url, f"#{chore.number}: {chore.said}") for chore in chores),
        held=prepared.held_by_reason(),
        questions=len(prepared.questions),
        notices=prepared.notices,
    )


def _commit(prepared: Prepared, *, yes: bool) -> None:
    if not yes:
        _confirm("Commit this to the branch?")
    for proposal in prepared.plan.proposals:
        commit = commit_locally(prepared, proposal)
        warn_lines(
            f"Committed {commit[:10]} to {proposal.branch}; your checkout is as it was.\n"
            f"Push it to your fork with `git push YOUR-FORK {proposal.branch}` and open the pull request "
            "with the title and body above."
        )


def _send(prepared: Prepared, connection: Connection, *, yes: bool) -> list[Outcome | None]:
    """Ask, send, and tell what became of each proposal."""
    orders = [order for order in prepared.orders if isinstance(order, Order)]
    if not orders and not prepared.chores:
        return _known(prepared)
    if not yes:
        _confirm(f"Send this to {prepared.destination.docs} as {connection.forge.user}?")
    outcomes = send(prepared, connection, warn)
    for outcome, order in zip(outcomes, prepared.orders, strict=True):
        if isinstance(order, Order):
            say(_told(outcome))
    return [*outcomes]


def _confirm(question: str) -> None:
    if not click.confirm(question, err=True):
        raise StoppedError("nothing was written, as you chose")


def _told(outcome: Outcome) -> str:
    return f"{outcome.kind}: {outcome.reason}{': ' if outcome.url else ''}{outcome.url}"


def _code(outcomes: Iterable[Outcome | None]) -> int:
    stopped = any(outcome and outcome.kind in _STOPPED for outcome in outcomes)
    return StoppedError.exit_code if stopped else 0
