"""Sites made of a few files, through the same door as real ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from docbot.markdown import Document, Parser
from docbot.site.build import build_site
from docbot.site.docset import PUBLISH_CONFIG
from docbot.site.model import Site
from docbot.types import Notice

CONFIG = {"docsets_to_publish": [{"docset_name": "docs", "build_source_folder": "docs"}]}
DOCFX = {
    "build": {"content": [{"files": ["**/*.md"]}], "globalMetadata": {"breadcrumb_path": "/x/bread/toc.json"}}
}
LEARN = {
    PUBLISH_CONFIG: json.dumps(CONFIG),
    "docs/docfx.json": json.dumps(DOCFX),
    "docs/bread/toc.yml": "",
}
"""A docset in `docs/`, published at `/x`."""


def site_of(
    *paths: str, files: Mapping[str, str] | None = None, learn: bool = False, beyond: tuple[str, ...] = ()
) -> Site:
    """A site of empty files at `paths` and the `files` given; with `learn`, published by `LEARN`."""
    return site_and_notices(*paths, files=files, learn=learn, beyond=beyond)[0]


def site_and_notices(
    *paths: str, files: Mapping[str, str] | None = None, learn: bool = False, beyond: tuple[str, ...] = ()
) -> tuple[Site, list[Notice]]:
    """As `site_of`, with what building it had to say."""
    contents = dict.fromkeys(paths, "") | (LEARN if learn else {}) | dict(files or {})
    parser = Parser()
    outlines = {
        path: Document(path, text, parser=parser).outline
        for path, text in contents.items()
        if path.endswith(".md")
    }
    return build_site(contents, outlines, contents.__getitem__, beyond)


def redirections(entries: Mapping[str, str]) -> str:
    """A redirection file of the list form."""
    listed = [{"source_path": source, "redirect_url": target} for source, target in entries.items()]
    return json.dumps({"redirections": listed}, indent=2)


def published(folder: str, docfx: Any, **more: Any) -> dict[str, str]:
    """The configs of one docset in `folder`."""
    config = {"docsets_to_publish": [{"build_source_folder": folder or "."}], **more}
    place = f"{folder}/docfx.json" if folder else "docfx.json"
    return {PUBLISH_CONFIG: json.dumps(config), place: json.dumps(docfx)}
