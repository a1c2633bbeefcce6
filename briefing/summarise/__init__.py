"""Summaries and evidence: what happened, who says so, and where outlets disagree."""

from __future__ import annotations

from briefing.summarise.events import describe
from briefing.summarise.extractive import ExtractiveSummariser
from briefing.summarise.summariser import Summariser

__all__ = ["ExtractiveSummariser", "Summariser", "describe"]
