"""Where a destination leads, page by page, and how a new one is written in its place."""

from __future__ import annotations

import json

import pytest

from docbot.markdown import Document
from docbot.markdown.nodes import LinkKind
from docbot.site.links import Target, Where, resolve
from tests.site.helpers import LEARN, published, redirections, site_of

FILE, CASED, EXTENSION = Where.FILE, Where.CASED, Where.EXTENSION
MISSING, URL, ELSEWHERE = Where.MISSING, Where.URL, Where.ELSEWHERE
PAGE = "docs/guide/page.md"
FILES = (
    *(PAGE, "docs/guide/other.md", "docs/guide/with space.md", "docs/guide/100%.md", "docs/guide/a#b.md"),
    *("docs/top.md", "docs/Guide.md", "README.md", "docs/img/Window.png", "docs/guide/start.yml"),
    *("docs/guide/Two.md", "docs/guide/TWO.md", "docs/guide/about_Types.ps1xml.md", "samples/x.cs"),
    *("docs/guide/caf\u00e9.md", "docs/guide/(1).md", "docs/includes/note.md", "link-to-file.md"),
)
SITE = site_of(
    *FILES,
    files={
        ".openpublishing.redirection.json": redirections({"docs/guide/moved.md": "/x/guide/other"}),
        **published("docs", json.loads(LEARN["docs/docfx.json"]), dependent_repositories=[
            {"path_to_root": "filled"}, {"path_to_root": "docs/common"}]),
        "docs/bread/toc.yml": "",
    },
    beyond=("docs/linked", "sub", "docs/guide/symlink.md"),
)  # fmt: skip

TABLE = [
    # Files of the repository.
    ("other.md", FILE, "docs/guide/other.md", ""),
    ("./other.md", FILE, "docs/guide/other.md", ""),
    ("../top.md#part", FILE, "docs/top.md", "part"),
    ("../../README.md", FILE, "README.md", ""),
    ("..\\img\\Window.png", FILE, "docs/img/Window.png", ""),
    ("../img/../img/./Window.png", FILE, "docs/img/Window.png", ""),
    ("..//top.md", FILE, "docs/top.md", ""),
    ("with%20space.md", FILE, "docs/guide/with space.md", ""),
    ("with space.md#a b", FILE, "docs/guide/with space.md", "a b"),
    ("100%25.md", FILE, "docs/guide/100%.md", ""),
    ("100%.md", FILE, "docs/guide/100%.md", ""),
    ("a%23b.md", FILE, "docs/guide/a#b.md", ""),
    ("caf%C3%A9.md#%C3%A9t%C3%A9", FILE, "docs/guide/caf\u00e9.md", "\u00e9t\u00e9"),
    ("(1).md", FILE, "docs/guide/(1).md", ""),
    ("other.md?view=x#y", FILE, "docs/guide/other.md", "y"),
    ("other.md#y?view=x", FILE, "docs/guide/other.md", "y?view=x"),
    ("  other.md  ", FILE, "docs/guide/other.md", ""),
    ("../../samples/x.cs?name=main", FILE, "samples/x.cs", ""),
    ("../../samples/x.cs#L1-L3", FILE, "samples/x.cs", "L1-L3"),
    # The page itself.
    ("#here", FILE, PAGE, "here"),
    ("#top", FILE, PAGE, "top"),
    ("#tab/windows", FILE, PAGE, "tab/windows"),
    ("?view=x#here", FILE, PAGE, "here"),
    ("", FILE, PAGE, ""),
    # Letter case: of the file, of a folder, of both; of two files nobody knows which is meant.
    ("Other.md", CASED, "docs/guide/other.md", ""),
    ("../GUIDE/other.md", CASED, "docs/guide/other.md", ""),
    ("../IMG/window.PNG#lightbox", CASED, "docs/img/Window.png", "lightbox"),
    ("two.md", ELSEWHERE, "", ""),
    ("Two.md", FILE, "docs/guide/Two.md", ""),
    # The ending of a page left out.
    ("other", EXTENSION, "docs/guide/other.md", ""),
    ("other#part", EXTENSION, "docs/guide/other.md", "part"),
    ("OTHER", EXTENSION, "docs/guide/other.md", ""),
    ("about_Types.ps1xml", EXTENSION, "docs/guide/about_Types.ps1xml.md", ""),
    ("start", ELSEWHERE, "", ""),
    ("two", ELSEWHERE, "", ""),
    ("moved", MISSING, "docs/guide/moved.md", ""),
    # A page that is a .yml file for the site.
    ("start.md", ELSEWHERE, "", ""),
    ("start.yml", FILE, "docs/guide/start.yml", ""),
    # Nothing is there.
    ("gone.md#x", MISSING, "docs/guide/gone.md", "x"),
    ("gone.png", MISSING, "docs/guide/gone.png", ""),
    ("moved.md", MISSING, "docs/guide/moved.md", ""),
    ("other.md.bak", MISSING, "docs/guide/other.md.bak", ""),
    # Folders, and what is outside.
    ("..", ELSEWHERE, "", ""),
    ("../img", ELSEWHERE, "", ""),
    ("../IMG/", ELSEWHERE, "", ""),
    ("gone/", ELSEWHERE, "", ""),
    ("../../../outside.md", ELSEWHERE, "", ""),
    ("../linked/x.md", ELSEWHERE, "", ""),
    ("symlink.md", ELSEWHERE, "", ""),
    ("../../sub/any/where.md", ELSEWHERE, "", ""),
    ("../../filled/x.md", ELSEWHERE, "", ""),
    ("../Common/x.md", ELSEWHERE, "", ""),
    # From the root of the docset or the repository.
    ("~/top.md", FILE, "docs/top.md", ""),
    ("~////top.md#x", FILE, "docs/top.md", "x"),
    ("~/docs/top.md", FILE, "docs/top.md", ""),
    ("~\\img\\window.png", CASED, "docs/img/Window.png", ""),
    ("~/gone.md", ELSEWHERE, "", ""),
    ("~/filled/x.md", ELSEWHERE, "", ""),
    ("~/common/x.md", ELSEWHERE, "", ""),
    ("~/../../x.md", ELSEWHERE, "", ""),
    ("~docs/top.md", ELSEWHERE, "", ""),
    # The published site.
    ("/x/guide/other#part", URL, "/x/guide/other", "part"),
    ("/x/a%20b?c#d", URL, "/x/a b", "d"),
    ("https://learn.microsoft.com/x/guide/other?view=y#part", URL, "/x/guide/other", "part"),
    ("https://docs.microsoft.com/en-us/x/guide/other", URL, "/x/guide/other", ""),
    ("https://learn.microsoft.com/de-de/x", URL, "/x", ""),
    ("https://learn.microsoft.com", URL, "/", ""),
    # Everywhere else.
    ("https://example.com/docs/gone.md", ELSEWHERE, "", ""),
    ("//example.com/gone.md", ELSEWHERE, "", ""),
    ("mailto:a@example.com", ELSEWHERE, "", ""),
    ("tel:+1", ELSEWHERE, "", ""),
    ("xref:System.String", ELSEWHERE, "", ""),
    ("data:image/png;base64,aGk=", ELSEWHERE, "", ""),
    ("ms-settings:display", ELSEWHERE, "", ""),
    ("C:/docs/gone.md", ELSEWHERE, "", ""),
    ("{{< relref \"gone.md\" >}}", ELSEWHERE, "", ""),
    ("{% link gone.md %}", ELSEWHERE, "", ""),
    ("{{ site.baseurl }}/gone.md", ELSEWHERE, "", ""),
    ("${base}/gone.md", ELSEWHERE, "", ""),
    ("<%= base %>/gone.md", ELSEWHERE, "", ""),
    ("%%base%%/gone.md", ELSEWHERE, "", ""),
    ("@site/docs/gone.md", ELSEWHERE, "", ""),
    ("$page/gone.md", ELSEWHERE, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("destination", "where", "path", "fragment"), TABLE)
def test_where_a_destination_leads(destination: str, where: Where, path: str, fragment: str) -> None:
    target = resolve(SITE, PAGE, destination)
    assert (target.where, target.path, target.fragment) == (where, path, fragment)
    assert resolve(SITE, PAGE, destination) == target


def test_a_query_is_kept_as_it_is_written() -> None:
    assert resolve(SITE, PAGE, "other.md?a=%20&b#c").query == "a=%20&b"
    assert resolve(SITE, PAGE, "https://learn.microsoft.com/en-us/x?view=y&z").query == "view=y&z"


def test_elsewhere_than_on_learn_its_urls_are_a_site_like_others() -> None:
    site = site_of(PAGE)
    assert resolve(site, PAGE, "https://learn.microsoft.com/x").where is ELSEWHERE
    assert resolve(site, PAGE, "/x").where is URL


def test_one_destination_on_pages_of_different_folders() -> None:
    site = site_of("a/x.md", "b/x.md", "a/p.md", "b/p.md", "b/q.md")
    assert [resolve(site, page, "x.md").path for page in ("a/p.md", "b/p.md", "b/q.md")] == [
        "a/x.md",
        "b/x.md",
        "b/x.md",
    ]
    assert resolve(site, "b/p.md", "#x").path == "b/p.md"
    assert resolve(site, "b/q.md", "#x").path == "b/q.md"


@pytest.mark.parametrize(
    ("fragment", "checked"),
    [
        ("part", True), ("Topology", True), ("lightbox-1", True), ("", False), ("top", False), ("TOP", False),
        ("tab/x", False), ("lightbox", False), (":~:text=x", False), ("L1-L3", False), ("/route", False),
        ("fn:1", False), ("!x", False),
    ],
)  # fmt: skip
def test_which_fragments_name_a_place(fragment: str, checked: bool) -> None:
    assert Target(FILE, "a.md", fragment=fragment).checks_anchor is checked


def test_links_of_a_real_page() -> None:
    text = """[a](<with space.md#x> "title") ![b](../img/Window.png) [c][ref] <https://learn.microsoft.com/x>
[d](other\\_.md) [e](a&amp;b.md) `[f](gone.md)` <!-- [g](gone.md) -->

[ref]: <../top.md#part>
"""
    outline = Document(PAGE, text).outline
    found = {(link.kind, resolve(SITE, PAGE, link.destination).path) for link in outline.links}
    assert found == {
        (LinkKind.LINK, "docs/guide/with space.md"),
        (LinkKind.IMAGE, "docs/img/Window.png"),
        (LinkKind.DEFINITION, "docs/top.md"),
        (LinkKind.AUTOLINK, "/x"),
        (LinkKind.LINK, "docs/guide/other_.md"),
        (LinkKind.LINK, "docs/guide/a&b.md"),
    }
    spans = [link.destination_span for link in outline.links if link.kind is not LinkKind.AUTOLINK]
    assert all(span is not None and "<" not in span.of(text) for span in spans)
