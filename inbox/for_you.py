"""What an agent was called to: mentions and reminders, and what is planned for them.

Each page is one query, by key; the count of what is new is one more, and says which
conversations it lies in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import LessThan

from inbox.models import Agent, Mention, Reminder
from inbox.paging import Key, Pair
from inbox.prepared import Prepared

PAGE = 30
MOST = 100  # counted, and planned reminders shown
ANYBODY = -1  # stands for the agent (inbox.prepared)


class Call(NamedTuple):
    """One line of the list: who called, where, and with which words."""

    pk: int
    code: UUID
    at: datetime
    read_at: datetime | None
    team__name: str | None
    reminder__code: UUID | None
    reminder__text: str | None
    message: int
    message__author__name: str | None
    message__body: str
    message__content: dict[str, Any]
    message__revoked_at: datetime | None
    message__conversation__code: UUID
    message__conversation__contact__display_name: str

    @property
    def key(self) -> Key:
        return Key(self.at, self.pk)


@dataclass(frozen=True, slots=True)
class Page:
    calls: list[Call]
    next_key: Key | None  # None: this was the last page


def page(agent: Agent, hidden: tuple[int, ...], *, new: bool, after: Key | None = None) -> Page:
    """The newest first; ``new``: what they have not seen to, else what they have."""
    rows = _of(agent, hidden).filter(read_at__isnull=new)
    if after:
        rows = rows.filter(LessThan(Pair(F("at"), F("pk")), after.as_pair()))
    newest = rows.order_by("-at", "-pk").values_list(*Call._fields)[: PAGE + 1]
    found = [Call._make(row) for row in newest]
    more = len(found) > PAGE
    return Page(found[:PAGE], found[PAGE - 1].key if more else None)


def one(agent: Agent, hidden: tuple[int, ...], code: UUID) -> Call | None:
    row = _of(agent, hidden).filter(code=code).values_list(*Call._fields).first()
    return Call._make(row) if row else None


def new_in(agent: Agent, hidden: tuple[int, ...]) -> list[str]:
    """The conversations of what is new, one for each call; ``MOST`` at most."""
    return [str(code) for (code,) in _new_in(hidden).ask({ANYBODY: agent.pk})]


def planned_for(agent: Agent, hidden: tuple[int, ...]) -> list[Reminder]:
    """Reminders that wait, theirs and those they set for colleagues; the next first."""
    reminders = Reminder.objects.filter(Q(agent=agent) | Q(by=agent), woken_at=None)
    reminders = reminders.exclude(conversation__channel__in=hidden)
    related = reminders.select_related("agent", "by", "conversation__contact")
    return list(related.order_by("remind_at", "pk")[:MOST])


def _of(agent: Agent, hidden: tuple[int, ...]) -> QuerySet[Mention]:
    """A right that was taken meanwhile hides what came before as well."""
    mentions = Mention.objects.filter(agent=agent)
    if hidden:
        mentions = mentions.exclude(message__channel__in=hidden)
    return mentions


@lru_cache(maxsize=256)
def _new_in(hidden: tuple[int, ...]) -> Prepared:
    rows = _of(Agent(pk=ANYBODY), hidden).filter(read_at=None).order_by("-at", "-pk")
    return Prepared(rows.values_list("message__conversation__code")[:MOST])
