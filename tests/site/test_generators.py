"""Where another site generator may find what Markdown alone doesn't: there nothing is said."""

from __future__ import annotations

import pytest

from docbot.site.generators import is_twin, may_be_found, names_a_file
from tests.site.helpers import site_of


@pytest.mark.parametrize(
    ("path", "known"),
    [("a.md", True), ("a.mdx", True), ("a.PNG", True), ("a.pdf", True), ("a", False), ("a.html", False),
     ("a/", False), ("v1.2", False), ("a.js", False)],
)  # fmt: skip
def test_names_a_file(path: str, known: bool) -> None:
    assert names_a_file(path) is known


@pytest.mark.parametrize(
    ("page", "lost", "file"),
    [
        # From the root of the content, or of the repository.
        ("docs/a/page.md", "docs/a/guides/setup.md", "docs/guides/setup.md"),
        ("docs/a/page.md", "docs/a/setup.md", "docs/setup.md"),
        ("docs/a/page.md", "docs/a/setup.md", "setup.md"),
        ("content/en/page.md", "content/en/blog/one.md", "content/blog/one.md"),
        # From the content of another, with the same end.
        ("docs/a/page.md", "docs/a/guides/setup.md", "other/content/guides/setup.md"),
        # Folders whose content is copied to the root of the site.
        ("docs/page.md", "docs/img/a.png", "static/img/a.png"),
        ("docs/page.md", "docs/a.png", "docs/public/a.png"),
        ("docs/page.md", "a.png", "docs/static/a.png"),
        # A page published in a folder of its own.
        ("content/posts/page.md", "content/a.png", "static/posts/a.png"),
        ("docs/a/page.md", "docs/b.md", "docs/a/b.md"),
        # Letter case aside.
        ("docs/page.md", "docs/Img/A.png", "static/img/a.png"),
    ],
)
def test_a_generator_may_find_it(page: str, lost: str, file: str) -> None:
    assert may_be_found(site_of(page, file), page, lost)


@pytest.mark.parametrize(
    ("page", "lost", "file"),
    [
        ("docs/page.md", "docs/setup.md", "docs/install/setup.md"),
        ("docs/page.md", "docs/media/window.png", "docs/images/window.png"),
        ("docs/a/page.md", "docs/setup.md", "docs/b/setup.md"),
        ("docs/page.md", "docs/gone.md", "docs/other.md"),
    ],
)
def test_no_generator_finds_it(page: str, lost: str, file: str) -> None:
    assert not may_be_found(site_of(page, file), page, lost)


@pytest.mark.parametrize(
    ("lost", "file", "twin"),
    [
        ("docs/de/docs/news.md", "docs/en/docs/news.md", True),
        ("de/news.md", "en/news.md", True),
        ("v1/guide/start.md", "v2/guide/start.md", True),
        ("docs/setup.md", "docs/install/setup.md", False),
        ("docs/a/setup.md", "docs/b/c/setup.md", False),
    ],
)
def test_pages_of_another_language_or_version(lost: str, file: str, twin: bool) -> None:
    assert is_twin(site_of(file), lost) is twin
