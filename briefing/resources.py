"""Where the model and the templates are, in an installed package and in a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["bundled_model", "bundled_models", "templates"]

_PACKAGE = Path(__file__).resolve().parent


def _data(name: str) -> Path:
    """Return the folder `name`: shipped inside the package, or beside it in a checkout."""
    shipped = _PACKAGE / "data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name


def bundled_models() -> Path:
    """Return the folder that holds the bundled models."""
    return _data("models")


def bundled_model(name: str) -> Path:
    """Return the folder of a bundled model; it may not exist."""
    return bundled_models() / name


def templates() -> Path:
    """Return the folder of the shipped templates."""
    return _data("templates")
