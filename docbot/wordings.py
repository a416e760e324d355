"""Two ways to say the same, of which a repository may prefer one: how each is told, counted and rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from docbot.measured import wilson

Rewrite = Callable[[re.Match[str]], str]


class Wording(msgspec.Struct, frozen=True):
    """What a house may say instead of something else."""

    house: str
    other: str
    is_house: re.Pattern[str]
    is_other: re.Pattern[str]
    rewrite: Rewrite
    """What a match of `is_other` becomes."""

    @property
    def name(self) -> str:
        return f"{self.other} > {self.house}"


class Usage(msgspec.Struct, frozen=True, gc=False):
    """In how many distinct sentences each of the two stands."""

    house: int = 0
    other: int = 0

    @property
    def least_share(self) -> float:
        """The share of the house's words, 0 to 1: the lower end of Wilson's interval, at 95 %."""
        return wilson(self.house, self.house + self.other)[0]


def usage(sentences: Iterable[str]) -> dict[str, Usage]:
    """How often each wording's two ways are written, by the wording's name; those never met are left out."""
    houses, others = dict.fromkeys(WORDINGS, 0), dict.fromkeys(WORDINGS, 0)
    for text in sentences:
        if _ANY.search(text):
            for wording in WORDINGS:
                houses[wording] += wording.is_house.search(text) is not None
                others[wording] += wording.is_other.search(text) is not None
    met = (wording for wording in WORDINGS if houses[wording] or others[wording])
    return {wording.name: Usage(houses[wording], others[wording]) for wording in met}


def _spelled(house: str, others: Sequence[str], endings: str = "s") -> Wording:
    """Another spelling of a word, with the capital and the ending it has."""
    return Wording(
        house,
        others[0],
        _spelling((house,), endings),
        _spelling(others, endings),
        lambda match: (
            (house[0].upper() if match[1][0].isupper() else house[0]) + house[1:] + (match[2] or "")
        ),
    )


def _spelling(forms: Iterable[str], endings: str) -> re.Pattern[str]:
    every = "|".join(f"[{form[0].upper()}{form[0].lower()}]{re.escape(form[1:])}" for form in forms)
    return re.compile(rf"(?<![\w.\-/@])({every})({endings})?(?![\w\-/@]|\.\w)")


def _both(one: str, two: str, *more: str) -> Iterator[Wording]:
    yield _spelled(one, (two, *more))
    yield _spelled(two, (one,))


def _latin(match: re.Match[str], words: str) -> str:
    """The words with a comma behind them, where a list or a clause follows."""
    said = words.capitalize() if match[1].isupper() else words
    return f"{said}, " if match["after"] else said


_SIGN = {"log": "sign", "logged": "signed", "logging": "signing"}


def _sign_in(match: re.Match[str]) -> str:
    verb = _SIGN[match[1].lower()]
    verb = verb.capitalize() if match[1][0].isupper() else verb
    return f"{verb}{match[2]}{'in to' if match[3] in ('into', 'onto') else 'in'}"


_NO_NOUN = "".join(rf"(?<!\b{word} )" for word in "the a this that your each event error last".split())
_OF_A_LOG = (
    "the|an?|this|that|these|those|each|every|your|order|case|accounts?|events?|times?|scripts?|rights?|servers?"
    "|screens?|names?|pages?|types?|sessions?|hours?"
)
"""What follows where something is logged in a place, or "log on" is a noun."""
_CHECK_BOX = r"(?=[^.!?]{0,60}\bcheck[ -]?box)"

WORDINGS: tuple[Wording, ...] = (
    Wording(
        "for example",
        "e.g.",
        re.compile(r"\b[Ff]or example\b"),
        re.compile(r"(?<![\w.])([Ee])\.g\.(?P<after>,? (?=\S)|(?=:))"),
        lambda match: _latin(match, "for example"),
    ),
    Wording(
        "that is",
        "i.e.",
        re.compile(r"\b[Tt]hat is,"),
        re.compile(r"(?<![\w.])([Ii])\.e\.(?P<after>,? (?=\S)|(?=:))"),
        lambda match: _latin(match, "that is"),
    ),
    Wording(
        "sign in",
        "log in",
        re.compile(r"\b[Ss]ign(?:s|ed|ing)?[ -]in\b"),
        re.compile(
            rf"(?<![\w\-/.])({_NO_NOUN}[Ll]og|[Ll]ogged|[Ll]ogging)([ -])"
            rf"((?:in|on)(?! (?:{_OF_A_LOG})\b)|into|onto)(?![\w/-])"
        ),
        _sign_in,
    ),
    Wording(
        "set up",
        "setup",
        re.compile(r"(?:\A|[.!?] )Set up (?:the|a|an|your)\b"),
        re.compile(r"(?:(?<=\A)|(?<=[.!?] ))Setup(?= (?:the|a|an|your) )"),
        lambda match: "Set up",
    ),
    Wording(
        "drag",
        "drag and drop",
        re.compile(r"\b[Dd]rag(?:s|ging|ged)?\b(?![ -]and)"),
        re.compile(r"(?:(?<=\A)|(?<=\bto )|(?<=\bcan ))([Dd])rag and drop(?= (?:the|a|an|your|it|them)\b)"),
        lambda match: f"{match[1]}rag",
    ),
    Wording(
        "clear the check box",
        "uncheck",
        re.compile(rf"\b[Cc]lear(?:s|ed|ing)?\b{_CHECK_BOX}"),
        re.compile(rf"\b([Uu]ncheck|[Uu]nselect|[Dd]eselect)(s|ed|ing)?\b{_CHECK_BOX}"),
        lambda match: ("Clear" if match[1][0].isupper() else "clear") + (match[2] or ""),
    ),
    _spelled("email", ("e-mail",), "s|ed|ing"),
    _spelled("Wi-Fi", ("wifi", "WiFi", "wi-fi"), "(?!)"),
    *_both("check box", "checkbox", "check-box"),
    *_both("screenshot", "screen shot", "screen-shot"),
    *_both("datacenter", "data center"),
    *_both("website", "web site"),
    *_both("webpage", "web page"),
    *_both("filename", "file name"),
    *_both("timestamp", "time stamp", "time-stamp"),
)
BY_NAME: Mapping[str, Wording] = {wording.name: wording for wording in WORDINGS}
_ANY = re.compile(
    r"\b(?:example|e\.g|i\.e|that is|log|sign|set ?up|drag|clear|uncheck|unselect|deselect|e-?mail|wi-?fi"
    r"|check|screen|data ?center|web|file|time)",
    re.I,
)
"""What a sentence has to have to be looked at."""
