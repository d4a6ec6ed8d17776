"""Which of our numbers a happening is about, and whether its signer may speak of it."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import timedelta

from inbox.actions.inbound.arrivals import Arrival
from inbox.actions.statements import fetch, instances
from inbox.models import Channel, Webhook
from inbox.whatsapp.happenings import Happening, PersonHappening

logger = logging.getLogger(__name__)

HEARD_EVERY = timedelta(minutes=1)
# What every batch needs; the rest is fetched when somebody asks for it.
COLUMNS = (
    "id", "phone_number_id", "waba_id", "portfolio_id", "display_phone_number",
    "reopen_hours", "answers_automatically", "webhook_heard_at", "routing",
)  # fmt: skip
IN_USE = f"SELECT {', '.join(COLUMNS)} FROM inbox_channel WHERE retired_at IS NULL"  # noqa: S608
SIGNERS = "SELECT channel_id, fingerprint FROM inbox_appsecret"


class Numbers:
    """All numbers in use, by each of the ways Meta names them. Two queries, once a batch."""

    def __init__(self) -> None:
        channels = instances(Channel, COLUMNS, fetch(IN_USE))
        self._by_id = {channel.phone_number_id: channel for channel in channels}
        self._by_account: dict[str, list[Channel]] = defaultdict(list)
        for channel in self._by_id.values():
            self._by_account[channel.waba_id].append(channel)
        self._signers = set(fetch(SIGNERS))

    def arrivals(self, happening: Happening, webhook: Webhook) -> list[Arrival[Happening]]:
        """One for each number it is about; none when it is not about us."""
        return [
            Arrival(happening, channel, webhook.pk, webhook.received_at)
            for channel in self._about(happening)
            if self._may_speak(happening, webhook, channel)
        ]

    def _may_speak(self, happening: Happening, webhook: Webhook, channel: Channel) -> bool:
        if (channel.pk, webhook.signed_by) in self._signers:
            return True
        logger.warning(
            "webhook %s, %r: not signed for number %s, dropped",
            *(webhook.pk, happening, channel.phone_number_id),
        )
        return False

    def is_unclear(self, happening: Happening) -> bool:
        """It is about one of our accounts, and does not say about which number."""
        return not happening.phone_number_id and happening.waba_id in self._by_account

    def _about(self, happening: Happening) -> list[Channel]:
        if happening.phone_number_id:
            channel = self._by_id.get(happening.phone_number_id)
            return [channel] if channel else []
        of_account = self._by_account.get(happening.waba_id, [])
        if isinstance(happening, PersonHappening) and len(of_account) > 1:
            of_account = []  # a customer's message belongs to one number only
        if happening.display_phone_number:
            candidates = of_account or list(self._by_id.values())
            same = [c for c in candidates if _digits(c) == happening.display_phone_number]
            # Without a match it is about the account: one number, or all of its numbers.
            return same[:1] or of_account
        return of_account


def _digits(channel: Channel) -> str:
    return "".join(filter(str.isdigit, channel.display_phone_number))


def note_heard(arrivals: list[Arrival[Happening]]) -> None:
    """When we last heard of each number, to the minute."""
    latest = {arrival.channel.pk: arrival for arrival in arrivals}
    stale = [
        arrival
        for arrival in latest.values()
        if (before := arrival.channel.webhook_heard_at) is None
        or arrival.heard_at - before > HEARD_EVERY
    ]
    for arrival in stale:
        Channel.objects.filter(pk=arrival.channel.pk).update(webhook_heard_at=arrival.heard_at)
