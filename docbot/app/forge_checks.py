"""The verb `doctor`, where it asks the forge: what this token may do here, and what becomes of a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from docbot.app.connect import Connection
from docbot.app.consent import holds_config
from docbot.app.preflight import missing_scope
from docbot.app.setup import Check, State
from docbot.config import FILE_NAME
from docbot.objections import CAPS, Known, limited
from docbot.repository.exchange import tip_of
from docbot.repository.worktree import Worktree


def forge_checks(worktree: Worktree, connection: Connection) -> Iterator[Check]:
    """What the forge says, from reading alone, check by check."""
    yield from _token(connection)
    yield from _places(connection)
    yield from _base(worktree, connection)
    yield from _unattended(worktree, connection)
    yield from _open(connection)
    yield _outcome(connection)


def _token(connection: Connection) -> Iterator[Check]:
    forge = connection.forge
    yield Check("token", State.OK, f"the token belongs to {forge.user}")
    scopes, missing = forge.scopes, missing_scope(forge)
    if scopes is None:
        return
    if missing:
        text = f"the token lacks the scope `{missing}`: run `gh auth refresh -s {missing}`, or make a new one"
        yield Check("token scopes", State.STOP, text)
    elif "workflow" not in scopes:
        text = (
            "the token lacks the scope `workflow`: a push to a fork that is far behind may be refused; "
            "then run `gh auth refresh -s workflow`, or bring the fork up to date first"
        )
        yield Check("token scopes", State.NOTE, text)
    else:
        yield Check("token scopes", State.OK, "the token's scopes suffice")


def _places(connection: Connection) -> Iterator[Check]:
    docs, head = connection.forge.docs, connection.head
    yield Check("docs", State.OK, f"pull requests go to {docs.name}")
    if head is None:
        text = f"you have none of {docs.name}: `docbot propose` makes it when you confirm the first proposal"
        yield Check("fork", State.NOTE, text)
    elif head.name == docs.name:
        yield Check("fork", State.OK, f"none is needed: you may push to {docs.name}")
    else:
        yield Check("fork", State.OK, f"branches are pushed to {head.name}")


def _base(worktree: Worktree, connection: Connection) -> Iterator[Check]:
    docs = connection.forge.docs
    if tip_of(worktree, connection.source, connection.base, connection.access) is None:
        text = f"{docs.name} has no branch {connection.base}: set `base` under [propose] in {FILE_NAME}"
        yield Check("base on the forge", State.STOP, text)


def _unattended(worktree: Worktree, connection: Connection) -> Iterator[Check]:
    docs = connection.forge.docs
    if holds_config(worktree, connection):
        text = f"{docs.name} has a docbot config: `docbot propose --yes` may run without a person"
        yield Check("unattended", State.OK, text)
    else:
        text = f"{docs.name} has no {FILE_NAME}: a person confirms each proposal"
        yield Check("unattended", State.NOTE, text)


def _open(connection: Connection) -> Iterator[Check]:
    pulls = connection.forge.pulls()
    standing = [pull for pull in pulls if pull.state == "open"]
    refused = sum(pull.refused for pull in pulls)
    text = (
        f"{len(standing)} of docbot's pull requests are open, {CAPS.open} may be; "
        f"{sum(pull.state == 'merged' for pull in pulls)} were merged, {refused} refused"
    )
    yield Check("pull requests", State.OK, text)
    limit = limited(Known(pulls, None, datetime.now(UTC)))
    if limit is not None:
        yield Check("limits", State.NOTE, limit.reason)


def _outcome(connection: Connection) -> Check:
    place = connection.destination(draft=True)
    text = f"would be pushed to {place.head} and opened against {place.docs}, branch {place.base}"
    return Check("a proposal", State.OK, text)
