"""A workflow's job run for real, offline: its steps by `act`, without containers, against the stand-in."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from tests.contract.github import GitHub

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / ".github" / "examples"
ACTION = f"OWNER/docbot@{'0' * 40}"
"""How the examples call this action."""
# What GitHub's own actions do, between the jobs of one run, with a folder for GitHub.
_UPLOAD = """
name: stand-in
description: Keeps a file in the folder of its artifact.
inputs: {name: {description: n}, path: {description: p}, if-no-files-found: {description: i}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {NAME: "${{ inputs.name }}", FILE: "${{ inputs.path }}"}
      run: mkdir -p "$ARTIFACTS/$NAME" && cp "$FILE" "$ARTIFACTS/$NAME/"
"""
_DOWNLOAD = """
name: stand-in
description: Brings what is in the folder of an artifact.
inputs: {name: {description: n}, path: {description: p}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {NAME: "${{ inputs.name }}", FOLDER: "${{ inputs.path }}"}
      run: mkdir -p "$FOLDER" && cp "$ARTIFACTS/$NAME/"* "$FOLDER/"
"""
_SARIF = """
name: stand-in
description: Keeps a file of SARIF.
inputs: {sarif_file: {description: f}, category: {description: c}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {FILE: "${{ inputs.sarif_file }}", NAME: "${{ inputs.category }}"}
      run: mkdir -p "$ARTIFACTS/sarif" && cp "$FILE" "$ARTIFACTS/sarif/$NAME"
"""
_STAND_INS = {
    "actions/upload-artifact": ("action.yml", _UPLOAD),
    "actions/download-artifact": ("action.yml", _DOWNLOAD),
    "github/codeql-action": ("upload-sarif/action.yml", _SARIF),
}
_LEVELS = ("error", "warning", "notice")
Json = dict[str, Any]
_NONE: Mapping[str, str] = {}


class Acted(NamedTuple):
    """How a run of a workflow ended, and everything that its runner noted."""

    code: int
    log: list[Json]

    def of(self, *step: str) -> list[Json]:
        """The notes about one step, by its ids from the outermost in."""
        return [note for note in self.log if note.get("stepID") == list(step)]

    def outputs(self, *step: str) -> dict[str, str]:
        """The outputs of a step, by its ids; of docbot's, if none is said."""
        notes = self.of(*(step or ("docbot",)))
        return {note["name"]: note["arg"] for note in notes if note.get("command") == "set-output"}

    def summary(self, step: str = "docbot") -> str:
        """What the action of a step added to the job's summary."""
        return "".join(note["content"] for note in self.of(step, "run") if note.get("command") == "summary")

    def annotations(self, level: str, step: str = "docbot") -> list[Json]:
        """The annotations of a level that the action of a step made, each with `kvPairs` and `arg`."""
        return [note for note in self.of(step, "run") if note.get("command") == level]

    def commands(self) -> set[str]:
        """Every command that the runner took from anything that was printed or written."""
        return {note["command"] for note in self.log if "command" in note}

    def declared(self) -> Json:
        """The outputs that a later step of an `altered` workflow sees, but for those that are empty."""
        told = "".join(note["msg"] for note in self.of("tell") if note.get("raw_output"))
        found = json.loads(told)
        assert isinstance(found, dict)
        return {name: said for name, said in found.items() if said}

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
        self.artifacts = folder / "artifacts"
        """A folder for each artifact, and one for SARIF."""
        self._stand_ins: list[str] = [f"--local-repository={ACTION}={_action(folder / 'action')}"]
        for name, (file, text) in _STAND_INS.items():
            place = folder / "actions" / name
            (place / file).parent.mkdir(parents=True)
            (place / file).write_text(text, "utf-8")
            self._stand_ins.append(f"--local-repository={_pinned(name)}={place}")

    def run(
        self,
        workflow: Path,
        event: str,
        payload: Mapping[str, object],
        *,
        token: str,
        checkout: Path,
        repository: str,
        settings: Mapping[str, str] = _NONE,
        secrets: Mapping[str, str] = _NONE,
    ) -> Acted:
        """Run every job of `workflow` for an event. `settings` are the repository's variables."""
        file = self.folder / "event.json"
        file.write_text(json.dumps(payload), "utf-8")
        given = {
            "GITHUB_API_URL": self.hub.api_url,
            "GITHUB_SERVER_URL": self.hub.server_url,
            "GITHUB_REPOSITORY": repository,
            "ARTIFACTS": str(self.artifacts),
            **{name: os.environ[name] for name in os.environ if name.startswith(("GIT_", "XDG_"))},
        }
        done = subprocess.run(
            [
                *(Path(sys.executable).with_name("act"), event, "--json", "--workflows", workflow),
                *("--eventpath", file, "--platform", "ubuntu-latest=-self-hosted"),
                "--no-cache-server",
                *(word for name in ("GITHUB_TOKEN", *secrets) for word in ("--secret", name)),
                *(word for name, value in settings.items() for word in ("--var", f"{name}={value}")),
                *self._stand_ins,
                *(word for name, value in given.items() for word in ("--env", f"{name}={value}")),
            ],
            cwd=checkout,
            # Given on the command line, everybody would see it.
            env={**os.environ, **_PATH, "XDG_CACHE_HOME": str(self.folder), "GITHUB_TOKEN": token, **secrets},
            input=b"",
            capture_output=True,
            check=False,
            timeout=300,
        )
        lines = done.stdout.decode().splitlines()
        log = [json.loads(line) for line in lines if line.startswith("{")]
        assert any("jobResult" in note for note in log), (done.stdout, done.stderr)
        return Acted(done.returncode, log)


def _action(place: Path) -> Path:
    """What an action is made of, at `place`: act copies all that is there, caches too, for every job."""
    shutil.copytree(ROOT / "docbot", place / "docbot", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("action.yml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, place)
    return place


def _pinned(name: str) -> str:
    """The action `name` as the examples call it."""
    texts = "".join(file.read_text("utf-8") for file in EXAMPLES.glob("*.yml"))
    found = {f"{name}@{commit}" for commit in re.findall(rf"{name}(?:/[\w-]+)?@([0-9a-f]{{40}})", texts)}
    assert len(found) == 1, found
    return found.pop()


def altered(example: str, folder: Path, **inputs: str) -> Path:
    """A shipped example in which the step has other `inputs`, and tells all its outputs at the end."""
    text = YAML(typ="safe", pure=True)
    workflow = text.load((EXAMPLES / example).read_text("utf-8"))
    [job] = workflow["jobs"].values()
    [step] = [step for step in job["steps"] if step.get("id") == "docbot"]
    step["with"] = {**step.get("with", {}), **{name.replace("_", "-"): said for name, said in inputs.items()}}
    tell = {"env": {"OUTPUTS": "${{ toJSON(steps.docbot.outputs) }}"}, "run": 'echo "$OUTPUTS"', "id": "tell"}
    job["steps"].append({"if": "always()", **tell})
    file = folder / f"{len(list(folder.glob('*.yml')))}-{example}"
    with file.open("w", encoding="utf-8") as made:
        text.dump(workflow, made)
    return file


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
