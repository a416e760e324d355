"""The grammar checker itself, not a stand-in: what is taken from it, and how it is kept in bounds."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from docbot.grammar import Slip, may_slip, slips_of
from docbot.grammar.allowed import ALLOWED, KINDS, Allowed
from docbot.markdown.english import is_english

SLIPS = {
    "The file will deleted by setup.": ("will", "will be"),
    "An option has no affect on the result.": ("affect", "effect"),
    "The alias is not be used any more.": ("not be", "not"),
    "If you have ran the script, stop it.": ("ran", "run"),
    "Configure the your sensor in the portal.": ("the your", "your"),
    "You can use these kind of files with it.": ("kind", "kinds"),
    "The parameter is not longer needed.": ("not", "no"),
    "This lets you to create a rule.": (" to", ""),
    "This is as straight forward as it can be.": ("straight forward", "straightforward"),
    "It is all you need to know before hand.": ("before hand", "beforehand"),
    "Add a criteria to the filter.": ("criteria", "criterion"),
    "This example shows how configure the host.": ("how", "how to"),
    "Use the script to manually setup the host.": ("setup", "set up"),
    "The rule allows to group keys.": ("allows to group", None),
}


@pytest.mark.parametrize("sentence", SLIPS)
def test_each_kind_has_its_exact_place_and_words(sentence: str) -> None:
    wrong, right = SLIPS[sentence]
    assert may_slip(sentence)
    (slip,) = slips_of(sentence)
    assert (sentence[slip.start : slip.end], slip.replacement) == (wrong, right)


def test_every_kind_that_is_taken_over_is_shown_to_work() -> None:
    assert {slips_of(sentence)[0].rule for sentence in SLIPS} == set(KINDS)


@pytest.mark.parametrize("kind", ALLOWED, ids=lambda kind: kind.rule)
def test_a_kind_was_read_in_several_places_and_was_right(kind: Allowed) -> None:
    assert kind.of >= 2
    assert kind.right >= 0.95 * kind.of


@pytest.mark.parametrize(
    "sentence",
    [
        "You must first create the file.",
        "You can selected a file, or not.",
        "Why would calling the parser directly be bad?",
        "Select the devices that the policy allows to connect.",
        "The drivers should allocated shared memory for it.",
        "The class that the file belongs to provides what the parameter points to indicates.",
        "Two spaces, not longer than the line.",
        "The setup of the host is done.",
        "These types of files are what you need.",
        "Files that meet this criteria are removed.",
    ],
)
def test_what_is_right_or_has_another_right_form_is_left_alone(sentence: str) -> None:
    assert not may_slip(sentence) or slips_of(sentence) == ()


def test_offsets_are_code_points_whatever_the_characters() -> None:
    (slip,) = slips_of("😀 e\u0301 the 👩\u200d💻 file will deleted by setup.")
    assert slip == Slip("ModalBeAdjective", slip.start, slip.start + 4, "will be")
    assert "😀 e\u0301 the 👩\u200d💻 file will deleted by setup."[slip.start : slip.end] == "will"


def test_what_stands_beside_code_is_left_alone() -> None:
    assert slips_of("The file will deleted by \ufffc.") != ()
    assert slips_of("The \ufffc will deleted by the setup.") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Datei will deleted, wenn das nicht der Fall ist.",
        "O arquivo não will deleted para os usuários.",
        "这是 the 文件 will deleted by 安装程序 的 说明 文档。",
        "El archivo will deleted por los usuarios de una cuenta.",
    ],
)
def test_other_languages_are_left_alone(sentence: str) -> None:
    assert not is_english(sentence)
    assert not may_slip(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "the will be ",
        "a ",
        ",",
        '"',
        "(",
        "\ufffc",
        "中文",
        "😀 ",
        "a\0",
        "\u202e",
        "\ud800",
        "e\u0301",
        "to the ",
    ],
)
def test_hostile_sentences_cost_a_bounded_time_and_no_run(text: str) -> None:
    slips_of("The file is here.")
    start = time.process_time()
    sentence = (text * 1000)[:1000]
    may_slip(sentence)
    slips_of(sentence)
    assert time.process_time() - start < 2


def test_it_is_loaded_with_the_first_sentence_that_is_checked_and_prints_nothing() -> None:
    program = (
        "import sys, docbot.grammar as g, docbot.rules\n"
        "docbot.rules.builtin(); g.identity(); g.may_slip('It will deleted by it.')\n"
        "assert 'harper' not in sys.modules\n"
        f"for text in {list(SLIPS)!r}: g.slips_of(text)\n"
        "assert 'harper' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")
