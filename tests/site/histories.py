"""What became of paths, as git tells it, and sites with redirections."""

from __future__ import annotations

from docbot.repository.values import Commit, Move, PathHistory
from docbot.site.model import Site
from docbot.site.repair import Answer
from tests.site.helpers import redirections, site_of

RULES = ".openpublishing.redirection.json"
PAGE = "docs/page.md"


def site_with(entries: dict[str, str], *paths: str) -> Site:
    return site_of(PAGE, *paths, files={RULES: redirections(entries)}, learn=True)


def history(
    moves: dict[str, list[tuple[str, str]]], deletions: dict[str, str] | None = None, similarity: int = 100
) -> PathHistory:
    """Moves as `{old: [(new, date), …newest first]}`, deletions as `{path: date}`."""
    found = {
        old: tuple(Move(new, Commit(f"c{date}", date), similarity) for new, date in news)
        for old, news in moves.items()
    }
    gone = {path: Commit(f"d{date}", date) for path, date in (deletions or {}).items()}
    return PathHistory(found, gone, folded={path.lower(): path for path in (*gone, *found)})


def led(answer: Answer | None) -> str | None:
    return answer.shown if answer else None
