"""What tests of reviews share."""

from __future__ import annotations

from tests.cli import conftest as cli

docbot = cli.docbot
docs = cli.docs
