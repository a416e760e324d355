"""How a new destination is written in the place of an old one."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from docbot.markdown import Document
from docbot.site.links import Target, Where, encoded, recased, resolve, written_like
from docbot.site.model import Site
from tests.site.helpers import site_of
from tests.site.test_links import FILE, PAGE, SITE


@pytest.mark.parametrize(
    ("original", "path", "fragment", "written"),
    [
        ("x.md", "docs/guide/other.md", "", "other.md"),
        ("./x.md", "docs/guide/other.md", "part", "./other.md#part"),
        ("./x.md", "docs/top.md", "", "../top.md"),
        ("..\\x.md", "docs/top.md", "", "../top.md"),
        ("x.md#y", PAGE, "part", "#part"),
        ("x.md", PAGE, "", "page.md"),
        ("x.md", "docs/guide/with space.md", "", "with%20space.md"),
        ("y z.md", "docs/guide/with space.md", "", "with space.md"),
        ("x.md", "docs/guide/a#b.md", "", "a%23b.md"),
        ("x.md", "docs/guide/100%.md", "", "100%25.md"),
        ("x.md", "docs/guide/(1).md", "", "(1).md"),
        ("x.md", "docs/guide/1).md", "", "1%29.md"),
        ("x.md", "docs/guide/)(.md", "", "%29%28.md"),
        ("x.md", "docs/guide/caf\u00e9.md", "\u00e9t\u00e9", "caf\u00e9.md#\u00e9t\u00e9"),
        ("x.md", "docs/guide/a&lt;.md", "", "a%26lt;.md"),
        ("x.md", "docs/guide/a&b.md", "", "a&b.md"),
        ("x.md", "docs/guide/a:b.md", "", "./a:b.md"),
        ("x.md", "docs/guide/~a.md", "", "./~a.md"),
        ("x.md", "docs/guide/@a.md", "", "./@a.md"),
        ("x.md", "docs/guide/a|b`c.md", "", "a%7Cb%60c.md"),
        ("x.md", "docs/guide/other.md", "a b(", "other.md#a%20b%28"),
    ],
)
def test_written_like(original: str, path: str, fragment: str, written: str) -> None:
    assert written_like(original, PAGE, path, fragment) == written


@pytest.mark.parametrize(
    ("original", "path", "written"),
    [
        ("Other.md", "docs/guide/other.md", "other.md"),
        ("./Other.md?A#B", "docs/guide/other.md", "./other.md?A#B"),
        ("../GUIDE/other.md#x", "docs/guide/other.md", "../guide/other.md#x"),
        ("..//IMG//window.png", "docs/img/Window.png", "..//img//Window.png"),
        ("../nowhere/../TOP.md", "docs/top.md", "../top.md"),
        ("..\\IMG\\window.png", "docs/img/Window.png", "../img/Window.png"),
        ("~/IMG/window.png", "docs/img/Window.png", "../img/Window.png"),
        ("With%20Space.md#a%20b", "docs/guide/with space.md", "with%20space.md#a%20b"),
        ("With Space.md", "docs/guide/with space.md", "with space.md"),
        ("../../DOCS/top.md", "docs/top.md", "../../docs/top.md"),
    ],
)
def test_recased_changes_nothing_but_letter_case_where_it_can(original: str, path: str, written: str) -> None:
    assert recased(original, PAGE, path) == written
    target = resolve(SITE, PAGE, written)
    assert (target.where, target.path) == (FILE, path)


def test_recased_finds_its_way_when_the_page_stands_in_a_folder_of_another_case() -> None:
    assert recased("B.md", "Docs/a.md", "docs/b.md") == "../docs/b.md"


ODD = " ()#%?&;:@!$~`|<>[]{}\\\"'*_+=,-.^"
CHARACTERS = st.sampled_from(ODD) | st.characters(
    exclude_characters="/\0", exclude_categories=["Cs", "Cc", "Z"]
)
NAME = st.text(CHARACTERS, min_size=1, max_size=8).filter(lambda name: name.strip(" ") not in ("", ".", ".."))
FOLDERS = st.lists(NAME, max_size=3)
PATH = st.tuples(FOLDERS, NAME).map(lambda parts: "/".join([*parts[0], parts[1] + ".md"]))
FRAGMENT = st.text(CHARACTERS, max_size=8).map(str.strip)
ORIGINAL = st.sampled_from(["x.md", "./x.md", "../x.md", "y z.md", "x.md#y", "~/x.md", "..\\x.md"])


def in_page(text: str, page: str, path: str, site: Site) -> Target:
    """Where the only link of `text` leads, as Markdown reads it."""
    links = [link for link in Document(page, text).outline.links if link.destination_span]
    assert len(links) == 1, text
    return resolve(site, page, links[0].destination)


@given(ORIGINAL, PATH, PATH, FRAGMENT)
@example("x.md", "a.md", "&amp;.md", "")
@example("x.md", "a.md", "{{x}}.md", "%%")
@example("y z.md", "a b/c.md", " x .md", "")
def test_what_is_written_leads_to_its_file_and_stays_a_link(
    original: str, page: str, path: str, fragment: str
) -> None:
    assume(page != path or fragment)
    site = site_of(page, path)
    written = written_like(original, page, path, fragment)
    wanted = Target(FILE, path, "", fragment)
    assert resolve(site, page, written) == wanted
    bracketed = f"<{written}>" if " " in original else written
    assert in_page(f"See [it]({bracketed}).", page, path, site) == wanted
    assert in_page(f'See [it]({bracketed} "title").', page, path, site) == wanted
    assert in_page(f"[it]: {bracketed}", page, path, site) == wanted
    assert in_page(f"| a | b |\n| - | - |\n| [it]({bracketed}) | `c` |", page, path, site) == wanted


@given(st.text(max_size=12))
def test_what_is_encoded_has_nothing_that_ends_a_destination(part: str) -> None:
    written = encoded(part)
    assert not set(written) & set(" <>`|\\{}\n\t")
    assert written.count("(") == written.count(")")


@given(st.text(max_size=30), PATH)
def test_every_destination_leads_somewhere(destination: str, page: str) -> None:
    target = resolve(site_of(page, learn=True), page, destination)
    assert target.where in Where


def test_a_file_name_that_is_no_text_is_written_as_its_bytes() -> None:
    path = "docs/guide/caf\udce9.md"
    written = written_like("x.md", PAGE, path)
    assert written == "caf%E9.md"
    assert resolve(site_of(path), PAGE, written) == Target(FILE, path)
