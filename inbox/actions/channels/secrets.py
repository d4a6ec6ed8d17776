"""The secrets of a number: encrypted at rest, replaced one by one, never shown again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from inbox import events, nudges, tasks
from inbox.actions import number_events
from inbox.actions.deliveries import circuits
from inbox.encryption import fingerprint
from inbox.models import Agent, AppSecret, Channel


class OnlySecret(Exception):
    """Without any app secret nothing of Meta's could be believed."""


@transaction.atomic
def set_token(channel: Channel, *, token: str, by: Agent | None = None) -> None:
    """In use from the next call on. A queue that waits because of the old one is tried now."""
    channel.token = token
    channel.save(update_fields=["token"])
    number_events.record_by_agent(channel, "token_changed", by)
    circuits.probe_soon(channel, now=timezone.now())
    nudges.after_commit(tasks.carry, channel.pk)


@transaction.atomic
def set_verify_token(channel: Channel, *, verify_token: str, by: Agent | None = None) -> None:
    channel.verify_token = verify_token
    channel.save(update_fields=["verify_token"])
    number_events.record_by_agent(channel, "verify_token_changed", by)


@transaction.atomic
def add_app_secret(channel: Channel, *, secret: str, by: Agent | None = None) -> AppSecret:
    """One more that counts, beside those we have."""
    kept = keep_app_secret(channel, secret)
    number_events.record_by_agent(channel, "app_secret_added", by)
    events.publish(events.ChannelChanged(channel.pk))
    return kept


@transaction.atomic
def remove_app_secret(secret: AppSecret, *, by: Agent | None = None) -> None:
    """Posts signed with it are refused from now on."""
    others = AppSecret.objects.filter(channel=secret.channel_id).exclude(pk=secret.pk)
    if not others.exists():
        raise OnlySecret
    channel = secret.channel
    secret.delete()
    number_events.record_by_agent(channel, "app_secret_removed", by)
    events.publish(events.ChannelChanged(channel.pk))


def keep_app_secret(channel: Channel, secret: str) -> AppSecret:
    """Store it, unless we have it."""
    kept, _ = AppSecret.objects.get_or_create(
        channel=channel, fingerprint=fingerprint(secret), defaults={"secret": secret}
    )
    return kept
