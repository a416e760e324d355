"""Where a link leads: one answer a link, and the way a new target is written in its place."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from docbot.site.learn_urls import learn_url
from docbot.site.model import Site
from docbot.site.paths import fold, joined, relative
from docbot.site.target import Target, Where

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{|%%|^[@{$:<]")
_PAGE = re.compile(r"\.(?:md|markdown|mdx)$", re.I)
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|ico)$", re.I)
_EXTENSION = re.compile(r"\.(?:md|markdown|mdx|ya?ml|png|jpe?g|gif|svg|webp|html?|json|txt|ps1|cs)$", re.I)
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f\ud800-\udfff<>%?#\\`{}|]|&(?=#?\w+;)")
_BARE = "/:@!$&'*+,;=~-._()"
"""What needs no encoding in a destination, beside letters and digits."""


def resolve(site: Site, page: str, destination: str) -> Target:
    """Where `destination`, as written on `page`, leads."""
    written = destination.strip()
    if not written or written.startswith(("#", "?")):
        _, query, fragment = _split(written)
        return Target(Where.FILE, page, query, fragment)
    folder = page.rpartition("/")[0]
    known = site.resolved.get((folder, written))
    if known is None:
        known = site.resolved[folder, written] = _resolve(site, page, written)
    return known


def _resolve(site: Site, page: str, written: str) -> Target:
    on_learn = learn_url(written) if site.learn else None
    if on_learn is not None:
        path, query, fragment = _split(on_learn.rest)
        return Target(Where.URL, path, query, fragment)
    if _SCHEME.match(written) or _TEMPLATE.search(written):
        return Target(Where.ELSEWHERE)
    path, query, fragment = _split(written.replace("\\", "/"))
    if path.startswith("/"):
        return Target(Where.URL, path, query, fragment)
    if path.startswith("~/"):
        rooted = site.from_root(path, page)
        return _find(site, rooted, query, fragment) if rooted else Target(Where.ELSEWHERE)
    if path.startswith("~") or path.endswith("/"):
        return Target(Where.ELSEWHERE)
    return _find(site, joined(page, path), query, fragment)


def _split(written: str) -> tuple[str, str, str]:
    rest, _, fragment = written.partition("#")
    path, _, query = rest.partition("?")
    return _decoded(path), query, _decoded(fragment)


def _decoded(part: str) -> str:
    return unquote(part, errors="surrogateescape") if "%" in part else part


def _find(site: Site, path: str | None, query: str, fragment: str) -> Target:
    if path is None:
        return Target(Where.ELSEWHERE)
    if path in site.files:
        return Target(Where.FILE, path, query, fragment)
    if site.files.has_folder(path) or site.is_elsewhere(path):
        return Target(Where.ELSEWHERE)
    cased = site.files.cased(path)
    if cased:
        return Target(Where.CASED, cased[0], query, fragment) if len(cased) == 1 else Target(Where.ELSEWHERE)
    if _PAGE.search(path):
        twins = site.files.cased(_PAGE.sub(".yml", path))
        return Target(Where.ELSEWHERE) if twins else Target(Where.MISSING, path, query, fragment)
    return _without_extension(site, path, query, fragment)


def _without_extension(site: Site, path: str, query: str, fragment: str) -> Target:
    """Where a path leads that names no page as it stands, but may with `.md` behind it."""
    if not _EXTENSION.search(path):
        pages = site.files.cased(path + ".md")
        if len(pages) == 1:
            return Target(Where.EXTENSION, pages[0], query, fragment)
        if pages or site.files.cased(path + ".yml"):
            return Target(Where.ELSEWHERE)
        if site.redirections.of(path + ".md"):
            return Target(Where.MISSING, path + ".md", query, fragment)
    return Target(Where.MISSING, path, query, fragment)


def is_page(path: str) -> bool:
    """Whether a path names a Markdown page."""
    return bool(_PAGE.search(path))


def is_image(path: str) -> bool:
    """Whether a path names an image."""
    return bool(_IMAGE.search(path))


def written_like(original: str, page: str, path: str, fragment: str = "", query: str = "") -> str:
    """A link from `page` to the file `path`, in the form in which `original` is written.

    `fragment` is plain text, `query` as it stands in a URL.
    """
    target = "" if path == page and fragment else relative(path, page)
    # Only a destination in angle brackets, or in quotes, can hold a space.
    target = encoded(target, spaces=" " in original and target == target.strip())
    mistaken = _SCHEME.match(target) or _TEMPLATE.match(target) or target.startswith("~")
    if mistaken or (target and original.startswith("./") and not target.startswith(".")):
        target = "./" + target
    return target + (f"?{query}" if query else "") + (f"#{encoded(fragment)}" if fragment else "")


def recased(original: str, page: str, path: str) -> str:
    """`original`, which names `path` in another letter case, with each of its names as the file has it."""
    place = re.search(r"[?#]|\Z", original)
    head = original[: place.start()] if place else original
    names, written, here = path.split("/"), [], page.split("/")[:-1]
    for segment in head.split("/"):
        if segment == ".." and here:
            here.pop()
        if segment in ("", ".", ".."):
            written.append(segment)
        else:
            here.append(names[len(here)] if len(here) < len(names) else segment)
            written.append(here[-1])
    result = "/".join(written)
    if here == names and fold(result) == fold(head) and encoded(result) == result:
        return result + original[len(head) :]
    _, query, fragment = _split(original)
    return written_like(original, page, path, fragment, query)


def encoded(part: str, *, spaces: bool = False) -> str:
    """`part` of a URL so that it can stand in a Markdown destination and means what it says.

    It stays as it is where nothing in it would end the destination early or change its meaning.
    """
    bare = part.replace(" ", "") if spaces else part
    if not _UNSAFE.search(bare) and _balanced(bare):
        return part
    safe = (_BARE if _balanced(bare) else _BARE.replace("()", "")) + (" " if spaces else "")
    return quote(part, safe=safe.replace("&", "") if "&" in part else safe, errors="surrogateescape")


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


__all__ = ["Target", "Where", "encoded", "is_image", "is_page", "recased", "resolve", "written_like"]
