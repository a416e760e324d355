"""The rule `snippet-out-of-range`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Link, LinkKind
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.site.links import resolve
from docbot.site.snippets import Asked, LostRegion, SnippetFile, asked
from docbot.site.target import Where
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_SAMPLE = "using System;\n// <Greet>\nConsole.WriteLine(1);\n// </Greet>\n"


class SnippetOutOfRange(Rule):
    """
    ## What it finds
    A `:::code` or `[!code-…]` directive that asks for a region its file doesn't have, or for lines after its
    last.

    ## Why it matters
    The reader sees an empty box, or a sample without its end. Learn's build says nothing of it.

    ## Evidence
    The file's own lines and marks, read as Learn reads them: letter case doesn't count, and a region may
    be called `snippet` and the name. If git knows the commit that took the region away, it is named, and so
    is a file that has the region now.

    ## Fix
    None: a question. Which lines are meant is the author's to say.
    """

    name = "snippet-out-of-range"
    kind = Kind.OUTDATED
    severity = Severity.ERROR
    title = "Show samples that {name} has"
    needs = frozenset({Need.SITE, Need.SNIPPETS})
    examples = (
        Good("[!code-csharp[](a.cs?name=Greet)]", Given(files={"a.cs": _SAMPLE})),
        Good(':::code language="csharp" source="a.cs" range="1-2,4":::', Given(files={"a.cs": _SAMPLE})),
        Good("[!code-csharp[](a.cs#L2-L3)]", Given(files={"a.cs": _SAMPLE})),
        Bad("[!code-csharp[](a.cs?name=Part)]", given=Given(files={"a.cs": _SAMPLE})),
        Bad(':::code language="csharp" source="a.cs" id="Part":::', given=Given(files={"a.cs": _SAMPLE})),
        Bad("[!code-csharp[](a.cs#L9-L12)]", given=Given(files={"a.cs": _SAMPLE})),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for link in document.outline.links:
            if link.kind is not LinkKind.SNIPPET:
                continue
            target = resolve(facts.site, document.path, link.destination)
            shown = facts.snippets.files.get(target.path) if target.where is Where.FILE else None
            if shown is None:
                continue
            wanted = asked(document.text, link)
            if wanted.region and not shown.has(wanted.region):
                lost = facts.snippets.lost.get((target.path, wanted.region), LostRegion())
                yield self._no_region(document, link, target.path, wanted, lost)
            elif not wanted.region:
                yield from self._beyond(document, link, target.path, wanted, shown)

    def _no_region(
        self, document: Document, link: Link, path: str, wanted: Asked, lost: LostRegion
    ) -> Finding:
        found = [
            Evidence(EvidenceKind.SOURCE_CODE, path, f"no mark in {path} opens and closes {wanted.region}")
        ]
        if lost.commit:
            detail = f"{wanted.region} was last changed in {path} on {lost.commit.date}"
            found.append(Evidence(EvidenceKind.HISTORY, f"commit {lost.commit.id}", detail))
        found += [Evidence(EvidenceKind.SOURCE_CODE, now, f"{now} has {wanted.region}") for now in lost.now]
        return self.finding(
            document,
            wanted.span or link.span,
            f"{path} has no region {wanted.region}, so nothing is shown",
            confidence=0.9,
            evidence=tuple(found),
            cause=f"{self.name} {path}",
            question=Question(f"Which part of {path} should be shown here?", lost.now),
        )

    def _beyond(
        self, document: Document, link: Link, path: str, wanted: Asked, shown: SnippetFile
    ) -> Iterator[Finding]:
        for first, last in wanted.ranges:
            if first <= shown.lines and (last <= shown.lines or last >= 10**9):
                continue
            nothing = first > shown.lines
            yield self.finding(
                document,
                wanted.span or link.span,
                f"{path} has {shown.lines} lines, so "
                + (
                    f"nothing is shown from line {first} on"
                    if nothing
                    else f"the sample ends before line {last}"
                ),
                confidence=0.9 if nothing else 0.7,
                severity=Severity.ERROR if nothing else Severity.WARNING,
                evidence=(Evidence(EvidenceKind.SOURCE_CODE, path, f"the file has {shown.lines} lines"),),
                cause=f"{self.name} {path}",
                question=Question(f"Which lines of {path} should be shown here?"),
            )
            return
