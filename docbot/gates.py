"""The gates: every draft is tried on its page, and each gate says whether it may leave, and why not.

Gates check form, not truth: they prove that an edit changes what its finding is about and nothing else.
First a draft must fit its page (blob-unchanged, edits-apply); then all in `GATES` are asked, in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from docbot import engine
from docbot.code_beside import proved_code, same_code_beside
from docbot.facts import Facts
from docbot.markdown import Document, Parser
from docbot.markdown.nodes import Block, Mask, Outline
from docbot.rules.interface import Rule
from docbot.site.links import resolve
from docbot.site.target import Where
from docbot.text import Conflict, Edit, Span, apply
from docbot.types import Draft, Finding, Fix, Verdict, normalised


class Trial(msgspec.Struct, frozen=True):
    """A draft tried on its page: the page before and after, and what the rules say of each."""

    draft: Draft
    before: Document
    after: Document
    found_before: tuple[Finding, ...]
    found_after: tuple[Finding, ...]
    facts: Facts
    """With the outline of the page as it is after the edit."""
    about: tuple[Span, ...]
    """The places the edits are about: the finding's, or those of all findings edited together."""
    code: tuple[Span, ...] = ()
    """Those of `about` whose evidence speaks of code."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        return self.draft.fix.edits

    def concerns(self, span: Span) -> bool:
        """Whether a finding that is edited stands at `span`."""
        return any(span.overlaps(place) or span.contains(place) for place in self.about)


Gate = Callable[[Trial], tuple[bool, str]]


class Examiner:
    """Tries drafts of one page. What is known of the page before any edit is worked out once."""

    def __init__(self, document: Document, rules: Sequence[Rule], facts: Facts, parser: Parser) -> None:
        # A document of its own: one that came with its outline alone is parsed anew here.
        self._before = Document(document.path, document.text, bom=document.bom, parser=parser)
        self._blob = document.blob
        self._rules = rules
        self._facts = facts
        self._found = tuple(engine.check(self._before, rules, facts))

    def examine(self, draft: Draft, together: Sequence[Draft] = ()) -> Draft:
        """The draft with the verdict of every gate; the first that can't be asked ends the list.

        `together` holds the drafts whose edits it combines, if it does.
        """
        if draft.blob != self._blob:
            verdict = Verdict("blob-unchanged", False, f"{draft.finding.path} changed since it was analysed")
            return replace(draft, verdicts=(verdict,))
        try:
            text = apply(self._before.text, draft.fix.edits)
        except (Conflict, IndexError) as error:
            return replace(draft, verdicts=(Verdict("edits-apply", False, str(error)),))
        trial = self._trial(draft, text, [one.finding for one in together or (draft,)])
        unchanged = Verdict("blob-unchanged", True, "the page is as it was analysed")
        verdicts = tuple(Verdict(name, *gate(trial)) for name, gate in GATES)
        return replace(draft, verdicts=(unchanged, *verdicts))

    def _trial(self, draft: Draft, text: str, edited: Sequence[Finding]) -> Trial:
        after = self._before.with_text(text)
        outlines = _Changed(self._facts.site.outlines, after.path, after.outline)
        facts = replace(self._facts, site=replace(self._facts.site, outlines=outlines))
        found = tuple(engine.check(after, self._rules, facts))
        about = tuple(finding.span for finding in edited)
        code = proved_code(edited, draft.fix.edits)
        return Trial(draft, self._before, after, self._found, found, facts, about, code)


class _Changed(Mapping[str, Outline]):
    """The site's outlines with one page's replaced."""

    def __init__(self, outlines: Mapping[str, Outline], path: str, outline: Outline) -> None:
        self._outlines = outlines
        self._path = path
        self._outline = outline

    def __getitem__(self, path: str) -> Outline:
        return self._outline if path == self._path else self._outlines[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outlines)

    def __len__(self) -> int:
        return len(self._outlines)


def inside_block(trial: Trial) -> tuple[bool, str]:
    """Every edit lies inside the block, or the definition, that its finding stands in."""
    places = [place for span in trial.about if (place := _place(trial.before, span))]
    for edit in trial.edits:
        if not any(place.contains(edit.span) for place in places):
            return False, f"the edit at offset {edit.span.start} reaches beyond the finding's block"
    return True, "each edit stays inside its finding's block"


def _place(document: Document, span: Span) -> Span | None:
    """The definition or the block without children that holds `span`."""
    definition = next((d.span for d in document.definitions if d.span and d.span.contains(span)), None)
    block = document.leaf_at(span)
    return definition or (block.span if block is not None and not block.children else None)


def same_structure(trial: Trial) -> tuple[bool, str]:
    """The page has the same blocks, of the same kinds and nesting, as before."""
    if _shape(trial.before.blocks) != _shape(trial.after.blocks):
        return False, "the edit would change the page's blocks"
    if [d.label for d in trial.before.definitions] != [d.label for d in trial.after.definitions]:
        return False, "the edit would change the page's link definitions"
    return True, "the page's blocks are the same"


def same_code(trial: Trial) -> tuple[bool, str]:
    """All code, block and inline, is unchanged, but for code spans that a finding proves wrong."""
    if not same_code_beside(trial.before, trial.after, trial.edits, trial.code):
        return False, "the edit would change code"
    return True, "all other code is the same" if trial.code else "all code is the same"


def same_links(trial: Trial) -> tuple[bool, str]:
    """Only the destination that the finding is about has changed."""
    before, after = trial.before.outline.links, trial.after.outline.links
    if len(before) != len(after) or _kinds(trial.before) != _kinds(trial.after):
        return False, "the edit would add, remove or exchange a link"
    for old, new in zip(before, after, strict=True):
        if old.destination == new.destination and old.kind == new.kind:
            continue
        if not trial.concerns(old.destination_span or old.span):
            return False, f"the edit would change another link, to {old.destination}"
    return True, "no other link is touched"


def same_markup(trial: Trial) -> tuple[bool, str]:
    """HTML, directives, alerts, comments and fixed words are as they were, but for the finding's own."""
    before, after = trial.before.masks, trial.after.masks
    kept = Counter(_said(mask, trial.before) for mask in before if not _may_change(mask, trial))
    lost = kept - Counter(_said(mask, trial.after) for mask in after)
    more = Counter(mask.kind for mask in after) - Counter(mask.kind for mask in before)
    for kind, text in lost:
        if kind in _MARKUP or kind == "no-loc":
            return False, f"the edit would change {text[:60]!r}"
    for kind in more:
        if kind in _MARKUP:
            return False, f"the edit would add markup of the kind {kind}"
    return True, "all other markup is the same"


def same_front_matter(trial: Trial) -> tuple[bool, str]:
    """The front matter is unchanged."""
    before, after = trial.before.front_matter, trial.after.front_matter
    old = before.span.of(trial.before.text) if before else ""
    new = after.span.of(trial.after.text) if after else ""
    return old == new, "the front matter is the same" if old == new else "the edit would change front matter"


def same_anchors(trial: Trial) -> tuple[bool, str]:
    """No anchor that others may link to is lost."""
    lost = trial.before.outline.anchors - trial.after.outline.anchors
    if lost:
        return False, f"links to #{min(lost)} would break"
    return True, "every anchor of the page is still there"


def finding_gone(trial: Trial) -> tuple[bool, str]:
    """The rule no longer reports the place."""
    finding = trial.draft.finding
    before = _count(trial.found_before, finding)
    after = _count(trial.found_after, finding)
    if after >= before:
        return False, f"{finding.rule} would still report it"
    return True, f"{finding.rule} no longer reports it"


def nothing_new(trial: Trial) -> tuple[bool, str]:
    """No rule reports anything that it didn't before."""
    new = _keys(trial.found_after) - _keys(trial.found_before)
    if new:
        rule, excerpt = min(new)
        return False, f"{rule} would newly report {excerpt[:60]!r}"
    return True, "no rule reports anything new"


def target_exists(trial: Trial) -> tuple[bool, str]:
    """Every destination an edit writes leads somewhere: file and anchor are there.

    A path of the site without a file here, and another site, are said not to have been looked at.
    """
    outside: list[str] = []
    for old, new in zip(trial.before.outline.links, trial.after.outline.links, strict=False):
        if old.destination == new.destination:
            continue
        target = resolve(trial.facts.site, trial.after.path, new.destination)
        if target.where not in (Where.FILE, Where.URL, Where.ELSEWHERE):
            return False, f"{new.destination} leads nowhere"
        if target.where is not Where.FILE and not trial.facts.site.urls.page(target.path, trial.after.path):
            outside.append(new.destination)
        anchors = trial.facts.site.anchors(target.path) if target.where is Where.FILE else None
        if target.checks_anchor and anchors is not None and target.fragment not in anchors:
            return False, f"{new.destination} names an anchor its page doesn't have"
    if outside:
        return True, f"{outside[0]} is outside of this repository and was not looked at"
    return True, "what the edit links to is there"


def idempotent(trial: Trial) -> tuple[bool, str]:
    """The rule has nothing to edit at the place it has just edited."""
    changed = _where(trial.edits)
    for finding in trial.found_after:
        edits = finding.fix.edits if finding.rule == trial.draft.finding.rule and finding.fix else ()
        if any(edit.span.overlaps(span) for edit in edits for span in changed):
            return False, f"{finding.rule} would edit its own edit"
    return True, "a second run changes nothing"


GATES: tuple[tuple[str, Gate], ...] = (
    ("inside-block", inside_block),
    ("same-structure", same_structure),
    ("same-code", same_code),
    ("same-links", same_links),
    ("same-markup", same_markup),
    ("same-front-matter", same_front_matter),
    ("same-anchors", same_anchors),
    ("finding-gone", finding_gone),
    ("nothing-new", nothing_new),
    ("target-exists", target_exists),
    ("idempotent", idempotent),
)


def combined(drafts: Sequence[Draft]) -> Draft:
    """Several drafts of one page as one, to be examined together; named after the first."""
    edits = tuple(sorted({edit for draft in drafts for edit in draft.fix.edits}))
    fix = Fix("All together", edits, drafts[0].fix.applicability)
    return replace(drafts[0], fix=fix, verdicts=())


Shape = tuple[str, int, str, tuple["Shape", ...]]


def _shape(blocks: Sequence[Block]) -> tuple[Shape, ...]:
    return tuple((block.kind, block.level, block.style, _shape(block.children)) for block in blocks)


_MARKUP = frozenset({"html", "directive", "marker", "include", "snippet", "xref", "protected", "comment"})


def _said(mask: Mask, document: Document) -> tuple[str, str]:
    return mask.kind, mask.span.of(document.text)


def _may_change(mask: Mask, trial: Trial) -> bool:
    return mask.kind != "protected" and trial.concerns(mask.span)


def _kinds(document: Document) -> list[tuple[str, str, str]]:
    """Every link, also where a directive hides it: what it is, and the label it goes by."""
    return [(node.kind, node.style, node.label) for node, _ in document.parsed.inventory.links]


def _count(findings: Iterable[Finding], like: Finding) -> int:
    key = (like.rule, normalised(like.excerpt))
    return sum((f.rule, normalised(f.excerpt)) == key for f in findings)


def _keys(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((f.rule, normalised(f.excerpt)) for f in findings)


def _where(edits: Iterable[Edit]) -> list[Span]:
    """The places of the replacements in the text after the edits."""
    places, moved = [], 0
    for edit in sorted(edits):
        start = edit.span.start + moved
        places.append(Span(start, start + len(edit.replacement)))
        moved += len(edit.replacement) - len(edit.span)
    return places
