"""The notification ledger: whom and what the texts that were written through a GitHub reach.

Every write is remembered with the text that stood there before, whatever operation it came through: the
title and body of issues and pull requests, comments below them and about lines, reviews, and the messages of
commits that were pushed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tests.contract.bare import ZERO
from tests.contract.signals import Sign, of_markdown, of_plain
from tests.contract.state import Pull, Repository


class Event(NamedTuple):
    """Something that reaches somebody. `kind` and `what` as in `signals.Sign`; `where` is the text."""

    kind: str
    what: str
    where: str
    by: str


class Writing(NamedTuple):
    """A text, and what stood there before, as `by` wrote it. `where` ends in what it is: `o/r#1 body`."""

    where: str
    by: str
    before: str
    text: str

    @property
    def is_markdown(self) -> bool:
        """Whether GitHub reads it as Markdown."""
        return self.where.endswith((" body", " comment", " review"))


Texts = Mapping[tuple[str, int], str]
"""Every text of a GitHub, by where it stands and the id of what it belongs to."""


def texts_of(repositories: Iterable[Repository]) -> Texts:
    """Every title, body, comment and review there is, those that wait among them."""
    found: dict[tuple[str, int], str] = {}
    for repository in repositories:
        for issue in repository.issues.values():
            name = f"{repository.full_name}#{issue.number}"
            found[f"{name} title", issue.id] = issue.title
            found[f"{name} body", issue.id] = issue.body or ""
            found |= {(f"{name} comment", one.id): one.body for one in issue.comments}
            if isinstance(issue, Pull):
                found |= {(f"{name} review", one.id): one.body for one in issue.reviews}
                said = (one for thread in issue.threads for one in thread.comments)
                found |= {(f"{name} line comment", one.id): one.body for one in said}
    return found


def written(before: Texts, after: Texts, by: str) -> Iterator[Writing]:
    """What `by` wrote between two looks."""
    for place, text in after.items():
        if text != before.get(place, ""):
            yield Writing(place[0], by, before.get(place, ""), text)


def pushed(repository: Repository, before: Mapping[str, str], by: str) -> Iterator[Writing]:
    """The messages of the commits that came with a push, `before` which the refs were these.

    Commits that the network of forks had already are nobody's news.
    """
    tips = set(repository.bare.refs().values()) - set(before.values())
    known = {*before.values(), *repository.root.bare.refs().values()}
    asked = "\n".join([*tips, *(f"^{one}" for one in known if one != ZERO), ""])
    if not tips:
        return
    listed = repository.bare.git("rev-list", "--stdin", "--ignore-missing", data=asked.encode())
    for sha in listed.split():
        yield Writing(f"{repository.full_name}@{sha} message", by, "", repository.bare.commit(sha).message)


def events(writings: Iterable[Writing], by: str, hosts: tuple[str, ...]) -> list[Event]:
    """Whom and what the texts of `by` reach that those before them didn't."""
    return [Event(*sign, one.where, one.by) for one in writings if one.by == by for sign in _news(one, hosts)]


def squashed(writings: Iterable[Writing], by: str, hosts: tuple[str, ...]) -> list[Event]:
    """Whom and what the bodies of `by` would reach as messages of commits, which know no code.

    A maintainer who merges in one commit may have GitHub make its message of the body.
    """
    bodies = [one._replace(where=f"{one.where}, squashed") for one in writings if one.is_markdown]
    return events(bodies, by, hosts)


def _news(one: Writing, hosts: tuple[str, ...]) -> Iterable[Sign]:
    read = of_markdown if one.is_markdown else of_plain
    return (Counter(read(one.text, hosts)) - Counter(read(one.before, hosts))).elements()
