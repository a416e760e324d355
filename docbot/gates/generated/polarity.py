"""Gates on negations and modal verbs: not, only, unless; must, can, should, may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docbot.gates.generated.differences import Answer, quoted
from docbot.gates.generated.governing import Said, as_said, behind, differing, governed, shifted
from docbot.gates.generated.passage import Token
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import MODALS

_NOT = "not"
_NEGATIONS = {
    **dict.fromkeys("not no none nothing nobody nowhere".split(), _NOT),
    **{word: word for word in "never without unless only except excluding neither nor hardly rarely".split()},
}
_OBLIGE = frozenset("have has had having need needs needed".split())
_BE = frozenset("be am is are was were been being".split())


def same_negations(rewrite: Rewrite) -> Answer:
    """The same negations and restrictions, each still of the same words; “can't” is “cannot”."""
    for group in rewrite.groups:
        old, new = list(_negations(group.old)), list(_negations(group.new))
        if reason := differing(old, new):
            return False, reason
        for label in dict.fromkeys(label for label, _, _ in old):
            lost, won = shifted(group, label, old, new)
            if (lost and won) or ((lost or won) and _idle(group.old, old) != _idle(group.new, new)):
                places = [quoted(group.spelled(word)) if word else "nothing" for word in (lost, won)]
                return False, f"{quoted(as_said(label, old))} went from {places[0]} to {places[1]}"
    return True, "negations are the same"


def _idle(tokens: Sequence[Token], said: Sequence[Said]) -> int:
    """How many of `said` stand before no word of content."""
    return sum(not behind(tokens, i) for _, i, _ in said)


def _negations(tokens: Sequence[Token]) -> Iterator[Said]:
    for i, token in enumerate(tokens):
        label = _NEGATIONS.get(token.text.lower()) if not token.fixed else None
        if label:
            yield label, i, token.text.lower()


def same_modals(rewrite: Rewrite) -> Answer:
    """The same verbs of duty, ability and permission (must, can, should, may …), each of the same words.

    “have to” and “need to” count as “must”, but where they are negated; “be able to” counts as “can”.
    """
    for group in rewrite.groups:
        old, new = list(_modals(group.old)), list(_modals(group.new))
        if reason := differing(old, new):
            return False, reason
        was, now = governed(group.old, old), governed(group.new, new)
        for word, label in now.items():
            if word in was and was[word] != label:
                said = group.spelled(word)
                return False, f"{quoted(f'{was[word]} {said}')} became {quoted(f'{label} {said}')}"
    return True, "modal verbs are the same"


def _modals(tokens: Sequence[Token]) -> Iterator[Said]:
    words = ["" if token.fixed else token.text.lower() for token in tokens]
    for i, word in enumerate(words):
        if word in MODALS and (tokens[i].initial or tokens[i].text == word):
            yield word, i, word
        elif words[i + 1 : i + 2] == ["to"] and (label := _with_to(words, i)):
            yield label, i, f"{word} to"


def _with_to(words: Sequence[str], i: int) -> str:
    """What “have to” and its like, before a “to”, count as."""
    word, be = words[i], bool(_BE.intersection(words[max(0, i - 2) : i]))
    if word in ("able", "possible"):
        return "can"
    if word in _OBLIGE or (word in ("required", "necessary") and be):
        negated = {_NOT, "no"}.intersection(words[max(0, i - 3) : i])
        return "need not" if negated else "must"
    return ""
