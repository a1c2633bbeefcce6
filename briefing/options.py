"""The options of a run, gathered once from arguments, environment, file and defaults.

Precedence: keyword arguments, then environment variables (`BRIEFING_MODEL=...`), then the TOML
file, then the defaults below. A bad value is reported with the place that it came from.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from briefing.errors import ConfigError, UsageError, choices

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CONFIG_NAME", "ENV_PREFIX", "Options"]

CONFIG_NAME = "briefing.toml"
ENV_PREFIX = "BRIEFING_"

# Tables of briefing.toml that belong to other commands and are checked there.
OTHER_TABLES = frozenset({"daily", "sources", "schedule", "deliver"})


def _split(value: object) -> object:
    """Let `docx,md` stand for a list, as on the command line and in the environment."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


FormatList = Annotated[tuple[Literal["docx", "md", "html", "json"], ...], BeforeValidator(_split)]


class Options(BaseModel):
    """Keyword-only, checked once, frozen. `Options.resolve()` is the usual way to one."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    lang: Literal["en"] = Field("en", description="Language of the translation (BCP 47).")
    formats: FormatList = Field(
        ("docx", "md", "html", "json"), min_length=1, description="Renderings to write."
    )
    title: str | None = Field(
        None, min_length=1, max_length=300, description="Title of the briefing."
    )

    model: str = Field("id-en", min_length=1, description="Model name, or a model folder.")
    engine: Literal["auto", "ct2", "transformers", "fake"] = Field(
        "auto", description="Translation engine; auto takes what the model folder needs."
    )
    threads: int = Field(0, ge=0, le=256, description="Worker threads; 0 is one per core.")
    beam: int = Field(4, ge=1, le=16, description="Beam size of the search.")
    batch_tokens: int = Field(2048, ge=64, le=65_536, description="Source tokens in a batch.")

    cache: bool = Field(
        default=True,
        description="Use the translation memory; --no-cache translates everything anew.",
    )
    memory: Path | None = Field(
        None, description="File of the translation memory; in the user's cache folder by default."
    )
    glossary: Path | None = Field(
        None, description="A CSV of terms (source,target[,note]) on top of the shipped ones."
    )
    keep: Path | None = Field(
        None, description="A text file of names and terms that are not translated, one a line."
    )

    max_article_chars: int = Field(
        200_000, ge=1_000, description="Articles with more characters are refused."
    )
    max_file_bytes: int = Field(
        20_000_000, ge=1_000, description="Pages and documents with more bytes are refused."
    )

    summary_sentences: int = Field(3, ge=1, le=20, description="Bullets in an event's summary.")
    summary_words: int | None = Field(
        None, ge=5, le=2_000, description="Indonesian words in an event's summary, at most."
    )
    article_sentences: int = Field(
        1, ge=0, le=20, description="Bullets in the summary of each article; 0 for none."
    )

    rows: Literal["sentence", "paragraph"] = Field(
        "sentence", description="What one row of a side-by-side table holds."
    )
    layout: Literal["full", "brief", "table"] = Field("full", description="How much is drawn.")
    languages: Literal["both", "en", "id"] = Field("both", description="Columns to draw.")
    template: Path | None = Field(
        None, description="A .docx letterhead, or a folder of templates of your own."
    )

    @classmethod
    def resolve(cls, config: str | Path | None = None, **given: Any) -> Options:
        """Gather the options; a `given` value of `None` counts as not given.

        `config` is a TOML file; without it, `briefing.toml` of the working directory is read where
        there is one. Raises `ConfigError` for the file or the environment and `UsageError` for an
        argument, with the bad value, where it stood, and the valid choices.
        """
        path = Path(config) if config is not None else Path(CONFIG_NAME)
        from_file = _read_toml(path) if config is not None or path.is_file() else {}
        from_env = {
            name: os.environ[ENV_PREFIX + name.upper()]
            for name in cls.model_fields
            if ENV_PREFIX + name.upper() in os.environ
        }
        from_call = {name: value for name, value in given.items() if value is not None}
        values = {**from_file, **from_env, **from_call}
        try:
            return cls(**values)
        except ValidationError as error:
            raise _explain(error, cls, path, from_env, from_call) from None

    @classmethod
    def describe(cls, name: str) -> str:
        """Return the one-sentence description of an option, for help texts."""
        return cls.model_fields[name].description or ""


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the configuration {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    return {name: value for name, value in read.items() if name not in OTHER_TABLES}


def _explain(
    error: ValidationError,
    options: type[Options],
    path: Path,
    from_env: Mapping[str, Any],
    from_call: Mapping[str, Any],
) -> UsageError:
    """Turn pydantic's first complaint into one line that says what, where and what else."""
    first = error.errors()[0]
    name = str(first["loc"][0])
    if name in from_call:
        where, kind = f"option {name!r}", UsageError
    elif name in from_env:
        where, kind = f"environment variable {ENV_PREFIX}{name.upper()}", ConfigError
    else:
        where, kind = f"{path}: {name!r}", ConfigError
    if first["type"] == "extra_forbidden":
        return kind(f"{where} is not an option; choose from {choices(options.model_fields)}")
    if first["type"] == "literal_error":
        valid = str(first.get("ctx", {}).get("expected", "")).replace("'", "")
        return kind(f"{where}: {first['input']!r} is not one of {valid}")
    return kind(f"{where}: {first['input']!r}: {first['msg'].lower()}")
