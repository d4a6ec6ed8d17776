"""inbox.whatsapp.payloads.account and templates"""

from __future__ import annotations

from datetime import UTC, datetime

from inbox.whatsapp import happenings as h

from .bodies import NUMBER, OURS, WABA, only, read_value

ENTRY_TIME = datetime.fromtimestamp(1793000000, UTC)


def test_a_template_is_named_the_way_the_api_names_it() -> None:
    change = only(h.TemplateStatusChanged, "template_approved")

    assert change.template_id == "55012345678901"
    assert change.language == "en_US"
    assert (change.event, change.category) == ("APPROVED", "UTILITY")
    assert change.at == ENTRY_TIME


def test_reasons_are_kept_wherever_they_stand() -> None:
    rejected = only(h.TemplateStatusChanged, "template_rejected")
    disabled = only(h.TemplateStatusChanged, "template_disabled")
    paused = only(h.TemplateStatusChanged, "template_paused")

    assert (rejected.reason, rejected.description) == ("INVALID_FORMAT", "Mehr schreiben")
    assert (disabled.reason, disabled.disable_date) == ("", "1793000000")
    assert (paused.title, paused.description) == ("FIRST_PAUSE", "Paused for three hours")


def test_a_quality_update_under_the_wrong_field_is_one_all_the_same() -> None:
    misfiled = only(h.TemplateQualityChanged, "template_quality_misfiled")
    regular = only(h.TemplateQualityChanged, "template_quality")

    assert (misfiled.previous, misfiled.new) == ("GREEN", "YELLOW")
    assert (regular.previous, regular.new) == ("YELLOW", "RED")


def test_new_components_are_told() -> None:
    change = only(h.TemplateComponentsChanged, "template_components")

    assert change.body == "Hallo {{1}}, Ihr Rad ist fertig."
    assert change.buttons == ("Anfahrt",)


def test_a_category_is_changed_or_only_doubted() -> None:
    changed = only(h.TemplateCategoryChanged, "template_category")
    doubted = only(h.TemplateCategoryChanged, "template_correct_category")

    assert (changed.previous, changed.new) == ("UTILITY", "MARKETING")
    assert changed.effective_at == datetime.fromtimestamp(1793086400, UTC)
    assert (doubted.previous, doubted.new, doubted.correct) == ("UTILITY", "", "MARKETING")


def test_the_health_of_a_number_is_told() -> None:
    quality = only(h.NumberQualityChanged, "number_quality")
    name = only(h.NumberNameDecided, "number_name")

    assert (quality.event, quality.current_limit, quality.old_limit) == (
        "DOWNGRADE",
        "TIER_2K",
        "TIER_10K",
    )
    assert quality.display_phone_number == OURS
    assert (name.decision, name.rejection_reason) == ("REJECTED", "NAME_UNCLEAR")


def test_restrictions_have_an_end_if_they_have_one() -> None:
    update = only(h.AccountUpdated, "account_restricted")

    assert update.restrictions == (
        h.Restriction(
            type="RESTRICTED_CUSTOMER_INITIATED_MESSAGING",
            expires_at=datetime.fromtimestamp(1793003600, UTC),
        ),
        h.Restriction(type="RESTRICTED_ADD_PHONE_NUMBER_ACTION"),
    )


def test_a_ban_may_be_one_word_or_a_list() -> None:
    assert only(h.AccountUpdated, "account_banned").ban_states == ("DISABLE",)
    value = {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": ["A", "B"]}}
    (update,) = read_value(value, "account_update")
    assert isinstance(update, h.AccountUpdated)
    assert update.ban_states == ("A", "B")


def test_a_partners_news_are_about_our_account() -> None:
    for name in ("account_partner", "account_partner_without_field"):
        update = only(h.AccountUpdated, name)
        assert update.waba_id == WABA
        assert update.sender_id == "770011002200"


def test_limits_are_found_under_each_of_their_names() -> None:
    business = only(h.CapabilityChanged, "capability")
    phone = only(h.CapabilityChanged, "capability_per_phone")

    assert (business.max_daily_conversations, business.max_phone_numbers) == ("TIER_10K", "25")
    assert (phone.max_daily_conversations, phone.max_phone_numbers) == ("1000", "2")


def test_settings_name_their_number() -> None:
    change = only(h.NumberSettingsChanged, "account_settings")

    assert change.phone_number_id == NUMBER
    assert change.settings["calling"] == {"status": "ENABLED"}


def test_the_rest_of_the_account_speaks_in_words() -> None:
    alert = only(h.AccountAlerted, "account_alert")
    security = only(h.SecurityEvent, "security")
    username = only(h.BusinessUsernameChanged, "business_username")
    flow = only(h.FlowEvent, "flow_event")

    assert (alert.severity, alert.type, alert.at) == ("CRITICAL", "OBA_REJECTED", ENTRY_TIME)
    assert (security.event, security.requester) == ("PIN_CHANGED", "61550009")
    assert (username.username, username.status) == ("radhaus", "approved")
    assert (flow.event, flow.flow_id) == ("ENDPOINT_ERROR_RATE", "8123")
    assert only(h.AccountReviewed, "account_review").decision == "APPROVED"
    assert only(h.AccountUpdated, "account_violation").violation_type == "SCAM"


def test_a_field_nobody_knows_is_kept_whole() -> None:
    unknown = only(h.Unknown, "unknown")

    assert unknown.field == "weather_forecast"
    assert unknown.raw["rain"] == [1, {"mm": 2}]
