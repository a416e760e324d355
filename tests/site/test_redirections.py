"""Redirection files in every form that repositories have, and in forms that nobody should have."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from docbot.errors import ConfigError
from docbot.site.redirections import FILE_NAME, Redirection, Redirections, parse
from tests.site.helpers import redirections, site_and_notices, site_of

FILE = ".openpublishing.redirection.json"


def parsed(value: Any, path: str = FILE) -> list[tuple[str, str]]:
    return [(entry.source, entry.target) for entry in parse(path, json.dumps(value))]


def test_list_form() -> None:
    entry = {
        "source_path": "docs/a.md",
        "redirect_url": " /x/b ",
        "redirect_document_id": True,
        "monikers": [],
    }
    assert parsed({"redirections": [entry]}) == [("docs/a.md", "/x/b")]


def test_object_form_and_renames() -> None:
    value = {"redirections": {"docs/a.md": "/x/b"}, "renames": {"docs/c.md": "d"}}
    assert parsed(value) == [("docs/a.md", "/x/b"), ("docs/c.md", "d")]


def test_names_of_keys_are_read_in_any_letter_case() -> None:
    assert parsed({"Redirections": [{"Source_Path": "a.md", "redirect_URL": "/b"}]}) == [("a.md", "/b")]


@pytest.mark.parametrize(
    ("file", "entry", "source"),
    [
        ("redir/r.json", {"source_path": "a.md"}, "redir/a.md"),
        ("redir/r.json", {"source_path": "../docs/a.md"}, "docs/a.md"),
        ("redir/r.json", {"source_path": "..\\docs\\a.md"}, "docs/a.md"),
        ("redir/r.json", {"source_path": "/a.md"}, "redir/a.md"),
        ("redir/r.json", {"source_path_from_root": "/docs/a.md"}, "docs/a.md"),
        ("redir/r.json", {"source_path_from_root": "docs/./a.md"}, "docs/a.md"),
        ("redir/r.json", {"source_path": "x.md", "source_path_from_root": "/docs/a.md"}, "docs/a.md"),
        ("r.json", {"source_path": "../a.md"}, None),
        ("r.json", {"source_path_from_root": "/../a.md"}, None),
        ("r.json", {"source_path": ""}, None),
        ("r.json", {"source_path": "."}, None),
    ],
)
def test_a_source_is_relative_to_its_own_file_or_to_the_root(
    file: str, entry: dict[str, str], source: str | None
) -> None:
    found = parsed({"redirections": [{**entry, "redirect_url": "/b"}]}, file)
    assert found == ([] if source is None else [(source, "/b")])


@pytest.mark.parametrize(
    "value",
    [
        [],
        "text",
        7,
        None,
        {},
        {"redirections": 7},
        {"redirections": None, "renames": []},
        {"redirections": [7, None, "a", [], {}, {"source_path": "a.md"}, {"redirect_url": "/b"}]},
        {
            "redirections": [
                {"source_path": 7, "redirect_url": "/b"},
                {"source_path": "a.md", "redirect_url": 7},
            ]
        },
        {"redirections": [{"source_path": "a.md", "redirect_url": "  "}]},
        {"redirections": [{"source_path_from_root": 7, "source_path": "a.md", "redirect_url": "/b"}]},
        {"redirections": {"a.md": 7, "b.md": None, "c.md": {}, "": "/x"}},
        {"redirections": [[["deep"]]]},
    ],
)
def test_what_is_no_entry_is_left_out(value: Any) -> None:
    assert parsed(value) == []


def test_no_json_is_an_error_for_the_caller_to_tell() -> None:
    with pytest.raises(ConfigError, match="is no JSON"):
        parse(FILE, "{redirections")


def test_a_huge_file_is_read_in_no_time() -> None:
    entries = {f"docs/{n}.md": f"/x/{n}" for n in range(50_000)}
    start = time.process_time()
    found = parse(FILE, redirections(entries))
    assert time.process_time() - start < 30
    assert found[-1] == Redirection("docs/49999.md", "/x/49999", FILE, 50_000 * 4)


def test_evidence_names_the_line_on_which_the_source_stands() -> None:
    text = """\ufeff{
  // "source_path": "a.md" was here once
  "redirections": [
    { "redirect_url": "/x/a.md", /* two
      lines */ "source_path": "a.md" },
    { "source_path": "b.md", "redirect_url": "a.md" },
    { "source_path_from_root": "/a.md",
      "redirect_url": "/x/c" },
    { "source_path": "a.md", "redirect_url": "/x/d" },
    { "source_path": "caf\\u00e9.md", "redirect_url": "/x/e" },
  ],
}"""
    assert [(entry.source, entry.line) for entry in parse(FILE, text)] == [
        ("a.md", 5),
        ("b.md", 6),
        ("a.md", 7),
        ("a.md", 9),
        ("caf\u00e9.md", 10),
    ]
    assert parse(FILE, text)[0].place == f"{FILE}:5"


def test_evidence_names_the_line_in_the_object_form_too() -> None:
    text = '{"redirections": {\n"a.md": "/x/a",\n"b.md":\n"/x/b"},\n"renames": {"a.md": "c"}}'
    assert [(entry.source, entry.line) for entry in parse(FILE, text)] == [
        ("a.md", 2),
        ("b.md", 3),
        ("a.md", 5),
    ]


def test_the_first_entry_of_a_source_counts_and_letter_case_does_not() -> None:
    entries = parse(FILE, redirections({"Docs/A.md": "/x/b", "docs/a.md": "/x/b"}))
    found = Redirections.collect(entries)
    entry = found.of("DOCS/a.MD")
    assert entry is not None
    assert entry.source == "Docs/A.md"
    assert not found.is_disputed(entry)
    assert found.of("docs/b.md") is None


def test_a_source_sent_to_two_places_is_disputed() -> None:
    found = Redirections.collect(parse(FILE, redirections({"a.md": "/x/b", "A.md": "/x/c"})))
    entry = found.of("a.md")
    assert entry is not None
    assert found.is_disputed(entry)


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("/x/b", "/x/b"),
        ("/en-us/x/b#c", "/x/b#c"),
        ("https://learn.microsoft.com/en-us/x/b?view=y", "/x/b?view=y"),
        ("https://docs.microsoft.com/x/b", "/x/b"),
        ("https://example.com/en-us/b", "https://example.com/en-us/b"),
        ("//example.com/b", "//example.com/b"),
        ("b", None),
        ("../b", None),
    ],
)
def test_a_target_as_a_path_of_the_site(target: str, url: str | None) -> None:
    assert Redirection("a.md", target, FILE, 1).url == url


@pytest.mark.parametrize(
    ("path", "known"),
    [
        (".openpublishing.redirection.json", True),
        ("a/b/.openpublishing.redirection.azure.json", True),
        ("a/x.openpublishing.redirection.json", True),
        (".OpenPublishing.Redirection.json", True),
        (".openpublishing.redirection.json.bak", False),
        (".openpublishing.publish.config.json", False),
        (".openpublishing.redirection/x.json", False),
    ],
)
def test_file_names(path: str, known: bool) -> None:
    assert bool(FILE_NAME.search(path)) is known


def test_several_files_anywhere_are_read_and_a_source_that_exists_is_ignored() -> None:
    site = site_of(
        "docs/here.md",
        files={
            FILE: redirections({"docs/a.md": "/x/a", "docs/here.md": "/x/h", "docs/HERE.md": "/x/h"}),
            "docs/.openpublishing.redirection.more.json": redirections({"b.md": "/x/b"}),
            "redir/.openpublishing.redirection.json": redirections({"../docs/c.md": "/x/c"}),
        },
        learn=True,
    )
    assert sorted(site.redirections.by_source) == ["docs/a.md", "docs/b.md", "docs/c.md"]


def test_a_file_that_the_publish_config_names_is_read_too() -> None:
    config = json.dumps({"docsets_to_publish": [], "redirection_files": ["moved/all.json", 7, "../x.json"]})
    files = {".openpublishing.publish.config.json": config, "moved/all.json": redirections({"a.md": "/x/a"})}
    assert list(site_of(files=files).redirections.by_source) == ["moved/a.md"]


def test_a_broken_file_costs_its_own_entries_alone() -> None:
    files = {FILE: "{", "docs/.openpublishing.redirection.json": redirections({"b.md": "/x/b"})}
    site, notices = site_and_notices(files=files)
    assert list(site.redirections.by_source) == ["docs/b.md"]
    assert [notice.path for notice in notices] == [FILE]
    assert "repair it" in notices[0].text
