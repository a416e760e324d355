"""The gates of form, which every draft passes: an edit changes what its finding is about and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from docbot.code_beside import same_code_beside
from docbot.gates.trial import Gate, Trial
from docbot.markdown import Document
from docbot.markdown.nodes import Block, Mask
from docbot.site.links import resolve
from docbot.site.target import Where
from docbot.text import Edit, Span
from docbot.types import Finding, normalised


def inside_block(trial: Trial) -> tuple[bool, str]:
    """Every edit lies inside the block, or the definition, that its finding stands in."""
    places = [place for span in trial.about if (place := _place(trial.before, span))]
    for edit in trial.own:
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
    """The rule no longer reports the place; of drafts made together the first's, and each generated one's."""
    for finding in (trial.draft.finding, *(draft.finding for draft in trial.generated)):
        before = _count(trial.found_before, finding)
        after = _count(trial.found_after, finding)
        if after >= before:
            return False, f"{finding.rule} would still report it"
    return True, f"{trial.draft.finding.rule} no longer reports it"


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
