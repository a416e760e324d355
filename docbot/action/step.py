"""One step: the command is run, and what it found is told to the workflow."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path

from msgspec.structs import replace

from docbot.action.commands import arguments, files_of, posts
from docbot.action.inputs import Event, Inputs, Mode, event_of, inputs_of
from docbot.cli.log import say
from docbot.cli.main import run as run_command
from docbot.cli.options import write
from docbot.errors import DocbotError, StoppedError
from docbot.reporters import jsonl_reader
from docbot.reporters.neutral import code
from docbot.reporters.story import counted
from docbot.reporters.workflow import data
from docbot.types import Severity

OUTCOMES = {0: "passed", 1: "failed", 4: "stopped"}
"""What each exit code is called; `error` is any other."""
DRAFTED = {"drafted": "Drafts that passed every gate."}
"""The count of the mode `draft`, and what it says."""
_NOTES = ("summary", "outputs")
_SUMMARY = "the summary has every finding"


def run(environ: MutableMapping[str, str]) -> int:
    """Do what the inputs in `environ` ask for; the exit code of the step.

    The summary and the outputs are added to the files that `environ` names, whatever the exit code.
    """
    told: list[str] = []
    try:
        inputs, event = inputs_of(environ), event_of(environ)
        _prepare(inputs, environ)
        with tempfile.TemporaryDirectory(prefix="docbot-step-") as folder:
            notes = {name: Path(folder, name) for name in _NOTES}
            exit_code = _carry_out(inputs, event, notes, told.append)
            _hand_over(inputs, exit_code, notes, environ, told)
    except DocbotError as error:
        told.append(str(error))
        exit_code = error.exit_code
    for sentence in told:
        _annotate("error", sentence)
    return exit_code


def _prepare(inputs: Inputs, environ: MutableMapping[str, str]) -> None:
    """Make room for the files, and set who asks GitHub."""
    for file in files_of(inputs).values():
        file.parent.mkdir(parents=True, exist_ok=True)
        # What an earlier step left there is nothing that this one found.
        file.unlink(missing_ok=True)
    if inputs.token and inputs.mode is not Mode.DRAFT:
        environ["GITHUB_TOKEN"] = inputs.token
    else:
        environ.pop("GITHUB_TOKEN", None)


def _carry_out(inputs: Inputs, event: Event, notes: dict[str, Path], tell: Callable[[str], None]) -> int:
    """Run the command; its exit code. What can't be said on a pull request fails nothing."""
    if inputs.mode is Mode.REVIEW and inputs.comments and event.from_elsewhere:
        _annotate("notice", f"nothing is said on a pull request of another repository: {_SUMMARY}")
    if not posts(inputs, event):
        return _run(inputs, event, notes, tell)
    refused: list[str] = []
    exit_code = _run(inputs, event, notes, refused.append)
    if exit_code != StoppedError.exit_code:
        for sentence in refused:
            tell(sentence)
        return exit_code
    if notes["outputs"].is_file():
        exit_code = int(_fails(inputs.fail_on, notes["outputs"]))
    else:
        # It was refused before anything was looked at.
        exit_code = _run(replace(inputs, comments=False), event, notes, tell)
    if exit_code != StoppedError.exit_code:
        _annotate("notice", f"nothing was said on the pull request: {'; '.join(refused)}; {_SUMMARY}")
    return exit_code


def _run(inputs: Inputs, event: Event, notes: dict[str, Path], tell: Callable[[str], None]) -> int:
    words = arguments(inputs, event, notes)
    say(f"docbot {shlex.join(words)}")
    return run_command(words, lambda sentence: tell(sentence.removeprefix("docbot: ")))


def _fails(limit: str, outputs: Path) -> bool:
    """Whether a review that was reported found something of the severity `limit` or worse."""
    counts = dict(line.split("=", 1) for line in outputs.read_text(encoding="utf-8").splitlines())
    return bool(limit) and any(
        severity.rank >= Severity(limit).rank and int(counts[f"{severity}s"]) for severity in Severity
    )


def _annotate(level: str, sentence: str) -> None:
    write([f"::{level} title=docbot::{data(sentence)}\n"], None, commands=True)


def _hand_over(
    inputs: Inputs, exit_code: int, notes: Mapping[str, Path], environ: Mapping[str, str], told: Iterable[str]
) -> None:
    """Add what was found to the files of the workflow."""
    if inputs.mode is Mode.DRAFT and exit_code == 0:
        _count(files_of(inputs)["drafts"], notes)
    left = {name: file for name, file in files_of(inputs).items() if file.is_file()}
    outputs = [f"outcome={OUTCOMES.get(exit_code, 'error')}\n"]
    outputs += [f"{name}={file}\n" for name, file in left.items()]
    _add(environ.get("GITHUB_OUTPUT"), [*_read(notes["outputs"]), *outputs])
    stopped = [f"docbot stopped: {code(sentence)}\n" for sentence in told]
    _add(environ.get("GITHUB_STEP_SUMMARY"), [*_read(notes["summary"]), *stopped])


def _count(drafts: Path, notes: Mapping[str, Path]) -> None:
    """Write of drafts what the other verbs write of what they did."""
    with drafts.open("rb") as lines:
        passed = sum(draft.passed for draft in jsonl_reader.read_drafts(lines))
    write([f"drafted={passed}\n"], notes["outputs"])
    write([f"## docbot drafted {counted(passed, 'edit')}\n\nNothing was sent.\n"], notes["summary"])


def _read(file: Path) -> Iterator[str]:
    if file.is_file():
        yield file.read_text(encoding="utf-8")


def _add(file: str | None, pieces: Iterable[str]) -> None:
    if file:
        with Path(file).open("a", encoding="utf-8", newline="\n") as end:
            end.writelines(pieces)
