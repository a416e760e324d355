"""What is English on a page, sentence by sentence."""

from __future__ import annotations

import pytest

from docbot.markdown.english import balance, english, is_english

PROSE = ["Open the file and read it.", "It is where you left it."]


@pytest.mark.parametrize(
    ("text", "ours", "others"),
    [
        ("Open the file and read it.", 3, 0),
        ("Abra el archivo de la carpeta.", 0, 3),
        ("Die Datei ist nicht in der Mappe.", 0, 3),
        ("Ouvrez le fichier dans la vue.", 0, 3),
        ("Restart service", 0, 0),
        ("打开文件", 0, 0),
        ("", 0, 0),
    ],
)
def test_small_words_tell_a_language(text: str, ours: int, others: int) -> None:
    assert balance(text)[1:] == (ours, others)


def test_an_english_page_keeps_its_sentences_without_small_words() -> None:
    assert english([*PROSE, "Restart service"]) == [*PROSE, "Restart service"]


def test_a_foreign_sentence_on_an_english_page_is_none() -> None:
    others = ["Abra el archivo de la carpeta.", "EFFET JURIDIQUE, élargi", "打开文件"]
    assert english([*PROSE * 5, *others]) == PROSE * 5


def test_a_foreign_page_has_no_sentences_without_small_words() -> None:
    page = ["Abra el archivo de la carpeta.", "Es una parte de la guía.", "Error", "Select the file"]
    assert english(page) == []


def test_a_whole_english_sentence_counts_on_any_page() -> None:
    page = [
        "Abra el archivo de la carpeta.",
        "Es una parte de la guía.",
        "This is the text that you have read.",
    ]
    assert english(page) == page[2:]


def test_nothing_is_said_of_nothing() -> None:
    assert english([]) == []


def test_long_runs_take_no_time_to_speak_of() -> None:
    assert english(["a" * 300_000, "the " * 100_000]) == ["a" * 300_000, "the " * 100_000]


@pytest.mark.parametrize(
    "sentence",
    [
        "The file will deleted by setup.",
        "Contains an error",
        "See the following for a list of the die and the per-user options in the den.",
    ],
)
def test_english_is_known_by_its_small_words(sentence: str) -> None:
    assert is_english(sentence)
