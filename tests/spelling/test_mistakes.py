"""Which words are mistakes, where the repository itself has a say."""

from __future__ import annotations

import pytest

from docbot.markdown import Document
from docbot.markdown.said import Said, said
from docbot.spelling import Misspelling, Spelling
from docbot.spelling.mistakes import spelling_of
from docbot.spelling.program import corrections
from docbot.words import words_of


def of(*texts: str, known: tuple[str, ...] = ()) -> Spelling:
    pages: dict[str, Said] = {f"{n}.md": said(Document(f"{n}.md", text)) for n, text in enumerate(texts)}
    return spelling_of(words_of(pages.values()), pages, known, corrections)


def many(word: str, count: int) -> str:
    return "\n\n".join(
        f"The {word} is in the file of {chr(97 + n // 26)}{chr(97 + n % 26)}." for n in range(count)
    )


def test_a_mistake_is_counted_beside_the_right_word() -> None:
    spelling = of("The seperate file. A Seperate one, and it is here.", many("separate", 30))
    assert spelling.mistakes == {
        "seperate": Misspelling(("separate",), 2, 30),
        "Seperate": Misspelling(("Separate",), 2, 30),
    }
    assert spelling.pages == {"0.md"}


@pytest.mark.parametrize(
    "text",
    [
        "Run `seperate` in the seperate file.",
        "See the [seperate file](docs/seperate.md) of it.",
        "---\nname: seperate\n---\n\nThe seperate file is here.",
        "---\nno-loc: [seperate]\n---\n\nThe seperate file is here.",
    ],
)
def test_what_code_or_links_have_is_no_mistake(text: str) -> None:
    assert of(text, many("separate", 30)) == Spelling()


def test_what_is_known_is_no_mistake() -> None:
    assert of("The seperate file.", many("separate", 30), known=("Seperate",)) == Spelling()


def test_a_habit_is_no_mistake() -> None:
    assert of(many("seperate", 12), many("separate", 30)) == Spelling()
    assert of(many("seperate", 3)) == Spelling()


def test_without_the_right_word_a_rare_one_is_still_a_mistake() -> None:
    assert of("The seperate file.").mistakes == {"seperate": Misspelling(("separate",), 1, 0)}


@pytest.mark.parametrize("word", ["SEPERATE", "mySeperate", "teh", "sizeable", "enumerables"])
def test_names_short_words_and_other_forms_are_left(word: str) -> None:
    assert of(f"The {word} is in the file.") == Spelling()


def test_words_of_other_languages_are_left() -> None:
    assert of("La dependencia de los programas está en el archivo.") == Spelling()


def test_a_word_with_a_syllable_before_it_is_a_word() -> None:
    assert of("The list is requeried at once.", many("queried", 3)) == Spelling()
    assert of("The list is requeried at once.", many("queried", 2)).mistakes.keys() == {"requeried"}


def test_several_corrections_are_kept() -> None:
    assert set(of("The file whith the text.").mistakes["whith"].rights) == {"with", "which"}


def test_hostile_words_are_only_words() -> None:
    text = "The \U0001d568\U0001d562 is with \u202eseperate\u202c in the file."
    assert of(f"{'a' * 100_000}\n\nThe {'é' * 900} is.\n\n{text}", many("separate", 30)).mistakes.keys() == {
        "seperate"
    }
