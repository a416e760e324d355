"""Links to places on pages that aren't there, and where those places went."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from docbot.markdown.nodes import Link, LinkKind, Outline
from docbot.markdown.slugs import github_slug, learn_slug, without_tags
from docbot.repository.values import HeadingChange, HeadingHistory
from docbot.site.links import Target, Where, is_page, resolve
from docbot.site.model import Site

_LINKS = frozenset({LinkKind.LINK, LinkKind.DEFINITION})
_NEAR = 5
_LONGEST = 200
"""Code points, from which on no anchor is measured against another."""
_LONGEST_CHAIN = 10
_ALIKE_EVERYWHERE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_BRACES = re.compile(r"\{[^{}]*\}")
_NAMED = re.compile(r"#([^\s{}]+)|\bid=[\"']?([^\s{}\"']+)")
_SMALL_WORDS = frozenset("a an the of to in on for and or with your is are how what using use".split())


def broken_bookmarks(
    page: str, outline: Outline, site: Site
) -> Iterator[tuple[Link, Target, frozenset[str]]]:
    """Each link whose page is known and lacks the anchor, with the anchors the page has.

    A page that others include is a piece of them: what its own anchors are is not known.
    """
    for link in outline.links:
        if link.kind not in _LINKS or "#" not in link.destination or link.destination_span is None:
            continue
        target = resolve(site, page, link.destination)
        if target.where is not Where.FILE or not target.checks_anchor or not is_page(target.path):
            continue
        if target.path == page and site.is_shared(page):
            continue
        anchors = site.anchors(target.path)
        if anchors is None or target.fragment in anchors:
            continue
        if site.on_learn(target.path) or not may_be_made(
            target.fragment, anchors, site.outlines[target.path]
        ):
            yield link, target, anchors


def may_be_made(fragment: str, anchors: frozenset[str], outline: Outline) -> bool:
    """Whether some site generator makes the anchor `fragment` of a page.

    They differ in marks, letter case, accents, numbers in front and numbers for equal headings; several
    read ids in braces behind a heading.
    """
    wanted = _core(fragment)
    headings = [heading.text for heading in outline.headings]
    braces = (found for text in headings for found in _BRACES.findall(text))
    named = {name for found in braces for pair in _NAMED.findall(found) for name in pair}
    ascii_only = (text.encode("ascii", "ignore").decode() for text in headings)
    return not wanted or fragment in named or wanted in {_core(t) for t in (*anchors, *headings, *ascii_only)}


def _core(anchor: str) -> str:
    plain = unicodedata.normalize("NFKD", without_tags(_BRACES.sub("", anchor))).casefold()
    letters = "".join(c for c in plain if c.isalnum())
    return letters.strip("0123456789")


def pages_with_lost_anchors(site: Site) -> list[str]:
    """The pages at which any page's links look for an anchor in vain, sorted."""
    return sorted(
        {
            target.path
            for page, outline in site.outlines.items()
            for _, target, _ in broken_bookmarks(page, outline, site)
        }
    )


def renamed_heading(
    target: Target, anchors: frozenset[str], history: HeadingHistory, *, learn: bool
) -> tuple[HeadingChange, str] | None:
    """The commit that changed the heading behind the lost anchor, and the anchor it has now.

    Later renames are followed. The anchor is empty where the heading is gone for good, or where what
    stands in its place shares less than half of its words: that is another section, not another name.
    It is empty too where several headings share the new name, and beside Learn for an anchor that not
    every algorithm makes alike.
    """
    slug = learn_slug if learn else github_slug
    changes = history.changes.get(target.path, ())
    wanted, found = target.fragment.lower(), None
    for _ in range(_LONGEST_CHAIN):
        gone = (c for c in changes if slug(heading_text(c.old)) == wanted != slug(heading_text(c.new)))
        change = next(gone, None)
        if change is None or (found is not None and change.commit.date < found.commit.date):
            break
        found = found or change
        wanted = slug(heading_text(change.new)) if same_subject(change.old, change.new) else ""
        if wanted in anchors or not wanted:
            break
    if found is None:
        return None
    certain = wanted in anchors and f"{wanted}-1" not in anchors
    certain = certain and (learn or bool(_ALIKE_EVERYWHERE.fullmatch(wanted)))
    return found, wanted if certain else ""


def same_subject(old: str, new: str) -> bool:
    """Whether two headings share at least half of the words of the shorter and a third of the longer."""
    a, b = (set(re.findall(r"\w+", heading_text(h).lower())) - _SMALL_WORDS for h in (old, new))
    shared = len(a & b)
    return bool(shared) and 2 * shared >= min(len(a), len(b)) and 3 * shared >= max(len(a), len(b))


def heading_text(source: str) -> str:
    """A heading's source as plain text, near enough to make its slug."""
    plain = without_tags(source)
    for mark in ("**", "__", "`", "*"):
        plain = plain.replace(mark, "")
    return plain.strip()


def nearest_anchors(fragment: str, anchors: frozenset[str], limit: int = 3) -> tuple[str, ...]:
    """The anchors within an edit distance of 5 (as Learn's build suggests them), nearest first."""
    measured = sorted((edit_distance(fragment, anchor), anchor) for anchor in anchors)
    return tuple(anchor for distance, anchor in measured[:limit] if distance <= _NEAR)


def edit_distance(a: str, b: str) -> int:
    """Levenshtein's distance; anything above 5 counts as 6."""
    if abs(len(a) - len(b)) > _NEAR or len(a) > _LONGEST:
        return _NEAR + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
        if min(row) > _NEAR:
            return _NEAR + 1
    return row[-1]
