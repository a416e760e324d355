"""What a drafter is: someone who turns a finding into a fix. Rules come first, models later."""

from __future__ import annotations

from typing import Protocol

from docbot.markdown import Document
from docbot.types import Author, Finding, Fix


class Drafter(Protocol):
    """Asked in order; the first that answers drafts the finding."""

    @property
    def author(self) -> Author:
        """Who is named as having written the words of the fix that `draft` gave last."""
        ...

    def draft(self, finding: Finding, document: Document) -> Fix | None:
        """A fix whose edits lie on `document`, or None to leave the finding to the next drafter."""
        ...
