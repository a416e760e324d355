"""The facts that all pages make together: what they say, how they say it, and how they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from docbot.customs import customs_of
from docbot.facts import SAID, Facts, Need
from docbot.grammar import Grammar
from docbot.reading import Page
from docbot.repository.section_names import section_names
from docbot.site.named_pages import named_pages
from docbot.spelled import with_spelling
from docbot.spelling import Casing, Spelling
from docbot.terms import Terms, terms_of
from docbot.wordings import usage
from docbot.words import distinct, with_new, words_of


def with_pages(
    facts: Facts,
    needs: frozenset[Need],
    pages: Mapping[str, Page],
    known: Callable[[], Iterable[str]],
    warn: Callable[[str], None],
) -> Facts:
    """`facts` with what `pages` make together, as far as it is needed.

    `known` gives the words that nobody misspells here.
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
    return with_spelling(facts, needs, pages, known, warn)


def with_habits(
    facts: Facts,
    needs: frozenset[Need],
    base: Facts,
    pages: tuple[Mapping[str, Page], Mapping[str, Page]],
    known: Callable[[], Iterable[str]],
    warn: Callable[[str], None],
) -> Facts:
    """`facts` of changed docs, with the habits of their `base`: a change doesn't choose how it is judged.

    `pages` are all of the changed docs, and those among them that are new or say something else. `known`
    gives the words that nobody misspelled at the base.
    """
    every, new = pages
    said = {path: page.said for path, page in new.items()}
    words = with_new(base.words, words_of(said.values()))
    facts = replace(
        facts,
        words=words,
        terms=_terms(base.terms, every),
        wordings=base.wordings,
        customs=base.customs,
        section_names=base.section_names,
    )
    if Need.NAMED_PAGES in needs:
        facts = replace(facts, named_pages=named_pages(facts.site.outlines))
    facts = with_spelling(facts, needs, new, known, warn)
    old = every.keys() - new.keys()
    spelling, casing = facts.spelling, facts.casing
    return replace(
        facts,
        spelling=Spelling(
            {**base.spelling.mistakes, **spelling.mistakes}, spelling.pages | (base.spelling.pages & old)
        ),
        casing=Casing(
            {**base.casing.minorities, **casing.minorities}, casing.pages | (base.casing.pages & old)
        ),
    )


def with_slips(grammar: Grammar, base: Grammar, unchanged: frozenset[str]) -> Grammar:
    """The slips of pages that are new, with those of the base on pages that are `unchanged`."""
    return Grammar({**base.slips, **grammar.slips}, grammar.pages | (base.pages & unchanged))


def _terms(base: Terms, pages: Mapping[str, Page]) -> Terms:
    """The abbreviations that the base knows, and the pages that spell them out now."""
    spelled = {
        path: shorts
        for path, page in pages.items()
        if (shorts := frozenset(one.short for one in page.said.meant if one.short in base.known))
    }
    return Terms(base.known, spelled, base.pages)
