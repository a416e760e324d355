"""A workflow's job run for real, offline: its steps by `act`, without containers, against the stand-in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.contract.github import GitHub

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / ".github" / "examples"
ACTION = f"OWNER/docbot@{'0' * 40}"
"""How the examples call this action."""
_LEVELS = ("error", "warning", "notice")
Json = dict[str, Any]


class Acted(NamedTuple):
    """How a run of a workflow ended, and everything that its runner noted."""

    code: int
    log: list[Json]

    def of(self, *step: str) -> list[Json]:
        """The notes about one step, by its ids from the outermost in."""
        return [note for note in self.log if note.get("stepID") == list(step)]

    def outputs(self, step: str = "docbot") -> dict[str, str]:
        """The outputs of a step of the workflow."""
        return {note["name"]: note["arg"] for note in self.of(step) if note.get("command") == "set-output"}

    def summary(self, step: str = "docbot") -> str:
        """What the action of a step added to the job's summary."""
        return "".join(note["content"] for note in self.of(step, "run") if note.get("command") == "summary")

    def annotations(self, level: str, step: str = "docbot") -> list[Json]:
        """The annotations of a level that the action of a step made, each with `kvPairs` and `arg`."""
        return [note for note in self.of(step, "run") if note.get("command") == level]

    def commands(self) -> set[str]:
        """Every command that the runner took from anything that was printed or written."""
        return {note["command"] for note in self.log if "command" in note}

    @property
    def printed(self) -> str:
        """All that the steps printed."""
        return "".join(note["msg"] for note in self.log if note.get("raw_output"))

    @property
    def everything(self) -> str:
        """The whole log, for what must be nowhere in it."""
        return json.dumps(self.log, ensure_ascii=False)


class Runner:
    """A runner that has one checkout, and the tokens it was given."""

    def __init__(self, hub: GitHub, folder: Path) -> None:
        self.hub, self.folder = hub, folder
        self.places: dict[str, Path] = {ACTION: ROOT}
        """Actions, as workflows call them, and the folders that are taken for them."""

    def run(
        self,
        workflow: Path,
        event: str,
        payload: Mapping[str, object],
        *,
        token: str,
        checkout: Path,
        repository: str,
        **variables: str,
    ) -> Acted:
        """Run every job of `workflow` for an event; `variables` are in the environment of its steps."""
        self.folder.mkdir(exist_ok=True)
        file = self.folder / "event.json"
        file.write_text(json.dumps(payload), "utf-8")
        given = {
            "GITHUB_API_URL": self.hub.api_url,
            "GITHUB_SERVER_URL": self.hub.server_url,
            "GITHUB_REPOSITORY": repository,
            **{name: os.environ[name] for name in os.environ if name.startswith(("GIT_", "XDG_"))},
            **variables,
        }
        done = subprocess.run(
            [
                *(Path(sys.executable).with_name("act"), event, "--json", "--workflows", workflow),
                *("--eventpath", file, "--platform", "ubuntu-latest=-self-hosted"),
                *("--no-cache-server", "--secret", "GITHUB_TOKEN"),
                *(f"--local-repository={name}={place}" for name, place in self.places.items()),
                *(word for name, value in given.items() for word in ("--env", f"{name}={value}")),
            ],
            cwd=checkout,
            # Given on the command line, everybody would see it.
            env={**os.environ, **_PATH, "XDG_CACHE_HOME": str(self.folder), "GITHUB_TOKEN": token},
            input=b"",
            capture_output=True,
            check=False,
            timeout=300,
        )
        lines = done.stdout.decode().splitlines()
        log = [json.loads(line) for line in lines if line.startswith("{")]
        assert any("jobResult" in note for note in log), (done.stdout, done.stderr)
        return Acted(done.returncode, log)


_PATH = {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
"""So that `python3` is the one that has docbot, and nothing is installed."""


def payload(hub: GitHub, repository: str, number: int = 0) -> Json:
    """GitHub's account of an event, as far as docbot reads it; of the pull request `number`, if given."""
    here = hub.repository(repository)
    event: Json = {"repository": {"full_name": here.full_name, "default_branch": here.default_branch}}
    if number:
        pull = next(pull for pull in hub.pulls(repository) if pull.number == number)
        head = pull.head_repository
        event["number"] = number
        event["pull_request"] = {
            "number": number,
            "base": {"ref": pull.base, "sha": pull.base_sha},
            "head": {
                "ref": pull.head,
                "sha": pull.head_sha,
                "repo": {"full_name": head.full_name} if head else None,
            },
        }
    return event
