"""The site of a worktree, made of the files that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docbot.errors import UnreadablePageError
from docbot.markdown import blob_id
from docbot.markdown.nodes import Outline
from docbot.repository.worktree import Entry, EntryKind, Worktree, read_page
from docbot.site.build import build_site
from docbot.site.model import Site
from docbot.types import Notice


def site_of(
    worktree: Worktree,
    entries: Sequence[Entry],
    outlines: Mapping[str, Outline],
    configs: dict[str, str] | None = None,
) -> tuple[Site, list[Notice]]:
    """The site of a worktree with these entries, and a notice for each config file that can't be used.

    What a sparse checkout leaves out can be linked to, though not read. `configs` is given the blob of
    each file that was read.
    """

    def text(path: str) -> str:
        try:
            data = read_page(worktree, path)
        except UnreadablePageError as error:
            raise ValueError(str(error)) from error
        if configs is not None:
            configs[path] = blob_id(data)
        return data.decode("utf-8-sig")

    files = [entry.path for entry in entries if entry.kind is not EntryKind.SUBMODULE]
    beyond = [entry.path for entry in entries if entry.kind in (EntryKind.SUBMODULE, EntryKind.SYMLINK)]
    return build_site(files, outlines, text, beyond)
