"""Happenings that wait, failed, or are unknown: kept where an admin can read them."""

from __future__ import annotations

from collections.abc import Iterable

from inbox.actions.inbound.arrivals import Arrival
from inbox.models import ParkedHappening, Webhook
from inbox.whatsapp.happenings import Happening

State = ParkedHappening.State
LONGEST_REASON = 300
LONGEST_PATH = 200


def wait(arrivals: Iterable[tuple[Arrival[Happening], str]]) -> None:
    """Until the message they speak of is there."""
    _store(
        _parked(
            arrival.happening,
            State.WAITING,
            "speaks of a message that is not here",
            webhook_id=arrival.webhook_id,
            channel_id=arrival.channel.pk,
            target_wamid=wamid,
        )
        for arrival, wamid in arrivals
    )


def fail(arrival: Arrival[Happening], reason: str) -> None:
    _store(
        [
            _parked(
                arrival.happening,
                State.FAILED,
                reason,
                webhook_id=arrival.webhook_id,
                channel_id=arrival.channel.pk,
            )
        ]
    )


def keep_unknown(arrivals: Iterable[Arrival[Happening]]) -> None:
    _store(
        _parked(
            arrival.happening,
            State.UNKNOWN,
            getattr(arrival.happening, "reason", ""),
            webhook_id=arrival.webhook_id,
            channel_id=arrival.channel.pk,
        )
        for arrival in arrivals
    )


def keep_nameless(happening: Happening, webhook: Webhook, state: State, reason: str) -> None:
    """Something signed that names no number of ours."""
    _store([_parked(happening, state, reason, webhook_id=webhook.pk)])


def _parked(
    happening: Happening, state: State, reason: str, **where: int | str
) -> ParkedHappening:
    return ParkedHappening(
        state=state,
        kind=type(happening).__name__,
        path=happening.path[:LONGEST_PATH],
        reason=reason[:LONGEST_REASON],
        raw=happening.raw,
        **where,
    )


def _store(parked: Iterable[ParkedHappening]) -> None:
    """One that is tried again keeps its row and its first moment, and gets the new state."""
    once = {(each.webhook_id, each.path): each for each in parked}
    if once:
        ParkedHappening.objects.bulk_create(
            once.values(),
            update_conflicts=True,
            unique_fields=["webhook", "path"],
            update_fields=["state", "reason", "settled_at"],
        )
