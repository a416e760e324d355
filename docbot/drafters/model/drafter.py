"""The drafter that has a language model edit the sections whose findings nobody else can fix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docbot.drafters.model import answers
from docbot.drafters.model.answers import Answer, Unusable
from docbot.drafters.model.asking import Asker, Spent
from docbot.drafters.model.endpoint import Lost
from docbot.drafters.model.parts import Part, parts_of
from docbot.drafters.model.prompts import again
from docbot.errors import ModelError
from docbot.markdown import Document
from docbot.repository.precedents.values import Precedents
from docbot.text import Edit
from docbot.types import Applicability, Author, Finding, Fix, Notice

_MOST_FAILURES = 3
"""Sections in a row without an answer, after which nobody is asked any more."""
_LONGEST_ANSWER = 24_000
"""Code points of a bad answer that the model is shown again."""
_UNSAID = "Reword what was found"


class ModelDrafter:
    """Asks once for each section. The draft stands for the section's first finding, and answers them all."""

    def __init__(self, asker: Asker, findings: Iterable[Finding], precedents: Precedents) -> None:
        self._asker = asker
        self._precedents = precedents
        self._parts: Mapping[str, Part] = parts_of(findings)
        self._author = Author(asker.chosen.name)
        self._notices: list[Notice] = []
        self._unasked = 0
        self._why_unasked = ""
        self._failures = 0
        self.covered = 0
        """Findings that the drafts answer beside those they stand for."""

    @property
    def author(self) -> Author:
        """The model, with the hash of the prompt that the latest fix came of."""
        return self._author

    def draft(self, finding: Finding, document: Document) -> Fix | None:
        """The model's edits of the section that `finding` is the first of.

        None for any other finding, and where there are none; the notices say why. Raises UsageError where
        the endpoint can't be used at all.
        """
        part = self._parts.get(finding.fingerprint)
        if part is None or part.path != document.path:
            return None
        if self._why_unasked:
            self._unasked += 1
            return None
        try:
            fix = self._fix(part, document)
        except Spent as error:
            self._unasked += 1
            self._why_unasked = f"the model's budget is spent ({error}): raise it under [model]"
            return None
        except ModelError as error:
            self._say(part, str(error))
            self._failures = self._failures + 1 if isinstance(error, Lost) else 0
            if self._failures == _MOST_FAILURES:
                self._why_unasked = f"the endpoint gave no answer {_MOST_FAILURES} times in a row"
            return None
        self._failures = 0
        self.covered += len(part.findings) - 1 if fix else 0
        return fix

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What couldn't be drafted, and why; at the end of the run."""
        if not self._unasked:
            return tuple(self._notices)
        sections = "1 section was" if self._unasked == 1 else f"{self._unasked:,} sections were"
        said = f"{sections} not drafted: {self._why_unasked}; run it again, answers are kept"
        return (*self._notices, Notice("", said))

    def _say(self, part: Part, reason: str) -> None:
        self._notices.append(Notice(part.path, f"{part.place}: the model drafted nothing: {reason}"))

    def _fix(self, part: Part, document: Document) -> Fix | None:
        messages = part.messages(document, self._precedents)
        for last in (False, True):
            said = self._asker.ask(messages)
            try:
                answer = answers.read(said)
                self._asker.keep(messages, said)
                edits = self._edits(part, answer, document)
            except Unusable as error:
                if last:
                    raise ModelError(f"its answer can't be used: {error}") from error
                messages = again(messages, said[:_LONGEST_ANSWER], str(error))
                continue
            if not edits:
                self._say(part, "it proposes no edit")
                return None
            self._author = Author(self._asker.chosen.name, self._asker.name_of(messages))
            return self._titled(part.findings, answer, edits)
        return None

    def _edits(self, part: Part, answer: Answer, document: Document) -> tuple[Edit, ...]:
        section = part.findings[0].section
        assert section is not None
        return answers.edits_of(answer, document.text, section.span, document.eol)

    def _titled(self, findings: Sequence[Finding], answer: Answer, edits: tuple[Edit, ...]) -> Fix:
        title = answers.title_of(answer) or _UNSAID
        rules = dict.fromkeys(finding.rule for finding in findings[1:])
        also = f" (also for {', '.join(rules)})" if rules else ""
        return Fix(title + also, edits, Applicability.UNSAFE)
