"""What Meta tells about the account and its numbers. One value, one happening."""

from __future__ import annotations

from inbox.whatsapp.happenings import (
    AccountAlerted,
    AccountReviewed,
    AccountUpdated,
    BusinessUsernameChanged,
    CapabilityChanged,
    FlowEvent,
    Happening,
    NumberNameDecided,
    NumberQualityChanged,
    NumberSettingsChanged,
    Recorded,
    Restriction,
    SecurityEvent,
)

from .fragment import Fragment
from .reading import elements, ident, moment, obj, text, texts


def read_account_update(fragment: Fragment) -> Happening:
    value = fragment.raw
    event = text(value.get("event"))
    if not event:
        return fragment.unknown("account update without an event")
    # PARTNER_* events come under the partner's id, not under the account's.
    account = ident(obj(value.get("waba_info")).get("waba_id"))
    sender, head = fragment.origin.waba_id, fragment.head()
    head["waba_id"] = account or sender
    ban = obj(value.get("ban_info"))
    return AccountUpdated(
        **head,
        event=event.upper(),
        restrictions=tuple(map(_restriction, elements(value.get("restriction_info")))),
        violation_type=text(obj(value.get("violation_info")).get("violation_type")),
        ban_states=texts(ban.get("waba_ban_state")),
        ban_date=text(ban.get("waba_ban_date")),
        sender_id=sender if account else "",
    )


def _restriction(item: object) -> Restriction:
    entry = obj(item)
    return Restriction(
        type=text(entry.get("restriction_type")), expires_at=moment(entry.get("expiration"))
    )


def read_account_alert(fragment: Fragment) -> Happening:
    value = fragment.raw
    alert = obj(value.get("alert_info"))
    # Some come without the wrapping.
    alert = alert or value
    return AccountAlerted(
        **fragment.head(),
        entity_type=text(value.get("entity_type")),
        entity_id=ident(value.get("entity_id")),
        severity=text(alert.get("alert_severity")),
        status=text(alert.get("alert_status")),
        type=text(alert.get("alert_type")),
        description=text(alert.get("alert_description")),
    )


def read_account_review(fragment: Fragment) -> Happening:
    return AccountReviewed(**fragment.head(), decision=text(fragment.raw.get("decision")))


def read_capability(fragment: Fragment) -> Happening:
    def first(start: str) -> str:
        # Spelt in four ways: per business, per phone, conversation, conversations.
        return next((text(v) for k, v in fragment.raw.items() if k.startswith(start)), "")

    return CapabilityChanged(
        **fragment.head(),
        max_daily_conversations=first("max_daily_conversation"),
        max_phone_numbers=first("max_phone_numbers"),
    )


def read_settings(fragment: Fragment) -> Happening:
    settings = obj(fragment.raw.get("phone_number_settings"))
    head = fragment.head()
    head["phone_number_id"] = ident(settings.get("phone_number_id")) or head["phone_number_id"]
    return NumberSettingsChanged(**head, type=text(fragment.raw.get("type")), settings=settings)


def read_number_quality(fragment: Fragment) -> Happening:
    value = fragment.raw
    daily = value.get("max_daily_conversations_per_business")
    return NumberQualityChanged(
        **fragment.head(),
        event=text(value.get("event")).upper(),
        current_limit=text(value.get("current_limit")),
        old_limit=text(value.get("old_limit")),
        max_daily_conversations=text(daily),
    )


def read_number_name(fragment: Fragment) -> Happening:
    return NumberNameDecided(
        **fragment.head(),
        decision=text(fragment.raw.get("decision")).upper(),
        requested_name=text(fragment.raw.get("requested_verified_name")),
        rejection_reason=text(fragment.raw.get("rejection_reason")),
    )


def read_security(fragment: Fragment) -> Happening:
    return SecurityEvent(
        **fragment.head(),
        event=text(fragment.raw.get("event")).upper(),
        requester=ident(fragment.raw.get("requester")),
    )


def read_business_username(fragment: Fragment) -> Happening:
    return BusinessUsernameChanged(
        **fragment.head(),
        username=text(fragment.raw.get("username")),
        status=text(fragment.raw.get("status")).lower(),
    )


def read_flow(fragment: Fragment) -> Happening:
    return FlowEvent(
        **fragment.head(),
        event=text(fragment.raw.get("event")).upper(),
        flow_id=ident(fragment.raw.get("flow_id")),
        message=text(fragment.raw.get("message")),
    )


def read_recorded(fragment: Fragment) -> Happening:
    return Recorded(**fragment.head(), field=fragment.origin.field)
