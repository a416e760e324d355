"""The words of a repository: counted by distinct sentence, in their letter case."""

from __future__ import annotations

from docbot.markdown import Document
from docbot.markdown.said import Said, said
from docbot.words import distinct, words_of


def of(text: str) -> Said:
    return said(Document("a.md", text))


def test_a_page_says_its_sentences_once_and_the_words_of_its_code() -> None:
    page = of(
        "# Use it\n\nUse `my_tool` it. Use `other` it.\n\n```sh\nrunTool --fast\n```\n\n[it](guide/x.md)"
    )
    assert page.sentences == ("Use it", "Use \ufffc it.", "it")
    assert page.code == ("tool", "other", "runTool", "fast", "guide")


def test_what_is_quoted_or_a_comment_is_not_said() -> None:
    page = of("> Somebody's words.\n\n<!-- hidden words -->\n\nOurs.")
    assert page == Said(("Ours.",))


def test_front_matter_and_fixed_words_are_no_prose() -> None:
    page = of("---\ntitle: Blog\nno-loc: [Contoso]\n---\n\nContoso is here.")
    assert page.sentences == ("\ufffc is here.",)
    assert set(page.code) >= {"Blog", "Contoso"}


def test_copies_of_a_sentence_count_once() -> None:
    words = words_of([of("GitHub is GitHub. Don't go."), of("GitHub is GitHub. Github too.")])
    assert words.prose == {"GitHub": 1, "is": 1, "Don't": 1, "go": 1, "Github": 1, "too": 1}


def test_distinct_sentences_keep_the_order_of_the_pages() -> None:
    assert list(distinct([of("One. Two."), of("Two. Three.")])) == ["One.", "Two.", "Three."]
