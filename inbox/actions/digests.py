"""Mails that sum up what waits for an agent: numbers and a link, no names and no words."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from inbox import mails
from inbox.models import Agent, Conversation, Mention
from inbox.notices import Digest
from inbox.templatetags.moments import in_full

MORNING = time(8)
HOUR = timedelta(hours=1)
MOST = 1000


class Sum(NamedTuple):
    """What waits for one agent."""

    waiting: int  # conversations of theirs in which a customer waits
    longest: datetime | None  # since when the first of them does
    unassigned: int  # and those that anybody may take
    mentions: int  # unread

    @property
    def lines(self) -> list[str]:
        """What there is, in the language and on the clock of now."""
        found = []
        if self.waiting and self.longest:
            text = ngettext(
                "%(count)s customer of yours is waiting for an answer, since %(moment)s.",
                "%(count)s customers of yours are waiting for an answer,"
                " the first since %(moment)s.",
                self.waiting,
            )
            found.append(text % {"count": self.waiting, "moment": in_full(self.longest)})
        if self.unassigned:
            text = ngettext(
                "%(count)s conversation in which a customer is waiting belongs to nobody yet.",
                "%(count)s conversations in which a customer is waiting belong to nobody yet.",
                self.unassigned,
            )
            found.append(text % {"count": self.unassigned})
        if self.mentions:
            text = ngettext(
                "%(count)s mention or reminder is unread.",
                "%(count)s mentions and reminders are unread.",
                self.mentions,
            )
            found.append(text % {"count": self.mentions})
        return found


def send_due(*, now: datetime | None = None) -> None:
    now = now or timezone.now()
    for agent in Agent.objects.active().exclude(digest=Digest.NEVER):
        if is_due(agent, now):
            _send(agent, now)


def is_due(agent: Agent, now: datetime) -> bool:
    """Hourly ones only to who was not here in that hour; none in quiet times."""
    if agent.is_quiet(now):
        return False
    before = agent.digest_sent_at
    if agent.digest == Digest.HOURLY:
        seen = agent.last_seen_at
        return (before is None or now - before >= HOUR) and (seen is None or now - seen >= HOUR)
    local = now.astimezone(agent.time_zone_info)
    return local.time() >= MORNING and (
        before is None or before.astimezone(agent.time_zone_info).date() < local.date()
    )


def _send(agent: Agent, now: datetime) -> None:
    # Marked first: two workers at once send one, and a mail that fails is not sent for ever.
    mine = Agent.objects.filter(pk=agent.pk, digest_sent_at=agent.digest_sent_at)
    if not mine.update(digest_sent_at=now):
        return
    with translation.override(agent.language), timezone.override(agent.time_zone_info):
        lines = sum_for(agent).lines
    if lines:
        mails.send("digest", to=agent, path=reverse("inbox:home"), lines=lines)


def sum_for(agent: Agent) -> Sum:
    seen = Conversation.objects.visible_to(agent)
    visible = seen.open()
    waiting = Q(waiting_since__isnull=False)
    mine = visible.assigned_to(agent).filter(waiting).order_by("queued_at")
    free = visible.unassigned().filter(waiting) if _takes_any(agent) else visible.none()
    mentions = Mention.objects.filter(agent=agent, read_at=None)
    return Sum(
        waiting=mine[:MOST].count(),
        longest=mine.values_list("waiting_since", flat=True).first(),
        unassigned=free.order_by()[:MOST].count(),
        mentions=mentions.filter(message__conversation__in=seen)[:MOST].count(),
    )


def _takes_any(agent: Agent) -> bool:
    return agent.notify_about == Agent.NotifyAbout.ALL
