"""Whether a piece of JSON, YAML, TOML, XML or Python parses, as docs show such pieces.

Every parser here reads syntax alone: nothing is evaluated, no entity and no alias is followed.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
import warnings
from collections.abc import Callable
from xml.parsers import expat

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from docbot.site.json_lenient import without_comments

_TORN_XML = 0.85
"""Read by hand: see the rule."""
LARGEST = 20_000
"""Code points of a piece that is looked at."""
_TRAILING_COMMA = re.compile(r",(?=\s*+[}\]])")
_YAML_DOCUMENT = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M)
_AGAIN = "Cannot "
"""What tomllib says of a key that is set twice, as alternatives beside each other are."""
_NEWER_TOML = re.compile(r"\{[ \t]*(?:#[^\n]*)?\r?\n")
"""A table in braces over several lines, which TOML has since 1.1."""
_MOST_BRACKETS = 200
"""In YAML: the parser's time grows with the square of their depth, and more."""
_FRAGMENT_OF_XML = frozenset(
    {
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNDEFINED_ENTITY,
    }
)
_NO_PLAIN_XML = re.compile(r"<!DOCTYPE|<!ENTITY|[\"']<")
"""A grammar of its own, or a placeholder in angle brackets for an attribute's value."""
_SESSION = re.compile(r"^[ \t]*(?:>>>|\.\.\.|In \[|[%!$?]|C:\\)", re.M)
_CONTINUES = re.compile(r"\s*(?:elif|else|except|finally|case)\b")
_NEWER = re.compile(
    r"^[ \t]*(?:type \w|(?:class|(?:async )?def) \w+\[)|\bexcept\*|\b[rR]?[ft][\"']|^[ \t]*match ", re.M
)
"""Syntax that this Python may be too old for, so that not everybody would see the same."""
_UNDONE = re.compile("expected an indented block")
"""A body of which only a comment is shown."""
_TORN = re.compile("unterminated|unindent does not match|.* was never closed|unmatched|closing parenthesis")
_OPEN_END = re.compile(r"(?:^|\n)([ \t]*)(?:@[^\n]+|[^\n#]*:[ \t]*(?:#[^\n]*)?)\s*\Z")


class SyntaxFault(msgspec.Struct, frozen=True):
    """Where a piece stops parsing: a line from 1, and what the parser says."""

    line: int
    said: str
    confidence: float = 0.5
    """How sure it is that the author didn't mean it so; more where a quote, bracket or tag is torn."""


def fault_of_json(code: str) -> SyntaxFault | None:
    """Several values after each other, comments and trailing commas are fine; a fragment is passed over."""
    bare = without_comments(code)
    if not bare.lstrip().startswith(("{", "[")):
        return None
    bare = _TRAILING_COMMA.sub(" ", bare)
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while rest := bare[at:].lstrip(" \t\r\n,"):
        at = len(bare) - len(rest)
        try:
            at = decoder.raw_decode(bare, at)[1]
        except json.JSONDecodeError as error:
            return SyntaxFault(error.lineno, error.msg)
        except (ValueError, RecursionError):
            return None
    return None


def fault_of_yaml(code: str) -> SyntaxFault | None:
    """Where front matter opens a piece, what follows it is no YAML and passed over."""
    if code.count("[") + code.count("{") > _MOST_BRACKETS:
        return None
    marks = list(_YAML_DOCUMENT.finditer(code))
    piece = code[: marks[1].start()] if len(marks) > 1 and not code[: marks[0].start()].strip() else code
    try:
        for _ in YAML(typ="safe", pure=True).parse(piece):
            pass
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return SyntaxFault(mark.line + 1 if mark else 1, str(error.problem or error.context or "bad syntax"))
    except YAMLError as error:
        return SyntaxFault(1, str(error).partition("\n")[0])
    except (ValueError, RecursionError):
        return None
    return None


def fault_of_toml(code: str) -> SyntaxFault | None:
    """A table that is written twice shows two ways to write it, and is passed over."""
    try:
        tomllib.loads(code.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = re.search(r"\(at line (\d+)", said)
        if said.startswith(_AGAIN) or _NEWER_TOML.search(code):
            return None
        line = int(place[1]) if place else code.rstrip().count("\n") + 1
        return SyntaxFault(line, said.partition(" (at")[0])
    except (ValueError, RecursionError):
        return None
    return None


def fault_of_xml(code: str) -> SyntaxFault | None:
    """Several elements after each other are fine, and so is a prefix nobody declared."""
    if _NO_PLAIN_XML.search(code) or not code.lstrip().startswith("<"):
        return None
    body = re.sub(r"<\?xml[^>]{0,200}\?>", "", code).rstrip()
    parser = expat.ParserCreate()
    try:
        # Where the end of all that is added is what doesn't fit, the piece only lacks its own end.
        parser.Parse(f"<r>{body}\n</r>".encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        if said in _FRAGMENT_OF_XML or error.lineno > body.count("\n") + 1:
            return None
        return SyntaxFault(error.lineno, said, _TORN_XML)
    return None


def fault_of_python(code: str) -> SyntaxFault | None:
    """A session, a clause without its beginning and a head without its body are passed over."""
    if _SESSION.search(code) or _CONTINUES.match(code):
        return None
    fault = _python(code)
    if fault is not None and (_NEWER.search(code) or _UNDONE.match(fault.said)):
        return None
    open_end = _OPEN_END.search(code) if fault else None
    if open_end is not None:
        indent = open_end[1] + ("" if open_end[0].strip().startswith("@") else "    ")
        body = "def _(): pass" if open_end[0].strip().startswith("@") else "pass"
        return _python(f"{code.rstrip()}\n{indent}{body}\n")
    return fault


def _python(code: str) -> SyntaxFault | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except SyntaxError as error:
        return SyntaxFault(error.lineno or 1, error.msg, 0.7 if _TORN.match(error.msg) else 0.5)
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


CHECKS: dict[str, tuple[str, Callable[[str], SyntaxFault | None]]] = {
    "json": ("JSON", fault_of_json),
    "yaml": ("YAML", fault_of_yaml),
    "yml": ("YAML", fault_of_yaml),
    "toml": ("TOML", fault_of_toml),
    "xml": ("XML", fault_of_xml),
    "python": ("Python", fault_of_python),
    "py": ("Python", fault_of_python),
}
"""By the first word of a fence's info string: what to call the language, and its check."""
