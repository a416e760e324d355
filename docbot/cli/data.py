"""`docbot data refresh`."""

from __future__ import annotations

import click

from docbot.cli.log import say


@click.group("data")
def data_command() -> None:
    """Look after the dated facts that docbot brings."""


@data_command.command("refresh")
@click.option("--source", default="", metavar="URL", help="Ask a server of your own that has the same API.")
def refresh_command(source: str) -> None:
    """Renew the facts about when support of which version ends, from endoflife.date."""
    # What speaks HTTP takes a while to load, and no other verb needs it.
    from docbot.app.data import refresh

    done = refresh(source) if source else refresh()
    say(
        f"{len(done.facts.products)} products with {done.releases:,} versions, retrieved "
        f"{done.facts.retrieved.isoformat()}; {done.changed:,} are new or have another day than before."
    )
    say(f"Scans use them from now on: {done.path}")
