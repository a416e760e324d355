"""Which repositories on the forge a checkout belongs to, and how git reaches them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import msgspec

from docbot.app.setup import wishes_of
from docbot.errors import StoppedError
from docbot.forges.github.place import Place, place_of
from docbot.forges.github.token import NO_TOKEN, source_of, token_of
from docbot.forges.interface import Forge, Repository, Reviews
from docbot.publish import Destination
from docbot.repository.remotes import configured_urls, remotes
from docbot.repository.values import Access
from docbot.repository.worktree import Worktree

NO_BOTS = "no-bots"


class NoToken(StoppedError):
    """The docs are on the forge, and there is nothing to ask it with."""


class Connection(msgspec.Struct, frozen=True):
    """A forge with the docs in view, and where git finds them and the user's branch."""

    forge: Forge
    access: Access | None
    """None where the remotes ask for nobody's name."""
    source: str
    """The remote (name or URL) of the docs themselves, which the base is fetched from."""
    remote: str
    """The remote (name or URL) that branches are pushed to."""
    head: Repository | None
    """The repository of that remote; None where a fork has still to be made."""
    base: str
    """The branch that the docs' files ask for, else their default one."""

    def destination(self, *, draft: bool) -> Destination:
        """Where proposals go."""
        docs = self.forge.docs.name
        user = self.forge.user
        name = self.head.name if self.head else f"{user}/{docs.partition('/')[2]}"
        lends = name.partition("/")[0].lower() == user.lower()
        return Destination(docs, self.base, self.remote, name, self.head is None, lends, draft)


@contextmanager
def connected(
    worktree: Worktree, environ: Mapping[str, str], say: Callable[[str], None], *, without_token: bool = False
) -> Iterator[Connection | None]:
    """The connection for a checkout; None where none of its remotes is on the forge.

    `environ` names the forge and holds the token, `say` hears of waits. Reads alone. Raises NoToken where
    there is none (unless it may go `without_token`: then None), StoppedError where the forge or the docs
    take no pull request; UsageError for a bad setting in `environ`.
    """
    # PyGithub takes a while to load, and only this needs it.
    from docbot.forges.github.client import Client
    from docbot.forges.github.forge import GithubForge

    place = place_of(environ)
    named = _named(worktree, place)
    wishes = wishes_of(worktree)
    wanted, or_parent = _wanted(named, place.repository_of(wishes.repository))
    if wanted is None:
        yield None
        return
    token = token_of(place, environ)
    if token is None and without_token:
        say(f"{place.host} wasn't asked what it has of this already: {NO_TOKEN}")
        yield None
        return
    if token is None:
        raise NoToken(NO_TOKEN)
    with Client(place, token, say=say, source=source_of(environ)) as client:
        forge = GithubForge.open(client, wanted, or_parent=or_parent)
        source, remote, head = _places(forge, place, named)
        base = wishes.base or forge.docs.default_branch
        yield Connection(forge, Access(place.server, token), source, remote, head, base)


class Asked(msgspec.Struct, frozen=True):
    """The pull requests of docs on the forge, and what opens the docs for git."""

    reviews: Reviews
    access: Access


@contextmanager
def asked_of(
    worktree: Worktree, remote: str, environ: Mapping[str, str], say: Callable[[str], None]
) -> Iterator[Asked | None]:
    """The pull requests of the repository that a `remote` of a checkout names; None where it isn't on the
    forge that `environ` names.

    `environ` holds the token, `say` hears of waits. Raises NoToken where there is none, StoppedError where
    the forge refuses, UsageError for a bad setting in `environ`.
    """
    # PyGithub takes a while to load, and only this needs it.
    from docbot.forges.github.client import Client
    from docbot.forges.github.reviews import GithubReviews

    place = place_of(environ)
    name = _named(worktree, place).get(remote)
    if name is None:
        yield None
        return
    token = token_of(place, environ)
    if token is None:
        raise NoToken(NO_TOKEN)
    with Client(place, token, say=say, source=source_of(environ)) as client:
        yield Asked(GithubReviews.open(client, name, or_parent=False), Access(place.server, token))


def access_to(worktree: Worktree, remote: str, environ: Mapping[str, str]) -> Access | None:
    """What opens a `remote` for reading; None where it isn't on the forge that `environ` names, or there is
    no token: then git logs in as its user set it up.

    Raises UsageError for a bad setting in `environ`.
    """
    place = place_of(environ)
    token = token_of(place, environ) if remote in _named(worktree, place) else None
    return Access(place.server, token) if token else None


def docs_named(worktree: Worktree, place: Place) -> tuple[str | None, bool]:
    """The repository (`owner/name`) that a checkout's remotes or its docs name, None where none is at
    `place`; and whether it may be a fork of the docs."""
    return _wanted(_named(worktree, place), place.repository_of(wishes_of(worktree).repository))


def _wanted(named: Mapping[str, str], public: str | None) -> tuple[str | None, bool]:
    said = named.get("upstream") or public
    return said or next(iter(named.values()), None), said is None


def _named(worktree: Worktree, place: Place) -> dict[str, str]:
    """The remotes that are on the forge, with the repository each one names, the usual ones first."""
    written, effective = configured_urls(worktree), remotes(worktree)
    found = {
        remote: name
        for remote in effective
        for url in (written.get(remote, ""), effective[remote])
        if (name := place.repository_of(url))
    }
    usual = [remote for remote in ("upstream", "origin") if remote in found]
    return {remote: found[remote] for remote in [*usual, *sorted(found)]}


def _places(forge: Forge, place: Place, named: Mapping[str, str]) -> tuple[str, str, Repository | None]:
    """The remote of the docs, the one that branches go to, and the repository that one is.

    Branches go to the user's fork where there is one, unless `origin` is the docs and the user may push to
    them.
    """
    docs = forge.docs
    _check(docs)
    # A remote by the docs' earlier name only leads on to today's, and git follows nobody with a token.
    source = next((remote for remote, name in named.items() if docs.is_named(name)), docs.url)
    if docs.may_push and forge.is_docs(named.get("origin", docs.name)):
        return source, source, docs
    fork = forge.fork(name for name in named.values() if not forge.is_docs(name))
    if fork is not None:
        return source, next((remote for remote, name in named.items() if fork.is_named(name)), fork.url), fork
    if docs.may_push:
        return source, source, docs
    if not docs.allows_forks:
        raise StoppedError(
            f"you may not push to {docs.name}, and it allows no forks: ask its maintainers for access"
        )
    return source, f"{place.server}/{forge.user}/{docs.name.partition('/')[2]}.git", None


def _check(docs: Repository) -> None:
    """Raises StoppedError where the docs take no pull request from anybody, or none of a tool's."""
    if docs.archived:
        raise StoppedError(f"{docs.name} is archived and takes no changes: find out where its docs live now")
    if docs.disabled:
        raise StoppedError(f"{docs.name} is disabled by its host: ask its owner what became of it")
    if NO_BOTS in docs.topics:
        raise StoppedError(
            f"{docs.name} has the topic `{NO_BOTS}`: propose your edit by hand, in your own words"
        )
