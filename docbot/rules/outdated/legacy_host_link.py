"""The rule `legacy-host-link`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Link, LinkKind
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.links import learn_links, on_site, relink
from docbot.site.learn_urls import HOST
from docbot.types import Applicability, Evidence, EvidenceKind, Finding, Severity

_NAME = "docs.microsoft.com"
_RENAMED = date(2022, 9, 1)
"""Nothing is said to those who read the page before."""
_MOVED_OTHERWISE = re.compile(
    r"^/(?:learn|answers|cloud-adoption|rest/api/?$|archive|samples)(?:[/?#]|$)", re.I
)
_FACT = Evidence(
    EvidenceKind.PRODUCT_NAME,
    "MicrosoftDocs/Contribute, how-to-write-links.md",
    "docs.microsoft.com became learn.microsoft.com in September 2022; the paths stayed",
)


class LegacyHostLink(Rule):
    """
    ## What it finds
    A link to docs.microsoft.com, the name Microsoft Learn had until September 2022.

    ## Why it matters
    Each click is redirected, and the old name tells readers the page is of another time.

    ## Evidence
    The dated change of the site's name, which kept the paths.

    ## Fix
    Safe: in a repository published on Learn the site-relative path, as Microsoft's guide for links
    asks; elsewhere the same URL on learn.microsoft.com. The locale en-us goes, another one stays. Paths
    that moved with the change of name (training modules, for example) are shown without a fix, and links
    whose page a redirection entry moved are left to `redirected-link`.
    """

    name = "legacy-host-link"
    kind = Kind.OUTDATED
    severity = Severity.INFO
    title = "Replace links to docs.microsoft.com"
    needs = frozenset({Need.SITE, Need.TODAY})
    by_line = True
    examples = (
        Good("Open [Azure](https://docs.microsoft.com/azure/)", Given(today="2022-08-31")),
        Good("Open [Learn](https://learn.microsoft.com/azure/)."),
        Good("Run `curl https://docs.microsoft.com/azure/`."),
        Bad(
            "Open [Azure](https://docs.microsoft.com/en-us/azure/storage/intro?view=x#top).",
            fixed="Open [Azure](/azure/storage/intro?view=x#top).",
        ),
        Bad(
            "Open [Azure](https://docs.microsoft.com/en-us/azure/storage/intro).",
            fixed="Open [Azure](https://learn.microsoft.com/azure/storage/intro).",
            given=Given(learn=False),
        ),
        Bad("Take [the module](https://docs.microsoft.com/learn/modules/intro)."),
    )

    def true_since(self, finding: Finding, facts: Facts) -> str:
        return _RENAMED.isoformat()

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if facts.today < _RENAMED:
            return
        for link, url in learn_links(document, facts.site):
            if not url.legacy:
                continue
            foreign = url.locale.lower() not in ("", "en-us")
            rest = (
                f"{HOST}/{url.locale}{url.rest}" if foreign else on_site(url.rest, document, facts.site, link)
            )
            yield self.finding(
                document,
                link.destination_span or link.span,
                f"{_NAME} is the old name of learn.microsoft.com",
                confidence=0.95,
                evidence=(_FACT,),
                cause=f"{self.name} {_NAME}",
                fix=None if _MOVED_OTHERWISE.match(url.rest) else relink(link, rest, _applicability(link)),
            )


def _applicability(link: Link) -> Applicability:
    """Unsafe where the reader sees the old name in the link's text, which stays as it is."""
    named = _NAME in link.text.lower() and link.kind is not LinkKind.AUTOLINK
    return Applicability.UNSAFE if named else Applicability.SAFE
