"""What a draft whose words a model wrote is asked beyond the gates of form.

Each gate is a pure function that compares one thing before and after, and names what differs. They prove
that nothing was lost or added of what can be compared; that the new words are right, a person decides.
"""

from __future__ import annotations

from collections.abc import Callable

from docbot.gates.generated.anchors import same_numbers, same_roles
from docbot.gates.generated.bounds import same_bounds
from docbot.gates.generated.conditions import same_clauses, same_conditions, same_places
from docbot.gates.generated.constructs import (
    same_emphasis,
    same_footnotes,
    same_images,
    same_link_texts,
)
from docbot.gates.generated.first import never_safe, no_hidden_characters, no_long_reply
from docbot.gates.generated.language import same_characters, same_language
from docbot.gates.generated.length import length_in_bounds
from docbot.gates.generated.lines import same_lines
from docbot.gates.generated.names import same_names
from docbot.gates.generated.opposites import no_opposites
from docbot.gates.generated.place import inside_section, only_prose
from docbot.gates.generated.polarity import same_modals, same_negations
from docbot.gates.generated.reply import no_commands, no_reply_words, no_stray_signs, same_tone
from docbot.gates.generated.rewrite import Rewrite
from docbot.gates.generated.sentences import few_new_words, no_words_dropped, same_sentences
from docbot.gates.generated.symbols import same_literals, same_placeholders
from docbot.markdown import Document
from docbot.types import Draft

FIRST: tuple[tuple[str, Callable[[Draft, Document], tuple[bool, str]]], ...] = (
    ("never-safe", never_safe),
    ("no-long-reply", no_long_reply),
    ("no-hidden-characters", no_hidden_characters),
)
"""Asked of a reply before it is applied or parsed."""

MEANING: tuple[tuple[str, Callable[[Rewrite], tuple[bool, str]]], ...] = (
    ("inside-section", inside_section),
    ("only-prose", only_prose),
    ("same-images", same_images),
    ("same-footnotes", same_footnotes),
    ("same-link-texts", same_link_texts),
    ("same-emphasis", same_emphasis),
    ("same-placeholders", same_placeholders),
    ("same-literals", same_literals),
    ("same-numbers", same_numbers),
    ("same-names", same_names),
    ("same-negations", same_negations),
    ("same-modals", same_modals),
    ("same-conditions", same_conditions),
    ("same-clauses", same_clauses),
    ("same-bounds", same_bounds),
    ("same-places", same_places),
    ("no-opposites", no_opposites),
    ("same-roles", same_roles),
    ("same-sentences", same_sentences),
    ("no-words-dropped", no_words_dropped),
    ("few-new-words", few_new_words),
    ("length", length_in_bounds),
    ("same-characters", same_characters),
    ("same-language", same_language),
    ("no-reply-words", no_reply_words),
    ("no-stray-signs", no_stray_signs),
    ("no-commands", no_commands),
    ("same-tone", same_tone),
    ("same-lines", same_lines),
)
"""Asked of the page before and after, in this order."""
