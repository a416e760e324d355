"""Abbreviations and their long forms: what belongs together, and what only stands side by side."""

from __future__ import annotations

import time

import pytest

from docbot.markdown.abbreviations import is_short, spelled_in, stands_for


def pairs(text: str) -> list[tuple[str, str]]:
    found = list(spelled_in(text))
    assert all(text[one.start : one.end] == one.long for one in found)
    return [(one.short, one.long) for one in found]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Ask the Local Queue Manager (LQM) first.", "LQM", "Local Queue Manager"),
        ("Ask local queue managers (LQMs) first.", "LQM", "local queue managers"),
        ("Ask the LQM (Local Queue Manager) first.", "LQM", "Local Queue Manager"),
        ("LQM stands for Local Queue Manager.", "LQM", "Local Queue Manager"),
        ("LQM is short for the local queue manager and more.", "LQM", "local queue manager"),
        ("LQM, which stands for Local Queue Manager, runs.", "LQM", "Local Queue Manager"),
        ("LQM is an acronym for Local Queue Manager.", "LQM", "Local Queue Manager"),
        ("The local queue manager, or LQM, runs.", "LQM", "local queue manager"),
        ("LQM: Local Queue Manager", "LQM", "Local Queue Manager"),
        ("LQM - Local Queue Manager", "LQM", "Local Queue Manager"),
        ("The bill of sold materials (BOSM) is long.", "BOSM", "bill of sold materials"),
        ("The bill of sold materials (BSM) is long.", "BSM", "bill of sold materials"),
        ("The Hypertext Transfer Protocol (HTTP) is old.", "HTTP", "Hypertext Transfer Protocol"),
        ("The Extensible Markup Language (XML) is old.", "XML", "Extensible Markup Language"),
        ("A Universally Unique Identifier (UUID) is long.", "UUID", "Universally Unique Identifier"),
        ("Use Secure Sockets Layer (SSL) there.", "SSL", "Secure Sockets Layer"),
        ("Set up single sign-on (SSO) there.", "SSO", "single sign-on"),
        ("Infrastructure as a Service (IaaS) is rented.", "IaaS", "Infrastructure as a Service"),
        ("A local queue manager (also known as LQM) runs.", "LQM", "local queue manager"),
    ],
)
def test_spelled_out(text: str, short: str, long: str) -> None:
    assert pairs(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "Ask the manager (LQM) first.",
        "Ask the manager of queues (LQM).",
        "Ask the LQM (it is on the left) first.",
        "Ask the LQM (see Local Queue Manager) first.",
        "Local. Queue: Manager (LQM)",
        "Use Large (Local Queue Manager) now.",
        "It is large, quick, or LQM.",
        "Open the file (PDF) now.",
        "LQM stands for itself.",
        "See Local \ufffc Queue Manager (LQM).",
        "Local Queue LQM (LQM)",
        "A thing of the (AT)",
    ],
)
def test_only_side_by_side(text: str) -> None:
    assert pairs(text) == []


def test_several_in_a_sentence_are_all_found() -> None:
    text = "The Local Queue Manager (LQM) asks the Remote Queue Manager (RQM)."
    assert pairs(text) == [("LQM", "Local Queue Manager"), ("RQM", "Remote Queue Manager")]


@pytest.mark.parametrize("word", ["LQM", "IaaS", "WinRM", "QoS", "X509AB", "CI/CD"])
def test_abbreviations(word: str) -> None:
    assert is_short(word)


@pytest.mark.parametrize("word", ["Lqm", "GitHub", "PowerShell", "X2", "Word"])
def test_no_abbreviations(word: str) -> None:
    assert not is_short(word)


def test_each_word_must_lend_its_first_letter() -> None:
    assert stands_for("LQM", ["Local", "Queue", "Manager"])
    assert not stands_for("LQM", ["Local", "New", "Queue", "Manager"])
    assert not stands_for("LQM", ["the", "Local", "Queue", "Manager"])
    assert not stands_for("LQM", ["Loquam"])


HOSTILE = [
    "Aa " * 330 + "(AAAAAAAA)",
    "A-" * 500,
    "AB (" * 250,
    "AB (aa " * 140 + ")",
    "AB stands for " * 70,
    "a" * 990 + " (AB)",
    " " * 990 + "(AB)",
    "A" * 1000,
    "AA:" + " a" * 490,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_sentence_takes_long(text: str) -> None:
    start = time.process_time()
    list(spelled_in(text))
    assert time.process_time() - start < 1
