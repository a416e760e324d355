"""Where a broken link's page went, by the repository's own evidence, best first.

A redirection entry says it outright; a chain of renames in git shows it; the one file of that name is
a good guess a person confirms. The nearest name is only ever shown: measured against redirection
entries as truth, string distance was wrong 230 times of 243.
"""

from __future__ import annotations

import difflib
import posixpath
import re

import msgspec

from docbot.repository.values import Commit, Move, PathHistory
from docbot.site.learn_urls import clean_path
from docbot.site.model import Site
from docbot.site.paths import fold
from docbot.site.redirections import Redirection
from docbot.types import Evidence, EvidenceKind

_GENERIC = re.compile(
    r"(?:_?index|readme|overview|toc|introduction|changelog|contributing|licen[sc]e|security|about|faq"
    r"|(?:image|img|picture|figure|fig|screenshot|screen|diagram|logo|icon|untitled)?[-_ ]?\d*)\.\w+\Z",
    re.I,
)
_LONGEST_CHAIN = 10
SAME_CONTENT = 80
"""Percent of similarity from which a renamed file is the same page beyond doubt."""
_MANY = 2000
"""Names in one folder, from which looking for the nearest takes longer than it is worth."""


class Answer(msgspec.Struct, frozen=True, gc=False):
    """One place where a lost page may be now: a `path` of the repository, a `url`, or both."""

    evidence: Evidence
    path: str = ""
    url: str = ""
    """As the maintainers wrote it in a redirection: a path of the site, or a whole URL. No fragment."""
    fragment: str = ""
    sure: bool = True
    """Whether the evidence leaves no doubt, so that nobody has to look again."""

    def same_place(self, other: Answer, site: Site) -> bool:
        """Whether both lead to one page, whichever way each names it."""
        mine, theirs = _place(self, site), _place(other, site)
        if mine.startswith("/") == theirs.startswith("/"):
            return mine == theirs
        # A file whose URL isn't known, and a URL whose file isn't: their names are all there is.
        return _last_name(mine) == _last_name(theirs)

    @property
    def shown(self) -> str:
        """The answer as a person reads it."""
        return (self.path or self.url) + (f"#{self.fragment}" if self.fragment else "")


def agreed(site: Site, page: str, found: tuple[Answer, ...]) -> Answer | None:
    """The best answer, if all lead to one page: of its versions, the one in the version folder of `page`."""
    if not found or not all(answer.same_place(found[0], site) for answer in found):
        return None
    return next((answer for answer in found if site.urls.same_version(answer.path, page)), found[0])


def redirected(site: Site, page: str, lost: str) -> Answer | None:
    """Where the redirection files send `lost`: hops are followed.

    Circles lead nowhere, and neither do entries that contradict each other or that name a file by a
    path where none is.
    """
    entry, fragment = site.redirections.of(lost), ""
    places: list[str] = []
    while entry is not None and len(places) < _LONGEST_CHAIN:
        if site.redirections.is_disputed(entry):
            return None
        places.append(entry.place)
        fragment = entry.target.partition("#")[2] or fragment
        path, following = _hop(site, page, entry)
        if following is None:
            url = entry.url.partition("#")[0] if entry.url else site.urls.urls.get(path, "")
            return _redirection(lost, places, path, url, fragment) if path or url else None
        entry = following
    return None


def _hop(site: Site, page: str, entry: Redirection) -> tuple[str, Redirection | None]:
    """The file to which an entry leads ("" for none here), or else the entry that leads on from there."""
    if entry.url is None:
        return _named_hop(site, entry)
    if "view=" in entry.url.partition("?")[2]:
        # One version of many is meant, and which folder holds it isn't written anywhere.
        return "", None
    path = site.urls.page(entry.url, page)
    if path is not None or clean_path(entry.url) in site.urls.paths:
        return path or "", None
    return "", redirection_at(site, page, entry.url)


def _named_hop(site: Site, entry: Redirection) -> tuple[str, Redirection | None]:
    endings = ("", ".md", ".yml", "/index.md", "/index.yml")
    paths = [path + ending for path in entry.named_paths() for ending in endings]
    files = {path for name in paths for path in site.files.cased(name)}
    if len(files) == 1:
        return files.pop(), None
    onward = [site.redirections.of(path) for path in paths] if not files else []
    return "", next((one for one in onward if one is not None), None)


def redirection_at(site: Site, page: str, url: str) -> Redirection | None:
    """The entry that redirects the published `url` for readers of `page`.

    None where a page is published at `url`, and where versions of the page are sent to different places.
    """
    if clean_path(url) in site.urls.paths:
        return None
    sources = site.redirected_urls.get(clean_path(url), ())
    entries = [entry for source in sources if (entry := site.redirections.of(source)) is not None]
    same = [entry for entry in entries if site.publishing.same_version(entry.source, page)]
    entries = same or entries
    return entries[0] if len({entry.url or entry.target for entry in entries}) == 1 else None


def _redirection(lost: str, places: list[str], path: str, url: str, fragment: str) -> Answer:
    shown = (path or url) + (f"#{fragment}" if fragment else "")
    evidence = Evidence(EvidenceKind.REDIRECTION, " then ".join(places), f"{lost} is redirected to {shown}")
    return Answer(evidence, path, url, fragment)


def renamed(site: Site, history: PathHistory, page: str, lost: str) -> Answer | None:
    """Where renames in git took `lost`, if its content is still here.

    A path that had another life after its rename, and was deleted at the end of that, is not renamed.
    """
    start = lost if lost in history.moves else history.folded.get(lost.lower(), lost)
    chain = _chain(site, history, start)
    if not chain:
        return None
    source = " then ".join(move.commit.id for move in chain)
    steps = ", then ".join(f"renamed to {move.path} on {move.commit.date}" for move in chain)
    evidence = Evidence(EvidenceKind.RENAME, f"commit {source}", f"{start} was {steps}")
    sure = min(move.similarity for move in chain) >= SAME_CONTENT
    end = site.files.cased(chain[-1].path)
    if len(end) == 1:
        return Answer(evidence, end[0], sure=sure)
    onward = redirected(site, page, chain[-1].path)
    if onward is None:
        return None
    joined = Evidence(
        EvidenceKind.RENAME,
        f"{evidence.source} and {onward.evidence.source}",
        f"{evidence.detail}; {onward.evidence.detail}",
    )
    return Answer(joined, onward.path, onward.url, onward.fragment, sure)


def _chain(site: Site, history: PathHistory, start: str) -> list[Move]:
    """The renames of the content that stood at `start` last, oldest first; none if it was deleted.

    A path can have several lives: from each place on, only what came after the arrival there counts.
    """
    chain: list[Move] = []
    path, since = start, ""
    while not (chain and path in site.files) and len(chain) < _LONGEST_CHAIN:
        moves = [move for move in history.moves.get(path, ()) if move.commit.date >= since]
        if not moves:
            break
        move = moves[-1] if chain else moves[0]
        died = history.deletions.get(path)
        if died and (since < died.date < move.commit.date if chain else died.date > move.commit.date):
            return []
        chain.append(move)
        path, since = move.path, move.commit.date
    return chain


def deletion_of(history: PathHistory, lost: str) -> Commit | None:
    """The newest commit that deleted `lost`, in any letter case."""
    return history.deletions.get(lost) or history.deletions.get(history.folded.get(lost.lower(), ""))


def unique_name(site: Site, page: str, lost: str) -> Answer | None:
    """The one file of that name, in the version folder of `page` or else in the whole repository.

    The same page in another version is no answer: that it is gone from this one was meant.
    """
    name = posixpath.basename(lost)
    if _GENERIC.match(name) or "." not in name:
        return None
    found = [path for path in site.files.named(name) if path != page]
    same = [path for path in found if site.urls.same_version(path, page)]
    if other_versions(site, lost) and not same:
        return None
    chosen = same if len(same) == 1 else found
    if len(chosen) != 1:
        return None
    where = f"in {site.urls.groups[page] or 'this docset'}" if len(found) > 1 else "in the repository"
    evidence = Evidence(
        EvidenceKind.UNIQUE_NAME, f"git ls-files '*/{name}'", f"{chosen[0]} is the only {name} {where}"
    )
    return Answer(evidence, chosen[0], sure=False)


def nearest(site: Site, lost: str, limit: int = 3) -> tuple[str, ...]:
    """The pages in the same folder whose names are closest. To be shown, never to be applied."""
    folder, name = posixpath.split(lost)
    paths = site.files.inside(folder)
    pages = [path for path in paths if path in site.outlines] if len(paths) < _MANY else []
    stems = {posixpath.splitext(posixpath.basename(path))[0]: path for path in pages}
    close = difflib.get_close_matches(posixpath.splitext(name)[0][:200], stems, n=limit, cutoff=0.8)
    return tuple(stems[match] for match in close)


def other_versions(site: Site, lost: str, limit: int = 3) -> tuple[str, ...]:
    """The same page in other versions of its docset, the newest last by name. To be shown only."""
    named = site.files.named(posixpath.basename(lost))
    return tuple(path for path in named if site.publishing.is_other_version(path, lost))[-limit:]


def _place(answer: Answer, site: Site) -> str:
    """A URL path where it is known, without the version; a path of the repository otherwise."""
    if not answer.path:
        return clean_path(answer.url)
    url = site.urls.urls.get(answer.path)
    return clean_path(url) if url is not None else fold(answer.path)


def _last_name(place: str) -> str:
    return posixpath.splitext(posixpath.basename(place.rstrip("/")))[0].lower()
