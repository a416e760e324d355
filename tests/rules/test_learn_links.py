"""Links to Microsoft Learn as whole URLs: the old name, and locales."""

from __future__ import annotations

import pytest

from tests.rules.link_pages import found, given, summary


@pytest.mark.parametrize(
    ("text", "rule", "fixed", "applicability"),
    [
        ("[x](https://docs.microsoft.com/en-us/a/b?view=c#d)", "legacy-host-link", "/a/b?view=c#d", "safe"),
        ("[x](http://docs.microsoft.com)", "legacy-host-link", "/", "safe"),
        (
            "[x](https://docs.microsoft.com/de-de/a)",
            "legacy-host-link",
            "https://learn.microsoft.com/de-de/a",
            "safe",
        ),
        ("<https://docs.microsoft.com/en-us/a>", "legacy-host-link", "https://learn.microsoft.com/a", "safe"),
        (
            "![x](https://docs.microsoft.com/a.png)",
            "legacy-host-link",
            "https://learn.microsoft.com/a.png",
            "safe",
        ),
        ("[docs.microsoft.com](https://docs.microsoft.com/a)", "legacy-host-link", "/a", "unsafe"),
        ("[x](https://learn.microsoft.com/en-us/a#b)", "locale-in-link", "/a#b", "safe"),
        ("[x](https://LEARN.microsoft.com/EN-US/a)", "locale-in-link", "/a", "safe"),
        ("[x][1]\n\n[1]: https://learn.microsoft.com/en-us/a", "locale-in-link", "/a", "safe"),
        ("[x](https://learn.microsoft.com/de-de/a)", "locale-in-link", "/a", "unsafe"),
    ],
)
def test_whole_urls(text: str, rule: str, fixed: str, applicability: str) -> None:
    findings = found(text)
    assert summary(findings) == [(rule, fixed)]
    assert findings[0].fix is not None
    assert findings[0].fix.applicability.value == applicability


@pytest.mark.parametrize("path", ["learn/modules/x", "en-us/learn", "archive/x", "samples?a=b", "answers/x"])
def test_paths_that_moved_otherwise_are_shown_without_a_fix(path: str) -> None:
    assert summary(found(f"[x](https://docs.microsoft.com/{path})")) == [("legacy-host-link", None)]


def test_elsewhere_than_on_learn_the_old_name_is_replaced_and_locales_are_left() -> None:
    text = "[x](https://docs.microsoft.com/en-us/a) [y](https://learn.microsoft.com/en-us/a)"
    assert summary(found(text, given(learn=False))) == [("legacy-host-link", "https://learn.microsoft.com/a")]
