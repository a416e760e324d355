"""Which new name a mention of Azure Active Directory gets: Microsoft's decision list, in its order.

First the names that stay, then the glossary (its longest row that fits), then five rules on the words around
the name. The source is named in `docbot/data/entra.toml`. Microsoft's own script repairs its results
afterwards ("an Microsoft Entra", "Microsoft Entra ID tenant"); here nothing of the kind comes about, which
the tests hold.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from docbot.renames.names import AAD, Hit
from docbot.renames.table import Term, entra

PRODUCT = "Microsoft Entra ID"
FAMILY = "Microsoft Entra"
_NEAR = 80
"""Characters before and after the name that decide."""
_PUNCTUATION = re.compile(r"[.,;:!?)\]…]|['’]s?(?!\w)")
_REPEATED = re.compile(rf"\s+\(({AAD})")
"""Once more, as an abbreviation of the whole: "Azure Active Directory Connect (Azure AD Connect)"."""
_JOINED = re.compile(r"[-/]")
_WORD = re.compile(r"\s+([A-Za-z][\w’'-]*)")
_LAST_WORD = re.compile(r"(?<![\w’'-])([A-Za-z][\w’']*)\s+\Z")
_AT_START = re.compile(rf"^.*?(?:{AAD})")
_GOES_ON = re.compile(r"\s*\Z|\s+[(–—-]|[–—]")


class Decision(msgspec.Struct, frozen=True, gc=False):
    """What `[start, end)` of the text becomes, and what decided. Unless `sure`, a person has to.

    `link`: what is linked beside the name has to change with it.
    """

    start: int
    end: int
    new: str
    by: str
    sure: bool
    link: bool = False
    ask: str = ""


def decide(text: str, hit: Hit) -> Decision | None:
    """What becomes of the old name at `hit`; None where it stays."""
    if _stays(text, hit):
        return None
    decided = _from_glossary(text, hit) or _by_rule(text, hit)
    again = _REPEATED.match(text, decided.end, decided.end + _NEAR)
    if again is None:
        return decided
    same = _from_glossary(text, Hit(*again.span(1), None))
    if same is None or same.new != decided.new or text[same.end : same.end + 1] != ")":
        return msgspec.structs.replace(decided, sure=False)
    return msgspec.structs.replace(decided, end=same.end + 1)


class _Row(msgspec.Struct, frozen=True):
    term: Term
    before: re.Pattern[str]
    after: re.Pattern[str]
    weight: int


@cache
def _rows() -> tuple[_Row, ...]:
    """The glossary's spellings, the longest first."""
    rows = [_row(name, term) for term in entra().glossary for name in (term.old, *term.others)]
    return tuple(sorted(rows, key=lambda row: -row.weight))


@cache
def _kept() -> tuple[_Row, ...]:
    return tuple(_row(name, Term(name, "")) for name in entra().guide.kept)


def _row(name: str, term: Term) -> _Row:
    before, _, after = name.partition("{aad}") if "{aad}" in name else ("", "", "")
    start = r"(?<![\w-])" + _loose(before) if before else ""
    end = _loose(after) + r"(?![\w-])" if after else ""
    return _Row(term, re.compile(start + r"\Z"), re.compile(end, re.I), len(name))


def _loose(words: str) -> str:
    """Words in either case of their first letter, with any space between."""
    parts = (re.escape(word) for word in words.split(" "))
    return r"\s+".join(f"(?i:{part})" if part else "" for part in parts)


def _stays(text: str, hit: Hit) -> bool:
    return any(_fits(row, text, hit) is not None for row in _kept())


def _fits(row: _Row, text: str, hit: Hit) -> tuple[int, int] | None:
    """Where the whole of a row's old name stands, if it does."""
    before = row.before.search(text, max(0, hit.start - _NEAR), hit.start)
    after = row.after.match(text, hit.end, hit.end + _NEAR)
    return (before.start(), after.end()) if before and after else None


def _from_glossary(text: str, hit: Hit) -> Decision | None:
    name = " ".join(text[hit.start : hit.end].split())
    for row in _rows():
        if name in (row.term.old, *row.term.others):
            return _decision(row.term, text, (hit.start, hit.end), row.term.new)
        place = _with_words(row, text, hit)
        if place is None or (row.term.bare and not _ends_there(text, place[1])):
            continue
        said = " ".join(text[place[0] : place[1]].split())
        return _decision(row.term, text, place, _with_noun(row.term, said))
    return None


def _with_words(row: _Row, text: str, hit: Hit) -> tuple[int, int] | None:
    """As `_fits`, for a row that has words beside the name."""
    place = _fits(row, text, hit)
    return place if place is not None and place != (hit.start, hit.end) else None


def _decision(term: Term, text: str, place: tuple[int, int], new: str) -> Decision:
    start, end = place
    doubtful = bool(term.ask) or _word_before(text, start) == "hybrid"
    doubtful = doubtful or bool(term.unless and re.compile(term.unless).match(text, end))
    by = f"the glossary's row “{term.old.replace('{aad}', 'Azure AD')}”"
    return Decision(start, end, new, by, not doubtful, term.link, term.ask)


def _with_noun(term: Term, said: str) -> str:
    """The row's new name. Where only the name before a noun changes, the noun stays as `said` has it."""
    noun = term.old.partition("{aad}")[2]
    if not term.new.lower().endswith(noun.lower()):
        return term.new
    lead = term.new[: len(term.new) - len(noun)]
    as_said = _AT_START.sub("", said)
    if not term.recase:
        return lead + as_said
    if as_said.lower() == noun.lower():
        return term.new
    words = as_said.lstrip(" -").split(" ")
    return " ".join([lead, *(word if word.isupper() else word.lower() for word in words)])


def _by_rule(text: str, hit: Hit) -> Decision:
    words = entra().words
    following = _WORD.match(text, hit.end, hit.end + _NEAR)
    after = following[1].lower() if following else ""
    before = _word_before(text, hit.start)
    determined = before in words.determiners
    hybrid = before == "hybrid"

    def rule(number: int, new: str, *, sure: bool) -> Decision:
        return Decision(hit.start, hit.end, new, f"rule {number}", sure and not hybrid)

    if _PUNCTUATION.match(text, hit.end):
        return rule(1, PRODUCT, sure=not determined)
    if _JOINED.match(text, hit.end):
        return rule(1, PRODUCT, sure=False)
    if after in words.plans:
        return rule(2, PRODUCT, sure=not determined)
    if determined:
        return rule(3, FAMILY, sure=after in words.features)
    if after and after not in words.sentence:
        return rule(4, FAMILY, sure=after in words.features)
    return rule(5, PRODUCT, sure=bool(after) or _GOES_ON.match(text, hit.end) is not None)


def _word_before(text: str, start: int) -> str:
    preceding = _LAST_WORD.search(text, max(0, start - _NEAR), start)
    return preceding[1].lower().replace("’", "'") if preceding else ""


def _ends_there(text: str, end: int) -> bool:
    """Whether no noun of the same phrase follows at `end`."""
    following = _WORD.match(text, end, end + _NEAR)
    if following is None:
        return bool(_PUNCTUATION.match(text, end) or _GOES_ON.match(text, end))
    return following[1].lower() in entra().words.sentence
