"""The daily briefing: feeds in the morning, one document on the desk, and what is new since yesterday."""

from __future__ import annotations
