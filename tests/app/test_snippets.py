"""`snippet-out-of-range` on real repositories: what code directives ask for, and what their files have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docbot.app import ScanOptions, scan
from docbot.site.docset import PUBLISH_CONFIG
from docbot.site.snippets import ranges, snippet_file
from docbot.types import Finding
from tests.helpers.git import Builder

CONFIG = {PUBLISH_CONFIG: json.dumps({"docsets_to_publish": [{"build_source_folder": "."}]})}
SAMPLE = "one\n// <Greet>\ntwo\n// </Greet>\nfive\n"


def found(root: Path, *, cache: bool = False) -> list[Finding]:
    options = ScanOptions(only=("snippet-out-of-range",), show_all=True, cache=cache, jobs=1)
    return list(scan(root, options).report.findings)


MARKED = [
    ("cs", "// <Greet>\nx\n// </Greet>\n"),
    ("cs", "    //<greet>\n    x\n    //   </GREET>\n"),
    ("cs", "#region Greet\nx\n#endregion\n"),
    ("cs", "#region Outer\n#region Greet\nx\n#endregion Greet\n#endregion\n"),
    ("cpp", "#pragma region Greet\nx\n#pragma endregion\n"),
    ("py", "# <Greet>\nx\n# </Greet>\n"),
    ("ps1", "#<Greet>\r\nx\r\n#</Greet>\r\n"),
    ("xml", "<a>\n<!-- <Greet> -->\n<b/>\n<!-- </Greet> -->\n</a>\n"),
    ("sql", "-- <Greet>\nx\n-- </Greet>\n"),
    ("vb", "' <Greet>\nx\n' </Greet>\n"),
    ("vb", '#Region "Greet"\nx\n#End Region\n'),
    ("bat", "REM <Greet>\nx\nrem </Greet>\n"),
    ("css", "/* <Greet> */\nx\n/* </Greet> */\n"),
    ("lisp", "; <Greet>\nx\n; </Greet>\n"),
    ("erl", "% <Greet>\nx\n% </Greet>\n"),
    ("cs", "// <snippetGreet>\nx\n// </snippetGreet>\n"),
]


def test_a_region_in_the_comments_of_each_language(docs: Builder) -> None:
    files = {f"{n}/a.{name}": text for n, (name, text) in enumerate(MARKED)}
    page = "".join(f"[!code[]({path}?name=Greet)]\n\n[!code[]({path}#Other)]\n\n" for path in files)
    docs.commit({**CONFIG, **files, "page.md": page})
    assert [finding.excerpt for finding in found(docs.root)] == [f"{path}#Other" for path in files]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("// <Open>\nx\n", set()),
        ("// </Closed>\n", set()),
        ("#endregion\n#region\n#endregion\n", {""}),
        ("x = 1 # <NotALine>\n# </NotALine>\n", set()),
        ("// <A><B>\n// </A>\n", set()),
        ("// <two words>\n// </two words>\n", {"twowords"}),
    ],
)
def test_what_is_a_region(text: str, regions: set[str]) -> None:
    assert snippet_file(text).regions == regions


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("1-5,7,9-", ((1, 5), (7, 7), (9, 10**9))),
        ("2", ((2, 2),)),
        (" 2 , 3-4 ", ((2, 2), (3, 4))),
        ("-4", ((1, 4),)),
        ("", ()),
        ("x", ()),
        ("1-2-3", ()),
        ("1,,2", ()),
        ("9" * 30, ()),
    ],
)
def test_ranges(written: str, lines: tuple[tuple[int, int], ...]) -> None:
    assert ranges(written) == lines


ASKED = [
    ("[!code-csharp[](a.cs#L4-L5)]", None),
    ("[!code-csharp[](a.cs#L4-L9)]", False),
    ("[!code-csharp[](a.cs#L6)]", True),
    ("[!code-csharp[](a.cs#L6-)]", True),
    ("[!code-csharp[](a.cs?range=1-2,5-)]", None),
    ("[!code-csharp[](a.cs?range=1-2,6-)]", True),
    ("[!code-csharp[](a.cs?start=6&end=9)]", True),
    ("[!code-csharp[](a.cs?start=2&end=5&highlight=90)]", None),
    ("[!code-csharp[](a.cs?name=Greet&range=90)]", None),
    ("[!code-csharp[](a.cs?name=Gone&highlight=1)]", True),
    ('[!code-csharp[Main](a.cs#Gone "title")]', True),
    (':::code language="csharp" source="a.cs" range="1-5,7":::', True),
    (':::code language="csharp" source="a.cs" id="greet":::', None),
    (':::code language="csharp" source="a.cs" id="gone":::', True),
    (':::code language="csharp" source="a.cs":::', None),
    ("[!code-csharp[](missing.cs#L90)]", None),
    ("`[!code-csharp[](a.cs#L90)]`", None),
]
"""Directives, and whether what is said of them is sure; None where nothing is."""


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_lines_and_regions(docs: Builder, end: str) -> None:
    pages = {f"{n:02}.md": f"# A{end}{end}{directive}{end}" for n, (directive, _) in enumerate(ASKED)}
    docs.commit({**CONFIG, "a.cs": SAMPLE.replace("\n", end), **pages})
    findings = found(docs.root)
    said = {finding.path: finding.confidence >= 0.8 for finding in findings}
    assert [said.get(path) for path in pages] == [sure for _, sure in ASKED]
    assert all(finding.fix is None and finding.question for finding in findings)


def test_where_the_region_went(docs: Builder) -> None:
    docs.commit({**CONFIG, "a.cs": SAMPLE, "page.md": "[!code-csharp[](a.cs?name=Greet)]\n"})
    assert found(docs.root) == []
    moved = docs.commit({"a.cs": "one\nfive\n", "b/c.cs": SAMPLE, "d.cs": "// Greet\n"})
    (finding,) = found(docs.root)
    assert finding.excerpt == "a.cs?name=Greet"
    assert [(one.kind.value, one.source) for one in finding.evidence] == [
        ("source-code", "a.cs"),
        ("history", f"commit {moved[:10]}"),
        ("source-code", "b/c.cs"),
    ]
    assert finding.question is not None
    assert finding.question.choices == ("b/c.cs",)


def test_files_that_nobody_can_read_as_a_sample(docs: Builder) -> None:
    files = {"bin.cs": b"\0" * 100, "huge.cs": b"x\n" * 1_100_000, "wide.cs": SAMPLE.encode("utf-16")}
    page = "".join(f"[!code-csharp[]({name}?name=Other)]\n\n" for name in files)
    docs.commit({**CONFIG, **files, "page.md": page})
    assert [finding.excerpt for finding in found(docs.root)] == ["wide.cs?name=Other"]


def test_a_sample_that_changed_without_a_commit_is_read_again(docs: Builder) -> None:
    docs.commit({**CONFIG, "a.cs": SAMPLE, "page.md": "[!code-csharp[](a.cs?name=Greet)]\n"})
    assert found(docs.root, cache=True) == []
    docs.write("a.cs", "one\n")
    assert len(found(docs.root, cache=True)) == 1
    docs.write("a.cs", SAMPLE)
    assert found(docs.root, cache=True) == []
