"""What reaches the endpoint: the request and a few headers, and no token, name or path of this machine."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import pytest

from docbot.cache import Cache
from tests.drafters.model.conftest import Try
from tests.drafters.model.server import JSON, ModelServer, edits, failure, reply, streamed, whole

FIRST = edits(("maybe so", "so"))
TOKENS = {
    "GITHUB_TOKEN": "ghs_a1token",
    "GH_TOKEN": "gho_a2token",
    "OPENAI_API_KEY": "sk-a3token",
    "OPENAI_ADMIN_KEY": "sk-a4token",
    "OPENAI_ORG_ID": "org-a5token",
    "OPENAI_PROJECT_ID": "proj-a6token",
    "OPENAI_WEBHOOK_SECRET": "wh-a7token",
    "OPENAI_BASE_URL": "https://a8token.example",
    "OPENAI_CUSTOM_HEADERS": "Authorization: Bearer a9token\nX-Mine: a10token",
    "HTTP_PROXY": "http://a11token.invalid:1",
    "ALL_PROXY": "http://a12token.invalid:1",
}
ALLOWED = {"host", "connection", "accept", "accept-encoding", "content-type", "content-length", "user-agent"}


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)


def sent(server: ModelServer) -> str:
    return b"\n".join(call.raw for call in server.calls).decode()


@pytest.mark.usefixtures("tokens")
@pytest.mark.parametrize("key", ["", "s3cret-key"])
def test_no_token_but_the_key_leaves_the_machine(server: ModelServer, tried: Try, key: str) -> None:
    server.script = [failure(400, "response_format"), whole("bad"), streamed(FIRST)]
    tried(key=key)
    assert len(server.calls) > 3
    assert "token" not in sent(server).replace("max_tokens", "")
    for value in (os.environ["HOME"], str(Path.cwd()), platform.node()):
        assert value not in sent(server)
    for call in server.calls:
        assert call.headers.get("authorization") == (f"Bearer {key}" if key else None)
        assert set(call.headers) - {"authorization"} == ALLOWED
        assert call.headers["user-agent"].startswith("docbot/")
        assert call.path == "/v1/chat/completions"


def test_no_tool_is_offered(server: ModelServer, tried: Try) -> None:
    server.script = [streamed(FIRST)]
    tried()
    assert set(server.calls[0].body) == {
        *("model", "messages", "stream", "stream_options"),
        *("temperature", "max_tokens", "response_format"),
    }


def test_no_cookie_is_kept(server: ModelServer, tried: Try) -> None:
    server.script = [reply(500, JSON, "{}", Set_Cookie="a=b"), streamed(FIRST)]
    tried()
    assert all("cookie" not in call.headers for call in server.calls)


def test_a_key_that_comes_back_is_shown_to_nobody(server: ModelServer, tried: Try, tmp_path: Path) -> None:
    kept = Cache(tmp_path / "answers.sqlite")
    server.script = [
        whole(edits(("maybe so", "s3cret-key"))),
        failure(418, "is s3cret-key your key?"),
    ]
    done = tried(key="s3cret-key", kept=kept)
    kept.close()
    assert done.fixes == ()
    assert "the answer holds the key of the model, and was thrown away" in done.said[0]
    assert "(is *** your key?)" in done.said[1]
    left = (tmp_path / "answers.sqlite").read_bytes() if (tmp_path / "answers.sqlite").exists() else b""
    assert b"s3cret" not in left
    assert "s3cret" not in repr(done)
