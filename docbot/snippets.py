"""Gathers what code directives show: lines and regions of files, and what became of lost ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docbot.errors import UnreadablePageError
from docbot.markdown import blob_id
from docbot.markdown.document import decode
from docbot.markdown.nodes import LinkKind
from docbot.reading import Page
from docbot.repository.code_files import as_text
from docbot.repository.snippet_history import files_with, left_in
from docbot.repository.worktree import Worktree, read_page
from docbot.site.links import resolve
from docbot.site.model import Site
from docbot.site.snippets import LostRegion, SnippetFile, Snippets, asked, snippet_file
from docbot.site.target import Where

LARGEST = 2_000_000
"""Bytes. A larger file is no sample."""
_MOST_LOST = 200
_MOST_PLACES = 3


def gather_snippets(
    worktree: Worktree,
    pages: Mapping[str, Page],
    site: Site,
    blobs: dict[str, str],
    warn: Callable[[str], None],
) -> Snippets:
    """The files that directives on `pages` name, and what became of each region that its file lacks.

    `blobs` is given the blob of each file that was read.
    """
    files: dict[str, SnippetFile] = {}
    lost: dict[tuple[str, str], LostRegion] = {}
    for page in pages.values():
        links = [link for link in page.outline.links if link.kind is LinkKind.SNIPPET]
        text = _text(worktree, page.path) if links else None
        for link in links if text is not None else ():
            target = resolve(site, page.path, link.destination)
            if target.where is not Where.FILE:
                continue
            if target.path not in files and (shown := _file(worktree, target.path, blobs)) is not None:
                files[target.path] = shown
            region = asked(text or "", link).region
            if region and target.path in files and not files[target.path].has(region):
                lost[target.path, region] = LostRegion()
    if len(lost) > _MOST_LOST:
        warn(f"{len(lost)} regions of samples aren't found: git was asked about {_MOST_LOST} of them")
    for key in sorted(lost)[:_MOST_LOST]:
        lost[key] = _history(worktree, *key, blobs)
    return Snippets(files, lost)


def _text(worktree: Worktree, path: str) -> str | None:
    try:
        return decode(path, read_page(worktree, path))[0]
    except UnreadablePageError:
        return None


def _file(worktree: Worktree, path: str, blobs: dict[str, str]) -> SnippetFile | None:
    """None for what can't be read, or is no text: nothing is said of it."""
    try:
        read = read_page(worktree, path, LARGEST)
    except UnreadablePageError:
        return None
    blobs[path] = blob_id(read)
    data = as_text(read)
    return None if data is None else snippet_file(data.decode("utf-8-sig", "replace"))


def _history(worktree: Worktree, path: str, region: str, blobs: dict[str, str]) -> LostRegion:
    candidates = files_with(worktree, region)[:_MOST_PLACES]
    now = tuple(
        place
        for place in candidates
        if place != path and (shown := _file(worktree, place, blobs)) is not None and shown.has(region)
    )
    return LostRegion(left_in(worktree, path, region), now)
