"""From drafts to proposals: without what people refused or work on, each with what is left to send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from docbot.app.base import Base
from docbot.app.connect import Connection
from docbot.app.draft import Drafts, pages_of
from docbot.app.remembered import Remembered, tip_at
from docbot.app.scan import Scan
from docbot.objections import Known, decide, without_refused, without_rivals
from docbot.plan import Limits, Page
from docbot.plan import plan as make_plan
from docbot.publish import Order, recorded
from docbot.reporters.pull_body import write
from docbot.reporters.story import Disclosure
from docbot.reporters.template import BLANK, Form
from docbot.repository.commit import tree_of
from docbot.repository.worktree import Worktree
from docbot.rules.by_hand import ByHand
from docbot.types import Draft, Outcome, Plan, Proposal


class Context(msgspec.Struct, frozen=True):
    """Everything a plan rests on."""

    worktree: Worktree
    scanned: Scan
    base: Base
    drafted: Drafts
    disclosure: Disclosure
    limits: Limits
    connection: Connection | None = None
    remembered: Remembered = Remembered()
    form: Form = BLANK
    """The repository's template."""
    sign_off: str = ""
    """As whom commits are signed off, `Name <address>`; empty where that isn't asked for."""


class Planned(msgspec.Struct, frozen=True):
    """A plan, and for each of its proposals what is left to send, or why nothing is."""

    plan: Plan
    orders: tuple[Order | Outcome, ...]


def planned(context: Context) -> Planned:
    """What to propose now. Before a pull request is opened, others' open ones are looked at."""
    pages = pages_of(context.scanned, context.drafted)
    memory = context.remembered
    wanted, held = without_refused(context.drafted.drafts, pages, memory.pulls, memory.dropped)
    made = _planned(context, wanted, pages)
    if context.connection is not None and any(_opens(order) for order in made.orders):
        wanted, taken = without_rivals(wanted, pages, context.connection.forge.rivals())
        made = _planned(context, wanted, pages) if taken else made
        held += taken
    plan = replace(made.plan, held=(*made.plan.held, *held, *context.drafted.held))
    return Planned(plan, made.orders)


def _opens(order: Order | Outcome) -> bool:
    return isinstance(order, Order) and order.pull is None


def _planned(context: Context, drafts: Sequence[Draft], pages: dict[str, Page]) -> Planned:
    rules = {rule.name: rule for rule in (*context.scanned.rules, ByHand())}

    def body(group: Sequence[Draft]) -> tuple[str, str, str]:
        earlier = context.remembered.open_for(group[0].finding.cause)
        numbers = earlier.marker.parts if earlier and earlier.marker else ()
        title, message, text = write(group, rules, pages, context.disclosure, context.form, numbers)
        return title, _signed_off(message, context.sign_off), text

    made = make_plan(drafts, pages, context.base.branch, context.limits, body)
    proposals = tuple(_recorded(context, proposal) for proposal in made.proposals)
    return Planned(replace(made, proposals=proposals), _orders(context, proposals))


def _signed_off(message: str, who: str) -> str:
    return f"{message.rstrip()}\nSigned-off-by: {who}\n" if who else message


def _recorded(context: Context, proposal: Proposal) -> Proposal:
    """The proposal that remembers the commit that will carry it, and what people said of it so far."""
    base = context.base.commit
    tree = tree_of(context.worktree, base, proposal.changes)
    earlier = context.remembered.open_for(proposal.topic)
    if earlier is None or earlier.marker is None:
        return recorded(proposal, tree, base)
    heard = context.remembered.heard(earlier)
    return recorded(proposal, tree, base, heard.dropped, heard.redo or earlier.marker.redone)


def _orders(context: Context, proposals: Sequence[Proposal]) -> tuple[Order | Outcome, ...]:
    """What is left to send for each proposal. One that will be opened counts against the caps of the next."""
    if context.connection is None:
        return tuple(Order() for _ in proposals)
    made: list[Order | Outcome] = []
    now = datetime.now(UTC)
    for proposal in proposals:
        known = _known(context, context.connection, proposal, now)
        made.append(decide(proposal, replace(known, opening=sum(map(_opens, made)))))
    return tuple(made)


def _known(context: Context, connection: Connection, proposal: Proposal, now: datetime) -> Known:
    """What the forge has of the proposal's branch, besides what is remembered."""
    memory = context.remembered
    if connection.head is None:
        return Known(memory.pulls, None, now, memory.handed_back)
    there = connection.forge.pulls_from(proposal.branch, connection.head)
    every = {pull.number: pull for pull in (*memory.pulls, *there)}
    looked_at = next(
        (p.number for p in memory.pulls if p.number in memory.tips and p.branch == proposal.branch), 0
    )
    tip = memory.tips[looked_at] if looked_at else tip_at(context.worktree, connection, proposal.branch)
    return Known(tuple(every.values()), tip, now, memory.handed_back)
