"""Addresses in issues, as people and forms write them."""

from __future__ import annotations

import pytest

from docbot.readers.links import FileLink, PageLink, link_of, links_in, urls_in

BLOB = "https://github.com/team/docs/blob"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (f"{BLOB}/main/a/b.md", FileLink("team/docs", "main/a/b.md")),
        (f"{BLOB}/main/a%20b.md?plain=1#L3", FileLink("team/docs", "main/a b.md", "", (3, 3))),
        (f"{BLOB}/main/b.md#L9-L4", FileLink("team/docs", "main/b.md", "", (4, 9))),
        (f"{BLOB}/main/b.md#L9C2-L12C8", FileLink("team/docs", "main/b.md", "", (9, 12))),
        (f"{BLOB}/feature/x/b.md#part", FileLink("team/docs", "feature/x/b.md", "part")),
        ("https://github.com/team/docs/edit/main/b.md", FileLink("team/docs", "main/b.md")),
        ("https://raw.githubusercontent.com/team/docs/main/b.md", FileLink("team/docs", "main/b.md")),
        ("https://github.com/team/docs/issues/5", PageLink("https://github.com/team/docs/issues/5")),
        (
            "https://learn.microsoft.com/x?view=a#the-part",
            PageLink("https://learn.microsoft.com/x?view=a", "the-part"),
        ),
        ("https://learn.microsoft.com/x#:~:text=oil", PageLink("https://learn.microsoft.com/x", "")),
        ("https://x.example/a#user-content-b", PageLink("https://x.example/a", "b")),
    ],
)
def test_what_an_address_leads_to(url: str, link: FileLink | PageLink) -> None:
    assert link_of(url) == link


def test_punctuation_around_an_address_is_no_part_of_it() -> None:
    text = "See https://a.example/b. And (https://a.example/c_(d)), [e](https://a.example/e)! <https://a.example/f>"
    assert list(urls_in(text)) == [
        "https://a.example/b",
        "https://a.example/c_(d)",
        "https://a.example/e",
        "https://a.example/f",
    ]


def test_paths_in_the_text_count_with_their_lines() -> None:
    assert links_in("In `docs/a.md#part`, b.md:7 and ./c/d.md, not in e.txt or x@y.md") == [
        FileLink("", "docs/a.md", "part"),
        FileLink("", "b.md", "", (7, 7)),
        FileLink("", "c/d.md"),
    ]
    assert links_in("docs/a.md, lines 3 to 5") == [FileLink("", "docs/a.md", "", (3, 5))]
