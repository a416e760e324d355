"""The rule `wrong-case-link`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.links import links_to_pages, relink
from docbot.site.generators import names_a_file
from docbot.site.links import Where, recased
from docbot.types import Evidence, EvidenceKind, Finding, Severity


class WrongCaseLink(Rule):
    """
    ## What it finds
    A link or an image whose path differs from the file's only in upper and lower case. Includes and
    snippets are left alone: nobody but the build follows them.

    ## Why it matters
    It works where the site is built on Windows, and is broken on GitHub, in editors on Linux and in
    every checker that runs there.

    ## Evidence
    The one file that has this path in another letter case.

    ## Fix
    Safe: the path is written as the file is named.
    """

    name = "wrong-case-link"
    kind = Kind.OUTDATED
    severity = Severity.INFO
    title = "Write links to {name} as the file is named"
    needs = frozenset({Need.SITE, Need.PATHS})
    by_line = True
    examples = (
        Good("See [setup](Setup.md).", Given(files={"Setup.md": "# Setup"})),
        Bad(
            "See [setup](guides/setup.md#first).",
            fixed="See [setup](Guides/Setup.md#first).",
            given=Given(files={"Guides/Setup.md": "# Setup\n\n## First\n"}),
        ),
    )

    def true_since(self, finding: Finding, facts: Facts) -> str:
        path = finding.cause.removeprefix(f"{self.name} ")
        before = facts.paths.moves.get(facts.paths.folded.get(path.lower(), ""), ())
        return before[0].commit.date if before and before[0].path == path else ""

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for link, target in links_to_pages(document, facts.site):
            if target.where is not Where.CASED:
                continue
            if not (facts.site.on_learn(document.path) or names_a_file(target.path)):
                continue
            destination = recased(link.destination, document.path, target.path)
            yield self.finding(
                document,
                link.destination_span or link.span,
                f"The file is named {target.path}",
                confidence=0.95,
                evidence=(
                    Evidence(
                        EvidenceKind.CASE, target.path, "the only file with this path in any letter case"
                    ),
                ),
                cause=f"{self.name} {target.path}",
                fix=relink(link, destination),
            )
