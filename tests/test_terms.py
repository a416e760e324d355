"""What the abbreviations of a repository stand for, by pages."""

from __future__ import annotations

from docbot.markdown import Document
from docbot.markdown.said import Meant, said
from docbot.terms import Meaning, Terms, key_of, terms_of, uses, words_of_long

LONG = "Ask the Local Queue Manager (LQM)."


def of(**pages: str) -> Terms:
    return terms_of({f"{name}.md": said(Document(f"{name}.md", text)) for name, text in pages.items()})


def test_a_page_says_what_it_spells_out_and_on_which_line() -> None:
    page = said(Document("a.md", "# Queues\n\nFirst.\n\nAsk the **Local\nQueue Manager** (LQM)."))
    assert page.meant == (Meant("LQM", "Local Queue Manager", 5),)


def test_pages_that_use_and_that_spell_out_are_counted() -> None:
    terms = of(a=f"One.\n\n{LONG}", b="Now ask the LQM.", c="LQMs are here.", d="None.")
    term = terms.known["LQM"]
    assert (term.used, term.spelled) == (3, 1)
    assert term.meanings == (Meaning("Local Queue Manager", 1, "a.md:3"),)
    assert terms.spelled == {"a.md": frozenset({"LQM"})}
    assert terms.pages == 4


def test_what_nobody_spells_out_is_not_known() -> None:
    assert of(a="Ask the LQM.", b="The LQM.").known == {}


def test_copies_of_a_page_count_once() -> None:
    term = of(a=f"{LONG} One.", b=f"{LONG} Two.", c="Another LQM.").known["LQM"]
    assert (term.used, term.spelled, term.meanings[0].pages) == (2, 1, 1)


def test_spellings_of_one_long_form_are_one_meaning() -> None:
    term = of(
        a="A Local Queue Manager (LQM).",
        b="B local-queue managers (LQMs).",
        c="C Local Queue Manager (LQM).",
        d="D LQM (light quartz metal).",
    ).known["LQM"]
    assert term.meanings == (
        Meaning("Local Queue Manager", 3, "a.md:1"),
        Meaning("light quartz metal", 1, "d.md:1"),
    )


def test_long_forms_are_compared_without_case_hyphens_and_plurals() -> None:
    assert key_of("Class Libraries") == key_of("class-library")
    assert key_of("Foundation Classes") == key_of("foundation class")
    assert key_of("real-time boxes") == key_of("realtime box")
    assert words_of_long("I/O access") == ("i", "o", "access")


def test_uses_are_words_and_no_parts_of_names() -> None:
    text = "LQM and LQMs, an LQM's; x.LQM LQM.exe -LQM $LQM LQM-like \ufffcLQM (LQM)"
    assert [match.start() for match in uses(text)] == [0, 8, 17, text.index("(LQM") + 1]
