"""How a number behaves at our desk, and giving one up."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from inbox import events, failures
from inbox.actions import number_events
from inbox.actions.deliveries import endings
from inbox.models import Agent, Channel, ChannelEvent, Message, Team


@transaction.atomic
def update(
    channel: Channel,
    *,
    name: str,
    sends_read_marks: bool,
    sends_typing: bool,
    reopen_hours: int,
    requires_label: bool,
    teams: Iterable[Team],
    by: Agent,
) -> None:
    channel.name = name
    channel.sends_read_marks = sends_read_marks
    channel.sends_typing = sends_typing
    channel.reopen_hours = reopen_hours
    channel.requires_label = requires_label
    channel.save(
        update_fields=[
            *("name", "sends_read_marks", "sends_typing", "reopen_hours", "requires_label")
        ],
    )
    channel.teams.set(teams)
    number_events.record_by_agent(channel, "settings_changed", by)
    events.publish(events.ChannelChanged(channel.pk))


@transaction.atomic
def acknowledge(event: ChannelEvent, *, by: Agent) -> None:
    """Somebody has taken note; who did so first is remembered."""
    unseen = ChannelEvent.objects.filter(pk=event.pk, acknowledged_at=None)
    if unseen.update(acknowledged_at=timezone.now(), acknowledged_by=by) and event.channel_id:
        events.publish(events.ChannelChanged(event.channel_id))


def retire(channel: Channel, *, by: Agent | None = None) -> None:
    """Nothing leaves the number any more; its conversations stay to be read."""
    with transaction.atomic():
        changed = Channel.objects.filter(pk=channel.pk, retired_at=None)
        if not changed.update(retired_at=timezone.now()):
            return
        number_events.record_by_agent(channel, "retired", by)
        events.publish(events.ChannelChanged(channel.pk))
    channel.refresh_from_db(fields=["retired_at"])
    queued = Message.objects.filter(channel=channel, status=Message.Status.QUEUED)
    for pk in queued.order_by("pk").values_list("pk", flat=True):
        _give_up(pk)


def _give_up(pk: int) -> None:
    with transaction.atomic():
        message = endings.hold(pk)
        if message.status != Message.Status.QUEUED:
            return
        endings.fail(message, failures.RETIRED)
    endings.follow(message)
