"""The command that a step runs: the same that a person would type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docbot.action.inputs import Event, Inputs, Mode
from docbot.errors import UsageError

REPORTS = {"html": "review.html", "sarif": "review.sarif", "jsonl": "review.jsonl", "rdjson": "review.json"}
"""Formats of a review that are kept, and the names of their files."""
PROPOSED = "proposed.jsonl"
DRAFTS = "drafts.jsonl"


def files_of(inputs: Inputs) -> dict[str, Path]:
    """The files that the step leaves behind, by the names of its outputs."""
    match inputs.mode:
        case Mode.REVIEW:
            return {name: inputs.report / file for name, file in REPORTS.items()}
        case Mode.PROPOSE:
            return {"jsonl": inputs.report / PROPOSED}
        case Mode.DRAFT:
            return {"drafts": Path(inputs.drafts).absolute() if inputs.drafts else inputs.report / DRAFTS}


def arguments(inputs: Inputs, event: Event, notes: dict[str, Path]) -> list[str]:
    """The words after `docbot`. `notes` are further files to write, by their formats.

    Raises UsageError where nothing says what to review.
    """
    made = {Mode.REVIEW: _review, Mode.PROPOSE: _propose, Mode.DRAFT: _draft}[inputs.mode]
    return [inputs.mode.value, *made(inputs, event, notes)]


def pull_of(inputs: Inputs, event: Event) -> str:
    """The number of the pull request to review; empty where nothing says one."""
    return inputs.pull_request or (str(event.pull_request.number) if event.pull_request else "")


def posts(inputs: Inputs, event: Event) -> bool:
    """Whether a review is to be said on its pull request, and may be: for a fork's the token only reads."""
    wanted = inputs.mode is Mode.REVIEW and inputs.comments and pull_of(inputs, event) != ""
    return wanted and not event.from_elsewhere


def _review(inputs: Inputs, event: Event, notes: dict[str, Path]) -> Iterator[str]:
    yield "--format=github"
    yield from (f"--also={name}={file}" for name, file in (files_of(inputs) | notes).items())
    yield from _rules(inputs)
    if inputs.fail_on:
        yield f"--fail-on={inputs.fail_on}"
    if posts(inputs, event):
        yield "--post"
    pull = pull_of(inputs, event)
    if not pull and not inputs.base:
        raise UsageError(
            f"nothing says what to review in the event `{event.name}`: run docbot on `pull_request`, "
            "or give `pull-request` or `base`"
        )
    if not pull:
        yield from (f"--diff={inputs.base}", "--", inputs.path)
        return
    if base := inputs.base or _base(inputs, event):
        yield f"--base={base}"
    yield from ("--", pull, inputs.path)


def _base(inputs: Inputs, event: Event) -> str:
    """The branch that the pull request goes to, as far as the event tells."""
    if event.pull_request and not inputs.pull_request:
        return event.pull_request.base.ref
    return event.repository.default_branch


def _propose(inputs: Inputs, event: Event, notes: dict[str, Path]) -> Iterator[str]:
    yield "--yes"
    yield from (f"--also={name}={file}" for name, file in (files_of(inputs) | notes).items())
    yield from _rules(inputs)
    yield from (f"--path={page}" for page in inputs.pages)
    if inputs.drafts:
        yield f"--from={inputs.drafts}"
    if inputs.model:
        yield f"--model={inputs.model}"
    if inputs.unsafe:
        yield "--unsafe"
    yield from ("--", inputs.path)


def _draft(inputs: Inputs, event: Event, notes: dict[str, Path]) -> Iterator[str]:
    yield from ("--format=jsonl", f"--output={files_of(inputs)['drafts']}")
    yield from _rules(inputs)
    if inputs.model:
        yield f"--model={inputs.model}"
    yield from ("--", inputs.path)


def _rules(inputs: Inputs) -> Iterator[str]:
    yield from (f"--rule={rule}" for rule in inputs.rules)
    yield from (f"--skip={rule}" for rule in inputs.skip)
