"""The rules about the web: how sure they are, and how they write a new address."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from docbot.rules.interface import Given
from docbot.rules.outdated.dead_link import DeadLink
from docbot.rules.outdated.permanently_moved import PermanentlyMoved
from docbot.testing import PAGE, documents, facts_of, found_in
from docbot.text import apply
from docbot.types import Applicability, EvidenceKind
from docbot.web.interface import Look, State, Web

URL, NEW = "https://lantern.dev/old/guide", "https://lantern.dev/new/guide"


def moved(text: str, new: str = NEW, old: str = URL, *, learn: bool = True) -> str:
    """The page after the fix."""
    found = found_in(PermanentlyMoved(), text, Given(web={old: f"301 {new} 200"}, learn=learn))
    assert len(found) == 1
    assert found[0].fix is not None
    assert found[0].fix.applicability is Applicability.UNSAFE
    return apply(text, found[0].fix.edits)


@pytest.mark.parametrize(
    "form",
    [
        "[x]({})",
        '[x]({} "title")',
        "[x](<{}>)",
        "![x]({})",
        "<{}>",
        "[x][1]\n\n[1]: {}",
        "[1]: {}\n[x][1]",
        "| a |\n|---|\n| [x]({}) |",
    ],
)
def test_new_address_in_every_form(form: str) -> None:
    assert moved(form.format(URL)) == form.format(NEW)


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        (f"{URL}#part", NEW, f"{NEW}#part"),
        (f"{URL}#part", f"{NEW}#other", f"{NEW}#other"),
        (URL, f"{NEW}#other", f"{NEW}#other"),
        (
            "https://lantern.dev/a(b)/guide",
            "https://lantern.dev/a(c)/guide",
            "https://lantern.dev/a%28c%29/guide",
        ),
        (
            "https://lantern.dev/a?x=1&amp;copy=2",
            "https://lantern.dev/b/a?x=1&copy=2",
            "https://lantern.dev/b/a?x=1&copy=2",
        ),
        ("https://lantern.dev/a?x=1", "https://lantern.dev/b/a?x=1", "https://lantern.dev/b/a?x=1"),
        ("HTTP://Lantern.dev/A%20b#c", "https://lantern.dev/A%20b", "https://Lantern.dev/A%20b#c"),
    ],
)
def test_address_is_written_so_that_it_is_read(old: str, new: str, written: str) -> None:
    url = old.partition("#")[0].replace("&amp;", "&")
    assert moved(f"[x]({old})", new, url) == f"[x]({written})"


def test_page_on_learn_gets_the_sites_own_path() -> None:
    old, new = "https://learn.microsoft.com/old/guide", "https://learn.microsoft.com/new/guide"
    kept = moved(f"[x]({old})", new, old)
    assert kept == f"[x]({new})"
    assert (
        moved("[x](https://lantern.microsoft.com/a)", new, "https://lantern.microsoft.com/a")
        == "[x](/new/guide)"
    )


def test_old_name_of_learn_has_a_rule_of_its_own() -> None:
    old = "https://docs.microsoft.com/a"
    given = Given(web={old: "301 https://learn.microsoft.com/a 200"})
    assert found_in(PermanentlyMoved(), f"[x]({old})", given) == []


@pytest.mark.parametrize(
    ("new", "confidence"),
    [
        (NEW, 0.85),
        ("https://lantern.dev/handbook", 0.6),
        ("https://lamp.io/old/guide", 0.6),
        (f"{URL}/", 0.4),
    ],
)
def test_how_sure_a_move_is(new: str, confidence: float) -> None:
    found = found_in(PermanentlyMoved(), f"[x]({URL})", Given(web={URL: f"308 {new} 200"}))
    assert [finding.confidence for finding in found] == [confidence]
    assert found[0].cause == f"permanently-moved {URL}"
    assert found[0].evidence[0].detail == f"asked on 2026-01-15: 308 {new} → 200"


@pytest.mark.parametrize(
    ("change", "confidence"),
    [
        ({}, 0.9),
        ({"status": 410}, 0.95),
        ({"status": 0, "host_answers": False}, 0.85),
        ({"host_answers": False}, 0.6),
        ({"state": State.SOFT, "status": 200}, 0.5),
    ],
)
def test_how_sure_a_death_is(change: dict[str, object], confidence: float) -> None:
    pages = documents(f"[x]({URL}#a)")
    look = Look(URL, State.DEAD, 404, "404 Not Found", host_answers=True, day="2026-01-15")
    facts = replace(facts_of(pages), web=Web({URL: replace(look, **change)}))
    found = list(DeadLink().check(pages[PAGE], facts))
    assert [finding.confidence for finding in found] == [confidence]
    asked = "asked on" if "state" in change else "asked twice, last on"
    assert found[0].evidence[0].detail == f"{asked} 2026-01-15: 404 Not Found"


@pytest.mark.parametrize("answer", ["200", "403", "500", f"301 {NEW} 200"])
def test_nothing_else_is_dead(answer: str) -> None:
    assert found_in(DeadLink(), f"[x]({URL})", Given(web={URL: answer})) == []


def test_nothing_is_said_where_nobody_asked() -> None:
    for rule in (DeadLink(), PermanentlyMoved()):
        assert found_in(rule, f"[x]({URL})") == []


def test_archived_copy_is_evidence_and_a_choice_but_no_edit() -> None:
    copy = "https://web.archive.org/web/20200202/https://lantern.dev/old/guide"
    found = found_in(DeadLink(), f"[x]({URL})", Given(web={URL: f"404 copy {copy}"}))
    assert len(found) == 1
    assert found[0].fix is None
    assert found[0].question is not None
    assert found[0].question.choices == (copy,)
    assert [(e.kind, e.source) for e in found[0].evidence] == [
        (EvidenceKind.HTTP, URL),
        (EvidenceKind.HTTP, copy),
    ]


def test_one_cause_wherever_a_link_stands() -> None:
    text = f"[x]({URL}#a) and [y]({URL}) and ![z]({URL})"
    found = found_in(DeadLink(), text, Given(web={URL: "404"}))
    assert {finding.cause for finding in found} == {f"dead-link {URL}"}
    assert len(found) == 3
