"""Sending a finished edition on: e-mail, a command, a webhook.

A delivery comes after the edition is written and committed, so that its failure loses nothing. Each
is tried a few times; what still fails is reported and can be sent again. Secrets come from the
environment or from a file that only its owner can read, and never appear in a message.
"""

from __future__ import annotations

import os
import smtplib
import ssl
import stat
import subprocess
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING

import stamina

from briefing.daily.config import Command, Email, Webhook
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from briefing.daily.config import Delivery
    from briefing.daily.edition import Edition

__all__ = ["Delivered", "deliver", "overview_text", "secret"]

DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
TRIES = 3


@dataclass(frozen=True, slots=True)
class Delivered:
    """How one delivery went. `target` names it without secrets; `error` is `None` where it went."""

    kind: str
    target: str
    error: str | None = None


def deliver(
    edition: Edition, deliveries: tuple[Delivery, ...], environ: Mapping[str, str] | None = None
) -> tuple[Delivered, ...]:
    """Send `edition` everywhere and return how each went, in order; nothing is raised."""
    return tuple(_attempt(edition, one, environ or os.environ) for one in deliveries)


def _attempt(edition: Edition, one: Delivery, environ: Mapping[str, str]) -> Delivered:
    senders: dict[str, Callable[[], None]] = {}
    if isinstance(one, Email):
        target, senders["send"] = ", ".join(one.to), lambda: _email(edition, one, environ)
    elif isinstance(one, Command):
        target, senders["send"] = one.argv[0], lambda: _command(edition, one)
    else:
        target, senders["send"] = one.url, lambda: _webhook(edition, one, environ)
    try:
        for attempt in stamina.retry_context(on=_passing, attempts=TRIES, wait_initial=1.0):
            with attempt:
                senders["send"]()
    except ConfigError as error:
        return Delivered(one.kind, target, str(error))
    except Exception as error:  # noqa: BLE001 - whatever a hook does, the briefing is safe and it is told
        return Delivered(one.kind, target, f"{type(error).__name__}: {error}"[:500])
    return Delivered(one.kind, target)


def _passing(error: Exception) -> bool:
    """Tell whether another try may go better: not for a configuration or a refused password."""
    return not isinstance(error, ConfigError | smtplib.SMTPAuthenticationError | FileNotFoundError)


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


def overview_text(edition: Edition) -> str:
    """Return the overview of an edition as plain text, English first."""
    briefing = edition.briefing
    lines = [f"Briefing of {edition.day}", ""]
    if not briefing.events:
        lines.append("No new articles.")
    for event in briefing.events:
        outlets = len(event.outlets) or 1
        status = f" [{event.status}]" if event.status else ""
        lines.append(
            f"- {event.title.en or event.title.id or 'untitled'}{status} ({outlets} outlets)"
        )
        if event.title.id and event.title.en:
            lines.append(f"  {event.title.id}")
        lines += [f"    new: {line.en}" for line in event.news[:3]]
    if briefing.refused:
        lines += ["", f"Refused inputs: {len(briefing.refused)} (listed in the document)"]
    lines += ["", "Machine translation. Check against the Indonesian before you quote.", ""]
    return "\n".join(lines)


def _email(edition: Edition, one: Email, environ: Mapping[str, str]) -> None:
    password = secret(one, environ)
    message = EmailMessage()
    message["From"] = one.sender
    message["To"] = ", ".join(one.to)
    message["Subject"] = one.subject.replace("{date}", edition.day).replace(
        "{events}", str(len(edition.briefing.events))
    )
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain="briefing.invalid")
    message.set_content(overview_text(edition))
    document = next((path for path in edition.files if path.suffix == ".docx"), None)
    if document is not None:
        message.add_attachment(
            document.read_bytes(),
            maintype=DOCX[0],
            subtype=DOCX[1],
            filename=f"briefing-{edition.day}.docx",
        )
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if one.security == "tls":
        server = smtplib.SMTP_SSL(one.host, one.port, timeout=60, context=context)
    else:
        server = smtplib.SMTP(one.host, one.port, timeout=60)
    with server:
        if one.security == "starttls":
            server.starttls(context=context)
        if password is not None:
            server.login(one.username or one.sender, password)
        server.send_message(message)


def _command(edition: Edition, one: Command) -> None:
    done = subprocess.run(  # noqa: S603 - the user's own program, as a list, without a shell
        [*one.argv, str(edition.folder)],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=one.timeout,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise RuntimeError(f"exit code {done.returncode}: {said[-1] if said else 'no output'}")


def _webhook(edition: Edition, one: Webhook, environ: Mapping[str, str]) -> None:
    import httpx  # noqa: PLC0415 - only where a webhook is configured

    password = secret(one, environ)
    headers = {"Authorization": f"Bearer {password}"} if password else {}
    report = {
        "day": edition.day,
        "folder": str(edition.folder),
        "events": [
            {"id": e.id, "title": e.title.en, "status": e.status} for e in edition.briefing.events
        ],
        "refused": len(edition.briefing.refused),
        "signature": edition.briefing.run.signature,
    }
    httpx.post(one.url, json=report, headers=headers, timeout=30).raise_for_status()
