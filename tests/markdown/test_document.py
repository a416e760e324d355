"""A page is read from bytes and written back to the same bytes; what can't be read says why."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docbot.errors import UnreadablePageError
from docbot.markdown import Document, KnownDocument, Parser, blob_id
from docbot.markdown.document import BOM, LARGEST_PAGE, decode
from docbot.markdown.nodes import Outline
from docbot.text import Span

_BYTES = st.text().map(str.encode) | st.builds(
    "{}{}{}".format, st.sampled_from(["", BOM, BOM * 2]), st.text(), st.sampled_from(["", "\r\n", "\r", "\n"])
).map(str.encode)
_UTF8_BOM = b"\xef\xbb\xbf"


class TestBytes:
    @given(_BYTES.filter(lambda data: b"\0" not in data))
    def test_come_back_as_they_were(self, data: bytes) -> None:
        page = Document.read("page.md", data)
        assert page.bytes_of(page.text) == data
        assert page.bom is data.startswith(_UTF8_BOM)

    @pytest.mark.parametrize("bom", [b"", _UTF8_BOM])
    @pytest.mark.parametrize("eol", [b"\n", b"\r\n", b"\r"])
    def test_keep_mark_and_line_ends(self, bom: bytes, eol: bytes) -> None:
        data = bom + eol.join([b"# A", b"", b"Text", b""])
        page = Document.read("a/page.md", data)
        assert page.text.startswith("# A")
        assert page.eol.encode() == eol
        assert [heading.text for heading in page.outline.headings] == ["A"]
        assert page.bytes_of(page.text.replace("Text", "Té")) == data.replace(b"Text", "Té".encode())

    def test_front_matter_after_a_mark(self) -> None:
        page = Document.read("page.md", _UTF8_BOM + b"---\r\ntitle: A\r\n---\r\n# B\r\n")
        assert page.outline.meta("title") == "A"
        assert page.front_matter is not None
        assert page.front_matter.span == Span(0, 20)

    def test_only_the_first_mark_is_one(self) -> None:
        assert decode("page.md", _UTF8_BOM * 2 + b"a") == (BOM + "a", True)


class TestLineEnd:
    @pytest.mark.parametrize(
        ("text", "eol"),
        [
            ("", "\n"),
            ("a", "\n"),
            ("a\nb\n", "\n"),
            ("a\r\nb\r\n", "\r\n"),
            ("a\rb\r", "\r"),
            ("a\r\nb\nc\n", "\n"),
            ("a\r\nb\r\nc\n", "\r\n"),
            ("a\r\nb\n", "\n"),
            ("a\rb\r\nc\r\n", "\r\n"),
        ],
    )
    def test_is_the_one_most_lines_have(self, text: str, eol: str) -> None:
        assert Document("page.md", text).eol == eol


class TestBlob:
    @pytest.mark.parametrize(
        "data", [b"", b"# A\n", b"# A\r\n\xef\xbb\xbf", _UTF8_BOM + "# Ä\r日".encode(), b"x" * 70_000]
    )
    def test_is_what_git_calls_the_bytes(self, data: bytes) -> None:
        command = ("git", "hash-object", "--stdin", "--no-filters")
        said = subprocess.run(command, input=data, check=True, capture_output=True).stdout
        assert blob_id(data) == said.decode().strip()
        assert Document.read("page.md", data).blob == blob_id(data)

    def test_of_a_text_is_that_of_its_bytes(self) -> None:
        assert Document("page.md", "# Ä\n").blob == blob_id("# Ä\n".encode())
        assert Document("page.md", "# A\n", bom=True).blob == blob_id(_UTF8_BOM + b"# A\n")


class TestWithText:
    def test_is_the_same_page_with_another_text(self) -> None:
        page = Document.read("a/page.md", _UTF8_BOM + b"# A\n")
        other = page.with_text("# B\n")
        assert (other.path, other.text, other.bom) == ("a/page.md", "# B\n", True)
        assert other.blob == blob_id(_UTF8_BOM + b"# B\n")
        assert [heading.text for heading in other.outline.headings] == ["B"]
        assert [heading.text for heading in page.outline.headings] == ["A"]

    def test_of_the_same_text_has_the_same_blob(self) -> None:
        page = Document.read("page.md", b"# A\r\n")
        assert page.with_text(page.text).blob == page.blob


class TestUnreadable:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (
                b"\x89PNG\r\n\0",
                "page.md holds NUL bytes and is no text: list it under `exclude` in .docbot.toml",
            ),
            (
                "# A\n".encode("utf-16"),
                "page.md holds NUL bytes and is no text: list it under `exclude` in .docbot.toml",
            ),
            (
                b"# A\n\nna\xefve\n",
                "page.md is not UTF-8 (byte 7, line 3): save it as UTF-8 to have it checked",
            ),
            (
                b"\xff",
                "page.md is not UTF-8 (byte 0, line 1): save it as UTF-8 to have it checked",
            ),
            (
                b"\xed\xa0\x80",
                "page.md is not UTF-8 (byte 0, line 1): save it as UTF-8 to have it checked",
            ),
        ],
    )
    def test_says_what_to_do(self, data: bytes, sentence: str) -> None:
        with pytest.raises(UnreadablePageError) as raised:
            Document.read("page.md", data)
        assert str(raised.value) == sentence

    def test_a_page_of_the_largest_size_is_read_and_no_larger_one(self) -> None:
        assert len(Document.read("page.md", b"a" * LARGEST_PAGE).text) == LARGEST_PAGE
        with pytest.raises(UnreadablePageError) as raised:
            Document.read("page.md", b"a" * (LARGEST_PAGE + 1))
        assert str(raised.value) == (
            "page.md has 5,000,001 bytes; docbot reads pages up to 5,000,000: "
            "list it under `exclude` in .docbot.toml"
        )


class TestKnownDocument:
    DATA = _UTF8_BOM + b"# A\r\n\r\nText.\r\n"

    def known(self, now: bytes, outline: Outline | None = None) -> tuple[KnownDocument, list[int]]:
        """A page known by the id of DATA whose file holds `now`, and how often the file was read."""
        reads: list[int] = []

        def load() -> bytes:
            reads.append(1)
            return now

        return KnownDocument("a/page.md", blob_id(self.DATA), outline or Outline(), load), reads

    def test_its_outline_costs_no_reading(self) -> None:
        outline = Document.read("a/page.md", self.DATA).outline
        page, reads = self.known(self.DATA, outline)
        assert page.outline is outline
        assert (page.path, page.name, page.blob) == ("a/page.md", "page.md", blob_id(self.DATA))
        assert reads == []

    def test_its_text_is_read_once_and_is_a_page_like_any(self) -> None:
        page, reads = self.known(self.DATA)
        assert (page.text, page.bom, page.eol) == ("# A\r\n\r\nText.\r\n", True, "\r\n")
        assert [prose.text for prose in page.prose] == ["A", "Text."]
        assert page.bytes_of(page.text) == self.DATA
        assert page.with_text("# B").bytes_of("# B") == _UTF8_BOM + b"# B"
        assert reads == [1]

    def test_raises_when_the_file_has_changed(self) -> None:
        page, _ = self.known(self.DATA.replace(b"A", b"B"))
        for _ in range(2):
            with pytest.raises(UnreadablePageError) as raised:
                assert page.text
            assert str(raised.value) == "a/page.md changed while docbot was reading it: run docbot again"
        with pytest.raises(UnreadablePageError):
            assert page.bom
        with pytest.raises(UnreadablePageError):
            assert page.prose


class TestStructure:
    TEXT = "# A `c`\n\n> - One *two*\n>\n> ```\n> x\n> ```\n\n[r]: y.md\n"

    def test_leaf_at_is_the_innermost_block(self) -> None:
        page = Document("page.md", self.TEXT)
        for part, kind in (("two", "paragraph"), ("# A", "heading"), ("> x", "code"), ("- One", "list_item")):
            start = self.TEXT.index(part)
            leaf = page.leaf_at(Span(start, start + len(part)))
            assert leaf is not None
            assert leaf.kind == kind
        assert page.leaf_at(Span(0, len(self.TEXT))) is None
        whole = page.leaf_at(Span(self.TEXT.index("One"), self.TEXT.index("x")))
        assert whole is not None
        assert whole.kind == "quote"

    def test_inlines_are_in_order(self) -> None:
        page = Document("page.md", self.TEXT)
        spans = [node.span for node in page.inlines() if node.span]
        assert [span.of(self.TEXT) for span in spans] == ["A ", "`c`", "One ", "*two*", "two"]
        assert page.definitions[0].destination == "y.md"
        assert [block.kind for block in page.blocks] == ["heading", "quote"]

    def test_a_shared_parser_changes_nothing(self) -> None:
        parser = Parser()
        alone = Document("page.md", self.TEXT)
        for _ in range(2):
            assert Document("page.md", self.TEXT, parser=parser).outline == alone.outline
        assert alone.name == "page.md"
        assert Document("a/b/c.md", "").name == "c.md"
