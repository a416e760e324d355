"""Everything a docs repository's own files ask of pull requests, gathered from their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from docbot.policies.automation import Closing, Files, closings
from docbot.policies.files import LARGEST, MOST_TEXT, Role, policy_files, role_of
from docbot.policies.owners import Rule, owners_of, rules_of
from docbot.policies.refusals import refused
from docbot.policies.sentences import Sentence, sentences
from docbot.policies.values import Kind, Meaning, Policy, policy
from docbot.policies.wishes import most_files, signed_off_at, wishes
from docbot.policies.wording import plain, tagged
from docbot.text import LineIndex

_OFF = re.compile(r"^[ \t]*(?:<!--[ \t]*)?docbot:[ \t]*off[ \t]*(?:-->)?[ \t]*\r?$", re.M)
_READ = (Role.README, Role.GUIDE, Role.AI, Role.AGENTS, Role.TEMPLATE, Role.PAGE)
_BINDING = (Role.GUIDE, Role.AI, Role.TEMPLATE, Role.AUTOMATION)
"""A file of these that nobody read may forbid everything."""
_PLACES = (".github/", "", "docs/")
"""Where GitHub looks for a file of its own, in its order."""


class Forbidden(msgspec.Struct, frozen=True):
    """Files that no pull request may touch, and where it says so."""

    files: Files
    policy: Policy


class Policies(msgspec.Struct, frozen=True):
    """What a docs repository asks of pull requests."""

    policies: tuple[Policy, ...] = ()
    """The worst first; of one meaning one a file, the first there."""
    max_files: int | None = None
    """How many files a pull request may change; None where nothing is said."""
    sign_off: bool = False
    """Whether commits need a Signed-off-by line."""
    template: str | None = None
    """The path of the template of pull requests."""
    guides: tuple[str, ...] = ()
    """The paths of the files that tell contributors how to go about it."""
    forbidden: tuple[Forbidden, ...] = ()
    owners: tuple[Rule, ...] = ()

    @property
    def stops(self) -> tuple[Policy, ...]:
        """Why nothing may be proposed."""
        return tuple(one for one in self.policies if one.kind is Kind.STOP)

    @property
    def asks(self) -> tuple[Policy, ...]:
        """What a person has to read and agree to, so that nothing may be proposed unattended."""
        return tuple(one for one in self.policies if one.kind is Kind.ASK)

    @property
    def forbidden_paths(self) -> tuple[str, ...]:
        """The patterns of files that no pull request may touch."""
        return tuple(one.files.pattern for one in self.forbidden)

    def forbids(self, path: str) -> Policy | None:
        """What forbids a change of the file at `path` (POSIX, relative to the repository)."""
        return next((one.policy for one in self.forbidden if one.files.holds(path)), None)

    def owners_of(self, path: str) -> tuple[str, ...]:
        """Who is asked to review a change of the file at `path`, by CODEOWNERS."""
        return owners_of(self.owners, path)


class _Found(NamedTuple):
    policy: Policy
    limit: int | None = None
    """Of files a pull request may change."""
    files: tuple[Files, ...] = ()
    """Which no pull request may touch."""


def policies_of(texts: Mapping[str, str | None]) -> Policies:
    """The policies in `texts`: files by path (POSIX, relative to the repository), None where unreadable.

    Only the files that `policy_files` names are read. All of it is hostile input: no text takes long, and
    what is too large is left to a person.
    """
    paths = policy_files(texts)
    every = [one for path, text in _readable(paths, texts) for one in _in_file(path, text)]
    first: dict[tuple[Meaning, str], Policy] = {}
    for one in every:
        first.setdefault((one.policy.meaning, one.policy.source.rpartition(":")[0]), one.policy)
    order = list(Kind)
    owners = _first(Role.OWNERS, paths)
    return Policies(
        policies=tuple(sorted(first.values(), key=lambda one: order.index(one.kind))),
        max_files=min((one.limit for one in every if one.limit), default=None),
        sign_off=any(meaning is Meaning.SIGN_OFF for meaning, _ in first),
        template=_first(Role.TEMPLATE, paths),
        guides=tuple(path for path in paths if role_of(path) in (Role.GUIDE, Role.AI)),
        forbidden=tuple(Forbidden(files, one.policy) for one in every for files in one.files),
        owners=rules_of((texts[owners] or "")[:LARGEST]) if owners else (),
    )


def _readable(paths: list[str], texts: Mapping[str, str | None]) -> Iterator[tuple[str, str | None]]:
    """Each file with its text; None where it can't be read, or too much was read before it."""
    room = MOST_TEXT
    for path in paths:
        text = texts[path]
        room -= min(len(text or ""), LARGEST)
        yield path, text if room >= 0 else None


def _first(role: Role, paths: list[str]) -> str | None:
    """The file GitHub takes for `role`: the first place counts, and a file comes before a folder of them."""
    fitting = [path for path in paths if role_of(path) is role]
    deep = {path: path.lower().count("/") - (not path.lower().startswith("pull")) for path in fitting}
    return min(fitting, key=lambda path: (deep[path] > 0, _place(path), path), default=None)


def _place(path: str) -> int:
    return next(at for at in (0, 2, 1) if path.lower().startswith(_PLACES[at]))


def _in_file(path: str, text: str | None) -> Iterator[_Found]:
    role = role_of(path)
    if text is None:
        if role in _BINDING:
            yield _Found(policy(Meaning.UNREAD, path, 1, path))
        return
    off = _OFF.search(text[:LARGEST])
    if role is Role.OFF or (off and role in _READ):
        line = LineIndex(text[:LARGEST]).line(off.start()) if off else 1
        yield _Found(policy(Meaning.OFF, path, line, off.group() if off else "docbot: off"))
    if role in _READ:
        yield from _in_text(path, text, role)
    elif role is Role.DCO:
        yield _Found(policy(Meaning.SIGN_OFF, path, 1, _first_line(text) or "DCO"))
    elif role is Role.AUTOMATION:
        yield from (_of_closing(path, closing) for closing in closings(text))


def _of_closing(path: str, closing: Closing) -> _Found:
    if not closing.certain:
        return _Found(policy(Meaning.RULE, path, closing.line, closing.quote))
    meaning = Meaning.PATHS if closing.files else Meaning.CLOSES
    return _Found(policy(meaning, path, closing.line, closing.quote), files=closing.files)


def _in_text(path: str, text: str, role: Role) -> Iterator[_Found]:
    if len(text) > LARGEST:
        yield _Found(policy(Meaning.UNREAD, path, 1, _first_line(text)))
    text = text[:LARGEST]
    known = False
    for one in _of_sentences(path, text, role):
        known = known or one.policy.kind is not Kind.NOTE
        yield one
    if role is Role.AI and not known:
        yield _Found(policy(Meaning.AI_POLICY, path, 1, _first_line(text)))
    at = None if role is Role.PAGE else signed_off_at(text)
    if at is not None:
        lines = LineIndex(text)
        line = lines.line(at)
        yield _Found(policy(Meaning.SIGN_OFF, path, line, lines.line_span(line).of(text)))


def _first_line(text: str) -> str:
    return text[:LARGEST].strip().partition("\n")[0]


def _of_sentences(path: str, text: str, role: Role) -> Iterator[_Found]:
    said = list(sentences(path, text, comments=role is Role.TEMPLATE))
    for at, sentence in enumerate(said):
        after = said[at + 1].text if at + 1 < len(said) else ""
        own, lead = tagged(plain(sentence.text)), tagged(plain(sentence.lead))
        words = tagged(plain(f"{sentence.lead} {sentence.text}")) if lead else own
        about_ai = role in (Role.AI, Role.AGENTS) or any("AI" in _tokens(one) for one in sentence.headings)
        for meaning in _meanings(sentence, (own, words), after, role, about_ai):
            yield _Found(policy(meaning, path, sentence.line, sentence.text))
        limit = most_files(own, " ".join((lead, *(tagged(plain(one)) for one in sentence.headings[-1:]))))
        if limit:
            yield _Found(policy(Meaning.FILES, path, sentence.line, sentence.text), limit)


def _meanings(
    sentence: Sentence, readings: tuple[str, str], after: str, role: Role, about_ai: bool
) -> Iterator[Meaning]:
    """What the sentence says, seen with the next one: that may answer it, or take back a part.

    Only where it refuses nothing by its own words are those before it read with them.
    """
    if sentence.text.rstrip("*_ ").endswith("?"):
        if re.match(r"\W{0,6}no\b", after, re.I) and {"AI", "BOT"} & _tokens(sentence.text):
            yield Meaning.DOUBT
        return
    excepted = re.match(r"\W{0,6}(?:exceptions?|except|unless|the (?:only )?exceptions?)\b", after, re.I)
    said = (tuple(refused(words, role, about_ai=about_ai)) for words in readings)
    for meaning in next((found for found in said if found), ()):
        yield Meaning.DOUBT if excepted and meaning.kind is Kind.STOP else meaning
    yield from wishes(readings[-1], role, about_ai=about_ai)


def _tokens(text: str) -> set[str]:
    return set(tagged(plain(text)).split())
