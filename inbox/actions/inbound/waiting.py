"""What spoke of a message before the message was there, applied when it appears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from inbox.actions.inbound.arrivals import Arrival
from inbox.actions.statements import fetch
from inbox.models import ParkedHappening
from inbox.whatsapp import read

State = ParkedHappening.State
WAITING = """
    SELECT id, channel_id, target_wamid FROM inbox_parkedhappening
    WHERE channel_id = ANY(%b::bigint[]) AND target_wamid = ANY(%b::text[])
        AND state = 'waiting'
"""


def settle(appeared: set[tuple[int, str]]) -> None:
    """Apply what waits for these messages (channel and wamid); they are forgotten then."""
    if not appeared:
        return
    channels, wamids = zip(*appeared, strict=True)
    rows = fetch(WAITING, list(set(channels)), list(wamids))
    if found := [pk for pk, *told in rows if tuple(told) in appeared]:
        parked = ParkedHappening.objects.filter(pk__in=found)
        apply_parked(parked.select_related("webhook", "channel").order_by("pk"))
    appeared.clear()


def apply_parked(parked: Iterable[ParkedHappening]) -> None:
    """One by one, each in a savepoint: a failing one is marked so and the others go on."""
    from inbox.actions.inbound.applying import apply_alone

    for each in parked:
        arrivals = list(reread(each))
        ParkedHappening.objects.filter(pk=each.pk).update(
            state=State.DONE if arrivals else State.DROPPED,
            tries=each.tries + 1,
            settled_at=timezone.now(),
        )
        for arrival in arrivals:
            apply_alone(arrival)


def reread(parked: ParkedHappening) -> Iterator[Arrival[Any]]:
    """The happening as its webhook told it; nothing when the body has been wiped."""
    webhook, channel = parked.webhook, parked.channel
    if webhook is None or channel is None or not webhook.body:
        return
    for happening in read(bytes(webhook.body)):
        if (happening.path, type(happening).__name__) == (parked.path, parked.kind):
            yield Arrival(happening, channel, webhook.pk, webhook.received_at)
