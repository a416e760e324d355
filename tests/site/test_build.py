"""A site made of files, configs and outlines."""

from __future__ import annotations

import json

import pytest

from docbot.errors import UnreadablePageError
from docbot.site.build import build_site
from docbot.site.docset import PUBLISH_CONFIG
from docbot.site.model import Site
from tests.site.helpers import CONFIG, LEARN, redirections, site_and_notices, site_of

RULES = ".openpublishing.redirection.json"


def test_a_repository_without_configs() -> None:
    site = site_of("a.md", "b/c.png")
    assert not site.learn
    assert not site.on_learn("a.md")
    assert len(site.files) == 2
    assert site.publishing.docsets == ()
    assert site.redirections.by_source == {}


def test_a_repository_published_on_learn() -> None:
    site = site_of("README.md", "docs/a.md", files={RULES: redirections({"docs/old.md": "/x/a"})}, learn=True)
    assert site.learn
    assert site.urls.page("/x/a", "docs/a.md") == "docs/a.md"
    assert site.redirected_urls == {"/x/old": ("docs/old.md",)}
    assert site.on_learn("docs/a.md")
    assert not site.on_learn("README.md")


def test_urls_of_redirected_pages_are_known_in_any_letter_case_and_for_every_version() -> None:
    entries = {
        "Docs/Old/Index.md": "/x/a",
        "docs/two.md": "/x/a",
        "docs/two.yml": "/y/b",
        "elsewhere/c.md": "/x/a",
    }
    site = site_of("docs/a.md", files={RULES: redirections(entries)}, learn=True)
    assert site.redirected_urls == {
        "/x/old": ("Docs/Old/Index.md",),
        "/x/two": ("docs/two.md", "docs/two.yml"),
    }


@pytest.mark.parametrize("broken", [PUBLISH_CONFIG, "docs/docfx.json", RULES])
def test_a_config_that_is_no_json_is_told_and_left_out(broken: str) -> None:
    files = {RULES: redirections({"docs/old.md": "/x/a"}), **LEARN, broken: "{ broken"}
    site, notices = site_and_notices("docs/a.md", files=files)
    assert [(notice.path, "repair it" in notice.text) for notice in notices] == [(broken, True)]
    assert site.learn
    assert (broken == RULES) is not bool(site.redirections.by_source)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            UnreadablePageError("x.json stands behind a link: name it where it really is"),
            "stands behind a link",
        ),
        (PermissionError("denied"), "can't be read (denied)"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), "save it as UTF-8"),
    ],
)
def test_a_config_that_cannot_be_read_is_told(error: Exception, text: str) -> None:
    def read(_path: str) -> str:
        raise error

    site, notices = build_site([PUBLISH_CONFIG, RULES], {}, read)
    assert {notice.path for notice in notices} == {PUBLISH_CONFIG, RULES}
    assert all(text in notice.text for notice in notices)
    assert site.publishing.docsets == ()


def test_only_configs_are_read() -> None:
    asked: list[str] = []

    def read(path: str) -> str:
        asked.append(path)
        return {PUBLISH_CONFIG: json.dumps(CONFIG)}.get(path, "{}")

    files = [
        PUBLISH_CONFIG,
        RULES,
        "docs/docfx.json",
        "other/docfx.json",
        "docs/a.md",
        "docs/toc.yml",
        "x.json",
    ]
    build_site(files, {}, read)
    assert sorted(asked) == sorted([PUBLISH_CONFIG, RULES, "docs/docfx.json"])


def test_the_order_in_which_files_come_changes_nothing() -> None:
    paths = ("docs/toc.yml", "docs/bread/toc.yml", "docs/a.md", "docs/b/toc.yml")
    contents = dict.fromkeys(paths, "") | LEARN

    def made(order: list[str]) -> Site:
        return build_site(order, {}, contents.__getitem__)[0]

    one, other = made(sorted(contents)), made(sorted(contents, reverse=True))
    assert one.publishing == other.publishing
    assert one.urls == other.urls
    assert one.publishing.docsets[0].base == "/x"


def test_included_pages_are_known() -> None:
    files = {"docs/a.md": "[!INCLUDE [x](Part.md?y)] [!INCLUDE [x](~/b.md)] [!INCLUDE [x](gone.md)]"}
    site = site_of("docs/part.md", "docs/b.md", "docs/c.md", "docs/_includes/d.md", files=files, learn=True)
    assert site.included_pages == {"docs/part.md", "docs/b.md"}
    assert [site.is_shared(f"docs/{name}.md") for name in ("part", "b", "c", "_includes/d")] == [
        True,
        True,
        False,
        True,
    ]


def test_what_is_beyond_a_link_or_in_a_submodule_is_elsewhere() -> None:
    site = site_of("a.md", beyond=("docs/linked", "sub"))
    assert site.is_elsewhere("docs/linked")
    assert site.is_elsewhere("docs/linked/x/y.md")
    assert site.is_elsewhere("sub/x.md")
    assert not site.is_elsewhere("docs/linked.md")
    assert not site.is_elsewhere("a.md")
