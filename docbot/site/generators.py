"""What other site generators make of a link that names no file where Markdown would look for it.

They publish `page.md` as `page/`, look in `static/` folders, or start at the root of the content. Which
of them a repository uses is not for docbot to guess: where one of them may find a file, it is silent.
"""

from __future__ import annotations

import posixpath
import re

from docbot.site.links import is_image, is_page
from docbot.site.model import Site
from docbot.site.paths import fold, within

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip)$", re.I)
_ROOTS = ("", "static", "public", "assets", "_static", "docs", "content", "src", "source")
_ENOUGH = 2
"""Equal path segments at the end that make two paths the same place under different roots."""


def names_a_file(path: str) -> bool:
    """Whether a path names a page, an image or a document by its ending, as no route of a site does."""
    return is_page(path) or is_image(path) or bool(_DOCUMENT.search(path))


def may_be_found(site: Site, page: str, lost: str) -> bool:
    """Whether some generator may find a file for a link on `page` to the path `lost`, where none is."""
    folder = posixpath.dirname(page)
    written = _upward(posixpath.relpath("/" + lost, "/" + folder))
    # Where the page is published in a folder of its own, a link starts one folder further down.
    below = within(posixpath.join(posixpath.splitext(page)[0], posixpath.relpath("/" + lost, "/" + folder)))
    roots = {fold(posixpath.join(above, root)) for above in _above(folder) for root in _ROOTS}
    return any(
        fold(found) in {fold(posixpath.join(root, written)) for root in roots}
        or _alike(found, written)
        or (below is not None and _alike(found, below))
        for found in site.files.named(posixpath.basename(lost))
    )


def is_twin(site: Site, lost: str) -> bool:
    """Whether the page `lost` exists in another language or version: there a generator falls back to it."""
    return any(
        _alike(found, lost) or _differ_in_one(fold(found).split("/"), fold(lost).split("/"))
        for found in site.files.named(posixpath.basename(lost))
    )


def _differ_in_one(ours: list[str], theirs: list[str]) -> bool:
    same_depth = len(ours) == len(theirs)
    return same_depth and sum(one != other for one, other in zip(ours, theirs, strict=True)) == 1


def _above(folder: str) -> list[str]:
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:count]) for count in range(len(parts) + 1)]


def _upward(path: str) -> str:
    while path.startswith("../"):
        path = path[3:]
    return path


def _alike(path: str, other: str) -> bool:
    ours, theirs = fold(path).split("/"), fold(other).split("/")
    return ours[-_ENOUGH:] == theirs[-_ENOUGH:] and min(len(ours), len(theirs)) >= _ENOUGH
