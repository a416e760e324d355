"""What an answer means: whether a page is there, and whether a redirection is a better address for it.

Pure. Where it can't tell, it says so: a link that is called dead wrongly costs more than ten dead ones.
"""

from __future__ import annotations

import re
from enum import StrEnum

from docbot.web.interface import Look
from docbot.web.urls import host_of, parsed

_GONE_TITLE = re.compile(
    r"\b(?:404|(?:page|site|content|article|file|resource) (?:is |was )?(?:not found|missing|unavailable)"
    r"|not found|(?:can(?:no|['’])?t|could(?: not|n['’]t)) (?:be found|find (?:the|that|this|your) page)"
    r"|(?:does(?: not|n['’]t)|no longer) (?:exists?|available)"
    r"|page (?:has been )?(?:removed|retired|deleted))\b",
    re.I,
)
_ABOUT_IT = re.compile(r"404|not-?_?found|missing|error", re.I)
_PERSON_WANTED = re.compile(
    r"captcha|just a moment|attention required|are you (?:a )?(?:human|robot)|security check"
    r"|bot (?:check|detect)|access (?:is )?denied|verify(?:ing)? (?:that )?you"
    r"|pardon our interruption|checking your browser",
    re.I,
)
_DOOR = re.compile(
    r"(?:^|[/._-])(?:log-?_?in|log-?on|sign-?_?in|sign-?on|signup|auth|oauth2?|sso|saml2?|adfs|idp|account|"
    r"consent|privacy|cookies?|captcha|challenge|session)(?:[/._?-]|$)",
    re.I,
)
_NOWHERE = re.compile(
    r"/(?:40[34]|errors?|not-?_?found|page-?not-?found|search|sorry|gone)(?:[/.?_-]|$)", re.I
)
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4}){0,2}", re.I)
_ALIAS = re.compile(r"latest|stable|current|newest|main|master|head|trunk|release|lts|default|next|dev", re.I)
_VERSION = re.compile(r"(?:.*[^0-9a-z])?v?\d+(?:\.(?:\d+|x))+.*|v\d+|\d+\.x", re.I)
_SHORT = frozenset(
    """aka.ms msft.it go.microsoft.com bit.ly t.co goo.gl g.co git.io tinyurl.com ow.ly is.gd buff.ly lnkd.in
    youtu.be amzn.to fb.me doi.org dx.doi.org purl.org w3id.org hdl.handle.net n2t.net rebrand.ly shorturl.at
    forms.office.com redd.it spoti.fi discord.gg perma.cc""".split()
)
"""Hosts whose business is to redirect: their URLs are meant to stay, wherever they lead."""
_REDIRECTOR = re.compile(r"/(?:fwlink|redirect|redir|goto|go|link|out|r)(?:[/.?]|$)", re.I)


class Move(StrEnum):
    """How a new address differs from the old one."""

    SECURE = "secure"
    """It is the same but for https."""
    NEAR = "near"
    """Another path on the same site, which keeps the page's own name."""
    FAR = "far"
    """Anything else."""
    TRIFLE = "trifle"
    """A slash, a letter case, an `index.html`."""


def wants_person(title: str) -> bool:
    """Whether a page of this title stands before another one, to keep programs out."""
    return bool(_PERSON_WANTED.search(title))


def soft_404(url: str, end: str, title: str) -> str:
    """Why an answer of 200 looks like "not found", in a few words; "" where it doesn't."""
    path, landed = parsed(url).path or "/", parsed(end).path or "/"
    if title and _GONE_TITLE.search(title) and not _ABOUT_IT.search(path):
        return f"200, but the page's title says “{title[:80]}”"
    if _NOWHERE.search(landed) and not _NOWHERE.search(path):
        return f"200, but only after a redirection to {end}"
    if _is_home(landed) and not (_is_home(path) or _is_alias(url) or _loses_alias(url, end)):
        return f"200, but only after a redirection to the home page {end}"
    return ""


def is_door(url: str) -> bool:
    """Whether a URL is where a site asks who one is, or for consent."""
    parts = parsed(url)
    return bool(_DOOR.search(f"{host_of(url).split('.')[0]}/") or _DOOR.search(parts.path or ""))


def move_of(look: Look) -> Move | None:
    """Whether a page has got a better address for good, and of what kind; None where it hasn't.

    Silent about redirections that serve another end: locales, logins, consent, sessions, tracking, short
    links, aliases for a latest version, and the way home.
    """
    if not look.is_moved or look.end == look.url:
        return None
    way = [look.url, *(hop.url for hop in look.hops)]
    if any(map(_is_alias, way[:-1])) or any(map(is_door, way[1:])):
        return None
    old, new = parsed(look.url), parsed(look.end)
    if old.scheme == "https" and new.scheme != "https":
        return None
    if _is_home(new.path or "/") and not _is_home(old.path or "/"):
        return None
    if _keys(new.query) - _keys(old.query) or ";" in (new.path or ""):
        return None
    if _loses_alias(look.url, look.end) or _adds_locale_or_version(look.url, look.end):
        return None
    return _kind(look.url, look.end)


def _is_alias(url: str) -> bool:
    """Whether a URL is made to be redirected."""
    return host_of(url).lower() in _SHORT or bool(_REDIRECTOR.search(parsed(url).path or "/"))


def _loses_alias(old: str, new: str) -> bool:
    """Whether the old URL says "the latest", and the new one which that is today."""
    after = _names(parsed(new).path or "")
    return any(_ALIAS.fullmatch(name) and name not in after for name in _names(parsed(old).path or ""))


def _is_home(path: str) -> bool:
    names = _names(path)
    return not names or (len(names) == 1 and bool(_LOCALE.fullmatch(names[0]) or _is_index(names[0])))


def _is_index(name: str) -> bool:
    return bool(re.fullmatch(r"(?:index|default|home)(?:\.\w{2,5})?", name, re.I))


def _names(path: str) -> list[str]:
    return [name for name in path.split("/") if name]


def _keys(query: str | None) -> set[str]:
    return {part.partition("=")[0] for part in (query or "").split("&") if part}


def _adds_locale_or_version(old: str, new: str) -> bool:
    before = {*_names(parsed(old).path or ""), *host_of(old).split(".")}
    after = [*_names(parsed(new).path or ""), host_of(new).split(".")[0]]
    added = [name for name in after if name not in before]
    return any(_LOCALE.fullmatch(n) or _ALIAS.fullmatch(n) or _VERSION.fullmatch(n) for n in added)


def _kind(old: str, new: str) -> Move:
    before, after = parsed(old), parsed(new)
    same_rest = (before.path, before.query) == (after.path, after.query)
    if same_rest and (before.host, before.port) == (after.host, after.port):
        return Move.SECURE
    if before.port != after.port or (before.query or "") != (after.query or ""):
        return Move.FAR
    if not _is_one_site(host_of(old), host_of(new)):
        return Move.FAR
    if _bare(before.path or "/") == _bare(after.path or "/"):
        same = (before.scheme, before.host) == (after.scheme, after.host)
        return Move.TRIFLE if same else Move.NEAR
    return Move.NEAR if _own_name(before.path) == _own_name(after.path) else Move.FAR


def _is_one_site(one: str, other: str) -> bool:
    """Whether two hosts are the same, or one is below the other."""
    a, b = one.removeprefix("www."), other.removeprefix("www.")
    return a == b or (a.endswith(f".{b}") and "." in b) or (b.endswith(f".{a}") and "." in a)


def _bare(path: str) -> str:
    names = _names(path.lower())
    return "/".join(names[:-1] if names and _is_index(names[-1]) else names)


def _own_name(path: str | None) -> str:
    names = _names((path or "").lower())
    return re.sub(r"\.(?:html?|aspx?|php|jsp|md)$", "", names[-1]) if names else ""
