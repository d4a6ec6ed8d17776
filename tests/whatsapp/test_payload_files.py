"""Every sample body, and what kinds of happenings it holds."""

from __future__ import annotations

import json
from datetime import UTC

import pytest

from inbox.whatsapp import happenings as h
from inbox.whatsapp.payloads import read

from .bodies import FILES, FOLDER, happenings_in

Kinds = list[type[h.Happening]]

RECEIVED: Kinds = [h.MessageReceived]
STATUS: Kinds = [h.StatusReported]
NOT_PLAIN: dict[str, Kinds] = {
    "account_alert": [h.AccountAlerted],
    "account_banned": [h.AccountUpdated],
    "account_banned_states": [h.AccountUpdated],
    "account_deleted": [h.AccountUpdated],
    "account_partner": [h.AccountUpdated],
    "account_partner_without_field": [h.AccountUpdated],
    "account_reinstated": [h.AccountUpdated],
    "account_restricted": [h.AccountUpdated],
    "account_restricted_business": [h.AccountUpdated],
    "account_review": [h.AccountReviewed],
    "account_settings": [h.NumberSettingsChanged],
    "account_tier": [h.AccountUpdated],
    "account_violation": [h.AccountUpdated],
    "address_book": [h.ContactSynced, h.ContactSynced],
    "address_book_by_user_id": [h.ContactSynced, h.ContactSynced],
    "automatic_events": [h.Recorded],
    "business_username": [h.BusinessUsernameChanged],
    "call_connect": [h.CallHappened],
    "call_ours": [h.CallHappened],
    "call_ours_answered": [h.CallHappened],
    "call_status": [h.CallHappened, h.CallHappened],
    "call_terminate": [h.CallHappened],
    "capability": [h.CapabilityChanged],
    "capability_per_phone": [h.CapabilityChanged],
    "echo": [h.EchoReceived],
    "echo_edit": [h.MessageEdited],
    "echo_edit_swapped": [h.MessageEdited],
    "echo_empty_to": [h.EchoReceived],
    "echo_revoke": [h.MessageRevoked],
    "echo_swapped": [h.EchoReceived],
    "edit": [h.MessageEdited],
    "edit_by_user_id": [h.MessageEdited],
    "flow_event": [h.FlowEvent],
    "group_deleted": [h.GroupChanged],
    "group_lifecycle_update": [h.GroupChanged],
    "group_participants_update": [h.GroupChanged],
    "group_settings_update": [h.GroupChanged],
    "group_status_update": [h.GroupChanged],
    "handover_passed": [h.OwnershipChanged],
    "handover_taken": [h.OwnershipChanged],
    "history": [
        *(h.HistoryProgressed, h.HistoryMessage, h.HistoryMessage, h.HistoryMessage),
        *(h.ReactionReceived, h.HistoryMessage),
    ],
    "history_declined": [h.HistoryDeclined],
    "history_echo": [h.HistoryMessage],
    "history_echo_text": [h.HistoryMessage],
    "history_media": [h.HistoryMessage],
    "identity_changed": [h.IdentityKeyChanged],
    "link_click": [h.ClickTracked],
    "message_with_summary": [h.MessageReceived, h.SummaryGiven],
    "number_changed": [h.NumberChanged],
    "number_errors": [h.ProblemsReported],
    "number_flagged": [h.NumberQualityChanged],
    "number_name": [h.NumberNameDecided],
    "number_name_approved": [h.NumberNameDecided],
    "number_quality": [h.NumberQualityChanged],
    "partner_solutions": [h.Recorded],
    "payment_configuration": [h.Recorded],
    "preference_other": [h.PreferenceStated],
    "preference_resume": [h.PreferenceStated],
    "preference_stop": [h.PreferenceStated],
    "preference_stop_by_user_id": [h.PreferenceStated],
    "reaction": [h.ReactionReceived],
    "reaction_removed": [h.ReactionReceived],
    "reaction_removed_old": [h.ReactionReceived],
    "repeat": RECEIVED * 2,
    "revoke": [h.MessageRevoked],
    "security": [h.SecurityEvent],
    "security_pin_reset": [h.SecurityEvent],
    "standby": [h.MessageReceived, h.StatusReported, h.EchoReceived, h.EchoReceived],
    "standby_message": [h.MessageReceived],
    "status_delivered": STATUS,
    "status_delivered_bare": STATUS,
    "status_failed": STATUS,
    "status_failed_bare": STATUS,
    "status_failed_payment": STATUS,
    "status_failed_unreachable": STATUS,
    "status_group": STATUS * 2,
    "status_new_word": STATUS,
    "status_out_of_order": STATUS * 3,
    "status_payment": [h.Unknown],
    "status_played": STATUS,
    "status_played_priced": STATUS,
    "status_read": STATUS,
    "status_sent": STATUS,
    "status_sent_group": STATUS,
    "system_new": [h.SystemNoted],
    "template_approved": [h.TemplateStatusChanged],
    "template_category": [h.TemplateCategoryChanged],
    "template_category_bare": [h.TemplateCategoryChanged],
    "template_components": [h.TemplateComponentsChanged],
    "template_correct_category": [h.TemplateCategoryChanged],
    "template_disabled": [h.TemplateStatusChanged],
    "template_paused": [h.TemplateStatusChanged],
    "template_quality": [h.TemplateQualityChanged],
    "template_quality_misfiled": [h.TemplateQualityChanged],
    "template_rejected": [h.TemplateStatusChanged],
    "tracking_events": [h.Recorded],
    "unknown": [h.Unknown],
    "user_id_changed": [h.UserIdChanged],
    "user_id_changed_bare": [h.UserIdChanged],
    "user_id_changed_with_number": [h.UserIdChanged],
    "user_id_update": [h.UserIdChanged],
    "wrong_shapes": [
        *(h.MessageReceived, *[h.Unknown] * 5, *[h.MessageReceived] * 4),
        *([h.Unknown] * 6),
        h.StatusReported,
    ],
}
"""All other files hold one ordinary message."""


@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_every_file_yields_what_it_holds(name: str) -> None:
    expected = NOT_PLAIN.get(name, RECEIVED)

    assert [type(happening) for happening in happenings_in(name)] == expected


def test_no_expectation_is_left_without_a_file() -> None:
    assert set(NOT_PLAIN) <= {file.stem for file in FILES}


@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_every_happening_says_where_it_stood_and_keeps_what_meta_sent(name: str) -> None:
    document = json.loads((FOLDER / f"{name}.json").read_bytes())

    for happening in happenings_in(name):
        found = document
        for step in happening.path.replace("[", ".[").split("."):
            found = found[int(step[1:-1])] if step.startswith("[") else found[step]
        assert happening.raw.get("item", happening.raw) == found


@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_times_are_aware_and_in_utc(name: str) -> None:
    times = [happening.at for happening in happenings_in(name) if happening.at]

    assert all(time.tzinfo is UTC for time in times)


@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_the_same_body_yields_the_same_keys(name: str) -> None:
    once, again = happenings_in(name), happenings_in(name)

    assert once == again
    assert [a.dedupe_key for a in once] == [b.dedupe_key for b in again]


def test_the_same_news_at_another_time_is_other_news() -> None:
    body = (FOLDER / "account_review.json").read_text()
    (first,) = read(body.encode())
    (second,) = read(body.replace("1793000000", "1793000001").encode())

    assert first.dedupe_key != second.dedupe_key


@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_no_name_and_no_text_shows_in_a_repr(name: str) -> None:
    for happening in happenings_in(name):
        assert repr(happening) == f"<{type(happening).__name__} {happening.path}>"
