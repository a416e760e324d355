"""What a repository's own past teaches, on real histories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from docbot.attention import past
from docbot.attention.calibration import Calibration
from docbot.attention.parts import HISTORY
from docbot.attention.past import Window, calibrated, window_of
from docbot.repository.line_history import line_history
from docbot.repository.worktree import Worktree
from tests.helpers.git import Builder
from tests.helpers.long_history import Step, grow

PAGES = 100
_NAMES = ("Alpha", "Beta", "Gamma")


def page(number: int, edits: int = 0, rewritten: bool = False) -> str:
    """Three sections that were edited so many times, and rewritten in the end."""
    said = "Everything here is said anew, with quite other words." if rewritten else f"The port is {edits}."
    return f"# Page {number}\n\n" + "".join(f"## {name}\n\n{said}\n\n" for name in _NAMES)


def history(rewrites: range, *, until: int = 1600) -> Iterator[Step]:
    """Pages 0 to 39 are edited in the first two years; those in `rewrites` are rewritten after."""
    yield Step(0, {f"{n}.md": page(n) for n in range(PAGES)})
    for n in range(120):
        yield Step(10 + 5 * n, {f"{n % 40}.md": page(n % 40, 1 + n // 40)})
    for at, n in enumerate(rewrites):
        yield Step(1000 + 5 * at, {f"{n}.md": page(n, 9, rewritten=True)})
    yield Step(until, {"README.txt": "x"})


def learnt(docs: Builder) -> Calibration:
    worktree = Worktree.open(docs.root)
    return calibrated(worktree, window_of(worktree), (), sorted)[0]


def test_what_foretold_is_kept(docs: Builder) -> None:
    grow(docs, history(range(40)))
    found = learnt(docs)
    assert set(HISTORY) <= found.weights.keys()
    assert min(found.weights[name] for name in HISTORY) > 0.05


def test_what_misled_is_dropped_and_it_is_said(docs: Builder) -> None:
    grow(docs, history(range(40, PAGES)))
    found = learnt(docs)
    assert found.weights == {}
    assert "foretold" in found.doubt


def test_the_line_history_goes_on_from_the_past(docs: Builder) -> None:
    grow(docs, history(range(40)))
    worktree = Worktree.open(docs.root)
    _, before = calibrated(worktree, window_of(worktree), (), sorted)
    assert before is not None
    whole = line_history(worktree)
    assert len(before.history.commits) < len(whole.history.commits)
    assert line_history(worktree, (), before) == whole


def test_nothing_after_the_window_is_looked_at(docs: Builder) -> None:
    grow(docs, history(range(40)))
    window = window_of(Worktree.open(docs.root))
    assert docs.git("show", "-s", "--format=%ct", window.then) == str(window.time)
    shown = docs.git("show", f"{window.then}:0.md")
    assert "anew" not in shown
    assert "The port is 3." in shown


def test_a_page_that_went_is_neither_rewritten_nor_left(docs: Builder) -> None:
    *steps, last = history(range(40))
    quiet = Step(1500, {f"{n}.md": None for n in range(40, PAGES)})
    grow(docs, [*steps, last])
    kept = learnt(docs)
    grow(docs, [*steps, quiet, last])
    # All pages that are left were busy: that one was tells nothing any more.
    assert learnt(docs).weights.get("page", 0) < kept.weights["page"] / 2


class TestWindow:
    def of(self, docs: Builder) -> Window:
        return window_of(Worktree.open(docs.root))

    def test_two_years_or_half_of_a_younger_history(self, docs: Builder) -> None:
        grow(docs, [Step(day, {"a.md": f"{day}\n"}) for day in range(0, 2000, 10)])
        window = self.of(docs)
        assert not window.doubt
        assert 700 < (window.now - window.time) / 86_400 < 800
        grow(docs, [Step(day, {"a.md": f"{day}\n"}) for day in range(0, 600, 10)])
        window = self.of(docs)
        assert 270 < (window.now - window.time) / 86_400 < 350

    def test_it_stays_the_same_for_a_month(self, docs: Builder) -> None:
        days = [*range(0, 1500, 10), 1519, 1520, 1521]
        seen = set()
        for end in (1519, 1520, 1521):
            grow(docs, [Step(day, {"a.md": f"{day}\n"}) for day in days if day <= end])
            seen.add((self.of(docs).then, self.of(docs).until))
        assert len(seen) == 1

    def test_a_young_history_teaches_nothing(self, docs: Builder) -> None:
        grow(docs, [Step(day, {"a.md": f"{day}\n"}) for day in range(0, 300, 10)])
        assert "too short" in self.of(docs).doubt

    def test_clocks_that_ran_backwards(self, docs: Builder) -> None:
        grow(docs, [Step(day, {"a.md": f"{day}\n"}) for day in (3000, 20, 2900, 0, 1500, 2990, 1, 3001)])
        window = self.of(docs)
        assert window.doubt or docs.git("merge-base", "--is-ancestor", window.then, window.until) == ""

    def test_a_clock_beyond_all_years(self, docs: Builder) -> None:
        grow(docs, [Step(day, {"a.md": f"{day}\n"}) for day in (0, 2000, 10**9)])
        assert not self.of(docs).doubt
        assert line_history(Worktree.open(docs.root)).history.commits[-1].date == "9999-12-31"

    def test_no_commit_shallow_and_partial(self, docs: Builder, tmp_path: Path) -> None:
        assert "no commit" in self.of(docs).doubt
        grow(docs, [Step(day, {"a.md": f"{day}\n"}) for day in range(0, 2000, 100)])
        assert "shallow" in self.of(docs.clone(tmp_path / "shallow", "--depth=2")).doubt
        partial = docs.clone(tmp_path / "partial", "--filter=blob:none")
        assert "partial" in self.of(partial).doubt


def test_few_commits_by_hand_teach_nothing(docs: Builder) -> None:
    grow(docs, [Step(day, {"a.md": f"{day}\n"}) for day in range(0, 2000, 20)])
    assert f"fewer than {past.ENOUGH_COMMITS} commits" in learnt(docs).doubt


def test_bulk_commits_are_not_by_hand(docs: Builder) -> None:
    names = [f"{n}.md" for n in range(31)]
    grow(docs, [Step(day, dict.fromkeys(names, f"{day}\n")) for day in range(0, 2000, 5)])
    assert "commits by hand" in learnt(docs).doubt


def test_an_old_page_that_is_lost_is_said(docs: Builder) -> None:
    for n in range(30):
        docs.commits = 60 * n
        docs.commit({"a.md": f"{n}\n"})
    docs.lose(docs.blob("HEAD~25", "a.md"))
    assert "can't read" in learnt(docs).doubt


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    """An empty docs repository."""
    return Builder.init(tmp_path / "docs")
