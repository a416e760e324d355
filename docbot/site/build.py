"""Makes a `Site` of a repository's files, configs and outlines. Pure: files are read by the caller."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from docbot.errors import ConfigError, UnreadablePageError
from docbot.markdown.nodes import Outline
from docbot.site import json_lenient, redirections
from docbot.site.docset import (
    PUBLISH_CONFIG,
    Docset,
    Publishing,
    breadcrumb_base,
    docset_entries,
    folder_of,
    publishing,
    url_map,
    voted_base,
)
from docbot.site.learn_urls import clean_path
from docbot.site.model import Site
from docbot.site.paths import PathIndex, within
from docbot.site.redirections import Redirection, Redirections
from docbot.types import Notice

Reader = Callable[[str], str]
T = TypeVar("T")


def build_site(
    files: Iterable[str], outlines: Mapping[str, Outline], read: Reader, beyond: Iterable[str] = ()
) -> tuple[Site, list[Notice]]:
    """The site, and a notice for each config file that can't be used.

    `files` are all paths of the repository; `read` gives the text of one (config files only). `beyond`
    are the paths of symbolic links and submodules: nothing is said of what is below them.
    """
    notices: list[Notice] = []
    index = PathIndex(files)
    load = _Loader(read, notices)
    config = load.json(PUBLISH_CONFIG) if PUBLISH_CONFIG in index else None
    entries = _redirections(index, config, load)
    published = _publishing(index, config, entries, load)
    collected = Redirections.collect(e for e in entries if not index.cased(e.source))
    site = Site(
        files=index,
        redirections=collected,
        publishing=published,
        urls=url_map(published.docsets, _pages(index)),
        outlines=outlines,
        redirected_urls=_redirected_urls(published.docsets, collected),
        learn=PUBLISH_CONFIG in index,
        beyond=frozenset(beyond),
    )
    return replace(site, included_pages=_included(site)), notices


def _pages(index: PathIndex) -> list[str]:
    return [path for path in index if path.lower().endswith((".md", ".yml"))]


def _included(site: Site) -> frozenset[str]:
    including = ((page, outline.includes) for page, outline in site.outlines.items() if outline.includes)
    found = (site.included(page, include) for page, includes in including for include in includes)
    return frozenset(path for path in found if path is not None)


class _Loader:
    def __init__(self, read: Reader, notices: list[Notice]) -> None:
        self._read = read
        self._notices = notices

    def text(self, path: str) -> str | None:
        try:
            return self._read(path)
        except UnreadablePageError as error:
            self._notices.append(Notice(path, str(error)))
        except (OSError, ValueError) as error:
            self._notices.append(Notice(path, f"{path} can't be read ({error}): save it as UTF-8"))
        return None

    def json(self, path: str) -> Any:
        text = self.text(path)
        return None if text is None else self._parsed(json_lenient.loads, path, text)

    def redirections(self, path: str) -> list[Redirection]:
        text = self.text(path)
        return ([] if text is None else self._parsed(redirections.parse, path, text)) or []

    def _parsed(self, parse: Callable[[str, str], T], path: str, text: str) -> T | None:
        try:
            return parse(path, text)
        except ConfigError as error:
            self._notices.append(Notice(path, str(error)))
            return None


def _redirections(index: PathIndex, config: Any, load: _Loader) -> list[Redirection]:
    """The entries of every redirection file: known by its name, or named by the publish config."""
    listed = config.get("redirection_files") if isinstance(config, dict) else None
    named = [within(name) for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    found: list[Redirection] = []
    for path in index:
        if redirections.FILE_NAME.search(path) or path in named:
            found += load.redirections(path)
    return found


def _publishing(index: PathIndex, config: Any, entries: list[Redirection], load: _Loader) -> Publishing:
    folders = sorted({folder_of(entry) or "" for entry in docset_entries(config)})
    configs = {folder: posixpath.join(folder, "docfx.json") for folder in folders}
    docfx = {folder: load.json(path) for folder, path in configs.items() if path in index}
    published = publishing(config, docfx)
    pages = _pages(index)
    urls = [url for entry in entries if (url := entry.url)]
    return replace(
        published,
        docsets=tuple(_with_base(d, docfx.get(d.folder), pages, urls) for d in published.docsets),
    )


def _with_base(docset: Docset, docfx: Any, pages: list[str], urls: list[str]) -> Docset:
    """The docset with its base, unless the breadcrumb and the redirections speak of different ones."""
    told, voted = breadcrumb_base(docset, docfx, pages), voted_base(docset, pages, urls)
    return replace(docset, base=(told or voted) if told == voted or not (told and voted) else None)


def _redirected_urls(docsets: Iterable[Docset], entries: Redirections) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries.by_source.values():
        for docset in docsets:
            url = docset.url(entry.source) or docset.url(_folded(docset, entry.source))
            if url is not None:
                found[clean_path(url)] = (*found.get(clean_path(url), ()), entry.source)
                break
    return found


def _folded(docset: Docset, source: str) -> str:
    """`source` with its folder in the letter case in which the docset's config writes it."""
    for rule in docset.rules:
        if rule.folder and source.lower().startswith(rule.folder.lower() + "/"):
            return rule.folder + source[len(rule.folder) :]
    return source
