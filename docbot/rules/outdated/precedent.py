"""The rule `precedent`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.measured import Measured
from docbot.repository.precedents.choosing import RIGHT
from docbot.repository.precedents.values import Precedent, Standing
from docbot.rules.interface import Bad, Given, Good, Kind, Rule, replace
from docbot.rules.outdated.precedent_places import Spot, spots
from docbot.types import Applicability, Evidence, EvidenceKind, Finding, Question, Severity

_CAMPAIGN = Given(precedents={"is not": "isn't", "it is": "it's", "`$True`": "`$true`", "Dry Run": "dry run"})
_PAUSED = Given(paused={"e-mail": "email"})


class PrecedentRule(Rule):
    """
    ## What it finds
    Words in a form that the people of this repository have been changing, page after page, to another:
    letter case, code and bold marks, contractions, punctuation. Never other words, facts, names or numbers.

    ## Why it matters
    A page that still has the old form was forgotten. A reader who meets both wonders whether the two mean
    the same.

    ## Evidence
    The repository's own history: how often people made this very edit, on how many pages, how many of them,
    since when and when last, and what they did in the last year at the other places they came by. An edit is
    offered only where the history itself shows that edits of its kind can be foretold here. To that end
    docbot drafts them from what was known one, two and three years ago, and looks what people did since:
    they decided at least 20 of the places, at least 85 % of these as drafted (at least 75 % when the places
    they saw and left are counted in), and made at least a fifth of all the drafts. What
    `docbot backtest --write` counted comes before that.

    ## Fix
    Unsafe: the edit people made, at this place. Links, HTML, fences, front matter, quoted words and words in
    bold or italics stay as they are; so do a capital at the start of a sentence and "it is" at the end of a
    clause. Where the campaign has paused, or can't be foretold, the maintainers are asked once for each form.
    """

    name = "precedent"
    kind = Kind.OUTDATED
    severity = Severity.INFO
    title = "Write {name} as the other pages do"
    needs = frozenset({Need.PRECEDENTS})
    examples = (
        Good("It isn't hard.", _CAMPAIGN),
        Good("The box **It is on** is known as it is. See [it](it%20is.md).", _CAMPAIGN),
        Good("Dry Run is what we do.", _CAMPAIGN),
        Good('They call it "is not" there.\n\n```console\nit is not\n```', _CAMPAIGN),
        Good("Set `$TrueColor`, or `$x.True`.", _CAMPAIGN),
        Bad("It is hard, but is not long.", fixed="It is hard, but isn't long.", given=_CAMPAIGN),
        Bad("Say that it is on.", fixed="Say that it's on.", given=_CAMPAIGN),
        Bad("Set it to `$True` then.", fixed="Set it to `$true` then.", given=_CAMPAIGN),
        Bad("Make a Dry Run first.", fixed="Make a dry run first.", given=_CAMPAIGN),
        Bad("Send an e-mail, then another e-mail.", given=_PAUSED),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        measured = facts.measured.get(self.name)
        drafted = {one: _is_drafted(one, measured) for one in facts.precedents.known}
        mine = [one for one, is_drafted in drafted.items() if is_drafted or one.path == document.path]
        asked: set[Precedent] = set()
        for spot in spots(document, mine):
            if drafted[spot.precedent]:
                yield self._draft(document, spot, facts)
            elif spot.precedent not in asked:
                asked.add(spot.precedent)
                yield self._question(document, spot, facts)

    def _draft(self, document: Document, spot: Spot, facts: Facts) -> Finding:
        form = spot.precedent.form
        return self.finding(
            document,
            spot.span,
            f"{_counted(spot.precedent)}: people here write {form.new!r}",
            confidence=0.85,
            evidence=_evidence(spot.precedent, facts),
            cause=_cause(self.name, spot.precedent),
            fix=replace(spot.span, form.new, f"Write {form.new!r}", Applicability.UNSAFE),
        )

    def _question(self, document: Document, spot: Spot, facts: Facts) -> Finding:
        form = spot.precedent.form
        text = (
            f"People here changed {form.old!r} to {form.new!r} {_times(spot.precedent.times)}. "
            "Shall that be the house rule?"
        )
        return self.finding(
            document,
            spot.span,
            f"{_counted(spot.precedent)}: is {form.new!r} the house rule?",
            confidence=0.5,
            evidence=_evidence(spot.precedent, facts),
            cause=_cause(self.name, spot.precedent),
            question=Question(text, (f"Yes, write {form.new!r} everywhere", "No, leave the others")),
        )


def _is_drafted(one: Precedent, measured: Measured | None) -> bool:
    """Whether the edit is offered: as a backtest counted, or else as the repository's own past tells."""
    if measured is None or not measured.enough:
        return one.standing is Standing.DRAFTED
    return one.running and measured.agreement >= RIGHT


def _cause(rule: str, one: Precedent) -> str:
    return f"{rule} {one.form.new}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _counted(one: Precedent) -> str:
    people = "one person" if one.people == 1 else f"{one.people} people"
    places = "1 place remains" if one.remaining == 1 else f"{one.remaining} places remain"
    return (
        f"Changed this way {_times(one.times)} in {one.pages} pages by {people} since {one.first.date[:4]} "
        f"(last {one.last.id[:7]}); {places}"
    )


def _evidence(one: Precedent, facts: Facts) -> tuple[Evidence, ...]:
    history = (
        f"{one.form.old!r} became {one.form.new!r} {_times(one.times)} from {one.first.date} "
        f"({one.first.id}) to {one.last.date}; in the last year {_times(one.fixed)}, and was "
        f"left {_times(one.left)} in lines that were edited"
    )
    proofs = [Evidence(EvidenceKind.PRECEDENT, one.last.id, history)]
    measured = facts.precedents.measured.get(one.kind)
    if measured is not None and measured.decided:
        said = (
            f"drafts of this kind from what was known one, two and three years ago: people made "
            f"{measured.same} of them, {measured.other} places became something else, "
            f"{measured.kept} were seen and left"
        )
        proofs.append(Evidence(EvidenceKind.PRECEDENT, f"kind {one.kind}", said))
    return tuple(proofs)
