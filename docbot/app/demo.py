"""The verb `demo`: the whole main job on the bundled sample, offline, with a forge that lives in memory."""

from __future__ import annotations

from pathlib import Path

import msgspec

from docbot.app.propose import Prepared, ProposeOptions, commit_locally, prepare
from docbot.demo import build
from docbot.forges.memory import MemoryForge
from docbot.reporters.page import render
from docbot.types import Outcome, Proposal

REPOSITORY = "example/lantern-docs"


class Demo(msgspec.Struct, frozen=True):
    """What the demo did. `page` shows the pull request as its reviewer sees it."""

    repository: Path
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
    prepared = prepare(repository, ProposeOptions(jobs=1))
    proposal = prepared.plan.proposals[0]
    commit = commit_locally(prepared, proposal)
    forge = MemoryForge(REPOSITORY)
    outcomes = (forge.ensure(proposal, commit), forge.ensure(proposal, commit))
    page = folder / "pull-request.html"
    html = render(
        proposal,
        outcomes[0],
        prepared.plan.held,
        rules={rule.name: rule for rule in prepared.scanned.rules},
        disclosure=prepared.disclosure,
        repository=REPOSITORY,
    )
    page.write_text(html, encoding="utf-8", newline="\n")
    return Demo(repository, prepared, proposal, commit, outcomes, page)
