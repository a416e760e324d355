"""A real endpoint, where somebody names one; everything else is tested without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLACE = "DOCBOT_TEST_MODEL_URL"
# The tests' own process hides these variables from docbot, and has no network: what asks is another process.
URL, NAME, KEY = (os.environ.get(name, "") for name in (PLACE, "DOCBOT_TEST_MODEL", "DOCBOT_TEST_MODEL_KEY"))
ROOT = Path(__file__).parents[3]
PAGE = """\
# Start the service

Open the configuration file and and set the port. The the service starts when you run it, and and it reads
the file only once. Restart it after after each change.
"""
SCRIPT = """
import os, sys
from docbot import engine
from docbot.cache import Cache
from docbot.config import Config
from docbot.drafters.model.asking import Asker
from docbot.drafters.model.chosen import choose
from docbot.drafters.model.drafter import ModelDrafter
from docbot.drafters.model.endpoint import Endpoint
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.repository.precedents.values import Precedents
from docbot.rules.unclear.doubled_word import DoubledWord
from docbot.text import apply
from docbot.user_config import ModelConfig
from msgspec.structs import replace

page = Document("a.md", sys.stdin.read())
found = [replace(one, fix=None) for one in DoubledWord().check(page, Facts())]
found = engine.settle(found, {page.path: page.outline}, Config(), show_all=True).findings
chosen = choose(sys.argv[2], ModelConfig(base_url=sys.argv[1], timeout=300.0), os.environ)
with Endpoint(chosen) as endpoint:
    drafter = ModelDrafter(Asker(chosen, endpoint, Cache.none()), found, Precedents())
    fixes = [fix for one in found if (fix := drafter.draft(one, page))]
print(apply(page.text, [edit for fix in fixes for edit in fix.edits]), end="")
print(*(notice.text for notice in drafter.notices), sep="\\n", file=sys.stderr)
"""


@pytest.mark.skipif(not (URL and NAME), reason=f"no real model was asked: set {PLACE} and DOCBOT_TEST_MODEL")
def test_a_real_model_edits_the_section_and_nothing_else() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DOCBOT_MODEL_KEY": KEY}
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, URL, NAME],
        input=PAGE,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout != PAGE, ended.stderr
    assert ended.stdout.startswith("# Start the service\n\n")
    assert "and and" not in ended.stdout
