"""Issues that say nothing of the docs are told from those that do, in shapes that both really have."""

from __future__ import annotations

import time

import pytest

from docbot.readers.reports import understood
from docbot.readers.values import Issue


def why(title: str, body: str = "", labels: tuple[str, ...] = ()) -> str:
    return understood(Issue("a/b", 1, title, body, "reader", 1, 1, labels=labels)).useless


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("Contribute Feedback", "16", "no words of its own"),
        ("Feedback", "wtf?", "too few words"),
        ("Feedback", "JAET", "too few words"),
        ("bug report", "bug report", "neither"),
        ("Z", "run", "too few words"),
        ("This is not an issue", "The documentation is great and very helpful", "neither"),
        ("Thanks", "Really helpful documentation, thank you so much for this!", "neither"),
        ("Testing", "testing 123", "a test"),
        ("Test issue", "This is just a test, please ignore", "a test"),
        ("asdf", "jkhkjh lkjlkjh qwrtzp sdfghjk", "no words of any language"),
        ("Help", "aaaaaaa bbbbbbb ccccccc ddddddd", "no words of any language"),
        ("Cheap loans", "Best price loans, visit our website https://spam.example", "advertising"),
        ("Call", "Customer care number +91 98765 43210 99, call now", "advertising"),
        ("Activate", "Download crack and keygen here: https://x.example", "advertising"),
        ("Lamp", "I am trying to light it and get an error, please help me", "a call for help"),
        ("Lamp", "How do I change my password on the new device?", "a call for help"),
        ("Ampoule", "Je ne comprends pas pourquoi cela ne fonctionne pas chez moi", "in another language"),
        ("Lampe", "Ich kann nicht verstehen, warum das bei mir nicht geht", "in another language"),
        ("灯", "这个页面没有说明如何安装这个东西在我的电脑上", "too few words"),
    ],
)
def test_useless(title: str, body: str, reason: str) -> None:
    assert why(title, body).startswith(reason)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Code not valid", "Code provided for the lamp is not valid at all"),
        ("Reboot needed", "The page doesn't say that a reboot is needed after the second step"),
        ("How do I trim the wick?", "The documentation doesn't explain how I can trim it"),
        ("Missing", "There is no mention of discounts in the article about buying lamps"),
        ("Outdated", "The screenshots show the old version of the settings"),
        ("Lampe", "docs/light.md: „x“ “lamp that is lit for the” verstehe ich nicht"),
        ("Typo", "`lihgt`"),
        ("Link broken", "The link to https://a.example/x in the section on oil is dead"),
        ("Phone numbers", "The page on phone numbers says +1 555 0100 22 33 44 is valid, it isn't"),
    ],
)
def test_useful(title: str, body: str) -> None:
    assert why(title, body) == ""


@pytest.mark.parametrize(
    "label", ["spam", "Code-of-Conduct", "invalid", "wontfix", "won't fix", "support request", "kudos"]
)
def test_what_maintainers_labelled_as_none_is_none(label: str) -> None:
    assert why("Lamp", "The page doesn't say which oil the lamp takes", (label,)) != ""


def test_other_labels_say_nothing() -> None:
    labels = ("docs", "needs-triage", "supported", "Pri3", "invalidation")
    assert why("Lamp", "The page doesn't say which oil the lamp takes", labels) == ""


UNITS = [
    *("`", "“a”", '"a" ', "> ", "(", "[a](", "<a ", "<!--", "# a\n", "**a** ", "- [ ] ", "https://", "a/"),
    *("a.md ", "section ", "in the a ", '"a" should be ', "change `a` to ", "duplicate of #", "~~~\n"),
    *("```\na\n", " ", "\n", "⚠\n", "* Content: [", "a", "字", "\u202e", "1 ", "@a.", "…", "my "),
    *("i get a ", "the command "),
]


@pytest.mark.parametrize("unit", UNITS)
def test_hostile_bodies_take_no_time(unit: str) -> None:
    body = (unit * 20_000)[:20_000]
    started = time.process_time()
    why(unit * 100, body)
    why("Lamp", f"docs/a.md {body} “light it” {body[:5000]}")
    assert time.process_time() - started < 10
