"""The facts that all pages make together: what they say, how they say it, and how they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from docbot.customs import customs_of
from docbot.facts import SAID, Facts, Need
from docbot.reading import Page
from docbot.repository.section_names import section_names
from docbot.site.named_pages import named_pages
from docbot.spelled import with_spelling
from docbot.terms import terms_of
from docbot.wordings import usage
from docbot.words import distinct, words_of


def with_pages(
    facts: Facts,
    needs: frozenset[Need],
    pages: Mapping[str, Page],
    lists: Callable[[], Iterable[str]],
    warn: Callable[[str], None],
) -> Facts:
    """`facts` with what `pages` make together, as far as it is needed.

    `lists` reads the words that the repository itself lists as right.
    """
    said = {path: page.said for path, page in pages.items()}
    outlines = facts.site.outlines
    if needs & SAID:
        facts = replace(facts, words=words_of(said.values()))
    if Need.TERMS in needs:
        facts = replace(facts, terms=terms_of(said))
    if Need.WORDINGS in needs:
        facts = replace(facts, wordings=usage(distinct(said.values())))
    if Need.CUSTOMS in needs:
        facts = replace(facts, customs=customs_of(outlines.values()))
    if Need.NAMED_PAGES in needs:
        facts = replace(facts, named_pages=named_pages(outlines))
    if Need.SECTION_NAMES in needs:
        facts = replace(facts, section_names=section_names(outlines))
    return with_spelling(facts, needs, pages, lists, warn)
