"""Connecting a number: its ids and secrets are stored, and Meta is asked to tell us of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import transaction

from inbox import events, graph, nudges, tasks
from inbox.actions import number_events
from inbox.actions.channels.secrets import keep_app_secret
from inbox.models import Agent, Channel
from inbox.whatsapp import GraphError, NumberRecord

logger = logging.getLogger(__name__)


def connect(
    *,
    name: str,
    phone_number_id: str,
    waba_id: str,
    token: str,
    app_secrets: Iterable[str],
    verify_token: str,
    app_id: str = "",
    portfolio_id: str = "",
    graph_base_url: str = "",
    graph_version: str = "",
    by: Agent | None = None,
) -> Channel:
    """Store the number and introduce ourselves to Meta.

    What Meta refuses is no reason to forget what was typed: ``check`` says what is wrong. A
    number that is known already, in use or given up, is brought up to date.
    """
    with transaction.atomic():
        channel, is_new = Channel.objects.update_or_create(
            phone_number_id=phone_number_id,
            defaults={
                "name": name,
                "waba_id": waba_id,
                "app_id": app_id,
                "portfolio_id": portfolio_id,
                "token": token,
                "verify_token": verify_token,
                "graph_base_url": graph_base_url,
                "graph_version": graph_version,
                "retired_at": None,
            },
        )
        for secret in app_secrets:
            keep_app_secret(channel, secret)
        number_events.record_by_agent(channel, "connected" if is_new else "reconnected", by)
        nudges.after_commit(tasks.sync_templates, channel.pk)
        events.publish(events.ChannelChanged(channel.pk))
    _introduce(channel)
    return channel


def _introduce(channel: Channel) -> None:
    """Learn what the number is called, and have its webhooks sent to our app."""
    client, token = graph.client_of(channel), graph.token_of(channel)
    try:
        remember(channel, client.phone_number(channel.phone_number_id, token=token))
        client.subscribe_app(channel.waba_id, token=token)
    except GraphError as exc:
        logger.warning("channel %s could not be introduced: %s", channel.pk, exc)


def remember(channel: Channel, number: NumberRecord) -> None:
    """Keep what Meta says about the number; what it does not say stays as it was."""
    told = {
        "display_phone_number": number.display_phone_number[:32],
        "verified_name": number.verified_name[:160],
        "quality": number.quality_rating[:16],
        "messaging_limit": number.messaging_limit_tier[:32],
        "name_status": number.name_status[:32],
    }
    changes = {field: value for field, value in told.items() if value}
    Channel.objects.filter(pk=channel.pk).update(**changes)
    for field, value in changes.items():
        setattr(channel, field, value)
