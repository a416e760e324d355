"""The rule `product-renamed`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.prose import HOLE, Prose
from docbot.renames.names import hits, may_name
from docbot.renames.naming import DOUBTFUL, Name, name_at
from docbot.renames.places import Places
from docbot.renames.wording import edits_of
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.site.links import resolve
from docbot.site.target import Where
from docbot.types import Applicability, Finding, Fix, Question, Severity

_MARKED = frozenset({"strong", "emphasis", "strikethrough"})
_LINK = frozenset({"link"})


class ProductRenamed(Rule):
    """
    ## What it finds
    A product's name in running text that its maker has changed since: "Azure AD", "Windows Virtual
    Desktop", "Microsoft Flow". A retired product is asked about.

    ## Why it matters
    Readers look for the name they see in the product, and an old one tells them that the page wasn't
    looked at for years.

    ## Evidence
    The dated change of the name and the public source that says so, and for Azure Active Directory the
    row of Microsoft's glossary, or the rule of its naming guide, that decided. Nothing is said before the day
    of the change.

    ## Fix
    Unsafe: the new name in the form its place in the sentence needs, with "a" or "an" before it. Only
    changes of name that a named source confirms are edited. Where the sentence doesn't decide, in headings
    (whose anchors others link to) and for retired products, a person is asked instead. Code, URLs, quoted
    and bold text, titles of linked pages, names of modules, "(formerly …)", pages of history and parts for
    old versions stay as they are.
    """

    name = "product-renamed"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    title = "Use today's name of {name}"
    precision = (
        "of 257 places in old states of four Learn repositories that people edited later, 234 got the very "
        "same name (November 2026)"
    )
    needs = frozenset({Need.TODAY, Need.SITE})
    examples = (
        Good(
            "Sign in with your Microsoft Entra account. Run `Connect-AzureAD`, or open `https://aad.example`."
        ),
        Good("Microsoft Entra ID (formerly Azure AD) keeps the users. Azure AD B2C keeps its name."),
        Good("# What's new\n\nUsers sign in with Azure AD.\n"),
        Good('Select **Azure Active Directory**. The message "Azure AD is busy" appears.'),
        Bad("Create an Azure AD tenant first.", fixed="Create a Microsoft Entra tenant first."),
        Bad(
            "Users are stored in Azure Active Directory (Azure AD).",
            fixed="Users are stored in Microsoft Entra ID.",
        ),
        Bad("The device is hybrid Azure\nAD joined.", fixed="The device is Microsoft Entra\nhybrid joined."),
        Bad("Read the alerts of Azure Sentinel.", fixed="Read the alerts of Microsoft Sentinel."),
        Bad("## Use Azure Sentinel\n"),
        Bad("Azure AD frobnication is on."),
        Bad("Works with Internet Explorer 11."),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if not may_name(document.text):
            return
        places = Places(document)
        asked: set[str] = set()
        for prose in document.prose:
            done = 0
            for hit in hits(prose.text):
                name = name_at(prose, hit, places, facts.today) if hit.start >= done else None
                done = name.end if name else done
                finding = self._judged(document, prose, name, places, facts) if name else None
                if finding is None:
                    continue
                # One question about a product is enough for a page.
                if finding.fix is not None or finding.cause not in asked:
                    yield finding
                if finding.fix is None:
                    asked.add(finding.cause)

    def _judged(
        self, document: Document, prose: Prose, name: Name, places: Places, facts: Facts
    ) -> Finding | None:
        span = prose.span_of(name.start, name.end)
        if _is_marked(document, prose, name, places) or places.in_past(span):
            return None
        linked = _link_doubt(document, prose, name, places, facts)
        if linked is None:
            return None
        edits = edits_of(document.text, prose, name.start, name.end, name.new) if name.new else None
        heading = "other pages may link to this heading's anchor" if prose.kind == "heading" else ""
        doubt = name.doubt or heading or linked or ("" if edits else "the new name doesn't fit in here")
        fix = None if doubt or not edits else Fix(f"Write {name.new}", edits, Applicability.UNSAFE)
        return self.finding(
            document,
            span,
            _message(name, doubt),
            confidence=name.confidence if fix else min(name.confidence, DOUBTFUL),
            evidence=(name.evidence,),
            severity=None if fix else Severity.INFO,
            cause=f"{self.name} {name.subject}",
            fix=fix,
            question=None if fix else _question(name),
        )


def _is_marked(document: Document, prose: Prose, name: Name, places: Places) -> bool:
    """Whether the name is bold or slanted, as labels and titles are, or grown together with markup."""
    if places.inside(prose.span_of(name.start, name.end), _MARKED):
        return True
    before, after = prose.text[name.start - 1 : name.start], prose.text[name.end : name.end + 1]
    span = prose.span_of(name.start, name.end)
    first, last = span.start, span.end
    glued = before == HOLE and document.text[first - 1] not in ">[;"
    return glued or (after == HOLE and document.text[last] not in "<]\\&")


def _link_doubt(document: Document, prose: Prose, name: Name, places: Places, facts: Facts) -> str | None:
    """Why a link's text should be looked at by a person; empty outside of links; None where it stays."""
    link = places.inside(prose.span_of(name.start, name.end), _LINK)
    if link is None:
        return ""
    target = resolve(facts.site, document.path, link.destination)
    outline = facts.site.outlines.get(target.path) if target.where is Where.FILE else None
    if outline is None:
        return None
    titles = " ".join([outline.meta("title") or "", *(heading.text for heading in outline.headings)])
    return None if name.old.lower() in titles.lower() else "it is the text of a link"


def _message(name: Name, doubt: str) -> str:
    if not name.new:
        return f"“{name.old}” was retired"
    return f"“{name.old}” may now be “{name.new}”" if doubt else f"“{name.old}” is now “{name.new}”"


def _question(name: Name) -> Question:
    asked = name.ask or (f"Is this {name.new}" + (f" ({name.doubt})?" if name.doubt else " now?"))
    return Question(asked, (name.new,) if name.new else ())
