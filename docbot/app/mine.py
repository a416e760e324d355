"""Takes what a person edited by hand through the same gates as docbot's own drafts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from docbot import engine
from docbot.app.draft import Drafts
from docbot.app.edited import BY_HAND, Edited, edited_pages
from docbot.app.scan import Scan
from docbot.drafters.rule_fix import RuleFix
from docbot.drafting import draft_all
from docbot.errors import StoppedError, UsageError
from docbot.hand_edits import (
    Change,
    Leaf,
    compare,
    copy_of,
    edits_of,
    leaves_of,
    place_of,
    plain_ends,
)
from docbot.markdown import Document
from docbot.repository.worktree import Worktree
from docbot.rules.by_hand import ByHand, Replacement
from docbot.text import Edit, LineIndex, apply
from docbot.types import Author, Evidence, EvidenceKind, Finding, Notice, normalised

LONGEST_REASON = 400
"""Code points of the reason: what the body of a pull request shows of one piece of text."""
AUTHOR = Author("by hand")
_NOBODY = "the author of this change"
_UNSAID = "Whoever made this change read the page and put it right by hand"
_REFUSED = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Control characters, halves of characters, and separators of lines and paragraphs."""


class _Words(RuleFix):
    """The drafter whose words are the person's."""

    author = AUTHOR


class _Placed(msgspec.Struct, frozen=True):
    """A leaf of a page of the base that is to say `after`; `line` is where the person made the edit.

    `copied` is the place (`path:line`, on the base) of which this is a copy, empty for their own edits.
    """

    path: str
    index: int
    leaf: Leaf
    after: str
    line: int = 0
    copied: str = ""


def by_hand(scanned: Scan, mine: Worktree, reason: str, who: str) -> Drafts:
    """The edits a person made in `mine`, and the same on copies of the page, as drafts on the base.

    `scanned` is the base's scan, `reason` what the edits are for in one line, `who` the person's login;
    both may be empty. What can't be taken gets a notice. Raises UsageError for a reason that can't be
    shown, StoppedError when nothing proves an edit. The working tree is only read.
    """
    reason, who = _line("the reason", reason), _line("the login", who)
    edited, notices = edited_pages(mine, scanned.config)
    base = _Base(scanned)
    placed: list[_Placed] = []
    for page in edited:
        theirs, refused = base.placed(page)
        placed += theirs
        notices += refused
    if not placed and not notices:
        notices.append(Notice("", "no page here is edited: edit one, and run docbot before you commit it"))
    own = base.drafted(_rule(base, placed, reason, who))
    # What a gate refuses on the page a person edited is no better on a copy of it.
    copies = base.copies([one for one in placed if _passed(one, own)])
    made = base.drafted(_rule(base, [*placed, *copies], reason, who)) if copies else own
    return replace(made, notices=(*dict.fromkeys(notices), *made.notices))


def _rule(base: _Base, placed: Sequence[_Placed], reason: str, who: str) -> ByHand:
    """The person's edits as a rule: one cause, since they belong together."""
    cause = f"{ByHand.name} {placed[0].path}" if placed else ""
    replacements = [base.proved(one, reason, who) for one in placed]
    return ByHand(replacements, reason.removesuffix(".") or _UNSAID, cause)


def _passed(one: _Placed, made: Drafts) -> bool:
    return any(
        draft.passed and draft.finding.path == one.path and one.leaf.span.contains(draft.finding.span)
        for draft in made.drafts
    )


def _line(what: str, text: str) -> str:
    """`text` without outer spaces. Raises UsageError for what doesn't fit on a line of a pull request."""
    said = text.strip()
    if len(said) > LONGEST_REASON:
        raise UsageError(f"{what} has {len(said)} characters: say it in at most {LONGEST_REASON}")
    if any(unicodedata.category(character) in _REFUSED for character in said):
        raise UsageError(f"{what} holds line ends or control characters: say it on one line of plain text")
    return said


class _Base:
    """The pages of the base. Each is parsed once."""

    def __init__(self, scanned: Scan) -> None:
        self._scanned = scanned
        self._survey = scanned.survey
        self.document = cache(self._document)
        self.leaves = cache(lambda path: leaves_of(self.document(path)))
        self._reported = cache(lambda path: self._said(self.document(path)))

    def _document(self, path: str) -> Document:
        known = self._survey.document(path)
        return Document(path, known.text, known.blob, bom=known.bom)

    def placed(self, page: Edited) -> tuple[list[_Placed], list[Notice]]:
        """Where the edits of a page belong on the base, and a notice for each that has no place there."""
        path = page.path
        compared = compare(page.before, page.after)
        refused = compared.refusals
        notices = [Notice(path, f"{path}, line {one.line}: {one.why}: {BY_HAND}") for one in refused]
        if path not in self._survey.pages:
            return [], [*notices, Notice(path, self._missing(path))]
        same = plain_ends(self.document(path).text) == plain_ends(page.before.text)
        placed: list[_Placed] = []
        for change in compared.changes:
            index = change.index if same else place_of(change.before, self.leaves(path))
            if index is None:
                notices.append(Notice(path, f"{path}, line {change.line}: {self._moved(path, change)}"))
            else:
                leaf = self.leaves(path)[index]
                placed.append(_Placed(path, index, leaf, change.after, change.line))
        return placed, notices

    def _missing(self, path: str) -> str:
        left = next((notice.text for notice in self._survey.noticed if notice.path == path), "")
        return left or f"{path} isn't on the base: {BY_HAND}, or merge the base first if it was renamed there"

    def _moved(self, path: str, change: Change) -> str:
        if any((leaf.kind, leaf.text) == (change.before.kind, change.after) for leaf in self.leaves(path)):
            return "the base says so already, so there is nothing left to propose"
        return (
            "what you edited changed on the base meanwhile: merge it first, "
            f"or {BY_HAND} if your own commits changed it"
        )

    def copies(self, placed: Sequence[_Placed]) -> list[_Placed]:
        """The edits made alike on other pages of the same name; where two would disagree, none is."""
        taken = {(one.path, one.index) for one in placed}
        found: dict[tuple[str, int], list[_Placed]] = {}
        for one in placed:
            for copy in self._copies(one):
                if (copy.path, copy.index) not in taken:
                    found.setdefault((copy.path, copy.index), []).append(copy)
        agreed = [made for _, made in sorted(found.items()) if len({copy.after for copy in made}) == 1]
        return [made[0] for made in agreed]

    def _copies(self, one: _Placed) -> Iterator[_Placed]:
        name = one.path.rpartition("/")[2]
        source = f"{one.path}:{LineIndex(self.document(one.path).text).line(one.leaf.span.start)}"
        for path in self._survey.pages:
            if path == one.path or path.rpartition("/")[2] != name:
                continue
            # Most pages that share a name share nothing else: only what may be a copy is parsed.
            if one.leaf.text not in plain_ends(self.document(path).text):
                continue
            index = copy_of(self.leaves(one.path), one.index, one.after, self.leaves(path))
            if index is not None:
                yield _Placed(path, index, self.leaves(path)[index], one.after, copied=source)

    def proved(self, one: _Placed, reason: str, who: str) -> Replacement:
        """The edit with its evidence. Raises StoppedError where there is none."""
        evidence = list(self._settled(one))
        if reason:
            evidence.append(Evidence(EvidenceKind.READER, who or _NOBODY, reason))
        if one.copied:
            detail = "the same words stand there, and are changed alike"
            evidence.append(Evidence(EvidenceKind.SIBLING, one.copied, detail))
        if not evidence:
            raise StoppedError(
                f"nothing proves the edit of {one.path}, line {one.line}: "
                'run it again with --because "why it is wrong today"'
            )
        return Replacement(one.path, one.index, one.leaf.text, one.after, tuple(dict.fromkeys(evidence)))

    def _settled(self, one: _Placed) -> Iterator[Evidence]:
        """The evidence of the scan's findings in the leaf that the edit makes an end of."""
        here = [f for f in self._scanned.report.findings if f.path == one.path]
        here = [f for f in here if one.leaf.span.contains(f.span)]
        if not here:
            return
        document = self.document(one.path)
        edits: Sequence[Edit] = edits_of(document, one.leaf, one.after)
        gone = self._reported(one.path) - self._said(document.with_text(apply(document.text, edits)))
        for finding in here:
            if _key(finding) in gone:
                yield from finding.evidence

    def _said(self, document: Document) -> Counter[tuple[str, str]]:
        """What the rules report on a page, each with how often."""
        return Counter(map(_key, engine.check(document, self._scanned.rules, self._survey.facts)))

    def drafted(self, rule: ByHand) -> Drafts:
        """What `rule` finds on the base as drafts with verdicts."""
        findings = self._findings(rule)
        rules = (*self._scanned.rules, rule)
        made = draft_all(findings, [_Words()], rules, self._survey.facts, self.document)
        pages = {finding.path: self.document(finding.path) for finding in findings}
        return Drafts(
            drafts=made.drafts,
            held=made.held,
            notices=made.notices,
            texts={path: page.text for path, page in pages.items()},
            boms=frozenset(path for path, page in pages.items() if page.bom),
            undrafted=0,
        )

    def _findings(self, rule: ByHand) -> tuple[Finding, ...]:
        documents = {path: self.document(path) for path in rule.paths}
        found = [f for page in documents.values() for f in engine.check(page, [rule], self._survey.facts)]
        # No comment silences a person's own edit; what is protected stays so by the gates.
        outlines = {
            path: replace(page.outline, suppressions=(), protected=()) for path, page in documents.items()
        }
        return engine.settle(found, outlines, self._scanned.config, show_all=True).findings


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, normalised(finding.excerpt)
