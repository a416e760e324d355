"""The proof that a generated draft means what its section meant, in one line for its reviewer."""

from __future__ import annotations

from collections.abc import Sequence

from docbot.gates.generated import FIRST, MEANING
from docbot.types import Draft

_SAME = {
    "same-numbers": "numbers",
    "same-links": "links",
    "same-code": "code",
    "same-negations": "negations",
    "same-modals": "modal verbs",
    "same-conditions": "conditions",
    "same-names": "names",
    "same-placeholders": "placeholders",
}
_SAID = ("same-sentences", "length", "few-new-words")
"""Gates whose reasons hold figures or words."""
_GENERATED = frozenset(name for name, _ in (*FIRST, *MEANING))


def meaning_proof(draft: Draft) -> str:
    """“same numbers, …; 0 sentences added or dropped (2 became 2); 31 words became 24; no word is new”.

    Empty for a draft of a rule, and for one that a gate refused.
    """
    if not draft.author.generated or not draft.passed:
        return ""
    reasons = {verdict.gate: verdict.reason for verdict in draft.verdicts}
    same = [word for gate, word in _SAME.items() if gate in reasons]
    said = [reasons[gate] for gate in _SAID if gate in reasons]
    return "; ".join([*([f"same {', '.join(same)}"] if same else []), *said])


def shared_gates(drafts: Sequence[Draft]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The gates that asked every one of `drafts`, and those that asked the generated ones beside."""
    asked = [[verdict.gate for verdict in draft.verdicts] for draft in drafts]
    every = [gate for gate in dict.fromkeys(asked[0] if asked else ()) if all(gate in mine for mine in asked)]
    others = dict.fromkeys(
        gate for mine in asked for gate in mine if gate not in every and gate in _GENERATED
    )
    return tuple(every), tuple(others)
