"""Text that speaks of the past on purpose: there what is gone is no mistake."""

from __future__ import annotations

import re

from docbot.markdown import Document

_HISTORY_PAGE = re.compile(
    r"(?:^|[/_.-])(?:change_?logs?|changes|release[_-]?notes?|releases?|news|updates?|20\d\d|history|what'?s[_-]?new|breaking"
    r"|blogs?|posts?|announc\w*|archived?|deprecat\w*|migrat\w*|upgrad\w*|roadmap|rfcs?|adrs?|decisions"
    r"|specs?|designs?|design[_-]docs?|proposals?|postmortems?|v?\d+\.\d+(?:\.(?:\d+|x))?)(?:$|[/_.-])",
    re.I,
)
_HISTORY_HEADING = re.compile(
    r"\b(?:change ?log|changes|release notes?|unreleased|history|deprecat\w+|removed|migrat\w+|upgrad\w+"
    r"|breaking)\b"
    r"|^\W*v?\d+\.\d+",
    re.I,
)
_PAST = re.compile(
    r"\b(?:removed?|removal|deleted?|dropp?ed|formerly|former|previous(?:ly)?|renamed|no longer"
    r"|deprecat\w+|replaced|superseded|obsolete|legacy|old|older|originally|used to|before|prior|until"
    r"|earlier|was|were|had|migrat\w+|moved|retired|discontinued|instead of|in place of|history"
    r"|historical\w*|anymore|any more|since v?\d|v?\d+\.\d+|went away|gone)\b",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n[ \t]*\r?\n|\n[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|\n#")
_NEAR = 400
"""Code points on each side in which a sentence ends."""


def is_history(document: Document, offset: int) -> bool:
    """Whether the page or the section at `offset` is about what was: release notes, a migration."""
    if _HISTORY_PAGE.search(document.path.rpartition(".")[0]):
        return True
    section = document.outline.section_at(offset)
    return section is not None and any(_HISTORY_HEADING.search(heading) for heading in section.headings)


def speaks_of_the_past(text: str, offset: int) -> bool:
    """Whether the sentence at `offset` has a word that tells of another time or version."""
    before, after = text[max(0, offset - _NEAR) : offset], text[offset : offset + _NEAR]
    start = max((match.end() for match in _SENTENCE_END.finditer(before)), default=0)
    end = _SENTENCE_END.search(after)
    return bool(_PAST.search(before[start:] + after[: end.start() if end else len(after)]))
