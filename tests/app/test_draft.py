"""The verb `draft` on real repositories: what is written, byte for byte, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.app import Drafts, Scan, ScanOptions, apply_drafts, draft, scan
from docbot.errors import StoppedError, UsageError
from docbot.markdown import Document
from docbot.reporters import Options, jsonl
from docbot.text import Edit, Span, apply
from docbot.types import Author
from tests.helpers.git import Builder

MOVED = "# Guide\n\nA page that moves.\n" + "Some more words.\n" * 20
BOM = b"\xef\xbb\xbf"

# Each page, and the bytes that an edit may change in it, in the order of the page.
EDITS: tuple[tuple[bytes, bytes], ...] = ((b"the the", b"the"), (b"(old.md", b"(guides/new.md"))
SENTENCE = b"Open the the file, see [x](old.md).\n"
FORMS: dict[str, bytes] = {
    "lf.md": b"# Title\n\n" + SENTENCE,
    "crlf.md": b"# Title\r\n\r\n" + SENTENCE.replace(b"\n", b"\r\n"),
    "mixed.md": b"# Title\n\r\nOpen the the file,\r\nsee [x](old.md).\n\rEnd\r\n\n",
    "cr.md": b"# Title\r\r" + SENTENCE.replace(b"\n", b"\r"),
    "bom.md": BOM + b"# Title\n\n" + SENTENCE,
    "bom-crlf.md": BOM + b"---\r\ntitle: x\r\n---\r\n\r\n" + SENTENCE.replace(b"\n", b"\r\n"),
    "no-end.md": b"# Title\n\n" + SENTENCE.rstrip(b".\n"),
    "many-ends.md": b"\n\n# Title\n\n" + SENTENCE + b"\n\n\n",
    "spaces.md": b"# Title  \n \n   " + SENTENCE.replace(b"\n", b"  \n") + b"More.   \n\t\n",
    "tabs.md": b"# Title\t\n\n-\t" + SENTENCE.replace(b", ", b",\t") + b"\t\n\tcode\t\n",
    "wide.md": "# Tïtlé\n\n\u2028\u0085 😀 e\u0301 ".encode() + SENTENCE + "\u00a0\u200b\ufeff.\n".encode(),
    "front.md": b"---\nz: 1\na:   2 # c\nms.date: 01/02/2020\n\nb : [ x,y ]\n---\n" + SENTENCE,
    "odd.md": b"Title\n=====\n\n* * *\n*  a\n\n+ b\n\n1) " + SENTENCE + b"\n\n|a|b\n|-|-\n|1|2\n",
    "controls.md": b"# Title\n\nA \x0b\x0c\x1c\x7f " + SENTENCE,
}  # fmt: skip


def expected(data: bytes) -> bytes:
    for old, new in EDITS:
        assert data.count(old) == 1
        data = data.replace(old, new)
    return data


def drafted(root: Path, source: Path | None = None, **options: Any) -> tuple[Scan, Drafts]:
    scanned = scan(root, ScanOptions(drafting=True, **options))
    return scanned, draft(scanned, source)


def findings_file(scanned: Scan, place: Path) -> Path:
    place.write_text("".join(jsonl.render(scanned.report, Options())), "utf-8")
    return place


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages in every form, after all drafts were applied."""
    docs = Builder.init(tmp_path_factory.mktemp("forms"))
    docs.commit({"old.md": MOVED, ".gitattributes": "*.md -text\n", **FORMS})
    docs.rename("old.md", "guides/new.md")
    scanned, made = drafted(docs.root)
    assert made.held == ()
    assert [one.refusal for one in made.drafts if not one.passed] == []
    assert apply_drafts(scanned, made) == sorted(FORMS)
    return docs.root


@pytest.mark.parametrize("name", FORMS)
def test_t22_only_the_spans_differ(forms: Path, name: str) -> None:
    assert (forms / name).read_bytes() == expected(FORMS[name])


def test_t22_no_other_file_is_touched(forms: Path) -> None:
    changed = Builder(forms).git("-c", "core.quotePath=off", "status", "--porcelain").split("\n")
    assert sorted(line[3:] for line in changed) == sorted(FORMS)
    assert {line[:3] for line in changed} == {" M "}
    assert {line.partition("\t")[0] for line in Builder(forms).git("diff", "--numstat").split("\n")} <= {
        "1",
        "2",
    }


def test_a_second_run_has_nothing_to_do(forms: Path) -> None:
    scanned, made = drafted(forms)
    assert (made.drafts, made.held, made.undrafted) == ((), (), 0)
    assert apply_drafts(scanned, made) == []


_EDITS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 4), st.text("ab é\r\n😀", max_size=3)), max_size=3
)


@settings(max_examples=150)
@given(st.text("ab é\r\n\t😀\ufeff", max_size=30), st.booleans(), _EDITS)
def test_d2_bytes_outside_of_the_edits_are_kept(
    text: str, bom: bool, places: list[tuple[int, int, str]]
) -> None:
    data = (BOM if bom else b"") + text.lstrip("\ufeff").encode()
    page = Document.read("a.md", data)
    edits: list[Edit] = []
    for start, length, new in places:
        edit = Edit(Span(min(start, len(page.text)), min(start + length, len(page.text))), new)
        if edit not in edits and not any(edit.conflicts(other) for other in edits):
            edits.append(edit)
    by_hand, at = (BOM if bom else b""), 0
    for edit in sorted(edits):
        by_hand += page.text[at : edit.span.start].encode() + edit.replacement.encode()
        at = edit.span.end
    assert page.bytes_of(apply(page.text, edits)) == by_hand + page.text[at:].encode()
    assert page.bytes_of(page.text) == data


class TestFrom:
    """A file of findings is hostile: it chooses among the scan's own, and supplies nothing."""

    TEXT = "# Title\n\nOpen the the file, see `code` and [x](b.md).\n\nAnother block.\n"

    @pytest.fixture
    def docs(self, docs: Builder) -> Builder:
        docs.commit({"a.md": self.TEXT, "b.md": "# B\n", "c.md": "# C\n"})
        return docs

    def line(self, docs: Builder, **changed: Any) -> dict[str, object]:
        scanned, _ = drafted(docs.root)
        (line,) = jsonl.render(scanned.report, Options())
        read: dict[str, object] = json.loads(line)
        return read | changed

    def edit(self, old: str, new: str) -> dict[str, object]:
        start = self.TEXT.index(old)
        return {"start": start, "end": start + len(old), "line": 1, "column": 1, "old": old, "new": new}

    def made(self, docs: Builder, *lines: dict[str, object], **options: Any) -> Drafts:
        file = docs.root.parent / "findings.jsonl"
        file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
        return drafted(docs.root, file, **options)[1]

    def test_what_a_scan_wrote_is_drafted_alike(self, docs: Builder, tmp_path: Path) -> None:
        scanned, expected = drafted(docs.root)
        file = findings_file(scanned, tmp_path / "findings.jsonl")
        assert drafted(docs.root, file)[1] == expected
        assert [one.passed for one in expected.drafts] == [True]

    def test_what_moved_since_is_found_again(self, docs: Builder) -> None:
        line = self.line(docs)
        docs.write("a.md", f"More.\n\n{self.TEXT}")
        made = self.made(docs, line, line)
        assert [(one.finding.span.start, one.passed) for one in made.drafts] == [(21, True)]
        assert made.notices == ()

    def test_what_is_no_longer_found_is_a_notice(self, docs: Builder) -> None:
        line = self.line(docs)
        docs.write("a.md", self.TEXT.replace("the the", "the"))
        elsewhere = line | {"path": "elsewhere/x.md"}
        made = self.made(docs, line, elsewhere, elsewhere)
        assert [notice.text for notice in made.notices] == [
            "a.md: doubled-word no longer finds what the file says: scan again",
            "elsewhere/x.md: doubled-word no longer finds what the file says: scan again",
        ]
        assert (made.drafts, made.undrafted) == ((), 0)

    def test_words_and_evidence_of_the_file_count_for_nothing(self, docs: Builder) -> None:
        edits = [self.edit("the the", "an evil"), self.edit("b.md", "https://evil.example")]
        evidence = [{"kind": "redirection", "source": "x.json:1", "detail": "made up"}]
        fix = {"title": "t", "applicability": "safe", "edits": edits}
        forged = self.line(docs) | {"fix": fix, "evidence": evidence, "confidence": 1.0, "message": "m"}
        (one,) = self.made(docs, forged).drafts
        (own,) = drafted(docs.root)[1].drafts
        assert one == own

    def test_a_finding_nobody_makes_is_a_notice(self, docs: Builder) -> None:
        line = self.line(docs) | {"fingerprint": "0123456789abcdef"}
        made = self.made(docs, line, line | {"rule": "no-such-rule"})
        assert (made.drafts, len(made.notices)) == ((), 2)

    def test_a_file_that_cannot_be_read_or_is_none_of_ours(self, docs: Builder, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"can't be read \(.+\): name a file of findings"):
            drafted(docs.root, tmp_path / "none.jsonl")
        for text in ("no json", '{"kind": "finding"}', "[1, 2]", "\x00"):
            file = tmp_path / "x.jsonl"
            file.write_text(text, "utf-8")
            with pytest.raises(UsageError, match=r"line 1 of x\.jsonl can't be used"):
                drafted(docs.root, file)


def test_a_page_that_is_deleted_between_scan_and_draft_is_a_notice(docs: Builder) -> None:
    docs.commit({"a.md": "Open the the file.\n", "b.md": "Open the the file.\n"})
    scanned = scan(docs.root, ScanOptions(drafting=True))
    (docs.root / "a.md").unlink()
    made = draft(scanned)
    assert [one.finding.path for one in made.drafts] == ["b.md"]
    assert "a.md can't be read" in made.notices[0].text
    assert apply_drafts(scanned, made) == ["b.md"]
    assert not (docs.root / "a.md").exists()


def test_somebodys_work_is_never_overwritten(docs: Builder) -> None:
    docs.commit({"a.md": "Open the the file.\n"})
    scanned, made = drafted(docs.root)
    docs.write("a.md", "Somebody's work.\n")
    with pytest.raises(StoppedError, match="run docbot again"):
        apply_drafts(scanned, made)
    assert (docs.root / "a.md").read_bytes() == b"Somebody's work.\n"


def test_refused_drafts_are_not_written(docs: Builder) -> None:
    text = "# Open the the file\n\nSee [x](#open-the-the-file).\n"
    docs.commit({"a.md": text})
    scanned, made = drafted(docs.root)
    assert [one.refusal.partition(":")[0] for one in made.drafts] == ["same-anchors"]
    assert apply_drafts(scanned, made) == []
    assert (docs.root / "a.md").read_text("utf-8") == text


def test_what_a_model_wrote_is_written_only_after_a_person_looked(docs: Builder) -> None:
    docs.commit({"a.md": "Open the the file.\n", "b.md": "Open the the file.\n"})
    scanned, made = drafted(docs.root)
    first, second = made.drafts
    assert first.safe and second.safe
    # Even where it says of itself that it is safe.
    generated = replace(first, author=Author("a-model", "0123456789abcdef"))
    made = replace(made, drafts=(generated, second))
    assert apply_drafts(scanned, made) == ["b.md"]
    assert (docs.root / "a.md").read_text("utf-8") == "Open the the file.\n"
    scanned, made = drafted(docs.root)
    generated = replace(made.drafts[0], author=generated.author)
    assert apply_drafts(scanned, replace(made, drafts=(generated,)), unsafe=True) == ["a.md"]


def test_several_findings_on_a_line_are_all_fixed(docs: Builder) -> None:
    docs.commit({"a.md": "Open the the file and and the <name> in [x](B.md) of of it.\n", "b.md": "# B\n"})
    scanned, made = drafted(docs.root)
    assert [one.passed for one in made.drafts] == [True] * 5
    apply_drafts(scanned, made)
    assert (docs.root / "a.md").read_text("utf-8") == "Open the file and the <name> in [x](b.md) of it.\n"
    scanned, made = drafted(docs.root)
    assert apply_drafts(scanned, made) == []
    assert apply_drafts(scanned, made, unsafe=True) == ["a.md"]
    assert (docs.root / "a.md").read_text("utf-8") == "Open the file and the \\<name> in [x](b.md) of it.\n"
    assert made.texts == {"a.md": "Open the file and the <name> in [x](b.md) of it.\n"}
    assert made.boms == frozenset()


def test_questions_come_beside_the_drafts(docs: Builder) -> None:
    pages = {f"p{n}.md": "See [the guide](a.md).\n" * 30 for n in range(2)}
    docs.commit({"a.md": "# The guide\n\nOpen the the file.\n", "b.md": "Click [here](a.md).\n", **pages})
    scanned, made = drafted(docs.root)
    assert [one.finding.path for one in made.drafts] == ["a.md"]
    (asked,) = made.questions
    assert asked.question is not None
    assert (asked.path, asked.question.choices, made.undrafted) == ("b.md", ("The guide",), 0)
    assert made.texts["b.md"] == "Click [here](a.md).\n"
    assert apply_drafts(scanned, made, unsafe=True) == ["a.md"]
