"""Grammar: which sentences are English, and what the grammar checker says of them."""

from docbot.grammar.checker import identity, may_slip, slips_of
from docbot.grammar.english import is_english
from docbot.grammar.values import Grammar, Slip

__all__ = ["Grammar", "Slip", "identity", "is_english", "may_slip", "slips_of"]
