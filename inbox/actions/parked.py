"""Trying again what was parked, because an admin says so."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone

from inbox.actions import inbound
from inbox.actions.inbound.numbers import Numbers
from inbox.models import Agent, ParkedHappening
from inbox.whatsapp import read
from inbox.whatsapp.happenings import Happening

logger = logging.getLogger(__name__)
State = ParkedHappening.State


@transaction.atomic
def try_again(parked: ParkedHappening, *, by: Agent) -> bool:
    """Read the webhook again and apply this part of it; say whether that went well."""
    parked = ParkedHappening.objects.select_for_update(of=("self",)).get(pk=parked.pk)
    logger.info("parked happening %s tried again by agent %s", parked.pk, by.pk)
    arrivals = _read_again(parked)
    parked.tries += 1
    parked.state, parked.settled_at = State.DONE, timezone.now()
    if not arrivals:
        parked.state, parked.reason = State.FAILED, _why_nothing(parked)
    parked.save(update_fields=["state", "tries", "settled_at", "reason"])
    inbound.apply_all(arrivals)
    parked.refresh_from_db()  # a failure parks it again, with its new reason
    return parked.state == State.DONE


def _read_again(parked: ParkedHappening) -> list[inbound.Arrival[Happening]]:
    webhook = parked.webhook
    if webhook is None or not webhook.body:
        return []
    numbers = Numbers()
    return [
        arrival
        for happening in read(bytes(webhook.body))
        if _is_part(happening.path, parked.path)
        for arrival in numbers.arrivals(happening, webhook)
    ]


def _is_part(path: str, of: str) -> bool:
    """What was one unknown piece may have become several that we know."""
    return path == of or path.startswith((f"{of}.", f"{of}[")) or not of


def _why_nothing(parked: ParkedHappening) -> str:
    if parked.webhook is None or not parked.webhook.body:
        return "the webhook has been wiped"
    return "it is still not about a number of ours"
