"""From the addresses in an issue to pages: through the site's URLs, redirections and renames."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

import msgspec

from docbot.readers.links import FileLink, Link, PageLink
from docbot.repository.values import PathHistory
from docbot.site.learn_urls import clean_path, learn_url
from docbot.site.model import Site
from docbot.site.paths import joined
from docbot.site.repair import redirected, redirection_at, renamed

_CONFIGS = (
    "mkdocs.yml", "mkdocs.yaml", "docs/mkdocs.yml", "docusaurus.config.js", "docusaurus.config.ts",
    "website/docusaurus.config.js", "hugo.toml", "hugo.yaml", "config.toml", "config.yaml", "_config.yml",
    "docs/_config.yml", "book.toml", ".vitepress/config.ts", ".vitepress/config.js",
)  # fmt: skip
"""Where site generators are told the address they publish to."""
_ADDRESS = re.compile(
    r"^[ \t]*[\"']?(?:site_url|baseurl|url|site-url|hostname)[\"']?[ \t]*[:=][ \t]*[\"']?"
    r"(https?://[\w.-]{1,200}(?::\d{1,5})?(?:/[\w./-]{0,200})?)",
    re.I | re.M,
)
_HOST_NAME = re.compile(r"[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}", re.I)
_MOST_BRANCH_PARTS = 6
_ENDINGS = (".md", ".mdx", ".markdown", "/index.md", "/README.md", "/_index.md")
COMMIT = re.compile(r"([0-9a-f]{40})/", re.I)
"""How a permalink to a file begins, behind the repository."""
_NOTHING: Mapping[str, int] = {}
_NUMBERS = re.compile(r"(\d+)")


class Address(msgspec.Struct, frozen=True):
    """Where a generator publishes the docs."""

    host: str
    base: str = ""
    """Path without a slash at its end."""


class Hit(msgspec.Struct, frozen=True):
    """A page that an address leads to."""

    path: str
    fragment: str = ""
    lines: tuple[int, int] = (0, 0)
    as_of: int = 0
    """When the commit was made that the address names (seconds since 1970); 0 for a branch."""


def addresses(texts: Mapping[str, str]) -> tuple[Address, ...]:
    """Where the docs are published, by the config files of site generators among `texts` (by path)."""
    found: list[Address] = []
    for path, text in texts.items():
        if posixpath.basename(path) == "CNAME":
            found += [Address(line.lower()) for line in text.split()[:1] if _HOST_NAME.fullmatch(line)]
            continue
        for url in _ADDRESS.findall(text[:200_000])[:3]:
            parts = urlsplit(url)
            found.append(Address((parts.hostname or "").lower(), parts.path.rstrip("/")))
    return tuple(
        dict.fromkeys(one for one in found if _HOST_NAME.fullmatch(one.host) and one.host != "github.com")
    )


def address_files(files: Iterable[str]) -> list[str]:
    """Those of `files` that may say where the docs are published."""
    known = {*_CONFIGS, "CNAME", "docs/CNAME", "static/CNAME", "public/CNAME"}
    return [path for path in files if path in known]


class Finder:
    """Finds pages. `repositories` are the names (`owner/name`) under which the docs are known."""

    def __init__(
        self,
        site: Site,
        history: PathHistory,
        repositories: Iterable[str],
        published: Iterable[Address] = (),
        commits: Mapping[str, int] = _NOTHING,
    ) -> None:
        """`commits` are ids of commits that led to this state of the docs, and when each was made."""
        self._commits = commits
        self._site, self._history = site, history
        self._repositories = {_public(name) for name in repositories if name}
        self._published = tuple(published)
        self._ends = _ends(site)

    def find(self, link: Link, *, automatic: bool = False) -> Hit | None:
        """The page that `link` leads to; None for what is none of this repository, or not surely one.

        `automatic` is what a form filled in: the repository may have had another owner by then.
        """
        if isinstance(link, FileLink):
            return self._file(link, automatic=automatic)
        path = self._page(link.url)
        return Hit(path, link.fragment) if path else None

    def _file(self, link: FileLink, *, automatic: bool) -> Hit | None:
        if link.repository and not self._is_here(link.repository, automatic=automatic):
            return None
        for candidate in _candidates(link):
            path = self._at(candidate)
            if path:
                return self._hit(path, link)
        return None

    def _is_here(self, repository: str, *, automatic: bool) -> bool:
        name = _public(repository)
        last = name.partition("/")[2]
        return name in self._repositories or (
            automatic and any(known.partition("/")[2] == last for known in self._repositories)
        )

    def _hit(self, path: str, link: FileLink) -> Hit:
        commit = COMMIT.match(link.rest)
        if commit is None:
            return Hit(path, link.fragment, link.lines)
        # What stood on a line of a commit that is no part of the docs needn't stand there now.
        time = self._commits.get(commit[1].lower(), 0)
        return Hit(path, link.fragment, link.lines if time else (0, 0), time)

    def _at(self, path: str) -> str | None:
        """The page at `path`, in any letter case, or where its content went; None for none."""
        found = self._site.files.cased(path)
        if found:
            return found[0] if len(found) == 1 and found[0] in self._site.outlines else None
        if path.endswith("/") or not path.lower().endswith((".md", ".mdx", ".markdown")):
            return None
        return self._moved(path) or self._by_end(path)

    def _moved(self, path: str) -> str | None:
        answers = (renamed(self._site, self._history, path, path), redirected(self._site, path, path))
        found = {
            answer.path for answer in answers if answer is not None and answer.path in self._site.outlines
        }
        return found.pop() if len(found) == 1 else None

    def _by_end(self, path: str) -> str | None:
        """The only page whose path ends in `path`, which has a folder: readers leave out the first ones."""
        return self._only(path.lower()) if "/" in path else None

    def _only(self, end: str) -> str | None:
        found = self._ends.get(end, ())
        return found[0] if len(found) == 1 else None

    def _page(self, url: str) -> str | None:
        learn = learn_url(url)
        if learn is not None:
            return self._on_learn(learn.rest)
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return None
        for one in self._published:
            if host.removeprefix("www.") == one.host.removeprefix("www.") and parts.path.startswith(one.base):
                return self._by_url(parts.path[len(one.base) :])
        return None

    def _on_learn(self, rest: str) -> str | None:
        found = [
            path for path in self._site.urls.paths.get(clean_path(rest), ()) if path in self._site.outlines
        ]
        if found:
            return _of_version(found, self._site, rest)
        if clean_path(rest) in self._site.urls.paths:
            return None
        entry = redirection_at(self._site, "", rest)
        if entry is not None:
            return self._moved(entry.source)
        return self._by_url(urlsplit(rest).path, fewest=2) if not self._site.urls.paths else None

    def _by_url(self, path: str, fewest: int = 1) -> str | None:
        """The only page whose path ends as the URL path does; `fewest` of its parts must be the same.

        Generators put docs below a folder or a version that the file's path doesn't have, or has not.
        """
        plain = re.sub(r"\.html?\Z|/index(?:\.html?)?\Z", "", path.rstrip("/"), flags=re.I).strip("/").lower()
        parts = [part for part in plain.split("/") if part]
        for start in range(len(parts)):
            rest = parts[start:]
            if len(rest) < fewest or (len(rest) == 1 and start):
                return None
            found = {one for end in _ENDINGS if (one := self._only("/".join(rest) + end.lower()))}
            if len(found) == 1:
                return found.pop()
        return None


def _public(name: str) -> str:
    """`name` without what Microsoft's private twins are called by, in lower case."""
    return re.sub(r"-pr\Z", "", name.removesuffix(".git").lower())


def _candidates(link: FileLink) -> Iterator[str]:
    """The paths that an address may mean: branches may have slashes, readers write paths from anywhere."""
    parts = link.rest.split("/")
    if not link.repository:
        clean = joined("", link.rest)
        if clean:
            yield clean
        return
    for cut in range(1, min(len(parts), _MOST_BRANCH_PARTS)):
        clean = joined("", "/".join(parts[cut:]))
        if clean:
            yield clean


def _ends(site: Site) -> dict[str, tuple[str, ...]]:
    """Every end of every page's path, in lower case, with the pages that have it."""
    found: dict[str, list[str]] = {}
    for path in site.outlines:
        parts = path.lower().split("/")
        for start in range(len(parts)):
            found.setdefault("/".join(parts[start:]), []).append(path)
    return {end: tuple(paths) for end, paths in found.items()}


def _of_version(found: list[str], site: Site, rest: str) -> str | None:
    """Of the versions of a page the one that `?view=` names, else the newest."""
    if len(found) == 1:
        return found[0]
    views = parse_qs(urlsplit(rest).query).get("view", [""])
    view = views[0].lower()
    named = [path for path in found if _is_version(_version(path, site), view)]
    if view:
        return named[0] if len(named) == 1 else None
    return max(found, key=lambda path: _natural(_version(path, site)))


def _version(path: str, site: Site) -> str:
    return posixpath.basename(site.urls.groups.get(path, "")).lower()


def _is_version(version: str, view: str) -> bool:
    return bool(version) and (view == version or view.endswith("-" + version))


@lru_cache(maxsize=4096)
def _natural(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in _NUMBERS.split(text) if part)


__all__ = ["Address", "Finder", "Hit", "PageLink", "address_files", "addresses"]
