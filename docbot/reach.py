"""How far a change of docs reaches: for all other pages, what was found before it still holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import msgspec

from docbot.facts import CHANGING, OF_A_PAGE
from docbot.gather import Survey
from docbot.repository import commands
from docbot.repository.families import copies, copies_key
from docbot.rules.interface import Rule
from docbot.site.links import resolve
from docbot.site.model import Site


class Reach(msgspec.Struct, frozen=True):
    """The pages that a change concerns."""

    changed: frozenset[str]
    """Those that are new or say something else."""
    around: frozenset[str] | None
    """Those that link to them, include them, or are copies of them; None where it may be any page."""

    def concerns(self, path: str, rule: Rule) -> bool:
        """Whether `rule` may find something else on the page at `path` than before the change."""
        if path in self.changed or rule.needs & CHANGING:
            return True
        if rule.needs <= OF_A_PAGE:
            return False
        return self.around is None or path in self.around


def reach(before: Survey, after: Survey) -> Reach:
    """How far the change from one survey to the other reaches.

    More than the texts of pages that were there before, as a new file or a setting of the site, may concern
    every page. Raises RepositoryError when git fails.
    """
    changed = frozenset(path for path in after.pages if _blob(before, path) != after.pages[path].blob)
    if not _texts_alone(before, after, changed):
        return Reach(changed, None)
    around = {*_linked(before.facts.site, changed), *_linked(after.facts.site, changed)}
    families = copies(after.pages)
    around.update(copy.path for path in changed for copy in families.get(copies_key(path), ()))
    return Reach(changed, frozenset(around))


def _blob(survey: Survey, path: str) -> str:
    page = survey.pages.get(path)
    return page.blob if page else ""


def _texts_alone(before: Survey, after: Survey, changed: Collection[str]) -> bool:
    """Whether nothing but the texts of pages changed."""
    head = before.worktree.head
    if head is None or before.facts.named_pages != after.facts.named_pages:
        return False
    files = [set(survey.facts.site.files) for survey in (before, after)]
    if files[0] != files[1] or before.pages.keys() != after.pages.keys():
        return False
    return set(changed).issuperset(commands.changed_paths(after.worktree.git, head))


def _linked(site: Site, changed: Collection[str]) -> Iterator[str]:
    """The pages that link to one of `changed`, include one, or are included by one."""
    inside = _including(site, changed)
    for page, outline in site.outlines.items():
        if page in inside or any(
            resolve(site, page, link.destination).path in inside for link in outline.links
        ):
            yield page
    for page in changed:
        includes = site.outlines[page].includes if page in site.outlines else ()
        yield from (path for path in (site.included(page, one) for one in includes) if path is not None)


def _including(site: Site, pages: Collection[str]) -> set[str]:
    """`pages`, and all that include one of them, also through others."""
    by: dict[str, set[str]] = defaultdict(set)
    for page, outline in site.outlines.items():
        for include in outline.includes:
            by[site.included(page, include) or ""].add(page)
    found: set[str] = set()
    left = list(pages)
    while left:
        page = left.pop()
        if page not in found:
            found.add(page)
            left += by[page]
    return found
