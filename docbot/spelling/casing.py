"""Which words stand in a letter case that the repository hardly ever writes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from docbot.markdown.said import Said
from docbot.spelling.standing import pages_with
from docbot.spelling.values import Casing, Minority
from docbot.words import Words

NAMES = frozenset(
    "GitHub GitLab PowerShell JavaScript TypeScript CoffeeScript NuGet MySQL PostgreSQL MariaDB MongoDB "
    "SQLite YouTube LinkedIn WordPress IntelliSense IntelliJ SharePoint OneDrive OneNote PowerPoint "
    "DevOps OpenSSL OpenSSH OAuth GraphQL WebAssembly VMware VirtualBox CentOS OpenShift CloudFront "
    "CloudWatch PayPal RabbitMQ JetBrains PyCharm PyPI NumPy PyTorch TensorFlow LaTeX macOS iOS iPadOS "
    "iPhone iPad tvOS watchOS jQuery".split()
)
"""Names as their owners write them. They count for nothing where a repository has its own way."""
_INNER = re.compile(r"[A-Z][a-z]+(?:[A-Z]+[a-z]*)+|[A-Z]{2,}[a-z]+[A-Z]\w*")
"""A capital within: GitHub, PostgreSQL."""
_LOW = re.compile(r"[a-z]{1,3}[A-Z][A-Za-z]{1,12}")
"""A small letter first: macOS, iPhone."""
_PLAIN = re.compile(r"[A-Z]?[a-z]{3,39}")
_SLIP = re.compile(r"[A-Z]{2}[a-z]{2,38}")
"""Two capitals where the shift key was held too long: WIndows."""
_ENOUGH, _ENOUGH_OF_A_NAME = 100, 5
"""Distinct sentences that make a habit. Of 20 to 100 sentences, identifiers have as many as names."""
_SHARE, _SHARE_OF_A_NAME = 0.98, 0.75


def casing_of(words: Words, pages: Mapping[str, Said]) -> Casing:
    """The words in a rare letter case on `pages`, whose words are `words`."""
    ways: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in words.prose.items():
        if word.isascii() and len(word) >= 3:
            ways[word.lower()][word] = count
    found = {
        word: minority
        for counts in ways.values()
        if len(counts) > 1
        for word, minority in _minorities(counts)
        # A name in code, or in a link, is how something is called there.
        if word not in words.code
    }
    return Casing(found, frozenset(pages_with(found.keys(), pages)))


def _minorities(counts: Mapping[str, int]) -> Iterator[tuple[str, Minority]]:
    usual = max(counts, key=lambda word: (counts[word], word))
    there = counts[usual]
    known = usual in NAMES
    # Small letters and capitals alone have reasons of their own: packages, commands, emphasis, headings.
    others = {
        word: n for word, n in counts.items() if word != usual and not word.isupper() and not word.islower()
    }
    share = there / (there + sum(others.values()))
    if there < (_ENOUGH_OF_A_NAME if known else _ENOUGH) or share < (_SHARE_OF_A_NAME if known else _SHARE):
        return
    for word, here in others.items():
        if _is_slip(word, usual):
            yield word, Minority(usual, here, there, known)


def _is_slip(word: str, usual: str) -> bool:
    if _INNER.fullmatch(usual):
        return word == usual.capitalize()
    if _LOW.fullmatch(usual):
        return usual in NAMES and word in (usual.capitalize(), usual[0].upper() + usual[1:])
    return bool(_PLAIN.fullmatch(usual) and _SLIP.fullmatch(word))
