"""What stands around an English article: the sound of the word behind it, and the words before it."""

from __future__ import annotations

import re

_NOT_READ = frozenset(
    "FAQ FYI LAN MAC MAN MSG NAS NAT RAID RAM REST ROM SAML SAN SAP SAS SATA SFX SID SQL SRC SRV SSO "
    "STR".split()
)
"""Abbreviations that some spell and others say as a word or in full."""
_SAID = frozenset("ONE ONCE EU UNO EURO".split())
"""Capitals that are no letters to be spelled."""
_SPELLED_YOU = frozenset("UAC UDP UEFI UI UID UPN URI URL URN USB UTC UUID UWP UX".split())
"""Abbreviations that start with the sound of “you”, spelled or not."""
_SPELLED_EM = frozenset("HTTPS MFA".split())
_LIKE_YOU = re.compile(
    r"eu(?!ler)|ewe|ubiquit|unanim|unary|uni(?:c|dir|f|l|on|part|pol|q|t|v|x)|us(?:able|age|e|ing|ual|ur)|utensil"
    r"|util|utop|uranium|one(?!r)|once"
)
"""Words that start with a vowel letter and the sound of “you” or “won”."""
_VOWEL = re.compile(r"[aeio]|u(?:n[a-hj-z]|p[a-z]|l[ct]|m[bp]|g|tt|tm|rg|rb|sh)|h(?:our|onest|ono|eir)")
_CONSONANT = re.compile(
    r"(?:str|scr|spl|spr|squ|thr|shr|chr|phr|sch"
    r"|h(?:and|ard|ash|ead|eap|elp|idden|igh|ome(?![a-z])|ook|ost(?![ei]))"
    r"|y[aeiou]|[bcdfgjklmnpqrstvwz][lrhwmnstk]?[aeiouy])"
)
"""How an ordinary word starts, not an abbreviation in small letters such as “npm” or “ssh”. Some write “an”
before an “h” that isn't stressed."""
_PLAIN = re.compile(r"[A-Z]?[a-z]{2,}[A-Za-z]*(?:'s|’s)?(?:-[A-Za-z\d-]+)?\Z")
_CAPITALS = re.compile(r"([A-Z]{2,})(?:\d+(?:\.\d+)*)?(?:s|'s|’s)?(?:-[A-Za-z\d-]+)?\Z")
_SPELLABLE = re.compile(r"[AEIOUY]")

_TAKES_ARTICLE = re.compile(
    r"(?:\A|[.:;?!(] ?|\b(?:about|after|against|and|any|are|as|at|be|because|become|been|before|between|but"
    r"|by|during|for|from|had|has|have|having|if|in|into|is|isn['’]t|like|of|on|onto|or|over|than|that|then|there['’]s|through|to"
    r"|under|using|via|was|were|when|where|while|with|within|without"
    r"|(?:access|build|call|caus|chang|check|choos|click|clos|configur|contain|creat|defin|delet|describ|disabl"
    r"|display|download|edit|embed|enabl|enter|execut|expect|generat|get|giv|implement|includ|insert|install"
    r"|issu|load|mak|manag|modif|need|open|pass|press|provid|rais|reach|receiv|remov|replac|represent|requir"
    r"|restart|retriev|run|sav|see|select|set|specif|start|stop|support|tak|throw|updat|us|want|writ)"
    r"(?:e|s|es|ing|ed|d|y|ies|ting|ning)?) )\Z",
    re.I,
)


def takes_article(before: str) -> bool:
    """Whether after `before`, the end of a text, an article stands for sure.

    Elsewhere it may be a slip for another word: “routing an mail flow”, “added the the list”.
    """
    return _TAKES_ARTICLE.search(before) is not None


def sound(word: str) -> str:
    """`a` or `an`, whichever stands before `word`; empty where that isn't certain."""
    if match := _CAPITALS.match(word):
        return _of_capitals(match[1])
    if not _PLAIN.match(word):
        return ""
    return _of_word(word.lower())


def _of_capitals(letters: str) -> str:
    if letters in _NOT_READ or letters in _SAID:
        return ""
    if letters[0] in "AEIO":
        return "an"
    if letters[0] in "BCDGJKPQTVWYZ" or letters in _SPELLED_YOU:
        return "a"
    # Said as a word it would start with another sound than spelled; without a vowel it can't be said.
    # Two letters are often said in full (“HW”), many are no abbreviation at all.
    spelled = letters in _SPELLED_EM or (len(letters) in (3, 4) and not _SPELLABLE.search(letters))
    return "an" if letters[0] in "FHLMNRSX" and spelled else ""


def _of_word(word: str) -> str:
    if _LIKE_YOU.match(word):
        return "a"
    if _VOWEL.match(word):
        return "an"
    return "a" if _CONSONANT.match(word) else ""
