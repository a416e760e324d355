"""Gates on conditions and circumstances: if, all, before, in, to."""

from __future__ import annotations

from collections.abc import Sequence

from docbot.gates.generated.align import Group
from docbot.gates.generated.differences import Answer, differ, quoted
from docbot.gates.generated.governing import behind, said_of, shifted
from docbot.gates.generated.passage import Token
from docbot.gates.generated.rewrite import Rewrite

_CONDITIONS = frozenset("if when whenever once after while during upon provided assuming until".split())
_WISHES = frozenset("want wish like need prefer".split())
_AMOUNTS = {
    **dict.fromkeys("all every each always both entire whole everything everyone".split(), "all"),
    **dict.fromkeys("some many few several sometimes often partly certain".split(), "some"),
    **dict.fromkeys("most mostly usually".split(), "most"),
}
_ADDED = {
    **{word: word for word in "first last next".split()},
    **dict.fromkeys("was were had".split(), "past"),
}
"""Words that a rewrite may drop, and may not add: "the first account that you create", "the key was kept"."""
_OPENING = frozenset("if when whenever unless once before after until while because".split())
_PREPOSITIONS = frozenset("to from in on into onto with for of at".split())


def same_conditions(rewrite: Rewrite) -> Answer:
    """What holds on a condition, of all or of some, does so still."""
    for group in rewrite.groups:
        old, new = _conditions(group.old), _conditions(group.new)
        gone = [word for label, word in old.items() if label not in new]
        more = [word for label, word in new.items() if label not in old]
        gone = [word for word in gone if word not in _ADDED]
        if reason := differ(gone, more):
            return False, reason
    return True, "conditions and amounts are the same"


def _conditions(tokens: Sequence[Token]) -> dict[str, str]:
    """The kinds of conditions and amounts that are said, each with its first word."""
    words = ["" if token.fixed else token.text.lower() for token in tokens]
    found: dict[str, str] = {}
    for i, word in enumerate(words):
        if words[max(0, i - 2) : i + 1] == ["first", "of", "all"]:
            continue
        if word in _ADDED:
            found.setdefault(_ADDED[word], word)
        if word in _AMOUNTS:
            found.setdefault(_AMOUNTS[word], word)
        if _is_condition(words, i):
            found.setdefault("if", word)
    return found


def _is_condition(words: Sequence[str], i: int) -> bool:
    word, before, behind = words[i], words[max(0, i - 2) : i], words[i + 1 : i + 4]
    if word in ("case", "event"):
        return "in" in before
    if word == "time":
        return bool({"each", "every"}.intersection(before))
    if word == "after" and behind[:1] in (["that"], ["this"]):
        return False
    if word == "if" and _WISHES.intersection(behind):
        return False
    return word in _CONDITIONS


def same_clauses(rewrite: Rewrite) -> Answer:
    """What stands behind “if”, “before”, “until” and their like is what stood there."""
    for group in rewrite.groups:
        old, new = _clauses(group.old), _clauses(group.new)
        for word in old.keys() & new.keys():
            if reason := _moved(word, old[word], new[word], group):
                return False, reason
    return True, "what comes before, after and on which condition is the same"


def _moved(word: str, old: set[str], new: set[str], group: Group) -> str:
    """Whether a word left the clause that `word` opens for another, and one of there took its place."""
    left = sorted((old - new) & {token.key for token in group.new})
    came = sorted((new - old) & {token.key for token in group.old})
    if left and came:
        was, now = quoted(group.spelled(left[0])), quoted(group.spelled(came[0]))
        return f"behind {quoted(word)} stood {was}, not {now}"
    if old and new and not old & new:
        return f"behind {quoted(word)} stands nothing that stood there, as {quoted(group.spelled(min(old)))}"
    return ""


def _clauses(tokens: Sequence[Token]) -> dict[str, set[str]]:
    """The words of content of each clause that such a word opens; not where two clauses open with one."""
    found: dict[str, set[str]] = {}
    words = [token.text.lower() for token in tokens]
    for i, word in enumerate(words):
        if word not in _OPENING or tokens[i].fixed:
            continue
        end = next((k for k in range(i, len(tokens)) if tokens[k].stops), len(tokens) - 1)
        keys = {token.key for token in tokens[i + 1 : end + 1] if token.key}
        found[word] = set() if words.count(word) > 1 else keys
    return found


def same_places(rewrite: Rewrite) -> Answer:
    """What stands behind “in”, “to”, “with” and their like still does."""
    for group in rewrite.groups:
        old, new = (list(said_of(side, _PREPOSITIONS)) for side in (group.old, group.new))
        governed = {word for _, i, _ in old for word in behind(group.old, i)[:1]}
        for label in dict.fromkeys(label for label, _, _ in old):
            lost, won = shifted(group, label, old, new)
            # A word that another of them stood before has only changed its form ("for starting", "to start").
            if lost and won and won not in governed:
                went = f"{quoted(group.spelled(lost))} to {quoted(group.spelled(won))}"
                return False, f"{quoted(label)} went from {went}"
    return True, "what is in, to, from or with what is the same"
