"""What Meta says about our numbers and the account: state of the number, and its own timeline.

Each piece of news is kept once; its effect is taken over unless something newer of the same
kind is known already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from inbox.actions.inbound import severities, templates
from inbox.actions.inbound.arrivals import Arrival
from inbox.actions.inbound.news import News
from inbox.models import Channel, ChannelEvent
from inbox.whatsapp import happenings as h

# Meta restricts for 30 days at most; said without an end it is taken for that.
LONGEST_RESTRICTION = timedelta(days=30)
BACK_TO_NORMAL = frozenset({"REINSTATE", "ACCOUNT_RECONNECTED"})

KINDS: dict[type[h.Happening], str] = {
    h.NumberQualityChanged: "phone_number_quality_update",
    h.NumberNameDecided: "phone_number_name_update",
    h.AccountUpdated: "account_update",
    h.AccountAlerted: "account_alerts",
    h.AccountReviewed: "account_review_update",
    h.CapabilityChanged: "business_capability_update",
    h.NumberSettingsChanged: "account_settings_update",
    h.SecurityEvent: "security",
    h.BusinessUsernameChanged: "business_username_updates",
    h.FlowEvent: "flows",
    h.TemplateStatusChanged: "message_template_status_update",
    h.TemplateQualityChanged: "message_template_quality_update",
    h.TemplateComponentsChanged: "message_template_components_update",
    h.TemplateCategoryChanged: "template_category_update",
    h.ProblemsReported: "errors",
    h.HistoryProgressed: "history",
    h.HistoryDeclined: "history_declined",
    h.GroupChanged: "groups",
    h.Recorded: "recorded",
}
HANDLED = tuple(KINDS)


def apply(arrival: Arrival[h.Happening], news: News) -> None:
    happening, channel = arrival.happening, arrival.channel
    if not _keep(arrival):
        return
    news.channels.add(channel.pk)
    if isinstance(happening, h.TemplateHappening):
        templates.apply(arrival, news)
    elif (effect := _EFFECTS.get(type(happening))) and not _is_overtaken(arrival):
        effect(channel, arrival)


def kind_of(happening: h.Happening) -> str:
    told = happening.field if isinstance(happening, h.Recorded | h.GroupChanged) else ""
    return (told or KINDS[type(happening)])[:64]


def _keep(arrival: Arrival[h.Happening]) -> bool:
    """Store it in the number's timeline; False when it had been told before."""
    happening, channel = arrival.happening, arrival.channel
    words = f"{channel.pk}:{happening.dedupe_key}"
    key = hashlib.sha256(words.encode()).hexdigest()
    _event, is_new = ChannelEvent.objects.get_or_create(
        dedupe_key=key,
        defaults={
            "channel": channel,
            "waba_id": happening.waba_id[:64],
            "kind": kind_of(happening),
            "severity": severities.severity_of(happening),
            "data": happening.raw,
            "at": arrival.at,
        },
    )
    return is_new


def _is_overtaken(arrival: Arrival[h.Happening]) -> bool:
    newer = arrival.channel.events.filter(kind=kind_of(arrival.happening), at__gt=arrival.at)
    return newer.exists()


def _save(channel: Channel, **changes: Any) -> None:
    Channel.objects.filter(pk=channel.pk).update(**changes)
    for name, value in changes.items():
        setattr(channel, name, value)


def _quality(channel: Channel, arrival: Arrival[Any]) -> None:
    changed: h.NumberQualityChanged = arrival.happening
    if changed.event in {"FLAGGED", "UNFLAGGED"}:
        _save(channel, quality=changed.event)
    if limit := changed.current_limit or changed.max_daily_conversations:
        _save(channel, messaging_limit=limit[:32])


def _name(channel: Channel, arrival: Arrival[Any]) -> None:
    decided: h.NumberNameDecided = arrival.happening
    _save(channel, name_status=decided.decision[:32])
    if decided.decision == "APPROVED" and decided.requested_name:
        _save(channel, verified_name=decided.requested_name[:160])


def _account(channel: Channel, arrival: Arrival[Any]) -> None:
    updated: h.AccountUpdated = arrival.happening
    state = updated.ban_states[-1] if updated.ban_states else updated.event
    if severities.is_about_standing(updated):
        _save(channel, account_status=state[:64])
    for restriction in updated.restrictions:
        until = restriction.expires_at or arrival.at + LONGEST_RESTRICTION
        if restriction.type == "RESTRICTED_CUSTOMER_INITIATED_MESSAGING":
            _save(channel, replies_restricted_until=until)
        elif restriction.type == "RESTRICTED_BIZ_INITIATED_MESSAGING":
            _save(channel, business_initiated_restricted_until=until)
    if state in BACK_TO_NORMAL:
        _save(channel, replies_restricted_until=None, business_initiated_restricted_until=None)


def _review(channel: Channel, arrival: Arrival[Any]) -> None:
    _note_health(channel, review=arrival.happening.decision)


def _capability(channel: Channel, arrival: Arrival[Any]) -> None:
    changed: h.CapabilityChanged = arrival.happening
    if changed.max_daily_conversations:
        _save(channel, messaging_limit=changed.max_daily_conversations[:32])
    _note_health(channel, max_phone_numbers=changed.max_phone_numbers)


def _settings(channel: Channel, arrival: Arrival[Any]) -> None:
    _note_health(channel, settings=arrival.happening.settings)


def _username(channel: Channel, arrival: Arrival[Any]) -> None:
    changed: h.BusinessUsernameChanged = arrival.happening
    gone = changed.status == "deleted"
    _save(channel, username="" if gone else changed.username[:64])


def _problems(channel: Channel, arrival: Arrival[Any]) -> None:
    codes = [error.code for error in arrival.happening.errors]
    _note_health(channel, last_errors=codes[:20])


def _note_health(channel: Channel, **facts: Any) -> None:
    _save(channel, health={**channel.health, **facts})


_EFFECTS: dict[type[h.Happening], Callable[[Channel, Arrival[Any]], None]] = {
    h.NumberQualityChanged: _quality,
    h.NumberNameDecided: _name,
    h.AccountUpdated: _account,
    h.AccountReviewed: _review,
    h.CapabilityChanged: _capability,
    h.NumberSettingsChanged: _settings,
    h.BusinessUsernameChanged: _username,
    h.ProblemsReported: _problems,
}
