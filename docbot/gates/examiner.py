"""Tries drafts on their page and asks every gate that is for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from docbot import engine
from docbot.code_beside import proved_code
from docbot.facts import Facts
from docbot.gates.form import GATES
from docbot.gates.generated import FIRST, MEANING
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.trial import Trial
from docbot.markdown import Document, Parser
from docbot.markdown.nodes import Outline
from docbot.rules.interface import Rule
from docbot.text import Conflict, Edit, apply
from docbot.types import Applicability, Draft, Fix, Verdict

_OF_RULES_ALONE = "inside-block"
_UNCHANGED = Verdict("blob-unchanged", True, "the page is as it was analysed")


class Examiner:
    """Tries drafts of one page. What is known of the page before any edit is worked out once."""

    def __init__(self, document: Document, rules: Sequence[Rule], facts: Facts, parser: Parser) -> None:
        # A document of its own: one that came with its outline alone is parsed anew here.
        self._before = Document(document.path, document.text, bom=document.bom, parser=parser)
        self._blob = document.blob
        self._rules = rules
        self._facts = facts
        self._found = tuple(engine.check(self._before, rules, facts))

    def examine(self, draft: Draft, together: Sequence[Draft] = ()) -> Draft:
        """The draft with the verdict of every gate; the first that can't be asked ends the list.

        `together` holds the drafts whose edits it combines, if it does. Each draft among them that a model
        wrote is tried by what it adds to the others.
        """
        parts = together or (draft,)
        if any(part.blob != self._blob for part in (draft, *parts)):
            verdict = Verdict("blob-unchanged", False, f"{draft.finding.path} changed since it was analysed")
            return replace(draft, verdicts=(verdict,))
        generated = [part for part in parts if part.author.generated]
        first = tuple(self._asked_first(generated))
        if not all(verdict.passed for verdict in first):
            return replace(draft, verdicts=(_UNCHANGED, *first))
        try:
            text = apply(self._before.text, draft.fix.edits)
        except (Conflict, IndexError) as error:
            return replace(draft, verdicts=(Verdict("edits-apply", False, str(error)),))
        trial = self._trial(draft, text, parts)
        rules_alone = len(generated) < len(parts)
        names = [gate for gate in GATES if rules_alone or gate[0] != _OF_RULES_ALONE]
        verdicts = [Verdict(name, *gate(trial)) for name, gate in names]
        verdicts += self._of_meaning(trial) if generated else ()
        return replace(draft, verdicts=(_UNCHANGED, *first, *verdicts))

    def _asked_first(self, generated: Sequence[Draft]) -> Iterator[Verdict]:
        """What is asked of a reply before anything reads it."""
        for name, gate in FIRST if generated else ():
            yield _worst(name, (gate(draft, self._before) for draft in generated))

    def _trial(self, draft: Draft, text: str, parts: Sequence[Draft]) -> Trial:
        after = self._before.with_text(text)
        outlines = _Changed(self._facts.site.outlines, after.path, after.outline)
        facts = replace(self._facts, site=replace(self._facts.site, outlines=outlines))
        found = tuple(engine.check(after, self._rules, facts))
        edited = [part.finding for part in parts if not part.author.generated]
        return Trial(
            draft,
            self._before,
            after,
            self._found,
            found,
            facts,
            about=tuple(finding.span for finding in edited),
            code=proved_code(edited, draft.fix.edits),
            generated=tuple(part for part in parts if part.author.generated),
        )

    def _of_meaning(self, trial: Trial) -> Iterator[Verdict]:
        rewrites = [self._rewrite(part, trial) for part in trial.generated]
        for name, gate in MEANING:
            yield _worst(name, map(gate, rewrites))

    def _rewrite(self, draft: Draft, trial: Trial) -> Rewrite:
        mine = set(draft.fix.edits)
        others = [edit for edit in trial.edits if edit not in mine]
        before = self._before.with_text(apply(self._before.text, others)) if others else self._before
        return Rewrite(draft, self._before, before, trial.after, others, trial.edits)


def combined(drafts: Sequence[Draft]) -> Draft:
    """Several drafts of one page as one, to be examined together; named after the first.

    It is no safer than the least safe of them.
    """
    edits: tuple[Edit, ...] = tuple(sorted({edit for draft in drafts for edit in draft.fix.edits}))
    safe = all(draft.safe for draft in drafts)
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return replace(drafts[0], fix=Fix("All together", edits, applicability), verdicts=())


def _worst(name: str, said: Iterable[tuple[bool, str]]) -> Verdict:
    """The first answer that refuses, or else the first."""
    answers = list(said)
    return Verdict(name, *next((answer for answer in answers if not answer[0]), answers[0]))


class _Changed(Mapping[str, Outline]):
    """The site's outlines with one page's replaced."""

    def __init__(self, outlines: Mapping[str, Outline], path: str, outline: Outline) -> None:
        self._outlines = outlines
        self._path = path
        self._outline = outline

    def __getitem__(self, path: str) -> Outline:
        return self._outline if path == self._path else self._outlines[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outlines)

    def __len__(self) -> int:
        return len(self._outlines)
