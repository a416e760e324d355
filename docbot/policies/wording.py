"""Sentences made easy to compare: plain lower-case words, with one capital word for each thing that matters.

`PR` is a pull request or another contribution, `WORK`, `CODE` and `CHANGE` what one consists of, `AI` and
`BOT` who made it, `MADE` and `AUTO` how, `TYPO` a slip. No token is long and no sentence has many, so no
pattern takes long on one.
"""

from __future__ import annotations

import re

_TOKENS = 260
_LONGEST = 30
"""Characters of a token; what is longer is no word of a rule."""

_COMMENT_MARKS = re.compile(r"<!--|-->")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_ALERT = re.compile(r"\[![a-zA-Z]{1,20}\]|\[[ xX]\]")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\](?:\(([^()\s]{0,500})[^()]{0,100}\)|\[[^\[\]]{0,100}\])?")
_URL = re.compile(r"https?://\S{1,500}")
_NOT = re.compile(r"n't\b")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[,:;]|\s[—–-]\s|[—–]|\.\.\.|…")
_LONG_FORMS = (
    ("’", "'"),
    ("‘", "'"),
    ("won't", "will not"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("shan't", "shall not"),
    ("a.i.", "ai"),
    ("e.g.", "eg"),
    ("i.e.", "ie"),
)

_NO_PR = (
    r"(?! (?:check|test|build|validation|reviewer?|comment|template|description|title|label|workflow|preview"
    r"|body|bodie|message|guide|guideline|polic|polici|licen[cs]e|agreement|process|processe|graph|rule|number"
    r"|branch|branche|queue|page|tab|event|status|text|checklist|summar|summarie|standard|instruction|file"
    r"|history|workflow)(?:s|y|es)?\b)"
)
_AI_NAME = (
    r"(?:(?:natural language processing )?artificial intelligence|natural language processing"
    r"|(?:large )?language models?|(?:image )?diffusion models?|llms?|gen ?ai"
    r"|generative ai|(?<!azure )(?<!open )ai|chat ?gpt|gpt ?\d?|(?:github )?copilot|claude(?: code)?|gemini"
    r"|deepseek|openai codex|codex|coding (?:agents?|assistants?)|agentic|vibe cod(?:ed|ing)"
    r"|generative(?= (?:tool|model)))"
)
_TOOLS = (
    r"(?:tool(?:s|ing)?|agents?|assistants?|assistance|help|models?|systems?|bots?|usage|software|services?)"
)
_JOIN = (
    r",|and|or|such as|like|specifically|especially|particularly|including|eg|ie|coding|code|writing|powered"
    r"|based"
)
_PROGRAMS = r"scripts|scanners|linters|spell ?checkers|static analy[sz]ers"
_NO_BOT = r"(?! (?:tests?|testing|builds?|checks?|token|formatting)\b)"
_MADE = (
    r"(?:generat(?:ed|ion)|written|created|made|produced|authored|assisted|coded|opened|submitted|sent|drafted"
    r"|composed|powered|driven|aided|derived|crafted|developed|prepared|filed|raised|originat(?:ed|ing)|coming)"
)
_TAGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b{after}"), tag)
    for tag, pattern, after in (
        ("PR", r"pull requests?|merge requests?|prs?|contributions?|patch(?:es)?|submissions?", _NO_PR),
        ("AI", _AI_NAME, ""),
        ("AI", rf"AI(?: (?:{_JOIN}|{_TOOLS}|AI))* (?:{_TOOLS}|AI)", ""),
        (
            "AUTO",
            r"auto|automatically|machine|computer|tool|script",
            r"(?= (?:generated|created|opened|submitted)\b)",
        ),
        ("BOT", rf"bots?|robots?|(?:semi )?automated|automation|scripted|mass produced|{_PROGRAMS}", _NO_BOT),
        ("MADE", _MADE, ""),
        ("CODE", r"(?:source )?code", ""),
        ("CHANGE", r"changes?|edits?|fix(?:es)?|commits?", ""),
        ("WORK", r"content|text|documentation|docs|work|material|output", ""),
        (
            "TYPO",
            r"typos?|(?:typographical|(?:mis)?spellings?)(?: errors?| mistakes?)?|grammar|grammatical",
            "",
        ),
    )
)
_BROAD = re.compile(
    r"\b(?:(?:fully|entirely|wholly|completely|partially|partly|primarily|mostly|in whole|in full|whole)"
    r" (?:and|or) (?:fully|entirely|wholly|partially|partly|in part|part|substantially|with assistance)"
    r"|even (?:if|when|where|partially|partly)|(?:regardless of|no matter) (?:whether|how|if)|whether or not"
    r"|(?:completely|entirely|fully|strictly|totally|absolutely|explicitly)"
    r" (?=forbid|prohibit|banned|refus|reject|disallow)"
    r"|without (?:exceptions?|(?:any |prior |further |additional )*"
    r"(?:notice|warning|comment|explanation|discussion|consideration))"
    r"|(?:entirely|solely|exclusively|only|fully|completely) (?=by (?:a )?(?:humans?|people|person)\b)"
    r"|(?:(?<=closed )|(?<=rejected ))without (?:being )?(?:any |further )*review(?:ed)?"
    r"|including but not limited to)\b ?"
)


def plain(text: str) -> str:
    """The words of `text`, in lower case and without markup, between single spaces."""
    text = _ALERT.sub(" ", _TAG.sub(" ", _COMMENT_MARKS.sub(" ", text)))
    text = _URL.sub(" url ", _LINK.sub(_label, text)).lower()
    for short, long in _LONG_FORMS:
        text = text.replace(short, long)
    words = (found.group().strip() for found in _TOKEN.finditer(_NOT.sub(" not", text)))
    kept = [word for word in words if len(word) <= _LONGEST]
    return " ".join(kept[:_TOKENS])


def _label(found: re.Match[str]) -> str:
    outside = (found[2] or "").startswith(("http://", "https://"))
    return f" {found[1]} url " if outside else f" {found[1]} "


def tagged(words: str) -> str:
    """What `plain` made, with the things that matter named by capital words."""
    words = _BROAD.sub("", words)
    for pattern, tag in _TAGS:
        words = pattern.sub(tag, words)
    return words


def gap(most: int) -> str:
    """A pattern for at most `most` words between two others."""
    return rf"(?: [^ ]+){{0,{most}}}?"
