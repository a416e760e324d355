"""The rule `bookmark-not-found`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Link
from docbot.repository.values import HeadingChange
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.links import relink
from docbot.site.bookmarks import broken_bookmarks, nearest_anchors, renamed_heading, same_subject
from docbot.site.links import Target, encoded, written_like
from docbot.types import Evidence, EvidenceKind, Finding, Fix, Question, Severity

_DOUBTFUL, _UNPROVED = 0.7, 0.5
"""Anchors are made in many ways beside Learn; what none of the known ones makes is below the default."""


class BookmarkNotFound(Rule):
    """
    ## What it finds
    A link to a heading or an anchor that its page, with all it includes, doesn't have.

    ## Why it matters
    The reader lands at the top of a page and has to search for what the link promised. Learn's build
    reports the same code.

    ## Evidence
    The commit that renamed the heading, or the one anchor that differs in letter case alone. Without
    either: the headings the page has. Anchors are worked out by Learn's algorithm in a repository
    published there; elsewhere a link is reported only if no known algorithm makes its anchor, and stays
    below the default confidence unless a commit renamed the heading.

    ## Fix
    Safe where the heading was renamed or only the letter case differs. Otherwise a question with the
    nearest anchors, never an edit.
    """

    name = "bookmark-not-found"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    title = "Repair links to {name}"
    needs = frozenset({Need.SITE, Need.HEADINGS})
    examples = (
        Good("# Setup\n\nSee [first](#first-step), [top](#top), [tab](#tab/one).\n\n## First step\n"),
        Good("See [it](other.md#x).", Given(files={"other.md": '## <a id="x"></a>Title'})),
        Bad(
            "See [it](other.md#first-step).",
            fixed="See [it](other.md#step-one).",
            given=Given(
                files={"other.md": "# Other\n\n## Step one\n"},
                headings={"other.md#First step": "Step one"},
            ),
        ),
        Bad(
            "# Setup\n\nSee [first](#First-Step).\n\n## First step\n",
            fixed="# Setup\n\nSee [first](#first-step).\n\n## First step\n",
        ),
        Bad("# Setup\n\nSee [first](#configuration-setting).\n\n## Configuration settings\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for link, target, anchors in broken_bookmarks(document.path, document.outline, facts.site):
            yield self._finding(document, link, target, anchors, facts)

    def _finding(
        self, document: Document, link: Link, target: Target, anchors: frozenset[str], facts: Facts
    ) -> Finding:
        fix, evidence, confidence = self._repair(document, link, target, anchors, facts)
        near = nearest_anchors(target.fragment, anchors)
        where = "this page" if target.path == document.path else target.path
        return self.finding(
            document,
            link.destination_span or link.span,
            f"There is no #{target.fragment} on {where}",
            confidence=confidence,
            evidence=evidence,
            cause=f"{self.name} {target.path}#{target.fragment}",
            fix=fix,
            question=None
            if fix
            else Question(f"Which section of {target.path} is meant?", tuple(f"#{a}" for a in near)),
        )

    def _repair(
        self, document: Document, link: Link, target: Target, anchors: frozenset[str], facts: Facts
    ) -> tuple[Fix | None, tuple[Evidence, ...], float]:
        learn = facts.site.on_learn(target.path)
        change = renamed_heading(target, anchors, facts.headings, learn=learn)
        if change is not None and change[1]:
            fix = relink(link, _with_anchor(document, link, target, change[1]))
            return fix, (_renamed(target, change[0]),), 0.97 if learn else 0.9
        cased = [anchor for anchor in anchors if anchor.lower() == target.fragment.lower()]
        if len(cased) == 1:
            evidence = Evidence(
                EvidenceKind.CASE,
                f"{target.path}#{cased[0]}",
                "the only anchor with this name in any letter case",
            )
            return relink(link, _with_anchor(document, link, target, cased[0])), (evidence,), 0.95
        if change is not None:
            return None, (_renamed(target, change[0]),), 0.95 if learn else _DOUBTFUL
        detail = f"none of the page's {len(anchors)} anchors is #{target.fragment}"
        evidence = Evidence(EvidenceKind.HISTORY, target.path, detail)
        return None, (evidence,), 0.9 if learn else _UNPROVED


def _with_anchor(document: Document, link: Link, target: Target, anchor: str) -> str:
    """The link's destination as it stands in the text, up to the `#`, and `anchor` behind it."""
    written = link.destination_span.of(document.text) if link.destination_span else ""
    path, mark, _ = written.partition("#")
    if mark and not path.endswith(("\\", "&")):
        return f"{path}#{encoded(anchor)}"
    return written_like(link.destination, document.path, target.path, anchor, target.query)


def _renamed(target: Target, change: HeadingChange) -> Evidence:
    new = "was removed"
    if change.new:
        verb = "was renamed to" if same_subject(change.old, change.new) else "gave way to"
        new = f"{verb} {change.new!r}"
    return Evidence(
        EvidenceKind.HISTORY,
        f"commit {change.commit.id}",
        f"the heading {change.old!r} of {target.path} {new} on {change.commit.date}",
    )
