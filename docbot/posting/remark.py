"""The text of a remark: what is wrong, what proves it, the edit or the question, and how to stop it."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.posting.places import Range
from docbot.posting.suggestion import Suggestion, block, shown
from docbot.reporters.checks import LEADS
from docbot.reporters.neutral import code, prose
from docbot.types import Applicability, Evidence, Finding

STOP = "Resolve this, or give it a thumbs down, and docbot won't say it again."
_MOST_PROOFS = 3
_MOST_CHOICES = 5


def remark(finding: Finding, page: str, lines: Range, edit: Suggestion | str) -> str:
    """The text about `finding` on `lines` of `page`; `edit` is its suggestion, or why there is none.

    All that isn't docbot's own words stands in code, and nothing in it mentions, refers or closes.
    """
    parts = [f"{code(finding.message)} ({finding.severity.value}, {code(finding.rule, 100)})"]
    if finding.evidence:
        parts.append("\n".join(_proofs(finding.evidence)))
    parts += _edit(finding, page, lines, edit)
    if finding.question is not None:
        choices = [f"- {code(choice, 200)}" for choice in finding.question.choices[:_MOST_CHOICES]]
        parts.append("\n".join([code(finding.question.text), *([""] if choices else []), *choices]))
    parts.append(STOP)
    return "\n\n".join(parts)


def _proofs(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    for proof in evidence[:_MOST_PROOFS]:
        yield f"- **{prose(LEADS[proof.kind])}**, {code(proof.source, 250)}: {code(proof.detail)}"
    left = len(evidence) - _MOST_PROOFS
    if left > 0:
        yield f"- and {left} more"


def _edit(finding: Finding, page: str, lines: Range, edit: Suggestion | str) -> Iterator[str]:
    fix = finding.fix
    if fix is None or fix.applicability is Applicability.DISPLAY:
        return
    look = "" if fix.applicability is Applicability.SAFE else " Read it first: only a person can tell."
    if isinstance(edit, Suggestion):
        yield f"{code(fix.title, 200)}.{look}"
        yield block(edit.text)
    elif told := shown(fix, page, lines):
        yield f"{code(fix.title, 200)}, by hand, because {edit}.{look}"
        yield told
    else:
        yield f"{code(fix.title, 200)}: see it with `docbot draft`.{look}"
