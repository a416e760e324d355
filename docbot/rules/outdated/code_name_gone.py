"""The rule `code-name-gone`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.code_names import CodeName, NameKind, names_in, names_on
from docbot.markdown.nodes import Block
from docbot.repository.values import GoneName, PageCommit
from docbot.rules.interface import Bad, Given, Good, Kind, Rule, replace
from docbot.rules.outdated.past import is_history, speaks_of_the_past
from docbot.site.sources import GonePath, gone_path
from docbot.text import LineIndex, Span
from docbot.types import (
    Applicability,
    Evidence,
    EvidenceKind,
    Finding,
    Question,
    Severity,
)

_PAGE_OF_OTHERS = re.compile(r"(?:^|/)(?:vendor|third[_-]party|node_modules|testdata|fixtures)/", re.I)
_WORD = re.compile(r"[\w-]+")
_WRITTEN = "2024-01-15"


class CodeNameGone(Rule):
    """
    ## What it finds
    A path, an option or a symbol in a code span that the source code had when the line was written and has
    no more. The source is the repository itself, and every clone named with `--source` or in your own config.

    ## Why it matters
    Readers look for what isn't there, or type a command that fails.

    ## Evidence
    The commit that renamed or deleted the file, or that took the last definition of the name out of the
    code, and the date of the line, which is older. A name that anything but prose still mentions, in any
    spelling (`--dry-run`, `dry_run`, `DryRun`), is there. Names that code never defined, placeholders,
    release notes and sentences about the past are passed over.

    ## Fix
    Safe where git followed a file, named from the root or from the page, to its new place with little change.
    Unsafe where only the end of the path is written, or where the commit put one other name in its place.
    Otherwise a question.
    """

    name = "code-name-gone"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    title = "Name {name} as the code does now"
    needs = frozenset({Need.SITE, Need.PATHS, Need.LINES, Need.SOURCES})
    examples = (
        Good("The parser is in `src/parser.py`.", Given(files={"src/parser.py": ""}, written=_WRITTEN)),
        Good("Put it in `src/never_there.py`.", Given(written=_WRITTEN)),
        Good(
            "The parser was in `src/parser.py`.",
            Given(files={"src/reader.py": ""}, renames={"src/parser.py": "src/reader.py"}, written=_WRITTEN),
        ),
        Good(
            "The line is younger: `src/parser.py`.",
            Given(files={"src/reader.py": ""}, renames={"src/parser.py": "src/reader.py"}),
        ),
        Bad(
            "The parser is in `src/parser.py`.",
            fixed="The parser is in `src/reader.py`.",
            given=Given(
                files={"src/reader.py": ""}, renames={"src/parser.py": "src/reader.py"}, written=_WRITTEN
            ),
        ),
        Bad("The parser is in `src/parser.py`.", given=Given(deletions=("src/parser.py",), written=_WRITTEN)),
        Bad(
            "Run it with `--dry-run`.",
            fixed="Run it with `--no-changes`.",
            given=Given(gone_names={"dry-run": "no-changes"}, written=_WRITTEN),
        ),
    )  # fmt: skip

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if not facts.sources.trees or _PAGE_OF_OTHERS.search(document.path):
            return
        if not any(self._was_known(name, facts) for name in names_on(document.text)):
            return
        lines = LineIndex(document.text)
        samples: set[str] | None = None
        for start, name in self._names(document):
            if not self._was_known(name, facts):
                continue
            place = Span(start + name.start, start + name.end)
            written = facts.lines.written(document.path, lines.line(place.start))
            if written is None or self._is_past(document, place):
                continue
            if name.kind is NameKind.PATH:
                path = gone_path(facts.sources, document.path, name.text)
                if path is not None and written.date < path.commit.date:
                    yield self._gone_path(document, place, path, written)
                continue
            gone = facts.sources.names[name.text]
            if samples is None:
                samples = self._words_of_samples(document)
            if written.time < gone.time and not (name.kind is NameKind.SYMBOL and name.text in samples):
                yield self._gone_name(document, place, name, gone, written)

    def _names(self, document: Document) -> Iterator[tuple[int, CodeName]]:
        """Each name in a code span outside of links, and where the span's code starts."""
        links = [node.span for node, _ in document.parsed.inventory.links if node.span]
        for block in document.parsed.inventory.prose:
            for node in block.leaves():
                if node.kind != "code" or node.content is None:
                    continue
                if not any(link.overlaps(node.content) for link in links):
                    start = node.content.start
                    yield from ((start, name) for name in names_in(node.content.of(document.text)))

    def _was_known(self, name: CodeName, facts: Facts) -> bool:
        if name.kind is not NameKind.PATH:
            return name.text in facts.sources.names
        last = name.text.rstrip("/").rpartition("/")[2]
        return any(last in tree.named for tree in facts.sources.trees)

    def _is_past(self, document: Document, place: Span) -> bool:
        return is_history(document, place.start) or speaks_of_the_past(document.text, place.start)

    def _words_of_samples(self, document: Document) -> set[str]:
        """The words in the page's code blocks: what a sample defines is the sample's own."""
        blocks = (block for top in document.blocks for block in top.walk())
        code = (block.content for block in blocks if _is_sample(block))
        return {word for span in code if span for word in _WORD.findall(span.of(document.text))}

    def _gone_path(self, document: Document, place: Span, gone: GonePath, written: PageCommit) -> Finding:
        shown = place.of(document.text)
        where = f" of {gone.source}" if gone.source else ""
        answer, fix = gone.answer, None
        detail = f"{gone.path}{where} was there until {gone.commit.date}, and isn't now"
        proof = [Evidence(EvidenceKind.SOURCE_CODE, f"commit {gone.commit.id}", detail)]
        if answer is not None:
            proof.append(answer.evidence)
        if answer is not None and answer.sure:
            how = Applicability.SAFE if gone.exact else Applicability.UNSAFE
            fix = replace(place, gone.written, f"Name {gone.written}", how)
        asked = f"What should this say, now that {gone.path}{where} is gone?"
        question = Question(asked, (gone.written,) if answer else ())
        return self.finding(
            document,
            place,
            f"{shown} isn't there any more" + (f" in {gone.source}" if gone.source else ""),
            # Only paths that are written as a whole were right often enough to be shown by default.
            confidence=0.85 if gone.exact else 0.75 if "/" in shown else 0.7,
            evidence=(*proof, _age(written)),
            cause=" ".join(filter(None, (self.name, gone.source, gone.path))),
            fix=fix,
            question=None if fix else question,
        )

    def _gone_name(
        self, document: Document, place: Span, name: CodeName, gone: GoneName, written: PageCommit
    ) -> Finding:
        where = f" of {gone.source}" if gone.source else ""
        detail = f"{gone.path}{where} defined {name.text} until {gone.commit.date}; no file mentions it now"
        fix = question = None
        if len(gone.became) == 1:
            new = _spelled_like(gone.became[0], name.text)
            fix = replace(place, new, f"Say {new}", Applicability.UNSAFE)
        else:
            question = Question(
                f"What should this say, now that {name.text} is gone from the code{where}?", gone.became[:3]
            )
        return self.finding(
            document,
            place,
            f"{name.text} is gone from the code{where}",
            confidence=self._sure(name),
            evidence=(Evidence(EvidenceKind.SOURCE_CODE, f"commit {gone.commit.id}", detail), _age(written)),
            cause=" ".join(filter(None, (self.name, gone.source, name.text))),
            fix=fix,
            question=question,
        )

    def _sure(self, name: CodeName) -> float:
        # A word with dashes may be anything: a branch, a package, another program's setting.
        kebab = name.kind is NameKind.SYMBOL and "-" in name.text
        return 0.5 if kebab else 0.75


def _is_sample(block: Block) -> bool:
    return block.kind == "code"


def _age(written: PageCommit) -> Evidence:
    return Evidence(EvidenceKind.AGE, f"commit {written.id}", f"the line was last written on {written.date}")


def _spelled_like(new: str, old: str) -> str:
    """An option that code spells with underscores is written with dashes, as the old one is."""
    return new.replace("_", "-") if "-" in old and "_" in new else new
