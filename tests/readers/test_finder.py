"""Addresses lead to pages: through the site's URLs, versions, redirections, renames, and other generators."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from docbot.markdown import Document
from docbot.readers.finder import Address, Finder, Hit, address_files, addresses
from docbot.readers.links import link_of, links_in
from docbot.repository.values import Commit, Move, PathHistory
from docbot.site.build import build_site
from docbot.site.model import Site
from tests.readers.lanterns import FILES

LEARN = "https://learn.microsoft.com/en-us/lanterns"
BLOB = "https://github.com/lantern-team/lantern-docs/blob"
COMMIT = Commit("0123456789", "2024-01-02")
HISTORY = PathHistory(
    moves={"docs/setup.md": (Move("docs/index.md", COMMIT),)},
    deletions={"docs/gone.md": COMMIT},
    folded={"docs/setup.md": "docs/setup.md", "docs/gone.md": "docs/gone.md"},
)
PERMALINK = "0123456789abcdef0123456789abcdef01234567"


def site(files: Mapping[str, str]) -> Site:
    outlines = {path: Document(path, text).outline for path, text in files.items() if path.endswith(".md")}
    return build_site(files, outlines, files.__getitem__)[0]


@pytest.fixture(scope="module")
def finder() -> Finder:
    here = ["lantern-team/lantern-docs", ""]
    return Finder(site(FILES), HISTORY, here, commits={PERMALINK: 500})


@pytest.mark.parametrize(
    ("url", "hit"),
    [
        (f"{LEARN}/light", Hit("docs/light.md")),
        (f"{LEARN}/", Hit("docs/index.md")),
        ("https://docs.microsoft.com/lanterns/Light?tabs=x#oil", Hit("docs/light.md", "oil")),
        (f"{LEARN}/fuel/kinds?view=lantern-1.0", Hit("docs/1.0/kinds.md")),
        (f"{LEARN}/fuel/kinds", Hit("docs/2.0/kinds.md")),
        (f"{LEARN}/fuel/kinds?view=lantern-9.9", None),
        (f"{LEARN}/oil", Hit("docs/light.md")),
        (f"{LEARN}/none", None),
        ("https://learn.microsoft.com/other/light", None),
        (f"{BLOB}/main/docs/light.md#L5-L7", Hit("docs/light.md", "", (5, 7))),
        (f"{BLOB}/main/DOCS/Light.md", Hit("docs/light.md")),
        (f"{BLOB}/feature/of/mine/docs/light.md", Hit("docs/light.md")),
        (f"{BLOB}/main/docs/setup.md", Hit("docs/index.md")),
        (f"{BLOB}/main/docs/gone.md", None),
        (f"{BLOB}/main/docs/docfx.json", None),
        (f"{BLOB}/main/../../light.md", None),
        (f"{BLOB}/{PERMALINK}/docs/light.md#L5", Hit("docs/light.md", "", (5, 5), 500)),
        (f"{BLOB}/{PERMALINK[::-1]}/docs/light.md#L5", Hit("docs/light.md")),
        ("https://github.com/lantern-team/lantern-docs-pr/blob/main/docs/light.md", Hit("docs/light.md")),
        ("https://github.com/other/lantern-docs/blob/main/docs/light.md", None),
        ("https://evil.example/docs/light.md", None),
        ("https://[bad/light", None),
    ],
)
def test_where_an_address_leads(finder: Finder, url: str, hit: Hit | None) -> None:
    assert finder.find(link_of(url)) == hit


def test_what_a_form_filled_in_may_name_an_earlier_owner(finder: Finder) -> None:
    link = link_of("https://github.com/old-team/lantern-docs/blob/main/docs/light.md")
    assert finder.find(link, automatic=True) == Hit("docs/light.md")
    link = link_of("https://github.com/old-team/other-docs/blob/main/docs/light.md")
    assert finder.find(link, automatic=True) is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("reference/lantern.md", "docs/reference/lantern.md"),
        ("./docs/light.md", "docs/light.md"),
        ("light.md", None),
        ("kinds.md", None),
        ("../light.md", None),
    ],
)
def test_a_path_in_the_text_names_the_only_page_that_ends_so(
    finder: Finder, text: str, path: str | None
) -> None:
    found = [hit.path for link in links_in(f"See {text}.") if (hit := finder.find(link))]
    assert found == ([path] if path else [])


MKDOCS = {
    "mkdocs.yml": "site_name: Lamp\nsite_url: https://lamp.example/handbook/\n",
    "CNAME": "www.other.example\n",
    "docs/guide/oil.md": "# Oil\n",
    "docs/guide/index.md": "# Guide\n",
    "docs/api/oil.md": "# Oil\n",
}


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://lamp.example/handbook/guide/oil/", "docs/guide/oil.md"),
        ("https://lamp.example/handbook/latest/guide/oil.html", "docs/guide/oil.md"),
        ("https://lamp.example/handbook/guide/", "docs/guide/index.md"),
        ("https://lamp.example/handbook/oil/", None),
        ("https://lamp.example/elsewhere/guide/oil/", None),
        ("https://other.example/guide/oil", "docs/guide/oil.md"),
        ("https://else.example/guide/oil", None),
    ],
)
def test_other_generators_pages_are_found_at_the_address_they_publish_to(url: str, path: str | None) -> None:
    published = addresses({path: MKDOCS[path] for path in address_files(MKDOCS)})
    assert published == (Address("lamp.example", "/handbook"), Address("www.other.example"))
    hit = Finder(site(MKDOCS), PathHistory(), ["a/b"], published).find(link_of(url))
    assert (hit.path if hit else None) == path


def test_hostile_config_files_name_no_address() -> None:
    texts = {
        "mkdocs.yml": "site_url: " + "https://" * 9000,
        "CNAME": "a b\n" + "x" * 9000,
        "config.toml": "\0",
    }
    assert addresses(texts) == ()
