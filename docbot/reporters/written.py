"""What a reviewer is told of who wrote a change, and of what the gates made sure of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from docbot.gates import meaning_proof, shared_gates
from docbot.reporters.checks import Code, Sentence
from docbot.rules.by_hand import ByHand
from docbot.types import Author, Draft


def written_by(draft: Draft) -> Iterator[tuple[str, Sentence]]:
    """Of a generated draft, who wrote it and the proof that its meaning is the same; else nothing."""
    if not draft.author.generated:
        return
    yield "Written by", _author(draft.finding.rule, draft.author)
    if proof := meaning_proof(draft):
        yield (
            "Compared before and after",
            (Code(proof), ". Whether they are the right words, nothing checked."),
        )


def authors(drafts: Sequence[Draft]) -> Iterator[Sentence]:
    """A sentence for each author: how many places have words of theirs."""
    for (rule, author), count in Counter((d.finding.rule, d.author) for d in drafts).items():
        places = f"{count:,} place" if count == 1 else f"{count:,} places"
        yield (f"The new words of {places} are by ", *_author(rule, author), ".")


def gates_passed(drafts: Sequence[Draft]) -> Iterator[Sentence]:
    """Which gates every place passed, and which a model's passed beside; nothing if one was refused."""
    if not all(draft.passed for draft in drafts):
        return
    shared, generated = shared_gates(drafts)
    if shared:
        form = ("Each place passed docbot's checks of form: ", *_listed(shared))
        yield (*form, ". They don't check that it is true.")
    if generated:
        yield ("What a model wrote passed these, too: ", *_listed(generated), ".")


def author_line(author: Author) -> str:
    """The author on a line of text: of a model also the hash of its prompt."""
    return f"{author.name}, a language model, prompt {author.prompt}" if author.generated else author.name


def _listed(gates: Sequence[str]) -> Sentence:
    return tuple(part for gate in gates for part in (", ", Code(gate)))[1:]


def _author(rule: str, author: Author) -> Sentence:
    if rule == ByHand.name:
        return ("the person who proposes this, and not by docbot",)
    if not author.generated:
        return ("the rule ", Code(rule)) if author.name == "rule" else (Code(author.name),)
    return ("a language model, ", Code(author.name), ", with the prompt ", Code(author.prompt))
