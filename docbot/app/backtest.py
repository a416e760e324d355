"""The verb `backtest`: every rule, run on the docs as they were, against what people did since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace

from docbot.app.draft import draft
from docbot.app.scan import Progress, ScanOptions, nobody, scan
from docbot.backtest import Trialled, by_rule, trialled
from docbot.config import load
from docbot.errors import UsageError
from docbot.measured import Measured
from docbot.repository.checkout import checkout_of
from docbot.repository.since import changes_since, commit_before
from docbot.repository.worktree import Worktree
from docbot.types import Notice


class Backtested(msgspec.Struct, frozen=True):
    """What a backtest found."""

    since: date
    commit: str
    """The commit that was looked at, by its full id."""
    trials: tuple[Trialled, ...]
    rules: dict[str, Measured]
    refused: int
    """Drafts that a gate refused: nobody would have seen them."""
    notices: tuple[Notice, ...]


def backtest(path: Path, since: date, options: ScanOptions, progress: Progress = nobody) -> Backtested:
    """Run the rules on the docs at `path` as they stood on `since`, and count what became of each draft.

    The state of then is checked out beside the user's own, with a history that ends there; `since` is taken
    for today. The settings are today's, without what earlier backtests measured. No cache is used, so that
    nothing later is known. Raises UsageError where the history doesn't reach back to `since`.
    """
    worktree = Worktree.open(path)
    if worktree.partial:
        raise UsageError("old pages are missing in this partial clone: clone the docs without `--filter`")
    commit = commit_before(worktree, since)
    config = replace(load(worktree.root), measured={}, baseline="")
    # The code that docs speak of has gone on as well: it would tell what came later.
    asked = replace(options, config=config, today=since, drafting=True, cache=False, sources=None)
    with checkout_of(worktree, commit, lazy=False) as then:
        scanned = scan(then.root / worktree.prefix if worktree.prefix else then.root, asked, progress)
        drafted = draft(scanned, progress=progress)
    trials = tuple(trialled(drafted.drafts, drafted.texts, changes_since(worktree, commit)))
    return Backtested(
        since=since,
        commit=commit,
        trials=trials,
        rules=by_rule(trials, since, 0.0 if options.show_all else config.confidence),
        refused=sum(not one.passed for one in drafted.drafts) + len(drafted.held),
        notices=(*scanned.report.notices, *drafted.notices),
    )
