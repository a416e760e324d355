"""Things that a rewrite may name once more or once less, as long as they are named where they were."""

from __future__ import annotations

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
        old = dict.fromkeys(token.text for token in group.old if pick(token))
        new = dict.fromkeys(token.text for token in group.new if pick(token))
        said_before = {token.text for token in group.old}
        said_after = {token.text for token in group.new}
        gone = [text for text in old if text not in said_after]
        more = [text for text in new if text not in said_before and not _stands_for(text, group, rewrite)]
        if reason := differ(gone, more, noun):
            return False, reason
    return True, same


def _stands_for(text: str, group: Group, rewrite: Rewrite) -> bool:
    """Whether `text` may have taken a pronoun's place: there is one less, and the section names it."""
    return text in rewrite.source_before and pronouns(group.new) < pronouns(group.old)


def pronouns(tokens: tuple[Token, ...]) -> int:
    return sum(token.text.lower() in PRONOUNS for token in tokens)
