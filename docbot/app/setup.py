"""The verbs `init` and `doctor`: what this repository allows, and a config to start with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import msgspec

from docbot.app.model import model_here
from docbot.config import FILE_NAME, Config, load
from docbot.errors import UnreadablePageError, UsageError
from docbot.pages import GENERATED, selected
from docbot.policies import LARGEST, Kind, Policies, policies_of, policy_files
from docbot.repository.remotes import default_base, identity, remotes
from docbot.repository.worktree import EntryKind, Worktree, read_page, tracked
from docbot.site.model import Site
from docbot.site_here import site_of

_LOCALIZED = re.compile(r"[/:][^/]+\.([a-z]{2}-[a-z]{2})(?:\.git)?$", re.I)

CONFIG = """\
# docbot's settings for this repository. Every line shows a default.

# false keeps docbot's pull requests away for good
enabled = true
# pages to look at, and pages to leave alone
include = ["*.md", "**/*.md"]
exclude = []
# only these rules (empty: all), and rules to leave out; `docbot rules` lists them
rules = []
skip = []
# findings below this certainty, from 0 to 1, are hidden
confidence = 0.8
# a file of accepted findings, written by `docbot scan --write-baseline FILE`
baseline = ""

[severity]
# "wrong-case-link" = "warning"

# what `docbot backtest --write` counted: it sets each rule's certainty for this repository
[measured]

[propose]
# the branch to propose to; empty: what the repository itself says
base = ""
# files one pull request may touch, and pull requests one run may open
max_files = 50
max_pulls = 1
# whether pull requests start as drafts
draft = true
# other bots, by the names they commit under ("name[bot]"): their commits make no branch a person's
ignored_authors = []
"""


class State(StrEnum):
    """What a check means for a proposal."""

    OK = "ok"
    NOTE = "note"
    STOP = "stop"


class Check(msgspec.Struct, frozen=True):
    """One thing the doctor looked at."""

    name: str
    state: State
    text: str


def init(path: Path) -> Path:
    """Write a config with every default into the repository at `path`; where it was written.

    Raises UsageError when there is one already.
    """
    root = Worktree.open(path).root
    target = root / FILE_NAME
    if not target.exists() and load(root) != Config():
        raise UsageError("pyproject.toml has a [tool.docbot] already: edit it there")
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(CONFIG)
    except FileExistsError as error:
        raise UsageError(f"{FILE_NAME} is there already: edit it") from error
    except OSError as error:
        raise UsageError(f"{FILE_NAME} can't be written ({error.strerror}): check the permissions") from error
    return target


def doctor(path: Path) -> list[Check]:
    """What the repository at `path` allows and what is missing. Looks only at what is on this disk."""
    worktree = Worktree.open(path)
    config = load(worktree.root)
    entries = tracked(worktree)
    files = [entry.path for entry in entries if entry.kind is not EntryKind.SUBMODULE]
    site, notices = site_of(worktree, entries, {})
    pages = selected(files, config)
    checks = [
        *_history(worktree),
        *_origin(worktree, site),
        _base(worktree, site, config),
        *_manners(policies_here(worktree, files), pages, config),
        *_docs(files, pages, site),
        *_model(),
    ]
    return [*checks, *(Check("config file", State.NOTE, notice.text) for notice in notices)]


def _model() -> Iterator[Check]:
    able, text = model_here()
    if text:
        yield Check("model", State.OK if able else State.NOTE, text)


def stops(checks: list[Check]) -> list[str]:
    """Why nothing may be proposed here; empty when it may."""
    return [check.text for check in checks if check.state is State.STOP]


def _history(worktree: Worktree) -> Iterator[Check]:
    if worktree.head is None:
        yield Check("history", State.STOP, "there is no commit yet: make one first")
    elif worktree.shallow:
        yield Check(
            "history",
            State.NOTE,
            "this clone is shallow, so renames are unknown: run `git fetch --unshallow`",
        )
    else:
        yield Check("history", State.OK, "the whole history is here")
    if worktree.partial:
        yield Check(
            "contents", State.NOTE, "old contents are left with the remote: old headings are partly unknown"
        )
    who = identity(worktree)
    if who is None:
        text = "git doesn't know who you are: set `git config user.name` and `git config user.email`"
        yield Check("identity", State.NOTE, text)
    else:
        yield Check("identity", State.OK, f"commits are made as {who.author}")


def _origin(worktree: Worktree, site: Site) -> Iterator[Check]:
    found = remotes(worktree)
    if not found:
        yield Check(
            "remotes", State.NOTE, "there is no remote: add the fork with `git remote add origin URL`"
        )
    for name, url in sorted(found.items()):
        localized = _LOCALIZED.search(url)
        if localized:
            text = f"{name} is the {localized[1]} translation: Microsoft doesn't take changes to translations"
            yield Check("remotes", State.STOP, text)
        else:
            yield Check("remotes", State.OK, f"{name} is {url}")
    if not site.publishing.open_to_public:
        yield Check("contributions", State.STOP, "the publish config says it isn't open to the public")
    elif site.learn:
        yield Check("contributions", State.OK, "the publish config says it is open to the public")


def _base(worktree: Worktree, site: Site, config: Config) -> Check:
    base = base_branch(worktree, site, config)
    if base is None:
        return Check("base branch", State.NOTE, "unknown: set `base` under [propose] in .docbot.toml")
    if base == "live":
        return Check("base branch", State.STOP, "proposals must never go to `live`: set another base")
    return Check("base branch", State.OK, f"proposals go to {base}")


def base_of(worktree: Worktree) -> str | None:
    """The branch proposals go to, by the config and the publish config that are checked out."""
    return base_branch(worktree, _site(worktree), load(worktree.root))


class Wishes(NamedTuple):
    """What the docs' own files ask of proposals; empty where they say nothing."""

    base: str
    """The branch they are to go to."""
    repository: str
    """The URL of the repository they are to go to."""


def wishes_of(worktree: Worktree) -> Wishes:
    """What the files that are checked out ask of proposals."""
    publishing = _site(worktree).publishing
    base = load(worktree.root).propose.base or publishing.base_branch
    return Wishes(base or "", publishing.url or "")


def _site(worktree: Worktree) -> Site:
    site, _ = site_of(worktree, tracked(worktree), {})
    return site


def base_branch(worktree: Worktree, site: Site, config: Config) -> str | None:
    """The branch to propose to: the config's, the publish config's, the remote's default, or this one."""
    wanted = config.propose.base or site.publishing.base_branch
    if wanted:
        return wanted
    remote = default_base(worktree)
    return remote.branch if remote else worktree.branch


def policies_here(worktree: Worktree, files: Iterable[str]) -> Policies:
    """What the docs' own `files` (POSIX, relative to the repository) ask of pull requests, as on disk."""
    return policies_of({path: _text(worktree, path) for path in policy_files(files)})


def _text(worktree: Worktree, path: str) -> str | None:
    try:
        return read_page(worktree, path, 4 * LARGEST).decode("utf-8-sig", "replace")
    except UnreadablePageError:
        return None


def _manners(found: Policies, pages: Sequence[str], config: Config) -> Iterator[Check]:
    if not config.enabled:
        yield Check("config", State.STOP, f"{FILE_NAME} says `enabled = false`")
    for one in found.policies:
        said = f"{one.quote} ({one.source})"
        if one.kind is Kind.STOP:
            yield Check("policy", State.STOP, said)
        elif one.kind is Kind.ASK:
            yield Check("policy", State.NOTE, f"needs a person's yes: {one.meaning}: {said}")
        else:
            yield Check("policy", State.NOTE, f"{one.meaning}: {said}")
    if found.guides:
        yield Check("guides", State.NOTE, f"read before you propose: {', '.join(found.guides)}")
    if found.max_files:
        yield Check("files", State.OK, f"a pull request may change {found.max_files:,} files at most")
    if found.template:
        yield Check("template", State.OK, f"pull requests have a template: {found.template}")
    closed = sum(found.forbids(page) is not None for page in pages)
    if closed:
        state = State.STOP if closed == len(pages) else State.NOTE
        text = f"{closed:,} of {len(pages):,} pages are closed to pull requests"
        yield Check("closed pages", state, f"{text}: {', '.join(found.forbidden_paths[:5])}")
    yield from _reviewers(found, pages)


def _reviewers(found: Policies, pages: Sequence[str]) -> Iterator[Check]:
    """Who is asked to review: by a sample of the pages, since nobody knows yet which ones will change."""
    step = max(len(pages) // 50, 1)
    names = list(dict.fromkeys(name for page in pages[::step] for name in found.owners_of(page)))
    if names:
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        text = f"CODEOWNERS asks {', '.join(names[:5])}{more} to review, by the pages that change"
        yield Check("reviewers", State.OK, text)


def _docs(files: Sequence[str], pages: Sequence[str], site: Site) -> Iterator[Check]:
    state = State.OK if pages else State.STOP
    yield Check("pages", state, f"{len(pages):,} pages to look at")
    generated = [path for path in files if GENERATED.search(path)]
    if generated:
        yield Check("generated", State.NOTE, f"{len(generated):,} generated files are left alone")
    entries = len(site.redirections.by_source)
    if entries:
        yield Check("redirections", State.OK, f"{entries:,} redirections tell where pages went")
    elif site.learn:
        yield Check("redirections", State.NOTE, "no redirection file was found")
    for docset in site.publishing.docsets:
        where = f"published below {docset.base}" if docset.base else "published at an unknown path"
        yield Check("docset", State.OK, f"{docset.folder or 'the root'} is {where}")
