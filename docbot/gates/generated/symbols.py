"""Gates on what stands in prose and is no word: placeholders, file names, options, addresses."""

from __future__ import annotations

import re

from docbot.gates.generated.differences import Answer, compared
from docbot.gates.generated.passage import Token
from docbot.gates.generated.presence import same_things
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import STOP

_PLACEHOLDER = re.compile(
    r"<[A-Za-z][^<>\r\n]{0,80}>|\{\{?[^{}\r\n]{1,80}\}\}?|\$\{?[A-Za-z_]\w{0,80}\}?|%[A-Za-z_]\w{0,80}%"
)
_LITERAL = re.compile(r"[-./$@#]{1,3}[^\W_]|[^\W_]+[_/\\@=#+&^~:][^\s]*|.*[^\W\d_]\.[^\W_]|.*[^\W_][_/\\@=]")
"""`--force`, `.config`, `/etc/x`, `my_name`, `C:\\x`, `a.json`, `C#`: spelt so on purpose."""


_HAS_GATES = frozenset("`<![:@")
"""How code, HTML, images and directives begin. What else is fixed is an address, an entity, a template."""


def same_placeholders(rewrite: Rewrite) -> Answer:
    """Placeholders for what the reader fills in are the same."""
    old, new = (_PLACEHOLDER.findall(text) for text in (rewrite.source_before, rewrite.source_after))
    return compared(old, new, "the placeholder", "placeholders are the same")


def same_literals(rewrite: Rewrite) -> Answer:
    """File names, options, addresses and identifiers outside of code are the same."""
    return same_things(rewrite, is_literal, "", "file names, options and identifiers are the same")


def is_literal(token: Token) -> bool:
    """Whether a token is spelt so on purpose, and is no word."""
    if token.fixed:
        return token.text[:1] not in _HAS_GATES
    if token.plain or token.text.lower() in STOP:
        return False
    return _LITERAL.match(token.text) is not None
