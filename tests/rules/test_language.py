"""Rules of language: exact places whatever stands around them, and silence in other languages."""

from __future__ import annotations

import pytest

from docbot.rules.interface import Rule
from docbot.rules.unclear.doubled_word import DoubledWord
from docbot.rules.unclear.grammar_slip import GrammarSlip
from docbot.rules.unclear.its_or_it_is import ItsOrItIs
from docbot.rules.unclear.sounds import sound, takes_article
from docbot.rules.unclear.wrong_article import WrongArticle
from docbot.testing import found_in
from docbot.text import apply
from docbot.types import Applicability

ARTICLE, ITS, SLIP, DOUBLED = WrongArticle(), ItsOrItIs(), GrammarSlip(), DoubledWord()


def fixed(rule: Rule, text: str) -> str:
    """`text` after the only fix of `rule`."""
    (finding,) = found_in(rule, text)
    assert finding.span.of(text) == finding.excerpt
    assert finding.fix
    return apply(text, finding.fix.edits)


@pytest.mark.parametrize(
    "around",
    ["{}", "😀 {} 👩\u200d💻", "Text.\r\n\r\n{}\r\n", "> [!NOTE]\n> - {}", "| A |\n|---|\n| {} |\n", "# {}"],
)
@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        (ARTICLE, "It writes a error to the log.", "It writes an error to the log."),
        (ITS, "Put it in it's folder with the rest.", "Put it in its folder with the rest."),
        (SLIP, "The file will deleted by setup.", "The file will be deleted by setup."),
        (SLIP, "Configure the your sensor.", "Configure your sensor."),
        (SLIP, "This lets you to add the rule.", "This lets you add the rule."),
    ],
)
def test_nothing_but_the_slip_changes(around: str, rule: Rule, wrong: str, right: str) -> None:
    assert fixed(rule, around.format(wrong)) == around.format(right)


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        (ARTICLE, "It needs a *early* start.", "It needs an *early* start."),
        (ARTICLE, "It needs **a** [error](x.md) of the log.", "It needs **an** [error](x.md) of the log."),
        (ARTICLE, "It writes a\nerror to the log.", "It writes an\nerror to the log."),
        (ARTICLE, "A error is in the log.", "An error is in the log."),
        (ITS, "Put it in **it's** folder with the rest.", "Put it in **its** folder with the rest."),
        (SLIP, "The file **will** deleted by setup.", "The file **will be** deleted by setup."),
    ],
)
def test_markup_beside_a_slip_stays(rule: Rule, wrong: str, right: str) -> None:
    assert fixed(rule, wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "Configure **the** your sensor, which is the only one.",
        "Configure the\nyour sensor, which is the only one.",
        "It has `the your` sensor in the list.",
        "> The file will deleted by setup.",
        "<!-- The file will deleted by setup. -->",
    ],
)
def test_a_slip_across_markup_and_what_others_wrote_is_left_alone(text: str) -> None:
    assert found_in(SLIP, text) == []


def test_the_place_shows_the_words_beside_the_slip() -> None:
    (finding,) = found_in(SLIP, "The file will deleted by setup.")
    assert finding.excerpt == "file will deleted"
    (finding,) = found_in(SLIP, "The **file** will deleted by setup.")
    assert finding.excerpt == "will deleted"


def test_what_may_be_meant_in_several_ways_is_a_question() -> None:
    (finding,) = found_in(SLIP, "The rule allows to group keys.")
    assert finding.question and not finding.fix
    (finding,) = found_in(DOUBLED, "The key was added the the list.")
    assert finding.question and not finding.fix
    assert "to the" in finding.question.choices


@pytest.mark.parametrize("rule", [ARTICLE, ITS, SLIP])
@pytest.mark.parametrize(
    "text",
    [
        "Vamos a uma página para a edição do arquivo, a única.",
        "La valeur est a envoyer; il y a une erreur dans le fichier.",
        "Ein error will deleted, wenn der Benutzer das nicht will.",
        "这是 a error 在 文件 里 的 说明 文档 its the。",
    ],
)
def test_other_languages_are_left_alone(rule: Rule, text: str) -> None:
    assert found_in(rule, text) == []


def test_a_merged_wrong_fix_is_not_repeated() -> None:
    assert found_in(ITS, "Its primary goals are to be fast and small. Its new name is shown.") == []


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("error Azure API IIS HTTP HTTPS XML SDDL hour honest unable update understand umbrella "
         "AKS-managed OS", "an"),
        ("file user URL UUID one one-time OneDrive European unique unary union Unix string host year VM DNS "
         "utility used web three square", "a"),
        ("SQL SAS LAN npm ssh NuGet123 UInt32 uint historic HW MB XBox SQLite ubuntu "
         "FAQ NIC OAuth _x iSCSI", ""),
    ],
)  # fmt: skip
def test_only_sounds_without_doubt_count(words: str, article: str) -> None:
    expected = dict.fromkeys(words.split(), article)
    assert {word: sound(word) for word in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "the mail routing an mail flow of the host",
        "Build an test the app.",
        "Take the code an filter the files.",
        "Step a is done, and option a or b is left.",
        "It works with a external services that you have.",
        "Type A adapters are used, not a Type A adapter.",
        "In this plan A event is one of the events.",
    ],
)
def test_slips_for_other_words_and_letters_are_no_articles(text: str) -> None:
    assert found_in(ARTICLE, text) == []


def test_which_articles_are_safe() -> None:
    (added,) = found_in(ARTICLE, "It writes a error to the log.")
    (taken,) = found_in(ARTICLE, "It is an file of the host.")
    assert added.fix and taken.fix
    assert (added.fix.applicability, taken.fix.applicability) == (Applicability.SAFE, Applicability.UNSAFE)


def test_an_article_stands_after_prepositions_and_verbs() -> None:
    assert all(map(takes_article, ("", "It is ", "Use ", "created by ", "of ", "Open ", "It contains ")))
    assert not any(map(takes_article, ("the value ", "was added ", "also known ", "report ")))
