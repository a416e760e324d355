"""What rules may know beside the page: each rule declares it, and only that is gathered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from docbot.customs import Customs
from docbot.grammar.values import Grammar
from docbot.lifecycles import Lifecycles
from docbot.measured import Measured
from docbot.readers.values import Readers
from docbot.repository.precedents.values import Precedents
from docbot.repository.section_names import SectionNames
from docbot.repository.values import HeadingHistory, LineHistory, PathHistory, Siblings
from docbot.site.model import Site
from docbot.site.named_pages import NamedPages
from docbot.site.snippets import Snippets
from docbot.site.sources import Sources
from docbot.spelling import Casing, Spelling
from docbot.terms import Terms
from docbot.web.interface import Web
from docbot.wordings import Usage
from docbot.words import Words


class Need(StrEnum):
    """A fact that costs something to gather."""

    SITE = "site"
    """Every file, every page's anchors, the redirections, the docset."""
    PATHS = "paths"
    """What became of every path the repository ever had."""
    HEADINGS = "headings"
    """Heading changes of the pages at which links with unknown anchors point."""
    TODAY = "today"
    """The day of the run."""
    LINES = "lines"
    """When each line of each page was written, and by which commits."""
    WEB = "web"
    """What the pages of other sites that are linked to answered; only with `--online`."""
    SIBLINGS = "siblings"
    """What was corrected in some copies of a page and forgotten in others."""
    LIFECYCLES = "lifecycles"
    """When support of the versions of well-known products ends."""
    PRECEDENTS = "precedents"
    """What people changed again and again, and what their history says of such edits."""
    SOURCES = "sources"
    """What the docs' own repository, and others the user named, once had of the names in code spans."""
    SNIPPETS = "snippets"
    """The lines and regions of the files that code directives show."""
    READERS = "readers"
    """What readers reported in issues; only with `--issues` or `--issues-from`."""
    WORDS = "words"
    """How often each word is written in the repository's sentences, and the words of its code."""
    GRAMMAR = "grammar"
    """The slips of grammar in the repository's sentences."""
    SPELLING = "spelling"
    """The misspelled words of the repository's sentences."""
    CASING = "casing"
    """The words that the repository's sentences have in a rare letter case."""
    WORDINGS = "wordings"
    """In how many of the repository's sentences each of two ways to say a thing stands."""
    CUSTOMS = "customs"
    """What all pages nearly always do with links, images and headings."""
    TERMS = "terms"
    """What the repository's abbreviations stand for."""
    NAMED_PAGES = "named-pages"
    """Pages by the names that links call them by."""
    SECTION_NAMES = "section-names"
    """What sections are called in the repository, and on how many pages each is left empty."""


OF_A_PAGE = frozenset(
    {
        Need.TODAY,
        Need.LIFECYCLES,
        Need.PRECEDENTS,
        Need.WORDS,
        Need.GRAMMAR,
        Need.SPELLING,
        Need.CASING,
        Need.WORDINGS,
        Need.CUSTOMS,
        Need.TERMS,
        Need.SECTION_NAMES,
    }
)
"""What says the same of a page that a change left alone: the page itself, and the habits of the base."""
CHANGING = frozenset({Need.WEB, Need.READERS})
"""What changes by itself."""
SAID = frozenset({Need.WORDS, Need.SPELLING, Need.CASING, Need.GRAMMAR, Need.WORDINGS, Need.TERMS})
"""What is made from what every page says."""


class Facts(msgspec.Struct, frozen=True):
    """The facts of one run. What no enabled rule needs is empty."""

    site: Site = msgspec.field(default_factory=Site)
    paths: PathHistory = msgspec.field(default_factory=PathHistory)
    headings: HeadingHistory = msgspec.field(default_factory=HeadingHistory)
    today: date = date.min
    lines: LineHistory = msgspec.field(default_factory=LineHistory)
    """Only of pages that are as they were committed."""
    web: Web = msgspec.field(default_factory=Web)
    siblings: Siblings = msgspec.field(default_factory=Siblings)
    precedents: Precedents = msgspec.field(default_factory=Precedents)
    measured: Mapping[str, Measured] = msgspec.field(default_factory=dict)
    """What this repository's backtests said of each rule; always given."""
    lifecycles: Lifecycles = msgspec.field(default_factory=Lifecycles)
    sources: Sources = msgspec.field(default_factory=Sources)
    snippets: Snippets = msgspec.field(default_factory=Snippets)
    readers: Readers = msgspec.field(default_factory=Readers)
    words: Words = msgspec.field(default_factory=Words)
    terms: Terms = msgspec.field(default_factory=Terms)
    named_pages: NamedPages = msgspec.field(default_factory=NamedPages)
    grammar: Grammar = msgspec.field(default_factory=Grammar)
    spelling: Spelling = msgspec.field(default_factory=Spelling)
    casing: Casing = msgspec.field(default_factory=Casing)
    wordings: Mapping[str, Usage] = msgspec.field(default_factory=dict)
    """By the name of a wording."""
    customs: Customs = Customs()
    section_names: SectionNames = msgspec.field(default_factory=SectionNames)
