"""What `briefing.toml` says about the daily briefing: its sources, its day, and its deliveries.

::

    [daily]
    out = "briefings"
    tz = "Asia/Jakarta"
    since = "24h"

    [[sources]]
    name = "Kabar Nusantara"
    kind = "feed"
    url = "https://kabar.example/rss"

    [schedule]
    at = "06:30"

    [[deliver]]
    kind = "email"
    host = "mail.example"
    sender = "desk@example.org"
    to = ["analyst@example.org"]
    password_env = "DESK_PASSWORD"
"""

from __future__ import annotations

import re
import tomllib
import zoneinfo
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from briefing.errors import ConfigError, choices
from briefing.options import CONFIG_NAME, OTHER_TABLES, Options

__all__ = [
    "Command",
    "DailyConfig",
    "DailySettings",
    "Delivery",
    "Email",
    "Schedule",
    "Source",
    "Webhook",
    "parse_duration",
]

_DURATION = re.compile(r"\s*(\d{1,4})\s*([mhdw])\s*")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_duration(text: str) -> timedelta:
    """Return the length of time that `90m`, `24h`, `7d` or `2w` says.

    Raises `ValueError` for anything else.
    """
    found = _DURATION.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a length of time such as 90m, 24h, 7d or 2w")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _duration(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else value


def _known_zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"unknown time zone {name!r}; an example is Asia/Jakarta") from error
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]


# RFC 5321 addresses as they are used; no line break can enter a header.
Address = Annotated[str, Field(pattern=r"^[^\s<>,]+@[^\s<>,@]+$", max_length=254)]
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _without_user(url: str | None) -> str | None:
    if url is not None and "@" in url.partition("://")[2].partition("/")[0]:
        raise ValueError("an address with a user name or password does not belong here")
    return url


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Table):
    """Where articles come from. `name` is the outlet that the briefing prints.

    `feed` (RSS or Atom), `sitemap` and `page` (an index page with links) have a `url`; `folder` and
    `newswatch` (a file that the news-watch package wrote) have a `path`. At most `limit` entries
    are asked for in a run; what is left is told. `links` is a regular expression for the addresses
    of articles on an index page. `xpath` points at the article's text on this outlet's pages, for
    where the general extraction fails; where it finds nothing, the general extraction steps in.
    """

    name: str = Field(min_length=1, max_length=120)
    kind: Literal["feed", "sitemap", "page", "folder", "newswatch"]
    url: str | None = Field(None, pattern=r"^https?://\S+$", max_length=2000)
    path: Path | None = None
    limit: int = Field(100, ge=1, le=1000)
    links: str | None = Field(None, max_length=500)
    xpath: str | None = Field(None, max_length=500)

    @field_validator("url")
    @classmethod
    def _no_secret_in_the_address(cls, url: str | None) -> str | None:
        return _without_user(url)

    @field_validator("links")
    @classmethod
    def _is_a_pattern(cls, links: str | None) -> str | None:
        if links is not None:
            try:
                re.compile(links)
            except re.error as error:
                raise ValueError(f"{links!r} is not a regular expression: {error}") from error
        return links

    @field_validator("xpath")
    @classmethod
    def _is_an_xpath(cls, xpath: str | None) -> str | None:
        if xpath is not None:
            from lxml import etree  # noqa: PLC0415 - slow to import, and rarely needed

            try:
                etree.XPath(xpath)
            except etree.XPathError as error:
                raise ValueError(f"{xpath!r} is not an XPath: {error}") from error
        return xpath

    @model_validator(mode="after")
    def _has_a_place(self) -> Source:
        wants = "path" if self.kind in {"folder", "newswatch"} else "url"
        if getattr(self, wants) is None:
            raise ValueError(f"a {self.kind} needs {wants!r}")
        return self

    @property
    def place(self) -> str:
        """The address or path, for messages."""
        return self.url or str(self.path)


class DailySettings(_Table):
    """The table `[daily]`.

    What a source offers is briefed once, in the next edition. Two limits keep the past out: of a
    source that is read for the first time, only what was published within `since`; of every other,
    what was published within `late`, so that an article which an outlet lists two days late is not
    lost. Articles without a date are briefed when they are first seen. An event is `quiet` without
    a report for `quiet_after` and `closed` after that; it is left out after `close_after`.
    """

    out: Path = Path("briefings")
    store: Path = Path("briefing.sqlite")
    since: Duration = timedelta(hours=24)
    late: Duration = timedelta(days=7)
    tz: Zone = "Asia/Jakarta"
    quiet_after: Duration = timedelta(days=2)
    close_after: Duration = timedelta(days=7)

    timeout: float = Field(20.0, gt=0, le=300)
    max_bytes: int = Field(5_000_000, ge=10_000)
    retries: int = Field(3, ge=1, le=10)
    max_redirects: int = Field(5, ge=0, le=20)
    host_delay: float = Field(1.0, ge=0, le=60)
    allow_private: bool = False
    user_agent: str = Field("briefing (news briefing tool)", min_length=3, max_length=200)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone in which a day begins and ends."""
        return zoneinfo.ZoneInfo(self.tz)


class Schedule(_Table):
    """The table `[schedule]`: `at` is a time of day in the zone `tz` (that of `[daily]` if absent)."""

    at: time = time(6, 30)
    tz: Zone | None = None


class _Secret(_Table):
    """A secret is never in the configuration: it is in the environment or in a private file."""

    password_env: str | None = Field(None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    password_file: Path | None = None


class Email(_Secret):
    """Send the DOCX by SMTP with the overview as the text.

    `ca_file` holds the certificates of a house's own authority (PEM).
    """

    kind: Literal["email"]
    host: str = Field(min_length=1)
    port: int = Field(587, ge=1, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    ca_file: Path | None = None
    sender: Address
    to: tuple[Address, ...] = Field(min_length=1)
    subject: str = Field("Briefing {date}: {events} events", pattern=r"^[^\r\n]*$", max_length=300)

    @model_validator(mode="after")
    def _keeps_its_secret(self) -> Email:
        secret = self.password_env or self.password_file
        if secret and self.security == "none" and self.host not in _LOOPBACK:
            raise ValueError('a password is not sent with security = "none"; use starttls or tls')
        return self


class Command(_Table):
    """Run a program; the folder of the briefing is its last argument."""

    kind: Literal["command"]
    argv: tuple[str, ...] = Field(min_length=1)
    timeout: float = Field(300, gt=0)


class Webhook(_Secret):
    """POST a JSON report to an address; the secret, if any, is sent as a bearer token.

    An address that is itself a secret, as those of chat services are, comes from the environment
    variable `url_env`.
    """

    kind: Literal["webhook"]
    url: str | None = Field(None, pattern=r"^https?://\S+$")
    url_env: str | None = Field(None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")

    @field_validator("url")
    @classmethod
    def _no_secret_in_the_address(cls, url: str | None) -> str | None:
        return _without_user(url)

    @model_validator(mode="after")
    def _has_one_address(self) -> Webhook:
        if (self.url is None) == (self.url_env is None):
            raise ValueError("a webhook needs one of 'url' and 'url_env'")
        return self


Delivery = Annotated[Email | Command | Webhook, Field(discriminator="kind")]


class DailyConfig(_Table):
    """Everything that a daily run needs, checked once."""

    options: Options = Options()
    daily: DailySettings = DailySettings()
    sources: tuple[Source, ...] = ()
    schedule: Schedule = Schedule()
    deliver: tuple[Delivery, ...] = ()

    @field_validator("sources")
    @classmethod
    def _names_once(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        places = [source.place for source in sources]
        twice = next((place for place in places if places.count(place) > 1), None)
        if twice:
            raise ValueError(f"the source {twice} stands twice")
        return sources

    @classmethod
    def load(cls, path: str | Path | None = None, **options: Any) -> DailyConfig:
        """Read the configuration; `options` are fields of `Options` and win over the file.

        Relative paths in the file are relative to the file. Raises `ConfigError`.
        """
        file = Path(path) if path is not None else Path(CONFIG_NAME)
        chosen = Options.resolve(file if path is not None else None, **options)
        tables: dict[str, Any] = {}
        if path is not None or file.is_file():  # `Options` has read it before and explained errors
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
        known = {name: tables[name] for name in OTHER_TABLES if name in tables}
        try:
            return cls(options=chosen, **_anchored(known, file.parent))
        except ValidationError as error:
            raise _explain(error, file) from None


def _anchored(tables: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Make relative paths relative to the configuration file rather than the working directory."""

    def anchor(table: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
        return {
            name: str(folder / value) if name in names and isinstance(value, str) else value
            for name, value in table.items()
        }

    daily = {"out": "briefings", "store": "briefing.sqlite", **tables.get("daily", {})}
    anchored = {**tables, "daily": anchor(daily, ("out", "store"))}
    for name, paths in (("sources", ("path",)), ("deliver", ("password_file", "ca_file"))):
        if isinstance(tables.get(name), list):
            anchored[name] = [
                anchor(one, paths) if isinstance(one, dict) else one for one in tables[name]
            ]
    return anchored


def _explain(error: ValidationError, file: Path) -> ConfigError:
    first = error.errors()[0]
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return ConfigError(f"{file}: {where} is not a setting")
    if first["type"] == "literal_error":
        valid = str(first.get("ctx", {}).get("expected", "")).replace("'", "")
        return ConfigError(f"{file}: {where}: {first['input']!r} is not one of {valid}")
    if first["type"] == "union_tag_invalid":
        valid = choices(("email", "command", "webhook"))
        return ConfigError(f"{file}: {where}: kind is not one of {valid}")
    return ConfigError(f"{file}: {where}: {first['msg'].removeprefix('Value error, ')}")
