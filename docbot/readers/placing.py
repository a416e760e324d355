"""Puts reports on the pages that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from docbot.readers.finder import Finder, Hit
from docbot.readers.links import Link
from docbot.readers.reports import Understood
from docbot.readers.values import Placed, Readers, Report

_MOST_PAGES = 8
"""An issue that names more pages is about all of them and none."""


def placed_on_pages(all_of_them: Iterable[Understood], finder: Finder) -> Readers:
    """Every report on the pages it names. A report that repeats another stands where that one does.

    What is settled by another way than a change of the docs isn't asked here: see `docbot.readers.spots`.
    """
    known = {one.issue.number: one for one in all_of_them if one.report is not None}
    pages: dict[str, list[Placed]] = {}
    for one in sorted(known.values(), key=lambda one: (one.issue.created, one.issue.number)):
        for placed in _placed(one, known, finder):
            pages.setdefault(placed.path, []).append(placed)
    return Readers({path: tuple(found) for path, found in sorted(pages.items())})


def _placed(one: Understood, known: Mapping[int, Understood], finder: Finder) -> Iterator[Placed]:
    report = one.report
    assert report is not None
    first = known.get(report.original)
    if first is not None and first.report is not None and not (report.quotes or report.headings):
        theirs = first.report
        report = replace(
            report, quotes=theirs.quotes, suggestions=theirs.suggestions, headings=theirs.headings
        )
    own = _hits(one.own, finder)
    automatic = _hits(one.automatic, finder, automatic=True)
    if not own and not automatic and first is not None:
        own = _hits(first.own, finder)
        automatic = _hits(first.automatic, finder, automatic=True)
    if automatic:
        yield _on_the_forms_page(report, automatic, own)
        return
    paths = list(dict.fromkeys(hit.path for hit in own))
    if len(paths) > _MOST_PAGES:
        return
    for path in paths:
        here = [hit for hit in own if hit.path == path]
        yield Placed(report, path, _fragment(here), *_lines(here), sole=len(paths) == 1)


def _on_the_forms_page(report: Report, automatic: Sequence[Hit], own: Sequence[Hit]) -> Placed:
    path = automatic[0].path
    here = [hit for hit in own if hit.path == path]
    came_by = next((hit.fragment for hit in automatic if hit.fragment), "")
    return Placed(report, path, _fragment(here), *_lines(here), came_by)


def _hits(links: Iterable[Link], finder: Finder, *, automatic: bool = False) -> list[Hit]:
    found = (finder.find(link, automatic=automatic) for link in links)
    return [hit for hit in found if hit is not None]


def _fragment(hits: Iterable[Hit]) -> str:
    return next((hit.fragment for hit in hits if hit.fragment), "")


def _lines(hits: Iterable[Hit]) -> tuple[tuple[int, int], int]:
    return next(((hit.lines, hit.as_of) for hit in hits if hit.lines != (0, 0)), ((0, 0), 0))
