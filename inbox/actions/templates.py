"""Message templates as Meta has them: fetched whole, kept by account, name and language."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from inbox import events, graph, nudges, tasks
from inbox.models import Channel, Template
from inbox.whatsapp import GraphError, TemplateRecord
from inbox.whatsapp.templates import Preview, TemplateShape, read_shape, render
from inbox.whatsapp.templates import problems as problems_of

AT_ONCE = 200
STALE = timedelta(days=1)
# Columns are as wide as Meta's longest value today; a longer one must not stop the sync.
_FIELDS = (
    *("meta_id", "status", "category", "parameter_format", "components", "quality"),
    *("rejected_reason", "previous_category", "synced_at", "gone_at"),
)
logger = logging.getLogger(__name__)


def request_sync(channel: Channel) -> None:
    nudges.after_commit(tasks.sync_templates, channel.pk)


def sync(channel_id: int) -> None:
    """Bring our copy of the account's templates up to date. Raises nothing: we try again."""
    channel = Channel.objects.in_use().filter(pk=channel_id).first()
    if channel is None:
        return
    try:
        listed = list(
            graph.client_of(channel).templates(channel.waba_id, token=graph.token_of(channel))
        )
    except GraphError as exc:
        logger.warning("templates of channel %s could not be fetched: %s", channel.pk, exc)
        return
    _store(channel.waba_id, [r for r in listed if r.name and r.language])


def sync_stale(*, now: datetime) -> None:
    """Once for each account that was not heard of for a day: its numbers share the templates.

    Also what could not be fetched when the number was connected.
    """
    numbers = Channel.objects.in_use().order_by("pk")
    stale = numbers.filter(Q(templates_synced_at=None) | Q(templates_synced_at__lt=now - STALE))
    first_of_account: dict[str, int] = {}
    for pk, waba_id in stale.values_list("pk", "waba_id"):
        first_of_account.setdefault(waba_id, pk)
    for channel_id in first_of_account.values():
        nudges.now(tasks.sync_templates, channel_id)


def shape_of(template: Template) -> TemplateShape:
    """What an agent has to fill in: ``.variables`` with key, label, example."""
    return read_shape(template.components)


def preview(template: Template, values: dict[str, str]) -> Preview:
    return render(shape_of(template), values)


def problems(template: Template, values: dict[str, str]) -> dict[str, Promise]:
    """What is still wrong, by the key of the variable."""
    return problems_of(shape_of(template), values)


@transaction.atomic
def _store(waba_id: str, records: Iterable[TemplateRecord]) -> None:
    now = timezone.now()
    Template.objects.bulk_create(
        [_row(waba_id, record) for record in _one_each(records)],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["waba_id", "name", "language"],
        update_fields=_FIELDS,
    )
    ours = Template.objects.filter(waba_id=waba_id)
    ours.filter(synced_at__lt=now, gone_at=None).update(gone_at=now)
    channels = Channel.objects.filter(waba_id=waba_id)
    channels.update(templates_synced_at=now)
    ids = channels.in_use().values_list("pk", flat=True)
    events.publish(*(events.ChannelChanged(pk) for pk in ids))


def _one_each(records: Iterable[TemplateRecord]) -> Iterable[TemplateRecord]:
    """A language may be spelt two ways for Meta; for us it is one."""
    return {(record.name, record.language): record for record in records}.values()


def _row(waba_id: str, record: TemplateRecord) -> Template:
    return Template(
        waba_id=waba_id,
        meta_id=record.template_id[:64],
        name=record.name[:512],
        language=record.language[:16],
        status=record.status[:24],
        category=record.category[:24],
        parameter_format=record.parameter_format[:12],
        components=list(record.components),
        quality=record.quality[:16],
        rejected_reason=record.rejected_reason[:200],
        previous_category=record.previous_category[:24],
        synced_at=timezone.now(),
        gone_at=None,
    )
