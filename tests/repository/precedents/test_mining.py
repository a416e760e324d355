from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from docbot.measured import Measured
from docbot.repository.precedents import events
from docbot.repository.precedents.mining import precedents
from docbot.repository.precedents.pairs import Form, Kind
from docbot.repository.precedents.tokens import Scope
from docbot.repository.precedents.values import Precedents, Standing
from docbot.repository.worktree import Worktree
from tests.helpers.git import ADDRESS, Builder

PAGES, SWEPT, APART = 96, 6, 75
"""Pages, pages that one commit changes, and days between two of those."""
ON = Form(Scope.CODE, "$On", "$on")
Line = Callable[[int], str]


def old(number: int) -> str:
    return f"Set number {number} to `$On` first.\n"


def new(number: int) -> str:
    return f"Set number {number} to `$on` first.\n"


def swept(docs: Builder, before: Line = old, after: Line = new, commits: int = 14) -> Builder:
    """A history in which one commit after the other changes a few pages from `before` to `after`."""
    docs.commit({f"p{n}.md": f"# Page {n}\n\n{before(n)}" for n in range(PAGES)})
    for number in range(commits):
        docs.commits += APART
        some = range(number * SWEPT, (number + 1) * SWEPT)
        docs.commit({f"p{n}.md": f"# Page {n}\n\n{after(n)}" for n in some})
    return docs


def mined(docs: Builder) -> Precedents:
    """The precedents of the commit that is checked out, none of which could be read only in part."""
    warnings: list[str] = []
    found = precedents(Worktree.open(docs.root), warnings.append)
    assert warnings == []
    return found


def test_a_campaign_that_runs_is_drafted(docs: Builder) -> None:
    found = mined(swept(docs))
    (one,) = found.known
    assert (one.form, one.kind, one.standing) == (ON, Kind.CASE, Standing.DRAFTED)
    assert (one.times, one.pages, one.people, one.remaining) == (84, 84, 1, 12)
    assert (one.fixed, one.left, one.path) == (30, 0, "p84.md")
    assert (one.first.date, one.last.date) == ("2024-03-17", "2026-11-30")
    assert one.last.id == docs.head()[:10]
    assert found.measured["case"].agreement == 1.0


def test_a_sweep_that_is_over_is_nothing(docs: Builder) -> None:
    swept(docs)
    docs.commits += 500
    docs.commit({"other.md": "It goes on elsewhere."})
    assert mined(docs) == Precedents()


def test_one_great_sweep_is_nothing(docs: Builder) -> None:
    docs.commit({f"p{n}.md": old(n) for n in range(PAGES)})
    docs.commit({f"p{n}.md": new(n) for n in range(PAGES - 10)})
    docs.commit({f"p{n}.md": new(n) for n in range(PAGES - 10, PAGES - 8)})
    assert mined(docs) == Precedents()


def test_two_directions_are_nothing(docs: Builder) -> None:
    swept(docs, commits=6)
    docs.commits += 1
    docs.commit({f"p{n}.md": f"# Page {n}\n\n{old(n)}" for n in range(12)})
    assert mined(docs) == Precedents()


def test_two_ways_are_nothing(docs: Builder) -> None:
    def either(number: int) -> str:
        return new(number) if number % 3 else old(number).replace("$On", "$ON")

    assert mined(swept(docs, after=either, commits=8)) == Precedents()


def test_no_more_is_read_than_memory_holds(docs: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    swept(docs)
    monkeypatch.setattr(events, "MOST_HUNKS", 30)
    found = mined(docs)
    assert found.measured == {}
    assert [(one.times, one.standing) for one in found.known] == [(30, Standing.ASKED)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Use tool number {0} of 3.0 for it.\n", "Use tool number {0} of 4.0 for it.\n"),
        ("Use (tool number {0} for all of it.\n", "Use tool number {0} for all of it.\n"),
        ("Use the big tool number {0} for it.\n", "Use the large tool number {0} for it.\n"),
        ("```sh\nset {0} to $On at first\n```\n", "```sh\nset {0} to $on at first\n```\n"),
        ("See [it](The{0}/Tool.md) for all.\n", "See [it](the{0}/tool.md) for all.\n"),
    ],
    ids=["number", "half of a pair", "another word", "fence", "link target"],
)
def test_what_is_never_a_habit(docs: Builder, before: str, after: str) -> None:
    assert mined(swept(docs, before.format, after.format, commits=8)) == Precedents()


def test_front_matter_is_passed_over(docs: Builder) -> None:
    pages = {n: f"---\ntitle: Set `$On` number {n}\n---\n\nText.\n" for n in range(24)}
    docs.commit({f"p{n}.md": text for n, text in pages.items()})
    for start in range(0, 24, 6):
        docs.commit({f"p{n}.md": pages[n].replace("$On", "$on") for n in range(start, start + 6)})
    assert mined(docs) == Precedents()


def test_a_thin_history_is_silent(docs: Builder) -> None:
    docs.commit({f"p{n}.md": old(n) for n in range(5)})
    docs.commit({"p0.md": new(0)})
    docs.commit({"p1.md": new(1)})
    assert mined(docs) == Precedents()
    assert precedents(Worktree.open(Builder.init(docs.root.parent / "empty").root)) == Precedents()


def test_a_young_campaign_is_a_question(docs: Builder) -> None:
    docs.commit({f"p{n}.md": old(n) for n in range(PAGES)})
    for start in range(0, 30, 6):
        docs.commit({f"p{n}.md": new(n) for n in range(start, start + 6)})
    (one,) = mined(docs).known
    assert (one.form, one.standing, one.times) == (ON, Standing.ASKED, 30)


def test_what_the_past_contradicts_is_a_question(docs: Builder) -> None:
    swept(docs, commits=7)
    for number in range(7, 14):
        docs.commits += APART
        some = list(range(number * SWEPT, (number + 1) * SWEPT))
        words = [new(n) if n % 2 else old(n).replace("`$On`", "nothing") for n in some]
        docs.commit({f"p{n}.md": f"# Page {n}\n\n{text}" for n, text in zip(some, words, strict=True)})
    found = mined(docs)
    assert found.measured["case"].decided >= 20
    assert found.measured["case"].agreement < 0.85
    assert [one.standing for one in found.known] == [Standing.ASKED]


def test_copies_in_version_folders_count_once(docs: Builder) -> None:
    copies = ("1.0", "2.0", "3.0")
    docs.commit({f"{version}/p.md": old(1) for version in copies})
    for version in copies:
        docs.commit({f"{version}/p.md": new(1)})
    assert mined(docs) == Precedents()


def test_merged_branches_count_by_their_own_commits(docs: Builder) -> None:
    docs.commit({f"p{n}.md": old(n) for n in range(PAGES)})
    for start in range(0, 30, 6):
        docs.git("checkout", "-q", "-b", f"b{start}")
        docs.commit({f"p{n}.md": new(n) for n in range(start, start + 6)})
        docs.git("checkout", "-q", "main")
        docs.merge(f"b{start}")
    (one,) = mined(docs).known
    assert one.times == 30


def test_people_are_told_apart_by_their_address(docs: Builder) -> None:
    docs.commit({f"p{n}.md": old(n) for n in range(PAGES)})
    for start in range(0, 30, 6):
        docs.git("config", "user.email", f"{start // 12}{ADDRESS}")
        docs.commit({f"p{n}.md": new(n) for n in range(start, start + 6)})
    (one,) = mined(docs).known
    assert one.people == 3


def test_odd_bytes_and_huge_lines_stand_in_nobodys_way(docs: Builder) -> None:
    def odd(text: str) -> bytes:
        return b"\xff\xfe \x00 odd\n" + b"x" * 200_000 + b"\n" + text.encode()

    docs.commit({f"p{n}.md": odd(old(n)) for n in range(24)})
    for start in range(0, 18, 6):
        docs.commit({f"p{n}.md": odd(new(n)) for n in range(start, start + 6)})
    (one,) = mined(docs).known
    assert (one.times, one.remaining) == (18, 6)


def heard(docs: Builder) -> list[str]:
    warnings: list[str] = []
    assert precedents(Worktree.open(docs.root), warnings.append) == Precedents()
    return warnings


def test_a_shallow_clone_says_so(docs: Builder, tmp_path: Path) -> None:
    swept(docs, commits=3)
    (said,) = heard(docs.clone(tmp_path / "clone", "--depth=2"))
    assert "git fetch --unshallow" in said


def test_a_partial_clone_says_so_and_fetches_nothing(docs: Builder, tmp_path: Path) -> None:
    swept(docs, commits=3)
    clone = docs.clone(tmp_path / "clone", "--filter=blob:none")
    missing = clone.missing()
    (said,) = heard(clone)
    assert "--filter" in said
    assert clone.missing() == missing != set()


def test_an_object_that_cant_be_read_is_said(docs: Builder) -> None:
    swept(docs, commits=3)
    docs.lose(docs.blob("HEAD~1", "p0.md"))
    (said,) = heard(docs)
    assert "git fsck" in said


def test_measured_counts_are_what_people_did(docs: Builder) -> None:
    measured = mined(swept(docs)).measured["case"]
    assert measured.same >= 20
    assert measured.counts == Measured(measured.same, 0, 0, measured.still, 0).counts
