"""Gates on the small words that decide what a sentence says: not, only, must, can, if, all, before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docbot.gates.generated.align import Group
from docbot.gates.generated.differences import Answer, differ, quoted, split
from docbot.gates.generated.opposites import OPPOSITES, PREFIXES
from docbot.gates.generated.passage import Token
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import EMPTY_STEMS, MODALS, STOP, stem

_NOT = "not"
_NEGATIONS = {
    **dict.fromkeys("not no none nothing nobody nowhere".split(), _NOT),
    **{word: word for word in "never without unless only except excluding neither nor hardly rarely".split()},
}
_OBLIGE = frozenset("have has had having need needs needed".split())
_BE = frozenset("be am is are was were been being".split())
_CONDITIONS = frozenset("if when whenever once after while during upon provided assuming until".split())
_WISHES = frozenset("want wish like need prefer".split())
_AMOUNTS = {
    **dict.fromkeys("all every each always both entire whole everything everyone".split(), "all"),
    **dict.fromkeys("some many few several sometimes often partly certain".split(), "some"),
    **dict.fromkeys("most mostly usually".split(), "most"),
}

_DIRECTIONS = frozenset(("from", "to"))
_OPENING = frozenset("if when whenever unless once before after until while because".split())

_ORDER = frozenset("first last next".split())
"""Words that a rewrite may drop, and may not add: "the first account that you create"."""
_ITS = re.compile(r"\bit['’]s\s+([^\W\d_]+)", re.I)
_AFTER_ITS = frozenset(
    map(stem, "recommended best better easy easier required likely time up set safe".split())
)

Said = tuple[str, int, str]
"""What a word counts as, where it stands, and the word itself."""


def same_negations(rewrite: Rewrite) -> Answer:
    """The same negations and restrictions, each still of the same words; “can't” is “cannot”."""
    for group in rewrite.groups:
        old, new = list(_negations(group.old)), list(_negations(group.new))
        if reason := _differ(old, new):
            return False, reason
        if reason := _shifted(group, old, new):
            return False, reason
    return True, "negations are the same"


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
        if reason := _differ(old, new):
            return False, reason
        was, now = _governed(group.old, old), _governed(group.new, new)
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


def _governed(tokens: Sequence[Token], said: Sequence[Said]) -> dict[str, str]:
    """The word of content that each of `said` stands before; only where that is one thing."""
    found: dict[str, set[str]] = {}
    for label, i, _ in said:
        word = next((token.key for token in tokens[i + 1 : i + 8] if token.key), "")
        found.setdefault(word, set()).add(label)
    return {word: min(labels) for word, labels in found.items() if word and len(labels) == 1}


def _shifted(group: Group, old: Sequence[Said], new: Sequence[Said]) -> str:
    """Whether a negation went from one word to another that had none, while both words stayed."""
    was, now = _governed(group.old, old), _governed(group.new, new)
    stays = {token.key for token in group.old} & {token.key for token in group.new}
    for lost in was.keys() - now.keys():
        for won in now.keys() - was.keys():
            if lost in stays and won in stays and was[lost] == now[won]:
                went = f"{quoted(group.spelled(lost))} to {quoted(group.spelled(won))}"
                return f"{quoted(was[lost])} went from {went}"
    return ""


def _differ(old: Sequence[Said], new: Sequence[Said]) -> str:
    gone, more = split([label for label, _, _ in old], [label for label, _, _ in new])
    return differ([_word(label, old) for label in gone], [_word(label, new) for label in more])


def _word(label: str, said: Sequence[Said]) -> str:
    return next(word for mine, _, word in said if mine == label)


def same_conditions(rewrite: Rewrite) -> Answer:
    """What holds on a condition, of all or of some, does so still."""
    for group in rewrite.groups:
        old, new = _conditions(group.old), _conditions(group.new)
        gone = [word for label, word in old.items() if label not in new]
        more = [word for label, word in new.items() if label not in old]
        gone = [word for word in gone if word not in _ORDER]
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
        if word in _ORDER:
            found.setdefault(word, word)
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


def no_opposites(rewrite: Rewrite) -> Answer:
    """No word was exchanged for its opposite: before and after, enable and disable, from and to."""
    for group in rewrite.groups:
        gone, more = split(_forms(group.old), _forms(group.new))
        for one, other in OPPOSITES:
            for lost, won in ((one, other), (other, one)):
                if lost in gone and won in more:
                    return False, f"{_as_said(lost, group.old)} became {_as_said(won, group.new)}"
        if reason := _prefixed(gone, more) or _turned(group) or _owned(group):
            return False, reason
    return True, "no word became its opposite"


def _prefixed(gone: Sequence[str], more: Sequence[str]) -> str:
    for lost in gone:
        for won in more:
            longer, shorter = (lost, won) if len(lost) > len(won) else (won, lost)
            if longer.endswith(shorter) and longer.removesuffix(shorter) in PREFIXES:
                return f"{quoted(lost)} became {quoted(won)}"
    return ""


def _turned(group: Group) -> str:
    """Whether a word that stood behind “from” stands behind “to”, or the other way round."""
    old, new = (_governed(side, list(_directions(side))) for side in (group.old, group.new))
    word = next((word for word in old if new.get(word, old[word]) != old[word]), "")
    if not word:
        return ""
    said = group.spelled(word)
    return f"{quoted(f'{old[word]} {said}')} became {quoted(f'{new[word]} {said}')}"


def _directions(tokens: Sequence[Token]) -> Iterator[Said]:
    for i, token in enumerate(tokens):
        if token.text.lower() in _DIRECTIONS and not token.fixed:
            yield token.text.lower(), i, token.text


def _owned(group: Group) -> str:
    """Whether an “it's” is new before a word that it can't well stand before ("it's parent")."""
    old, new = (
        [word.lower() for sentence in side for word in _ITS.findall(sentence.text)]
        for side in (group.before, group.after)
    )
    for word in split(old, new)[1]:
        if word == "own" or (word not in STOP and stem(word) not in EMPTY_STEMS | _AFTER_ITS):
            return f"“its” became “it's” before {quoted(word)}"
    return ""


def _forms(tokens: Sequence[Token]) -> Iterator[str]:
    return (_form(token) for token in tokens if not token.fixed)


def _form(token: Token) -> str:
    lower = token.text.lower()
    return lower if lower in STOP else stem(lower)


def _as_said(form: str, tokens: Sequence[Token]) -> str:
    return quoted(next(token.text for token in tokens if not token.fixed and _form(token) == form))
