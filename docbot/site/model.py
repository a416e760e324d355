"""The published site as one value: files, redirections, docsets, and every page's anchors."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

import msgspec

from docbot.markdown.nodes import Outline
from docbot.site.docset import Publishing, UrlMap
from docbot.site.paths import PathIndex, joined, within
from docbot.site.redirections import Redirections
from docbot.site.target import Target

_SHARED = re.compile(r"(?:^|/)_?includes?/", re.I)
_PUBLISHED = (".md", ".yml", ".yaml", ".ipynb")
"""How the names of files end that Learn makes pages of."""
_READ_ON_GITHUB = re.compile(r"(?:^|/)(?:README|CONTRIBUTING|SUPPORT)[^/]*$", re.I)


class Site(msgspec.Struct, frozen=True):
    """What is known of the whole site. `learn` says it is published on Microsoft Learn."""

    files: PathIndex = msgspec.field(default_factory=PathIndex)
    redirections: Redirections = Redirections()
    publishing: Publishing = Publishing()
    urls: UrlMap = UrlMap()
    outlines: Mapping[str, Outline] = msgspec.field(default_factory=dict)
    redirected_urls: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Published URL path, as `clean_path` makes it, of redirected sources -> those sources' paths."""
    learn: bool = False
    beyond: frozenset[str] = frozenset()
    """Symbolic links and submodules: what is at or below them stands somewhere else."""
    included_pages: frozenset[str] = frozenset()
    """Pages that other pages include."""
    resolved: dict[tuple[str, str], Target] = msgspec.field(default_factory=dict)
    """Destinations already resolved, by folder and text: they hang on nothing but the files and configs
    above, which stay the same for the site's life."""

    def publishes(self, page: str) -> bool:
        """Whether `page` is part of a published docset, where a path of the site leads somewhere."""
        return self.learn and page in self.urls.groups and not _READ_ON_GITHUB.search(page)

    def serves(self, page: str) -> bool:
        """Whether readers of the address that `page` has or had, if it was published, are led somewhere.

        True, too, where this repository redirects nobody: then its redirections are kept elsewhere.
        """
        if not self.redirections.by_source or self.redirections.of(page) is not None:
            return True
        # Learn compares addresses without case, and without what a file's name ends in.
        stem = posixpath.splitext(page)[0].removesuffix("/index")
        places = (f"{stem}{rest}{end}" for rest in ("", "/index") for end in _PUBLISHED)
        return any(self.files.cased(place) for place in places)

    def on_learn(self, page: str) -> bool:
        """Whether Learn builds `page`, so that its rules and its algorithm for anchors hold there."""
        return self.learn and self.publishing.docset_of(page) is not None

    def is_shared(self, page: str) -> bool:
        """Whether `page` is a piece of other pages, so that its readers see their anchors too."""
        return page in self.included_pages or bool(_SHARED.search(page))

    def is_elsewhere(self, path: str) -> bool:
        """Whether `path` is filled from outside: by another repository, a submodule, a symbolic link."""
        if self.publishing.is_filled(path):
            return True
        while self.beyond and path:
            if path in self.beyond:
                return True
            path = posixpath.dirname(path)
        return False

    def anchors(self, page: str) -> frozenset[str] | None:
        """Every fragment that leads somewhere on `page`; None where that can't be known.

        Unknown are pages that aren't Markdown of this repository, pages with a heading whose text isn't
        known, and pages that include a file which isn't here.
        """
        found: frozenset[str] = frozenset()
        seen, left = {page}, [page]
        while left:
            path = left.pop()
            outline = self.outlines.get(path)
            if outline is None or not all(heading.text for heading in outline.headings):
                return None
            found |= outline.anchors if self.on_learn(page) else outline.anchors | outline.github_anchors
            inner = {self.included(path, include) for include in outline.includes}
            left += sorted(one for one in inner if one is not None and one not in seen)
            seen.update(left)
            if None in inner:
                return None
        return found

    def included(self, page: str, destination: str) -> str | None:
        """The file that an include on `page` names, in any letter case; None when it isn't here."""
        plain = destination.split("?")[0].split("#")[0].replace("\\", "/")
        path = self.from_root(plain, page) if plain.startswith("~/") else joined(page, plain)
        found = self.files.cased(path) if path else ()
        return found[0] if len(found) == 1 else None

    def from_root(self, destination: str, page: str) -> str | None:
        """The path that `~/…` names on `page`: a file of its docset, or of the repository.

        None when no file is there, or when another repository fills the place at build time.
        """
        rest = destination.removeprefix("~/").lstrip("/")
        docset = self.publishing.docset_of(page)
        paths = [within(posixpath.join(docset.folder, rest))] if docset else []
        for path in (*paths, within(rest)):
            if path and self.is_elsewhere(path):
                return None
            if path and self.files.cased(path):
                return path
        return None
