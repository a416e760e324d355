"""Gates on what a model says beside its answer, and on signs that mean something to a machine."""

from __future__ import annotations

import re
from collections import Counter

from docbot.gates.generated.differences import Answer, quoted
from docbot.gates.generated.rewrite import Rewrite

_REPLY = re.compile(
    r"\b(?:sure|certainly|absolutely|of course|no problem|okay|ok|great|alright|understood|you're "
    r"welcome)[,!]"
    r"|\bhere (?:you go|it is|you are|is (?:the|your|my|an?)|are (?:the|your|my|some)|'s "
    r"(?:the|your|my|an?))\b"
    r"|\bhere's (?:the|your|my|an?)\b"
    r"|\bas an? (?:ai|llm|assistant|(?:large )?language model)\b|\blanguage model\b"
    r"|\bhope (?:this|that|it) helps\b|\blet me know\b|\bfeel free\b|\bhappy to help\b"
    r"|\b(?:revised|rewritten|improved|updated|corrected|edited|clearer|new|final|original) "
    r"(?:version|text|section|sentence|paragraph|answer|output|reply)\b"
    r""
    r"|^(?:original|revised|rewritten|rewrite|after|before|output|answer|explanation|reason|result|reply|response"
    r"|changes?|edits?|suggestion|user|assistant|system)[ ]?:"
    r"|\b(?:this|the) (?:rewrite|revision|reply|rewritten)\b"
    r"|\[/?inst\]|</?s>|</?think>|<\|[a-z_]{1,20}\|?>",
    re.I,
)
_FIRST_PERSON = frozenset("i me my mine myself".split())
_SIGNS = "`<>|{}[]\\~^=@#$%*_&"
"""Signs of Markdown, HTML, templates and shells."""


def no_reply_words(rewrite: Rewrite) -> Answer:
    """The text is the answer alone: no greeting, no comment on itself, no "I"."""
    for old, new in rewrite.pairs:
        was = {match[0].lower() for match in _REPLY.finditer(old.text)}
        said = next((match[0] for match in _REPLY.finditer(new.text) if match[0].lower() not in was), "")
        if said:
            return False, f"{quoted(said)} speaks to whoever asked, not to the reader"
    for group in rewrite.groups:
        known = {token.text.lower() for token in group.old}
        for token in group.new:
            if token.text.lower() in _FIRST_PERSON - known and not token.fixed:
                return False, f"{quoted(token.text)} is the model speaking of itself"
    return True, "it is the text alone"


def no_stray_signs(rewrite: Rewrite) -> Answer:
    """No sign of Markdown, HTML or a template is new, whether it means something where it stands or not."""
    old, new = Counter(rewrite.source_before), Counter(rewrite.source_after)
    sign = next((sign for sign in _SIGNS if new[sign] > old[sign]), "")
    return not sign, f"a {quoted(sign)} is new" if sign else "no sign of markup is new"


def no_commands(rewrite: Rewrite) -> Answer:
    """Nothing is new that a workflow's log takes for a command (`::set-output …::`)."""
    more = rewrite.source_after.count("::") > rewrite.source_before.count("::")
    return not more, "a workflow command (“::”) is new" if more else "no workflow command is new"


def same_tone(rewrite: Rewrite) -> Answer:
    """Statements stay statements: no exclamation and no question is new."""
    for sign in "!?":
        if rewrite.source_after.count(sign) > rewrite.source_before.count(sign):
            return False, f"a {quoted(sign)} is new"
    return True, "no exclamation or question is new"
