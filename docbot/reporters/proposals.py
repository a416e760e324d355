"""A run of `docbot propose` for someone who wasn't there: a file, a workflow's summary, a later step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

import msgspec

from docbot.reporters.neutral import code, prose
from docbot.reporters.plain import visible
from docbot.reporters.story import counted
from docbot.types import Notice, Outcome, OutcomeKind, Proposal

_MOST = 50
"""Of each kind in a summary, of which GitHub shows 1 MiB; the file of JSON Lines has all."""


class Done(msgspec.Struct, frozen=True):
    """A proposal and what became of it; None where nothing was sent, as in a dry run."""

    proposal: Proposal
    outcome: Outcome | None


class Kept(msgspec.Struct, frozen=True):
    """What was done for an open pull request beside proposing."""

    url: str
    said: str


class Proposed(msgspec.Struct, frozen=True):
    """A whole run."""

    docs: str
    """The docs repository, as `owner/name`."""
    base: str
    """The branch that proposals go to."""
    done: tuple[Done, ...]
    kept: tuple[Kept, ...] = ()
    held: Mapping[str, int] = msgspec.field(default_factory=dict)
    """How many drafts wait for each reason."""
    questions: int = 0
    """Findings that only a person can answer."""
    notices: tuple[Notice, ...] = ()

    @property
    def urls(self) -> tuple[str, ...]:
        """The pull requests that hold the proposals now, whenever they were opened."""
        outcomes = (one.outcome for one in self.done if one.outcome)
        return tuple(outcome.url for outcome in outcomes if outcome.kind in _THERE and outcome.url)


_THERE = (OutcomeKind.CREATED, OutcomeKind.UPDATED, OutcomeKind.UNCHANGED)
OUTPUTS: Mapping[str, str] = {
    "pull-requests": "The pull requests with what was proposed: a JSON list of URLs.",
    "created": "Pull requests that were opened in this run.",
    "updated": "Pull requests that were brought up to date.",
    "held": "Drafts that aren't proposed now; the summary says why.",
    "questions": "Findings that only a person can answer.",
}
"""Each line of `outputs`, and what it says."""


def outputs(run: Proposed) -> Iterator[str]:
    """A `name=value` line for each of `OUTPUTS`: to be added to the file `$GITHUB_OUTPUT` names."""
    kinds = [one.outcome.kind for one in run.done if one.outcome]
    values: Mapping[str, object] = {
        # On one line whatever is in them, so that none of them sets an output.
        "pull-requests": json.dumps(run.urls),
        "created": kinds.count(OutcomeKind.CREATED),
        "updated": kinds.count(OutcomeKind.UPDATED),
        "held": sum(run.held.values()),
        "questions": run.questions,
    }
    yield from (f"{name}={values[name]}\n" for name in OUTPUTS)


def jsonl(run: Proposed) -> Iterator[str]:
    """One JSON object a line: each proposal, each chore, each reason to hold drafts, then the run."""
    for one in run.done:
        outcome = one.outcome
        proposal = one.proposal
        yield _line(
            "proposal",
            title=proposal.title,
            branch=proposal.branch,
            outcome=outcome and outcome.kind,
            reason=outcome and outcome.reason,
            url=outcome and outcome.url,
            paths=[change.path for change in proposal.changes],
            fingerprints=list(proposal.fingerprints),
        )
    for kept in run.kept:
        yield _line("chore", url=kept.url, said=kept.said)
    for reason, drafts in run.held.items():
        yield _line("held", drafts=drafts, reason=reason)
    yield _line("propose", docs=run.docs, base=run.base, questions=run.questions)


def summary(run: Proposed) -> Iterator[str]:
    """The run as Markdown for a workflow's summary. Text of the docs stands in code and nowhere else."""
    yield f"## docbot proposes to {code(run.docs)}\n\n"
    if not run.done:
        yield "There is nothing to propose.\n\n"
    for one in run.done[:_MOST]:
        yield f"- {_told(one)}\n"
    for kept in run.kept[:_MOST]:
        yield f"- {prose(kept.said)}: {_link(kept.url)}\n"
    yield "\n"
    if run.held:
        drafts = counted(sum(run.held.values()), "draft")
        yield f"<details><summary>{drafts} held for now</summary>\n\n"
        yield from (f"- {count:,}: {code(reason)}\n" for reason, count in list(run.held.items())[:_MOST])
        yield _rest(len(run.held), "reason") + "\n</details>\n\n"
    if run.questions:
        yield f"{counted(run.questions, 'question')} for a person: `docbot draft` shows them all.\n\n"
    yield from (f"- note: {code(notice.text)}\n" for notice in run.notices[:_MOST])
    yield _rest(len(run.notices), "note")


PROPOSALS: Mapping[str, Callable[[Proposed], Iterator[str]]] = {
    "jsonl": jsonl,
    "summary": summary,
    "outputs": outputs,
}
"""What `docbot propose --also` takes."""


def _told(one: Done) -> str:
    changed = f"{code(one.proposal.title)} ({counted(len(one.proposal.changes), 'file')})"
    if one.outcome is None:
        return f"not sent: {changed}"
    place = f": {_link(one.outcome.url)}" if one.outcome.url else ""
    return f"**{one.outcome.kind}**: {changed}: {prose(one.outcome.reason)}{place}"


def _link(url: str) -> str:
    # The forge gave it, and still it may not end the link early.
    return f"<{visible(url).replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>"


def _rest(count: int, noun: str) -> str:
    return f"- and {counted(count - _MOST, f'more {noun}')}\n" if count > _MOST else ""


def _line(kind: str, **values: object) -> str:
    return json.dumps({"kind": kind, **values}, ensure_ascii=False, separators=(",", ":")) + "\n"
