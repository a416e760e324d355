"""Where a lost page went: what each kind of evidence says, and what they say together."""

from __future__ import annotations

import pytest

from docbot.site.moved_pages import answers
from docbot.site.repair import (
    Answer,
    agreed,
    nearest,
    other_versions,
    redirected,
    redirection_at,
    unique_name,
)
from docbot.types import Evidence, EvidenceKind
from tests.site.helpers import published, redirections, site_of
from tests.site.histories import PAGE, RULES, history, led, site_with
from tests.site.test_docset import VERSIONED, VERSIONS

# Redirections.


@pytest.mark.parametrize(
    ("target", "path", "url", "fragment"),
    [
        ("/x/new", "docs/new.md", "/x/new", ""),
        ("/x/NEW/", "docs/new.md", "/x/NEW/", ""),
        ("/x/new#part", "docs/new.md", "/x/new", "part"),
        ("/en-us/x/new", "docs/new.md", "/x/new", ""),
        ("https://learn.microsoft.com/x/new", "docs/new.md", "/x/new", ""),
        ("https://docs.microsoft.com/en-us/x/new", "docs/new.md", "/x/new", ""),
        ("/x/folder", "docs/folder/index.md", "/x/folder", ""),
        ("/x/folder/index", "docs/folder/index.md", "/x/folder/index", ""),
        ("/x/land", "docs/land.yml", "/x/land", ""),
        ("/x/new?view=y", "", "/x/new?view=y", ""),
        ("/x/other-repository", "", "/x/other-repository", ""),
        ("/y/else#part", "", "/y/else", "part"),
        ("https://example.com/en-us/new", "", "https://example.com/en-us/new", ""),
        ("new", "docs/new.md", "/x/new", ""),
        ("./new.md", "docs/new.md", "/x/new", ""),
        ("folder", "docs/folder/index.md", "/x/folder/", ""),
        ("New#part", "docs/new.md", "/x/new", "part"),
        ("docs/new", "docs/new.md", "/x/new", ""),
    ],
)
def test_where_an_entry_leads(target: str, path: str, url: str, fragment: str) -> None:
    site = site_with({"docs/old.md": target}, "docs/new.md", "docs/folder/index.md", "docs/land.yml")
    found = redirected(site, PAGE, "docs/OLD.md")
    assert found is not None
    assert (found.path, found.url, found.fragment) == (path, url, fragment)
    assert found.evidence.kind is EvidenceKind.REDIRECTION
    assert found.evidence.source == f"{RULES}:4"


@pytest.mark.parametrize("target", ["nowhere", "../../outside", "./nowhere.md", "#part"])
def test_an_entry_for_a_file_that_is_not_there_leads_nowhere(target: str) -> None:
    assert redirected(site_with({"docs/old.md": target}), PAGE, "docs/old.md") is None


def test_hops_are_followed_by_url_and_by_path_and_all_named() -> None:
    entries = {"docs/a.md": "/x/b", "docs/b.md": "c#first", "docs/c.md": "/x/D/", "docs/d.md": "/x/new"}
    found = redirected(site_with(entries, "docs/new.md"), PAGE, "docs/a.md")
    assert led(found) == "docs/new.md#first"
    assert found is not None
    assert found.evidence.source == " then ".join(f"{RULES}:{line}" for line in (4, 8, 12, 16))


@pytest.mark.parametrize(
    "entries",
    [
        {"docs/a.md": "/x/a"},
        {"docs/a.md": "/x/b", "docs/b.md": "/x/a"},
        {"docs/a.md": "/x/b", "docs/b.md": "/x/c", "docs/c.md": "/x/b"},
        {"docs/a.md": "a"},
        {
            f"docs/{name}.md": f"/x/{following}"
            for name, following in zip("abcdefghijkl", "bcdefghijklm", strict=True)
        },
    ],
)
def test_circles_and_endless_chains_lead_nowhere(entries: dict[str, str]) -> None:
    assert redirected(site_with(entries), PAGE, "docs/a.md") is None


def test_entries_that_contradict_each_other_lead_nowhere() -> None:
    files = {
        RULES: redirections({"docs/a.md": "/x/new"}),
        "docs/.openpublishing.redirection.json": redirections({"a.md": "/x/other"}),
    }
    site = site_of(PAGE, "docs/new.md", "docs/other.md", files=files, learn=True)
    assert redirected(site, PAGE, "docs/a.md") is None
    assert redirected(site, PAGE, "docs/none.md") is None


def test_an_entry_leads_to_the_version_of_the_linking_page() -> None:
    rules = {
        RULES: redirections({"ref/1.0/m/old.md": "/x/module/m/get", "ref/conceptual/o.md": "/x/module/m/get"})
    }
    site = site_of(*VERSIONED, files=published("ref", VERSIONS) | rules)
    assert led(redirected(site, "ref/1.0/m/get.md", "ref/1.0/m/old.md")) == "ref/1.0/m/get.md"
    assert led(redirected(site, "ref/2.0/m/get.md", "ref/1.0/m/old.md")) == "ref/2.0/m/get.md"
    assert led(redirected(site, "ref/conceptual/start.md", "ref/conceptual/o.md")) == "/x/module/m/get"


def test_a_url_is_redirected_only_where_no_version_of_its_page_is_left() -> None:
    entries = {
        "ref/1.0/m/new.md": "/x/module/m/get",
        "ref/1.0/m/a.md": "/x/guide/one",
        "ref/2.0/m/a.md": "/x/guide/two",
    }
    site = site_of(*VERSIONED, files=published("ref", VERSIONS) | {RULES: redirections(entries)})
    assert redirection_at(site, "ref/1.0/m/get.md", "/x/module/m/new") is None
    assert redirection_at(site, "ref/conceptual/start.md", "/x/module/m/a") is None
    for version in ("1.0", "2.0"):
        entry = redirection_at(site, f"ref/{version}/m/get.md", "/X/Module/m/A/?view=z")
        assert entry is not None
        assert entry.source == f"ref/{version}/m/a.md"


# The one file of a name.


def test_the_one_file_of_a_name_is_a_guess() -> None:
    found = unique_name(site_of("a/b/Setup.md", "c/other.md"), PAGE, "docs/setup.md")
    assert led(found) == "a/b/Setup.md"
    assert found is not None
    assert not found.sure
    assert found.evidence.detail == "a/b/Setup.md is the only setup.md in the repository"


@pytest.mark.parametrize(
    "name",
    ["index.md", "README.md", "Overview.md", "toc.yml", "image.png", "image1.png", "1.png", "faq.yml",
     "screenshot-2.png", "_index.md", "LICENSE", "folder"],
)  # fmt: skip
def test_names_that_say_nothing_are_no_answer(name: str) -> None:
    assert unique_name(site_of(f"a/{name}"), PAGE, f"docs/{name}") is None


def test_two_files_of_a_name_and_the_page_itself_are_no_answer() -> None:
    assert unique_name(site_of("a/setup.md", "b/setup.md"), PAGE, "docs/setup.md") is None
    assert unique_name(site_of("a/setup.md"), "a/setup.md", "docs/setup.md") is None


def test_the_name_in_the_version_of_the_linking_page_counts() -> None:
    paths = ("ref/1.0/m/sub/set.md", "ref/2.0/m/sub/set.md")
    site = site_of(*VERSIONED, *paths, files=published("ref", VERSIONS))
    found = unique_name(site, "ref/1.0/m/get.md", "ref/1.0/m/set.md")
    assert led(found) == "ref/1.0/m/sub/set.md"
    assert found is not None
    assert found.evidence.detail == "ref/1.0/m/sub/set.md is the only set.md in ref/1.0"


def test_the_same_page_in_another_version_is_shown_and_no_answer() -> None:
    site = site_of(*VERSIONED, files=published("ref", VERSIONS))
    assert unique_name(site, "ref/1.0/m/get.md", "ref/1.0/m/new.md") is None
    assert other_versions(site, "ref/1.0/m/new.md") == ("ref/2.0/m/new.md",)


# All together.


def test_answers_come_best_first() -> None:
    site = site_with({"docs/old.md": "/x/new"}, "docs/new.md", "docs/other.md", "deep/old.md")
    moves = history({"docs/old.md": [("docs/other.md", "2021-01-01")]})
    found = answers(site, moves, PAGE, "docs/old.md")
    assert [answer.evidence.kind.value for answer in found] == ["redirection", "rename", "unique-name"]
    assert [led(answer) for answer in found] == ["docs/new.md", "docs/other.md", "deep/old.md"]
    assert agreed(site, PAGE, found) is None


def test_each_kind_alone_is_agreed() -> None:
    site = site_with({"docs/r.md": "/x/new"}, "docs/new.md", "deep/u.md")
    moves = history({"docs/m.md": [("docs/new.md", "2021-01-01")]})
    for lost, end in (("r", "docs/new.md"), ("m", "docs/new.md"), ("u", "deep/u.md")):
        found = answers(site, moves, PAGE, f"docs/{lost}.md")
        assert len(found) == 1
        assert led(agreed(site, PAGE, found)) == end
    assert answers(site, moves, PAGE, "docs/none.md") == ()
    assert agreed(site, PAGE, ()) is None


def test_a_file_and_its_url_are_one_place() -> None:
    evidence = Evidence(EvidenceKind.RENAME, "x", "y")
    site = site_of("docs/a.md", "docs/folder/index.md", learn=True)
    a, url = Answer(evidence, "docs/a.md"), Answer(evidence, url="/X/a/")
    assert a.same_place(url, site)
    assert url.same_place(a, site)
    assert not a.same_place(Answer(evidence, url="/x/b"), site)
    assert Answer(evidence, "docs/folder/index.md").same_place(Answer(evidence, url="/x/folder"), site)


def test_where_no_url_is_known_the_name_tells_whether_two_answers_are_one() -> None:
    evidence = Evidence(EvidenceKind.RENAME, "x", "y")
    site = site_of("docs/config.md")
    file, url = Answer(evidence, "docs/config.md"), Answer(evidence, url="/some/site/Config")
    assert file.same_place(url, site)
    assert not file.same_place(Answer(evidence, url="/some/site/config/more"), site)
    assert led(agreed(site, "docs/page.md", (url, file))) == "/some/site/Config"


def test_of_the_versions_of_an_agreed_page_the_linking_pages_own_is_taken() -> None:
    evidence = Evidence(EvidenceKind.RENAME, "x", "y")
    site = site_of(*VERSIONED, files=published("ref", VERSIONS))
    one, two = Answer(evidence, "ref/1.0/m/get.md"), Answer(evidence, "ref/2.0/m/get.md")
    assert led(agreed(site, "ref/2.0/m/new.md", (one, two))) == "ref/2.0/m/get.md"


def test_the_nearest_names_are_of_the_same_folder_and_few() -> None:
    paths = [f"docs/install-on-{name}.md" for name in ("linux", "macos", "linus", "lin")]
    site = site_of(*paths, "docs/unlike.md", "docs/install-on-linux.png", "other/install-on-linux.md")
    found = nearest(site, "docs/install-on-linu.md")
    assert len(found) == 3
    assert set(found) < set(paths)
    assert nearest(site, "other/none.md") == ()


def test_looking_for_the_nearest_name_costs_little_on_a_large_site() -> None:
    site = site_of(*(f"docs/install-on-machine-{n:05}.md" for n in range(5000)))
    assert nearest(site, "docs/" + "install-on-machine-" * 1000 + ".md") == ()
