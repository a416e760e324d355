"""What rules find on the pages of a survey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from docbot import engine
from docbot.cache import Cache
from docbot.errors import UnreadablePageError
from docbot.gather import Survey
from docbot.measured import Measured
from docbot.reach import reach
from docbot.reading import Page
from docbot.recall import keep, recalled
from docbot.rules.interface import Rule
from docbot.types import Finding, Notice


class Found(msgspec.Struct, frozen=True):
    """What rules that need facts found, before anything of it is left out."""

    found: tuple[Finding, ...]
    lost: tuple[Notice, ...]
    """The pages lost meanwhile."""
    noticed: tuple[Notice, ...]
    """What gathering the facts noticed."""


class Before(msgspec.Struct, frozen=True):
    """The survey of the docs before a change, and what rules that need facts found there."""

    survey: Survey
    found: tuple[Finding, ...]
    passed_over: Mapping[str, Measured]
    """The rules that people there pass over."""


def local(pages: Mapping[str, Page], rules: Iterable[Rule]) -> Iterator[Finding]:
    """The findings of rules that need nothing but the page."""
    names = {rule.name for rule in rules}
    return (finding for page in pages.values() for finding in page.findings if finding.rule in names)


def with_facts(
    looked: Survey, pages: Mapping[str, Page], rules: Iterable[Rule], cache: Cache, before: Before | None
) -> Found:
    """What those of `rules` that need facts find on `pages`, which are some of the survey's.

    With `before` only what changed since is looked at.
    """
    asking = [rule for rule in rules if rule.needs]
    if before is not None:
        return _changed(looked, pages, asking, before)
    known = recalled(looked, asking, cache) if asking else None
    if known is not None:
        return Found(tuple(f for f in known.findings if f.path in pages), (), known.notices)
    found = _checked(looked, dict.fromkeys(pages, asking) if asking else {})
    # What was gathered with a warning about the history is not kept, so that the warning is heard again.
    sound = not found.lost and all(notice.path for notice in found.noticed)
    if asking and sound and len(pages) == len(looked.pages):
        keep(looked, asking, found.found, found.noticed, cache)
    return found


def _changed(looked: Survey, pages: Mapping[str, Page], rules: Sequence[Rule], before: Before) -> Found:
    """What the change concerns is looked at; of all else the findings from before it hold."""
    far = reach(before.survey, looked)
    asked = {path: [rule for rule in rules if far.concerns(path, rule)] for path in pages}
    names = {path: {rule.name for rule in mine} for path, mine in asked.items()}
    held = (f for f in before.found if f.path in pages and f.rule not in names[f.path])
    anew = _checked(looked, asked)
    return Found((*held, *anew.found), anew.lost, anew.noticed)


def _checked(looked: Survey, asked: Mapping[str, Sequence[Rule]]) -> Found:
    """What the rules asked of each page find there."""
    found, lost = list[Finding](), list[Notice]()
    for path, rules in asked.items():
        try:
            found += engine.check(looked.document(path), rules, looked.facts) if rules else ()
        except UnreadablePageError as error:
            lost.append(Notice(path, str(error)))
    return Found(tuple(found), tuple(lost), looked.notices[len(looked.noticed) :])
