from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from docbot.forges.content import keys_of
from docbot.forges.island import island_of
from docbot.forges.marker import is_untouched, sealed, with_marker
from docbot.reporters.checks import LEADS, Code, check_of
from docbot.reporters.pull_body import BEGIN, END, Disclosure, Marker, marker_of, with_island, write
from docbot.reporters.story import STOP, title_of
from docbot.reporters.template import LONGEST_TEMPLATE, Form, form_of
from docbot.rules import builtin
from docbot.text import Edit, Span
from docbot.types import (
    Applicability,
    Author,
    Draft,
    Evidence,
    EvidenceKind,
    Fix,
    SectionRef,
    Severity,
    Verdict,
)
from tests.gates.replies import PAGE_AROUND, rewritten
from tests.helpers.git import Builder
from tests.reporters.github_reads import LINKS, REFERENCES, done_by, events, hostile, outside_code
from tests.reporters.pulls import (
    DISCLOSURE,
    ENTRY,
    RENAME,
    RULES,
    TEXT,
    draft_of,
    pages_of,
    planned,
    proposed,
    written,
)

OWN_COMMENTS = re.compile(r"<!-- docbot:(?:begin|end|marker \{[^<>]*\}) -->\n?")
WORD = "zqzq"


def headings(body: str) -> list[str]:
    return re.findall(r"^#{3,4} .*$", body, re.MULTILINE)


def test_the_body_reads_in_the_reviewers_order() -> None:
    _, _, body = written([draft_of("docs/a.md", TEXT)], {"docs/a.md": TEXT})
    assert body.startswith(f"{BEGIN}\n### What\n\n")
    assert body.endswith(f" -->\n{END}")
    assert headings(body) == [
        *("### What", "### Why", "### Changes", "#### 1. `docs/a.md`, line 3"),
        *("### Not wanted?", "### How this was made"),
    ]
    assert "This changes 1 place on 1 page: `docs/old.md has moved to docs/new.md`." in body
    assert "What a reader has today: The reader of `old.md` ends on a page that isn't there." in body


def test_every_hunk_shows_words_lines_rule_proof_and_check() -> None:
    _, _, body = written([draft_of("docs/a.md", TEXT)], {"docs/a.md": TEXT})
    assert "**`old.md` → `new.md`**" in body
    assert "```diff\n-See [the guide](old.md) first.\n+See [the guide](new.md) first.\n```" in body
    assert "- Section: `Install`" in body
    assert "- Rule: `moved-link`, warning, confidence 97 %, safe fix" in body
    assert (
        "- **A redirection entry**, `.openpublishing.redirection.json:3`: `old.md is redirected to new.md`\n"
        "  - Check it in a minute: open `.openpublishing.redirection.json:3`: the entry stands at that line."
    ) in body
    assert "run `git show --stat -M 0123abcdef`: the rename is listed there." in body


def test_equal_changes_of_copies_are_told_once() -> None:
    texts = {f"v{n}/a.md": "\n" * n + TEXT for n in (1, 2, 3)}
    own = {path: Evidence(EvidenceKind.CASE, path, "the only one") for path in texts}
    drafts = [draft_of(path, text, evidence=(ENTRY, own[path])) for path, text in texts.items()]
    _, _, body = written(drafts, texts)
    assert headings(body).count("#### 1. `v1/a.md`, line 4") == 1
    assert body.count("```diff") == 1
    assert "- `v2/a.md`, line 5\n  - **The letter case of a name**, `v2/a.md`: `the only one`\n" in body
    assert "- `v3/a.md`, line 6\n  - **The letter case of a name**, `v3/a.md`" in body
    assert body.count("A redirection entry") == 1


def test_lines_of_one_copy_stand_together() -> None:
    text = "See [it](old.md).\n\nSee [it](old.md).\n"
    second = Span(text.rindex("old.md"), text.rindex("old.md") + 6)
    other = draft_of("a.md", text)
    twin = msgspec.structs.replace(
        other,
        finding=msgspec.structs.replace(other.finding, span=second, fingerprint="ab" * 8),
        fix=Fix("x", (Edit(second, "new.md"),)),
    )
    _, _, body = written([other, twin], {"a.md": text})
    assert "#### 1. `a.md`, lines 1 and 3" in body
    assert "more cop" not in body


def test_two_drafts_of_one_line_are_one_hunk() -> None:
    text = "See [it](old.md) and [that](gone.md).\n"
    drafts = [draft_of("a.md", text), draft_of("a.md", text, "gone.md", "kept.md")]
    _, _, body = written(drafts, {"a.md": text})
    assert "-See [it](old.md) and [that](gone.md).\n+See [it](new.md) and [that](kept.md).\n" in body
    assert "**`old.md` → `new.md`**  \n**`gone.md` → `kept.md`**" in body


def test_a_word_that_goes_is_shown_with_the_one_that_stays() -> None:
    text = "Readers can't\ncan't know.\n"
    span = Span(text.index("can't"), text.index(" know"))
    drafted = draft_of("a.md", text, "can't\ncan't", "x")
    drafted = msgspec.structs.replace(drafted, fix=Fix("x", (Edit(Span(14, 20), ""),)))
    assert drafted.finding.span == span
    _, _, body = written([drafted], {"a.md": text})
    assert "**`can't can't` → `can't`**" in body
    assert "```diff\n Readers can't\n-can't know.\n+know.\n```" in body


def test_a_long_line_is_shown_around_the_change() -> None:
    text = "word " * 400 + "[it](old.md)" + " word" * 400
    _, _, body = written([draft_of("a.md", text)], {"a.md": text})
    changed = next(line for line in body.split("\n") if line.startswith("-…"))
    assert changed.startswith("-…word ") and changed.endswith(" word…")
    assert len(changed) < 500


def test_what_differs_from_place_to_place_is_said_at_each() -> None:
    other = Evidence(EvidenceKind.UNIQUE_NAME, "git ls-files '*/new.md'", "the only one")
    texts = {"a.md": TEXT, "b.md": TEXT.replace("guide", "book")}
    drafts = [
        draft_of("a.md", texts["a.md"], evidence=(RENAME,)),
        draft_of("b.md", texts["b.md"], evidence=(other,), message="Another sentence"),
    ]
    _, _, body = written(drafts, texts)
    assert "Each place has a proof of its own, shown below." in body
    assert "- Reported: `Another sentence`" in body
    assert body.index("#### 2. `b.md`") < body.index("The only file of that name")


def test_t20_a_model_and_a_reviewer_are_named() -> None:
    drafted = draft_of("a.md", TEXT, author=Author("gpt-x", "abcdef12"))
    _, message, body = written([drafted], {"a.md": TEXT}, Disclosure("0.1.0", "main", reviewer="octo"))
    assert "are by a language model, `gpt-x`, with the prompt `abcdef12`." in body
    assert "Reviewed before it was sent by `octo`." in body
    assert message.endswith("\n\nAssisted-by: docbot 0.1.0\nAssisted-by: gpt-x\n")


def test_a_generated_change_shows_model_prompt_and_proof() -> None:
    before = "Please wait 30 seconds, and do not open the root folder."
    made = rewritten(before, "Wait 30 seconds, and don't open the root folder.")
    text = PAGE_AROUND.replace("{}", before)
    _, _, body = written([made], {made.finding.path: text})
    assert "- Written by: a language model, `a-model`, with the prompt `0123456789abcdef`\n" in body
    assert (
        "- Compared before and after: `same numbers, links, code, negations, modal verbs, conditions, names, "
        "placeholders; 0 sentences added or dropped (1 became 1); 11 words became 9; no word is new`. "
        "Whether they are the right words, nothing checked.\n"
    ) in body
    assert "unclear-text" in body and "unsafe fix" in body


def test_gates_that_only_a_models_words_passed_are_told_apart() -> None:
    made = rewritten("Please open the folder.", "Open the folder.")
    texts = {made.finding.path: PAGE_AROUND.replace("{}", "Please open the folder."), "b.md": TEXT}
    _, _, body = written([made, draft_of("b.md", TEXT)], texts)
    assert "Each place passed docbot's checks of form: `same-code`, `finding-gone`." in body
    assert "What a model wrote passed these, too: `never-safe`, `no-long-reply`, " in body
    alone = written([draft_of("b.md", TEXT)], texts)[2]
    assert "What a model wrote" not in alone and "Written by" not in alone


def test_t25_the_words_of_a_reply_stand_in_code_in_its_proof() -> None:
    made = rewritten("Please open the @octo/root folder.", "Open the @octo/root folder.")
    word = Verdict("few-new-words", True, "new words to look at: “@octo closes #7 <b> `x`”")
    verdicts = [word if verdict.gate == "few-new-words" else verdict for verdict in made.verdicts]
    made = replace(made, author=Author("@octo `x`", "#7"), verdicts=tuple(verdicts))
    texts = {made.finding.path: PAGE_AROUND.replace("{}", "Please open the @octo/root folder.")}
    body = written([made], texts)[2]
    assert "look at" in body
    assert done_by(OWN_COMMENTS.sub("", body), REFERENCES, entities=False) == []


def test_t20_nothing_is_claimed_that_did_not_happen() -> None:
    _, _, body = written([draft_of("a.md", TEXT, verdicts=())], {"a.md": TEXT})
    assert "passed" not in body and "Reviewed by: nobody yet." in body
    refused = draft_of("a.md", TEXT, verdicts=(Verdict("same-code", False, "no"),))
    assert "passed" not in written([refused], {"a.md": TEXT})[2]
    assert "Each place passed docbot's checks of form: `same-code`, `finding-gone`." in proposed().body


def test_t21_how_to_stop_it_is_one_line() -> None:
    assert f"\n### Not wanted?\n\n{STOP}\n" in proposed().body
    assert STOP == "Close this pull request and docbot never proposes the same change again."


def test_t21_one_of_several_changes_is_refused_by_its_number() -> None:
    drafts, texts = many(3)
    body = written(drafts, texts)[2]
    line = "To refuse one change alone, comment its number: `docbot drop 2`."
    assert f"\n### Not wanted?\n\n{STOP}\n\n{line}\n" in body and "docbot drop" not in proposed().body
    marker = marker_of(body)
    assert marker is not None and len(marker.parts) == 3
    assert [key for part in marker.parts for key in part] == list(marker.content_keys)
    assert marker.keys_of(2) == keys_of(drafts[1:2], texts)[0]


def test_numbers_stay_when_a_change_before_them_goes() -> None:
    drafts, texts = many(3)
    marker = marker_of(written(drafts, texts)[2])
    assert marker is not None
    _, _, body = write(drafts[1:], RULES, pages_of(texts), DISCLOSURE, earlier=marker.parts)
    assert [line for line in headings(body) if line.startswith("####")] == [
        "#### 2. `docs/1.md`, line 3",
        "#### 3. `docs/2.md`, line 3",
    ]
    later = marker_of(body)
    assert later is not None and later.parts == marker.parts
    assert later.content_keys == marker.content_keys[1:] and "`docbot drop 3`" in body


def test_copies_of_a_change_have_one_number() -> None:
    texts = {f"v{n}/a.md": TEXT + "\n" * n for n in (1, 2)}
    marker = marker_of(written([draft_of(path, text) for path, text in texts.items()], texts)[2])
    assert marker is not None and marker.parts == (marker.content_keys,)


def test_a_change_says_what_a_reader_sees() -> None:
    said = "- A reader sees: the same text; the link leads to `new.md` instead of `old.md`.\n"
    assert f"```\n\n{said}- Section: `Install`\n" in proposed().body


def test_the_message_says_why_with_its_evidence() -> None:
    assert proposed().message == (
        "Update links to old.md, which has moved\n\n"
        "docs/old.md has moved to docs/new.md.\n"
        "Evidence (redirection): .openpublishing.redirection.json:3: old.md is\n"
        "redirected to new.md.\n"
        "Evidence (rename): commit 0123ab: old.md was renamed to new.md on\n"
        "2024-03-01.\n\n"
        "Assisted-by: docbot 0.1.0\n"
    )


@pytest.mark.parametrize("rule", builtin(), ids=lambda rule: rule.name)
@pytest.mark.parametrize("name", ["a.md", "docs/" + "long-name-" * 9 + ".md#and-an-anchor"])
def test_titles_of_every_rule_fit(name: str, rule: object) -> None:
    known = {r.name: r for r in builtin()}
    rule_name = str(getattr(rule, "name", ""))
    drafted = draft_of("a.md", TEXT, rule=rule_name, cause=f"{rule_name} {name}")
    title = title_of([drafted], known)
    assert len(title) <= 72 and "{" not in title
    end = known[rule_name].title.partition("{name}")[2]
    assert title.endswith(end)


def test_a_title_names_what_the_cause_is_about() -> None:
    def title(*causes: str) -> str:
        return title_of([draft_of("a.md", TEXT, cause=cause) for cause in causes], RULES)

    assert title("moved-link docs/old.md") == "Update links to old.md, which has moved"
    assert title("moved-link v1/old.md", "moved-link v2/old.md") == "Update links to old.md, which has moved"
    assert title("moved-link a/b.md#c/d") == "Update links to b.md#c/d, which has moved"
    assert title("moved-link a.md", "moved-link b.md") == "Update links to a.md and 1 more, which has moved"
    assert title_of([draft_of("a.md", TEXT)], {}) == "moved-link: old.md"


# What a docs repository can put anywhere.


def attacked(text: str) -> tuple[Draft, str, str]:
    """A draft with `text` in everything a docs repository, a plugin or a model has a say in."""
    said = f"{WORD}{text}{WORD}"
    # A page is UTF-8 and has no halves of surrogate pairs; a file's name may.
    shown = said.replace("\ud800", "?")
    path = said.replace("\0", "") + ".md"
    page = f"# {shown}\n\nold {shown} old.md {shown}\n\n{shown}\n"
    at = page.index("old.md")
    drafted = draft_of(
        path,
        page,
        message=said,
        cause=f"moved-link {said}",
        evidence=tuple(Evidence(kind, said, said) for kind in (EvidenceKind.UNIQUE_NAME, EvidenceKind.HTTP)),
        section=SectionRef((said,), Span(0, len(page))),
        author=Author(said, said),
        verdicts=(Verdict(said, True, said),),
        fix=Fix(said, (Edit(Span(at, at + 6), said),), Applicability.SAFE),
    )
    return drafted, path, page


@settings(max_examples=200)
@given(text=hostile)
def test_t25_hostile_text_does_nothing(text: str) -> None:
    drafted, path, page = attacked(text)
    title, message, body = written([drafted], {path: page})
    assert done_by(title, REFERENCES | LINKS) == [] and len(title) <= 72 and "\n" not in title
    head, _, trailers = message.rstrip("\n").rpartition("\n\n")
    assert done_by(head, REFERENCES | LINKS) == [] and done_by(trailers, REFERENCES) == []
    assert all(len(line) <= 72 for line in head.split("\n"))
    assert head.count("\n\n") == 1 and 2 <= head.count("\n") <= 7
    assert [line.partition(":")[0] for line in trailers.split("\n")] == ["Assisted-by"] * 2
    assert done_by(OWN_COMMENTS.sub("", body), REFERENCES, entities=False) == []
    marks = {name: REFERENCES[name] for name in ("mention", "reference", "address of an issue")}
    assert done_by(body, marks, entities=False) == []


ALLOWED = {
    *("Text", "Code", "SoftBreak", "HardBreak", "Html", "Start HtmlBlock", "End HtmlBlock"),
    *(f"{edge} {kind}" for edge in ("Start", "End") for kind in ("Paragraph", "Heading", "List", "Item")),
    *(f"{edge} {kind}" for edge in ("Start", "End") for kind in ("CodeBlock", "Strong")),
}


@settings(max_examples=200)
@given(text=hostile)
def test_t25_docs_text_stands_in_code_alone(text: str) -> None:
    drafted, path, page = attacked(text)
    body = written([drafted], {path: page})[2]
    assert {name for name, _ in events(body)} <= ALLOWED
    assert WORD not in outside_code(body)
    assert OWN_COMMENTS.sub("", "".join(about for name, about in events(body) if name == "Html")) == ""
    assert [name for name, _ in events(body)].count("Start Heading") == 6


@settings(max_examples=200)
@given(text=hostile)
def test_the_marker_comes_back(text: str) -> None:
    drafted, path, page = attacked(text)
    body = written([drafted], {path: page})[2]
    marker = marker_of(body)
    assert marker is not None
    assert (marker.version, marker.base) == ("0.1.0", "main")
    assert marker.fingerprints == (drafted.finding.fingerprint,)
    assert len(marker.content_keys) == 1
    assert is_untouched(body)
    assert body.count(BEGIN) == body.count(END) == body.count("docbot:marker {") == 1


def test_t18_no_check_box_of_docbots_own() -> None:
    body = proposed().body
    assert done_by(body, {"box": REFERENCES["check box"]}) == []
    assert "TaskListMarker" not in {name for name, _ in events(body)}


# Length.


def many(count: int) -> tuple[list[Draft], dict[str, str]]:
    texts = {f"docs/{n}.md": TEXT.replace("guide", f"guide {n}") for n in range(count)}
    return [draft_of(path, text) for path, text in texts.items()], texts


def test_t26_a_long_body_is_cut_between_changes_and_says_so() -> None:
    _, _, body = written(*many(300))
    assert 50_000 < len(body) <= 58_000
    shown = len(re.findall(r"^#### ", body, re.MULTILINE))
    assert f"**{300 - shown} more changes of this pull request found no room here**" in body
    assert body.count("```diff") == shown
    changes = body.partition("### Not wanted?")[0].split("\n#### ")[1:]
    assert all("\n- Rule: `moved-link`, " in change for change in changes)
    marker = marker_of(body)
    assert marker is not None and len(marker.content_keys) == len(marker.fingerprints) == 300


@pytest.mark.parametrize("taken", [0, 60, 120, 180, 240])
def test_t26_wherever_the_cut_falls_each_change_is_whole(taken: int) -> None:
    drafts, texts = many(300)
    body = write(drafts, RULES, pages_of(texts), DISCLOSURE, Form("x" * taken))[2]
    changes = body.partition("### Not wanted?")[0].split("\n#### ")[1:]
    assert len(changes) < 300
    assert all("\n- Rule: `moved-link`, " in change for change in changes)
    assert f"**{300 - len(changes)} more changes of this pull request found no room here**" in body


def test_t26_too_many_keys_make_the_whole_topic_one_refusal() -> None:
    _, _, body = written(*many(500))
    assert len(body) <= 58_000
    marker = marker_of(body)
    assert marker is not None and marker.content_keys == () and marker.topic == "moved-link docs/old.md"


def test_t26_a_template_takes_of_the_room() -> None:
    drafts, texts = many(300)
    form = form_of("## Summary\n\n" + "- [ ] **Style:** yes\n" * 500)
    assert isinstance(form, Form)
    body = write(drafts, RULES, pages_of(texts), DISCLOSURE, form)[2]
    assert 50_000 < len(body) <= 58_000 and body.startswith(form.before) and body.endswith(form.after)
    assert is_untouched(body) and "more changes of this pull request found no room here" in body
    assert with_island(body, "NEW") == form.around("NEW")


@pytest.mark.parametrize(
    "huge", ["`" * 70_000, "x" * 300_000, "a\n" * 40_000, "`a " * 30_000, "\u202e@" * 9_000]
)
def test_t26_huge_text_does_not_make_it_longer(huge: str) -> None:
    drafted, path, page = attacked(huge)
    form = Form("x" * LONGEST_TEMPLATE + "\n\n")
    title, message, body = write([drafted], RULES, pages_of({path: page}), DISCLOSURE, form)
    assert len(body) <= 58_000 and len(title) <= 72 and len(message) < 1_500
    assert marker_of(body) is not None
    assert {name for name, _ in events(body)} <= ALLOWED


def test_t26_many_copies_and_proofs_stay_in_bounds() -> None:
    texts = {f"{'folder/' * 30}{n}/a.md": TEXT for n in range(200)}
    proofs = [Evidence(EvidenceKind.HISTORY, "s" * 900, f"{n}" + "d" * 900) for n in range(40)]
    drafts = [
        draft_of(p, t, evidence=(*proofs, Evidence(EvidenceKind.AGE, p, "d" * 900))) for p, t in texts.items()
    ]
    form = Form("x" * LONGEST_TEMPLATE + "\n\n")
    body = write(drafts, RULES, pages_of(texts), DISCLOSURE, form)[2]
    assert len(body) <= 58_000 and "```diff" not in body and "#### 1." in body
    assert is_untouched(body)


# The island and the marker.

OUTSIDE = st.lists(
    st.sampled_from(
        ["text", "", "<!-- other bot -->", "- [ ] **Style:** yes", "é\u202e", "  ", "```\nx\n```"]
    )
).map("\n".join)


@given(before=OUTSIDE, after=OUTSIDE, eol=st.sampled_from(["\n", "\r\n"]))
def test_t13_only_the_island_is_replaced(before: str, after: str, eol: str) -> None:
    old, new = proposed().body, proposed(text=TEXT + "\nMore.\n", message="Said otherwise").body
    around = f"{before}\n", f"\n{after}"
    whole = f"{around[0]}{old}{around[1]}".replace("\n", eol)
    left, right = (part.replace("\n", eol) for part in around)
    assert with_island(whole, new) == left + new + right
    assert is_untouched(whole)


def test_t13_a_body_without_an_island_gets_one_below() -> None:
    island = proposed().body
    assert with_island("## Template\n\n- [ ] read it", island) == f"## Template\n\n- [ ] read it\n\n{island}"
    assert with_island("", island) == island


def test_an_island_in_a_persons_code_is_text() -> None:
    body = proposed().body
    quoted = f"````text\n{body}\n````"
    assert island_of(quoted) is None and marker_of(quoted) is None
    assert with_island(f"{quoted}\n\n{body}", "NEW") == f"{quoted}\n\nNEW"
    assert with_island(f"{body}\n\n{quoted}", "NEW") == f"NEW\n\n{quoted}"


@pytest.mark.parametrize(
    "edit",
    [
        lambda body: body.replace("### Why", "### Because"),
        lambda body: body.replace(END, f"A person was here.\n{END}"),
        lambda body: body.replace(f"\n{END}", ""),
        lambda body: re.sub(r"<!-- docbot:marker.*\n", "", body),
        lambda body: body.replace("`old.md` →", "`old.md`  →"),
    ],
)
def test_a_persons_edit_of_the_island_is_noticed(edit: object) -> None:
    body = proposed().body
    changed = edit(body)  # type: ignore[operator]
    assert changed != body and not is_untouched(changed)


def test_a_marker_can_be_completed() -> None:
    body = "Template\r\n\r\n" + proposed().body + "\r\nafter"
    marker = marker_of(body)
    assert marker is not None
    made = with_marker(body, msgspec.structs.replace(marker, tree="ab" * 20, parent="cd" * 20))
    assert made.startswith("Template\r\n\r\n" + BEGIN) and made.endswith(END + "\r\nafter")
    found = marker_of(made)
    assert found is not None and (found.tree, found.parent) == ("ab" * 20, "cd" * 20)
    assert is_untouched(made)
    with pytest.raises(ValueError, match="no part"):
        with_marker("nothing", marker)


@given(
    topic=hostile,
    base=hostile,
    keys=st.lists(st.from_regex("[0-9a-f]{16}", fullmatch=True), max_size=5).map(tuple),
)
def test_any_marker_is_one_harmless_comment(topic: str, base: str, keys: tuple[str, ...]) -> None:
    island = sealed(BEGIN, Marker("0.1.0", topic, base, keys, keys))
    line = island.split("\n")[1]
    assert [name for name, _ in events(line)] == ["Start HtmlBlock", "Html", "End HtmlBlock"]
    assert done_by(line.removeprefix("<!--").removesuffix("-->"), REFERENCES) == []
    found = marker_of(island)
    assert found is not None
    assert (found.topic, found.base) == (topic.replace("\ud800", "?"), base.replace("\ud800", "?"))
    assert found.content_keys == found.fingerprints == keys


GOOD = '<!-- docbot:marker {"version":"1","topic":"t","base":"main"} -->'


@pytest.mark.parametrize(
    "bad",
    [
        "",
        f"```\n{GOOD}\n```",
        f"~~~ x\n{GOOD}\n```\n{GOOD}\n~~~",
        f"```\n``` x\n{GOOD}\n```",
        f"    {GOOD}",
        f"> {GOOD}",
        f"`{GOOD}`",
        GOOD.replace("{", "[").replace("}", "]"),
        GOOD.replace('"main"', "5"),
        GOOD.replace('"main"', '"main","fingerprints":["@user"]'),
        GOOD.replace('"main"', '"main","content_keys":["<b>"]'),
        GOOD.replace('"main"', '"main","tree":"--upload-pack=x"'),
        GOOD.replace('"t"', '"' + "t" * 50_000 + '"'),
        "<!-- docbot:marker " + "[" * 9_000 + " -->",
        "<!-- docbot:marker \ud800 -->",
        f"{GOOD} and more",
        f"```\nnever closed\n{GOOD}",
    ],
)
def test_what_is_no_marker(bad: str) -> None:
    assert marker_of(bad) is None
    found = marker_of(f"{GOOD}\n\n{bad}")
    assert found is not None and found.topic == "t"


def test_the_last_marker_counts() -> None:
    found = marker_of(f"{GOOD}\r\n{GOOD.replace('main', 'live')}\r\n")
    assert found is not None and found.base == "live"


# The checks work.


def command_of(evidence: Evidence) -> str:
    """The command that the check of `evidence` tells to run."""
    sentence = check_of(evidence)
    assert sentence[0] == "run " and isinstance(sentence[1], Code)
    return sentence[1].text


def run(folder: Path, command: str) -> str:
    argv = shlex.split(command) if os.name == "nt" else ["sh", "-c", command]
    done = subprocess.run(argv, cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


def test_commands_show_what_they_promise(tmp_path: Path) -> None:
    repository = Builder.init(tmp_path / "docs")
    content = "# Old\n\nSome words that stay.\n" * 5
    for path in ("new.md", "a/Setup.md", "a/odd [x] $(touch pwned) 'q'.md", "a/page.md"):
        repository.write(path, content + path)
    repository.git("add", "--all")
    repository.git("commit", "-q", "-m", "one")
    repository.git("mv", "a/page.md", "a/moved.md")
    repository.git("commit", "-q", "-m", "two")
    commit = repository.git("rev-parse", "--short=10", "HEAD")
    rename = command_of(Evidence(EvidenceKind.RENAME, f"commit {commit}", ""))
    assert "page.md => moved.md" in run(repository.root, rename)
    history = command_of(Evidence(EvidenceKind.HISTORY, f"commit {commit}", ""))
    assert "rename to a/moved.md" in run(repository.root, history)
    log = command_of(Evidence(EvidenceKind.HISTORY, "git log --all -- a/page.md", ""))
    assert run(repository.root, log).count("\n") == 2
    case = command_of(Evidence(EvidenceKind.CASE, "A/setup.md", ""))
    assert run(repository.root, case) == "a/Setup.md\n"
    anchor = command_of(Evidence(EvidenceKind.CASE, "new.md#old", ""))
    assert "# Old" in run(repository.root, anchor)
    for name in ("new.md", "Setup.md", "odd [x] $(touch pwned) 'q'.md"):
        unique = command_of(Evidence(EvidenceKind.UNIQUE_NAME, f"git ls-files '*/{name}'", ""))
        assert run(repository.root, unique).count("\n") == 1, name
    assert not (repository.root / "pwned").exists()


@pytest.mark.parametrize("kind", EvidenceKind)
def test_every_kind_has_a_name_and_a_check(kind: EvidenceKind) -> None:
    assert LEADS[kind]
    for source in ("docs/a.md:3", "commit 0123abcdef", "https://example.com/a", "@user/a.md", "x" * 400):
        sentence = check_of(Evidence(kind, source, ""))
        by_reading = kind in (EvidenceKind.LANGUAGE, EvidenceKind.READER)
        assert any(isinstance(part, Code) for part in sentence) or by_reading


def test_a_command_that_could_not_be_shown_as_it_is_becomes_words() -> None:
    source = "git log --all -- docs/@scope/a.md"
    assert check_of(Evidence(EvidenceKind.HISTORY, source, ""))[0] == "open "


def test_the_body_is_what_the_plan_asks_for() -> None:
    texts = {"a.md": TEXT, "b/a.md": TEXT}
    made = planned([draft_of(path, text) for path, text in texts.items()], texts)
    (proposal,) = made.proposals
    assert proposal.fingerprints == tuple(d.finding.fingerprint for d in proposal.drafts)
    marker = marker_of(proposal.body)
    assert marker is not None and marker.topic == proposal.topic and marker.base == proposal.base


def test_errors_are_those_it_promises() -> None:
    drafted = draft_of("a.md", TEXT)
    with pytest.raises(KeyError):
        written([drafted], {"b.md": TEXT})
    with pytest.raises(IndexError):
        written([drafted], {"a.md": "short"})
    assert pages_of({"a.md": TEXT})["a.md"].encode("é") == b"\xc3\xa9"
    assert drafted.finding.severity is Severity.WARNING and DISCLOSURE.commit.startswith("0123")
