"""What is said to ask nobody asks nobody: neither docbot, nor its git, nor anything else that it runs."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tests.end_to_end.conftest import DOCS
from tests.end_to_end.processes import CHEAP, Ended, Place, Sources, sources

GUARD = """
import os, sys

NETWORK = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")
PROGRAMS = ("subprocess.Popen", "os.posix_spawn", "os.exec", "os.system")

def note(event, args):
    if event in NETWORK and getattr(args[0], "family", None) != getattr(__import__("socket"), "AF_UNIX", -1):
        say(f"network {event} {args[1:]}")
        os._exit(97)
    if event in PROGRAMS:
        say(f"program {args[1] if event == 'subprocess.Popen' else args[0]}")

def say(line):
    with open(os.environ["GUARD_NOTES"], "a", encoding="utf-8") as notes:
        notes.write(line + "\\n")

sys.addaudithook(note)
say("on guard")
"""
TALKS = frozenset(
    "clone fetch fetch-pack ls-remote pull push remote-http remote-https send-pack submodule".split()
)
"""Commands of git that talk to a server."""


class Watched(Place):
    """A place where every connection of docbot's ends it, and git is allowed none but to a folder."""

    def run(self, *arguments: str) -> Ended:
        """A whole run of docbot."""
        guard = self.home.parent / "guard"
        guard.mkdir(exist_ok=True)
        (guard / "sitecustomize.py").write_text(GUARD, "utf-8")
        path = os.pathsep.join((str(guard), str(ROOT)))
        changed = {"PYTHONPATH": path, "GIT_ALLOW_PROTOCOL": "file", "GUARD_NOTES": str(self.notes)}
        with self.start(*arguments, **changed) as started:
            out, err = started.communicate(timeout=120)
        return Ended(started.returncode, out.decode(), err.decode())

    @property
    def notes(self) -> Path:
        """What the guard saw."""
        return self.home.parent / "notes"

    def git_commands(self) -> set[str]:
        """The commands that git ran, of its own accord as well."""
        found = set()
        for trace in self.traces.iterdir():
            for line in trace.read_text("utf-8").splitlines():
                event = json.loads(line)
                found |= {event["name"]} if event["event"] == "cmd_name" else set()
                found |= set(event["argv"][:2]) if event["event"] == "child_start" else set()
        return found


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture
def place(tmp_path: Path, given: Sources) -> Iterator[Watched]:
    """A clone that knows of a newer base than is checked out."""
    with Watched(tmp_path, given) as place:
        place.clone.git("fetch", "--quiet", "origin")
        place.hub.log.clear()
        yield place


def check_silence(place: Watched, *, allowed: Collection[str] = ()) -> None:
    """Nobody was asked. `allowed` are commands of git that talked to a folder."""
    notes = place.notes.read_text("utf-8")
    assert "on guard" in notes
    assert "network" not in notes
    assert place.hub.log == []
    assert place.git_commands() & TALKS <= set(allowed)
    programs = {line.partition("'")[2].partition("'")[0] for line in notes.splitlines() if "program" in line}
    assert {Path(program).stem for program in programs} <= {"git", "typos"}


OFFLINE = {
    "propose, dry": ("propose", "{clone}", "--offline", "--dry-run"),
    "propose": ("propose", "{clone}", "--offline", "--yes", CHEAP),
    "propose, by hand": ("propose", "{clone}", "--offline", "--dry-run", "--mine", "--because=why"),
    "draft": ("draft", "{clone}"),
    "scan": ("scan", "{clone}", "--sections"),
    "scan to a page": ("scan", "{clone}", "--format=sarif"),
    "rules": ("rules", "doubled-word"),
    "init": ("init", "{clone}"),
}


@pytest.mark.parametrize("verb", OFFLINE)
def test_t28_nobody_is_asked(place: Watched, verb: str) -> None:
    page = place.clone.root / "docs" / "install.md"
    page.write_text(page.read_text("utf-8").replace("the the", "the"), "utf-8")
    (place.clone.root / ".docbot.toml").unlink()
    ran = place.run(*(word.format(clone=place.clone.root) for word in OFFLINE[verb]))
    assert ran.code == 0, ran.err
    assert ran.out + ran.err
    check_silence(place)


def test_t28_the_demo_talks_to_a_folder_alone(place: Watched) -> None:
    ran = place.run("demo")
    assert ran.code == 0, ran.err
    check_silence(place, allowed={"clone", "fetch", "ls-remote", "push"})


def test_t28_what_is_offline_is_the_same_proposal(place: Watched) -> None:
    ran = place.run("propose", str(place.clone.root), "--offline", "--yes", CHEAP)
    assert ran.code == 0, ran.err
    assert "Remove doubled words in install.md" in ran.out
    [branch] = place.clone.git("for-each-ref", "--format=%(refname)", "refs/heads/docbot/").splitlines()
    assert place.clone.git("rev-parse", f"{branch}^") == place.clone.git("rev-parse", "origin/main")


@pytest.mark.parametrize(
    ("options", "code"),
    [(("--filter=blob:none",), 0), (("--depth=1",), 0), (("--filter=blob:none", "--sparse"), 4)],
)
def test_t28_nor_for_what_a_clone_lacks(place: Watched, options: tuple[str, ...], code: int) -> None:
    url = f"{place.hub.server_url}/{DOCS}.git"
    folder = place.home.parent / "part"
    subprocess.run(("git", "clone", "--quiet", *options, url, folder), check=True)
    place.hub.log.clear()
    ran = place.run("propose", str(folder), "--offline", "--dry-run")
    assert ran.code == code, ran.err
    assert code == 0 or "nobody may be asked for them: run it without --offline" in ran.err
    check_silence(place)


def test_the_guard_ends_whoever_asks(place: Watched) -> None:
    ran = place.run("propose", str(place.clone.root), "--dry-run")
    assert ran.code == 97
    assert "network socket." in place.notes.read_text("utf-8")
    with pytest.raises(AssertionError):
        check_silence(place)


def test_the_trace_shows_a_git_that_asks(place: Watched) -> None:
    place.clone.git("ls-remote", "-q", "origin", env={"GIT_TRACE2_EVENT": str(place.traces)})
    assert place.git_commands() & TALKS == {"ls-remote", "remote-http"}
