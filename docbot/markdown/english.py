"""Whether a text is English, as far as the small words of English and of its neighbours tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]+")
_OURS = frozenset(
    "the and of with this that these those from which when your you are is were has have had can would "
    "should not for by it its into than their they them there if how what where who does only also each "
    "both any other more used using must may at be been but because between through without to or "
    "was will we our then see use an".split()
)
"""Small words that hardly any other language has."""
FOREIGN: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "German": "der das den dem des die ein eine einen einer und oder nicht ist sind wird werden kann auf "
        "mit für von zu zum zur im sie sich wenn durch über als auch nach bei aus wie",
        "French": "le la les un une des du de et ou est sont dans pour pas ne que qui sur avec vous ce cette "
        "ces au aux par être votre vos il elle",
        "Spanish": "el la los las un una unos de del y o no es son en para por que con se su sus al como más "
        "este esta puede usted si está",
        "Portuguese": "o os as um uma de do da dos das e ou não é são em no na ao pelo pela para por que com "
        "se seu sua como mais este esta isso esse essa pode você",
        "Italian": "il lo la gli le un una di del della dello che e o non è sono per con si su al come più "
        "questo questa può nel dei",
        "Dutch": "de het een en of niet is zijn in van voor op met je te dat die deze dit wordt kan als ook "
        "door naar bij uw",
        "Polish": "i w na z do jest nie się że są dla jak lub oraz po przez może aby",
        "Swedish": "och eller inte är som att det den en ett på för med av till kan du om från",
        "Danish": "og ikke til på af er som med for den det en et",
        "Turkish": "ve veya bir bu için ile olarak değil da de olan her gibi",
        "Russian": "и в не на что для это как по или",
    }.items()
}
"""Small words of languages that docs are written in."""
_SHARED = frozenset(
    "a an as at com con da den die dit do e en er et for her i in je lo no o of on par per se si son un up "
    "van y".split()
)
_OTHERS = frozenset[str]().union(*FOREIGN.values()) - _OURS - _SHARED
"""Those that English hasn't, not even as a name or a short form."""
_LEAST = 0.05
"""The share of small English words on a page of notes without a whole sentence."""


def balance(text: str) -> tuple[int, int, int]:
    """How many words `text` has, how many of them English has, and how many other languages."""
    words = _WORD.findall(text.lower())
    return len(words), sum(word in _OURS for word in words), sum(word in _OTHERS for word in words)


def is_english(sentence: str) -> bool:
    """Whether the small words in a sentence are English, and its letters mostly plain ones."""
    count, ours, others = balance(sentence)
    plain = sum(word.isascii() for word in _WORD.findall(sentence))
    return ours > 2 * others and plain * 5 >= count * 4


def english(sentences: Iterable[str]) -> list[str]:
    """Those of a page's `sentences` that are English.

    One without small words is what the page is; on a page of another language, that is not English.
    """
    weighed = [(text, balance(text)) for text in sentences]
    words = sum(counts[0] for _, counts in weighed)
    ours = sum(counts[1] for _, counts in weighed)
    others = sum(counts[2] for _, counts in weighed)
    if ours < _LEAST * words or ours <= 4 * others:
        return [text for text, (_, our, other) in weighed if our >= 3 and our > 4 * other and text.isascii()]
    return [
        text for text, (_, our, other) in weighed if our > other or (our == other == 0 and text.isascii())
    ]
