"""URLs of Microsoft Learn: the host's two names, the locale in the path, and what is left without them."""

from __future__ import annotations

import re

import msgspec

HOST = "https://learn.microsoft.com"
_ON_LEARN = re.compile(
    r"(?P<scheme>https?:)?//(?:www\.)?(?P<name>learn|docs)\.microsoft\.com(?P<rest>[/?#][^\s]*)?\Z", re.I
)
_LOCALES = frozenset(
    """ar-sa bg-bg bs-latn-ba ca-es cs-cz da-dk de-at de-ch de-de el-gr en-au en-ca en-gb en-ie en-in en-my
    en-nz en-sg en-us en-za es-es es-mx et-ee eu-es fi-fi fil-ph fr-be fr-ca fr-ch fr-fr ga-ie gl-es he-il
    hi-in hr-hr hu-hu id-id is-is it-ch it-it ja-jp ka-ge kk-kz ko-kr lb-lu lt-lt lv-lv ms-my mt-mt nb-no
    nl-be nl-nl pl-pl pt-br pt-pt ro-ro ru-ru sk-sk sl-si sr-cyrl-rs sr-latn-rs sv-se th-th tr-tr uk-ua
    vi-vn zh-cn zh-hk zh-tw""".split()
)


class LearnUrl(msgspec.Struct, frozen=True, gc=False):
    """A URL of Microsoft Learn. `rest` is path, query and fragment, and starts with `/`."""

    rest: str
    locale: str = ""
    """As written, without slashes."""
    legacy: bool = False
    """Whether the host is written docs.microsoft.com."""


def learn_url(url: str) -> LearnUrl | None:
    """`url` taken apart; None when it isn't one of Microsoft Learn."""
    match = _ON_LEARN.match(url)
    if match is None:
        return None
    locale, rest = split_locale(match["rest"] or "/")
    return LearnUrl(rest, locale, match["name"].lower() == "docs")


def split_locale(path: str) -> tuple[str, str]:
    """The locale at the start of the site path `path` ("" for none), and the path without it."""
    path = path if path.startswith("/") else "/" + path
    end = re.search(r"[/?#]|\Z", path[1:])
    first = path[1 : 1 + end.start()] if end else ""
    if first.lower() not in _LOCALES:
        return "", path
    rest = path[1 + len(first) :]
    return first, rest if rest.startswith("/") else "/" + rest


def site_url(url: str) -> str:
    """`url` as a path of the site where it is on Microsoft Learn, without locale; as it is otherwise."""
    known = learn_url(url)
    if known is not None:
        return known.rest
    return split_locale(url)[1] if url.startswith("/") and not url.startswith("//") else url


def clean_path(url: str) -> str:
    """What two URLs of one page have in common: lower case, no query, no fragment, no `/index`."""
    path = re.split(r"[?#]", url, maxsplit=1)[0].lower().rstrip("/")
    return path.removesuffix("/index")
