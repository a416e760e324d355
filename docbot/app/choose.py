"""Which of the findings and drafts a person asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from docbot.app.draft import Drafts
from docbot.app.scan import Scan
from docbot.errors import UsageError
from docbot.plan import copy_key
from docbot.reporters import jsonl_reader
from docbot.repository.families import copies_key
from docbot.types import Draft, Finding, Notice


def chosen(scanned: Scan, fingerprints: tuple[str, ...], under: tuple[str, ...]) -> Scan:
    """The scan with the findings that were asked for alone.

    `fingerprints` are beginnings of fingerprints, `under` pages or folders; empty asks for all. Raises
    UsageError when a fingerprint names no finding.
    """
    findings = tuple(f for f in scanned.report.findings if _is_chosen(f, fingerprints, under))
    for wanted in fingerprints:
        if not any(f.fingerprint.startswith(wanted) for f in findings):
            raise UsageError(
                f"no finding has the fingerprint {wanted}: `docbot scan --format jsonl` shows them"
            )
    report = msgspec.structs.replace(scanned.report, findings=findings)
    return msgspec.structs.replace(scanned, report=report)


def on_copies(scanned: Scan, chosen: Scan) -> tuple[Finding, ...]:
    """The findings of `scanned`, also unsure ones, whose edit `chosen` makes on another copy of the page.

    Only what a rule found there itself; copies are pages in folders of other versions.
    """
    asked = {finding.fingerprint for finding in chosen.report.findings}
    edits = {_edit(finding) for finding in chosen.report.findings if finding.fix}
    every = (*scanned.report.findings, *scanned.unsure)
    found = (f for f in every if f.fix and f.fingerprint not in asked and _edit(f) in edits)
    return tuple(sorted(found, key=lambda finding: finding.key))


def _edit(finding: Finding) -> tuple[str, ...]:
    return (copies_key(finding.path), *(copy_key(finding, finding.fix) if finding.fix else ()))


def with_findings(scanned: Scan, more: tuple[Finding, ...]) -> Scan:
    """The scan with `more` findings, in order."""
    findings = tuple(sorted((*scanned.report.findings, *more), key=lambda finding: finding.key))
    return msgspec.structs.replace(scanned, report=msgspec.structs.replace(scanned.report, findings=findings))


def _is_chosen(finding: Finding, fingerprints: tuple[str, ...], under: tuple[str, ...]) -> bool:
    if fingerprints and not finding.fingerprint.startswith(fingerprints):
        return False
    folders = tuple(folder.rstrip("/") + "/" for folder in under)
    return not under or finding.path in under or finding.path.startswith(folders)


def drafts_in(source: Path) -> tuple[Draft, ...]:
    """The drafts in the file `source`. Raises UsageError for a file without drafts as docbot writes them."""
    try:
        with source.open("rb") as lines:
            return jsonl_reader.read_drafts(lines, source=source.name)
    except OSError as error:
        raise UsageError(f"{source} can't be read ({error.strerror}): name a file of drafts") from error


def chosen_by(wanted: Iterable[Draft], drafted: Drafts) -> Drafts:
    """Those of docbot's own drafts that are among the `wanted` ones of a file, word for word.

    The file only chooses: anybody may have written it. One of its drafts that docbot doesn't make now, or
    makes otherwise, is told in a notice.
    """
    own = {_identity(draft): draft for draft in drafted.drafts}
    keys = dict.fromkeys(map(_identity, wanted))
    notices = [
        Notice(path, f"{path}: {rule} no longer drafts what the file says: draft again")
        for path, rule, fingerprint, edits in keys
        if (path, rule, fingerprint, edits) not in own
    ]
    return msgspec.structs.replace(
        drafted,
        drafts=tuple(own[key] for key in keys if key in own),
        notices=(*drafted.notices, *dict.fromkeys(notices)),
    )


def _identity(draft: Draft) -> tuple[str, str, str, tuple[str, ...]]:
    """Which finding it is for, and in which words; not where, since text moves."""
    finding = draft.finding
    words = tuple(edit.replacement for edit in sorted(draft.fix.edits))
    return finding.path, finding.rule, finding.fingerprint, words
