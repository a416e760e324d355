"""The reader's own words: on one line, without markup, harmless wherever they are shown."""

from __future__ import annotations

import re
import unicodedata

SHOWN = 180
"""Code points of a reader's words that a report shows."""
_FENCED = re.compile(r"^[ \t]{0,3}(`{3,}|~{3,})[^\n]*\n(?:[^\n]*\n){0,400}?[ \t]{0,3}\1[^\n]*$", re.M)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,1000}\)|<(?:img|video|source)\b[^<>]{0,2000}>", re.I)
_LINK = re.compile(r"\[(?P<text>[^\[\]\n]{1,300})\]\([^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?\)")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
_URL = re.compile(r"\b(?:https?|ftp):/{1,3}[^\s<>]{1,2000}|\bwww\.[^\s<>]{1,500}", re.I)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}")
_SECRET = re.compile(r"\b(?:gh[a-z]_|github_pat_|sk-|xox[a-z]-|AKIA)[A-Za-z0-9_-]{10,300}")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")
_PUNCTUATION = re.compile(r"^[ \t]*(?:>+|#{1,6}|[-*+]|\d{1,3}[.)])[ \t]+", re.M)


def plain_words(markdown: str) -> str:
    """`markdown` as one line of plain text, without pictures, code blocks, tags, addresses and secrets."""
    text = _FENCED.sub(" ", markdown)
    text = _IMAGE.sub(" ", text)
    text = _LINK.sub(lambda match: match["text"], text)
    text = _SECRET.sub("(secret)", _ADDRESS.sub("(address)", _URL.sub("(link)", _TAG.sub(" ", text))))
    text = _PUNCTUATION.sub("", text)
    text = text.replace("**", "").replace("__", "")
    return _SPACE.sub(" ", harmless(text)).strip()


def harmless(text: str) -> str:
    """`text` without control characters, direction marks, invisible letters and lone surrogates."""
    return "".join(c if c.isspace() else "" if unicodedata.category(c) in _HIDDEN else c for c in text)


_HIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))


def shown(words: str, limit: int = SHOWN) -> str:
    """The start of `words`, cut between two words to `limit` code points; a cut is marked."""
    if len(words) <= limit:
        return words
    cut = words[: limit - 1]
    start = cut.rpartition(" ")[0] if " " in cut[limit // 2 :] else cut
    return start.rstrip(" ,;:.-") + "…"


def count(words: str) -> int:
    """How many words of letters there are; what stood for an address doesn't count."""
    bare = words.replace("(link)", " ").replace("(address)", " ").replace("(secret)", " ")
    return len(_WORD.findall(bare))


def word_list(words: str) -> list[str]:
    """The words of letters in lower case, with straight apostrophes."""
    bare = words.replace("(link)", " ").replace("(address)", " ").replace("(secret)", " ")
    return [word.lower().replace("’", "'") for word in _WORD.findall(bare)]
