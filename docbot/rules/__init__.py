"""The rules: each file below is one. `builtin` hands them to the same door that plugins use."""

from __future__ import annotations

from docbot.rules.interface import Rule


def builtin() -> tuple[Rule, ...]:
    """A new instance of every rule docbot brings."""
    return (*_outdated(), *_unclear())


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


def _unclear() -> tuple[Rule, ...]:
    from docbot.rules.unclear.code_does_not_parse import CodeDoesNotParse
    from docbot.rules.unclear.doubled_word import DoubledWord
    from docbot.rules.unclear.grammar_slip import GrammarSlip
    from docbot.rules.unclear.its_or_it_is import ItsOrItIs
    from docbot.rules.unclear.minority_casing import MinorityCasing
    from docbot.rules.unclear.misspelled_word import MisspelledWord
    from docbot.rules.unclear.unescaped_placeholder import UnescapedPlaceholder
    from docbot.rules.unclear.wrong_article import WrongArticle

    return (
        DoubledWord(),
        WrongArticle(),
        ItsOrItIs(),
        GrammarSlip(),
        UnescapedPlaceholder(),
        CodeDoesNotParse(),
        MisspelledWord(),
        MinorityCasing(),
    )
