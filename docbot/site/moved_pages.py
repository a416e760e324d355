"""A page that was moved takes its relative links with it, and they lead elsewhere from then on.

Where the page stood before, the link led somewhere: that is where it still belongs. The history of the
page is the evidence, not the history of the link's target, which may never have existed where the link
points now.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from msgspec.structs import replace

from docbot.repository.values import Move, PathHistory
from docbot.site.model import Site
from docbot.site.paths import joined, relative
from docbot.site.repair import SAME_CONTENT, Answer, redirected, renamed, unique_name
from docbot.types import Evidence, EvidenceKind

_FORMER_PLACES = 5


def answers(site: Site, history: PathHistory, page: str, lost: str) -> tuple[Answer, ...]:
    """What each kind of evidence says of the path `lost`, linked from `page`; best first."""
    found = (
        redirected(site, page, lost),
        from_former_place(site, history, page, lost),
        renamed(site, history, page, lost),
        unique_name(site, page, lost),
    )
    return tuple(answer for answer in found if answer is not None)


def from_former_place(site: Site, history: PathHistory, page: str, lost: str) -> Answer | None:
    """Where the link on `page` that now names `lost` led from the folder in which the page stood before.

    The newest former place from which it leads to a file counts, also if that file has moved since.
    """
    written = relative(lost, page)
    for former, move in _former_places(history, page):
        there = joined(former, written)
        if there is None or there == lost:
            continue
        answer = _answer(site, history, page, there)
        if answer is None:
            continue
        was = f"{page} was {former} until {move.commit.date}, and the link led to {there} from there"
        detail = f"{was}; {answer.evidence.detail}" if answer.evidence.detail else was
        source = f"commit {move.commit.id}"
        if answer.evidence.source:
            source = f"{source} and {answer.evidence.source}"
        evidence = Evidence(EvidenceKind.RENAME, source, detail)
        return replace(answer, evidence=evidence, sure=answer.sure and move.similarity >= SAME_CONTENT)
    return None


def _answer(site: Site, history: PathHistory, page: str, there: str) -> Answer | None:
    files = site.files.cased(there)
    if len(files) == 1:
        return Answer(Evidence(EvidenceKind.RENAME, "", ""), files[0])
    return redirected(site, page, there) or renamed(site, history, page, there)


def _former_places(history: PathHistory, page: str) -> Iterator[tuple[str, Move]]:
    """The paths that renames led from to `page`, nearest first, of another folder than the page's."""
    found, seen = [page], {page}
    for path in found:
        if len(found) > _FORMER_PLACES:
            return
        for old, moves in history.moves.items():
            if old in seen or moves[0].path != path:
                continue
            seen.add(old)
            found.append(old)
            if posixpath.dirname(old) != posixpath.dirname(page):
                yield old, moves[0]
