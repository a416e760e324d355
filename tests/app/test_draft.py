"""The verb `draft` on real repositories: what is written, byte for byte, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docbot.app import Drafts, Scan, ScanOptions, apply_drafts, draft, scan
from docbot.errors import StoppedError, UsageError
from docbot.markdown import Document
from docbot.reporters import Options, jsonl
from docbot.text import Edit, Span, apply
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


def drafted(root: Path, source: Path | None = None, **options: object) -> tuple[Scan, Drafts]:
    scanned = scan(root, ScanOptions(drafting=True, **options))  # type: ignore[arg-type]
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
    """Findings from a file are hostile, and tried again."""

    TEXT = "# Title\n\nOpen the the file, see `code` and [x](b.md).\n\nAnother block.\n"

    @pytest.fixture
    def docs(self, docs: Builder) -> Builder:
        docs.commit({"a.md": self.TEXT, "b.md": "# B\n", "c.md": "# C\n"})
        return docs

    def line(self, docs: Builder, **changed: object) -> dict[str, object]:
        scanned, _ = drafted(docs.root)
        (line,) = jsonl.render(scanned.report, Options())
        read: dict[str, object] = json.loads(line)
        return read | changed

    def edit(self, old: str, new: str) -> dict[str, object]:
        start = self.TEXT.index(old)
        return {"start": start, "end": start + len(old), "line": 1, "column": 1, "old": old, "new": new}

    def made(self, docs: Builder, *lines: dict[str, object], **options: object) -> Drafts:
        file = docs.root.parent / "findings.jsonl"
        file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
        return drafted(docs.root, file, **options)[1]

    def test_what_a_scan_wrote_is_drafted_alike(self, docs: Builder, tmp_path: Path) -> None:
        scanned, expected = drafted(docs.root)
        file = findings_file(scanned, tmp_path / "findings.jsonl")
        assert drafted(docs.root, file)[1] == expected
        assert [one.passed for one in expected.drafts] == [True]

    def test_a_page_that_changed_since_is_a_notice(self, docs: Builder) -> None:
        line = self.line(docs)
        docs.write("a.md", f"More.\n\n{self.TEXT}")
        made = self.made(docs, line, line)
        assert made.drafts == ()
        assert [notice.text for notice in made.notices] == ["a.md no longer reads as in the file: scan again"]

    def test_findings_of_another_repository_are_notices(self, docs: Builder) -> None:
        line = self.line(docs)
        made = self.made(docs, line | {"path": "elsewhere/x.md"}, line | {"path": "elsewhere/x.md"})
        assert [notice.text for notice in made.notices] == ["elsewhere/x.md is no page here: scan again"]
        assert (made.drafts, made.undrafted) == ((), 0)

    def test_a_page_that_was_deleted_since_is_a_notice(self, docs: Builder) -> None:
        line = self.line(docs)
        (docs.root / "a.md").unlink()
        assert self.made(docs, line).notices[0].text == "a.md is no page here: scan again"

    @pytest.mark.parametrize(
        ("extra", "gate"),
        [
            (("Another", "No other"), "inside-block"),
            (("Title", "Entitled"), "inside-block"),
            (("`code`", "`rm -rf`"), "same-code"),
            (("b.md", "c.md"), "same-links"),
            ((", see", ", <script>see</script>"), "same-markup"),
            (("file", "file\n\n# New"), "same-structure"),
            (("file", "file a a"), "nothing-new"),
        ],
    )
    def test_a_fix_that_does_more_than_it_should_is_refused(
        self, docs: Builder, extra: tuple[str, str], gate: str
    ) -> None:
        line = self.line(docs)
        edits = [self.edit("the the", "the"), self.edit(*extra)]
        made = self.made(docs, line | {"fix": {"title": "t", "applicability": "safe", "edits": edits}})
        (one,) = made.drafts
        assert one.refusal.partition(":")[0] == gate

    def test_a_finding_nobody_makes_is_refused(self, docs: Builder) -> None:
        fix = {"title": "t", "applicability": "safe", "edits": [self.edit("Another", "No")]}
        place = self.TEXT.index("Another")
        line = self.line(docs, start=place, end=place + 7, excerpt="Another", fix=fix)
        for rule in ("doubled-word", "no-such-rule"):
            (one,) = self.made(docs, line | {"rule": rule}).drafts
            assert one.refusal.startswith("finding-gone")

    def test_rules_that_were_not_asked_for_judge_all_the_same(self, docs: Builder) -> None:
        line = self.line(docs)
        edits = [self.edit("the the", "the <name>")]
        hostile = line | {"fix": {"title": "t", "applicability": "safe", "edits": edits}}
        (one,) = self.made(docs, hostile, only=("doubled-word",)).drafts
        assert "nothing-new" in [verdict.gate for verdict in one.verdicts if not verdict.passed]

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


def test_several_findings_on_a_line_are_all_fixed(docs: Builder) -> None:
    docs.commit({"a.md": "Open the the file and and the <name> in [x](B.md) of of it.\n", "b.md": "# B\n"})
    scanned, made = drafted(docs.root)
    assert [one.passed for one in made.drafts] == [True] * 5
    apply_drafts(scanned, made)
    assert (docs.root / "a.md").read_text("utf-8") == "Open the file and the \\<name> in [x](b.md) of it.\n"
    assert made.texts == {"a.md": "Open the the file and and the <name> in [x](B.md) of of it.\n"}
    assert made.boms == frozenset()
