"""Which edits say the same in better words."""

from __future__ import annotations

import pytest

from docbot.rules.outdated.same_sense import same_sense


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("matchs", "matches"),
        ("recieve", "receive"),
        ("createand", "create and"),
        ("file name", "filename"),
        ("cannot", "can't"),
        ("does not", "doesn’t"),
        ("it is", "it's"),
        ("will define", "defines"),
        ("examples", "example"),
        ("Internet", "internet"),
        ("a ", ""),
        ("also ", ""),
        ("use", "you"),
        ("by using", "with"),
        (" (", ", "),
        ("/", "-"),
    ],
)
def test_better_words(old: str, new: str) -> None:
    assert same_sense(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Windows ", ""),
        ("", "on Windows "),
        ("or a remote computer", ""),
        ("registry", "configuration file"),
        ("enabled", "disabled"),
        ("install", "uninstall"),
        ("can", "cannot"),
        ("do", "don't"),
        ("with", "without"),
        ("True", "False"),
        ("must", "may"),
        ("and", "or"),
        ("before", "after"),
        (".", ""),
        ("a" * 500, "a" * 501),
        ("", "ASCII "),
    ],
)
def test_another_sense(old: str, new: str) -> None:
    assert not same_sense(old, new)
