"""The drafter that hands on what a model wrote in another run, as a file of drafts has it."""

from __future__ import annotations

from collections.abc import Iterable

from docbot.markdown import Document
from docbot.types import Applicability, Author, Draft, Finding, Fix

_LONGEST_NAME = 200


class FromFile:
    """Drafts a finding in the words that a file says a model wrote for it. Anybody may have written the file.

    So the words are a model's, whoever is named: never safe, and every gate tries them again. They must be
    for the very page that is here, and lie in the section of the finding.
    """

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._drafts = {_identity(one.finding): one for one in drafts if one.author.generated}
        self._author = Author("")

    @property
    def author(self) -> Author:
        """Whom the file names for the latest fix."""
        return self._author

    def draft(self, finding: Finding, document: Document) -> Fix | None:
        """The fix that the file has for `finding`; None where there is none for the page as it stands."""
        said = self._drafts.get(_identity(finding))
        if said is None or said.blob != document.blob or finding.section is None:
            return None
        section, name = finding.section.span, said.author.name
        if not all(section.contains(edit.span) for edit in said.fix.edits):
            return None
        if len(name) > _LONGEST_NAME or not name.isprintable():
            return None
        self._author = said.author
        return Fix(said.fix.title, said.fix.edits, Applicability.UNSAFE)


def _identity(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.rule, finding.fingerprint
