"""The rule `file-not-found`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Link, LinkKind
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.links import (
    applicability,
    destination_of,
    is_itself,
    links_to_files,
    moved,
    relink,
)
from docbot.site.generators import is_twin, may_be_found, names_a_file
from docbot.site.links import Target, Where, is_image, is_page, written_like
from docbot.site.moved_pages import answers
from docbot.site.repair import Answer, agreed, deletion_of, nearest, other_versions
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_EMBEDDED = frozenset({LinkKind.IMAGE, LinkKind.INCLUDE, LinkKind.SNIPPET, LinkKind.LEARN_IMAGE})
"""Links to what is shown in the page: no page's name is meant."""


class FileNotFound(Rule):
    """
    ## What it finds
    A link, image, include or snippet that names a file the repository doesn't have, in any letter
    case, and of which no redirection entry tells where it went.

    ## Why it matters
    The reader ends on "404 - Page not found". Learn's build reports the same code.

    ## Evidence
    A rename in git (the whole chain is followed to where the content is now), a move of the page itself
    (the link led somewhere from where the page stood before), the deletion's commit, or that just one
    file of that name exists. Without any of these only a page or an image is reported,
    and only on one that is published on Learn, whose build reports it too. Elsewhere docbot is silent where
    a site generator may find the file in a way of its own.

    ## Fix
    Safe for a rename: the content is the same, its place is known. Unsafe for the one file of that
    name: a person confirms it. Where two kinds of evidence disagree, or the page is gone for good,
    there is no fix but a question. The nearest name is shown, never applied.
    """

    name = "file-not-found"
    kind = Kind.OUTDATED
    severity = Severity.ERROR
    title = "Repair links to {name}"
    needs = frozenset({Need.SITE, Need.PATHS})
    examples = (
        Good("See [setup](setup.md).", Given(files={"setup.md": "# Setup"})),
        Good("See [tab](#tab/windows), [pic](a.png#lightbox) and [web](https://example.com/x).",
             Given(files={"a.png": ""})),
        Good("See [landing](start.md).", Given(files={"start.yml": "### YamlMime:Landing"})),
        Bad(
            "See [setup](setup.md#first).",
            fixed="See [setup](install/setup-guide.md#first).",
            given=Given(
                files={"install/setup-guide.md": "# Setup\n\n## First\n"},
                renames={"setup.md": "install/setup-guide.md"},
            ),
        ),
        Bad(
            "![A window](media/window.png)",
            fixed="![A window](images/window.png)",
            given=Given(files={"images/window.png": ""}),
        ),
        Bad(
            "See [first](steps.md).",
            fixed="See [first](guides/steps.md).",
            given=Given(
                files={"guides/steps.md": "# Steps", "other/steps.md": "# Steps"},
                renames={"guides/page.md": "page.md"},
            ),
        ),
        Bad(
            "See [threads](about_Threads).",
            fixed="See [threads](about_Threads.md).",
            given=Given(files={"about_Threads.md": "# Threads"}),
        ),
        Bad("See [setup](gone.md)."),
    )  # fmt: skip

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        site = facts.site
        for link, target in links_to_files(document, site):
            if (
                target.where is Where.EXTENSION
                and site.on_learn(document.path)
                and link.kind not in _EMBEDDED
            ):
                yield self._without_extension(document, link, target)
            elif target.where is Where.MISSING and moved(document, target, site) is None:
                found = answers(site, facts.paths, document.path, target.path)
                if self._is_proved(document, target, found, facts):
                    yield self._lost(document, link, target, found, facts)

    def _is_proved(self, document: Document, target: Target, found: tuple[Answer, ...], facts: Facts) -> bool:
        """Whether the link is known to be broken, by more than a file that isn't there."""
        if facts.site.on_learn(document.path):
            return bool(found) or facts.site.redirections.of(target.path) is None
        site, lost = facts.site, target.path
        was_renamed = any(answer.evidence.kind is EvidenceKind.RENAME for answer in found)
        if not was_renamed and (is_twin(site, lost) or not (found or deletion_of(facts.paths, lost))):
            return False
        return names_a_file(lost) and not may_be_found(site, document.path, lost)

    def _without_extension(self, document: Document, link: Link, target: Target) -> Finding:
        destination = written_like(
            link.destination, document.path, target.path, target.fragment, target.query
        )
        return self.finding(
            document,
            link.destination_span or link.span,
            f"The link leaves out the extension of {target.path}",
            confidence=0.9,
            severity=Severity.WARNING,
            evidence=(
                Evidence(EvidenceKind.UNIQUE_NAME, target.path, "the file stands there with its extension"),
            ),
            cause=f"{self.name} {target.path}",
            fix=relink(link, destination),
        )

    def _lost(
        self, document: Document, link: Link, target: Target, found: tuple[Answer, ...], facts: Facts
    ) -> Finding:
        best = agreed(facts.site, document.path, found)
        fix = None
        if best is not None:
            sure = len(found) > 1 or best.sure
            destination = destination_of(best, document, link, target, facts.site)
            if not is_itself(document, best, destination):
                fix = relink(link, destination, applicability(target, destination, sure=sure))
        return self.finding(
            document,
            link.destination_span or link.span,
            f"There is no {target.path}",
            confidence=self._confidence(found, target, facts, facts.site.on_learn(document.path)),
            evidence=self._evidence(found, target, facts),
            cause=f"{self.name} {target.path}",
            fix=fix,
            question=None if fix else self._question(found, target, facts),
        )

    def _confidence(self, found: tuple[Answer, ...], target: Target, facts: Facts, learn: bool) -> float:
        if any(answer.evidence.kind is EvidenceKind.RENAME for answer in found):
            return 0.97
        if deletion_of(facts.paths, target.path):
            return 0.95 if learn else 0.85
        if found:
            return 0.9 if learn else 0.85
        return 0.85 if is_page(target.path) or is_image(target.path) else 0.6

    def _evidence(self, found: tuple[Answer, ...], target: Target, facts: Facts) -> tuple[Evidence, ...]:
        evidence = tuple(answer.evidence for answer in found)
        was_renamed = any(one.kind is EvidenceKind.RENAME for one in evidence)
        deletion = None if was_renamed else deletion_of(facts.paths, target.path)
        if deletion:
            detail = f"{target.path} was deleted on {deletion.date}"
            return (*evidence, Evidence(EvidenceKind.HISTORY, f"commit {deletion.id}", detail))
        if evidence:
            return evidence
        return (
            Evidence(EvidenceKind.HISTORY, f"git log --all -- {target.path}", self._last_seen(target, facts)),
        )

    def _last_seen(self, target: Target, facts: Facts) -> str:
        if moves := facts.paths.moves.get(facts.paths.folded.get(target.path.lower(), target.path)):
            where, date = moves[0].path, moves[0].commit.date
            return f"{target.path} was renamed to {where} on {date}, which isn't here any more"
        if facts.paths.complete:
            return f"the repository never had {target.path}"
        return f"the repository doesn't have {target.path} (its history is incomplete here)"

    def _question(self, found: tuple[Answer, ...], target: Target, facts: Facts) -> Question:
        site, lost = facts.site, target.path
        shown = tuple(dict.fromkeys(answer.shown for answer in found))
        choices = shown or other_versions(site, lost) or nearest(site, lost)
        was_here = deletion_of(facts.paths, lost) or facts.paths.moves.get(lost) or not facts.paths.complete
        asked = f"now that {lost} is gone" if was_here or shown else f"as there never was a {lost}"
        return Question(f"Where should this link lead, {asked}?", choices)
