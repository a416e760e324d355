"""What a link's destination turned out to be."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

_NO_ANCHOR = re.compile(r"$|top$|tab/|lightbox$|:~:|L\d+|fn(?:ref)?:|/|!|\?", re.I)


class Where(StrEnum):
    """What a destination turned out to be."""

    FILE = "file"
    """A file of the repository, in exactly this letter case."""
    CASED = "cased"
    """A file, in another letter case."""
    EXTENSION = "extension"
    """A page whose `.md` isn't written."""
    MISSING = "missing"
    """A path inside the repository where no file is."""
    URL = "url"
    """A path of the published site, `/…`."""
    ELSEWHERE = "elsewhere"
    """Another site, a template, another repository, a folder: nothing to check here."""


class Target(msgspec.Struct, frozen=True, gc=False):
    """A resolved destination. `path` is a repository path, or the URL path for Where.URL."""

    where: Where
    path: str = ""
    query: str = ""
    fragment: str = ""

    @property
    def checks_anchor(self) -> bool:
        """Whether the fragment names a place on a page, rather than a tab, an image or a line."""
        return bool(self.fragment) and not _NO_ANCHOR.match(self.fragment)
