"""Pages by the names that people call them by."""

from __future__ import annotations

import pytest

from docbot.markdown import Document
from docbot.site.named_pages import Address, address_of, named_pages


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        ("Get-Item.md", Address("~/docs/api", "Get-Item", here=True)),
        ("./Get-Item.md?view=x#notes", Address("~/docs/api", "Get-Item", here=True)),
        ("../Other/Get-Item", Address("~/docs/other", "Get-Item", here=True)),
        ("a%20b.md", Address("~/docs/api", "a b", here=True)),
        ("/docs/get-item", Address("/docs", "get-item", here=False)),
        ("https://learn.microsoft.com/en-us/docs/Get-Item/", Address("/docs", "get-item", here=False)),
        ("https://example.com/X/Get-Item.html", Address("https://example.com/x", "get-item", here=False)),
    ],
)
def test_where_a_destination_leads(destination: str, expected: Address) -> None:
    assert address_of("docs/api/page.md", destination) == expected


@pytest.mark.parametrize(
    "destination", ["#notes", "", "mailto:a@b.c", "xref:System.Int32", "~/a.md", "{{ x }}"]
)
def test_what_has_no_address(destination: str) -> None:
    assert address_of("docs/api/page.md", destination) is None


def test_pages_and_links_that_say_their_target_are_named() -> None:
    text = (
        "[Get-Item](https://example.com/x/get-item) [it](https://example.com/x/set-item) ![Get-X](/x/get-x)"
    )
    page = Document("docs/Set-Item.md", text)
    assert named_pages({page.path: page.outline}).by_folder == {
        "~/docs": {"setitem": "docs/Set-Item.md"},
        "https://example.com/x": {"getitem": "docs/Set-Item.md"},
    }


def test_a_link_to_a_missing_page_of_the_repository_names_none() -> None:
    page = Document("a.md", "[Get-Item](Get-Item.md)")
    assert named_pages({page.path: page.outline}).by_folder == {"~": {"a": "a.md"}}
