"""Rules from entry points: installed here for real, as files on the path."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docbot.errors import RuleError
from docbot.plugins import load_rules
from docbot.rules import builtin
from tests.helpers.plugins import installed

Install = Callable[[str, str], None]

RULE = """
from docbot.rules.interface import Kind, Rule
from docbot.types import Severity

class Shout(Rule):
    name = "{name}"
    kind = Kind.UNCLEAR
    severity = Severity.INFO
    def check(self, document, facts):
        return iter(())

def rules():
    return [Shout()]
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a distribution of one module that offers `module:rules`."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def into_here(name: str, source: str) -> None:
        installed(tmp_path, name, source)
        monkeypatch.delitem(sys.modules, name, raising=False)
        importlib.invalidate_caches()

    return into_here


def test_docbots_own_rules_come_through_the_same_door() -> None:
    assert [rule.name for rule in load_rules()] == [rule.name for rule in builtin()]


def test_a_plugins_rules_come_after_docbots(install: Install) -> None:
    install("aa_plugin", RULE.format(name="shout"))
    assert [rule.name for rule in load_rules()] == [*(rule.name for rule in builtin()), "shout"]


def test_two_rules_of_one_name_are_refused(install: Install) -> None:
    install("aa_plugin", RULE.format(name="doubled-word"))
    with pytest.raises(
        RuleError, match="two rules are called 'doubled-word': uninstall the plugin 'aa_plugin'"
    ):
        load_rules()


@pytest.mark.parametrize(
    "source",
    [
        "import a_module_that_is_nowhere",
        "no_rules = 1",
        "rules = 3",
        "def rules():\n    return 3",
        "def rules(",
        "def rules(wanted):\n    return []",
    ],
)
def test_a_plugin_that_does_not_load_is_named(install: Install, source: str) -> None:
    install("aa_plugin", source)
    with pytest.raises(
        RuleError, match=r"the plugin 'aa_plugin' .* can't be loaded .*: update or uninstall it"
    ):
        load_rules()


@pytest.mark.parametrize("source", ["def rules():\n    return ['x']", RULE.format(name="")])
def test_what_is_no_rule_is_refused(install: Install, source: str) -> None:
    install("aa_plugin", source)
    with pytest.raises(RuleError, match="which is no docbot rule: uninstall it"):
        load_rules()
