"""Every section of the pages that were asked for, ranked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from docbot.attention.lives import Life, PageParts, by_hand, lives_of
from docbot.attention.parts import Ages
from docbot.attention.past import ENOUGH_COMMITS, few_commits, lines_of
from docbot.attention.scores import Attended, attended
from docbot.attention.signals import Part, line_kinds, signals_of
from docbot.errors import UnreadablePageError
from docbot.gather import Survey
from docbot.rules.interface import Kind
from docbot.sections import ranked
from docbot.text import LineIndex
from docbot.types import Finding, Notice, SectionRef, SectionScore


class Ranking(msgspec.Struct, frozen=True):
    """The sections, the texts of their pages, and what was noticed."""

    sections: tuple[SectionScore, ...] = ()
    texts: Mapping[str, str] = msgspec.field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def ranking(
    looked: Survey, paths: Collection[str], findings: Iterable[Finding], kinds: Mapping[str, Kind]
) -> Ranking:
    """The sections of the pages at `paths`, ranked by `findings` and by the attention people give them.

    All pages of the survey are looked at: attention is a rank among all sections. A page that is no longer
    what it was is left out, with a notice.
    """
    worked = looked.worked
    texts: dict[str, str] = {}
    refs: dict[str, list[SectionRef]] = {}
    parts: list[PageParts] = []
    lost: list[Notice] = []
    for path, page in looked.pages.items():
        try:
            text = looked.document(path).text
        except UnreadablePageError as error:
            lost.append(Notice(path, str(error)))
            continue
        refs[path] = [SectionRef(section.headings, section.span) for section in page.outline.sections]
        parts.append(_parts(path, text, refs[path]))
        if path in paths:
            texts[path] = text
    doubt = worked.calibration.doubt
    if not doubt and sum(map(by_hand, worked.lines.commits)) < ENOUGH_COMMITS:
        doubt = few_commits("in all")
    lives = [] if doubt else lives_of(parts, worked.lines)
    scores = attended(lives, worked.calibration, Ages(worked.lines.commits, worked.now))
    known = _placed(lives, scores, refs)
    sections = [(path, ref) for path in texts for ref in refs[path]]
    said = [Notice("", f"sections are ranked by their findings alone: {doubt}")] if doubt else []
    return Ranking(ranked(sections, findings, kinds, known), texts, (*worked.notices, *said, *lost))


def _parts(path: str, text: str, refs: Iterable[SectionRef]) -> PageParts:
    index, lines = LineIndex(text), lines_of(text)
    kinds = line_kinds(lines)
    parts = tuple(
        Part(ref.headings, index.line(ref.span.start), index.line(max(ref.span.start, ref.span.end - 1)))
        for ref in refs
    )
    of = tuple(signals_of(lines[p.first - 1 : p.last], kinds[p.first - 1 : p.last]) for p in parts)
    return PageParts(path, parts, of)


def _placed(
    lives: Iterable[Life], scores: Iterable[Attended], refs: Mapping[str, list[SectionRef]]
) -> dict[tuple[str, SectionRef], Attended]:
    """The scores by section; lives are in the order of the pages and their sections."""
    sections = ((path, ref) for path, of in refs.items() for ref in of)
    return {section: score for section, _, score in zip(sections, lives, scores, strict=False)}
