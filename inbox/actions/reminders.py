"""Reminders: at its moment each calls an agent to a conversation, which stays where it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox import events
from inbox.actions import mentions, notices, timeline
from inbox.actions.conversations import NotPossible
from inbox.actions.replies.queueing import hold
from inbox.colleagues import who_may_see
from inbox.models import Agent, Conversation, Mention, Reminder
from inbox.notices import Why

MOST = 20  # that wait in one conversation
AT_ONCE = 200


@transaction.atomic
def plan(
    conversation: Conversation, *, at: datetime, by: Agent, to: Agent, text: str = ""
) -> Reminder:
    hold(conversation)
    if at <= timezone.now():
        raise NotPossible(_("Choose a moment that is still to come."))
    if not who_may_see(conversation).filter(pk=to.pk).exists():
        raise NotPossible(
            _("%(name)s does not see conversations of this number.") % {"name": to.name}
        )
    if conversation.reminders.filter(woken_at=None).count() >= MOST:
        raise NotPossible(_("This conversation has enough reminders. Cancel one first."))
    reminder = Reminder.objects.create(
        conversation=conversation, agent=to, by=by, text=text.strip(), remind_at=at
    )
    names: dict[str, Any] = {} if to == by else {"to_name": to.name}
    timeline.record(conversation, "reminder_set", by=by, at_moment=at.isoformat(), **names)
    events.publish(events.about(conversation))
    return reminder


@transaction.atomic
def cancel(reminder: Reminder, *, by: Agent) -> bool:
    hold(reminder.conversation)
    gone, _per_model = Reminder.objects.filter(pk=reminder.pk, woken_at=None).delete()
    if not gone:
        return False
    at = reminder.remind_at.isoformat()
    timeline.record(reminder.conversation, "reminder_cancelled", by=by, at_moment=at)
    events.publish(events.about(reminder.conversation))
    return True


@transaction.atomic
def again(mention: Mention, *, at: datetime, by: Agent) -> Reminder:
    """Not now: the same reminder once more, later."""
    if mention.reminder is None:
        raise NotPossible(_("Only reminders can come again."))
    conversation = mention.message.conversation
    reminder = plan(conversation, at=at, by=by, to=by, text=mention.reminder.text)
    mentions.settle(mention, is_read=True)
    return reminder


def wake_due(now: datetime) -> None:
    due = Reminder.objects.filter(woken_at=None, remind_at__lte=now).order_by("remind_at")
    for reminder in due.select_related("conversation", "agent")[:AT_ONCE]:
        wake(reminder, now=now)


@transaction.atomic
def wake(reminder: Reminder, *, now: datetime) -> bool:
    """Once, however many sweepers there are. Who may not see it any more is not told."""
    conversation = reminder.conversation
    hold(conversation)
    waiting = Reminder.objects.filter(pk=reminder.pk, woken_at=None)
    if not waiting.update(woken_at=now):
        return False
    names: dict[str, Any] = {"to_name": reminder.agent.name, "text": reminder.text}
    line = timeline.record(conversation, "reminded", **names)
    if who_may_see(conversation).filter(pk=reminder.agent_id).exists():
        Mention.objects.create(message=line, agent=reminder.agent, reminder=reminder)
        notices.call(conversation, [reminder.agent_id], Why.REMINDER)
    events.publish(events.about(conversation))
    return True
