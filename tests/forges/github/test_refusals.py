"""What GitHub says, as GitHub says it, and the sentence that comes out."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import github
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError, SSLError

from docbot.errors import StoppedError
from docbot.forges.github.client import Client, Clock
from docbot.forges.github.faults import Kind, Line, fault_of, line_of
from docbot.forges.github.place import GITHUB, Place
from docbot.forges.github.refusals import QUOTED, amount, harmless, refused, too_long
from tests.forges.github.scripted import Scripted, answer

WHAT = "the repository o/r"
POOL = HTTPSConnectionPool("api.github.com")


def said(
    status: int, message: str, *errors: object, headers: Mapping[str, str] | None = None, source: str = ""
) -> str:
    """The sentence for an answer of GitHub's that really goes over a socket."""
    data: dict[str, object] = {"message": message, "documentation_url": "https://docs.github.com/rest"}
    if errors:
        data["errors"] = list(errors)
    with Scripted(answer(status, data, headers)) as server:
        place = Place("https://github.com", server.place.api)
        with (
            Client(place, "ghp_x", say=print, source=source, writes_apart=0) as client,
            pytest.raises(StoppedError) as caught,
        ):
            client.read(lambda api: api.get_repo("o/r"), WHAT)
    sentence = str(caught.value)
    assert caught.value.exit_code == 4
    assert f"docbot asked for {WHAT}" in sentence and sentence.isprintable()
    assert "{" not in sentence
    return sentence


INVALID = "Validation Failed"
LIFETIME = (
    "The 'Microsoft Open Source' enterprise forbids access via a fine-grained personal access tokens if the "
    "token's lifetime is greater than 8 days. Please adjust your token's lifetime at the following URL: "
    "https://github.com/settings/personal-access-tokens/1"
)


@pytest.mark.parametrize(
    ("status", "message", "problem", "remedy"),
    [
        (401, "Bad credentials", "wrong or has expired", "`gh auth login`, or set GITHUB_TOKEN"),
        (401, "Requires authentication", "asks for a token", "`gh auth login`"),
        (403, "Repository was archived so is read-only.", "is archived", "ask the owners"),
        (403, LIFETIME, "forbids tokens that live as long", "`gh auth login` (unset GITHUB_TOKEN)"),
        (403, LIFETIME, "forbids", "expires within 7 days"),
        (403, LIFETIME.replace(" 8 ", " 366 "), "forbids", "expires within 365 days"),
        (
            403,
            "`o` forbids access via a personal access token (classic). Please use a GitHub App.",
            "forbids tokens like",
            "`gh auth login`",
        ),
        (403, "Resource not accessible by personal access token", "one owner", "the scope public_repo"),
        (403, "Resource not accessible by integration", "workflow", "`pull-requests: write`"),
        (403, "Resource not accessible by integration", "workflow", "`contents: write`"),
        (
            403,
            "GitHub Actions is not permitted to create or approve pull requests.",
            "doesn't let GitHub Actions",
            "under Settings, Actions, General",
        ),
        (403, "The repository exists, but forking is disabled.", "can't be forked", "to allow forks"),
        (
            403,
            "Although you appear to have the correct authorization credentials, the `o` organization has an "
            "IP allow list enabled, and your IP address is not permitted to access this resource.",
            "known addresses",
            "from a network that the organization allows",
        ),
        (
            403,
            "Although you appear to have the correct authorization credentials, the `o` organization has "
            "enabled OAuth App access restrictions, meaning that data access to third-parties is limited.",
            "doesn't let this app in",
            "approve the app",
        ),
        (403, "Sorry. Your account was suspended.", "is suspended", "support"),
        (403, "At least one email address must be verified to do that.", "no e-mail address", "verify it"),
        (403, "Must have push access to view repository collaborators.", "may not do this", "from a fork"),
        (403, "Repository access blocked", "has blocked the repository", "see its page"),
        (
            403,
            "You have been blocked from interacting",
            "have blocked the account",
            "nothing can be proposed",
        ),
        (
            403,
            "An owner of this repository has limited the ability to open a pull request to users that are "
            "collaborators on this repository.",
            "takes no pull requests from this account",
            "when their limit has ended",
        ),
        (422, "User is blocked", "have blocked the account", "nothing can be proposed"),
        (422, "Validation failed: must be a collaborator", "takes no pull requests", "ask the owners"),
        (403, "Something new", "refuses (HTTP 403)", "what the token may do"),
        (404, "Not Found", "may not see", "check the name and the token"),
        (405, "Method not allowed", "refuses (HTTP 405)", "page"),
        (409, "Git Repository is empty.", "is empty", "push its first commit"),
        (409, "Reference cannot be updated", "at the same time", "run docbot again"),
        (410, "Issues are disabled for this repo", "issues switched off", "ask the owners"),
        (410, "Gone", "gone for good", "check the name"),
        (451, "Repository access blocked", "legal reasons", "nothing can be proposed"),
    ],
)
def test_t29_each_refusal_names_what_to_do(status: int, message: str, problem: str, remedy: str) -> None:
    sentence = said(status, message)
    assert problem in sentence and remedy in sentence
    assert message[:80].rstrip(".") in sentence


@pytest.mark.parametrize(
    ("error", "problem", "remedy"),
    [
        ("No commits between main and o:b", "no commit that its base doesn't have", "fetch the base"),
        (
            "A pull request already exists for o:b.",
            "an open pull request from this branch",
            "run docbot again",
        ),
        ("not all refs are readable", "can't read both branches", "`contents: read`"),
        (
            {
                "resource": "PullRequest",
                "code": "custom",
                "field": "fork_collab",
                "message": "Fork collab can't be granted by someone without permission",
            },
            "doesn't let the fork's branch be opened",
            "a fork of your own",
        ),
        (
            {"resource": "PullRequest", "field": "head", "code": "invalid"},
            "doesn't find the branch",
            "was pushed",
        ),
        (
            {"resource": "PullRequest", "field": "base", "code": "invalid"},
            "no branch of the base",
            "set `base`",
        ),
        (
            {
                "resource": "Issue",
                "code": "custom",
                "field": "body",
                "message": "body is too long (maximum is 65536)",
            },
            "longer than GitHub takes",
            "--path",
        ),
        ({"resource": "Issue", "field": "labels", "code": "invalid"}, "finds fault", "Issue labels invalid"),
        (5, "finds fault", "report it"),
        ({"message": ["x"]}, "finds fault", "report it"),
    ],
)
def test_each_validation_error_names_what_to_do(error: object, problem: str, remedy: str) -> None:
    sentence = said(422, INVALID, {"message": error} if isinstance(error, str) else error)
    assert problem in sentence and remedy in sentence and INVALID in sentence


SAML = "Resource protected by organization SAML enforcement. You must grant your OAuth token access."


@pytest.mark.parametrize(
    ("header", "url"),
    [
        (
            "required; url=https://github.com/orgs/o/sso?authorization_request=A1",
            "https://github.com/orgs/o/sso?authorization_request=A1 ",
        ),
        ("required; url=https://github.com.evil.example/orgs/o/sso", "https://github.com/settings/tokens "),
        ("required; url=javascript:alert(1)", "https://github.com/settings/tokens "),
        ("partial-results; organizations=1", "https://github.com/settings/tokens "),
        ("", "https://github.com/settings/tokens "),
    ],
)
def test_single_sign_on_names_the_page_if_it_is_githubs(header: str, url: str) -> None:
    sentence = said(403, SAML, headers={"X-GitHub-SSO": header})
    assert f"authorize the token at {url}" in sentence and "evil" not in sentence


def test_the_tokens_source_is_named() -> None:
    assert "the token from GH_TOKEN" in said(401, "Bad credentials", source="GH_TOKEN")
    assert "the token from" not in said(401, "Bad credentials")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_trouble_points_to_the_status_page_of_that_github(status: int) -> None:
    error = github.GithubException(status, {"data": "<html>"}, {})
    assert "githubstatus.com" in str(refused(error, WHAT))
    enterprise = Place("https://git.example.com", "https://git.example.com/api/v3")
    sentence = str(refused(error, WHAT, place=enterprise))
    assert "githubstatus" not in sentence and f"git.example.com has trouble (HTTP {status})" in sentence


def no_tls(error: ssl.SSLError) -> Exception:
    return requests.exceptions.SSLError(MaxRetryError(POOL, "/", SSLError(error)))


@pytest.mark.parametrize(
    ("error", "line", "remedy"),
    [
        (no_tls(ssl.SSLCertVerificationError(1, "expired")), Line.CERTIFICATE, "REQUESTS_CA_BUNDLE"),
        (no_tls(ssl.SSLError(1, "WRONG_VERSION_NUMBER")), Line.TLS, "https://api.github.com"),
        (requests.exceptions.ProxyError("407 Proxy Authentication Required"), Line.PROXY, "HTTPS_PROXY"),
        (requests.ConnectionError(ConnectionRefusedError(111, "no")), Line.CLOSED, "firewall"),
        (requests.ConnectTimeout(), Line.SLOW, "connection to the internet"),
        (requests.ReadTimeout(), Line.SLOW, "connection to the internet"),
        (requests.ConnectionError("reset"), Line.LOST, "connection to the internet"),
        (requests.exceptions.ChunkedEncodingError(), Line.LOST, "connection to the internet"),
        (requests.exceptions.ContentDecodingError(), Line.LOST, "connection to the internet"),
    ],
)
def test_each_fault_of_the_line_names_what_to_check(error: Exception, line: Line, remedy: str) -> None:
    assert line_of(error) is line
    sentence = str(refused(error, WHAT))
    assert f"doesn't reach github.com: {line}" in sentence and remedy in sentence


def test_only_a_certificate_is_a_matter_for_the_user_at_once() -> None:
    certificate = fault_of(no_tls(ssl.SSLCertVerificationError(1, "expired")), 0)
    assert (certificate.kind, certificate.is_unsure) == (Kind.REFUSAL, False)
    assert fault_of(no_tls(ssl.SSLError(1, "EOF")), 0).kind is Kind.TROUBLE


def unreached(place: Place) -> str:
    """The sentence for a place that can't be reached, by a client that doesn't wait."""
    with (
        Client(place, "ghp_x", say=print, clock=Clock(sleep=lambda seconds: None), writes_apart=0) as client,
        pytest.raises(StoppedError) as caught,
    ):
        client.read(lambda api: api.get_repo("o/r"), WHAT)
    return str(caught.value)


def test_a_name_that_is_not_known_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "its name isn't known here" in unreached(GITHUB)


def test_a_proxy_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with Scripted() as server:
        away = server.place.server
    for name in ("NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", away)
    assert "check HTTPS_PROXY and NO_PROXY" in unreached(GITHUB)


def test_a_certificate_that_nobody_knows_is_told(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            connection, _ = listener.accept()
            with suppress(OSError), context.wrap_socket(connection, server_side=True):
                pass
            connection.close()

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        sentence = unreached(Place(url, url))
        thread.join(10)
    assert "its certificate isn't trusted here" in sentence and "REQUESTS_CA_BUNDLE" in sentence


def test_certificates_that_are_not_there_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    sentence = unreached(Place("https://127.0.0.1", "https://127.0.0.1/api/v3"))
    assert "certificates to trust isn't there" in sentence and "set REQUESTS_CA_BUNDLE" in sentence


def certificate(folder: Path) -> Path:
    """A file with a certificate for 127.0.0.1 that it signed itself, and with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


def test_an_address_that_requests_refuses_is_told() -> None:
    error = requests.exceptions.InvalidURL("no host")
    assert line_of(error) is None and fault_of(error, 0).kind is Kind.STRANGE
    assert "https://api.github.com is right" in str(refused(error, WHAT))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\r\n\tand tabs", "two lines and tabs"),
        ("\x1b[31mred\x1b[0m \u202eevil\u200b", "[31mred[0m evil"),
        ("::error::x\n::add-mask::y", "::error::x ::add-mask::y"),
        ("ghp_abc gho_d ghu_e ghs_f ghr_g github_pat_11A_b", "*** *** *** *** *** ***"),
        ("gh\u200bp_secret", "***"),
        ("at https://x-access-token:abc@github.com/o/r", "at https://***github.com/o/r"),
        ("mine is 0123456789", "mine is ***"),
        ('say "no"', "say 'no'"),
    ],
)
def test_t27_quoted_words_are_harmless(text: str, shown: str) -> None:
    assert harmless(text, "0123456789") == shown


def test_a_long_answer_is_quoted_shortly() -> None:
    sentence = said(403, "A" * 5_000 + " archived")
    assert "A" * (QUOTED - 3) + "..." in sentence and "A" * QUOTED not in sentence
    assert "archived" not in sentence


def test_braces_of_others_stay_braces() -> None:
    error = github.GithubException(307, None, {"location": "https://x/{0}{api}"})
    assert "moved to https://x/{0}{api} (docbot asked for {source})" in str(refused(error, "{source}"))


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.2, "1 second"),
        (1, "1 second"),
        (60, "60 seconds"),
        (120, "120 seconds"),
        (121, "3 minutes"),
        (3601, "61 minutes"),
        (7200, "120 minutes"),
        (7201, "3 hours"),
        (10**9, "277778 hours"),
    ],
)
def test_waits_are_rounded_up(seconds: float, shown: str) -> None:
    assert amount(seconds) == shown
    assert f"run docbot again in {shown}" in str(too_long("rate limit", seconds, WHAT))


def test_what_may_be_done_is_said_to_be_found() -> None:
    error = github.GithubException(502, None, {})
    assert "the next run finds it" in str(refused(error, WHAT, unsure=True))
    assert "the next run finds it" not in str(refused(error, WHAT))
    assert GITHUB.host == "github.com"
