"""Killed between any two things it does outside: the next run ends as if nothing had happened."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import pytest

from tests.contract.github import Call
from tests.contract.world import START
from tests.end_to_end.conftest import DOCS
from tests.end_to_end.processes import Place, Sources, sources

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sessions to kill: NOT tested")
Prepare = Callable[[Place], None]
OWN = ("index", "HEAD", "settings", "files", "locks")
"""What of a checkout is its user's alone."""


class Moment(NamedTuple):
    """A request of an undisturbed run, by its number; `done` when it is answered to nobody."""

    number: int
    done: bool
    call: Call

    @property
    def name(self) -> str:
        return f"{'after' if self.done else 'before'} {self.number}: {self.call.method} {self.call.path}"


class Calm(NamedTuple):
    """An undisturbed run: its requests, and how it leaves everything."""

    calls: list[Call]
    end: dict[str, object]

    def moments(self) -> list[Moment]:
        """Every moment to be killed at. To a read nothing is done, so that it is one moment and not two."""
        return [
            Moment(number, done, call)
            for number, call in enumerate(self.calls)
            for done in ((False, True) if call.writes else (False,))
        ]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return sources(tmp_path_factory.mktemp("sources"))


def end_of(place: Place) -> dict[str, object]:
    """All that is at GitHub in the end. Ids of commits change with the clock, so their content is told."""
    pulls = [
        (one.number, one.title, one.body, one.base, one.label, one.draft, one.state)
        for one in place.hub.pulls(DOCS)
    ]
    branches: dict[str, object] = {}
    for repository in place.hub.repositories.values():
        for name, sha in repository.bare.heads().items():
            commit = repository.bare.commit(sha)
            branches[f"{repository.full_name} {name}"] = (commit.tree, commit.parents, commit.message)
    return {"pulls": pulls, "branches": branches}


def check_clone(place: Place, before: dict[str, object]) -> None:
    """The user's clone is sound and as it was, whatever was cut off."""
    clone = place.clone
    after = clone.snapshot()
    assert {key: after[key] for key in OWN} == {key: before[key] for key in OWN}
    assert clone.git("status", "--porcelain") == ""
    clone.git("fsck", "--strict")
    assert clone.git("for-each-ref", "--format=%(refname)", "refs/heads/") == "refs/heads/main"
    assert "\ngarbage: 0\n" in clone.git("count-objects", "-v")
    # As the system does sooner or later with what nobody touches.
    rmtree(place.temporary)
    clone.git("worktree", "prune")
    assert clone.git("worktree", "list", "--porcelain").count("worktree ") == 1


def calm(folder: Path, given: Sources, prepare: Prepare) -> Calm:
    """What an undisturbed run does, and how it ends."""
    with place_at(folder, given, prepare) as place:
        ran = place.propose()
        assert ran.code == 0, ran.err
        return Calm(list(place.hub.log), end_of(place))


def place_at(folder: Path, given: Sources, prepare: Prepare) -> Place:
    folder.mkdir()
    place = Place(folder, given)
    prepare(place)
    place.hub.log.clear()
    return place


def failure(folder: Path, given: Sources, prepare: Prepare, whole: Calm, moment: Moment) -> str:
    """What is wrong after a run was killed at `moment` and another was not; empty when nothing is."""
    with place_at(folder, given, prepare) as place:
        before = place.clone.snapshot()
        killed = place.killed_at(moment.number, done=moment.done)
        happened = [call.operation for call in place.hub.writes if 200 <= call.status < 300]
        place.hub.log.clear()
        ran = place.propose()
        try:
            assert killed.code == -9, killed.err
            assert ran.code == 0, ran.err
            wanted = [call.operation for call in whole.calls if call.writes]
            assert [*happened, *(call.operation for call in place.hub.writes)] == wanted
            assert end_of(place) == whole.end
            check_clone(place, before)
            place.hub.check()
        except AssertionError as error:
            return f"{moment.name}: {error}"
    rmtree(folder)
    return ""


def walk(folder: Path, given: Sources, prepare: Prepare, *, from_write: bool = False) -> list[Moment]:
    """Be killed at every moment, or at every one from the first write on, two at a time; the moments."""
    whole = calm(folder / "calm", given, prepare)
    moments = whole.moments()
    if from_write:
        moments = moments[next(i for i, moment in enumerate(moments) if moment.call.writes) :]
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(failure, folder / str(number), given, prepare, whole, moment)
            for number, moment in enumerate(moments)
        ]
        failures = [said for job in jobs if (said := job.result())]
    assert not failures, "\n\n".join(failures)
    return moments


def test_killed_on_the_way_to_a_first_pull_request(tmp_path: Path, given: Sources) -> None:
    moments = walk(tmp_path, given, lambda place: None)
    assert [moment.call.operation for moment in moments if moment.done] == [
        *("repos/create-fork", "git-receive-pack", "pulls/create")
    ]
    assert len(moments) > 15


def outgrown(place: Place) -> None:
    """The docs have a proposal already, and get one more page with the same flaw."""
    ran = place.propose()
    assert ran.code == 0, ran.err
    # At a time of its own, so that its id never changes.
    place.hub.now = START
    page: dict[str, bytes | None] = {"docs/more/install.md": b"# More\n\nOpen the the box.\n"}
    place.hub.person("lantern-team").push(DOCS, "main", page, "Add more")
    place.hub.now = None


def test_killed_while_a_pull_request_is_brought_up_to_date(tmp_path: Path, given: Sources) -> None:
    moments = walk(tmp_path, given, outgrown, from_write=True)
    assert [moment.call.operation for moment in moments if moment.done] == [
        *("git-receive-pack", "pulls/update")
    ]
