"""Heading anchors, as Microsoft Learn, GitHub and other site generators make them.

Learn's algorithm is docfx's: keep letters, decimal digits, `-` and `_`, turn a space into `-`, drop the
rest, lower-case; never collapse or trim dashes; nothing left is `section`; a slug that was there gets the
first of `-1`, `-2`, ... that wasn't. GitHub's differs in keeping all of Unicode's word characters and in
having no `section`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from mistune.util import unescape

from docbot.markdown.nodes import Inline

_TAG = re.compile(r"<[^<>]*>")
_NOT_ASCII_SLUG = re.compile(r"[^\w\- ]", re.ASCII)
_HEADING_ID = re.compile(r"\{:?[ \t]*#([\w.:-]+)[^{}]*\}\s*\Z")
_EMOJI_NAME = re.compile(r":[a-z0-9_+-]+:")
_DASHES = re.compile(r"-{2,}")


def plain_text(inlines: Iterable[Inline]) -> str:
    """A heading as a reader sees it: no marks, no tags, no images; entities decoded; breaks are `\\n`."""
    parts: list[str] = []
    for node in inlines:
        if node.kind == "code":
            parts.append(node.raw)
        elif node.kind == "text":
            parts.append(unescape(node.raw))
        elif node.kind in ("soft_break", "hard_break"):
            parts.append("\n")
        elif node.kind == "autolink":
            parts.append("" if node.raw.startswith("xref:") else node.raw)
        elif node.kind not in ("image", "html"):
            parts.append(plain_text(node.children))
    return "".join(parts)


@lru_cache(maxsize=4096)
def learn_slug(text: str) -> str:
    """Learn's slug of a heading's plain text, before duplicates are numbered.

    White space at the ends counts: what is left of `![icon](x.png) Title` gives `-title`.
    """
    return _slug(text, _is_learn) or "section"


@lru_cache(maxsize=4096)
def github_slug(text: str) -> str:
    """GitHub's slug of a heading's plain text, before duplicates are numbered."""
    return _slug(text, _is_github)


def _slug(text: str, keeps: Callable[[str], bool]) -> str:
    if text.isascii():
        return _NOT_ASCII_SLUG.sub("", text).lower().replace(" ", "-")
    # Letter by letter: a word's last sigma is lower-cased as any other.
    return "".join(c.lower() for c in text if c in "-_ " or keeps(c)).replace(" ", "-")


def _is_learn(character: str) -> bool:
    # .NET looks at UTF-16 units, of which those of a pair are no letters.
    return character <= "\uffff" and (character.isalpha() or unicodedata.category(character) == "Nd")


def _is_github(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Nl", "Pc")


def numbered(slugs: Iterable[str]) -> list[str]:
    """The slugs, each told from those before it by the first number that does."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    found: list[str] = []
    for slug in slugs:
        unique = slug
        while unique in taken:
            last[slug] = last.get(slug, 0) + 1
            unique = f"{slug}-{last[slug]}"
        taken.add(unique)
        found.append(unique)
    return found


def other_slugs(text: str, slug: str) -> Iterator[str]:
    """More anchors of a heading, for where it isn't known what builds the site; `slug` is GitHub's.

    Those of `## Title {#custom-id}`, and of generators that collapse and trim dashes.
    """
    explicit = _HEADING_ID.search(text) if "{" in text else None
    if explicit:
        slug = github_slug(text[: explicit.start()].rstrip())
        yield explicit[1]
        yield slug
    if slug.startswith("-") or slug.endswith("-") or "--" in slug:
        yield _DASHES.sub("-", slug).strip("-")


def without_emoji_names(text: str) -> str:
    """`text` without `:rocket:`, which both sites turn into a picture; most such words are emoji."""
    return _EMOJI_NAME.sub("", text) if text.count(":") > 1 else text


def without_tags(source: str) -> str:
    """`source` without HTML tags."""
    return _TAG.sub("", source)
