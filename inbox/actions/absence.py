"""Conversations of agents who are not there go back to the queue, where the number wants it so.

Those of somebody who was locked out always do: nobody could answer them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from inbox import events
from inbox.actions import routing, timeline
from inbox.models import Agent, Channel, Conversation, WentBack
from inbox.models.conversation import ConversationQuerySet
from inbox.routing import absence

AT_ONCE = 200
Presence, Status = Agent.Presence, Conversation.Status


def sweep(*, now: datetime | None = None) -> None:
    now = now or timezone.now()
    for pk in [*_of_locked_out(), *_overdue(now)][:AT_ONCE]:
        send_back(pk, now=now)


def send_back_all(agent: Agent) -> None:
    """Of somebody who was locked out, also what they had put off."""
    held = Conversation.objects.filter(assignee=agent).exclude(status=Status.CLOSED)
    now = timezone.now()
    for pk in held.order_by("queued_at", "pk").values_list("pk", flat=True):
        send_back(pk, now=now)


@transaction.atomic
def send_back(conversation_id: int, *, now: datetime) -> bool:
    """Look once more under its lock, and put it into the queue if that still holds."""
    rows = Conversation.objects.select_related("assignee", "channel")
    conversation = rows.select_for_update(of=("self",), no_key=True).get(pk=conversation_id)
    agent = conversation.assignee
    if agent is None or conversation.status == Status.CLOSED:
        return False
    why = absence.goes_back(
        _attendance(agent), _held(conversation), rule_of(conversation.channel), now=now
    )
    if why is None:
        return False
    conversation.assignee = conversation.assigned_at = None
    conversation.changed_at = now
    conversation.save(update_fields=["assignee", "assigned_at", "changed_at"])
    minutes = conversation.channel.absence_minutes
    timeline.record(conversation, "went_back", name=agent.name, why=why.value, minutes=minutes)
    if why is not absence.Why.LOCKED_OUT:
        WentBack.objects.update_or_create(
            agent=agent, conversation=conversation, defaults={"at": now}
        )
    events.publish(events.about(conversation))
    routing.request()
    return True


def note_seen(agent: Agent) -> None:
    """They have read what went back while they were gone."""
    WentBack.objects.filter(agent=agent).delete()


def rule_of(channel: Channel) -> absence.Rule:
    minutes = channel.absence_minutes
    after = None if minutes is None else timedelta(minutes=minutes)
    return absence.Rule(after, takes_all=channel.absence_takes_all)


def _attendance(agent: Agent) -> absence.Attendance:
    return absence.Attendance(
        agent.presence, agent.absent_since, agent.last_seen_at, is_active=agent.is_active
    )


def _held(conversation: Conversation) -> absence.Held:
    is_waited_in = conversation.waiting_since is not None
    return absence.Held(conversation.assigned_at, is_waited_in=is_waited_in)


def _of_locked_out() -> list[int]:
    """What reached them afterwards: a customer came back to a case of theirs."""
    return _held_by(Agent.objects.filter(is_active=False), Conversation.objects.open())


def _overdue(now: datetime) -> Iterator[int]:
    """Whoever might be long enough gone; ``send_back`` asks the rule itself."""
    ruled = Channel.objects.in_use().filter(absence_minutes__isnull=False)
    rules = {channel.pk: rule_of(channel) for channel in ruled.only(*_OF_RULES)}
    for rule, numbers in _alike(rules).items():
        if rule.after is None or not (gone := _gone_since(now - rule.after, now)):
            continue
        held = Conversation.objects.open().filter(channel__in=numbers)
        held = held.filter(Q(assigned_at=None) | Q(assigned_at__lte=now - rule.after))
        if not rule.takes_all:
            held = held.filter(waiting_since__isnull=False)
        yield from _held_by(gone, held)


_OF_RULES = ("absence_minutes", "absence_takes_all")


def _alike(rules: dict[int, absence.Rule]) -> dict[absence.Rule, list[int]]:
    alike: dict[absence.Rule, list[int]] = {}
    for number, rule in rules.items():
        alike.setdefault(rule, []).append(number)
    return alike


def _gone_since(moment: datetime, now: datetime) -> list[int]:
    absent = Agent.objects.active().annotate(
        since=Coalesce("absent_since", "last_seen_at", absence.NEVER_HERE)
    )
    said = ~Q(presence=Presence.ONLINE) & Q(since__lte=moment)
    unseen = Q(
        presence=Presence.ONLINE, last_seen_at__lte=min(moment, now - absence.SEEN_WITHIN)
    )
    return list(absent.filter(said | unseen).values_list("pk", flat=True))


def _held_by(agents: list[int] | QuerySet[Agent], held: ConversationQuerySet) -> list[int]:
    rows = held.filter(assignee__in=agents).order_by("queued_at", "pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])
