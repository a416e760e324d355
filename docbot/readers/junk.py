"""Issues that say nothing of the docs: empty forms, tests, praise, noise, advertising, calls for help.

Facts: a third to three quarters of the issues that Learn's feedback form files are of these kinds.
"""

from __future__ import annotations

import re

from docbot.readers.forms import Form
from docbot.readers.values import Issue
from docbot.readers.words import count, word_list

FEWEST = 4
"""Words without which nothing is said, unless something on the page is quoted."""

_LABELS = re.compile(
    r"\b(?:spam|invalid|wont-?fix|code-of-conduct|not-an-issue|off-?topic|support|support-request|product-question"
    r"|product-issue|product-feedback|kudos|not-docs|wrong-repo)\b"
)
_PRAISE = frozenset(
    "excellent fantastic wonderful kudos congratulations really documentation good great nice cool "
    "thanks thank you love like it this the article page doc docs very much so helpful "
    "useful awesome perfect excellent amazing best work job ok okay yes no hi hello hey test testing wow lol "
    "please help me bug report feedback issue fine well done all is was for your my we super "
    "informative".split()
)
_WRONG = frozenset(
    "not no never wrong bad missing broken error typo outdated unclear incorrect should don't doesn't isn't "
    "can't fails misleading confusing".split()
)
_TEST = re.compile(
    r"(?:this is (?:just )?)?(?:a |only a |just a )*test(?:ing)?(?: issue| only| post| 123| please "
    r"ignore| the form)*\W*"
    r"|please ignore(?: this)?\W*",
    re.I,
)
_ENGLISH = frozenset(
    "a an the is are was be been in on at to of for from by with and or not no this that these it its as "
    "if when "
    "but so can should would does do did has have there which what how why where you your we they i my "
    "me than "
    "there's isn't doesn't don't can't then them they were here just only also all any some after "
    "before".split()
)
_ENGLISH_SHARE = 8
"""Of so many words of an English text at least one is among the above; commonly it is every second."""
_ADS = re.compile(
    r"\b(?:casino|betting|gambl\w+|lotter\w+|loans?|payday|forex|bitcoin|crypto\w*|airdrop|invest(?:ment|ing)|escorts?"
    r"|viagra|cialis|pharmacy|weight loss|seo|backlinks?|marketing agency|best price|discounts?|buy "
    r"(?:now|online|cheap)"
    r"|cheap|free (?:download|gift|robux|followers)|followers|whats ?app|telegram|call now|toll.free"
    r"|customer care"
    r"|helpline|support number|phone number|click here|limited offer|earn money|work from home|essay writing"
    r"|packers and movers|visit our (?:website|site)|our services|crack(?:ed)?|keygen|activat(?:or|ion "
    r"key)|mod apk)\b"
    r"|(?<!\d)\+?\d[\d ()-]{9,20}\d(?!\d)",
    re.I,
)
_HELP = re.compile(
    r"\b(?:please help|help me|can (?:any|some)(?:one|body) help|how (?:do|can|should|to) i\b|i need help"
    r"|i(?:'m| am) (?:stuck|trying|unable|getting|not able)|i (?:get|got|receive|have|see|keep getting) "
    r"(?:an?|this|the"
    r"|following) (?:\w+ )?(?:error|exception|problem|issue|message)|i can(?:no|')t|i cannot|my "
    r"(?:computer|laptop|pc"
    r"|machine|account|subscription|license|server|device|phone|password|order|company|vm|cluster|app|site|website)\b"
    r"|after (?:the|an|installing|updating) (?:\w+ ){0,3}(?:update|upgrade)|stopped working|(?:is"
    r"|are)(?: not|n't) working|crash(?:es|ed)?"
    r"|blue screen|refund|billing|feature request|would be (?:great|nice|cool) if (?:wsl|windows|the "
    r"(?:product|tool"
    r"|app|cli)))",
    re.I,
)
_DOCS = re.compile(
    r"\b(?:docs?|documentation|documented|page|article|section|heading|paragraph|sentence|typos?|spelling|example"
    r"|sample|snippet|link|table|figure|screenshot|diagram|tutorial|guide|instructions?|steps?|says?|states?|reads?"
    r"|described?|explain(?:s|ed)?|mention(?:s|ed)?|misleading|unclear|outdated|wording|here it|this "
    r"text|readme)\b",
    re.I,
)
_LABEL_GAPS = re.compile(r"[ _]")
_PARTS = re.compile(r"[.,:;!?]+\s*")
_NO_ISSUE = re.compile(r"\bnot (?:really )?an? (?:issue|bug|problem)\b|\bno (?:issue|problem)s?\b", re.I)
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüœ]", re.I)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}", re.I)
_REPEATED = re.compile(r"(.)\1{3}|(.{2,3})\2{2}")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTER = re.compile(r"[^\W\d_]")


def useless(issue: Issue, form: Form, words: str, *, points: bool) -> str:
    """Why an issue is no report of a reader's on the docs; empty for one that may be.

    `words` are the reader's own in plain text, title included where it is no default. `points` says that the
    report names words or a place of a page, which noise and calls for help seldom do.
    """
    if issue.is_pull or issue.is_bot:
        return "not written by a reader"
    if any(_LABELS.search(_LABEL_GAPS.sub("-", label.lower().replace("'", ""))) for label in issue.labels):
        return "the maintainers labelled it as none"
    if not count(words):
        return "no words of its own"
    if all(_TEST.fullmatch(part) for part in _PARTS.split(words) if part):
        return "a test"
    if _advertises(words, form.words):
        return "advertising"
    if _is_praise(word_list(_NO_ISSUE.sub("", words))):
        return "neither a problem nor a place"
    if not points and count(words) < FEWEST:
        return "too few words to tell what is wrong"
    return _noise(words, points) or _call_for_help(words, points)


def _is_praise(said: list[str]) -> bool:
    """Whether most words are those of praise, greetings and thanks, and none says that anything is wrong."""
    kind = sum(word in _PRAISE for word in said)
    return kind == len(said) or (kind * 5 >= len(said) * 4 and _WRONG.isdisjoint(said))


def _advertises(words: str, markdown: str) -> bool:
    signs = {match[0].lower() for match in _ADS.finditer(words)}
    foreign = words.count("(link)") + words.count("(address)")
    if _speaks_of_docs(words) and len(signs) < 3:
        return False
    return len(signs) >= 2 or bool(signs and foreign) or foreign > 4


def _speaks_of_docs(words: str) -> bool:
    return _DOCS.search(words.replace("(link)", "")) is not None


def _noise(words: str, points: bool) -> str:
    letters = _LETTER.findall(words)
    latin = sum(map(bool, map(_LATIN.match, letters)))
    if points:
        return ""
    if latin * 2 < len(letters):
        return "in another language than the docs"
    said = word_list(words)
    odd = sum(_is_odd(word) for word in said)
    if odd * 2 >= len(said):
        return "no words of any language"
    english = sum(word in _ENGLISH for word in said)
    if len(said) >= FEWEST and english * _ENGLISH_SHARE < len(said):
        return "in another language than the docs"
    return ""


def _is_odd(word: str) -> bool:
    if len(word) < 4:
        return False
    plain = word.replace("'", "")
    return bool(
        len(plain) > 25 or not _VOWEL.search(plain) or _CONSONANTS.search(plain) or _REPEATED.search(plain)
    )


def _call_for_help(words: str, points: bool) -> str:
    if points or _speaks_of_docs(words):
        return ""
    return "a call for help with the product" if _HELP.search(words.replace("’", "'")) else ""
