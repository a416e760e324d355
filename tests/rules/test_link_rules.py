"""The link rules, end to end: what all of them say of a page, and above all what they don't."""

from __future__ import annotations

import pytest

from docbot.config import Config
from docbot.engine import settle
from docbot.testing import PAGE, documents
from docbot.text import apply
from tests.rules.link_pages import NAMES, RULES, found, given, summary


def test_these_are_all_the_link_rules() -> None:
    assert {rule.name for rule in RULES} >= NAMES


SILENT = [
    # Dialect of Learn.
    "# [Windows](#tab/windows)\n\nText.\n\n# [Linux](#tab/linux)\n\nText.\n\n---\n",
    "See [tab](#tab/windows), [two](#tab/one+two/three).",
    "[![alt](media/window.png)](media/window.png#lightbox)",
    ':::image type="content" source="media/window.png" lightbox="media/window.png":::',
    "[!INCLUDE [note](includes/note.md)] [!INCLUDE [note](~/includes/NOTE.md)]",
    "[!code-csharp[Main](code/a.cs?name=main&highlight=1-3)] [!code-csharp[Main](code/a.cs#L1-L3)]",
    ':::code language="csharp" source="~/code/a.cs" range="2-24,26":::',
    '[!code-csharp[Main](~/powershell-samples/none.cs)] :::code source="~/none/b.cs":::',
    "[a](xref:System.String) <xref:System.String?displayProperty=name> @System.String",
    "[top](#top) [self](?view=x) [empty]() [landing](start.md) [landing](start.yml#anything)",
    # What is no link.
    "`[x](gone.md)`\n\n```md\n[x](gone.md) ![y](gone.png) <https://docs.microsoft.com/x>\n```\n",
    "Text.\n\n    [x](gone.md) ![y](gone.png)\n",
    "<!-- [x](gone.md) [y](https://docs.microsoft.com/x) -->",
    "---\ntitle: x\nonline version: https://docs.microsoft.com/en-us/x?view=y\n---\n\nText.",
    "---\nonline version: https://learn.microsoft.com/en-us/x\nurl: [x](gone.md)\n---\n",
    "\\[x](gone.md)",
    # Elsewhere.
    "[x](https://example.com/gone.md) [x](//example.com/gone.md) [x](mailto:a@example.com) [x](tel:1)",
    "![x](data:image/png;base64,aGk=) [x](C:/gone.md) [x](../gone.md) [x](..)",
    "[x]({{ site.url }}/gone.md) [x]({% link gone.md %}) [x](${x}/gone.md) [x](<%= x %>/gone.md)",
    "[x](media/) [x](Media) [x](gone/)",
    "[x](/docs/anything#at-all) [x](/other/site)",
    "https://learn.microsoft.com/azure [x](https://learn.microsoft.com/azure/a?view=b)",
    "https://review.docs.microsoft.com/en-us/x https://docs.microsoft.com.example.com/x",
    # What is there.
    "[x](other.md) [x](./other.md#first-step) [x](Guides/Setup.md#first) [x][1]\n\n[1]: other.md#other",
]


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_said_of(text: str) -> None:
    assert summary(found(text)) == []


def test_protected_and_suppressed_links_are_hidden() -> None:
    text = """[//]: # (START>DO_NOT_EDIT)

[x](gone.md) [y](https://docs.microsoft.com/x)

[//]: # (END>DO_NOT_EDIT)

<!-- docbot: ignore file-not-found kept as an example -->
[x](gone.md)
"""
    around = given()
    findings = found(text, around)
    outlines = {PAGE: documents(text, around)[PAGE].outline}
    settled = settle(findings, outlines, Config(), ran=frozenset(NAMES))
    assert settled.findings == ()
    assert settled.hidden == {"protected": 2, "suppressed": 1}


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("[x](gone.md)", {}),
        ("[x](setup) [x](setup/) [x](../setup/) [x](setup.html)", {"deep/setup.md": ""}),
        ("![x](img/a.png)", {"static/img/a.png": ""}),
        ("[x](guide/one.md)", {"content/guide/one.md": ""}),
        ("[x](@site/docs/one.md) [x](@/one.md)", {"docs/deep/one.md": ""}),
        ("[x](other.md#second-step)", {}),
        ("[x](license)", {"LICENSE": ""}),
    ],
)
def test_beside_learn_nothing_is_said_without_evidence(text: str, files: dict[str, str]) -> None:
    findings = found(text, given(files=files, learn=False))
    assert [one for one in findings if one.confidence >= 0.8] == []


def test_beside_learn_evidence_speaks() -> None:
    around = given(
        files={"guides/new.md": "# New", "deep/down/unique.md": ""},
        renames={"old.md": "guides/new.md"},
        headings={"other.md#Step one": "First step"},
        learn=False,
    )
    text = "[a](old.md) [b](unique.md) [c](guides/setup.md#first) [d](other.md#step-one)"
    findings = found(text, around)
    assert summary(findings) == [
        ("file-not-found", "guides/new.md"),
        ("file-not-found", "deep/down/unique.md"),
        ("wrong-case-link", "Guides/Setup.md#first"),
        ("bookmark-not-found", "other.md#first-step"),
    ]
    assert all(one.confidence >= 0.8 for one in findings)


def test_beside_learn_an_image_that_moved_to_where_its_generator_looks_is_not_lost() -> None:
    renames = {"img/a.png": "static/img/a.png", "b.png": "pictures/b.png"}
    files = {"static/img/a.png": "", "pictures/b.png": ""}
    findings = found("![x](img/a.png) ![y](b.png)", given(files=files, renames=renames, learn=False))
    assert summary(findings) == [("file-not-found", "pictures/b.png")]


def test_beside_learn_a_deleted_page_is_a_question_unless_another_language_has_it() -> None:
    gone = {"de/news.md": "2023-05-01"}
    findings = found("[x](de/news.md)", given(learn=False), deletions=gone)
    assert summary(findings) == [("file-not-found", None)]
    assert (
        summary(found("[x](de/news.md)", given(files={"en/news.md": ""}, learn=False), deletions=gone)) == []
    )


EVERYTHING = given(
    files={"deep/down.md": "# Down", "new.md": "# New"},
    redirections={"old.md": "/docs/new", "gone/away.md": "/azure/x"},
    renames={"moved.md": "new.md", "gone/away.md": "new.md"},
    headings={"other.md#First part": "First step"},
)
LEARN = "https://learn.microsoft.com"
DESTINATIONS = [
    f"{prefix}{name}{fragment}"
    for prefix in ("", "./", "/docs/", "https://docs.microsoft.com/en-us/docs/", f"{LEARN}/de-de/docs/")
    for name in ("old.md", "OLD.md", "moved.md", "other.md", "Other.md", "other", "down.md", "gone/away")
    for fragment in ("", "#first-part", "#First-Step", "#tab/x")
]  # fmt: skip


@pytest.mark.parametrize("form", ["[x]({})", "![x]({})", "[x]: {}", "<{}>", '[x](<{}> "t")'])
def test_no_link_is_reported_by_two_rules(form: str) -> None:
    for destination in DESTINATIONS:
        findings = found(form.format(destination), EVERYTHING)
        assert len(findings) <= 1, (destination, summary(findings))


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_a_fix_leaves_nothing_to_fix_but_a_lost_place(destination: str) -> None:
    text = f"See [x]({destination}).\n"
    for finding in found(text, EVERYTHING):
        if finding.fix is None:
            continue
        again = found(apply(text, finding.fix.edits), EVERYTHING)
        assert {one.rule for one in again} <= {"bookmark-not-found", "locale-in-link"}
        assert all(one.span.of(apply(text, finding.fix.edits)) == one.excerpt for one in again)
