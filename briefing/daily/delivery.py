"""Sending a finished edition on: e-mail, a command, a webhook.

A delivery comes after the edition is written and committed, so that its failure loses nothing. Each
is tried a few times, and again by the next run. An edition goes to a target once: the store notes
that it is about to leave before it leaves, and that it has left afterwards. Where a run was killed
between the two, nobody can know whether it went; it is `doubtful`, is told, and is not sent a second
time by itself (`briefing daily --redeliver` does).

Secrets come from the environment or from a file that only its owner can read, and never appear in a
message or in the store.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import smtplib
import ssl
import stat
import subprocess
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import stamina

from briefing.daily.config import Command, Email, Webhook
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from briefing.daily.config import Delivery
    from briefing.daily.store import Store
    from briefing.document import Briefing

__all__ = ["KEEP_TRYING", "Delivered", "Parcel", "dispatch", "overview_text", "secret", "target_of"]

TYPES = {
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".html": ("text", "html"),
    ".md": ("text", "markdown"),
}
TRIES = 3
KEEP_TRYING = timedelta(days=7)
"""An edition that could not be sent for so long is no news any more; it stays on the disk."""
_MAX_ERROR = 300


@dataclass(frozen=True, slots=True)
class Parcel:
    """What there is to send of an edition, kept in the store until it is sent.

    `files` are paths; `events` are dicts with `id`, `title` (English) and `status`; `text` is the
    overview. `digest` is over the content, so that a changed edition is known from the one sent.
    """

    day: str
    folder: str
    files: tuple[str, ...]
    events: tuple[dict[str, Any], ...]
    refused: int
    signature: str
    text: str
    digest: str

    @classmethod
    def of(cls, briefing: Briefing, folder: Path, files: Sequence[Path]) -> Parcel:
        """Pack an edition."""
        return cls(
            day=str(briefing.day),
            folder=str(folder),
            files=tuple(str(path) for path in files),
            events=tuple(
                {"id": e.id, "title": e.title.en or e.title.id, "status": e.status}
                for e in briefing.events
            ),
            refused=len(briefing.refused),
            signature=briefing.run.signature,
            text=overview_text(briefing),
            digest=hashlib.sha256(briefing.to_json().encode("utf-8", "replace")).hexdigest()[:16],
        )

    def to_json(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=True)

    @classmethod
    def from_json(cls, text: str) -> Parcel:
        """Read it back."""
        read = json.loads(text)
        return cls(**{**read, "files": tuple(read["files"]), "events": tuple(read["events"])})


@dataclass(frozen=True, slots=True)
class Delivered:
    """How one delivery went; `target` names it without secrets, `error` is `None` where it went.

    `state` is `sent`, `failed` (the next run tries again) or `doubtful` (it may have gone). `note`
    is what is to be known although it went, such as a recipient that the server refused.
    """

    day: str
    target: str
    state: str
    error: str | None = None
    note: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it for reports."""
        return asdict(self)


def target_of(one: Delivery) -> str:
    """Return the name of a delivery: its kind and where it goes, without path or secret."""
    if isinstance(one, Email):
        return f"email to {', '.join(one.to)}"
    if isinstance(one, Command):
        return f"command {' '.join(one.argv)}"[:200]
    if one.url is None:
        return f"webhook of {one.url_env}"
    parts = urlsplit(one.url)
    # The path of a webhook is often its secret; its hash tells two of one host apart.
    mark = hashlib.sha256(one.url.encode()).hexdigest()[:8]
    return f"webhook {parts.scheme}://{parts.netloc}/… ({mark})"


def dispatch(
    store: Store,
    deliveries: Sequence[Delivery],
    label: str,
    environ: Mapping[str, str] | None = None,
) -> tuple[Delivered, ...]:
    """Send what waits in `store` up to the edition of `label`, oldest first; nothing is raised.

    Returns what was tried, and the deliveries of the edition of `label` that are in doubt.
    """
    known = {target_of(one): one for one in deliveries}
    since = (date.fromisoformat(label) - KEEP_TRYING).isoformat()
    told: list[Delivered] = []
    for row in store.deliveries(since):
        one = known.get(row.target)
        if one is None or row.day > label:
            continue
        if row.state == "sending":  # the run that was at it is dead, for we hold the lock
            error = "a run was killed while sending; it may have gone (--redeliver sends it again)"
            store.mark_delivery(row.day, row.target, "doubtful", error)
            told.append(Delivered(row.day, row.target, "doubtful", error))
            continue
        packed = store.parcel(row.day)
        if packed is None or row.state in {"sent", "doubtful"}:
            continue
        told.append(_send(store, Parcel.from_json(packed), one, environ or os.environ))
    return tuple(told)


def _send(store: Store, parcel: Parcel, one: Delivery, environ: Mapping[str, str]) -> Delivered:
    target = target_of(one)
    senders: dict[type, Callable[..., str | None]] = {
        Email: _email,
        Command: _command,
        Webhook: _webhook,
    }
    hidden: list[str] = []

    def leaving() -> None:
        store.mark_delivery(parcel.day, target, "sending")

    def once() -> str | None:
        word = None if isinstance(one, Command) else secret(one, environ)
        hidden[:] = [word] if word else []
        try:
            return senders[type(one)](parcel, one, word, environ, leaving)
        except Exception:
            store.mark_delivery(parcel.day, target, "failed")
            raise

    _quiet_stamina()
    error: str | None = None
    note: str | None = None
    state = "sent"
    try:
        for attempt in stamina.retry_context(on=_passing, attempts=TRIES, wait_initial=1.0):
            with attempt:
                note = once()
    except Exception as problem:  # noqa: BLE001 - whatever a hook does, the briefing is safe and it is told
        error = _hide(_explain(problem), [*hidden, environ.get(getattr(one, "url_env", "") or "")])
        state = "doubtful" if isinstance(problem, _InDoubt) else "failed"
    store.mark_delivery(parcel.day, target, state, error or note, parcel.digest)
    return Delivered(parcel.day, target, state, error, note)


def _quiet_stamina() -> None:
    """Keep stamina's own lines off the terminal: what failed is told once, in our words."""
    logging.getLogger("stamina").addHandler(logging.NullHandler())


def _passing(error: Exception) -> bool:
    """Tell whether another try may go better: not for a configuration or a refused password."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code < 500  # RFC 5321, 4.2.1: 5yz is for good
    lasting = (
        ConfigError,
        smtplib.SMTPNotSupportedError,
        FileNotFoundError,
        PermissionError,
        ssl.SSLCertVerificationError,
    )
    return not isinstance(error, (*lasting, smtplib.SMTPRecipientsRefused, _InDoubt, _Refused))


class _InDoubt(Exception):
    """It may have gone, and a second copy would be worse than a question."""


class _Refused(Exception):
    """The other side says no, and will say it again."""


def _explain(error: Exception) -> str:
    if isinstance(error, ConfigError | _InDoubt | _Refused | RuntimeError):
        return str(error)
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"the mail server answered {error.smtp_code} {' '.join(text.split())}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"the mail server refuses {', '.join(sorted(error.recipients))}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the server's certificate is not valid: {error.verify_message}"
    return f"{type(error).__name__}: {error}"


def _hide(text: str, secrets: Sequence[str | None]) -> str:
    """Take secrets out of what a server or program said."""
    for one in secrets:
        if one:
            text = text.replace(one, "***")
    return text[:_MAX_ERROR]


def secret(one: Email | Webhook, environ: Mapping[str, str]) -> str | None:
    """Return the secret of a delivery, or `None` where it has none.

    Raises `ConfigError` for a variable that is not set and for a file that others can read.
    """
    if one.password_env:
        value = environ.get(one.password_env)
        if not value:
            raise ConfigError(f"the environment variable {one.password_env} is not set")
        return value
    if one.password_file:
        return _read_private(one.password_file)
    return None


def _read_private(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ConfigError(f"{path} can be read by others; run: chmod 600 {path}")
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error


def overview_text(briefing: Briefing) -> str:
    """Return the overview of an edition as plain text, English first."""
    lines = [f"Briefing of {briefing.day}", ""]
    if briefing.previous_day:
        lines[:1] = [f"Briefing of {briefing.day} (the one before: {briefing.previous_day})"]
    if not briefing.events:
        lines.append("No new articles.")
    for event in briefing.events:
        outlets = len(event.outlets) or 1
        count = f"{outlets} outlet{'s' if outlets > 1 else ''}"
        status = f" [{event.status}]" if event.status else ""
        lines.append(f"- {event.title.en or event.title.id or 'untitled'}{status} ({count})")
        if event.title.id and event.title.en:
            lines.append(f"  {event.title.id}")
        if event.status == "developing" and not event.news:
            lines.append("    nothing beyond what was reported before")
        lines += [f"    new: {line.en}" for line in event.news[:3]]
        changed = sum(article.version > 1 for article in event.articles)
        if changed:
            lines.append(f"    changed by the outlet since it was briefed: {changed}")
    for story in briefing.stories:
        title = story.title.en or story.title.id or "untitled"
        lines.append(f"- {title} [{story.status}, last reported {story.last_seen}]")
    if briefing.refused:
        lines += ["", f"Refused inputs: {len(briefing.refused)} (listed in the document)"]
    lines += ["", "Machine translation. Check against the Indonesian before you quote.", ""]
    # A title is somebody else's text: no control character of it reaches a mail reader.
    return "\n".join("".join(c for c in line if c.isprintable()) for line in lines)


def _message(parcel: Parcel, one: Email) -> EmailMessage:
    message = EmailMessage()
    message["From"] = one.sender
    message["To"] = ", ".join(one.to)
    message["Subject"] = one.subject.replace("{date}", parcel.day).replace(
        "{events}", str(len(parcel.events))
    )
    message["Date"] = format_datetime(datetime.now(UTC))
    # The same edition has the same id, so that a mail system can tell a second copy from a first.
    domain = one.sender.rpartition("@")[2]
    message["Message-ID"] = f"<briefing-{parcel.day}-{parcel.digest}@{domain}>"
    message.set_content(parcel.text)
    files = {Path(name).suffix: Path(name) for name in parcel.files}
    for suffix, (maintype, subtype) in TYPES.items():
        if suffix in files:
            message.add_attachment(
                files[suffix].read_bytes(),
                maintype=maintype,
                subtype=subtype,
                filename=f"briefing-{parcel.day}{suffix}",
            )
            break
    return message


def _email(
    parcel: Parcel,
    one: Email,
    password: str | None,
    environ: Mapping[str, str],  # noqa: ARG001 - one signature for all senders
    leaving: Callable[[], None],
) -> str | None:
    message = _message(parcel, one)
    context = ssl.create_default_context(cafile=one.ca_file)
    server: smtplib.SMTP
    if one.security == "tls":
        server = smtplib.SMTP_SSL(one.host, one.port, timeout=60, context=context)
    else:
        server = smtplib.SMTP(one.host, one.port, timeout=60)
    try:
        if one.security == "starttls":
            server.starttls(context=context)
        if password is not None:
            server.login(one.username or one.sender, password)
        leaving()
        refused = _hand_over(server, message)
    finally:
        with suppress(OSError):  # what was handed over stays so, whatever the good-bye is like
            server.quit()
        server.close()
    return f"refused by the server: {', '.join(sorted(refused))}" if refused else None


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> dict[str, Any]:
    try:
        return dict(server.send_message(message))
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError, ssl.SSLError) as error:
        raise _InDoubt(
            "the connection broke while the message was sent; it may have arrived "
            "(--redeliver sends it again)"
        ) from error


def _command(
    parcel: Parcel,
    one: Command,
    password: str | None,  # noqa: ARG001 - as above
    environ: Mapping[str, str],
    leaving: Callable[[], None],
) -> None:
    leaving()
    done = subprocess.run(  # noqa: S603 - the user's own program, as a list, without a shell
        [*one.argv, parcel.folder],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=one.timeout,
        check=False,
        env=dict(environ),
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise RuntimeError(f"exit code {done.returncode}: {said[-1] if said else 'no output'}")


def _webhook(
    parcel: Parcel,
    one: Webhook,
    password: str | None,
    environ: Mapping[str, str],
    leaving: Callable[[], None],
) -> None:
    import httpx  # noqa: PLC0415 - only where a webhook is configured

    url = one.url or environ.get(one.url_env or "")
    if not url:
        raise ConfigError(f"the environment variable {one.url_env} is not set")
    # The key lets a receiver know a second copy from a first (draft-ietf-httpapi-idempotency-key).
    headers = {"Idempotency-Key": f'"{parcel.day}-{parcel.digest}"'}
    if password:
        headers["Authorization"] = f"Bearer {password}"
    report = {
        "day": parcel.day,
        "folder": parcel.folder,
        "events": list(parcel.events),
        "refused": parcel.refused,
        "signature": parcel.signature,
        "text": parcel.text,
    }
    leaving()
    try:
        answer = httpx.post(url, json=report, headers=headers, timeout=30)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        # The message of httpx may hold the address, which may be a secret.
        raise ConnectionError(f"no answer ({type(error).__name__})") from None
    if answer.is_server_error or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise ConnectionError(f"the server answered {answer.status_code}")
    if not answer.is_success:
        raise _Refused(f"the server answered {answer.status_code}")
