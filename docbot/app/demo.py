"""The verb `demo`: the whole main job on the bundled sample, offline, with a forge that lives in memory."""

from __future__ import annotations

from pathlib import Path

import msgspec

from docbot.app.connect import Connection
from docbot.app.propose import Prepared, ProposeOptions, prepare
from docbot.app.send import send
from docbot.demo import bare_copy, build
from docbot.forges.interface import Repository
from docbot.forges.memory import MemoryForge
from docbot.reporters.page import render
from docbot.repository.exchange import tip_of
from docbot.repository.worktree import Worktree
from docbot.types import Outcome, Proposal

REPOSITORY = "example/lantern-docs"
USER = "docbot-user"


class Demo(msgspec.Struct, frozen=True):
    """What the demo did. `page` shows the pull request as its reviewer sees it."""

    fork: Path
    prepared: Prepared
    proposal: Proposal
    commit: str
    outcomes: tuple[Outcome, ...]
    """Of proposing the same thing twice."""
    page: Path


def demo(folder: Path) -> Demo:
    """Run the demo in the empty folder `folder`."""
    repository = folder / "lantern-docs"
    repository.mkdir()
    build(repository)
    docs, fork = (bare_copy(repository, folder / f"{owner}.git") for owner in ("example", "your-fork"))
    known = Repository(f"{USER}/lantern-docs", "main", fork.as_uri(), may_push=True, parent=REPOSITORY)
    forge = MemoryForge(REPOSITORY, user=USER, fork=known)
    connection = Connection(forge, None, docs.as_uri(), fork.as_uri(), known, "main")
    worktree = Worktree.open(repository)
    prepared, outcome = _run(worktree, connection)
    _, again = _run(worktree, connection)
    proposal = prepared.plan.proposals[0]
    page = folder / "pull-request.html"
    html = render(
        proposal,
        outcome,
        prepared.plan.held,
        rules={rule.name: rule for rule in prepared.scanned.rules},
        disclosure=prepared.disclosure,
        repository=REPOSITORY,
    )
    page.write_text(html, encoding="utf-8", newline="\n")
    commit = tip_of(worktree, fork.as_uri(), proposal.branch) or ""
    return Demo(fork, prepared, proposal, commit, (outcome, again), page)


def _run(worktree: Worktree, connection: Connection) -> tuple[Prepared, Outcome]:
    prepared = prepare(worktree, ProposeOptions(jobs=1, unattended=True), connection)
    [outcome] = send(prepared, connection, lambda text: None)
    return prepared, outcome
