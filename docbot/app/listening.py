"""Where readers' issues come from: the docs repository on GitHub, or a file that somebody saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from docbot.app.connect import docs_named
from docbot.cache import Cache
from docbot.errors import StoppedError, UsageError
from docbot.forges.github.place import place_of
from docbot.forges.github.token import source_of, token_of
from docbot.heard import Heard, Listen, Progress, heard_from
from docbot.readers.saved import LARGEST, read_issues
from docbot.repository.worktree import Worktree


def from_file(path: Path) -> Listen:
    """The issues in a file, as GitHub's API writes them; nobody is asked.

    Listening raises UsageError for a file that can't be read or holds none.
    """

    def listen(worktree: Worktree, cache: Cache) -> Heard:
        issues, others = read_issues(_bytes(path), path.name)
        said = f"{others:,} of the entries in {path.name} are no issues: they count for nothing"
        return Heard(
            tuple({issue.number: issue for issue in issues if not issue.is_pull}.values()),
            (said,) if others else (),
        )

    return listen


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path} can't be read ({error.strerror}): name a file of issues") from error


def from_github(environ: Mapping[str, str], say: Callable[[str], None], progress: Progress) -> Listen:
    """The issues of the docs repository that the remotes of a clone name.

    `environ` names the forge, and holds the token where there is one; `say` hears of waits. What GitHub
    refuses is a notice. Listening raises UsageError where no remote is on the forge.
    """

    def listen(worktree: Worktree, cache: Cache) -> Heard:
        # PyGithub takes a while to load, and only this needs it.
        from docbot.forges.github.client import Client
        from docbot.forges.github.issues import GithubIssues

        place = place_of(environ)
        wanted, or_parent = docs_named(worktree, place)
        if wanted is None:
            raise UsageError(
                f"no remote of this clone is on {place.host}, so nobody knows whose issues to ask for: "
                "add one (`git remote add upstream URL`), or name a saved answer with `--issues-from FILE`"
            )
        token = token_of(place, environ)
        with Client(place, token, say=say, source=source_of(environ) if token else "") as client:
            try:
                there = GithubIssues.open(client, wanted, or_parent=or_parent)
            except StoppedError as error:
                return Heard(notices=(f"no reader's report counts, since the issues weren't read: {error}",))
            if not there.has_issues:
                said = f"{there.name} takes no issues, so no reader's report counts: name a saved answer with"
                return Heard(notices=(f"{said} `--issues-from FILE` where they are kept elsewhere",))
            return heard_from(there, cache, progress)

    return listen
