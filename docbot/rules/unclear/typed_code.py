"""Where code has typographic signs that its author typed as signs of the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from docbot.code_beside import TYPED
from docbot.markdown import Document
from docbot.markdown.nodes import Block
from docbot.text import Edit, Span


class Shell(StrEnum):
    """What reads the code."""

    POWERSHELL = "powershell"
    """Takes typographic signs for their twins, but for those in arguments of other programs."""
    SHELL = "shell"
    SESSION = "session"
    """Commands, and what they print."""
    LANGUAGE = "language"
    UNKNOWN = "unknown"
    """A code span, or a block without a language."""


class Sign(msgspec.Struct, frozen=True, gc=False):
    """One string or option with typographic signs."""

    span: Span
    edits: tuple[Edit, ...]
    """Empty where `choices` tell what it may be."""
    is_option: bool
    shell: Shell
    choices: tuple[str, ...] = ()


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A line of code, and where on the page it begins."""

    text: str
    start: int
    shell: Shell


_INFO = re.compile(r"[ \t]*\{?[.]?([A-Za-z+#]+)")
_SHELLS = {
    **dict.fromkeys("powershell pwsh ps azurepowershell".split(), Shell.POWERSHELL),
    **dict.fromkeys("bash sh shell zsh fish ksh azurecli cmd bat batch batchfile dos".split(), Shell.SHELL),
    **dict.fromkeys("console terminal shellsession sh-session".split(), Shell.SESSION),
    **dict.fromkeys(
        "json jsonc json5 javascript js typescript ts jsx tsx java c cpp c++ csharp cs c# go rust rs kotlin"
        " swift python py php ruby rb sql tsql kusto hcl terraform bicep lua scala"
        " fsharp vb perl groovy".split(),
        Shell.LANGUAGE,
    ),
}
"""By the first word of a fence's info string. Of others, text and markup, nobody knows what they may hold."""
_STRING = re.compile(r"[“”]([^“”\"\n]{0,200})[“”]|[‘’]([^‘’'\n]{0,200})[‘’]")
_OPTION = re.compile(r"(?:(?<![^\s|(\[/,=])|(?<=^))(-?[–—]{1,2})([A-Za-z][\w-]{0,60})(?![\w–—])")
_PLAIN_OPTION = re.compile(r"(?<![\w-])(--?)([A-Za-z][\w-]*)")
_COMMENT = re.compile(r"#|(?<!:)//|/\*|<!--|^\s*\*|(?<![\w-])--\s|(?i:^\s*(?:rem|::)\b)")
_COMMENTS = {"/*": "*/", "<#": "#>", "<!--": "-->"}
_LONG_STRING = re.compile(r'"""|\'\'\'|@["\']|<<[-~]?["\']?\w|`')
"""What opens a text of several lines, within which quotation marks are the author's own."""
_PRINTED = re.compile(r"^\s*[\w./-]+: ")
"""A program's message, which is often shown right behind the command."""
_CMDLET = re.compile(r"\b[A-Z][a-z]+-[A-Za-z]\w+")
_PARAMETER = re.compile(r"[A-Z]\w*[a-z]\w*")
"""How PowerShell's parameters are written."""
_PROGRAM = re.compile(
    r"\s*(?:PS[^>\n]{0,100}>\s*|[>$#]\s+)?(?!if|while|foreach|for|switch|return)[a-z][\w.]*\s"
)
_CODE_SIGN = re.compile(r"[=(){}\[\]$<>|;]|\s--?\w")
_ABOUT_SIGNS = re.compile(
    r"\b(?:smart|curly|typographic(?:al)?|fancy|curved) (?:quot|apostroph|dash|punctuat)|\b(?:en|em)[- ]?dash"
    r"|smartypants",
    re.I,
)
"""A page that is about the signs themselves."""
_ONLY_SIGNS = re.compile(r"\W*[‘’“”–—]\W*")
_LONGEST = 1000
"""Code points of a line that is looked at."""


def signs(document: Document) -> Iterator[Sign]:
    """Every string and option of the page's code that has typographic signs in the place of others."""
    spans = [i.content for i in document.inlines() if i.kind == "code" and i.content is not None]
    said = [span.of(document.text) for span in spans]
    if _ABOUT_SIGNS.search(document.text) or any(_ONLY_SIGNS.fullmatch(text) for text in said):
        return
    pieces = [Piece(text, span.start, Shell.UNKNOWN) for text, span in zip(said, spans, strict=True)]
    known = _options(document)
    for piece in sorted([*pieces, *_block_pieces(document)], key=lambda piece: piece.start):
        if len(piece.text) <= _LONGEST and not piece.text.isascii():
            yield from _strings(piece)
            yield from _dashes(piece, known)


def _options(document: Document) -> dict[str, set[str]]:
    """How many dashes the page's code writes before each option."""
    found: dict[str, set[str]] = {}
    for span in document.parsed.inventory.code:
        for match in _PLAIN_OPTION.finditer(document.text, span.start, span.end):
            found.setdefault(match[2].lower(), set()).add(match[1])
    return found


def _block_pieces(document: Document) -> Iterator[Piece]:
    for top in document.blocks:
        for block in top.walk():
            shell = _shell_of(block) if block.kind == "code" else None
            if shell is None or block.content is None:
                continue
            text = block.content.of(document.text)
            if text.isascii() or _LONG_STRING.search(text):
                continue
            at, closing = block.content.start, ""
            for line in text.split("\n"):
                if not closing:
                    yield Piece(line, at, shell)
                closing = _left_open(line, closing)
                at += len(line) + 1


def _left_open(line: str, closing: str) -> str:
    """What closes the comment that is open at the end of `line`; empty where none is."""
    at = 0
    while True:
        if closing:
            end = line.find(closing, at)
            if end < 0:
                return closing
            at, closing = end + len(closing), ""
        opens = [(place, sign) for sign in _COMMENTS if (place := line.find(sign, at)) >= 0]
        if not opens:
            return ""
        place, sign = min(opens)
        at, closing = place + len(sign), _COMMENTS[sign]


def _shell_of(block: Block) -> Shell | None:
    word = _INFO.match(block.info)
    if word is None:
        return None if block.info.strip() else Shell.UNKNOWN
    return _SHELLS.get(word[1].lower())


def _strings(piece: Piece) -> Iterator[Sign]:
    if piece.shell is Shell.SESSION or (piece.shell is Shell.SHELL and _PRINTED.match(piece.text)):
        return
    if piece.shell is Shell.UNKNOWN and not _CODE_SIGN.search(piece.text):
        return
    for match in _STRING.finditer(piece.text):
        start, end = match.span()
        before, after = piece.text[:start], piece.text[end : end + 1]
        if before[-1:].isalnum() or after.isalnum() or _is_text(before):
            continue
        if piece.shell is Shell.UNKNOWN and not before.strip():
            continue
        ends = (
            Span(piece.start + start, piece.start + start + 1),
            Span(piece.start + end - 1, piece.start + end),
        )
        edits = tuple(
            Edit(span, TYPED[sign][0]) for span, sign in zip(ends, (match[0][0], match[0][-1]), strict=True)
        )
        yield Sign(Span(piece.start + start, piece.start + end), edits, is_option=False, shell=piece.shell)


def _is_text(before: str) -> bool:
    """Whether what follows `before` on its line is a comment or part of a string."""
    return bool(_COMMENT.search(before)) or any(before.count(mark) % 2 for mark in "\"'")


def _dashes(piece: Piece, known: dict[str, set[str]]) -> Iterator[Sign]:
    if piece.shell is Shell.LANGUAGE:
        return
    for match in _OPTION.finditer(piece.text):
        before = piece.text[: match.start()]
        if _is_text(before) or not _is_option(piece, match):
            continue
        start = piece.start + match.start()
        span = Span(start, piece.start + match.end())
        cmdlet = _is_cmdlet(piece, before, match[2])
        typed = _typed(piece, match, known, cmdlet=cmdlet)
        edits = tuple(
            Edit(Span(start + n, start + n + 1), typed if len(match[1]) == 1 else "-")
            for n, sign in enumerate(match[1])
            if sign != "-"
        )
        shell = Shell.POWERSHELL if cmdlet else Shell.SHELL
        if typed:
            yield Sign(span, edits, is_option=True, shell=shell)
        else:
            yield Sign(span, (), is_option=True, shell=shell, choices=(f"--{match[2]}", f"-{match[2]}"))


def _is_cmdlet(piece: Piece, before: str, name: str) -> bool:
    """Whether PowerShell reads the option for itself, and doesn't hand it on to another program."""
    if piece.shell is Shell.POWERSHELL:
        return _CMDLET.search(before) is not None or not _PROGRAM.match(before)
    return _CMDLET.search(before) is not None or _PARAMETER.fullmatch(name) is not None


def _is_option(piece: Piece, match: re.Match[str]) -> bool:
    """Whether a word behind a dash is an option: of a command, or alone in a code span."""
    if piece.shell is Shell.UNKNOWN:
        others = len(_PLAIN_OPTION.findall(piece.text)) + len(_OPTION.findall(piece.text)) > 1
        alone = match[0] == piece.text.strip() and len(match[2]) > 1
        command = bool(piece.text[: match.start()].strip()) and len(match[2]) > 2
        return others or alone or command
    return bool(piece.text[: match.start()].strip())


def _typed(piece: Piece, match: re.Match[str], known: dict[str, set[str]], *, cmdlet: bool) -> str:
    """One dash or two; empty where nothing tells."""
    if len(match[1]) > 1:
        return "--"
    beside: set[str] = {dashes for dashes, name in _PLAIN_OPTION.findall(piece.text) if len(name) > 1}
    for there in (known.get(match[2].lower(), set()), set() if len(match[2]) == 1 else beside):
        if len(there) == 1:
            return next(iter(there))
    return "-" if len(match[2]) == 1 or cmdlet else ""
