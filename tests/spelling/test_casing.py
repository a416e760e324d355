"""Which letter cases are rare in a repository, and which of them are a slip."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from docbot.markdown.said import Said
from docbot.spelling import Casing, Minority
from docbot.spelling.casing import NAMES, casing_of
from docbot.words import Words


def of(counts: dict[str, int], code: Iterable[str] = ()) -> Casing:
    page = Said(tuple(f"A sentence with {word}." for word in counts))
    return casing_of(Words(counts, frozenset(code)), {"a.md": page, "b.md": Said(("No such word.",))})


def test_a_name_in_a_rare_letter_case_is_found_on_its_page() -> None:
    found = of({"GitHub": 400, "Github": 7})
    assert found == Casing({"Github": Minority("GitHub", 7, 400, known=True)}, frozenset({"a.md"}))


@pytest.mark.parametrize(
    ("usual", "rare"),
    [
        ("FastTool", "Fasttool"),
        ("macOS", "MacOS"),
        ("macOS", "Macos"),
        ("Windows", "WIndows"),
        ("this", "THis"),
    ],
)
def test_what_is_a_slip(usual: str, rare: str) -> None:
    assert of({usual: 200, rare: 2}).minorities[rare].usual == usual


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("GitHub", "github"),
        ("GitHub", "GITHUB"),
        ("GitHub", "gitHub"),
        ("PropertyName", "propertyName"),
        ("dbContext", "DbContext"),
        ("Windows", "windows"),
        ("visual", "Visual"),
        ("machine", "VMs"),
        ("VMs", "VMS"),
    ],
)
def test_what_may_be_meant(usual: str, other: str) -> None:
    assert of({usual: 900, other: 2}) == Casing()


def test_a_name_that_nobody_knows_needs_a_larger_majority() -> None:
    assert of({"FastTool": 99, "Fasttool": 1}) == Casing()
    assert of({"FastTool": 200, "Fasttool": 9}) == Casing()
    assert of({"GitHub": 6, "Github": 2}).minorities.keys() == {"Github"}
    assert of({"GitHub": 4, "Github": 1}) == Casing()


def test_never_against_the_majority() -> None:
    assert of({"Github": 30, "GitHub": 9}) == Casing()
    assert of({"GitHub": 30, "Github": 29}) == Casing()


def test_a_form_that_code_has_is_left() -> None:
    assert of({"GitHub": 400, "Github": 7}, ["Github"]) == Casing()


def test_known_names_have_a_letter_case_of_their_own() -> None:
    assert {name for name in NAMES if name in (name.lower(), name.upper(), name.capitalize())} == set()
