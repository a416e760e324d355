"""A page as read: its text, where everything is in it, and what of it is prose."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property

from docbot.errors import UnreadablePageError
from docbot.markdown.nodes import Block, Definition, FrontMatter, Inline, Mask, Outline
from docbot.markdown.outline import outline_of
from docbot.markdown.parser import Parsed, Parser
from docbot.markdown.prose import Prose, masks_of, prose_of
from docbot.text import Span

BOM = "\ufeff"
LARGEST_PAGE = 5_000_000
"""Bytes. Larger files are no pages a person wrote; they are skipped with a notice."""


class Document:
    """One page at one revision. Immutable; what it consists of is worked out when first asked for.

    `path` is POSIX and relative to the repository. `text` is decoded, without byte order mark, with
    its own line ends. `blob` is git's object id of the bytes.
    """

    def __init__(
        self,
        path: str,
        text: str,
        blob: str = "",
        *,
        bom: bool = False,
        parser: Parser | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.bom = bom
        self.blob = blob or blob_id(self._encode(text))
        self._parser = parser

    @classmethod
    def read(cls, path: str, data: bytes, *, parser: Parser | None = None) -> Document:
        """The page that `data` holds.

        Raises UnreadablePageError for what is no text a person wrote: binary, not UTF-8, too large.
        """
        text, bom = decode(path, data)
        return cls(path, text, blob_id(data), bom=bom, parser=parser)

    def _encode(self, text: str) -> bytes:
        return ((BOM if self.bom else "") + text).encode("utf-8")

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.path.rpartition("/")[2]

    def with_text(self, text: str) -> Document:
        """The same page with another text, to see what an edit would change."""
        return Document(self.path, text, bom=self.bom, parser=self._parser)

    def bytes_of(self, text: str) -> bytes:
        """`text` as it is written to this page's file: UTF-8, with the byte order mark it had."""
        return self._encode(text)

    @cached_property
    def parsed(self) -> Parsed:
        return (self._parser or Parser()).parse(self.text)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.parsed.blocks

    @property
    def definitions(self) -> tuple[Definition, ...]:
        return self.parsed.definitions

    @property
    def front_matter(self) -> FrontMatter | None:
        return self.parsed.front_matter

    @cached_property
    def eol(self) -> str:
        """The line end most of the page's lines have; `\\n` where as many have another."""
        crlf = self.text.count("\r\n")
        counts = {
            "\n": self.text.count("\n") - crlf,
            "\r\n": crlf,
            "\r": self.text.count("\r") - crlf,
        }
        return max(counts, key=lambda end: counts[end])

    @cached_property
    def masks(self) -> tuple[Mask, ...]:
        """Everything that is not prose, in the order of the text; ranges may nest."""
        return masks_of(self.text, self.parsed)

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """The prose, block by block."""
        return prose_of(self.text, self.parsed, self.masks)

    @cached_property
    def outline(self) -> Outline:
        """Headings, sections, links and anchors."""
        return outline_of(self.text, self.parsed, self.masks, self.prose)

    def leaf_at(self, span: Span) -> Block | None:
        """The innermost block that contains `span`."""
        found, level = None, self.blocks
        while True:
            block = next((b for b in level if b.span and b.span.contains(span)), None)
            if block is None:
                return found
            found, level = block, block.children

    def inlines(self) -> list[Inline]:
        """Every inline node of the page, in the order of the text."""
        return [i for block in self.blocks for b in block.walk() for i in b.leaves()]


class KnownDocument(Document):
    """A page whose outline is known already; its bytes are read only when its text is asked for."""

    def __init__(self, path: str, blob: str, outline: Outline, load: Callable[[], bytes]) -> None:
        self.path = path
        self.blob = blob
        self._known = outline
        self._load = load
        self._parser = None

    @cached_property
    def _read(self) -> tuple[str, bool]:
        data = self._load()
        if blob_id(data) != self.blob:
            raise UnreadablePageError(f"{self.path} changed while docbot was reading it: run docbot again")
        return decode(self.path, data)

    @property
    def text(self) -> str:  # type: ignore[override]
        return self._read[0]

    @property
    def bom(self) -> bool:  # type: ignore[override]
        return self._read[1]

    @property
    def outline(self) -> Outline:
        return self._known


def blob_id(data: bytes) -> str:
    """git's object id (SHA-1, hex) of a file with these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def decode(path: str, data: bytes) -> tuple[str, bool]:
    """The text in `data` and whether a byte order mark preceded it.

    Raises UnreadablePageError, whose message names the remedy.
    """
    if len(data) > LARGEST_PAGE:
        raise UnreadablePageError(
            f"{path} has {len(data):,} bytes; docbot reads pages up to {LARGEST_PAGE:,}: "
            "list it under `exclude` in .docbot.toml"
        )
    if b"\0" in data:
        raise UnreadablePageError(
            f"{path} holds NUL bytes and is no text: list it under `exclude` in .docbot.toml"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadablePageError(
            f"{path} is not UTF-8 (byte {error.start}, line {line}): save it as UTF-8 to have it checked"
        ) from error
    return (text[1:], True) if text.startswith(BOM) else (text, False)
