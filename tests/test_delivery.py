# ruff: noqa: ARG002 - the names and arguments of the handlers are those of aiosmtpd
"""Deliveries: a real SMTP server and a real HTTP server on loopback; once, or told."""

from __future__ import annotations

import http.server
import json
import shutil
import ssl
import subprocess
import threading
from email import message_from_bytes
from email.policy import default as modern

import pytest
import stamina
from pydantic import ValidationError

from briefing.daily.config import DailyConfig, Email, Webhook
from briefing.daily.delivery import Parcel, dispatch, secret, target_of
from briefing.daily.store import Store
from briefing.errors import ConfigError

aiosmtpd = pytest.importorskip("aiosmtpd", reason="the test's SMTP server is an extra")

WORD = "rahasia-sekali"
DAY = "2026-11-22"
SECRET = {"password_env": "DESK"}


@pytest.fixture(autouse=True)
def _no_pauses_between_tries():
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def certificate(tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate, and is not installed")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    command += " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "cert.pem", tmp_path / "key.pem"


class Post:
    """Keeps what arrives; answers with `say` for the recipients and the data where that is set."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.refuse: dict[str, str] = {}
        self.data: list[str] = []
        self.passwords: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.data:
            said = self.data.pop(0)
            if said == "hang up":
                server.transport.close()
                return "250 OK"
            return said
        self.received.append(envelope.content)
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, data):
        from aiosmtpd.smtp import AuthResult

        self.passwords.append(data.password.decode())
        return AuthResult(success=data.password == WORD.encode(), handled=False)


@pytest.fixture
def post(request):
    from aiosmtpd.controller import Controller

    handler = Post()
    options = getattr(request, "param", {})
    if options.get("tls"):
        cert, key = request.getfixturevalue("certificate")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        where = {"ssl_context": context} if options["tls"] == "tls" else {"tls_context": context}
        handler.cert, handler.kind = cert, options["tls"]
        extra = {**where, "auth_require_tls": options["tls"] == "starttls"}
    else:
        extra = {"auth_require_tls": False}
    controller = Controller(
        handler, hostname="127.0.0.1", port=0, authenticator=handler.authenticate, **extra
    )
    controller.port = free_port()
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def store(tmp_path):
    """A store with one finished edition, its document on the disk."""
    document = tmp_path / "briefing.docx"
    document.write_bytes(b"PK document")
    with Store(tmp_path / "store.sqlite") as opened:
        add(opened, DAY, document)
        yield opened


def add(store: Store, day: str, document) -> None:
    parcel = Parcel(
        day=day,
        folder=str(document.parent),
        files=(str(document),),
        events=({"id": "e1", "title": "Flood", "status": "new"},),
        refused=0,
        signature="s",
        text="- Flood [new]\n  Banjir\n",
        digest="d1",
    )
    store.open_edition(day)
    store.finish_edition(day, f"{day}T00:00:00+00:00", {}, {}, parcel=parcel.to_json())


def email(port: int, **more) -> Email:
    given = {
        "kind": "email",
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender": "desk@example.org",
        "to": ["analyst@example.org", "chief@example.org"],
        **more,
    }
    return Email.model_validate(given)


def send(store: Store, *deliveries, day: str = DAY, environ=None, again: bool = False):
    store.queue(day, [target_of(one) for one in deliveries], again=again)
    return dispatch(store, deliveries, day, environ or {"HOME": "/"})


def test_an_edition_goes_once_with_the_document_and_the_overview(store, post):
    one = email(post.port)
    assert [d.state for d in send(store, one)] == ["sent"]
    assert send(store, one) == ()
    (data,) = post.received
    message = message_from_bytes(data, policy=modern)
    assert message["Subject"] == "Briefing 2026-11-22: 1 events"
    assert message["Message-ID"] == "<briefing-2026-11-22-d1@example.org>"
    assert "- Flood [new]" in message.get_body().get_content()
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "briefing-2026-11-22.docx"
    assert attached.get_content() == b"PK document"
    assert post.recipients == [["analyst@example.org", "chief@example.org"]]
    assert [d.state for d in send(store, one, again=True)] == ["sent"]
    assert len(post.received) == 2


@pytest.mark.parametrize("post", [{"tls": "starttls"}, {"tls": "tls"}], indirect=True)
def test_encrypted_and_with_a_password(store, post):
    one = email(post.port, security=post.kind, ca_file=post.cert, username="u", **SECRET)
    (told,) = send(store, one, environ={"DESK": WORD})
    assert told.error is None
    assert post.passwords == [WORD]
    assert len(post.received) == 1


@pytest.mark.parametrize("post", [{"tls": "starttls"}], indirect=True)
def test_a_certificate_that_nobody_vouches_for_gets_no_password(store, post):
    one = email(post.port, security="starttls", **SECRET)
    (told,) = send(store, one, environ={"DESK": WORD})
    assert told.state == "failed"
    assert "certificate is not valid" in told.error
    assert post.passwords == []


def test_a_wrong_password_is_tried_once_and_never_shown(store, post):
    one = email(post.port, username="desk", **SECRET)
    (told,) = send(store, one, environ={"DESK": "salah-" + WORD})
    assert told.state == "failed"
    assert "535" in told.error
    assert len(post.passwords) <= 2, "the mechanisms of one try, and no second try"
    for row in store.deliveries("2026-01-01"):
        assert WORD not in str(row)


def test_what_fails_is_tried_again_and_by_the_next_run(store, post):
    one = email(post.port)
    post.data = ["451 later", "451 later", "451 later"]
    (told,) = send(store, one)
    assert (told.state, told.error) == ("failed", "the mail server answered 451 later")
    assert post.data == [], "three tries"
    assert [d.state for d in send(store, one)] == ["sent"]
    assert len(post.received) == 1


def test_yesterdays_edition_goes_first_and_an_old_one_no_more(store, post, tmp_path):
    one = email(post.port)
    for day in ("2026-11-21", "2026-10-01"):
        add(store, day, tmp_path / "briefing.docx")
        store.queue(day, [target_of(one)])
    assert [(d.day, d.state) for d in send(store, one)] == [
        ("2026-11-21", "sent"),
        (DAY, "sent"),
    ]


def test_a_lasting_no_is_not_repeated(store, post):
    post.data = ["554 no"] * 3
    (told,) = send(store, email(post.port))
    assert told.state == "failed"
    assert len(post.data) == 2


def test_a_connection_that_breaks_in_the_middle_is_in_doubt_and_not_sent_twice(store, post):
    one = email(post.port)
    post.data = ["hang up"]
    (told,) = send(store, one)
    assert told.state == "doubtful"
    assert "--redeliver" in told.error
    assert send(store, one) == ()
    assert post.received == []
    assert [d.state for d in send(store, one, again=True)] == ["sent"]


def test_a_run_killed_while_sending_leaves_a_doubt(store, post):
    one = email(post.port)
    store.queue(DAY, [target_of(one)])
    store.mark_delivery(DAY, target_of(one), "sending")
    (told,) = dispatch(store, [one], DAY, {})
    assert told.state == "doubtful"
    assert post.received == []


def test_one_refused_recipient_does_not_send_twice_to_the_other(store, post):
    post.refuse = {"chief@example.org": "550 unknown"}
    (told,) = send(store, email(post.port))
    assert (told.state, told.note) == ("sent", "refused by the server: chief@example.org")
    assert send(store, email(post.port)) == ()


def test_no_server_is_told(store):
    (told,) = send(store, email(free_port()))
    assert told.state == "failed"
    assert "refused" in told.error.lower()


# Webhooks and commands --------------------------------------------------------------------------


@pytest.fixture
def hook():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.seen.append((self.path, dict(self.headers), body))
            self.send_response(self.answers.pop(0) if self.answers else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    Handler.answers, Handler.seen = [], []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Handler.base = f"http://127.0.0.1:{server.server_port}"
    yield Handler
    server.shutdown()
    server.server_close()


def webhook(url: str, **more) -> Webhook:
    return Webhook.model_validate({"kind": "webhook", "url": url, **more})


def test_webhook_sends_the_report_with_its_token(store, hook):
    one = webhook(f"{hook.base}/hooks/{WORD}", **SECRET)
    hook.answers = [503]
    (told,) = send(store, one, environ={"DESK": WORD})
    assert told.state == "sent"
    path, headers, body = hook.seen[1]
    assert len(hook.seen) == 2
    assert path == f"/hooks/{WORD}"
    assert headers["Authorization"] == f"Bearer {WORD}"
    assert headers["Idempotency-Key"] == '"2026-11-22-d1"'
    assert body["events"] == [{"id": "e1", "title": "Flood", "status": "new"}]
    assert WORD not in str(told)
    assert WORD not in str(store.deliveries("2026-01-01"))


@pytest.mark.parametrize("status", [301, 400, 403, 404])
def test_webhook_that_says_no_is_told_without_its_address(store, hook, status):
    hook.answers = [status] * 3
    (told,) = send(store, webhook(f"{hook.base}/{WORD}"))
    assert told.error == f"the server answered {status}"
    assert len(hook.seen) == 1


def test_an_address_from_the_environment(store, hook):
    one = Webhook.model_validate({"kind": "webhook", "url_env": "HOOK"})
    (told,) = send(store, one)
    assert told.error == "the environment variable HOOK is not set"
    (told,) = send(store, one, environ={"HOOK": f"{hook.base}/{WORD}"})
    assert told.state == "sent"
    (told,) = send(
        store, one, environ={"HOOK": f"http://127.0.0.1:{free_port()}/{WORD}"}, again=True
    )
    assert told.state == "failed"
    assert WORD not in str(told)


def test_command_gets_the_folder_and_what_it_says_is_told(store, tmp_path):
    config = DailyConfig.model_validate(
        {
            "deliver": [
                {
                    "kind": "command",
                    "argv": ["sh", "-c", 'echo "$1" > "$0"', str(tmp_path / "seen")],
                },
                {"kind": "command", "argv": ["sh", "-c", "echo no disk >&2; exit 3", "x"]},
                {"kind": "command", "argv": [str(tmp_path / "absent")]},
            ]
        }
    )
    import os

    told = send(store, *config.deliver, environ=dict(os.environ))
    assert [d.state for d in sorted(told, key=lambda d: d.target)].count("sent") == 1
    errors = " ".join(d.error or "" for d in told)
    assert "exit code 3: no disk" in errors
    assert "FileNotFoundError" in errors
    assert (tmp_path / "seen").read_text().strip() == str(tmp_path)


# Secrets and configuration ------------------------------------------------------------------------


def test_a_secret_file_is_private_or_refused(tmp_path):
    file = tmp_path / "word"
    file.write_text(f"{WORD}\n")
    one = email(25, password_file=file)
    file.chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        secret(one, {})
    file.chmod(0o600)
    assert secret(one, {}) == WORD
    file.unlink()
    with pytest.raises(ConfigError, match="cannot read"):
        secret(one, {})
    with pytest.raises(ConfigError, match="DESK is not set"):
        secret(email(25, **SECRET), {})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"kind": "email", "host": "m", "sender": "a@b", "to": ["x\ny@z"]}, "to"),
        (
            {"kind": "email", "host": "m", "sender": "a@b", "to": ["a@b"], "subject": "x\ny"},
            "subject",
        ),
        (
            {"kind": "email", "host": "m", "sender": "a@b", "to": ["a@b"], "security": "none"}
            | {"password_env": "X"},
            "a password is not sent",
        ),
        ({"kind": "webhook", "url": "https://u:p@hook.example/"}, "does not belong here"),
        ({"kind": "webhook"}, "one of 'url' and 'url_env'"),
    ],
)
def test_bad_deliveries_are_refused_at_once(table, said):
    with pytest.raises(ValidationError, match=said):
        DailyConfig.model_validate({"deliver": [table]})
