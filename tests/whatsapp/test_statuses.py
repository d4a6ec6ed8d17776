"""inbox.whatsapp.payloads.statuses and calls"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inbox.whatsapp import happenings as h

from .bodies import IDA, happenings_in, only


@pytest.mark.parametrize("word", ["sent", "delivered", "read", "played"])
def test_a_status_names_message_and_person(word: str) -> None:
    status = only(h.StatusReported, f"status_{word}")

    assert status.status == word
    assert status.wamid == "wamid.QkVJU1BJRUwtVU5TRVI="
    assert status.person == IDA
    assert status.at is not None


def test_our_own_reference_comes_back() -> None:
    assert only(h.StatusReported, "status_delivered").callback_data == "msg:4d1c"


def test_what_it_costs_is_told() -> None:
    status = only(h.StatusReported, "status_delivered")

    assert status.billable is False
    assert status.pricing_type == "free_customer_service"
    assert status.pricing_category == "service"


def test_where_nothing_is_said_about_money_nothing_is_assumed() -> None:
    assert only(h.StatusReported, "status_read").billable is None


def test_a_free_entry_point_names_its_end() -> None:
    status = only(h.StatusReported, "status_sent")

    assert status.conversation_origin == "referral_conversion"
    assert status.conversation_expires_at == datetime.fromtimestamp(1793259200, UTC)


def test_a_failure_says_why() -> None:
    status = only(h.StatusReported, "status_failed")

    (problem,) = status.errors
    assert problem.code == 131047
    assert problem.details == "More than 24 hours have passed"
    assert status.person == h.Person(bsuid=IDA.bsuid, phone=IDA.phone)


def test_a_failure_without_any_person_is_still_one() -> None:
    status = only(h.StatusReported, "status_failed_bare")

    assert status.status == "failed"
    assert not status.person.has_id


def test_a_group_reports_for_each_member() -> None:
    one, other = happenings_in("status_group")

    assert isinstance(one, h.StatusReported)
    assert isinstance(other, h.StatusReported)
    assert one.group_id == other.group_id == "Y2FwaV9ncm91cDoxMjM0"
    assert (one.participant_key, other.participant_key) == ("DE.member7", "491700000888")
    assert not one.person.has_id


def test_statuses_out_of_order_keep_their_own_times() -> None:
    statuses = [x for x in happenings_in("status_out_of_order") if x.at]

    times = [x.at for x in statuses if x.at]
    assert [getattr(x, "status", "") for x in statuses] == ["read", "delivered", "sent"]
    assert times == sorted(times, reverse=True)


def test_a_payment_that_failed_is_no_message_that_failed() -> None:
    assert only(h.Unknown, "status_payment").reason == "status of something else"


def test_a_call_of_a_customer_opens_the_window() -> None:
    call = only(h.CallHappened, "call_connect")

    assert call.opens_window
    assert not call.from_us
    assert call.person == IDA
    assert (call.deeplink_payload, call.cta_payload) == ("dl", "cta")


def test_a_call_has_a_beginning_an_end_and_a_length() -> None:
    call = only(h.CallHappened, "call_terminate")

    assert call.status == "COMPLETED"
    assert call.started_at is not None
    assert call.ended_at == call.started_at + timedelta(seconds=65)
    assert call.duration == 65


def test_our_call_opens_it_only_once_taken() -> None:
    ours = only(h.CallHappened, "call_ours")
    ringing, accepted = happenings_in("call_status")

    assert isinstance(ringing, h.CallHappened)
    assert isinstance(accepted, h.CallHappened)
    assert ours.from_us
    assert ours.person == ringing_person(ringing, name="Ida Brandt")
    assert [x.opens_window for x in (ours, ringing, accepted)] == [False, False, True]


def ringing_person(call: h.CallHappened, *, name: str) -> h.Person:
    return h.Person(bsuid=call.person.bsuid, phone=call.person.phone, profile_name=name)
