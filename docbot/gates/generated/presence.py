"""Things that a rewrite may name once more or once less, as long as they are named where they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from docbot.gates.generated.align import Group
from docbot.gates.generated.differences import Answer, differ
from docbot.gates.generated.passage import Token
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import PRONOUNS


def same_things(rewrite: Rewrite, pick: Callable[[Token], bool], noun: str, same: str) -> Answer:
    """Whether each group of sentences names the same things that `pick` picks.

    Sentences that are joined may name a thing once where they named it twice, and a pronoun may become a
    thing of the section.
    """
    for group in rewrite.groups:
        old, new = ([token.text for token in side if pick(token)] for side in (group.old, group.new))
        was, now = (Counter(token.text for token in side) for side in (group.old, group.new))
        gone = [text for text in old if now[text] < was[text] and not (now[text] and _is_spared(group))]
        more = [text for text in new if now[text] > was[text] and not _stands_for(text, group, rewrite)]
        if reason := differ(gone, more, noun):
            return False, reason
    return True, same


def _is_spared(group: Group) -> bool:
    """Whether a thing may be named less often: sentences were joined, or a pronoun stands for it."""
    return len(group.after) < len(group.before) or pronouns(group.new) > pronouns(group.old)


def _stands_for(text: str, group: Group, rewrite: Rewrite) -> bool:
    """Whether `text`, which the section names, may stand for a pronoun or begin a new sentence."""
    room = pronouns(group.new) < pronouns(group.old) or len(group.after) > len(group.before) > 0
    return room and text in rewrite.source_before


def pronouns(tokens: tuple[Token, ...]) -> int:
    return sum(token.text.lower() in PRONOUNS for token in tokens)
