"""From findings to drafts with verdicts. Pure but for the documents it asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from docbot.drafters.interface import Drafter
from docbot.errors import UnreadablePageError
from docbot.facts import Facts
from docbot.gates import Examiner, combined
from docbot.markdown import Document, Parser
from docbot.rules.interface import Rule
from docbot.text import without_conflicts
from docbot.types import Draft, Finding, Held, Notice


class Drafted(msgspec.Struct, frozen=True):
    """Every draft with its verdicts, in the order of the findings; those that had to give way are held."""

    drafts: tuple[Draft, ...]
    held: tuple[Held, ...]
    notices: tuple[Notice, ...] = ()


def draft_all(
    findings: Iterable[Finding],
    drafters: Sequence[Drafter],
    rules: Sequence[Rule],
    facts: Facts,
    document_of: Callable[[str], Document],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Drafted:
    """A draft for each finding that some drafter answers, examined by every gate.

    `rules` are the ones whose findings must not grow. Where two drafts meet, a rule's wins over a
    model's, and else the earlier.
    """
    by_page: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_page[finding.path].append(finding)
    parser = Parser()
    drafts: list[Draft] = []
    held: list[Held] = []
    notices: list[Notice] = []
    for done, (path, found) in enumerate(sorted(by_page.items()), 1):
        try:
            kept, lost = _page(document_of(path), found, drafters, rules, facts, parser)
        except UnreadablePageError as error:
            notices.append(Notice(path, str(error)))
            continue
        drafts += kept
        held += lost
        progress(done, len(by_page))
    return Drafted(tuple(drafts), tuple(held), tuple(notices))


def _page(
    document: Document,
    findings: list[Finding],
    drafters: Sequence[Drafter],
    rules: Sequence[Rule],
    facts: Facts,
    parser: Parser,
) -> tuple[list[Draft], list[Held]]:
    written = [draft for finding in findings if (draft := _draft(finding, document, drafters))]
    if not written:
        return [], []
    examiner = Examiner(document, rules, facts, parser)
    kept, held = _fitting([examiner.examine(draft) for draft in written])
    apart = _apart(examiner, [draft for draft in kept if draft.passed])
    left = [one.draft for one in apart]
    return [draft for draft in kept if draft not in left], [*held, *apart]


def _apart(examiner: Examiner, passed: Sequence[Draft]) -> list[Held]:
    """The drafts that a gate refuses together with the page's others: those of rules stay before generated
    ones, and each of these is tried with all that stay.
    """
    held: list[Held] = []
    stay = [draft for draft in passed if not draft.author.generated]
    if refusal := _refused_together(examiner, stay):
        held += [Held(draft, refusal) for draft in stay[1:]]
        stay = stay[:1]
    for draft in passed:
        if not draft.author.generated:
            continue
        if refusal := _refused_together(examiner, [*stay, draft]):
            held.append(Held(draft, refusal))
        else:
            stay.append(draft)
    return held


def _refused_together(examiner: Examiner, drafts: Sequence[Draft]) -> str:
    if len(drafts) < 2:
        return ""
    refusal = examiner.examine(combined(drafts), drafts).refusal
    return f"together with the page's other edits a gate refuses it: {refusal}" if refusal else ""


def _draft(finding: Finding, document: Document, drafters: Sequence[Drafter]) -> Draft | None:
    for drafter in drafters:
        fix = drafter.draft(finding, document)
        if fix is not None:
            return Draft(finding, fix, drafter.author, document.blob)
    return None


def _fitting(drafts: list[Draft]) -> tuple[list[Draft], list[Held]]:
    """Drafts that passed and fit together, then those a gate refused; and those that had to give way."""
    passed = [draft for draft in drafts if draft.passed]
    # What is proved goes before what a model wrote, wherever it stands.
    ranked = sorted(passed, key=lambda draft: draft.author.generated)
    fitting, lost = without_conflicts([(draft, draft.fix.edits) for draft in ranked])
    accepted = [draft for draft in passed if draft in fitting]
    refused = [draft for draft in drafts if not draft.passed]
    held = [
        Held(loser, f"its edit meets that of {winner.finding.rule} at the same place")
        for loser, winner in lost
    ]
    return [*accepted, *refused], held
