"""How files become URLs of the published site: the publish config and docfx.json.

The site's base path isn't written anywhere. It is worked out from what the repository says itself:
the breadcrumb's URL beside the breadcrumb's file, and the targets of redirections beside the files
they name. Where neither tells, no URL is ever made of a path.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from docbot.site.learn_urls import clean_path
from docbot.site.paths import fold, within

PUBLISH_CONFIG = ".openpublishing.publish.config.json"
_PAGE = re.compile(r"\.(?:md|yml)$", re.I)
_ANY_SITE = frozenset({"index", "overview", "toc", "readme", "faq", "introduction", "get-started", "install"})
_FEWEST_VOTES = 2


class ContentRule(msgspec.Struct, frozen=True, gc=False):
    """One `content` entry of docfx.json: files below `folder` are published below `dest`."""

    folder: str
    dest: str
    files: tuple[str, ...] = ()
    """Literal file names; empty for a rule with patterns."""


class Docset(msgspec.Struct, frozen=True):
    """A published folder. `base` is its URL path, None while unknown."""

    folder: str
    rules: tuple[ContentRule, ...]
    base: str | None = None

    def output(self, path: str) -> tuple[str, str] | None:
        """`(source folder, published path)` of a page below the base; None when not of this docset."""
        for rule in self.rules:
            rest = _below(path, rule.folder)
            if rest is not None and (not rule.files or rest in rule.files):
                return rule.folder, posixpath.join(rule.dest, _PAGE.sub("", rest))
        return None

    def url(self, path: str) -> str | None:
        """The URL path of a page; None while the base is unknown, and for a page of another docset."""
        output = self.output(path) if self.base is not None else None
        if output is None:
            return None
        return f"{self.base}/{re.sub(r'(?:^|(?<=/))index$', '', output[1], flags=re.I)}"


class Publishing(msgspec.Struct, frozen=True):
    """What the publish config says of the repository."""

    docsets: tuple[Docset, ...] = ()
    dependent: tuple[str, ...] = ()
    """Folders that other repositories fill at build time."""
    base_branch: str | None = None
    open_to_public: bool = True
    url: str | None = None
    """The public repository."""

    def is_filled(self, path: str) -> bool:
        """Whether `path` is what another repository puts there at build time."""
        return any(fold(path + "/").startswith(fold(folder + "/")) for folder in self.dependent)

    def docset_of(self, path: str) -> Docset | None:
        """The docset whose folder holds `path`; the innermost, where one is inside of another."""
        holding = [docset for docset in self.docsets if _below(path, docset.folder) is not None]
        return max(holding, key=lambda docset: len(docset.folder), default=None)

    def same_version(self, path: str, page: str) -> bool:
        """Whether two paths, with a file or without one, belong to one source folder."""
        return any(one[0] == other[0] for one, other in self._outputs(path, page))

    def is_other_version(self, path: str, page: str) -> bool:
        """Whether two paths are published at one place, from different source folders."""
        outputs = self._outputs(path, page)
        return any(one[0] != other[0] and one[1].lower() == other[1].lower() for one, other in outputs)

    def _outputs(self, path: str, page: str) -> list[tuple[tuple[str, str], tuple[str, str]]]:
        pairs = ((docset.output(path), docset.output(page)) for docset in self.docsets)
        return [(one, other) for one, other in pairs if one and other]


class UrlMap(msgspec.Struct, frozen=True):
    """Published URL paths (lower case, without extension) and the files behind them."""

    paths: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    urls: Mapping[str, str] = msgspec.field(default_factory=dict)
    groups: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Each page's source folder: pages of one folder are one version."""

    def page(self, url: str, near: str) -> str | None:
        """The file behind `url`: the only one, or the one in the same version folder as `near`."""
        found = self.paths.get(clean_path(url), ())
        if len(found) == 1:
            return found[0]
        same = [path for path in found if self.same_version(path, near)]
        return same[0] if len(same) == 1 else None

    def same_version(self, path: str, page: str) -> bool:
        """Whether two pages come from one source folder."""
        group = self.groups.get(page)
        return group is not None and self.groups.get(path) == group


def publishing(config: Any, docfx: Mapping[str, Any]) -> Publishing:
    """The publish config's facts. `docfx` maps each docset folder to its docfx.json, if it has one."""
    if not isinstance(config, dict):
        return Publishing()
    entries = docset_entries(config)
    folders = sorted({folder for entry in entries if (folder := folder_of(entry)) is not None})
    # The longest folder first, so that a docset inside of another keeps its own pages.
    folders.sort(key=len, reverse=True)
    filled = [*_list(config.get("dependent_repositories")), *_list(config.get("dependent_packages"))]
    dependent = [_folder(_text(_dict(entry).get("path_to_root"))) for entry in filled]
    return Publishing(
        tuple(_docset(folder, docfx.get(folder)) for folder in folders),
        tuple(sorted({folder for folder in dependent if folder})),
        _text(config.get("git_repository_branch_open_to_public_contributors")) or None,
        all(entry.get("open_to_public_contributors", True) is not False for entry in entries),
        _text(config.get("git_repository_url_open_to_public_contributors")) or None,
    )


def docset_entries(config: Any) -> list[Mapping[str, Any]]:
    """The docsets a publish config names, as written."""
    return [entry for entry in _list(_dict(config).get("docsets_to_publish")) if isinstance(entry, dict)]


def folder_of(entry: Mapping[str, Any]) -> str | None:
    """A docset entry's source folder, POSIX, "" for the root; None when it is outside of the repository."""
    return _folder(_text(entry.get("build_source_folder")))


def _docset(folder: str, docfx: Any) -> Docset:
    content = _list(_dict(_dict(docfx).get("build")).get("content"))
    rules = [rule for entry in content if (rule := _rule(folder, _dict(entry))) is not None]
    # The longest folder first, so that a nested source wins over the folder around it.
    rules.sort(key=lambda rule: (not rule.files, -len(rule.folder)))
    return Docset(folder, tuple(rules) or (ContentRule(folder, ""),))


def _rule(folder: str, entry: Mapping[str, Any]) -> ContentRule | None:
    source = _folder(posixpath.join(folder, _text(entry.get("src")).replace("\\", "/").lstrip("/")))
    if not entry or source is None:
        return None
    files = [_text(name).replace("\\", "/") for name in _list(entry.get("files"))]
    literal = tuple(files) if files and not any("*" in name for name in files) else ()
    return ContentRule(source, _folder(_text(entry.get("dest"))) or "", literal)


def breadcrumb_base(docset: Docset, docfx: Any, files: Iterable[str]) -> str | None:
    """The base that makes the breadcrumb's file, which stands in a folder of its own, its URL.

    None where no file or more than one base fits.
    """
    url = _dict(_dict(_dict(docfx).get("build")).get("globalMetadata")).get("breadcrumb_path")
    if not isinstance(url, str) or not url.startswith("/"):
        return None
    wanted = clean_path(url.removesuffix(".json"))
    outputs = {
        output[1].lower()
        for path in files
        if path.lower().endswith("/toc.yml") and (output := docset.output(path)) and "/" in output[1]
    }
    fitting = [output for output in outputs if wanted.endswith("/" + output)]
    return wanted.removesuffix("/" + fitting[0]) or None if len(fitting) == 1 else None


def voted_base(docset: Docset, pages: Iterable[str], urls: Iterable[str]) -> str | None:
    """The base under which `urls` (redirection targets) name pages of the docset.

    At least two different pages must agree on it, and three times as many as on any other base. Names
    that every site has don't count.
    """
    outputs = {output[1].lower() for page in pages if (output := docset.output(page))}
    outputs = {output for output in outputs if "/" in output or output not in _ANY_SITE}
    votes: Counter[str] = Counter()
    for url in {clean_path(url) for url in urls if url.startswith("/")}:
        segments = url.strip("/").split("/")
        for cut in range(1, min(len(segments), 4)):
            if "/".join(segments[cut:]) in outputs:
                votes["/" + "/".join(segments[:cut])] += 1
    ranked = [*votes.most_common(2), ("", 0), ("", 0)]
    (best, count), (_, others) = ranked[:2]
    return best if count >= _FEWEST_VOTES and count >= 3 * others else None


def url_map(docsets: Sequence[Docset], pages: Iterable[str]) -> UrlMap:
    """URLs of all pages whose docset's base is known."""
    paths: dict[str, list[str]] = defaultdict(list)
    urls: dict[str, str] = {}
    groups: dict[str, str] = {}
    for page in sorted(pages):
        for docset in docsets:
            output = docset.output(page)
            if output is None:
                continue
            groups[page] = output[0]
            if (url := docset.url(page)) is not None:
                urls[page] = url
                paths[clean_path(url)].append(page)
            break
    return UrlMap({url: tuple(found) for url, found in paths.items()}, urls, groups)


def _below(path: str, folder: str) -> str | None:
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(folder + "/") else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _folder(written: str) -> str | None:
    """A folder as configs write it, as a path of the repository, "" for the root; None outside of it."""
    return within(written.replace("\\", "/").strip("/") or ".")
