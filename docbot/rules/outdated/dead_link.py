"""The rule `dead-link`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.external import answers, looked_at
from docbot.types import Finding, Question, Severity
from docbot.web.interface import Look, State


class DeadLink(Rule):
    """
    ## What it finds
    With `--online` alone: a link to another site where nothing is any more. That is what 404 and 410
    say when they are the answer at two looks some time apart, the last of them by GET, and a host whose
    name is gone while other names can be looked up.

    A server that asks for a login, a person or a pause (401, 403, 429, 451, 999), that fails, or that
    can't be reached, has not said that the page is gone: there docbot is silent. Names of XML
    namespaces, sample hosts, placeholders and addresses of services are no links to pages.

    ## Why it matters
    The reader is promised a page and finds none.

    ## Evidence
    What the server answered and when, with every redirection before it, and the archived copy if the
    Internet Archive has one. A page that answers 200 and yet says "not found" in its title, or sends
    readers of a deep link to its home page, is found too, but only shown with `--all`; so is a 404 of a
    host that has no other page either, since such hosts may turn away programs.

    ## Fix
    None: where the content went is for a person to say. The archived copy is offered as one answer.
    """

    name = "dead-link"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    title = "Replace links to {name}, which is gone"
    needs = frozenset({Need.SITE, Need.WEB})
    examples = (
        Good(
            "See [the guide](https://docs.lantern.dev/guide).",
            Given(web={"https://docs.lantern.dev/guide": "200"}),
        ),
        Good("See [the wiki](https://wiki.lantern.dev/a).", Given(web={"https://wiki.lantern.dev/a": "403"})),
        Good("Run `curl https://docs.lantern.dev/old`.", Given(web={"https://docs.lantern.dev/old": "404"})),
        Bad(
            "See [the guide](https://docs.lantern.dev/old#top).",
            given=Given(web={"https://docs.lantern.dev/old": "404"}),
        ),
        Bad(
            "See [the guide][1].\n\n[1]: https://docs.lantern.dev/older",
            given=Given(web={"https://docs.lantern.dev/older": "301 https://docs.lantern.dev/ 200 soft"}),
        ),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for link, look in looked_at(document, facts):
            if look.state not in (State.DEAD, State.SOFT):
                continue
            yield self.finding(
                document,
                link.destination_span or link.span,
                _message(look),
                confidence=_confidence(look),
                severity=Severity.INFO if look.state is State.SOFT else self.severity,
                evidence=answers(look),
                cause=f"{self.name} {look.url}",
                question=_question(look),
            )


def _message(look: Look) -> str:
    if look.state is State.SOFT:
        return f"The page may be gone ({look.said})"
    return f"Nothing is there any more ({look.said})"


def _confidence(look: Look) -> float:
    if look.state is State.SOFT:
        return 0.5
    if not look.status:
        return 0.85
    if not look.host_answers:
        return 0.6
    return 0.95 if look.status == 410 else 0.9


def _question(look: Look) -> Question:
    text = "Where does this stand today? If nowhere, should the link go, or lead to an archived copy?"
    return Question(text, (look.copy.url,) if look.copy else ())
