"""What to propose now, and why everything else is held. Pure: no clock, no disk, no network."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from docbot.rules.by_hand import ByHand
from docbot.text import apply
from docbot.types import Draft, FileChange, Finding, Fix, Held, Plan, Proposal, digest

_UNSAFE_IN_BRANCH = re.compile(r"[^a-z0-9]+")


class Limits(msgspec.Struct, frozen=True):
    """How much one run may propose."""

    max_pulls: int = 1
    max_files: int = 50
    unsafe: bool = False
    """Whether fixes go that a person has to look at first."""
    taken: frozenset[str] = frozenset()
    """Branches that are there already."""
    along: frozenset[str] = frozenset()
    """Fingerprints of findings that nobody asked for, and that go with the same edit of a copy alone."""


class Page(msgspec.Struct, frozen=True):
    """A page's text and how it becomes bytes again."""

    blob: str
    text: str
    encode: Callable[[str], bytes]


MANY = 5
"""As many independent changes want an issue before a pull request."""
_UNPROVED = (
    "nothing proves it, and without a proof nothing is proposed: see what its rule says with `docbot rules`"
)
_ALONE = "it goes with the same edit of a copy, and that isn't proposed now: choose it with --path"
_UNSAFE = "a person has to look at it first: see it with `docbot draft`, and propose it with --unsafe"

Write = Callable[[Sequence[Draft]], tuple[str, str, str]]
"""The title, commit message and body of a proposal for these drafts."""


def plan(drafts: Iterable[Draft], pages: Mapping[str, Page], base: str, limits: Limits, write: Write) -> Plan:
    """One proposal for each root cause, worst first, as many as `limits` allow.

    Drafts of one cause, and equal edits on copies of a page, are one decision and go together. `pages`
    holds every page that has a draft.
    """
    reasons = [(draft, _unfit(draft, limits)) for draft in drafts]
    held = [Held(draft, reason) for draft, reason in reasons if reason]
    decisions = _decisions([draft for draft, reason in reasons if not reason])
    fitting, left = _with_copies(decisions, limits)
    held += left
    proposals: list[Proposal] = []
    large: list[tuple[Draft, ...]] = []
    for group in sorted(fitting, key=_worth):
        too_large = _too_large(group, limits)
        reason = _taken(group, limits) or too_large or _too_many(len(proposals), limits)
        if reason:
            held += [Held(draft, reason) for draft in group]
        else:
            proposals.append(_proposal(group, pages, base, write))
        if too_large:
            large.append(tuple(sorted(group, key=lambda draft: draft.finding.key)))
    return Plan(tuple(proposals), tuple(held), tuple(large))


def _unfit(draft: Draft, limits: Limits) -> str:
    """Why a draft can't go, whatever goes with it; empty if it can."""
    if not draft.passed:
        return f"a gate refused it: {draft.refusal}"
    if not draft.finding.evidence:
        return _UNPROVED
    return "" if limits.unsafe or draft.safe else _UNSAFE


def _decisions(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Drafts joined where they share a cause, or make the same edit on copies of a page."""
    leader: dict[int, int] = {i: i for i in range(len(drafts))}

    def lead(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    first: dict[tuple[str, ...], int] = {}
    for i, draft in enumerate(drafts):
        for key in (("cause", draft.finding.rule, draft.finding.cause), _copy_key(draft)):
            leader[lead(i)] = lead(first.setdefault(key, i))
    groups: dict[int, list[Draft]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        groups[lead(i)].append(draft)
    return list(groups.values())


def _with_copies(decisions: Iterable[list[Draft]], limits: Limits) -> tuple[list[list[Draft]], list[Held]]:
    """What was asked for, each with as many pages that go along as there is room for; the rest is held."""
    fitting: list[list[Draft]] = []
    held: list[Held] = []
    for group in decisions:
        asked = [draft.finding.path for draft in group if draft.finding.fingerprint not in limits.along]
        every = list(dict.fromkeys((*asked, *(draft.finding.path for draft in group))))
        room = set(every[: max(limits.max_files, len(set(asked)))] if asked else ())
        reason = _no_room(limits) if asked else _ALONE
        held += [Held(draft, reason) for draft in group if draft.finding.path not in room]
        fitting += [[draft for draft in group if draft.finding.path in room]] if asked else []
    return fitting, held


def _no_room(limits: Limits) -> str:
    return (
        f"the same edit goes on a copy, and the repository takes {limits.max_files} files in a pull request: "
        "choose this one with --path once that is settled"
    )


def copy_key(finding: Finding, fix: Fix) -> tuple[str, ...]:
    """Equal for the same edit on pages of the same name, as copies in version folders have."""
    replacements = "\0".join(edit.replacement for edit in fix.edits)
    return ("copy", finding.rule, posixpath.basename(finding.path), finding.excerpt, replacements)


def _copy_key(draft: Draft) -> tuple[str, ...]:
    return copy_key(draft.finding, draft.fix)


def _worth(group: list[Draft]) -> tuple[int, float, int, str]:
    """Sorts the decision readers gain most from first: by severity, certainty, places, then name."""
    worst = max(draft.finding.severity.rank for draft in group)
    surest = max(draft.finding.confidence for draft in group)
    return (-worst, -surest, -len(group), min(draft.finding.cause for draft in group))


def _taken(group: list[Draft], limits: Limits) -> str:
    branch = branch_name(group)
    if branch not in limits.taken:
        return ""
    return f"its branch {branch} is there already: push it, or delete it with `git branch -D {branch}`"


def _too_large(group: list[Draft], limits: Limits) -> str:
    """Why a decision is more than a maintainer would take unasked; empty if it isn't."""
    files = len({draft.finding.path for draft in group})
    cause = group[0].finding.cause
    if files > limits.max_files:
        return (
            f"{cause} touches {files} files, and the repository takes {limits.max_files} in a pull request: "
            "ask its maintainers in an issue first, or choose a folder with --path"
        )
    # A person's own edits share a cause, whatever they are about.
    edits = len({_copy_key(draft) for draft in group if draft.finding.rule == ByHand.name})
    if edits >= MANY:
        return f"{cause} makes {edits} different changes: ask in an issue first, or propose fewer at once"
    return ""


def _too_many(made: int, limits: Limits) -> str:
    if made < limits.max_pulls:
        return ""
    return (
        f"a run proposes {limits.max_pulls}, and other decisions come first: choose it with --rule, "
        "--path or its fingerprint, or run docbot again once those are settled"
    )


def _proposal(group: list[Draft], pages: Mapping[str, Page], base: str, write: Write) -> Proposal:
    ordered = sorted(group, key=lambda draft: draft.finding.key)
    title, message, body = write(ordered)
    return Proposal(
        topic=ordered[0].finding.cause,
        base=base,
        branch=branch_name(ordered),
        title=title,
        message=message,
        body=body,
        changes=tuple(_changes(ordered, pages)),
        fingerprints=tuple(draft.finding.fingerprint for draft in ordered),
        drafts=tuple(ordered),
    )


def branch_name(drafts: Sequence[Draft]) -> str:
    """The branch for a decision: the same for the same cause, whatever else changes."""
    first = min(drafts, key=lambda draft: draft.finding.cause).finding
    subject = posixpath.basename(first.cause.partition(" ")[2].partition("#")[0])
    rule, words = _words(first.rule), _words(subject)
    return f"docbot/{rule or 'rule'}/{words or 'change'}-{digest('branch', first.cause)[:6]}"


def _words(text: str) -> str:
    return _UNSAFE_IN_BRANCH.sub("-", text.lower()).strip("-")[:40].strip("-")


def _changes(drafts: Sequence[Draft], pages: Mapping[str, Page]) -> Iterable[FileChange]:
    by_path: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_path[draft.finding.path].append(draft)
    for path, mine in sorted(by_path.items()):
        page = pages[path]
        after = apply(page.text, [edit for draft in mine for edit in draft.fix.edits])
        yield FileChange(path, page.blob, page.encode(page.text), page.encode(after))
