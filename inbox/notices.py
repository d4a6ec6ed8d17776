"""What an agent is told outside the pages they look at: which news, where, and when not."""

from __future__ import annotations

from datetime import datetime, time

from django.db import models
from django.utils.translation import gettext_lazy as _

SATURDAY = 5


class Why(models.TextChoices):
    """The news. Each agent chooses which of them they want."""

    ASSIGNED = "assigned", _("A conversation is assigned to me")
    MENTION = "mention", _("A colleague mentions me")
    REPLIED = "replied", _("A customer writes")
    WAITING = "waiting", _("A customer of mine waits too long")
    REMINDER = "reminder", _("A reminder is due")
    FOLLOWED = "followed", _("A customer writes in a conversation I follow")
    NOTE = "note", _("A colleague writes a note in a conversation I follow")


class Digest(models.TextChoices):
    NEVER = "never", _("Never")
    HOURLY = "hourly", _("Every hour in which I was not here")
    DAILY = "daily", _("Every morning")


# Locked screens show notifications to everybody: no name, and nothing that was written.
SENTENCES = {
    Why.ASSIGNED: _("A conversation was assigned to you."),
    Why.MENTION: _("A colleague mentioned you."),
    Why.REPLIED: _("A customer has written."),
    Why.WAITING: _("A customer has been waiting for a long time."),
    Why.REMINDER: _("A reminder is due."),
    Why.FOLLOWED: _("A customer you follow has written."),
    Why.NOTE: _("A note in a conversation you follow."),
}
ALL = " ".join(Why.values)


def chosen(words: str) -> set[str]:
    """As agents' choices are stored: words with blanks between."""
    return set(words.split())


def is_quiet(
    moment: datetime, *, begins: time | None, ends: time | None, weekends: bool
) -> bool:
    """Whether nobody shall be disturbed; ``moment`` is on the agent's own clock.

    From ``begins`` to ``ends``, which may lie after midnight; both the same is all day.
    """
    if weekends and moment.weekday() >= SATURDAY:
        return True
    if begins is None or ends is None:
        return False
    now = moment.time()
    if begins < ends:
        return begins <= now < ends
    return now >= begins or now < ends
