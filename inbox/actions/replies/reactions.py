"""An emoji of ours on a message. It is a message of its own on the way out, but no answer."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox import events
from inbox.actions.replies import refusals
from inbox.actions.replies.queueing import hold, require_sendable, store
from inbox.models import Agent, Message, Reaction
from inbox.whatsapp import NotSendable

OLDEST = timedelta(days=30)  # WhatsApp takes no reactions to older messages
LONGEST = 40


@transaction.atomic
def react(message: Message, *, emoji: str, by: Agent) -> Message | None:
    """Put an emoji on a message, or take ours back with ""; None when nothing changed."""
    conversation = message.conversation
    hold(conversation)
    ours = Reaction.objects.filter(message=message, from_us=True).first()
    if (ours.emoji if ours else "") == emoji:
        return None
    now = timezone.now()
    _require_reactable(message, emoji)
    reaction = Message(
        conversation=conversation,
        channel=conversation.channel,
        direction=Message.Direction.OUT,
        kind=Message.Kind.REACTION,
        status=Message.Status.QUEUED,
        origin=Message.Origin.AGENT,
        author=by,
        content={"emoji": emoji, "target": message.pk},
        quoted=message,
        at=now,
        due_at=now,
        created_at=now,
        changed_at=now,
    )
    refusals.require_possible(reaction, None, now=now)
    require_sendable(reaction)
    store(reaction)
    _show(message, emoji, by)
    return reaction


def _require_reactable(message: Message, emoji: str) -> None:
    if len(emoji) > LONGEST:
        raise NotSendable("emoji", _("Choose an emoji."))
    if not message.wamid or message.revoked_at:
        raise NotSendable("target", _("There is nothing at WhatsApp yet to react to."))
    if message.at < timezone.now() - OLDEST:
        raise NotSendable("target", _("WhatsApp takes no reactions to messages that old."))


def _show(message: Message, emoji: str, by: Agent) -> None:
    now = timezone.now()
    Reaction.objects.update_or_create(
        message=message,
        from_us=True,
        defaults={"emoji": emoji, "author": by, "at": now},
    )
    message.changed_at = now
    message.save(update_fields=["changed_at"])
    events.publish(events.about(message.conversation))
