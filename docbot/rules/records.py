"""Which of a page's text is a record of the past, true at its time.

For rules that ask whether what a sentence claims still holds.
"""

from __future__ import annotations

import re

from docbot.markdown import Document

_RECORD_PATH = re.compile(
    r"(?:^|[/._-])(?:what-?(?:i?s-?)?new(?:-[\w.-]*)?|release-?notes?|rel-?notes|change-?logs?|history|news"
    r"|blogs?|_?posts|archived?|archives|announcements?|roadmaps?|legal|licen[sc]es?|privacy|terms"
    r"|minutes|meetings?|rfcs?|adrs?|proposals|keps?)(?:[/._-]|$)"
    r"|(?:^|[/_-])(?:19|20)\d\d-(?:0\d|1[0-2])(?:[-/_.]|$)",
    re.I,
)
_RECORD_TITLE = re.compile(
    r"what['’]?s new|release notes?|change ?log|\bhistory\b|road ?map|\bnews\b|\bannounc|version \d"
    r"|\blicen[sc]e\b|\bprivacy\b|\bterms of|\bblog\b|known issues? (?:in|for) \d|\breleases?$",
    re.I,
)
_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_RECORD_HEADING = re.compile(
    rf"{_RECORD_TITLE.pattern}|\b(?:{_MONTHS})\.? (?:\d\d?(?:st|nd|rd|th)?,? )?(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|^\W*v?\d+\.\d[\w.-]*\b|^\W*(?:version|release)s? v?\d"
    r"|\b(?:19|20)\d\d\W*$",
    re.I,
)


def is_record(document: Document) -> bool:
    """Whether the page tells what was true at its time: news, release notes, posts, legal texts."""
    if _RECORD_PATH.search(document.path):
        return True
    outline = document.outline
    topic = (outline.meta("ms.topic") or "").lower()
    title = outline.meta("title") or (outline.headings[0].text if outline.headings else "")
    first = next((h.text for h in outline.headings if h.level == 1), "")
    return topic in ("whats-new", "release-notes", "legal") or any(
        _RECORD_TITLE.search(text) for text in (title, first)
    )


def is_recorded(document: Document, offset: int) -> bool:
    """Whether the section at `offset` stands below a heading with a date or a version, as records have."""
    section = document.outline.section_at(offset)
    headings = section.headings if section else ()
    return any(_RECORD_HEADING.search(heading) for heading in headings[1:])
