"""The rule `redirected-link`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Link
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.links import (
    applicability,
    destination_of,
    is_itself,
    links_to_files,
    moved,
    relink,
)
from docbot.site.links import Target, Where
from docbot.site.repair import Answer, agreed, renamed
from docbot.types import Finding, Fix, Question, Severity


class RedirectedLink(Rule):
    """
    ## What it finds
    A link to a page that the repository's own redirection files have moved: the file is gone, and an
    entry says where its readers are sent.

    ## Why it matters
    On the published site every reader takes a detour, and a link to a file is dead in the repository
    and on GitHub.

    ## Evidence
    The redirection entry, with file and line; chains of entries are followed to their end. A rename in
    git that says the same is shown beside it.

    ## Fix
    Safe: the maintainers wrote the answer down. The link becomes a relative file link where the new
    page is in this repository, and the site's URL otherwise. Where the git history contradicts the
    entry, or the new page is the one the link stands on, there is no fix but a question.
    """

    name = "redirected-link"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    title = "Update links to {name}, which has moved"
    needs = frozenset({Need.SITE, Need.PATHS})
    by_line = True
    examples = (
        Good("See [setup](setup.md).", Given(files={"setup.md": "# Setup"})),
        Bad(
            "See [setup](old.md).",
            fixed="See [setup](install/new.md).",
            given=Given(files={"install/new.md": "# Setup"}, redirections={"old.md": "/docs/install/new"}),
        ),
        Bad(
            "See [setup][1].\n\n[1]: old.md#first",
            fixed="See [setup][1].\n\n[1]: /other/site/setup#first",
            given=Given(redirections={"old.md": "/other/site/setup"}),
        ),
    )

    def true_since(self, finding: Finding, facts: Facts) -> str:
        lost = finding.cause.removeprefix(f"{self.name} ")
        gone = [move.commit.date for move in facts.paths.moves.get(lost, ())[:1]]
        deleted = facts.paths.deletions.get(lost)
        return max([*gone, *([deleted.date] if deleted else [])], default="")

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for link, target in links_to_files(document, facts.site):
            if found := moved(document, target, facts.site):
                yield self._finding(document, link, target, found, facts)

    def _finding(
        self, document: Document, link: Link, target: Target, found: tuple[str, Answer], facts: Facts
    ) -> Finding:
        lost, answer = found
        rename = renamed(facts.site, facts.paths, document.path, lost)
        both = (answer,) if rename is None else (answer, rename)
        best = agreed(facts.site, document.path, both)
        fix, question = self._repair(document, link, target, answer, best, facts)
        if best is None:
            question = Question(
                f"The redirection and the history of {lost} disagree: which one should the link follow?",
                tuple(one.shown for one in both),
            )
        return self.finding(
            document,
            link.destination_span or link.span,
            f"{lost} has moved to {answer.shown}",
            confidence=0.97,
            severity=Severity.INFO if target.where is Where.URL else self.severity,
            evidence=tuple(one.evidence for one in both),
            cause=f"{self.name} {lost}",
            fix=fix,
            question=question,
        )

    def _repair(
        self,
        document: Document,
        link: Link,
        target: Target,
        answer: Answer,
        best: Answer | None,
        facts: Facts,
    ) -> tuple[Fix | None, Question | None]:
        if best is None:
            return None, None
        whole = replace(best, url=answer.url, fragment=answer.fragment)
        destination = destination_of(whole, document, link, target, facts.site)
        if is_itself(document, best, destination):
            text = f"{answer.shown} is this page itself: which section is meant, or should the link go?"
            return None, Question(text)
        return relink(link, destination, applicability(target, destination, sure=True)), None
