"""consent.gate"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from consent import gate
from consent.gate import Inbound, MessageClass, Reason, Request
from consent.models import Decision, ServiceWindow, Subject

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SENDER = "200000000000001"


def make_subject(*, wrote: timedelta | None = HOUR, sender: str = SENDER) -> UUID:
    subject = uuid.uuid4()
    gate.register([subject])
    if wrote is not None:
        gate.note_inbound([Inbound(subject, sender, NOW - wrote)])
    return subject


def reason_for(subject: UUID, message_class: MessageClass, sender: str = SENDER) -> Reason:
    return gate.ask(Request(subject, sender, message_class), now=NOW).reason


def decided(*requests: Request) -> list[Decision]:
    """What the gate decides about people whom nobody else holds."""
    return [decision for decision in gate.decide(requests, now=NOW) if decision]


def test_somebody_who_wrote_may_be_answered() -> None:
    subject = make_subject()

    gate.require(Request(subject, SENDER, MessageClass.REPLY), now=NOW)


def test_a_refusal_reads_as_a_sentence() -> None:
    subject = make_subject(wrote=25 * HOUR)

    with pytest.raises(gate.NotAllowed) as caught:
        gate.require(Request(subject, SENDER, MessageClass.REPLY), now=NOW)

    assert caught.value.reason is Reason.OUT_OF_WINDOW
    assert "template" in str(caught.value)
    assert str(caught.value.sentence) == str(caught.value)


def test_a_window_holds_for_the_number_that_was_written_to() -> None:
    subject = make_subject(sender="200000000000001")

    assert reason_for(subject, MessageClass.REPLY, "200000000000001") is Reason.OK
    assert reason_for(subject, MessageClass.REPLY, "200000000000002") is Reason.OUT_OF_WINDOW


def test_somebody_unknown_may_not_be_answered() -> None:
    assert reason_for(uuid.uuid4(), MessageClass.REPLY) is Reason.OUT_OF_WINDOW


def test_registering_twice_changes_nothing() -> None:
    subject = make_subject()
    gate.object_to_advertising(subject, at=NOW, by="agent")

    gate.register([subject, subject])

    assert Subject.objects.get().objected_at == NOW


def test_a_window_never_moves_back() -> None:
    subject = make_subject(wrote=HOUR)

    gate.note_inbound([Inbound(subject, SENDER, NOW - 30 * HOUR)])

    assert ServiceWindow.objects.get().last_wrote_at == NOW - HOUR


def test_many_messages_at_once_leave_the_newest() -> None:
    ana, ben = make_subject(wrote=None), make_subject(wrote=20 * HOUR)

    gate.note_inbound(
        [
            Inbound(ana, SENDER, NOW - 3 * HOUR),
            Inbound(ana, SENDER, NOW - 2 * HOUR),
            Inbound(ana, SENDER, NOW - 4 * HOUR),
            Inbound(ben, SENDER, NOW - HOUR),
        ]
    )

    wrote = dict(ServiceWindow.objects.values_list("subject", "last_wrote_at"))
    assert wrote == {ana: NOW - 2 * HOUR, ben: NOW - HOUR}


def test_a_window_that_whatsapp_denies_stays_closed_until_the_person_writes_again() -> None:
    ana, ben = make_subject(wrote=HOUR), make_subject(wrote=HOUR)

    gate.deny_window(ana, SENDER)

    assert reason_for(ana, MessageClass.REPLY) is Reason.OUT_OF_WINDOW
    assert reason_for(ben, MessageClass.REPLY) is Reason.OK
    [decision] = decided(Request(ana, SENDER, MessageClass.REPLY))
    assert decision.window_denied_for == NOW - HOUR

    gate.note_inbound([Inbound(ana, SENDER, NOW - timedelta(minutes=1))])

    assert reason_for(ana, MessageClass.REPLY) is Reason.OK


def test_stop_ends_advertising_and_nothing_else() -> None:
    subject = make_subject()

    assert gate.hear(subject, "Stopp!", at=NOW) is gate.Wish.NO_ADVERTISING

    assert reason_for(subject, MessageClass.MARKETING) is Reason.OBJECTED
    assert reason_for(subject, MessageClass.UTILITY) is Reason.OK
    assert reason_for(subject, MessageClass.REPLY) is Reason.OK
    assert Subject.objects.get().objected_by == "keyword"


def test_stop_all_leaves_only_answers() -> None:
    subject = make_subject()

    assert gate.hear(subject, "STOP ALLES", at=NOW) is gate.Wish.NO_CONTACT

    assert reason_for(subject, MessageClass.MARKETING) is Reason.CONTACT_BAN
    assert reason_for(subject, MessageClass.UTILITY) is Reason.CONTACT_BAN
    assert reason_for(subject, MessageClass.REPLY) is Reason.OK


def test_talk_changes_nothing() -> None:
    subject = make_subject()

    assert gate.hear(subject, "Where is the stop button?", at=NOW) is None

    assert Subject.objects.get().objected_at is None


def test_the_first_objection_stays() -> None:
    subject = make_subject()

    gate.object_to_advertising(subject, at=NOW - HOUR, by="platform")
    gate.hear(subject, "stop", at=NOW)

    row = Subject.objects.get()
    assert (row.objected_at, row.objected_by) == (NOW - HOUR, "platform")


def test_the_objection_of_somebody_never_registered_counts() -> None:
    stranger = uuid.uuid4()

    gate.hear(stranger, "stop", at=NOW)

    assert reason_for(stranger, MessageClass.MARKETING) is Reason.OBJECTED


def test_each_decision_is_stored_with_what_it_was_based_on() -> None:
    ana, ben = make_subject(), make_subject(wrote=25 * HOUR)
    gate.object_to_advertising(ben, at=NOW - 2 * HOUR, by="keyword")

    decisions = decided(
        Request(ana, SENDER, MessageClass.REPLY),
        Request(ben, SENDER, MessageClass.REPLY),
        Request(ben, SENDER, MessageClass.MARKETING),
    )

    assert [d.allowed for d in decisions] == [True, False, False]
    assert [d.reason for d in decisions] == [Reason.OK, Reason.OUT_OF_WINDOW, Reason.OBJECTED]
    stored = Decision.objects.get(pk=decisions[2].pk)
    assert (stored.subject_id, stored.sender) == (ben, SENDER)
    assert (stored.last_wrote_at, stored.objected_at) == (NOW - 25 * HOUR, NOW - 2 * HOUR)
    assert (stored.policy_version, stored.decided_at) == ("1", NOW)


def test_deciding_about_somebody_unknown_is_stored_too() -> None:
    stranger = uuid.uuid4()

    [decision] = decided(Request(stranger, SENDER, MessageClass.REPLY))

    assert (decision.allowed, decision.reason) == (False, Reason.OUT_OF_WINDOW)
    assert Decision.objects.get().subject_id == stranger


def test_rows_name_themselves_without_telling_who_it_is() -> None:
    subject = make_subject()
    [decision] = decided(Request(subject, SENDER, MessageClass.REPLY))

    assert str(Subject.objects.get()) == str(subject)
    assert str(ServiceWindow.objects.get()) == f"Window of {subject}"
    assert str(decision) == "OK 2026-11-21 12:00"


def test_deciding_about_nobody_is_nothing() -> None:
    assert gate.decide([], now=NOW) == []


def test_merging_keeps_what_was_refused_and_the_newest_window() -> None:
    kept, gone = make_subject(wrote=20 * HOUR), make_subject(wrote=HOUR)
    gate.forbid_contact(gone, at=NOW - 2 * HOUR, by="keyword")

    gate.merge(into=kept, gone=gone)

    assert reason_for(kept, MessageClass.UTILITY) is Reason.CONTACT_BAN
    assert reason_for(kept, MessageClass.MARKETING) is Reason.CONTACT_BAN
    assert ServiceWindow.objects.get(subject=kept).last_wrote_at == NOW - HOUR


def test_merging_never_lifts_a_refusal_or_moves_a_window_back() -> None:
    kept, gone = make_subject(wrote=HOUR), make_subject(wrote=20 * HOUR)
    gate.object_to_advertising(kept, at=NOW, by="agent")

    gate.merge(into=kept, gone=gone)

    assert reason_for(kept, MessageClass.MARKETING) is Reason.OBJECTED
    assert ServiceWindow.objects.get(subject=kept).last_wrote_at == NOW - HOUR


def test_merging_with_somebody_unknown_changes_nothing() -> None:
    kept = make_subject()

    gate.merge(into=kept, gone=uuid.uuid4())

    assert Subject.objects.count() == 1
    assert reason_for(kept, MessageClass.REPLY) is Reason.OK
