"""Summaries and evidence: what happened, who says so, and where outlets disagree.

`AbstractiveSummariser` and its `Seq2SeqWriter` stand in `briefing.summarise.abstractive`, ROUGE and
the baselines in `briefing.summarise.evaluation`: neither is on the default path.
"""

from __future__ import annotations

from briefing.summarise.events import describe
from briefing.summarise.extractive import ExtractiveSummariser
from briefing.summarise.summariser import Summariser

__all__ = ["ExtractiveSummariser", "Summariser", "describe"]
