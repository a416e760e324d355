"""Grammar: what the grammar checker says of sentences."""

from docbot.grammar.checker import identity, may_slip, slips_of
from docbot.grammar.values import Grammar, Slip

__all__ = ["Grammar", "Slip", "identity", "may_slip", "slips_of"]
