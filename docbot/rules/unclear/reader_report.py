"""The rule `reader-report`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.readers.matching import seen
from docbot.readers.spots import By, Looked, Spot
from docbot.readers.standing import SURE, Standing, is_unchanged, standing
from docbot.readers.values import Placed, Trouble
from docbot.readers.words import harmless, shown
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_MOST_VOICES = 5
"""Reports of one place that are told one by one."""
_WHAT = {
    Trouble.TYPO: "a typo",
    Trouble.CODE: "code that doesn't work",
    Trouble.MISSING: "missing information",
    Trouble.OUTDATED: "outdated text",
    Trouble.OTHER: "a problem",
}
_WHERE = {By.PAGE: " on this page", By.ENTRY: " on this page"}
_ISSUES = {
    "“Trim the wick dayly” should be "
    "“daily”": "In page.md: “Trim the wick dayly” should be “Trim the wick daily”.",
}


class _Voice(msgspec.Struct, frozen=True):
    """A report at its place."""

    placed: Placed
    spot: Spot
    standing: Standing


class ReaderReport(Rule):
    """
    ## What it finds
    A section that readers reported in an issue of the repository: what they ask, in their own words, at the
    words they quote, the lines or the section they link to or name, or else at the title of the page. It
    needs the issues: `docbot scan --issues` asks GitHub for them, `--issues-from FILE` reads a saved answer.

    ## Why it matters
    A reader who stops to write an issue has stumbled where many others stumbled in silence.

    ## Evidence
    The issue by its number, without a link that would notify anybody; who wrote it and when, how many agreed,
    and whether it is open. Words that are no longer there, sections that people changed since, issues that a
    commit or its maintainers call fixed, empty forms, tests, advertising and calls for help are left out. A
    report that names a page alone is shown with `--all`, or when two readers report the same kind of trouble
    there.

    ## Fix
    None: the reader knows what is wrong, and seldom what is right. Where a reader says what should stand
    there, docbot asks.
    """

    name = "reader-report"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    needs = frozenset({Need.READERS, Need.SITE, Need.PATHS, Need.LINES})
    title = "Answer what readers asked about {name}"
    examples = (
        Good("# Lamps\n\nTrim the wick daily.\n", given=Given(issues=_ISSUES)),
        Good(
            "# Lamps\n\nTrim the wick.\n",
            given=Given(issues={"Great page": "I like page.md very much, thank you!"}),
        ),
        Good("# Lamps\n\nTrim the wick dayly.\n"),
        Bad("# Lamps\n\nTrim the wick dayly.\n", given=Given(issues=_ISSUES)),
        Bad(
            "# Lamps\n\n## Oil\n\nFill the lamp.\n",
            given=Given(issues={"Which oil?": "page.md#oil doesn't say which oil the lamp takes."}),
        ),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        reports = facts.readers.pages.get(document.path, ())
        if not reports:
            return
        looked = Looked(document)
        drafted = document.blob != facts.readers.blobs.get(document.path, document.blob)
        heard = (_heard(looked, placed, facts, drafted=drafted) for placed in reports)
        voices = [voice for voice in heard if voice is not None]
        for together in _together(voices):
            yield self._finding(document, together)

    def _finding(self, document: Document, voices: Sequence[_Voice]) -> Finding:
        best = max(voices, key=lambda voice: (voice.standing.confidence, voice.placed.report.issue.created))
        confidence = best.standing.confidence
        if _agree(voices):
            confidence = max(confidence, SURE)
        return self.finding(
            document,
            best.spot.span,
            _message(voices, best),
            confidence=confidence,
            evidence=tuple(_evidence(voices)),
            cause=f"{self.name} {document.path} {best.placed.report.issue.number}",
            question=_question(voices),
        )


def _heard(looked: Looked, placed: Placed, facts: Facts, *, drafted: bool) -> _Voice | None:
    last = looked.lines.line(len(looked.text))
    spot = looked.spot(placed, unchanged=is_unchanged(facts.lines, placed, last))
    if spot is None:
        return None
    found = standing(looked, placed, spot, facts.lines, drafted=drafted)
    return _Voice(placed, spot, found) if found.confidence else None


def _together(voices: Iterable[_Voice]) -> Iterator[list[_Voice]]:
    """The reports of one place: the same words or section; of a page alone, the same kind of trouble."""
    groups: list[list[_Voice]] = []
    for voice in voices:
        group = next((group for group in groups if _same_place(group[0], voice)), None)
        if group is None:
            groups.append([voice])
        else:
            group.append(voice)
    yield from groups


def _same_place(one: _Voice, other: _Voice) -> bool:
    if (one.spot.by <= By.ENTRY) != (other.spot.by <= By.ENTRY):
        return False
    if one.spot.by <= By.ENTRY and one.placed.report.trouble is not other.placed.report.trouble:
        return False
    return one.spot.span.overlaps(other.spot.span)


def _authors(voices: Iterable[_Voice]) -> set[str]:
    return {voice.placed.report.issue.author.lower() for voice in voices}


def _agree(voices: Iterable[_Voice]) -> bool:
    """Whether at least two readers have a report that is open, on what nobody worked on since."""
    stand = (v for v in voices if v.placed.report.issue.is_open and not v.standing.touched)
    return len(_authors(stand)) > 1


def _message(voices: Sequence[_Voice], best: _Voice) -> str:
    report = best.placed.report
    readers = len(_authors(voices))
    who = "A reader" if readers == 1 else f"{readers} readers"
    kinds = {voice.placed.report.trouble for voice in voices}
    what = _WHAT[report.trouble] if len(kinds) == 1 else "problems"
    where = _WHERE.get(best.spot.by, " here")
    last = max(voice.placed.report.issue.created for voice in voices)
    when = next(v.placed.report.issue.day for v in voices if v.placed.report.issue.created == last)
    agreed = sum(voice.placed.report.issue.reactions for voice in voices)
    also = f", {agreed} more agreed" if agreed else ""
    on = " on" if len(voices) == 1 else ", last on"
    return f"{who} reported {what}{where}{on} {when}{also}: “{shown(report.words)}”"


def _evidence(voices: Sequence[_Voice]) -> Iterator[Evidence]:
    newest = sorted(voices, key=lambda voice: -voice.placed.report.issue.created)
    for voice in newest[:_MOST_VOICES]:
        issue = voice.placed.report.issue
        source = f"{issue.repository} issue {issue.number}".strip()
        yield Evidence(EvidenceKind.READER, source, _told(voice))
    if len(newest) > _MOST_VOICES:
        numbers = ", ".join(str(voice.placed.report.issue.number) for voice in newest[_MOST_VOICES:][:20])
        more = len(newest) - _MOST_VOICES
        yield Evidence(EvidenceKind.READER, f"issues {numbers}", f"{more} more of the same place")


def _told(voice: _Voice) -> str:
    issue = voice.placed.report.issue
    state = "open" if issue.is_open else "closed without a change"
    agreed = f", {issue.reactions} agreed" if issue.reactions else ""
    author = harmless(issue.author) or "somebody"
    written = voice.standing.since
    since = f"; the line was last written on {written}" if written else ""
    return f"{author} wrote on {issue.day} ({state}{agreed}): “{shown(voice.placed.report.words)}”{since}"


def _question(voices: Sequence[_Voice]) -> Question | None:
    """What the readers say should stand there, as choices."""
    asked = [voice.spot.suggestion for voice in voices if voice.spot.suggestion is not None]
    if not asked:
        return None
    old = asked[0].old
    new = tuple(dict.fromkeys(harmless(one.new) for one in asked if seen(one.old) == seen(old)))
    return Question(f"Should “{shown(harmless(old))}” be what a reader says it should be?", new)
