"""Gates on whole sentences and words of content: what was dropped, and what was invented."""

from __future__ import annotations

from collections import Counter

from docbot.gates.generated.align import MOST, Group
from docbot.gates.generated.differences import Answer, quoted
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import EMPTY_STEMS

MOST_PARTS = 3
"""Sentences that may become one, or that one may become."""
_KEPT, _KNOWN = 0.4, 0.5
"""The share of a sentence's words that must come back, and of a new one's that must have been there."""
_LONG = 10
"""Words of content of sentences that may gain one without losing one."""


def same_sentences(rewrite: Rewrite) -> Answer:
    """Every sentence before says something after, every sentence after said something before."""
    for old, new in rewrite.pairs:
        if max(len(old.sentences), len(new.sentences)) > MOST:
            return False, f"a block has more than {MOST} sentences, which are too many to be compared"
    for group in rewrite.groups:
        if reason := _broken(group):
            return False, reason
    before = sum(len(group.before) for group in rewrite.groups)
    after = sum(len(group.after) for group in rewrite.groups)
    return True, f"0 sentences added or dropped ({before} became {after})"


def _broken(group: Group) -> str:
    old = frozenset(key for sentence in group.before for key in sentence.keys)
    new = frozenset(key for sentence in group.after for key in sentence.keys)
    for sentence in group.before:
        if _share(sentence.keys - EMPTY_STEMS, new) < _KEPT:
            return f"the sentence {quoted(sentence.text)} is dropped"
    for sentence in group.after:
        if _share(sentence.keys, old) < _KNOWN:
            return f"the sentence {quoted(sentence.text)} is invented"
    if max(len(group.before), len(group.after)) > MOST_PARTS:
        return f"{len(group.before)} sentences became {len(group.after)}, with {quoted(group.before[0].text)}"
    if group.moved:
        return f"the sentence {quoted(group.after[0].text)} stands in another place"
    return ""


def _share(words: frozenset[str], among: frozenset[str]) -> float:
    return len(words & among) / len(words) if words else 1.0


def no_words_dropped(rewrite: Rewrite) -> Answer:
    """No word of content is gone but empty ones, and those that another took the place of."""
    for group in rewrite.groups:
        old, new = _words(group)
        gone = [word for word in old if word not in new and word not in EMPTY_STEMS]
        more = [word for word in new if word not in old]
        if len(gone) > len(more):
            word = _spelled(gone[-1], group)
            return False, f"{quoted(word)} is dropped and no other word says it"
    return True, "no word of content is dropped"


def few_new_words(rewrite: Rewrite) -> Answer:
    """Words that are new to the page are few, and each stands for one that went."""
    for group in rewrite.groups:
        old, new = _words(group)
        gone = sum(word not in new for word in old)
        more = [word for word in new if word not in old]
        fresh = [word for word in more if word not in rewrite.known and word not in EMPTY_STEMS]
        room = min(gone + (len(old) >= _LONG), max(1, len(old) // 3))
        if len(fresh) > room:
            return (
                False,
                f"{quoted(_spelled(fresh[0], group))} is new to the page, with no word that it replaces",
            )
        if len(more) > max(2, len(old) // 2):
            return (
                False,
                f"{len(more)} words are new to the sentence, {quoted(_spelled(more[0], group))} first",
            )
    return True, "new words are few"


def _words(group: Group) -> tuple[list[str], list[str]]:
    """The words of content before and after, fixed things left out."""
    old, new = (Counter(t.key for t in side if t.key and not t.fixed) for side in (group.old, group.new))
    return list(old), list(new)


def _spelled(key: str, group: Group) -> str:
    return next((token.text for token in (*group.old, *group.new) if token.key == key), key)
