"""Ingest: files in, articles out, with their sentences segmented and not yet translated."""

from __future__ import annotations

from briefing.ingest.articles import Ingested, make_article, read_articles
from briefing.ingest.page import Page, analyse
from briefing.ingest.reader import BadRecord, RawArticle, Reader
from briefing.ingest.readers import register

__all__ = [
    "BadRecord",
    "Ingested",
    "Page",
    "RawArticle",
    "Reader",
    "analyse",
    "make_article",
    "read_articles",
    "register",
]
