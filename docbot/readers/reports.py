"""From issues to reports: what each one says, and which of them say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from docbot.readers.forms import Form, form_of
from docbot.readers.junk import useless
from docbot.readers.kinds import trouble_of
from docbot.readers.links import FileLink, Link, link_of, links_in, urls_in
from docbot.readers.quotes import code_in, headings_in, quotes_in, suggestions_in
from docbot.readers.values import Issue, Report
from docbot.readers.words import plain_words

_DEFAULT_TITLE = re.compile(
    r"(?:contribute )?(?:user )?feedback\W*|\[?enter (?:your )?feedback(?: here)?\]?|(?:docs?"
    r"|documentation) (?:issue|bug"
    r"|feedback)\W*|issue\W*|bug\W*|typo\W*|title\W*|docs?\W*|untitled\W*|(?:new )?(?:bug )?report\W*",
    re.I,
)
_PREFIX = re.compile(
    r"(?:\[[^\]\n]{1,40}\]|(?:docs?|documentation|bug|typo|issue|feedback)(?:\([^)\n]{0,40}\))?:)\s*", re.I
)
_DUPLICATE = re.compile(
    r"\b(?:duplicate|dupe|copy) of\s+(?:[\w.-]{1,100}/[\w.-]{1,100})?(?:#|https?://\S{1,200}/issues/)(\d{1,9})\b",
    re.I,
)


class Understood(msgspec.Struct, frozen=True):
    """An issue taken apart: its report and the addresses in it, or why it says nothing."""

    issue: Issue
    report: Report | None = None
    useless: str = ""
    automatic: tuple[Link, ...] = ()
    """The addresses that a form filled in, the file's first."""
    own: tuple[Link, ...] = ()
    """The addresses that the reader wrote, in order."""


def understood(issue: Issue, templates: str = "") -> Understood:
    """What `issue` says. `templates` is what the repository's issue templates say, folded."""
    form = form_of(issue.body, templates)
    title = _title(issue.title)
    words = plain_words("\n".join(filter(None, (form.words, form.found, form.wanted))))
    text = f"{issue.title}\n\n{form.words}"
    own = links_in("\n".join((text, form.found, form.wanted, *(() if form.automatic else form.pages))))
    quotes = quotes_in("\n".join((form.words, issue.title, form.found)))
    if form.found and not quotes_in(form.found):
        quotes = (*quotes, form.found) if len(form.found) < 1000 else quotes
    headings = headings_in(text)
    suggestions = suggestions_in(text, form.found, form.wanted)
    points = bool(quotes or code_in(form.words) or headings or suggestions or _has_place(own))
    said = ". ".join(filter(None, (title.rstrip("."), words)))
    why = useless(issue, form, said, points=False)
    if why and (not points or useless(issue, form, said, points=True)):
        return Understood(issue, useless=why)
    new = {one.new for one in suggestions}
    report = Report(
        issue=issue,
        trouble=form.trouble or trouble_of(issue.title, words),
        words=_told(title, words),
        quotes=tuple(
            dict.fromkeys((*(one.old for one in suggestions), *(one for one in quotes if one not in new)))
        ),
        code=code_in(form.words),
        suggestions=suggestions,
        headings=headings,
        original=_original(issue.body),
        needs_place=bool(why),
    )
    return Understood(issue, report, "", tuple(_automatic(form)), tuple(own))


def _has_place(links: Iterable[Link]) -> bool:
    return any(link.fragment or (isinstance(link, FileLink) and link.lines != (0, 0)) for link in links)


def _automatic(form: Form) -> Iterable[Link]:
    if not form.automatic:
        return []
    written = (*form.sources, *form.pages)
    return [link_of(url) for text in written for url in urls_in(text)]


def _title(title: str) -> str:
    plain = _PREFIX.sub("", plain_words(title), count=2).strip()
    return "" if _DEFAULT_TITLE.fullmatch(plain) else plain


def _told(title: str, words: str) -> str:
    """Title and words, without what the one repeats of the other."""
    if not words or title.lower() in words.lower():
        return words or title
    if not title or words.lower() in title.lower():
        return title or words
    return f"{title.rstrip('.:')}: {words}"


def _original(body: str) -> int:
    found = _DUPLICATE.search(body)
    return int(found[1]) if found else 0
