"""What the Graph API knows of our account: templates, numbers, apps, tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .payloads.reading import elements, flag, ident, moment, obj, text, texts

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRecord:
    template_id: str
    name: str = ""
    language: str = ""
    status: str = ""
    category: str = ""
    sub_category: str = ""
    parameter_format: str = ""
    components: tuple[Document, ...] = ()
    quality: str = ""
    rejected_reason: str = ""
    previous_category: str = ""
    correct_category: str = ""


TEMPLATE_FIELDS = (
    "id,name,language,status,category,sub_category,parameter_format,components,"
    "quality_score,rejected_reason,previous_category,correct_category"
)


def template_from(document: Document) -> TemplateRecord:
    quality = document.get("quality_score")
    return TemplateRecord(
        template_id=ident(document.get("id")),
        name=text(document.get("name")),
        language=text(document.get("language")).replace("-", "_"),
        status=text(document.get("status")).upper(),
        category=text(document.get("category")).upper(),
        sub_category=text(document.get("sub_category")).upper(),
        parameter_format=text(document.get("parameter_format")).upper(),
        components=tuple(obj(c) for c in elements(document.get("components")) if obj(c)),
        quality=text(obj(quality).get("score") or quality).upper(),
        rejected_reason=text(document.get("rejected_reason")),
        previous_category=text(document.get("previous_category")).upper(),
        correct_category=text(document.get("correct_category")).upper(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRecord:
    phone_number_id: str
    display_phone_number: str = ""
    """As Meta shows it, with blanks: for people."""
    verified_name: str = ""
    quality_rating: str = ""
    messaging_limit_tier: str = ""
    code_verification_status: str = ""
    name_status: str = ""
    status: str = ""
    platform_type: str = ""
    account_mode: str = ""
    throughput: str = ""
    is_official: bool = False
    can_send: str = ""
    """AVAILABLE, LIMITED or BLOCKED."""
    health_problems: tuple[str, ...] = ()
    webhooks: tuple[tuple[str, str], ...] = ()
    """Who is told, by level: (level, address)."""


NUMBER_FIELDS = (
    "id,display_phone_number,verified_name,quality_rating,messaging_limit_tier,"
    "code_verification_status,name_status,status,throughput,platform_type,"
    "is_official_business_account,account_mode,health_status,webhook_configuration"
)


def number_from(document: Document) -> NumberRecord:
    health = obj(document.get("health_status"))
    webhooks = obj(document.get("webhook_configuration"))
    return NumberRecord(
        phone_number_id=ident(document.get("id")),
        display_phone_number=text(document.get("display_phone_number")),
        verified_name=text(document.get("verified_name")),
        quality_rating=text(document.get("quality_rating")),
        messaging_limit_tier=text(document.get("messaging_limit_tier")),
        code_verification_status=text(document.get("code_verification_status")),
        name_status=text(document.get("name_status")),
        status=text(document.get("status")),
        platform_type=text(document.get("platform_type")),
        account_mode=text(document.get("account_mode")),
        throughput=text(obj(document.get("throughput")).get("level")),
        is_official=flag(document.get("is_official_business_account")),
        can_send=text(health.get("can_send_message")),
        health_problems=_health_problems(health),
        webhooks=tuple((level, text(address)) for level, address in webhooks.items()),
    )


def _health_problems(health: Document) -> tuple[str, ...]:
    entities = [obj(entity) for entity in elements(health.get("entities"))]
    errors = [obj(error) for entity in entities for error in elements(entity.get("errors"))]
    return texts([error.get("error_description") for error in errors])


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    waba_id: str
    name: str = ""
    currency: str = ""
    timezone_id: str = ""
    review_status: str = ""
    messaging_limit: str = ""
    can_send: str = ""
    health_problems: tuple[str, ...] = ()


ACCOUNT_FIELDS = (
    "id,name,currency,timezone_id,account_review_status,health_status,"
    "whatsapp_business_manager_messaging_limit"
)


def account_from(document: Document) -> AccountRecord:
    health = obj(document.get("health_status"))
    return AccountRecord(
        waba_id=ident(document.get("id")),
        name=text(document.get("name")),
        currency=text(document.get("currency")),
        timezone_id=text(document.get("timezone_id")),
        review_status=text(document.get("account_review_status")),
        messaging_limit=text(document.get("whatsapp_business_manager_messaging_limit")),
        can_send=text(health.get("can_send_message")),
        health_problems=_health_problems(health),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribedApp:
    app_id: str
    name: str = ""
    override_address: str = ""


def subscribed_app_from(document: Document) -> SubscribedApp:
    app = obj(document.get("whatsapp_business_api_data")) or document
    return SubscribedApp(
        app_id=ident(app.get("id")),
        name=text(app.get("name")),
        override_address=text(document.get("override_callback_uri")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenInfo:
    is_valid: bool = False
    app_id: str = ""
    scopes: tuple[str, ...] = ()
    target_ids: frozenset[str] = frozenset()
    """The accounts the token was given for. Empty: for all."""
    expires_at: datetime | None = None
    """None: never."""
    data_access_expires_at: datetime | None = None
    problem: str = ""


def token_info_from(document: Document) -> TokenInfo:
    data = obj(document.get("data"))
    granular = [obj(scope) for scope in elements(data.get("granular_scopes"))]
    targets = [text(t) for scope in granular for t in elements(scope.get("target_ids"))]
    return TokenInfo(
        is_valid=flag(data.get("is_valid")),
        app_id=ident(data.get("app_id")),
        scopes=texts(data.get("scopes")),
        target_ids=frozenset(targets),
        expires_at=moment(data.get("expires_at")),
        data_access_expires_at=moment(data.get("data_access_expires_at")),
        problem=text(obj(data.get("error")).get("message")),
    )
