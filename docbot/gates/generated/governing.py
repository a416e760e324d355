"""Small words and the words of content that they stand before: not, must, to, in, and."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from docbot.gates.generated.align import Group
from docbot.gates.generated.differences import differ, split
from docbot.gates.generated.passage import Token
from docbot.gates.generated.vocabulary import is_empty

_REACH = 10
"""Tokens behind a small word among which its word of content is looked for."""

Said = tuple[str, int, str]
"""What a small word counts as, where it stands among the tokens, and the word itself."""


def said_of(tokens: Sequence[Token], words: Collection[str]) -> Iterator[Said]:
    """Each place of one of `words`."""
    for i, token in enumerate(tokens):
        if token.text.lower() in words and not token.fixed:
            yield token.text.lower(), i, token.text


def behind(tokens: Sequence[Token], i: int) -> list[str]:
    """The first two words of content behind place `i`, in its clause."""
    words: list[str] = []
    for k in range(i, min(len(tokens), i + _REACH)):
        key = tokens[k].key if k > i else ""
        words += [key] if key and not is_empty(key) else []
        if tokens[k].stops:
            break
    return words[:2]


def governed(tokens: Sequence[Token], said: Sequence[Said]) -> dict[str, str]:
    """For each word of content that some of `said` stand before, what these count as, if one thing."""
    found: dict[str, set[str]] = {}
    for label, i, _ in said:
        word = next(iter(behind(tokens, i)), "")
        found.setdefault(word, set()).add(label)
    return {word: min(labels) for word, labels in found.items() if word and len(labels) == 1}


def shifted(group: Group, label: str, old: Sequence[Said], new: Sequence[Said]) -> tuple[str, str]:
    """The word of content that `label` went from and the one it went to, while both stay; else empty."""
    stays = {token.key for token in group.old} & {token.key for token in group.new}
    was = [behind(group.old, i) for mine, i, _ in old if mine == label]
    now = [behind(group.new, i) for mine, i, _ in new if mine == label]
    lost = sorted({w[0] for w in was if w} & stays - {word for words in now for word in words})
    won = sorted({w[0] for w in now if w} & stays - {word for words in was for word in words})
    return (lost or [""])[0], (won or [""])[0]


def differing(old: Sequence[Said], new: Sequence[Said]) -> str:
    """A reason that names what is said more or less often; empty where nothing is."""
    gone, more = split([label for label, _, _ in old], [label for label, _, _ in new])
    return differ([as_said(label, old) for label in gone], [as_said(label, new) for label in more])


def as_said(label: str, said: Sequence[Said]) -> str:
    """The first word that counts as `label`."""
    return next((word for mine, _, word in said if mine == label), label)
