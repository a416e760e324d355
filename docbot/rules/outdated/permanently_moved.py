"""The rule `permanently-moved`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Link
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.external import answers, looked_at
from docbot.rules.outdated.links import on_site, relink
from docbot.site.learn_urls import learn_url
from docbot.site.model import Site
from docbot.types import Applicability, Finding, Fix, Severity
from docbot.web.interface import Look
from docbot.web.judging import Move, move_of
from docbot.web.urls import parsed

_CONFIDENCE = {Move.SECURE: 0.9, Move.NEAR: 0.85, Move.FAR: 0.6, Move.TRIFLE: 0.4}
_UNWRITABLE = re.compile(r"[\s<>\\`|\"]")


class PermanentlyMoved(Rule):
    """
    ## What it finds
    With `--online` alone: a link whose server says that the page has moved for good (301 or 308 all
    along), and whose new address answers with the page.

    Redirections that serve another end are none: to a locale, a login, a consent page, a session or a
    tracked address, to the home page, from short links (aka.ms, doi.org and their like) and from aliases
    for a latest version. The step from http to https is one.

    ## Why it matters
    Every reader takes the detour, for as long as somebody keeps it up.

    ## Evidence
    Every redirection with its status, as HEAD and GET were both answered, and the day.

    ## Fix
    Unsafe, since a person has to see that the new page still says what the link is for: the new address,
    with the link's own fragment, in the link's own form. By default only the same address on https, and
    addresses on the same site that keep the page's own name, are shown.
    """

    name = "permanently-moved"
    kind = Kind.OUTDATED
    severity = Severity.INFO
    title = "Update links to {name}, which has moved"
    needs = frozenset({Need.SITE, Need.WEB})
    examples = (
        Good(
            "See [the guide](https://lantern.dev/guide).",
            Given(web={"https://lantern.dev/guide": "302 https://lantern.dev/guide-2 200"}),
        ),
        Good(
            "See [the guide](https://lantern.dev/guide).",
            Given(web={"https://lantern.dev/guide": "301 https://lantern.dev/en-us/guide 200"}),
        ),
        Bad(
            "See [the guide](http://lantern.dev/guide#wick).",
            fixed="See [the guide](https://lantern.dev/guide#wick).",
            given=Given(web={"http://lantern.dev/guide": "301 https://lantern.dev/guide 200"}),
        ),
        Bad(
            "See [the guide](https://lantern.dev/old/guide).",
            fixed="See [the guide](https://lantern.dev/manual/guide).",
            given=Given(web={"https://lantern.dev/old/guide": "308 https://lantern.dev/manual/guide 200"}),
        ),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for link, look in looked_at(document, facts):
            move = move_of(look)
            known = learn_url(link.destination)
            # The old name of Learn, and its locales, have rules of their own.
            if move is None or (known is not None and (known.legacy or known.locale)):
                continue
            yield self.finding(
                document,
                link.destination_span or link.span,
                f"The page has moved for good to {look.end}",
                confidence=_CONFIDENCE[move],
                evidence=answers(look),
                cause=f"{self.name} {look.url}",
                fix=_fix(document, link, look, move, facts.site),
            )


def _fix(document: Document, link: Link, look: Look, move: Move, site: Site) -> Fix | None:
    destination = link.destination
    if move is Move.SECURE and parsed(look.end).fragment is None:
        return relink(link, "https" + destination[len("http") :], Applicability.UNSAFE)
    new = _with_fragment(look.end, destination)
    known = learn_url(new)
    if known is not None and not known.locale:
        new = on_site(known.rest, document, site, link)
    new = _writable(new)
    return None if _UNWRITABLE.search(new) else relink(link, new, Applicability.UNSAFE)


def _with_fragment(url: str, destination: str) -> str:
    """`url` with the fragment of `destination`, as browsers keep it, unless it has its own."""
    _, mark, fragment = destination.partition("#")
    return url if "#" in url or not mark else f"{url}#{fragment}"


def _writable(url: str) -> str:
    """`url` so that Markdown reads it as it is: no parentheses, nothing that looks like an entity."""
    return re.sub(r"&(?=#?\w+;)", "&amp;", url.replace("(", "%28").replace(")", "%29"))
