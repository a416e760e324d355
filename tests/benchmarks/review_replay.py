"""What review says of edits that people merged, and of edits that they took back.

    python -m tests.benchmarks.review_replay CLONE --merged 35 --reverted 15 --seed 1 [--texts]
    python -m tests.benchmarks.review_replay CLONE --commit 1a2b3c4 --commit ...

CLONE is a docs repository with its history. Each edit is reviewed as the pull request that it was: checked
out beside the clone, held against its first parent, on the day of its commit: nothing later is in sight.
Prints every hunk with its judgement and reasons (with `--texts` its lines as well), then the totals in a
table. A "don't" on an edit that stayed is a false alarm; a "proven" on one that was taken back is next.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from docbot.app import ScanOptions, review
from docbot.errors import DocbotError
from docbot.repository import history_commands
from docbot.repository.checkout import checkout_of
from docbot.repository.patches import Patch, patches
from docbot.repository.worktree import Worktree
from docbot.review.values import Judged, Judgement, Review

_MOST_PAGES, _MOST_LINES = 5, 60
_SOON = 365 * 86400
"""Seconds within which lines have to say again what they said, for the edit to count as taken back."""
_NAMED = re.compile(r"This reverts commit ([0-9a-f]{7,64})")
_STAGES = (Judgement.PROVEN, Judgement.LOOK, Judgement.DONT)

_Place = tuple[str, tuple[bytes, ...], tuple[bytes, ...]]


class Edit(NamedTuple):
    """A merged pull request or a commit: when it was made, and the lines that it replaced, by page."""

    commit: str
    time: int
    pages: frozenset[str]
    hunks: tuple[_Place, ...]

    @property
    def by_hand(self) -> bool:
        """Whether it is as large as what a person reads in one sitting."""
        lines = sum(len(old) + len(new) for _, old, new in self.hunks)
        return 1 <= len(self.pages) <= _MOST_PAGES and 1 <= lines <= _MOST_LINES


def git(clone: Path, *argv: str) -> str:
    """What git prints. Raises CalledProcessError when it fails."""
    done = subprocess.run(("git", "-C", str(clone), *argv), check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


def edits(clone: Path, since: str, *, main_line: bool) -> list[Edit]:
    """Every step of the main line since a day, or else every commit that is no merge; oldest first."""
    worktree = Worktree.open(clone)
    with history_commands.log_patches(
        worktree.git, worktree.head or "", corrections=not main_line, options=(f"--since={since}",)
    ) as stream:
        found = [_edit(patch) for patch in patches(stream.lines)]
    return sorted(found, key=lambda edit: (edit.time, edit.commit))


def _edit(patch: Patch) -> Edit:
    pages = frozenset(change.new or change.old or "" for change in patch.pages)
    hunks = ((change.new or "", hunk.old, hunk.new) for change in patch.pages for hunk in change.hunks)
    return Edit(patch.id, patch.time, pages, tuple(hunks))


def taken_back(clone: Path, since: str, every: Sequence[Edit]) -> dict[str, str]:
    """The edits that were taken back, and the commit by which.

    A later message names the commit; or one other soon puts back half of the places that it changed.
    """
    known = {edit.commit for edit in every}
    messages = git(clone, "log", f"--since={since}", "--grep=This reverts commit", "--format=%H %b%x00")
    found: dict[str, str] = {}
    for message in messages.split("\0"):
        by, _, body = message.strip().partition(" ")
        found |= {one: by for name in _NAMED.findall(body) for one in known if one.startswith(name)}
    open_: dict[_Place, list[Edit]] = defaultdict(list)
    for edit in every:
        undone: Counter[Edit] = Counter()
        for path, old, new in edit.hunks:
            undone.update(one for one in open_[path, new, old] if edit.time - one.time <= _SOON)
            open_[path, old, new].append(edit)
        for one, hunks in undone.items():
            if 2 * hunks >= len(one.hunks):
                found.setdefault(one.commit, edit.commit)
    return found


def reviewed(clone: Path, commit: str) -> Review:
    """The edit as a pull request. Raises DocbotError for what can't be reviewed."""
    day = datetime.fromtimestamp(int(git(clone, "log", "-1", "--format=%ct", commit)), UTC).date()
    with checkout_of(Worktree.open(clone), commit, lazy=False) as place:
        return review(place.root, f"{commit}^1", ScanOptions(today=day, sources=()))


def told(name: str, done: Review, *, texts: bool) -> Iterator[str]:
    """The lines that are printed of an edit."""
    yield f"\n## {name}"
    for one in done.hunks:
        before, after = done.before.get(one.hunk.old_path, ""), done.after.get(one.hunk.path, "")
        line = after.count("\n", 0, one.hunk.after.start) + 1
        yield f"* **{one.judgement.value}** {one.hunk.path}:{line} ({one.hunk.kind.value})"
        yield from (f"  - {reason}" for reason in one.said)
        if texts:
            yield from (f"    -{row}" for row in one.hunk.before.of(before).splitlines()[:12])
            yield from (f"    +{row}" for row in one.hunk.after.of(after).splitlines()[:12])
    yield from (f"* elsewhere {f.path}: {f.rule}: {f.message}" for f in done.elsewhere)


def totals(said: Iterable[tuple[str, Judged]]) -> Iterator[str]:
    """The table of shares, by kind of edit."""
    counts: dict[str, Counter[Judgement]] = defaultdict(Counter)
    for kind, one in said:
        counts[kind][one.judgement] += 1
    yield "\n| edits | hunks | proven | look here | don't |\n|---|---|---|---|---|"
    for kind, found in counts.items():
        every = found.total()
        cells = (f"{found[stage]} ({found[stage] / every:.0%})" for stage in _STAGES)
        yield f"| {kind} | {every} | {' | '.join(cells)} |"


def chosen(clone: Path, options: argparse.Namespace) -> list[tuple[str, str]]:
    """What is reviewed, oldest first: what was asked for, or so many of each kind, drawn by the seed."""
    if options.commit:
        return [("asked", git(clone, "rev-parse", name).strip()) for name in options.commit]
    every, steps = (edits(clone, options.since, main_line=way) for way in (False, True))
    back = taken_back(clone, options.since, every)
    gone = {*back, *back.values()}
    merged = [step for step in steps if step.by_hand and step.commit not in gone]
    reverted = [step for step in every if step.by_hand and step.commit in back]
    draw = random.Random(options.seed)
    found = [("merged", one) for one in draw.sample(merged, min(options.merged, len(merged)))]
    found += [("reverted", one) for one in draw.sample(reverted, min(options.reverted, len(reverted)))]
    found.sort(key=lambda pair: (pair[1].time, pair[1].commit))
    return [(kind, edit.commit) for kind, edit in found]


def main(argv: Sequence[str]) -> None:
    """Review what is chosen and print what was said."""
    parser = argparse.ArgumentParser()
    parser.add_argument("clone", type=Path)
    parser.add_argument("--merged", type=int, default=50)
    parser.add_argument("--reverted", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--since", default="2019-01-01")
    parser.add_argument("--commit", action="append", default=[])
    parser.add_argument("--texts", action="store_true")
    options = parser.parse_args(argv)
    said: list[tuple[str, Judged]] = []
    for kind, commit in chosen(options.clone, options):
        name = f"{kind} {git(options.clone, 'log', '-1', '--format=%h %cs %s', commit).strip()}"
        try:
            done = reviewed(options.clone, commit)
        except DocbotError as error:
            print(f"\n## {name}\nnot reviewed: {error}", flush=True)
            continue
        print("\n".join(told(name, done, texts=options.texts)), flush=True)
        said += [(kind, one) for one in done.hunks]
    print("\n".join(totals(said)))


if __name__ == "__main__":
    main(sys.argv[1:])
