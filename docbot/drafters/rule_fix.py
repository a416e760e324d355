"""The drafter that hands on what the rule itself proposes."""

from __future__ import annotations

from docbot.markdown import Document
from docbot.types import Applicability, Author, Finding, Fix


class RuleFix:
    """Drafts every finding whose rule offers a fix that may be applied."""

    author = Author("rule")

    def draft(self, finding: Finding, document: Document) -> Fix | None:
        """The rule's own fix; None when there is none, or it is only to be shown."""
        if finding.fix is None or finding.fix.applicability is Applicability.DISPLAY:
            return None
        return finding.fix
