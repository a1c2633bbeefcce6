"""Joining a day's articles to the events of earlier editions, and what becomes of those events.

Today's articles are grouped together with those of the events that are still open. A group that
holds both goes on under the name that most of its earlier articles have; where it holds several
earlier events, they have turned out to be one, and the others are merged into it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from briefing.daily.novelty import news_of
from briefing.document import Bilingual, Event, Refusal, Story
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.daily.config import DailySettings
    from briefing.daily.store import Store, Stored
    from briefing.document import Article, EventStatus, Reprint
    from briefing.group import Group
    from briefing.options import Options
    from briefing.progress import Progress

__all__ = ["MEMORY", "Joined", "join", "stories"]

MEMORY = timedelta(days=30)
"""How far back an event's own reports count as known; a trial goes on for months, the memory of the
machine does not."""
NEWS_LINES = 8

Earlier = dict[str, list[tuple[str, "Stored"]]]


@dataclass(slots=True)
class Joined:
    """The day's events, the articles of each by id, and which earlier events were merged."""

    events: list[Event] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)
    merges: dict[str, str] = field(default_factory=dict)
    problems: list[Refusal] = field(default_factory=list)

    @property
    def reported(self) -> set[str]:
        """The names of the events that today reported on, under the old names too."""
        return {event.id for event in self.events} | self.merges.keys()


def join(today: Sequence[Stored], earlier: Earlier, options: Options, progress: Progress) -> Joined:
    """Return the events of `today`, each joined to the event of `earlier` that it continues."""
    from briefing import summarise  # noqa: PLC0415 - loads the stage

    home = {s.article.id: event for event, rows in earlier.items() for _, s in rows}
    before = {s.article.id: s.article for rows in earlier.values() for _, s in rows}
    fresh = {s.article.id: replace(s.article, version=s.version) for s in today}
    joined = Joined()
    if not fresh:
        return joined
    groups = _families(before, fresh)
    summariser = summarise.ExtractiveSummariser()
    progress.start("summarise", len(groups))
    for part, old in groups:
        progress.advance()
        new = part.articles
        try:
            event = summarise.describe(part, summariser, options)
        except BriefingError:
            raise
        except Exception as error:  # noqa: BLE001 - one article must not cost the morning's briefing
            event = _undescribed(part)
            reason = f"could not be condensed ({type(error).__name__}); it is printed in full"
            joined.problems += [
                Refusal(path=a.url or a.path or a.id, code="broken", reason=reason) for a in new
            ]
        _add(joined, event, old, home)
    return joined


def _families(
    before: Mapping[str, Article], fresh: Mapping[str, Article]
) -> list[tuple[Group, tuple[Article, ...]]]:
    """Return today's groups, each with the earlier articles of its event.

    Reprints are folded among today's articles only. The grouper folds across the days too, which
    would hide that an outlet prints today what another printed yesterday, and the correction of an
    article behind its first version: those are taken out again.
    """
    from briefing import group  # noqa: PLC0415 - loads the stage
    from briefing.group.reprints import fold_reprints  # noqa: PLC0415 - with it

    kept = {article.id: article for article in fold_reprints(list(fresh.values()))}
    groups = group.EventGrouper().group([*before.values(), *kept.values()])
    every = {**before, **kept}
    shown = {article.id for one in groups for article in one.articles}
    hidden: dict[tuple[str | None, ...], list[str]] = {}
    for name in sorted(every.keys() - shown):
        hidden.setdefault(_imprint(every[name]), []).append(name)
    found = []
    for one in groups:
        names = [article.id for article in one.articles]
        for article in one.articles:
            for reprint in article.reprints:
                names += hidden.pop(_imprint(reprint), [])
        new = tuple(kept[name] for name in names if name in kept)
        if len(names) > len(one.articles):
            new = tuple(sorted(new, key=lambda article: (article.published or "~", article.id)))
        if new:
            old = tuple(before[name] for name in names if name in before)
            found.append((replace(one, articles=new), old))
    # Whatever could not be found again stands by itself rather than nowhere.
    nobody: tuple[Article, ...] = ()
    for names in hidden.values():
        found += [(group.Group(articles=(kept[name],)), nobody) for name in names if name in kept]
    return found


def _imprint(one: Article | Reprint) -> tuple[str | None, ...]:
    """Return what tells a printing from another: outlet, place and date."""
    return (one.outlet, one.path, one.url, one.published)


def _add(joined: Joined, event: Event, old: Sequence[Article], home: Mapping[str, str]) -> None:
    names = sorted(home[article.id] for article in old)
    name = max(names, key=names.count) if names else event.id
    if name in joined.members:  # an earlier event that has come apart into two
        name = event.id
    status: EventStatus = "developing" if old else "new"
    dates = [event.first_seen, *(article.published for article in old)]
    event = replace(
        event,
        id=name,
        status=status,
        news=news_of(event.articles, old, limit=NEWS_LINES) if old else (),
        first_seen=min((date[:10] for date in dates if date), default=None),
    )
    joined.events.append(event)
    joined.members.setdefault(name, []).extend(article.id for article in event.articles)
    for other in names:
        if other != name and other not in joined.members:
            joined.merges.setdefault(other, name)


def _undescribed(one: Group) -> Event:
    """Return an event with its articles and nothing said about them."""
    first = one.articles[0]
    outlets = dict.fromkeys(article.outlet for article in one.articles if article.outlet)
    return Event(id=first.id, articles=one.articles, title=first.title, outlets=tuple(outlets))


def stories(
    store: Store, label: str, settings: DailySettings, earlier: Earlier, reported: set[str]
) -> tuple[Story, ...]:
    """Return the events of earlier editions that the edition of `label` did not report on.

    They are `quiet` for `quiet_after` and then `closed`, which is told once.
    """
    quiet = days_before(label, settings.quiet_after)
    found = []
    for event, rows in earlier.items():
        last = rows[-1][0]
        if event in reported or store.was_closed(event, after=last, before=label):
            continue
        title = store.event_title(event, before=label) or Bilingual()
        status: EventStatus = "quiet" if last >= quiet else "closed"
        found.append(Story(event=event, title=title, status=status, last_seen=last))
    return tuple(sorted(found, key=lambda story: (story.last_seen, story.event), reverse=True))


def days_before(label: str, length: timedelta) -> str:
    """Return the day that lies `length` before the day `label`, both ISO 8601."""
    return (datetime.fromisoformat(label) - length).date().isoformat()
