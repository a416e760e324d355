"""What is known of the hunks of a change, by the scans before and after it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from docbot.app.scan import Scan
from docbot.repository.families import copies
from docbot.review.forgotten import forgotten
from docbot.review.judging import Grounds, Unread
from docbot.review.proof import Prover, drafted
from docbot.review.same_words import hidden_by_line_ends, only_space_went, same_words
from docbot.review.values import Hunk, Judgement, Kind
from docbot.review.words import exchanged
from docbot.spelling.program import corrections, program
from docbot.types import Finding


class Texts(msgspec.Struct, frozen=True):
    """The texts of the pages that a change touches, by their paths then and now."""

    before: Mapping[str, str]
    after: Mapping[str, str]

    def of(self, hunk: Hunk) -> tuple[str, str]:
        """The lines of a hunk as they were and as they are; empty on a side that it isn't on."""
        old = hunk.before.of(self.before.get(hunk.old_path, ""))
        return old, hunk.after.of(self.after.get(hunk.path, ""))


def grounds(before: Scan, after: Scan, texts: Texts, unread: Mapping[str, Unread]) -> Grounds:
    """The grounds on which hunks are judged. The states of both scans must be there for as long."""
    prover = Prover(before.survey.document, before.survey.facts, texts.after)
    families = copies(after.survey.pages)
    # A page that is gone is published by the site as it was alone.
    site, published = after.survey.facts.site, before.survey.facts.site

    def is_drafted(hunk: Hunk, fixed: tuple[Finding, ...]) -> bool:
        return drafted(hunk, fixed, texts.before[hunk.old_path], texts.after[hunk.path])

    def left(hunk: Hunk) -> tuple[str, ...]:
        return forgotten(hunk, texts.before, families, lambda path: after.survey.document(path).text)

    def unredirected(path: str) -> bool:
        return published.publishes(path) and not site.serves(path)

    def plain(hunk: Hunk) -> tuple[Judgement, str] | None:
        if hunk.kind is not Kind.EDITED:
            return None
        old, new = before.survey.document(hunk.old_path), after.survey.document(hunk.path)
        return same_words(hunk, old, new)

    return Grounds(
        proof=prover.verdicts,
        drafted=is_drafted,
        forgotten=left,
        unredirected=unredirected,
        exchanged=lambda hunk: exchanged(*texts.of(hunk), corrections if program() else lambda words: {}),
        neat=lambda hunk: only_space_went(*texts.of(hunk)),
        same_words=plain,
        hidden=lambda hunk: hidden_by_line_ends(*texts.of(hunk)),
        unread=unread,
    )
