"""The whole job, stage by stage, as the README tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from briefing import ingest, summarise, translate
from briefing.document import Article, Briefing
from briefing.errors import NothingToBrief
from briefing.group import EventGrouper
from briefing.options import Options
from briefing.record import run_record
from briefing.summarise import ExtractiveSummariser

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.group import Grouper
    from briefing.progress import Progress
    from briefing.summarise import Summariser
    from briefing.translate import Translator

__all__ = ["make"]
