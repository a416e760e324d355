"""The rule `sibling-drift` on real histories."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docbot.app import ScanOptions, scan
from docbot.app.draft import draft
from docbot.text import apply
from docbot.types import Applicability, Finding
from tests.helpers.git import Builder

OLD = "The filter returns every item that matchs the given pattern."
NEW = "The filter returns every item that matches the given pattern."


def page(said: str = OLD, *, before: str = "", end: str = "\n") -> str:
    lines = [
        "---",
        "title: Filters",
        "---",
        "# Filters",
        "",
        before or "A filter chooses among items.",
        "",
        "There are two kinds of filters.",
        "",
        *said.split("\n"),
        "",
        "A filter that matches nothing returns nothing.",
        "",
        "See also the page about patterns.",
        "",
    ]
    return end.join(lines)


def findings(docs: Builder, **options: Any) -> tuple[Finding, ...]:
    wanted = ScanOptions(only=("sibling-drift",), cache=False, jobs=1, **options)
    return scan(docs.root, wanted).report.findings


def notices(docs: Builder) -> str:
    wanted = ScanOptions(only=("sibling-drift",), cache=False, jobs=1)
    return "\n".join(notice.text for notice in scan(docs.root, wanted).report.notices)


def written(docs: Builder, *versions: str, text: str | None = None) -> None:
    docs.commit({f"ref/{version}/filters.md": text or page() for version in versions})


def corrected(docs: Builder, *versions: str, text: str | None = None) -> str:
    return docs.commit({f"ref/{version}/filters.md": text or page(NEW) for version in versions})


def test_a_copy_that_was_forgotten_is_found_and_corrected(docs: Builder) -> None:
    written(docs, "1.0", "2.0", "3.0")
    commit = corrected(docs, "2.0", "3.0")[:10]
    (found,) = findings(docs)
    assert found.path == "ref/1.0/filters.md"
    assert found.excerpt == "matchs"
    assert (
        found.message
        == f"ref/2.0/filters.md was corrected here on 2024-01-02 (commit {commit}); 2 of 3 copies have it"
    )
    assert [(e.kind.value, e.source, e.detail) for e in found.evidence] == [
        (
            "history",
            f"commit {commit}",
            "corrected ref/2.0/filters.md on 2024-01-02: “matchs” became “matches”",
        ),
        (
            "sibling",
            "ref/2.0/filters.md:10",
            "corrected copies: ref/3.0/filters.md, ref/2.0/filters.md",
        ),
    ]
    assert found.confidence > 0.8
    assert found.fix is not None
    assert found.fix.applicability is Applicability.SAFE
    assert apply(page(), found.fix.edits) == page(NEW)


def test_what_was_added_and_removed_is_said_so(docs: Builder) -> None:
    old, new = "You can very easily filter the list of items.", "You can filter all of the list of items."
    written(docs, "1.0", "2.0", text=page(old))
    corrected(docs, "2.0", text=page(new))
    (found,) = findings(docs, show_all=True)
    assert found.evidence[0].detail.endswith("“very easily” was removed; “all of” was added")
    assert found.fix is not None
    assert apply(page(old), found.fix.edits) == page(new)


def test_its_draft_passes_every_gate_and_the_next_scan_is_silent(docs: Builder) -> None:
    written(docs, "1.0", "2.0")
    corrected(docs, "2.0")
    drafted = draft(scan(docs.root, ScanOptions(cache=False, jobs=1, drafting=True)))
    (one,) = drafted.drafts
    assert one.passed, one.refusal
    docs.write("ref/1.0/filters.md", page(NEW))
    assert findings(docs, show_all=True) == ()


@pytest.mark.parametrize(
    "names",
    [("v1", "v2"), ("net-7.0", "net-8.0"), ("1.0", "latest"), ("1.x", "2.x"), ("2.9", "2.10")],
)
def test_versions_of_any_form(docs: Builder, names: tuple[str, str]) -> None:
    written(docs, *names)
    corrected(docs, names[1])
    assert [found.path for found in findings(docs)] == [f"ref/{names[0]}/filters.md"]


def test_the_folder_of_the_next_version_and_its_snapshots(docs: Builder) -> None:
    old, new = "versioned_docs/version-1.9/filters.md", "docs/filters.md"
    docs.commit({old: page(), new: page()})
    docs.commit({new: page(NEW)})
    assert [found.path for found in findings(docs)] == [old]


def test_a_newer_version_never_learns_from_an_older_one(docs: Builder) -> None:
    written(docs, "1.0", "2.0", "3.0")
    corrected(docs, "1.0", "2.0")
    assert findings(docs, show_all=True) == ()


def test_nothing_where_the_newest_copy_lacks_it(docs: Builder) -> None:
    written(docs, "1.0", "2.0", "3.0", "4.0")
    corrected(docs, "1.0", "3.0")
    assert findings(docs, show_all=True) == ()


def test_nothing_where_more_copies_were_left_than_corrected(docs: Builder) -> None:
    written(docs, "1.0", "2.0", "3.0")
    corrected(docs, "3.0")
    assert findings(docs, show_all=True) == ()


def test_another_number_is_a_difference_of_versions(docs: Builder) -> None:
    said = "The filter waits 20 seconds for each item that matchs the pattern."
    written(docs, "1.0", "2.0", text=page(said))
    corrected(docs, "2.0", text=page(said.replace("20", "30").replace("matchs", "matches")))
    assert findings(docs, show_all=True) == ()


def test_another_sense_is_below_the_default_confidence_and_unsafe(docs: Builder) -> None:
    said = "The filter reads the registry of the computer it runs on."
    written(docs, "1.0", "2.0", text=page(said))
    corrected(docs, "2.0", text=page(said.replace("registry", "settings file")))
    assert findings(docs) == ()
    (found,) = findings(docs, show_all=True)
    assert found.fix is not None
    assert found.fix.applicability is Applicability.UNSAFE


NO_PROSE = (
    # Parameters, commands and code.
    (
        "```yaml\nAccept the pipelin input: False\n```",
        "```yaml\nAccept the pipeline input: False\n```",
    ),
    (
        "    get the item that matchs the pattern",
        "    get the item that matches the pattern",
    ),
    (
        "Run `filter --matchs` to see all of the items.",
        "Run `filter --matches` to see all of the items.",
    ),
    # Tables, headings, links, metadata, HTML.
    (
        "| Option | Use |\n|---|---|\n| all the options | what matchs |",
        "| Option | Use |\n|---|---|\n| all the options | what matches |",
    ),
    ("## How the filter matchs items", "## How the filter matches items"),
    (
        "See [the page about patterns](patern.md) first.",
        "See [the page about patterns](pattern.md) first.",
    ),
    (
        "The filter returns **every** item that matchs it.",
        "The filter returns every item that matchs it.",
    ),
    (
        '<p title="all that matchs the pattern">All of it.</p>',
        '<p title="all that matches the pattern">All of it.</p>',
    ),
    (
        "The filter returns every item of a list.",
        "The filter returns every item of a `list`.",
    ),
    # Most of it is new.
    (OLD, "Everything that the pattern fits comes back to whoever asked."),
    # Blocks come.
    (OLD, "The filter returns every item.\n\nIt matches the given pattern."),
    # A list comes.
    (OLD, "The filter returns every item\n- that matches the given pattern."),
)


def test_only_prose_is_corrected(docs: Builder) -> None:
    cases = {str(n): case for n, case in enumerate(NO_PROSE)} | {"prose": (OLD, NEW)}
    docs.commit({f"ref/{v}/{name}.md": page(old) for v in ("1.0", "2.0") for name, (old, _) in cases.items()})
    docs.commit({f"ref/2.0/{name}.md": page(new) for name, (_, new) in cases.items()})
    assert [found.path for found in findings(docs, show_all=True)] == ["ref/1.0/prose.md"]


def test_front_matter_is_left_alone(docs: Builder) -> None:
    title = "title: Filters that matchs all of the items"
    written(docs, "1.0", "2.0", text=page().replace("title: Filters", title))
    corrected(docs, "2.0", text=page().replace("title: Filters", title.replace("matchs", "match")))
    assert findings(docs, show_all=True) == ()


def test_other_surroundings(docs: Builder) -> None:
    other = (
        page()
        .replace("There are two kinds of filters.", "Filters are slow.")
        .replace("A filter that matches nothing returns nothing.", "An empty filter fails.")
    )
    docs.commit({"ref/1.0/filters.md": other, "ref/2.0/filters.md": page()})
    corrected(docs, "2.0")
    assert findings(docs, show_all=True) == ()


def test_pages_of_one_name_in_numbered_folders_are_no_copies(docs: Builder) -> None:
    around = (
        "There are two kinds of filters.\n\n" + OLD + "\n\nA filter that matches nothing returns nothing.\n"
    )
    mine, theirs = (
        around + "\n".join(f"Line {n} of the page about {what}." for n in range(20)) + "\n"
        for what in ("May", "June")
    )
    docs.commit({"2024/05/filters.md": mine, "2024/06/filters.md": theirs})
    docs.commit({"2024/06/filters.md": theirs.replace(OLD, NEW)})
    assert findings(docs, show_all=True) == ()


def test_a_correction_that_was_taken_back(docs: Builder) -> None:
    written(docs, "1.0", "2.0", "3.0")
    corrected(docs, "2.0", "3.0")
    written(docs, "2.0")
    assert findings(docs, show_all=True) == ()


def test_two_places_that_say_the_same(docs: Builder) -> None:
    twice = page(f"{OLD}\n\nAnother line.\n\n{OLD}")
    written(docs, "1.0", "2.0", text=twice)
    corrected(docs, "2.0", text=twice.replace(OLD, NEW))
    assert findings(docs, show_all=True) == ()


def test_a_version_that_gets_no_corrections_any_more_is_left_in_peace(docs: Builder) -> None:
    written(docs, "1.0", "2.0")
    for n in range(8):
        corrected(docs, "2.0", text=page(before=f"A filter chooses among all of the items, variant {n}."))
    corrected(docs, "2.0")
    assert findings(docs, show_all=True) == ()


def test_an_edit_nobody_committed_yet(docs: Builder) -> None:
    written(docs, "1.0", "2.0")
    corrected(docs, "2.0")
    docs.write("ref/1.0/filters.md", page("The filter returns all items."))
    assert findings(docs, show_all=True) == ()


def test_a_folder_that_was_renamed_after_the_correction(docs: Builder) -> None:
    written(docs, "1.0", "2.0-preview")
    corrected(docs, "2.0-preview")
    docs.rename("ref/2.0-preview/filters.md", "ref/2.0/filters.md")
    assert [found.path for found in findings(docs)] == ["ref/1.0/filters.md"]


def test_a_page_renamed_in_one_version_has_no_copies(docs: Builder) -> None:
    written(docs, "1.0", "2.0")
    docs.rename("ref/2.0/filters.md", "ref/2.0/filtering.md")
    docs.commit({"ref/2.0/filtering.md": page(NEW)})
    assert findings(docs, show_all=True) == ()


def test_names_that_differ_in_letter_case(docs: Builder) -> None:
    docs.commit({"ref/1.0/Filters.md": page(), "ref/2.0/filters.md": page()})
    corrected(docs, "2.0")
    assert [found.path for found in findings(docs)] == ["ref/1.0/Filters.md"]


def test_a_rename_of_letter_case_alone(docs: Builder) -> None:
    written(docs, "1.0", "2.0")
    corrected(docs, "2.0")
    docs.git("mv", "-f", "ref/2.0/filters.md", "ref/2.0/Filters.md")
    docs.commit()
    (found,) = findings(docs)
    assert found.message.startswith("ref/2.0/Filters.md was corrected")


def test_line_ends_of_windows(docs: Builder) -> None:
    docs.git("config", "core.autocrlf", "false")
    docs.commit({"ref/1.0/filters.md": page(end="\r\n"), "ref/2.0/filters.md": page()})
    corrected(docs, "2.0")
    (found,) = findings(docs)
    assert found.fix is not None
    assert apply(page(end="\r\n"), found.fix.edits) == page(NEW, end="\r\n")


def test_pages_that_are_no_utf_8(docs: Builder) -> None:
    latin = page(before="Ein Filter wählt aus.").encode("latin-1")
    docs.commit({"ref/1.0/filters.md": page(), "ref/2.0/filters.md": latin})
    docs.commit({"ref/2.0/filters.md": latin.replace(b"matchs", b"matches")})
    assert findings(docs, show_all=True) == ()
    assert "is not UTF-8" in notices(docs)


def test_a_line_that_was_no_utf_8_when_it_was_corrected(docs: Builder) -> None:
    said = "The filter returns every item that matchs the given pattern 'ä'."
    bad = page(said).encode("latin-1")
    docs.commit({"ref/1.0/filters.md": page(said), "ref/2.0/filters.md": bad})
    corrected(docs, "2.0", text=page(said.replace("matchs", "matches")))
    assert findings(docs, show_all=True) == ()


def test_a_correction_on_a_branch_that_was_merged(docs: Builder) -> None:
    written(docs, "1.0", "2.0")
    docs.git("switch", "-q", "-c", "fix")
    commit = corrected(docs, "2.0")
    docs.git("switch", "-q", "main")
    docs.commit({"README.md": "# Docs\n"})
    docs.merge("fix")
    (found,) = findings(docs)
    assert found.evidence[0].source == f"commit {commit[:10]}"


def test_shallow_and_partial_clones_say_what_they_lack(docs: Builder, tmp_path: Path) -> None:
    written(docs, "1.0", "2.0")
    corrected(docs, "2.0")
    docs.commit({"README.md": "# Docs\n"})
    shallow = docs.clone(tmp_path / "shallow", "--depth=1")
    assert findings(shallow, show_all=True) == ()
    assert "run `git fetch --unshallow`" in notices(shallow)
    partial = docs.clone(tmp_path / "partial", "--filter=blob:none")
    missing = partial.missing()
    assert findings(partial, show_all=True) == ()
    assert "clone without `--filter`" in notices(partial)
    assert partial.missing() == missing


def test_a_damaged_history_says_so(docs: Builder) -> None:
    written(docs, "1.0", "2.0", text=page("Something else that stood there before."))
    lost = docs.blob("HEAD", "ref/1.0/filters.md")
    written(docs, "1.0", "2.0")
    corrected(docs, "2.0")
    docs.lose(lost)
    assert [found.path for found in findings(docs)] == ["ref/1.0/filters.md"]
    assert "run `git fsck`" in notices(docs)


def test_what_was_read_is_kept_and_a_new_commit_read_anew(docs: Builder) -> None:
    written(docs, "1.0", "2.0", "3.0")
    options = ScanOptions(only=("sibling-drift",), jobs=1)
    assert scan(docs.root, options).report.findings == ()
    corrected(docs, "2.0", "3.0")
    (first,) = scan(docs.root, options).report.findings
    docs.write("ref/1.0/other.md", "# Other\n")
    assert scan(docs.root, options).report.findings == (first,)
