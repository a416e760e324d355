"""A draft tried on its page, as the gates see it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.text import Edit, Span
from docbot.types import Draft, Finding


class Trial(msgspec.Struct, frozen=True):
    """A draft tried on its page: the page before and after, and what the rules say of each."""

    draft: Draft
    before: Document
    after: Document
    found_before: tuple[Finding, ...]
    found_after: tuple[Finding, ...]
    facts: Facts
    """With the outline of the page as it is after the edit."""
    about: tuple[Span, ...]
    """The places the edits are about: the finding's, or those of all findings edited together. A generated
    draft has none: whatever its finding is about, it may change words alone."""
    code: tuple[Span, ...] = ()
    """Those of `about` whose evidence speaks of code."""
    generated: tuple[Draft, ...] = ()
    """Those of the drafts tried here whose words a model wrote."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        return self.draft.fix.edits

    @property
    def own(self) -> tuple[Edit, ...]:
        """The edits that no model wrote."""
        others = {edit for draft in self.generated for edit in draft.fix.edits}
        return tuple(edit for edit in self.edits if edit not in others)

    def concerns(self, span: Span) -> bool:
        """Whether a finding that is edited stands at `span`."""
        return any(span.overlaps(place) or span.contains(place) for place in self.about)


Gate = Callable[[Trial], tuple[bool, str]]
