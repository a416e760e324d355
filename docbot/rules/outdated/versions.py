"""Versions of well-known products, where a sentence names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from docbot.lifecycles import NAMES, Naming
from docbot.markdown import Document

_NUMBER = r"v?\d{1,4}(?:\.\d{1,4}){0,3}(?:\.x)?"
_MORE = r"(?:[ -](?:R2|SP ?\d|\d\dH\d)|,? \(?version (?:\d\dH\d|\d{4})\)?)*"
_VERSION = rf"(?:{_NUMBER}|XP|Vista)(?![\w\ufffc-]|/(?!v?\d)|[.,]\d|\.\w){_MORE}"
_JOINT = r"(?:, (?:and |or |& )?|/| and | or | & )"
_PRODUCTS = "|".join(f"(?P<p{number}>{naming.pattern})" for number, naming in enumerate(NAMES))
_GAP = r"(?:,? (?:versions? |release |v\. ?)?|(?P<apart>(?: [a-z]{1,12}){0,2} (?:is|are):? (?:version )?|: ))"
_MENTION = re.compile(
    rf"(?<![\w.\-/#@$])(?=[.A-Zacgimno])(?:{_PRODUCTS})"
    rf"{_GAP}(?P<versions>{_VERSION}(?:{_JOINT}{_VERSION})*)"
)
IN_SOURCE = re.compile(rf"(?<![\w.\-/#@$])(?=[.A-Zacgimno])(?:{_PRODUCTS})\W.{{0,50}}?\d", re.S)
"""What every mention is in a page's source, where lines break and names are bold or links."""
_ONE = re.compile(_VERSION)
_QUALIFIER = re.compile(r",? \(?version |\s+", re.I)


class Mention(msgspec.Struct, frozen=True):
    """A version of a product, and where a sentence says it."""

    naming: Naming
    said: str
    """The version as the sentence has it."""
    version: str
    """The version as the facts have it."""
    first: int
    """Where the whole mention begins, with the product's name and the versions listed before this one."""
    start: int
    """Where this version begins, for the first of a list with the product's name."""
    end: int
    last: int
    """Where the list of versions ends."""
    apart: bool
    """Whether words stand between the product and its version: "Python is 3.13"."""


def mentions(text: str) -> Iterator[Mention]:
    """The versions of products that a sentence names, in order."""
    for match in _MENTION.finditer(text):
        number = next(i for i in range(len(NAMES)) if match[f"p{i}"] is not None)
        for one in _ONE.finditer(text, match.start("versions"), match.end("versions")):
            is_first = one.start() == match.start("versions")
            yield Mention(
                naming=NAMES[number],
                said=one[0],
                version=_version(NAMES[number], one[0]),
                first=match.start(),
                start=match.start() if is_first else one.start(),
                end=one.end(),
                last=match.end(),
                apart=match["apart"] is not None,
            )


def _version(naming: Naming, said: str) -> str:
    version = re.sub(r"^v(?=\d)", "", _QUALIFIER.sub("-", said.lower().rstrip(")"))).removesuffix(".x")
    head, sign, rest = version.partition("-")
    return naming.spelled.get(head, head) + sign + rest


def is_about(document: Document, mention: Mention, offset: int) -> bool:
    """Whether the page or section at `offset` is about the version mentioned, by path, title or heading."""
    number = re.match(r"[\d.]+", mention.said.removeprefix("v"))
    if number is None:
        return False
    version = number[0].strip(".").removesuffix(".0")
    named = re.compile(rf"(?<![\d.]){re.escape(version)}(?!\d|\.[1-9])")
    in_path = re.compile(rf"(?<!\d){version.replace('.', '[._-]?')}(?!\d)")
    section = document.outline.section_at(offset)
    title = document.outline.meta("title") or ""
    first = next((heading.text for heading in document.outline.headings if heading.level == 1), "")
    texts = (title, first, *(section.headings if section else ()))
    return bool(in_path.search(document.path)) or any(named.search(text) for text in texts)
