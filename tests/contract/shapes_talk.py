"""What GitHub says of what people said, as JSON: comments, reviews, threads and reactions."""

from __future__ import annotations

from tests.contract.reviewing import where
from tests.contract.shapes import Json, Shapes, moment
from tests.contract.state import Comment, Issue, LineComment, Pull, Reaction, Review, Thread


class TalkShapes(Shapes):
    """All shapes there are."""

    def comment(self, issue: Issue, one: Comment) -> Json:
        """A comment below an issue or a pull request."""
        home = f"{self._api}/repos/{issue.repository.full_name}"
        kind = "pull" if isinstance(issue, Pull) else "issues"
        web = f"{self._web}/{issue.repository.full_name}/{kind}/{issue.number}"
        url = f"{home}/issues/comments/{one.id}"
        return {
            **self._said(issue, one, f"IC_{one.id}", url),
            "issue_url": f"{home}/issues/{issue.number}",
            "html_url": f"{web}#issuecomment-{one.id}",
        }

    def _said(self, issue: Issue, one: Comment, node: str, url: str) -> Json:
        """What all comments have in common."""
        return {
            "id": one.id,
            "node_id": node,
            "url": url,
            "user": self.user(one.user),
            "author_association": self.association(issue, one.user),
            "body": one.body,
            "created_at": moment(one.created_at),
            "updated_at": moment(one.updated_at),
            "reactions": self.rollup((each.content for each in one.reactions), f"{url}/reactions"),
        }

    def line_comment(self, thread: Thread, one: LineComment) -> Json:
        """A comment in a thread. `line` and `position` are null once the lines of the thread are no more."""
        pull, lines = thread.pull, where(thread)
        home = f"{self._api}/repos/{pull.repository.full_name}/pulls"
        url, pull_url = f"{home}/comments/{one.id}", f"{home}/{pull.number}"
        web = f"{self._web}/{pull.repository.full_name}/pull/{pull.number}#discussion_r{one.id}"
        shape = {
            **self._said(pull, one, f"PRRC_{one.id}", url),
            "pull_request_review_id": one.review.id,
            "diff_hunk": thread.hunk,
            "path": thread.path,
            "position": None if lines is None else lines.position,
            "original_position": thread.position,
            # One that is out of date stays on the commit it was about.
            "commit_id": thread.commit if lines is None else pull.head_sha,
            "original_commit_id": thread.commit,
            "html_url": web,
            "pull_request_url": pull_url,
            "start_line": None if lines is None else lines.start,
            "original_start_line": thread.start_line,
            "start_side": thread.start_side,
            "line": None if lines is None else lines.end,
            "original_line": thread.line,
            "side": thread.side,
            "subject_type": "line",
            "_links": {"self": {"href": url}, "html": {"href": web}, "pull_request": {"href": pull_url}},
        }
        return shape if one.reply_to is None else {**shape, "in_reply_to_id": one.reply_to}

    def review(self, pull: Pull, one: Review) -> Json:
        """A review, without its comments."""
        web = f"{self._web}/{pull.repository.full_name}/pull/{pull.number}#pullrequestreview-{one.id}"
        pull_url = f"{self._api}/repos/{pull.repository.full_name}/pulls/{pull.number}"
        shape = {
            "id": one.id,
            "node_id": f"PRR_{one.id}",
            "user": self.user(one.user),
            "body": one.body,
            "state": one.state,
            "html_url": web,
            "pull_request_url": pull_url,
            "author_association": self.association(pull, one.user),
            "_links": {"html": {"href": web}, "pull_request": {"href": pull_url}},
            "commit_id": one.commit,
        }
        if one.submitted_at is None:
            return shape
        return {**shape, "submitted_at": moment(one.submitted_at)}

    def reaction(self, one: Reaction) -> Json:
        """What somebody thinks of a comment."""
        return {
            "id": one.id,
            "node_id": f"REA_{one.id}",
            "user": self.user(one.user),
            "content": one.content,
            "created_at": moment(one.created_at),
        }
