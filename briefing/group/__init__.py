"""Grouping: which articles report the same event, and why."""

from __future__ import annotations

from briefing.group.events import EventGrouper
from briefing.group.grouper import Group, Grouper

__all__ = ["EventGrouper", "Group", "Grouper"]
