"""Finds rules by entry point. docbot's own come through the same door as anybody's."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from docbot.errors import RuleError
from docbot.rules.interface import Rule

GROUP = "docbot.rules"


def load_rules() -> list[Rule]:
    """Every installed rule: each entry point names a function that returns rules, docbot's first.

    Raises RuleError for an entry point that can't be loaded, and for two rules of one name.
    """
    found: dict[str, Rule] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name != "docbot", e.name)):
        for rule in _rules_of(entry):
            if rule.name in found:
                raise RuleError(f"two rules are called {rule.name!r}: uninstall the plugin {entry.name!r}")
            found[rule.name] = rule
    return list(found.values())


def _rules_of(entry: EntryPoint) -> list[Rule]:
    try:
        rules = list(entry.load()())
    except (ImportError, SyntaxError, AttributeError, TypeError) as error:
        raise RuleError(
            f"the plugin {entry.name!r} ({entry.value}) can't be loaded ({error}): update or uninstall it"
        ) from error
    for rule in rules:
        if not isinstance(rule, Rule) or not getattr(rule, "name", ""):
            raise RuleError(
                f"the plugin {entry.name!r} offers {rule!r}, which is no docbot rule: uninstall it"
            )
    return rules
