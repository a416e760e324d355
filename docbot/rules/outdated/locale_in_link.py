"""The rule `locale-in-link`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.links import learn_links, on_site, relink
from docbot.types import Applicability, Evidence, EvidenceKind, Finding, Severity

_RULE = Evidence(
    EvidenceKind.PRODUCT_NAME,
    "MicrosoftDocs/Contribute, how-to-write-links.md",
    "links to Microsoft's sites carry no locale, so that each reader gets their own language",
)


class LocaleInLink(Rule):
    """
    ## What it finds
    A link to learn.microsoft.com with a language in its path, such as `/en-us/`.

    ## Why it matters
    The link forces its language on every reader; without it the site picks the reader's own.

    ## Evidence
    Microsoft's written rule for links, in repositories published on Learn. Other repositories have
    other rules: there docbot is silent.

    ## Fix
    Safe for en-us: learn.microsoft.com serves every page without the locale. On a published page the link
    becomes the site-relative path, as the same rule asks. Unsafe for another language, which may be meant.
    """

    name = "locale-in-link"
    kind = Kind.OUTDATED
    severity = Severity.INFO
    title = "Remove the locale from links to Microsoft Learn"
    needs = frozenset({Need.SITE})
    by_line = True
    examples = (
        Good("Open [Azure](https://azure.microsoft.com/free)."),
        Good("Open [Azure](https://learn.microsoft.com/en-us/azure/)", Given(learn=False)),
        Good("Open [it](https://example.com/en-us/start)."),
        Bad(
            "Open [Azure](https://learn.microsoft.com/en-us/azure/intro#one).",
            fixed="Open [Azure](/azure/intro#one).",
        ),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if not facts.site.learn:
            return
        for link, url in learn_links(document, facts.site):
            if url.legacy or not url.locale:
                continue
            english = url.locale.lower() == "en-us"
            destination = on_site(url.rest, document, facts.site, link)
            yield self.finding(
                document,
                link.destination_span or link.span,
                f"The link forces {url.locale} on every reader",
                confidence=0.95 if english else 0.8,
                evidence=(_RULE,),
                cause=f"{self.name} learn.microsoft.com",
                fix=relink(link, destination, Applicability.SAFE if english else Applicability.UNSAFE),
            )
