"""Gates on the language and the letters that a section is written in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from docbot.gates.generated.differences import Answer, differ, quoted, split
from docbot.gates.generated.passage import Passage
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.vocabulary import STOP
from docbot.markdown.english import FOREIGN

_ENGLISH_TOO = STOP | frozenset("a an as at do die in is no of on or the to die dit of des son".split())
_FOREIGN = {language: words - _ENGLISH_TOO for language, words in FOREIGN.items()}


def same_characters(rewrite: Rewrite) -> Answer:
    """No letter or sign outside of ASCII is new to the page, and symbols such as ticks and arrows stay."""
    old, new = ([s for s in text if _is_symbol(s)] for text in (rewrite.source_before, rewrite.source_after))
    if old != new:
        return False, differ(*split(old, new), "the symbol") or "symbols stand in another order"
    known = set(rewrite.before.text)
    for sign in rewrite.source_after:
        if not sign.isascii() and sign not in known:
            name = unicodedata.name(sign, "a character without a name").lower()
            return False, f"{quoted(sign)} ({name}) is new to the page"
    return True, "no letter or sign is new to the page"


def _is_symbol(sign: str) -> bool:
    return not sign.isascii() and unicodedata.category(sign) in ("So", "Sm")


def same_language(rewrite: Rewrite) -> Answer:
    """The section is English, and stays so: the gates of meaning know the small words of English alone."""
    words = _words(old for old, _ in rewrite.pairs)
    language, count = _foreign(words)
    english = sum(words[word] for word in words if word in STOP)
    if not _is_latin(rewrite.source_before) or (count >= 2 and count > english):
        return False, f"the section isn't in English ({language}): what it says can't be compared"
    for old, new in rewrite.pairs:
        language, _ = _foreign(more := _words([new]) - _words([old]))
        foreign = [word for word in more if word in _FOREIGN[language]]
        if len(foreign) >= 2:
            return False, f"{quoted(foreign[0])} and {quoted(foreign[1])} are {language}"
    return True, "the language is the same"


def _words(passages: Iterable[Passage]) -> Counter[str]:
    return Counter(
        token.text.lower()
        for passage in passages
        for s in passage.sentences
        for token in s.tokens
        if token.plain
    )


def _foreign(words: Counter[str]) -> tuple[str, int]:
    """The language other than English that most of the words are of, and how many are."""
    counts = {language: sum(words[word] for word in mine) for language, mine in _FOREIGN.items()}
    return max(counts.items(), key=lambda item: item[1])


def _is_latin(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return 2 * sum(sign.isalpha() and sign < "\u0250" for sign in text) >= letters
