"""What a business has at WhatsApp: apps, business accounts, numbers and access tokens."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.shapes import Json

SCOPES = ("whatsapp_business_messaging", "whatsapp_business_management")


@dataclass(slots=True)
class App:
    id: str
    secret: str
    verify_token: str = ""
    callback_url: str = ""
    name: str = "Supportdesk"
    fields: list[str] = field(default_factory=list)  # empty: every field

    def wants(self, webhook_field: str) -> bool:
        return not self.fields or webhook_field in self.fields


@dataclass(slots=True)
class Account:
    """A WhatsApp business account (WABA)."""

    id: str
    name: str = "Möbelhaus Alma"
    currency: str = "EUR"
    timezone_id: str = "53"
    namespace: str = "a1b2c3d4_0000_4000_8000_simulator0001"
    # Subscribed apps, each with the callback URL that overrides the app's own, or "".
    apps: dict[str, str] = field(default_factory=dict)
    insights: bool = False


@dataclass(slots=True)
class Number:
    """A business telephone number."""

    id: str
    account_id: str
    display: str
    verified_name: str = "Möbelhaus Alma"
    quality: str = "GREEN"
    tier: str = "TIER_2K"
    status: str = "CONNECTED"
    name_status: str = "APPROVED"
    pin: str = ""
    callback_url: str = ""
    username: str = ""
    profile: Json = field(default_factory=dict)
    automation: Json = field(default_factory=dict)
    settings: Json = field(default_factory=dict)
    qr_codes: dict[str, Json] = field(default_factory=dict)
    blocked: list[str] = field(default_factory=list)  # ids of people
    delivered_service: dict[str, int] = field(default_factory=dict)  # by month, for billing

    @property
    def digits(self) -> str:
        return "".join(c for c in self.display if c.isdigit())


@dataclass(slots=True)
class Token:
    value: str
    app_id: str
    account_ids: list[str] = field(default_factory=list)  # empty: every account
    state: str = "valid"  # valid, expired, revoked, password_changed
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))

    def reaches(self, account_id: str) -> bool:
        return not self.account_ids or account_id in self.account_ids
