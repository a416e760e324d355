"""What docbot promises of what it says on a pull request (T36 to T42), on a forge in memory."""

from __future__ import annotations

import pytest

from docbot.forges.requests import ApiRequest
from docbot.posting.marker import StickyMarker, marked
from docbot.posting.plan import plan
from docbot.types import Question, Severity
from tests.posting.scene import HEAD, LATER, NUMBER, Desk, found, reviewed

OLD = {"a.md": "# A\n\nOne.\n\nTwo.\n", "b.md": "# B\n\nSee [x](a.md#x).\n"}
NEW = {"a.md": "# A\n\nOne one.\n\nTwo two.\n", "b.md": OLD["b.md"]}
FIRST = found(NEW, "a.md", "One one", to="One")
SECOND = found(NEW, "a.md", "Two two", to="Two", severity=Severity.ERROR)
BESIDE = found(NEW, "b.md", "a.md#x", rule="anchor-not-found", question=Question("Which?", ("#y", "#z")))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def posted(request: ApiRequest) -> list[dict[str, object]]:
    """The remarks of a review."""
    comments = request.data["comments"]
    assert isinstance(comments, list)
    return comments


def many(count: int) -> tuple[dict[str, str], dict[str, str]]:
    """A page before and after, where each of so many lines is doubled."""
    lines = [f"w{n}\n\n" for n in range(count)]
    return {"a.md": "".join(lines)}, {"a.md": "".join(f"w{n} w{n}\n\n" for n in range(count))}


class TestT36:
    def test_t36_remarks_stand_on_changed_lines_and_the_rest_is_folded(self, desk: Desk) -> None:
        planned = desk.post(reviewed(OLD, NEW, [FIRST, SECOND, BESIDE]))
        review, comment = planned.requests
        assert [(one["path"], one["line"], one["side"]) for one in posted(review)] == [
            ("a.md", 5, "RIGHT"),
            ("a.md", 3, "RIGHT"),
        ]
        assert (comment.method, comment.path) == ("POST", f"/repos/docs/docs/issues/{NUMBER}/comments")
        text = str(comment.data["body"])
        assert "`a.md#x` is wrong" not in text
        said = text.index("`b.md`, line 3: `“a.md#x” is wrong`")
        assert text.index("<details>") < said < text.index("</details>")

    def test_t36_a_finding_that_reaches_beyond_stands_on_what_changed_of_it(self, desk: Desk) -> None:
        before = {"a.md": "one\ntwo\nthree\nfour\n"}
        after = {"a.md": "one\n2\n3\nfour\n"}
        whole = found(after, "a.md", "one\n2\n3\nfour")
        (one,) = posted(desk.post(reviewed(before, after, [whole])).requests[0])
        assert (one["start_line"], one["start_side"], one["line"]) == (2, "RIGHT", 3)

    def test_t36_of_two_places_it_takes_the_one_with_more_of_the_finding(self, desk: Desk) -> None:
        before = {"a.md": "one\ntwo\nthree\nfour\nfive\n"}
        after = {"a.md": "1\ntwo\n3\n4\nfive\n"}
        (one,) = posted(
            desk.post(reviewed(before, after, [found(after, "a.md", "1\ntwo\n3\n4")])).requests[0]
        )
        assert (one["start_line"], one["line"]) == (3, 4)

    def test_t36_a_finding_of_many_lines_stands_on_the_first(self, desk: Desk) -> None:
        after = {"a.md": "".join(f"{n}\n" for n in range(11))}
        (one,) = posted(desk.post(reviewed({}, after, [found(after, "a.md", after["a.md"])])).requests[0])
        assert (one["line"], one.get("start_line")) == (1, None)

    def test_t36_lines_that_only_went_have_no_remark(self, desk: Desk) -> None:
        after = {"a.md": "# A\n\nTwo.\n", "b.md": OLD["b.md"]}
        planned = desk.post(reviewed(OLD, after, [found(after, "a.md", "Two.")]))
        assert planned.new == 0
        assert planned.beside == 1


class TestT37:
    def test_t37_one_review_of_ten_remarks_the_gravest_first(self, desk: Desk) -> None:
        before, after = many(13)
        findings = [found(after, "a.md", f"w{n} w{n}") for n in range(13)]
        findings[12] = found(after, "a.md", "w12 w12", severity=Severity.ERROR)
        planned = desk.post(reviewed(before, after, findings))
        assert [request.path.rpartition("/")[2] for request in planned.requests] == ["reviews", "comments"]
        assert len(posted(planned.requests[0])) == 10
        assert posted(planned.requests[0])[0]["line"] == 25
        assert planned.beside == 3
        assert "On changed lines, but over the number of remarks that one review makes:" in desk.stickies[0]

    @pytest.mark.parametrize("most", [0, 1, 20])
    def test_t37_as_many_as_somebody_says(self, desk: Desk, most: int) -> None:
        planned = desk.post(reviewed(OLD, NEW, [FIRST, SECOND]), most=most)
        assert (planned.new, planned.beside) == (min(most, 2), 2 - min(most, 2))

    def test_t37_the_comment_is_kept_up_to_date_in_place_and_deleted_when_empty(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [BESIDE]))
        (there,) = desk.forge.comments(NUMBER)
        other = found(NEW, "b.md", "See", rule="other")
        (changed,) = desk.post(reviewed(OLD, NEW, [BESIDE, other])).requests
        assert (changed.method, changed.path) == ("PATCH", f"/repos/docs/docs/issues/comments/{there.id}")
        (gone,) = desk.post(reviewed(OLD, NEW)).requests
        assert (gone.method, gone.path) == ("DELETE", f"/repos/docs/docs/issues/comments/{there.id}")
        assert desk.stickies == []

    def test_t37_of_two_comments_one_stays(self, desk: Desk) -> None:
        text = marked("docbot", StickyMarker(HEAD))
        kept, other = (desk.forge.say(NUMBER, "docbot-user", text) for _ in range(2))
        requests = desk.post(reviewed(OLD, NEW, [BESIDE])).requests
        methods = [(request.method, request.path.rpartition("/")[2]) for request in requests]
        assert methods == [("PATCH", str(kept)), ("DELETE", str(other))]

    def test_t37_a_run_with_nothing_new_sends_nothing(self, desk: Desk) -> None:
        review = reviewed(OLD, NEW, [FIRST, SECOND, BESIDE])
        desk.post(review)
        assert desk.post(review).requests == ()

    def test_t37_nor_does_one_that_left_something_out(self, desk: Desk) -> None:
        review = reviewed(OLD, NEW, [FIRST, SECOND, BESIDE])
        desk.post(review, most=1)
        assert desk.post(review, most=1).requests == ()

    def test_t37_a_clean_change_is_met_with_silence(self, desk: Desk) -> None:
        assert desk.post(reviewed(OLD, NEW)).requests == ()


class TestT38:
    def test_t38_the_same_finding_is_never_said_twice(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        moved = {"a.md": "# A\n\nMore.\n\nOne one.\n\nTwo two.\n", "b.md": OLD["b.md"]}
        desk.forge.push(NUMBER, LATER, outdated=[desk.remarks[0].id])
        planned = desk.post(
            reviewed(OLD, moved, [found(moved, "a.md", "One one")], LATER), lines={"a.md": ((1, 9),)}
        )
        assert (planned.new, planned.standing) == (0, 1)

    def test_t38_lines_that_went_to_another_page_are_the_same(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        moved = {"a.md": "# A\n", "b.md": OLD["b.md"], "c.md": "# C\n\nOne one.\n"}
        known = {"lines": {"c.md": ((1, 3),)}}
        planned = desk.post(reviewed(OLD, moved, [found(moved, "c.md", "One one")], LATER), **known)
        assert (planned.new, planned.standing, planned.gone) == (0, 1, 0)

    def test_t38_a_line_that_was_edited_around_it_is_the_same(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        edited = {"a.md": NEW["a.md"].replace("One one.", "One one more."), "b.md": OLD["b.md"]}
        known = {"lines": {"a.md": ((3, 3),)}}
        planned = desk.post(reviewed(OLD, edited, [found(edited, "a.md", "One one")], LATER), **known)
        assert (planned.new, planned.standing, planned.gone) == (0, 1, 0)

    @pytest.mark.parametrize("how", ["resolve", "dislike"])
    def test_t38_a_refusal_is_for_ever_and_only_counted(self, desk: Desk, how: str) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST, BESIDE]))
        getattr(desk.forge, how)(desk.remarks[0].id)
        planned = desk.post(reviewed(OLD, NEW, [FIRST, BESIDE], LATER), lines={"a.md": ((1, 9),)})
        assert (planned.new, planned.standing, planned.refused, planned.gone) == (0, 0, 1, 0)
        assert "1 refused here before." in desk.stickies[0]
        assert "One one" not in desk.stickies[0]

    def test_t38_a_thumbs_down_counts_on_every_pull_request(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        desk.forge.dislike(desk.remarks[0].id)
        desk.forge.open(8, HEAD)
        review = reviewed(OLD, NEW, [FIRST, SECOND])
        asked = desk.known(review, number=8, remarks=(), comments=(), since=None)
        planned = plan(review, asked)
        assert (planned.new, planned.refused) == (1, 1)
        assert plan(review, desk.known(review, number=8, remarks=(), disliked=(), since=None)).new == 2

    def test_t38_a_resolved_thread_counts_on_its_own_pull_request_alone(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        desk.forge.resolve(desk.remarks[0].id)
        review = reviewed(OLD, NEW, [FIRST])
        assert plan(review, desk.known(review, number=8, remarks=(), since=None)).new == 1

    def test_t38_stale_remarks_are_taken_back(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        (remark,) = desk.remarks
        (gone,) = desk.post(reviewed(OLD, NEW, [], LATER)).requests
        assert (gone.method, gone.path) == ("DELETE", f"/repos/docs/docs/pulls/comments/{remark.id}")

    @pytest.mark.parametrize("how", ["answer", "resolve", "dislike"])
    def test_t38_stale_remarks_that_a_person_dealt_with_stay(self, desk: Desk, how: str) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        getattr(desk.forge, how)(desk.remarks[0].id)
        assert desk.post(reviewed(OLD, NEW, [], LATER)).gone == 0
        assert len(desk.remarks) == 1

    def test_t38_nothing_is_taken_back_where_not_every_rule_looked(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        assert desk.post(reviewed(OLD, NEW, [], LATER), whole=False).gone == 0

    def test_t38_each_of_two_equal_lines_has_its_own_remark(self, desk: Desk) -> None:
        after = {"a.md": "# A\n\nx x\n\nTwo.\n\nx x\n"}
        one = found({"a.md": "# A\n\nx x\n"}, "a.md", "x x")
        start = after["a.md"].rindex("x x")
        twin = found({"a.md": "-" * start + "x x\n"}, "a.md", "x x")
        assert desk.post(reviewed({"a.md": "# A\n\nTwo.\n"}, after, [one, twin])).new == 2
        assert desk.post(reviewed({"a.md": "# A\n\nTwo.\n"}, after, [one, twin], LATER)).standing == 2

    def test_t38_a_remark_tells_one_finding_alone(self, desk: Desk) -> None:
        after = {"a.md": "# A\n\nx x\n\nTwo.\n\nx x\n"}
        one = found({"a.md": "# A\n\nx x\n"}, "a.md", "x x")
        twin = found({"a.md": "-" * after["a.md"].rindex("x x") + "x x\n"}, "a.md", "x x")
        review = reviewed({"a.md": "# A\n\nTwo.\n"}, after, [one, twin])
        desk.post(review, most=1)
        planned = plan(review, desk.known(review))
        assert (planned.standing, planned.beside) == (1, 1)


class TestT39:
    def test_t39_no_new_remark_on_lines_unchanged_since_the_last_review(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        both = [FIRST, SECOND]
        planned = desk.post(reviewed(OLD, NEW, both, LATER), lines={"a.md": ((3, 3),), "c.md": ((5, 5),)})
        assert (planned.new, planned.beside) == (0, 1)
        assert "On lines that are as they were at docbot's last review:" in desk.stickies[0]

    def test_t39_lines_that_changed_since_are_open(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        planned = desk.post(reviewed(OLD, NEW, [FIRST, SECOND], LATER), lines={"a.md": ((4, 5),)})
        assert [one["line"] for one in posted(planned.requests[0])] == [5]

    def test_t39_nothing_new_where_nobody_knows_what_changed_since(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        planned = desk.post(reviewed(OLD, NEW, [FIRST, SECOND], LATER), lines=None)
        assert planned.new == 0
        assert "the commit of docbot's last review is gone" in desk.stickies[0]

    def test_t39_a_review_that_finds_nothing_new_is_remembered_too(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        (noted,) = desk.post(reviewed(OLD, NEW, [FIRST], LATER)).requests
        path = f"/repos/docs/docs/pulls/comments/{desk.remarks[0].id}"
        assert (noted.method, noted.path) == ("PATCH", path)
        since = desk.known(reviewed(OLD, NEW, [FIRST], "d" * 40)).since
        assert since is not None
        assert since.commit == LATER
        assert desk.post(reviewed(OLD, NEW, [FIRST], LATER)).requests == ()

    def test_t39_after_half_a_run_nothing_more_is_said_on_lines(self, desk: Desk) -> None:
        before, after = many(12)
        review = reviewed(before, after, [found(after, "a.md", f"w{n} w{n}") for n in range(12)])
        desk.forge.send(plan(review, desk.known(review)).requests[0])
        (rest,) = desk.post(review).requests
        assert rest.path.endswith("/issues/7/comments")

    def test_t39_nor_where_the_comment_tells_of_an_earlier_review(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [BESIDE]))
        review = reviewed(OLD, NEW, [FIRST, SECOND, BESIDE], LATER)
        desk.forge.send(plan(review, desk.known(review, lines={"a.md": ((1, 9),)}, most=1)).requests[0])
        since = desk.known(review).since
        assert since is not None
        assert since.commit == LATER


class TestT41:
    def test_t41_it_never_approves_asks_for_changes_resolves_or_dismisses(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST, BESIDE]))
        desk.forge.resolve(desk.remarks[0].id)
        for findings in ([FIRST, SECOND, BESIDE], [SECOND], []):
            desk.post(reviewed(OLD, NEW, findings, LATER), lines={"a.md": ((1, 9),)})
            for request in desk.forge.sent:
                assert request.data.get("event", "COMMENT") == "COMMENT"
                kind, *rest = request.path.removeprefix("/repos/docs/docs/").split("/")
                assert kind in ("pulls", "issues")
                assert rest in (["7", "reviews"], ["7", "comments"], ["comments", rest[-1]])
                assert request.data.get("commit_id", LATER) == LATER


class TestT42:
    def test_t42_a_strangers_marker_is_nothing(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST, BESIDE]))
        stranger = Desk()
        pasted = stranger.forge.remark(NUMBER, "stranger", desk.remarks[0].text)
        stranger.forge.resolve(pasted)
        stranger.forge.dislike(pasted)
        stranger.forge.say(NUMBER, "stranger", desk.stickies[0])
        planned = stranger.post(reviewed(OLD, NEW, [FIRST, BESIDE]))
        assert (planned.new, planned.beside, planned.refused) == (1, 1, 0)
        assert [request.method for request in planned.requests] == ["POST", "POST"]

    def test_t42_nor_is_one_that_docbot_only_quotes(self, desk: Desk) -> None:
        desk.post(reviewed(OLD, NEW, [FIRST]))
        text = desk.remarks[0].text
        marker = text.rpartition("\n")[2]
        quoting = Desk()
        for said in (
            f"{marker}\n\nno",
            f"```\n{marker}",
            f"> {marker}",
            f"    {marker}",
            f"{marker} no",
            f"{marker}\n```\nx",
        ):
            quoting.forge.resolve(quoting.forge.remark(NUMBER, "docbot-user", said))
        assert quoting.post(reviewed(OLD, NEW, [FIRST])).new == 1

    @pytest.mark.parametrize(
        "data",
        [
            "{}",
            '{"head":"x"}',
            '{"head":"' + "a" * 40 + '","more":1}',
            '{"head":"' + "A" * 40 + '"}',
            "[" * 500,
            '{"head":1}',
            "\udcff",
        ],
    )
    def test_t42_a_marker_that_says_anything_else_is_none(self, desk: Desk, data: str) -> None:
        desk.forge.say(NUMBER, "docbot-user", f"x\n\n<!-- docbot:sticky {data} -->")
        (request,) = desk.post(reviewed(OLD, NEW, [BESIDE])).requests
        assert request.method == "POST"

    def test_t42_the_case_of_a_login_means_nothing(self, desk: Desk) -> None:
        review = reviewed(OLD, NEW, [FIRST])
        desk.post(review)
        assert plan(review, desk.known(review, user="Docbot-User")).requests == ()
