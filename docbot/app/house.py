"""What the docs' own files ask of a pull request, as it bears on one that is being made."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from docbot.app.draft import Drafts
from docbot.app.setup import policies_here
from docbot.errors import StoppedError, UnreadablePageError
from docbot.markdown import Document
from docbot.policies import Meaning, Policies, Policy
from docbot.reporters.template import BLANK, Form, LeftOut, form_of, template_of
from docbot.repository.remotes import identity
from docbot.repository.worktree import EntryKind, Worktree, read_page, tracked
from docbot.types import Draft, Held, Notice

_OPTED_IN = (Meaning.LARGE, Meaning.ISSUE_FIRST)
"""What a repository that lets docbot run unattended has answered by that: its config holds the limits."""


class House(msgspec.Struct, frozen=True):
    """The rules of the house, and its form."""

    policies: Policies
    form: Form
    sign_off: str
    """As whom commits are signed off; empty where that isn't asked for, or git knows nobody."""
    notices: tuple[Notice, ...]

    def most_files(self, wished: int) -> int:
        """How many files a pull request may touch, where the config says `wished`."""
        return min(wished, self.policies.max_files or wished)

    def open_to(self, drafted: Drafts) -> Drafts:
        """The drafts of pages that pull requests may touch; others are held with the words of the rule."""
        kept: list[Draft] = []
        held = list(drafted.held)
        for draft in drafted.drafts:
            rule = self.policies.forbids(draft.finding.path)
            if rule is None:
                kept.append(draft)
            else:
                held.append(Held(draft, _told(rule)))
        return msgspec.structs.replace(drafted, drafts=tuple(kept), held=tuple(held))


def _told(rule: Policy) -> str:
    return f"{rule.quote} ({rule.source}): {rule.meaning}"


def house_of(worktree: Worktree, user: Worktree, *, unattended: bool) -> House:
    """The rules in the checkout `worktree` of the base; `user` is the checkout of whoever proposes.

    Raises StoppedError where they want a person's yes and nobody is there to give it.
    """
    files = [entry.path for entry in tracked(worktree) if entry.kind is EntryKind.FILE]
    policies = policies_here(worktree, files)
    asks = [one for one in policies.asks if one.meaning not in _OPTED_IN]
    if unattended and asks:
        raise StoppedError(
            f"the docs want a person's yes: {_told(asks[0])}: run it in a terminal without --yes"
        )
    form = _form(worktree, files)
    notices = [Notice("", f"the docs ask: {_told(one)}") for one in policies.asks]
    if isinstance(form, LeftOut):
        notices.append(Notice("", f"the pull request goes without the template: {form.reason}"))
    elif form is not BLANK:
        notices.append(Notice("", "the pull request keeps the template, and its boxes are yours to tick"))
    who = identity(user) if policies.sign_off else None
    return House(
        policies=policies,
        form=BLANK if isinstance(form, LeftOut) else form,
        sign_off=who.author if who else "",
        notices=tuple(notices),
    )


def _form(worktree: Worktree, files: Sequence[str]) -> Form | LeftOut:
    path = template_of(files)
    if path is None or isinstance(path, LeftOut):
        return path or BLANK
    try:
        return form_of(Document.read(path, read_page(worktree, path)).text)
    except UnreadablePageError as error:
        return LeftOut(str(error))
