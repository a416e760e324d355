"""What the link rules share: which links they look at, and how a link is given a new destination."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.markdown import Document
from docbot.markdown.nodes import Link, LinkKind
from docbot.rules.interface import replace
from docbot.site.learn_urls import HOST, LearnUrl, clean_path, learn_url
from docbot.site.links import Target, Where, encoded, resolve, written_like
from docbot.site.model import Site
from docbot.site.repair import Answer, redirected, redirection_at
from docbot.types import Applicability, Fix

_PLAIN = frozenset({LinkKind.LINK, LinkKind.IMAGE, LinkKind.DEFINITION})
_FILES = _PLAIN | {LinkKind.INCLUDE, LinkKind.SNIPPET, LinkKind.LEARN_IMAGE}
_SHOWN_AS_WRITTEN = frozenset({LinkKind.AUTOLINK, LinkKind.IMAGE})


def links_to_files(document: Document, site: Site) -> Iterator[tuple[Link, Target]]:
    """Every link of the page that may name a file or a page of the site, with where it leads."""
    for link in document.outline.links:
        if link.kind in _FILES and link.destination_span is not None and link.destination.strip():
            yield link, resolve(site, document.path, link.destination)


def links_to_pages(document: Document, site: Site) -> Iterator[tuple[Link, Target]]:
    """As `links_to_files`, of links, images and definitions alone: what a reader follows anywhere."""
    return ((link, target) for link, target in links_to_files(document, site) if link.kind in _PLAIN)


def learn_links(document: Document, site: Site) -> Iterator[tuple[Link, LearnUrl]]:
    """Every link whose destination is a whole URL of Microsoft Learn, and no business of a redirection."""
    for link in document.outline.links:
        if link.kind not in _PLAIN | _SHOWN_AS_WRITTEN or link.destination_span is None:
            continue
        url = learn_url(link.destination) if "://" in link.destination[:12] else None
        if url is None:
            continue
        target = resolve(site, document.path, link.destination)
        if link.kind not in _FILES or moved(document, target, site) is None:
            yield link, url


def moved(document: Document, target: Target, site: Site) -> tuple[str, Answer] | None:
    """The path of the page that stood where a link leads, and where the redirections send its readers.

    None where nothing is redirected, where no end of it can be told, and where a URL only gets a version.
    """
    lost = target.path if target.where is Where.MISSING else ""
    if target.where is Where.URL:
        entry = redirection_at(site, document.path, target.path)
        lost = entry.source if entry else ""
    answer = redirected(site, document.path, lost) if lost else None
    if answer is None or (target.where is Where.URL and clean_path(answer.url) == clean_path(target.path)):
        return None
    return lost, answer


def relink(link: Link, destination: str, applicability: Applicability = Applicability.SAFE) -> Fix | None:
    """A fix that replaces the link's whole destination; None where nothing would change."""
    if link.destination_span is None or destination == link.destination or not destination:
        return None
    return replace(link.destination_span, destination, f"Link to {destination}", applicability)


def destination_of(answer: Answer, document: Document, link: Link, target: Target, site: Site) -> str:
    """The link's new destination, in the form in which the link is written.

    A link that named a path of the site gets one again. A relative link gets a relative path where the
    new page is in this repository, and the site's URL otherwise. A fragment the redirection names wins
    over the link's own; one that the new page is known not to have is left out.
    """
    fragment = _fragment(answer, target, site)
    url = answer.url or site.urls.urls.get(answer.path, "")
    if answer.path and (target.where is not Where.URL or not url):
        return written_like(link.destination, document.path, answer.path, fragment, target.query)
    # What a query means is known on this site alone.
    query = f"?{target.query}" if target.query and answer.path and "?" not in url else ""
    whole = url + query + (f"#{encoded(fragment)}" if fragment else "")
    return on_site(whole, document, site, link) if url.startswith("/") else whole


def _fragment(answer: Answer, target: Target, site: Site) -> str:
    known = site.anchors(answer.path) if answer.path else None
    for fragment in (answer.fragment, target.fragment):
        is_place = Target(target.where, fragment=fragment).checks_anchor
        if fragment and (known is None or not is_place or fragment in known):
            return fragment
    return ""


def applicability(target: Target, destination: str, *, sure: bool) -> Applicability:
    """Safe where the answer is sure and says all that the link said.

    A link to a section that the new page doesn't have may be better off at another page: a person looks.
    """
    keeps_place = not target.checks_anchor or "#" in destination
    return Applicability.SAFE if sure and keeps_place else Applicability.UNSAFE


def is_itself(document: Document, answer: Answer, destination: str) -> bool:
    """Whether a new destination names the page it would stand on, and no place there: a link to nowhere."""
    return answer.path == document.path and "#" not in destination


def on_site(path: str, document: Document, site: Site, link: Link) -> str:
    """A path of learn.microsoft.com as `link` writes it on this page.

    The host is left out where the page is published there too, unless the link had it for good reason:
    the URL is what its reader sees, or it names the host as it is called today.
    """
    was = learn_url(link.destination)
    kept = was is not None and not was.legacy and not was.locale
    if link.kind in _SHOWN_AS_WRITTEN or kept or not site.publishes(document.path):
        return HOST + path
    return path
