"""The guarantee behind the hurry: what lies about gets a worker, what is over goes.

Each look goes through an index of its own that is empty when all is well.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from inbox import heartbeat, nudges, tasks
from inbox.actions import (
    absence,
    automation,
    bulk_acts,
    contact_blocks,
    conversations,
    deliveries,
    digests,
    long_waits,
    reminders,
    templates,
)
from inbox.actions.inbound import waiting
from inbox.actions.routing import assigning
from inbox.models import (
    AgentSession,
    Attachment,
    Conversation,
    Hint,
    Message,
    ParkedHappening,
    Webhook,
)

State = ParkedHappening.State

AT_ONCE = 200
DELETE_AT_ONCE = 2000
# By then the send it speaks of has been answered, or never will be.
WAITS_AT_MOST = timedelta(days=1)
RECENT = timedelta(minutes=10)
SETTLED_KEPT = timedelta(days=7)
HINTS_KEPT = timedelta(minutes=1)


def sweep(*, now: datetime | None = None) -> None:
    now = now or timezone.now()
    heartbeat.beat(now)
    _drain_what_lies(now)
    _fetch_files(now)
    _wake(now)
    _answer_automatically(now)
    reminders.wake_due(now)
    contact_blocks.sweep(now=now)
    _settle_waiting(ParkedHappening.objects.filter(parked_at__gt=now - RECENT))
    bulk_acts.sweep(now=now)
    deliveries.sweep(now=now)
    long_waits.look(now=now)
    absence.sweep(now=now)
    assigning.sweep()
    automation.sweep(now=now)


def tidy(*, now: datetime | None = None) -> None:
    now = now or timezone.now()
    _settle_waiting(ParkedHappening.objects.all())
    _drop_waiting(now)
    _delete_webhooks(now)
    Hint.objects.filter(created_at__lt=now - HINTS_KEPT).delete()
    settled = ParkedHappening.objects.filter(state__in=[State.DONE, State.DROPPED])
    settled.filter(parked_at__lt=now - SETTLED_KEPT).delete()
    AgentSession.objects.filter(expire_date__lt=now).delete()
    bulk_acts.tidy(now=now)
    automation.tidy(now=now)
    templates.sync_stale(now=now)
    digests.send_due(now=now)


def _drain_what_lies(now: datetime) -> None:
    late = now - timedelta(seconds=settings.SWEEP_AFTER_SECONDS)
    lying = Webhook.objects.filter(processed_at=None, received_at__lt=late)
    for lane in lying.order_by().values_list("lane", flat=True).distinct():
        nudges.now(tasks.drain, lane)


def _fetch_files(now: datetime) -> None:
    due = Attachment.objects.filter(due_at__lte=now).order_by("due_at")
    for attachment in due.values_list("pk", flat=True)[:AT_ONCE]:
        nudges.now(tasks.fetch_media, attachment)


def _wake(now: datetime) -> None:
    snoozed = Conversation.objects.snoozed().filter(snoozed_until__lte=now)
    for conversation in snoozed.order_by("snoozed_until")[:AT_ONCE]:
        conversations.wake(conversation)


def _answer_automatically(now: datetime) -> None:
    due = Conversation.objects.filter(automatic_due_at__lte=now).order_by("automatic_due_at")
    for conversation in due.values_list("pk", flat=True)[:AT_ONCE]:
        nudges.now(tasks.answer_automatically, conversation)


def _settle_waiting(parked: QuerySet[ParkedHappening]) -> None:
    """Its message came while it was being parked, and neither saw the other."""
    here = Message.objects.filter(channel=OuterRef("channel"), wamid=OuterRef("target_wamid"))
    due = parked.filter(Exists(here), state=State.WAITING).order_by("pk")
    with transaction.atomic():
        locked = due.select_related("webhook", "channel").select_for_update(
            of=("self",), skip_locked=True
        )
        waiting.apply_parked(list(locked[:AT_ONCE]))


def _drop_waiting(now: datetime) -> None:
    overdue = ParkedHappening.objects.filter(
        state=State.WAITING, parked_at__lt=now - WAITS_AT_MOST
    )
    overdue.update(state=State.DROPPED, settled_at=now, tries=F("tries") + 1)


def _delete_webhooks(now: datetime) -> None:
    """Bodies are personal data, and what they said has long been stored."""
    old = now - timedelta(days=settings.WEBHOOK_RETENTION_DAYS)
    ParkedHappening.objects.filter(parked_at__lt=old).exclude(raw={}).update(raw={})
    over = Webhook.objects.filter(received_at__lt=old, processed_at__isnull=False)
    while some := list(
        over.order_by("received_at").values_list("pk", flat=True)[:DELETE_AT_ONCE]
    ):
        Webhook.objects.filter(pk__in=some).delete()
