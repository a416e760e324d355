"""Gates on whole sentences and words of content: what was dropped, and what was invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docbot.gates.generated.align import Group, too_long
from docbot.gates.generated.differences import Answer, quoted
from docbot.gates.generated.passage import Sentence, Token
from docbot.gates.generated.presence import pronouns
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import is_empty, says_the_same

MOST_PARTS = 3
"""Sentences that may become one, or that one may become."""
_PER_NEW_WORD = 8
"""Words of content for each that may be exchanged."""
MOST_NAMED = 10
_KEPT, _KNOWN = 0.4, 0.5
"""The share of a sentence's words that must come back, and of a new one's that must have been there."""


def same_sentences(rewrite: Rewrite) -> Answer:
    """Every sentence before says something after, every sentence after said something before."""
    for old, new in rewrite.pairs:
        if too_long(old.sentences) or too_long(new.sentences):
            return False, f"a block of {max(old.words, new.words):,} words is too long to be compared"
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
        if _share(_full(sentence), new) < _KEPT:
            return f"the sentence {quoted(sentence.text)} is dropped"
    for sentence in group.after:
        if _share(sentence.keys, old) < _KNOWN:
            return f"the sentence {quoted(sentence.text)} is invented"
    if max(len(group.before), len(group.after)) > MOST_PARTS:
        return f"{len(group.before)} sentences became {len(group.after)}, with {quoted(group.before[0].text)}"
    if group.moved:
        return f"the sentence {quoted(group.after[0].text)} stands in another place"
    return ""


def _full(sentence: Sentence) -> frozenset[str]:
    """The words of content that aren't empty."""
    return frozenset(key for key in sentence.keys if not is_empty(key))


def _share(words: frozenset[str], among: frozenset[str]) -> float:
    return len(words & among) / len(words) if words else 1.0


def no_words_dropped(rewrite: Rewrite) -> Answer:
    """No word of content is gone but empty ones, and those that another took the place of."""
    for group in _both_sides(rewrite):
        gone, more = _exchanged(group)
        if len(gone) > len(more):
            return False, f"{quoted(group.spelled(gone[-1]))} is dropped and no other word says it"
    return True, "no word of content is dropped"


def few_new_words(rewrite: Rewrite) -> Answer:
    """Each new word stands for one that went; one that the page knows may stand for a pronoun, too.

    Words that style guides exchange for each other go freely, others are few, and named for the reviewer.
    """
    exchanged: list[str] = []
    for group in _both_sides(rewrite):
        gone, more = _exchanged(group)
        fresh = [word for word in more if word not in rewrite.known]
        pointed = max(0, pronouns(group.old) - pronouns(group.new))
        other = [word for word in more if not any(says_the_same(word, lost) for lost in gone)]
        if len(fresh) > len(gone):
            return False, f"{quoted(group.spelled(fresh[0]))} is new to the page and replaces no word"
        if len(more) > len(gone) + pointed:
            return False, f"{quoted(group.spelled(more[0]))} is new to the sentence and replaces no word"
        if len(other) > max(1, len(_words(group.old)) // _PER_NEW_WORD) + pointed:
            return False, f"{len(other)} words are new, {quoted(group.spelled(other[0]))} first"
        exchanged += map(group.spelled, other)
    new = ", ".join(map(quoted, exchanged[:MOST_NAMED]))
    return True, f"new words to look at: {new}" if new else "no word is new"


def _both_sides(rewrite: Rewrite) -> Iterator[Group]:
    """The groups but for sentences that were dropped or invented as a whole."""
    return (group for group in rewrite.groups if group.before and group.after)


def _exchanged(group: Group) -> tuple[list[str], list[str]]:
    """The words of content that are gone, and those that are new; empty ones are neither."""
    old, new = _words(group.old), _words(group.new)
    gone = [word for word in old if word not in new and not is_empty(word)]
    return gone, [word for word in new if word not in old and not is_empty(word)]


def _words(tokens: Sequence[Token]) -> list[str]:
    """Each word of content once; without fixed things and “required to”, which have gates of their own."""
    words = [token.text.lower() for token in tokens] + [""]
    return list(
        dict.fromkeys(
            token.key
            for i, token in enumerate(tokens)
            if token.key and not token.fixed and words[i : i + 2] != ["required", "to"]
        )
    )
