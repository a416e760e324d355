"""How files become URLs, and where that can't be known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from docbot.site.docset import PUBLISH_CONFIG, publishing
from docbot.site.learn_urls import clean_path, learn_url, site_url, split_locale
from tests.site.helpers import DOCFX, published, redirections, site_and_notices, site_of

REDIRECTIONS = ".openpublishing.redirection.json"


def bases(*paths: str, **files: str) -> list[tuple[str, str | None]]:
    site = site_of(*paths, files=files)
    return [(docset.folder, docset.base) for docset in site.publishing.docsets]


def with_breadcrumb(url: Any) -> dict[str, Any]:
    return {"build": {"content": [{"files": ["**/*.md"]}], "globalMetadata": {"breadcrumb_path": url}}}


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("/x/y/bread/toc.json", "/x/y"),
        ("/X/Y/Bread/TOC.json", "/x/y"),
        ("/bread/toc.json", None),
        ("/x/other/toc.json", None),
        ("bread/toc.json", None),
        ("~/bread/toc.yml", None),
        (7, None),
    ],
)
def test_base_is_what_makes_the_breadcrumbs_file_its_url(url: Any, base: str | None) -> None:
    # The table of contents at the root names no base: it ends every breadcrumb's URL.
    files = published("docs", with_breadcrumb(url))
    assert bases("docs/toc.yml", "docs/bread/toc.yml", **files) == [("docs", base)]


def test_a_breadcrumb_that_fits_two_files_tells_nothing() -> None:
    files = published("docs", with_breadcrumb("/x/a/bread/toc.json"))
    assert bases("docs/bread/toc.yml", "docs/a/bread/toc.yml", **files) == [("docs", None)]


def test_base_is_voted_by_the_redirections() -> None:
    moved = redirections({f"docs/{n}.md": f"/x/y/{n}" for n in ("one", "two")} | {"docs/z.md": "/q/r/one"})
    pages = ("docs/guides/one.md", "docs/guides/two.md")
    wanted = {
        "a": "/x/y/guides/one",
        "b": "/x/y/guides/two?view=1",
        "c": "/other/guides",
        "d": "y/guides/one",
    }
    votes = redirections({f"docs/{name}.md": url for name, url in wanted.items()})
    assert bases(*pages, **published("docs", {}), **{REDIRECTIONS: votes}) == [("docs", "/x/y")]
    assert bases(*pages, **published("docs", {}), **{REDIRECTIONS: moved}) == [("docs", None)]


@pytest.mark.parametrize(
    "targets",
    [
        ["/x/one"],
        ["/x/one", "/x/one#a", "/x/one?b"],
        ["/x/index", "/x/overview", "/x/faq"],
        ["/x/one", "/x/two", "/y/one"],
        ["https://example.com/x/one", "https://example.com/x/two"],
    ],
)
def test_too_few_votes_are_no_base(targets: list[str]) -> None:
    votes = redirections({f"docs/{n}.md": target for n, target in enumerate(targets)})
    pages = ("docs/one.md", "docs/two.md", "docs/index.md", "docs/overview.md", "docs/faq.md")
    assert bases(*pages, **published("docs", {}), **{REDIRECTIONS: votes}) == [("docs", None)]


def test_a_breadcrumb_and_redirections_that_disagree_are_no_base() -> None:
    votes = redirections({"docs/a.md": "/y/one", "docs/b.md": "/y/two"})
    files = published("docs", DOCFX) | {REDIRECTIONS: votes}
    assert bases("docs/bread/toc.yml", "docs/one.md", "docs/two.md", **files) == [("docs", None)]


def test_without_any_word_of_it_no_url_is_made_of_a_path() -> None:
    site = site_of("docs/one.md", files=published("docs", {}))
    assert site.learn
    assert site.urls.urls == {}
    assert site.urls.page("/x/one", "docs/one.md") is None
    assert site.publishes("docs/one.md")


def test_pages_of_every_kind_and_index_pages() -> None:
    site = site_of("docs/a/one.md", "docs/a/two.yml", "docs/a/index.md", "docs/index.yml", learn=True)
    assert site.urls.urls["docs/a/one.md"] == "/x/a/one"
    assert site.urls.urls["docs/a/two.yml"] == "/x/a/two"
    assert site.urls.urls["docs/a/index.md"] == "/x/a/"
    assert site.urls.urls["docs/index.yml"] == "/x/"
    for url in ("/x/a", "/x/a/", "/x/a/index", "/X/A/Index?view=y#z"):
        assert site.urls.page(url, "docs/a/one.md") == "docs/a/index.md"
    assert site.urls.page("/x/", "docs/a/one.md") == "docs/index.yml"


def test_pages_outside_of_every_docset_have_no_url() -> None:
    site = site_of("README.md", "docs/README.md", "docs/one.md", learn=True)
    assert not site.on_learn("README.md")
    assert not site.publishes("README.md")
    assert not site.publishes("docs/README.md")
    assert site.publishes("docs/one.md")


VERSIONS = {
    "build": {
        "content": [
            {"dest": "guide", "src": "conceptual", "files": ["**/*.md"]},
            {"dest": "module", "src": "1.0", "files": ["**/*.md"]},
            {"dest": "module", "src": "2.0", "files": ["**/*.md"]},
            {"dest": "guide", "files": ["bread/toc.yml"]},
            {"dest": "module/all", "src": "2.0", "files": ["toc.yml"]},
        ],
        "globalMetadata": {"breadcrumb_path": "/x/guide/bread/toc.json"},
    }
}
VERSIONED = (
    *("ref/bread/toc.yml", "ref/conceptual/start.md", "ref/1.0/m/get.md", "ref/2.0/m/get.md"),
    *("ref/2.0/m/new.md", "ref/2.0/toc.yml"),
)


def test_content_rules_with_source_and_destination() -> None:
    site = site_of(*VERSIONED, files=published("ref", VERSIONS))
    assert site.urls.urls == {
        "ref/bread/toc.yml": "/x/guide/bread/toc",
        "ref/conceptual/start.md": "/x/guide/start",
        "ref/1.0/m/get.md": "/x/module/m/get",
        "ref/2.0/m/get.md": "/x/module/m/get",
        "ref/2.0/m/new.md": "/x/module/m/new",
        "ref/2.0/toc.yml": "/x/module/all/toc",
    }


def test_of_a_pages_versions_the_one_in_the_linking_pages_folder_is_meant() -> None:
    site = site_of(*VERSIONED, files=published("ref", VERSIONS))
    url = "/x/module/m/get"
    assert site.urls.page(url, "ref/1.0/m/other.md") is None  # no such page, so no version
    assert site.urls.page(url, "ref/1.0/m/get.md") == "ref/1.0/m/get.md"
    assert site.urls.page(url, "ref/2.0/m/new.md") == "ref/2.0/m/get.md"
    assert site.urls.page(url, "ref/conceptual/start.md") is None
    assert site.urls.page("/x/module/m/new", "ref/conceptual/start.md") == "ref/2.0/m/new.md"


def test_versions_of_one_page() -> None:
    known = site_of(*VERSIONED, files=published("ref", VERSIONS)).publishing
    assert known.is_other_version("ref/2.0/m/get.md", "ref/1.0/m/GET.md")
    assert not known.is_other_version("ref/2.0/m/get.md", "ref/2.0/m/get.md")
    assert not known.is_other_version("ref/2.0/m/new.md", "ref/1.0/m/get.md")
    assert known.same_version("ref/1.0/m/gone.md", "ref/1.0/m/get.md")
    assert not known.same_version("ref/1.0/m/get.md", "ref/2.0/m/get.md")


def test_several_docsets_one_inside_of_another() -> None:
    config = {"docsets_to_publish": [{"build_source_folder": "."}, {"build_source_folder": "in/side"}]}
    files = {
        PUBLISH_CONFIG: json.dumps(config),
        "docfx.json": json.dumps(with_breadcrumb("/outer/bread/toc.json")),
        "in/side/docfx.json": json.dumps(with_breadcrumb("/inner/crumbs/toc.json")),
    }
    site = site_of("a.md", "bread/toc.yml", "in/side/a.md", "in/side/crumbs/toc.yml", files=files)
    assert {docset.folder: docset.base for docset in site.publishing.docsets} == {
        "in/side": "/inner",
        "": "/outer",
    }
    assert site.urls.urls["a.md"] == "/outer/a"
    assert site.urls.urls["in/side/a.md"] == "/inner/a"


def test_dependent_repositories_fill_their_folders() -> None:
    more = {
        "dependent_repositories": [{"path_to_root": "samples/"}, {"path_to_root": "docs\\common"}, {}, 7],
        "dependent_packages": [{"path_to_root": "_packages/one"}, {"path_to_root": None}],
    }
    known = site_of(files=published("docs", {}, **more)).publishing
    assert known.dependent == ("_packages/one", "docs/common", "samples")
    assert known.is_filled("samples/a.cs")
    assert known.is_filled("Docs/Common/x/a.md")
    assert not known.is_filled("docs/commonplace.md")
    assert not known.is_filled("_packages/two")


def test_what_the_publish_config_says_of_the_repository() -> None:
    more = {
        "git_repository_branch_open_to_public_contributors": "main",
        "git_repository_url_open_to_public_contributors": "https://example.com/docs",
    }
    known = site_of(files=published("docs", {}, **more)).publishing
    assert (known.base_branch, known.url, known.open_to_public) == ("main", "https://example.com/docs", True)
    closed = {"docsets_to_publish": [{"build_source_folder": "a", "open_to_public_contributors": False}]}
    assert publishing(closed, {}).open_to_public is False


HOSTILE: list[Any] = [None, 7, "text", [], {}, [[]], {"a": 1}, [{"src": 7}], {"content": 7}]


@pytest.mark.parametrize("value", HOSTILE, ids=json.dumps)
@pytest.mark.parametrize(
    "place",
    [
        "docsets_to_publish",
        "dependent_repositories",
        "redirection_files",
        "build_source_folder",
        "build",
        "content",
    ],
)
def test_a_config_of_wrong_types_is_read_as_far_as_it_goes(place: str, value: Any) -> None:
    config: dict[str, Any] = {"docsets_to_publish": [{"build_source_folder": "docs"}]}
    docfx: dict[str, Any] = {"build": {"content": [{"src": value, "dest": value, "files": value}]}}
    if place == "build_source_folder":
        config["docsets_to_publish"] = [{place: value}]
    elif place in ("build", "content"):
        docfx = (
            {"build": value} if place == "build" else {"build": {"content": value, "globalMetadata": value}}
        )
    else:
        config[place] = value
    files = {PUBLISH_CONFIG: json.dumps(config), "docs/docfx.json": json.dumps(docfx)}
    site, notices = site_and_notices("docs/a.md", files=files)
    assert notices == []
    assert site.learn


@pytest.mark.parametrize("folder", ["..", "../..", "a/../../b"])
def test_folders_outside_of_the_repository_are_none(folder: str) -> None:
    config = {"docsets_to_publish": [{"build_source_folder": folder}]}
    assert publishing(config, {}).docsets == ()
    files = published("docs", {"build": {"content": [{"src": "../../x", "files": ["**/*.md"]}]}})
    assert [rule.folder for rule in site_of(files=files).publishing.docsets[0].rules] == ["docs"]


@pytest.mark.parametrize(
    ("url", "rest", "locale", "legacy"),
    [
        ("https://learn.microsoft.com/azure/a?b#c", "/azure/a?b#c", "", False),
        ("https://learn.microsoft.com/en-us/azure", "/azure", "en-us", False),
        ("https://LEARN.microsoft.com/De-DE/azure", "/azure", "De-DE", False),
        ("http://docs.microsoft.com", "/", "", True),
        ("https://docs.microsoft.com/en-us", "/", "en-us", True),
        ("https://docs.microsoft.com/en-us?a=b", "/?a=b", "en-us", True),
        ("https://learn.microsoft.com/sr-latn-rs/x", "/x", "sr-latn-rs", False),
        ("https://learn.microsoft.com/go-to/x", "/go-to/x", "", False),
        ("//www.docs.microsoft.com/x", "/x", "", True),
    ],
)
def test_urls_of_learn(url: str, rest: str, locale: str, legacy: bool) -> None:
    found = learn_url(url)
    assert found is not None
    assert (found.rest, found.locale, found.legacy) == (rest, locale, legacy)


@pytest.mark.parametrize(
    "url",
    ["https://review.learn.microsoft.com/x", "https://learn.microsoft.com.evil/x", "learn.microsoft.com/x",
     "/a", "https://example.com/?u=https://learn.microsoft.com/x", "https://learn.microsoft.com/a b"],
)  # fmt: skip
def test_other_urls_are_none_of_learn(url: str) -> None:
    assert learn_url(url) is None


def test_small_parts_of_urls() -> None:
    assert split_locale("/en-us") == ("en-us", "/")
    assert split_locale("azure/x") == ("", "/azure/x")
    assert site_url("https://example.com/en-us/x") == "https://example.com/en-us/x"
    assert clean_path("/A/Index/#x") == "/a"
