"""What happens to the account: templates, numbers, limits, bans. Dedupe by `dedupe_key`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .head import Happening


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TemplateHappening(Happening):
    template_id: str = ""
    name: str = ""
    language: str = ""
    """As the API writes it: ``en_US``, also where the webhook said ``en-US``."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TemplateStatusChanged(TemplateHappening):
    event: str = ""
    """Upper-case word: APPROVED, REJECTED, PAUSED, …"""
    reason: str = ""
    category: str = ""
    disable_date: str = ""
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TemplateQualityChanged(TemplateHappening):
    previous: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TemplateComponentsChanged(TemplateHappening):
    header: str = ""
    body: str = ""
    footer: str = ""
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TemplateCategoryChanged(TemplateHappening):
    previous: str = ""
    new: str = ""
    """Empty when Meta only announces what it takes for the correct one."""
    correct: str = ""
    effective_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NumberQualityChanged(Happening):
    event: str = ""
    current_limit: str = ""
    old_limit: str = ""
    max_daily_conversations: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NumberNameDecided(Happening):
    decision: str = ""
    requested_name: str = ""
    rejection_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    type: str = ""
    """RESTRICTED_BIZ_INITIATED_MESSAGING, RESTRICTED_CUSTOMER_INITIATED_MESSAGING, …"""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AccountUpdated(Happening):
    """Of PARTNER_* events `waba_id` is the account they speak of, `sender_id` the partner."""

    event: str = ""
    restrictions: tuple[Restriction, ...] = ()
    violation_type: str = ""
    ban_states: tuple[str, ...] = ()
    """SCHEDULE_FOR_DISABLE, DISABLE, REINSTATE."""
    ban_date: str = ""
    sender_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AccountAlerted(Happening):
    entity_type: str = ""
    entity_id: str = ""
    severity: str = ""
    status: str = ""
    type: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AccountReviewed(Happening):
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CapabilityChanged(Happening):
    """Numbers or TIER_ words, both as text; empty where Meta said nothing."""

    max_daily_conversations: str = ""
    max_phone_numbers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NumberSettingsChanged(Happening):
    type: str = ""
    settings: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SecurityEvent(Happening):
    event: str = ""
    """PIN_CHANGED, PIN_RESET_REQUEST, PIN_REQUEST_SUCCESS."""
    requester: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BusinessUsernameChanged(Happening):
    username: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FlowEvent(Happening):
    event: str = ""
    flow_id: str = ""
    message: str = ""
