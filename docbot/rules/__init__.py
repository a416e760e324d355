"""The rules: each file below is one. `builtin` hands them to the same door that plugins use."""

from __future__ import annotations

from docbot.rules.interface import Rule


def builtin() -> tuple[Rule, ...]:
    """A new instance of every rule docbot brings."""
    return (*_outdated(), *_wording(), *_form())


def _outdated() -> tuple[Rule, ...]:
    from docbot.rules.outdated.bookmark_not_found import BookmarkNotFound
    from docbot.rules.outdated.code_name_gone import CodeNameGone
    from docbot.rules.outdated.dead_link import DeadLink
    from docbot.rules.outdated.file_not_found import FileNotFound
    from docbot.rules.outdated.legacy_host_link import LegacyHostLink
    from docbot.rules.outdated.locale_in_link import LocaleInLink
    from docbot.rules.outdated.overtaken_by_date import OvertakenByDate
    from docbot.rules.outdated.permanently_moved import PermanentlyMoved
    from docbot.rules.outdated.precedent import PrecedentRule
    from docbot.rules.outdated.product_renamed import ProductRenamed
    from docbot.rules.outdated.redirected_link import RedirectedLink
    from docbot.rules.outdated.sibling_drift import SiblingDrift
    from docbot.rules.outdated.snippet_out_of_range import SnippetOutOfRange
    from docbot.rules.outdated.stale_claim import StaleClaim
    from docbot.rules.outdated.version_past_end_of_life import VersionPastEndOfLife
    from docbot.rules.outdated.wrong_case_link import WrongCaseLink

    return (
        FileNotFound(),
        BookmarkNotFound(),
        RedirectedLink(),
        WrongCaseLink(),
        LegacyHostLink(),
        LocaleInLink(),
        DeadLink(),
        PermanentlyMoved(),
        SiblingDrift(),
        VersionPastEndOfLife(),
        OvertakenByDate(),
        StaleClaim(),
        PrecedentRule(),
        ProductRenamed(),
        CodeNameGone(),
        SnippetOutOfRange(),
    )


def _wording() -> tuple[Rule, ...]:
    """Rules about words and sentences, and what readers said of them."""
    from docbot.rules.unclear.abbreviation_spelled_two_ways import AbbreviationSpelledTwoWays
    from docbot.rules.unclear.doubled_word import DoubledWord
    from docbot.rules.unclear.grammar_slip import GrammarSlip
    from docbot.rules.unclear.its_or_it_is import ItsOrItIs
    from docbot.rules.unclear.minority_casing import MinorityCasing
    from docbot.rules.unclear.misspelled_word import MisspelledWord
    from docbot.rules.unclear.off_house_term import OffHouseTerm
    from docbot.rules.unclear.reader_report import ReaderReport
    from docbot.rules.unclear.undefined_abbreviation import UndefinedAbbreviation
    from docbot.rules.unclear.wrong_article import WrongArticle

    return (
        DoubledWord(),
        WrongArticle(),
        ItsOrItIs(),
        GrammarSlip(),
        ReaderReport(),
        UndefinedAbbreviation(),
        AbbreviationSpelledTwoWays(),
        MisspelledWord(),
        MinorityCasing(),
        OffHouseTerm(),
    )


def _form() -> tuple[Rule, ...]:
    """Rules about what a page shows: code, links, images, tables, sections."""
    from docbot.rules.unclear.alert_outside_quote import AlertOutsideQuote
    from docbot.rules.unclear.asterisks_shown import AsterisksShown
    from docbot.rules.unclear.cell_beyond_table import CellBeyondTable
    from docbot.rules.unclear.code_does_not_parse import CodeDoesNotParse
    from docbot.rules.unclear.empty_section import EmptySection
    from docbot.rules.unclear.link_text_names_another_page import LinkTextNamesAnotherPage
    from docbot.rules.unclear.list_of_another_length import ListOfAnotherLength
    from docbot.rules.unclear.missing_alt_text import MissingAltText
    from docbot.rules.unclear.open_code_block import OpenCodeBlock
    from docbot.rules.unclear.points_at_nothing import PointsAtNothing
    from docbot.rules.unclear.skipped_heading_level import SkippedHeadingLevel
    from docbot.rules.unclear.smart_quotes_in_code import SmartQuotesInCode
    from docbot.rules.unclear.unescaped_placeholder import UnescapedPlaceholder
    from docbot.rules.unclear.vague_link_text import VagueLinkText

    return (
        UnescapedPlaceholder(),
        CodeDoesNotParse(),
        LinkTextNamesAnotherPage(),
        SmartQuotesInCode(),
        VagueLinkText(),
        MissingAltText(),
        SkippedHeadingLevel(),
        EmptySection(),
        PointsAtNothing(),
        ListOfAnotherLength(),
        OpenCodeBlock(),
        AlertOutsideQuote(),
        CellBeyondTable(),
        AsterisksShown(),
    )
