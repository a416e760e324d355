"""The verb `draft`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from docbot.app.model import Asking, opened, requests
from docbot.app.scan import Progress, Scan, nobody
from docbot.drafters.interface import Drafter
from docbot.drafters.model.chosen import Chosen
from docbot.drafters.model.parts import Request
from docbot.drafters.rule_fix import RuleFix
from docbot.drafting import draft_all
from docbot.errors import StoppedError, UnreadablePageError, UsageError
from docbot.plan import Page
from docbot.reporters import jsonl_reader
from docbot.repository.write import replace_file
from docbot.text import apply
from docbot.types import Draft, Finding, Held, Notice


class Drafts(msgspec.Struct, frozen=True):
    """Drafts with verdicts, and what is needed to show, write and propose them."""

    drafts: tuple[Draft, ...]
    held: tuple[Held, ...]
    notices: tuple[Notice, ...]
    texts: Mapping[str, str]
    boms: frozenset[str]
    """The pages that begin with a byte order mark."""
    undrafted: int
    """Findings without a question that nobody drafted: they are only to be shown."""
    questions: tuple[Finding, ...] = ()
    """Findings that ask a person, in order; none of them is drafted. `texts` has their pages as well."""


def draft(
    scanned: Scan,
    source: Path | None = None,
    progress: Progress = nobody,
    asking: Asking | None = None,
    others: Sequence[Drafter] = (),
) -> Drafts:
    """Draft the scan's findings, or those in the file `source`, which are hostile and tried again.

    A model, where one is to be asked, drafts what no rule can, and none of the `others`. Raises UsageError
    for a file that holds no findings as docbot writes them, and for a model that can't be asked.
    """
    looked = scanned.survey
    findings, notices = _chosen(scanned, source)
    with opened(asking, findings, looked.facts) as model:
        drafters: list[Drafter] = [RuleFix(), *others, *([model] if model else [])]
        drafted = draft_all(findings, drafters, scanned.rules, looked.facts, looked.document, progress)
    paths = {draft.finding.path for draft in (*drafted.drafts, *(held.draft for held in drafted.held))}
    documents = {path: looked.document(path) for path in sorted(paths)}
    questions = tuple(finding for finding in findings if finding.question is not None)
    asked = {finding.path: scanned.report.texts[finding.path] for finding in questions}
    return Drafts(
        drafts=drafted.drafts,
        held=drafted.held,
        notices=(
            *dict.fromkeys(notices),
            *(Notice("", gap) for gap in looked.facts.web.gaps),
            *looked.unheard,
            *drafted.notices,
            *(model.notices if model else ()),
        ),
        texts=asked | {path: document.text for path, document in documents.items()},
        boms=frozenset(path for path, document in documents.items() if document.bom),
        undrafted=len(findings)
        - len(drafted.drafts)
        - len(drafted.held)
        - len(questions)
        - (model.covered if model else 0),
        questions=questions,
    )


def prompts(
    scanned: Scan, chosen: Chosen, source: Path | None = None
) -> tuple[Sequence[Request], Sequence[Notice]]:
    """What `draft` would send the model, and of which findings it would send nothing. Asks nobody."""
    findings, notices = _chosen(scanned, source)
    found, unsent = requests(scanned.survey, findings, chosen)
    return found, [*dict.fromkeys(notices), *unsent]


def _chosen(scanned: Scan, source: Path | None) -> tuple[tuple[Finding, ...], list[Notice]]:
    return (scanned.report.findings, []) if source is None else _from_file(source, scanned)


def _from_file(source: Path, scanned: Scan) -> tuple[tuple[Finding, ...], list[Notice]]:
    """The scan's own findings that are in `source`, and a notice for each of the file's that aren't found.

    The file only chooses. Words and evidence are those of the scan: anybody may have written the file.
    """
    try:
        with source.open("rb") as lines:
            read = jsonl_reader.read_findings(lines, source=source.name)
    except OSError as error:
        raise UsageError(f"{source} can't be read ({error.strerror}): name a file of findings") from error
    found = {_identity(finding): finding for finding in scanned.report.findings}
    chosen = dict.fromkeys(map(_identity, read))
    notices = [
        Notice(path, f"{path}: {rule} no longer finds what the file says: scan again")
        for path, rule, fingerprint in chosen
        if (path, rule, fingerprint) not in found
    ]
    return tuple(found[one] for one in chosen if one in found), notices


def _identity(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.rule, finding.fingerprint


def apply_drafts(scanned: Scan, drafted: Drafts, *, unsafe: bool = False) -> list[str]:
    """Write the drafts that passed to the working tree; the paths written.

    Those that a person has to look at first, as at all that a model wrote, are written with `unsafe` alone.

    Raises StoppedError, before writing anything or at least that file, when a page changed meanwhile. Each
    file is replaced in one step.
    """
    try:
        pages = pages_of(scanned, drafted)
    except UnreadablePageError as error:
        raise StoppedError(f"{error}; nothing was written") from error
    by_path: dict[str, list[Draft]] = {}
    for one in drafted.drafts:
        if one.passed and (unsafe or one.safe):
            by_path.setdefault(one.finding.path, []).append(one)
    for path, mine in sorted(by_path.items()):
        page = pages[path]
        text = apply(page.text, [edit for one in mine for edit in one.fix.edits])
        replace_file(scanned.survey.worktree, path, page.blob, page.encode(text))
    return sorted(by_path)


def pages_of(scanned: Scan, drafted: Drafts) -> dict[str, Page]:
    """The pages that have drafts, as the plan needs them."""
    found: dict[str, Page] = {}
    for path in {draft.finding.path for draft in drafted.drafts}:
        document = scanned.survey.document(path)
        found[path] = Page(document.blob, document.text, document.bytes_of)
    return found
