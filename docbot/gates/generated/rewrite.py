"""A generated draft as the gates of meaning see it: its section before and after, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from docbot.gates.generated.align import Group, grouped
from docbot.gates.generated.passage import Passage, solids
from docbot.gates.generated.vocabulary import stem
from docbot.markdown import Document
from docbot.markdown.prose import Prose
from docbot.text import Edit, Span
from docbot.types import Draft

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][^\W_]*")


class Rewrite:
    """One generated draft: what it adds to its page, on which `others` may be edited already.

    `page` is the page as it was analysed, `before` the same with the edits of the drafts it is tried with,
    `after` with all edits.
    """

    def __init__(
        self,
        draft: Draft,
        page: Document,
        before: Document,
        after: Document,
        others: Sequence[Edit],
        edits: Sequence[Edit],
    ) -> None:
        self.draft = draft
        self.page = page
        self.before = before
        self.after = after
        # Without a section nothing may be edited (see inside-section), and the page is compared instead.
        whole = Span(0, len(page.text))
        section = draft.finding.section.span if draft.finding.section else whole
        self.section_before = moved(section, others)
        self.section_after = moved(section, edits)

    @property
    def source_before(self) -> str:
        """The section as written."""
        return self.section_before.of(self.before.text)

    @property
    def source_after(self) -> str:
        return self.section_after.of(self.after.text)

    @cached_property
    def pairs(self) -> tuple[tuple[Passage, Passage], ...]:
        """The section's blocks of prose that differ, before and after.

        Where the numbers of blocks differ, all of them are one.
        """
        old = _inside(self.before, self.section_before)
        new = _inside(self.after, self.section_after)
        paired = [([a], [b]) for a, b in zip(old, new, strict=False) if not self._same(a, b)]
        if len(old) != len(new):
            paired = [(old, new)]
        was, now = solids(self.before), solids(self.after)
        return tuple((Passage(self.before, a, was), Passage(self.after, b, now)) for a, b in paired)

    def _same(self, old: Prose, new: Prose) -> bool:
        return old.span.of(self.before.text) == new.span.of(self.after.text)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The sentences of the blocks that differ, each with what became of it."""
        return tuple(group for old, new in self.pairs for group in grouped(old.sentences, new.sentences))

    @cached_property
    def known(self) -> frozenset[str]:
        """The stems of all words that the page has in lower case, before."""
        words = (word for prose in self.before.prose for word in _WORD.findall(prose.text))
        return frozenset(
            stem(word.replace("’", "'").removesuffix("'s")) for word in words if word[0].islower()
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that have a capital letter on the page before where none has to be."""
        return frozenset(name for prose in self.before.prose for name in _NAME.findall(prose.text))


def _inside(document: Document, section: Span) -> list[Prose]:
    return [prose for prose in document.prose if section.overlaps(prose.span)]


def moved(span: Span, edits: Iterable[Edit]) -> Span:
    """Where the text of `span` stands after `edits`; what is inserted at its borders is part of it."""
    start, end = span.start, span.end
    for edit in edits:
        by = len(edit.replacement) - len(edit.span)
        if edit.span.end <= span.start and edit.span.start < span.start:
            start += by
        if edit.span.end <= span.end:
            end += by
    return Span(start, max(start, end))
