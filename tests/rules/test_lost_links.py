"""Links whose page is gone: redirected, renamed, deleted, or written in another letter case."""

from __future__ import annotations

import json

import pytest

from docbot.site.docset import PUBLISH_CONFIG
from docbot.text import apply
from docbot.types import Applicability
from tests.rules.link_pages import found, given, summary


@pytest.mark.parametrize(
    ("text", "target", "fixed"),
    [
        ("[x](old.md)", "/docs/other", "other.md"),
        ("[x](OLD.md)", "/docs/other", "other.md"),
        ("[x](./old.md#first-step)", "/docs/other", "./other.md#first-step"),
        ("[x](old.md#lost)", "/docs/other", "other.md"),
        ("[x](old.md#lost)", "/docs/other#first-step", "other.md#first-step"),
        ("[x](old.md#first-step)", "/docs/other#stale", "other.md#first-step"),
        ("[x](old.md?view=y#first-step)", "/docs/other", "other.md?view=y#first-step"),
        ("[x](old.md)", "/en-us/docs/other", "other.md"),
        ("[x](old.md)", "https://docs.microsoft.com/en-us/docs/other", "other.md"),
        ("[x](old.md#a)", "/docs/start", "start.yml#a"),
        ("[x](old)", "/docs/other", "other.md"),
        ("[x][1]\n\n[1]: <old.md> 'title'", "/docs/other", "other.md"),
        # It leaves the docset: a path of the site stays one.
        ("[x](old.md#a?b)", "/azure/new", "/azure/new#a%3Fb"),
        ("[x](old.md?view=y#a)", "/azure/new", "/azure/new#a"),
        ("[x](old.md)", "/en-us/azure/new#b", "/azure/new#b"),
        ("[x](old.md)", "https://learn.microsoft.com/en-us/azure/new", "/azure/new"),
        ("[x](old.md#a)", "https://example.com/en-us/new", "https://example.com/en-us/new#a"),
        ("[x](old.md)", "/docs/other?view=two#b", "/docs/other?view=two#b"),
        # The link was a path of the site, or a whole URL.
        ("[x](/docs/old#first-step)", "/docs/other", "/docs/other#first-step"),
        ("[x](/docs/OLD/?view=y#lost)", "/docs/other", "/docs/other?view=y"),
        ("[x](/docs/old?view=y)", "/docs/other?view=z", "/docs/other?view=z"),
        ("[x](/docs/old?view=y)", "/azure/new", "/azure/new"),
        (
            "[x](https://learn.microsoft.com/docs/old)",
            "/docs/other",
            "https://learn.microsoft.com/docs/other",
        ),
        ("[x](https://learn.microsoft.com/en-us/docs/old)", "/docs/other", "/docs/other"),
        ("[x](https://docs.microsoft.com/docs/old#lost)", "/docs/other", "/docs/other"),
        (
            "[x](http://docs.microsoft.com/en-us/docs/old)",
            "https://example.com/new",
            "https://example.com/new",
        ),
    ],
)
def test_redirected_link(text: str, target: str, fixed: str) -> None:
    findings = found(text, given(redirections={"old.md": target}))
    assert summary(findings) == [("redirected-link", fixed)]
    assert findings[0].fix is not None
    # A heading that the new page doesn't have is left out, and a person looks at that.
    drops = "#lost" in text and "#" not in fixed
    expected = Applicability.UNSAFE if drops else Applicability.SAFE
    assert findings[0].fix.applicability is expected
    assert summary(found(apply(text, findings[0].fix.edits), given(redirections={"old.md": target}))) == []


def test_a_redirection_that_history_confirms_or_contradicts() -> None:
    agreeing = given(redirections={"old.md": "/docs/other"}, renames={"old.md": "other.md"})
    findings = found("[x](old.md)", agreeing)
    assert summary(findings) == [("redirected-link", "other.md")]
    assert [evidence.kind.value for evidence in findings[0].evidence] == ["redirection", "rename"]
    contrary = given(redirections={"old.md": "/docs/other"}, renames={"old.md": "Guides/Setup.md"})
    findings = found("[x](old.md)", contrary)
    assert summary(findings) == [("redirected-link", None)]
    assert findings[0].question is not None
    assert findings[0].question.choices == ("other.md", "Guides/Setup.md")


def test_a_page_redirected_to_the_page_that_links_to_it_is_asked_about() -> None:
    findings = found("# Page\n\n[x](old.md)\n\n## Part", given(redirections={"old.md": "/docs/page"}))
    assert summary(findings) == [("redirected-link", None)]
    assert findings[0].question is not None
    assert "this page itself" in findings[0].question.text
    text = "# Page\n\n[x](old.md#part)\n\n## Part"
    assert summary(found(text, given(redirections={"old.md": "/docs/page"}))) == [
        ("redirected-link", "#part")
    ]


@pytest.mark.parametrize(
    ("text", "redirections"),
    [
        ("[x](old.md) [y](/docs/old)", {"old.md": "/docs/old"}),
        ("[x](old.md)", {"old.md": "/docs/older", "older.md": "/docs/old"}),
        ("[x](/docs/old)", {"old.md": "/docs/old?view=two"}),
        ("[x](other.md) [y](/docs/other)", {"other.md": "/azure/new"}),
        ("[x](/docs/start)", {"start.md": "/azure/new"}),
        ("[x](old.md)", {"old.md": "nowhere-to-be-found"}),
    ],
)
def test_redirections_that_lead_nowhere_new_are_not_spoken_of(
    text: str, redirections: dict[str, str]
) -> None:
    assert summary(found(text, given(redirections=redirections))) == []


def test_on_a_page_that_is_read_on_github_a_path_of_the_site_gets_its_host() -> None:
    files = {PUBLISH_CONFIG: json.dumps({"docsets_to_publish": [{"build_source_folder": "site"}]})}
    around = given(files={**files, "site/a.md": ""}, redirections={"site/old.md": "/azure/new"})
    assert summary(found("[x](site/old.md) [y](https://docs.microsoft.com/en-us/z)", around)) == [
        ("redirected-link", "https://learn.microsoft.com/azure/new"),
        ("legacy-host-link", "https://learn.microsoft.com/z"),
    ]


def test_a_rename_is_safe_and_a_lost_heading_or_a_unique_name_is_not() -> None:
    around = given(files={"deep/unique.md": "", "new.md": "# New\n\n## Part"}, renames={"old.md": "new.md"})
    findings = found("[x](old.md#part) [y](old.md#lost) [z](unique.md)", around)
    assert summary(findings) == [
        ("file-not-found", "new.md#part"),
        ("file-not-found", "new.md"),
        ("file-not-found", "deep/unique.md"),
    ]
    assert [one.fix and one.fix.applicability.value for one in findings] == ["safe", "unsafe", "unsafe"]
    assert all(one.confidence >= 0.8 for one in findings)


def test_two_kinds_of_evidence_that_disagree_are_a_question() -> None:
    around = given(files={"deep/old.md": "", "new.md": ""}, renames={"old.md": "new.md"})
    findings = found("[x](old.md)", around)
    assert summary(findings) == [("file-not-found", None)]
    assert findings[0].question is not None
    assert findings[0].question.choices == ("new.md", "deep/old.md")


def test_a_deleted_page_is_a_question_with_the_commit_and_the_nearest_names_are_no_fix() -> None:
    around = given(files={"setting-up.md": "", "other-page.md": ""})
    findings = found("[x](settings-up.md)", around, deletions={"settings-up.md": "2023-05-01"})
    assert summary(findings) == [("file-not-found", None)]
    assert findings[0].evidence[0].detail == "settings-up.md was deleted on 2023-05-01"
    assert findings[0].question is not None
    assert findings[0].question.choices == ("setting-up.md",)


def test_a_page_renamed_to_what_is_gone_too_was_once_there() -> None:
    findings = found("[x](old.md)", given(renames={"old.md": "newer.md"}))
    assert (
        findings[0].evidence[0].detail
        == "old.md was renamed to newer.md on 2024-03-01, which isn't here any more"
    )


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("[!INCLUDE [n](includes/old.md)]", "includes/note.md"),
        ("[!code-csharp[Main](code/old.cs?name=x)]", "code/a.cs?name=x"),
        ("[!code-csharp[Main](code/old.cs#L1-L3)]", "code/a.cs#L1-L3"),
        (':::code language="csharp" source="code/old.cs" id="x":::', "code/a.cs"),
        (':::image type="icon" source="media/old.png":::', "media/window.png"),
        ("![x](media/old.png 'title')", "media/window.png"),
    ],
)
def test_includes_snippets_and_images_follow_a_rename(text: str, fixed: str) -> None:
    renames = {
        "includes/old.md": "includes/note.md",
        "code/old.cs": "code/a.cs",
        "media/old.png": "media/window.png",
    }
    assert summary(found(text, given(renames=renames))) == [("file-not-found", fixed)]


def test_what_never_was_is_shown_only_where_the_build_would_say_so() -> None:
    for text, shown in (
        ("[x](gone.md)", True),
        ("![x](gone.png)", True),
        ("[x](gone)", False),
        ("[x](none.cs)", False),
    ):
        assert [one.confidence >= 0.8 for one in found(text)] == [shown]
    assert found("[x](gone.md) ![y](gone.png)", given(learn=False)) == []


def test_a_page_beside_the_docset_is_not_built() -> None:
    config = {PUBLISH_CONFIG: json.dumps({"docsets_to_publish": [{"build_source_folder": "site"}]})}
    assert found("[x](gone.md) [y](#gone-too)", given(files=config))[0].confidence < 0.8
    assert summary(found("[x](other)", given(files=config))) == []


def test_the_extension_of_a_page() -> None:
    assert summary(found("[x](other#first-step)")) == [("file-not-found", "other.md#first-step")]
    assert summary(found("![x](other)")) == []
    assert summary(found("[x](other)", given(learn=False))) == []


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("Other.md", "other.md"),
        ("guides/Setup.md#first", "Guides/Setup.md#first"),
        ("./GUIDES/SETUP.md?a#lost", "./Guides/Setup.md?a#lost"),
        ("Guides/../Guides/setup.md", "Guides/../Guides/Setup.md"),
        ("~/guides/setup.md", "Guides/Setup.md"),
        ("Media\\Window.png", "media/window.png"),
    ],
)
def test_wrong_case(written: str, fixed: str) -> None:
    text = f"See [it]({written})."
    findings = found(text)
    assert summary(findings) == [("wrong-case-link", fixed)]


def test_two_files_that_differ_in_letter_case_alone_are_not_guessed_at() -> None:
    assert found("[x](TWO.md)", given(files={"Two.md": "", "two.md": ""})) == []


def test_letter_case_of_includes_and_snippets_is_the_builds_business() -> None:
    assert found("[!INCLUDE [n](Includes/Note.md)] [!code-csharp[Main](Code/A.cs)]") == []
