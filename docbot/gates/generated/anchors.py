"""Gates on numbers, and on which word each number, name and piece of code goes with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from docbot.gates.generated.align import Group
from docbot.gates.generated.differences import Answer, differ, quoted
from docbot.gates.generated.passage import Token
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import SPELLED, UNITS, is_empty

_NUMBER = re.compile(r"([^\w\s]{0,2})(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)\Z")

_TURNING = (frozenset({"by"}), frozenset({"of"}), frozenset("be is are was were been being".split()))
"""Words of passives and genitives: where their number differs, words may well have changed sides."""
_STEPS = frozenset({"then"})


class Number(msgspec.Struct, frozen=True):
    """A number with the unit it carries, and the word before it."""

    value: str
    unit: str
    behind: str = ""

    @property
    def shown(self) -> str:
        return f"{self.value} {self.unit}".strip()

    @property
    def of_name(self) -> bool:
        """Whether it is part of a name, as in “Windows 11”."""
        return self.behind[:1].isupper()


def numbers(tokens: Sequence[Token]) -> Iterator[Number]:
    """The numbers among `tokens`: “3MB” and “3 MB”, “1,000” and “1000”, “two” and “2” are the same."""
    for i, token in enumerate(tokens):
        if token.fixed:
            continue
        behind = tokens[i - 1].text if i and not tokens[i - 1].fixed else ""
        follows = tokens[i + 1].text if i + 1 < len(tokens) and not tokens[i + 1].fixed else ""
        spelled, _, rest = token.text.lower().partition("-")
        if spelled in SPELLED:
            yield Number(SPELLED[spelled], UNITS.get(rest or follows, rest), behind)
        elif any(sign.isdigit() for sign in token.text):
            yield _in_digits(token.text, follows, behind)


def _in_digits(text: str, follows: str, behind: str) -> Number:
    match = _NUMBER.match(text)
    if match is None:
        return Number(text, "", behind)
    value = match[1] + match[2].replace(",", "") + (match[3] or "")
    return Number(value, UNITS.get(match[4] or follows, ""), behind)


def same_numbers(rewrite: Rewrite) -> Answer:
    """The same numbers with the same units, versions and dates.

    A number of a name may be said once more or once less with its name ("Windows 11" for "it").
    """
    for group in rewrite.groups:
        old, new = list(numbers(group.old)), list(numbers(group.new))
        was, now = (Counter((n.value, n.unit) for n in side) for side in (old, new))
        gone = [n.shown for n in old if was[n.value, n.unit] > now[n.value, n.unit] and not _again(n, new)]
        more = [
            n.shown
            for n in new
            if now[n.value, n.unit] > was[n.value, n.unit]
            and not _again(n, old)
            and not (n.of_name and f"{n.behind} {n.value}" in rewrite.source_before)
        ]
        if reason := differ(gone, more, "the number"):
            return False, reason
    return True, "numbers, units, versions and dates are the same"


def _again(number: Number, others: Sequence[Number]) -> bool:
    return number.of_name and any(number == other for other in others)


def same_roles(rewrite: Rewrite) -> Answer:
    """No two numbers, names or pieces of code have changed places among the same words.

    Neither have two words around the same third ("the service calls the client"), unless a
    passive or a genitive moved them.
    """
    for group in rewrite.groups:
        for step in (1, -1):
            old, new = _neighbours(group.old, step), _neighbours(group.new, step)
            for word, label in old.items():
                other = new.get(word, label)
                if other != label and any(old[w] == other and new.get(w) == label for w in old):
                    return False, f"{quoted(label)} and {quoted(other)} changed places"
        if turned := _turned(group):
            return False, f"{quoted(turned[0])} and {quoted(turned[1])} changed sides"
    return True, "nothing has changed places"


def _neighbours(tokens: Sequence[Token], step: int) -> Mapping[str, str]:
    """For each word of content the number, name or code it stands next to, if it does once only."""
    found: dict[str, set[str]] = {}
    label = ""
    for token in tokens if step > 0 else tokens[::-1]:
        word = token.text if _is_anchor(token) else token.key
        if label and word:
            found.setdefault(word, set()).add(label)
            label = ""
        if _is_anchor(token):
            label = token.text
    return {word: min(labels) for word, labels in found.items() if len(labels) == 1}


def _is_anchor(token: Token) -> bool:
    if token.fixed or any(sign.isdigit() for sign in token.text) or token.text.lower() in SPELLED:
        return True
    return token.text[0].isupper() and not token.initial


def _turned(group: Group) -> tuple[str, str] | None:
    """Two words that stood on different sides of a third, or of each other, and exchanged their places."""
    if any(_count(group.old, words) != _count(group.new, words) for words in _TURNING):
        return None
    return _around_a_third(group) or _transposed(group)


def _around_a_third(group: Group) -> tuple[str, str] | None:
    old, new = _sides(group.old), _sides(group.new)
    for word, (left, right) in old.items():
        now_left, now_right = new.get(word, (left, right))
        crossed = [lost for lost in left if lost in now_right and lost not in now_left]
        back = [won for won in right if won in now_left and won not in now_right]
        if crossed and back:
            return group.spelled(crossed[0]), group.spelled(back[0])
    return None


def _transposed(group: Group) -> tuple[str, str] | None:
    """Two words that exchanged their places while all others stayed, but where a clause went to the front."""
    old, new = _order(group.old), _order(group.new)
    both = old.keys() & new.keys()
    was, now = ([word for word in order if word in both] for order in (old, new))
    apart = [i for i in range(len(was)) if was[i] != now[i]]
    if len(apart) != 2:
        return None
    one, other = (was[i] for i in apart)
    fronted = old[one] != old[other] or new[one] != new[other]
    in_steps = _count(group.old, _STEPS) and _count(group.new, _STEPS)
    return None if fronted and not in_steps else (group.spelled(one), group.spelled(other))


def _order(tokens: Sequence[Token]) -> dict[str, int]:
    """The words of content and names that are said once, in order, each with the number of its clause."""
    counts: Counter[str] = Counter()
    found: dict[str, int] = {}
    clause = 0
    for token in tokens:
        word = token.key if not _is_anchor(token) or token.fixed else token.text
        if word and not is_empty(word):
            counts[word] += 1
            found.setdefault(word, clause)
        clause += token.stops
    return {word: clause for word, clause in found.items() if counts[word] == 1}


def _count(tokens: Sequence[Token], words: frozenset[str]) -> int:
    return sum(token.text.lower() in words for token in tokens)


def _sides(tokens: Sequence[Token]) -> Mapping[str, tuple[list[str], list[str]]]:
    """For each word of content that is said once, the two before it and the two behind it, in its clause."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for clause in _clauses(tokens):
        for i, word in enumerate(clause):
            if clause.count(word) == 1:
                found[word] = clause[max(0, i - 2) : i], clause[i + 1 : i + 3]
    return found


def _clauses(tokens: Sequence[Token]) -> Iterator[list[str]]:
    clause: list[str] = []
    for token in tokens:
        if token.key:
            clause.append(token.key)
        if token.stops:
            yield clause
            clause = []
    yield clause
