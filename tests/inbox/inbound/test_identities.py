"""inbox.actions.inbound.identities: who is who (cloud ids, phones, and their changes)"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consent import gate
from inbox.models import Channel, Contact, ContactIdentity, Conversation, Message
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.inbox.inbound.posting import deliver, message, of_number, text

pytestmark = pytest.mark.django_db

ID, OTHER_ID = "DE.1111", "DE.2222"
PHONE, OTHER_PHONE = "491700000001", "491700000002"


@pytest.fixture
def channel() -> Channel:
    return make_channel(portfolio_id="P1")


def person(
    *, bsuid: str = "", phone: str = "", name: str = "Ida", username: str = "", **keys: str
) -> dict[str, Any]:
    """A change in which this person writes one text."""
    sender = {k: v for k, v in (("from", phone), ("from_user_id", bsuid)) if v}
    profile = {k: v for k, v in (("name", name), ("username", username)) if v}
    entry = {k: v for k, v in (("wa_id", phone), ("user_id", bsuid)) if v}
    said = text(keys.pop("body", "Hello"), from_user_id="x")
    del said["from_user_id"]
    return {
        "contacts": [{"profile": profile, **entry, **keys}],
        "messages": [said | sender],
    }


def write(channel: Channel, **who: Any) -> Contact:
    deliver(of_number(channel, **person(**who)))
    return Message.objects.filter(direction="in").latest("pk").conversation.contact


def system(channel: Channel, kind: str, *, sender: str = "", **system: str) -> None:
    told = message(
        "system", {"system": {"type": kind, "body": "…", **system}}, from_user_id="x"
    )
    del told["from_user_id"]
    deliver(of_number(channel, messages=[told | ({"from": sender} if sender else {})]))


def living(contact: Contact) -> set[tuple[str, str]]:
    identities = ContactIdentity.objects.filter(contact=contact, ended_at=None)
    return set(identities.values_list("kind", "value"))


def test_somebody_new_gets_a_contact_with_all_ids(channel: Channel) -> None:
    contact = write(channel, bsuid=ID, phone=PHONE, username="ida", parent_user_id="DE.ENT.9")

    assert (contact.display_name, contact.phone, contact.bsuid) == ("Ida", PHONE, ID)
    assert living(contact) == {
        ("bsuid", ID),
        ("phone", PHONE),
        ("username", "ida"),
        ("parent_bsuid", "DE.ENT.9"),
    }


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"bsuid": ID}, {"bsuid": ID}),
        ({"phone": PHONE}, {"phone": PHONE}),
        ({"bsuid": ID, "phone": PHONE}, {"phone": PHONE}),
        ({"bsuid": ID, "phone": PHONE}, {"bsuid": ID}),
        ({"phone": PHONE}, {"bsuid": ID, "phone": PHONE}),
        ({"bsuid": ID}, {"bsuid": ID, "phone": PHONE}),
        ({"bsuid": ID, "phone": PHONE}, {"bsuid": ID, "phone": OTHER_PHONE}),
    ],
    ids=[
        *("same id", "same phone", "phone goes on", "id goes on"),
        *("id joins", "phone joins", "phone differs"),
    ],
)
def test_the_same_person_stays_one_contact(
    channel: Channel, first: dict[str, str], then: dict[str, str]
) -> None:
    before = write(channel, **first)
    after = write(channel, **then)

    assert after == before
    assert Contact.objects.count() == 1
    assert Conversation.objects.count() == 1
    assert ("phone", then.get("phone", first.get("phone"))) in living(after) or not (
        first.get("phone") or then.get("phone")
    )


def test_a_recycled_number_makes_a_new_contact(channel: Channel) -> None:
    first = write(channel, bsuid=ID, phone=PHONE, name="Ida")
    second = write(channel, bsuid=OTHER_ID, phone=PHONE, name="Kim")

    assert second != first
    assert living(second) == {("bsuid", OTHER_ID), ("phone", PHONE)}
    assert living(first) == {("bsuid", ID)}
    first.refresh_from_db()
    assert (first.phone, first.display_name) == ("", "Ida")
    lines = Message.objects.filter(conversation__contact=first, kind="event")
    assert lines.latest("pk").content == {"event": "number_changed", "old": PHONE}


def test_a_number_that_moves_between_two_known_people_moves(channel: Channel) -> None:
    first = write(channel, bsuid=ID, phone=PHONE)
    second = write(channel, bsuid=OTHER_ID)

    assert write(channel, bsuid=OTHER_ID, phone=PHONE) == second
    assert living(second) == {("bsuid", OTHER_ID), ("phone", PHONE)}
    assert living(first) == {("bsuid", ID)}


def test_a_contact_by_phone_and_one_by_id_turn_out_to_be_one(channel: Channel) -> None:
    by_phone = write(channel, phone=PHONE, body="first")
    by_id = write(channel, bsuid=ID, body="second")
    subject = by_phone.consent_subject
    gate.object_to_advertising(subject, at=timezone.now(), by="keyword")

    both = write(channel, bsuid=ID, phone=PHONE, body="third")

    assert both == by_id
    assert Contact.objects.get() == by_id
    conversation = Conversation.objects.get()
    said = conversation.messages.filter(direction="in").order_by("pk")
    assert [each.body for each in said] == ["first", "second", "third"]
    assert conversation.unread_count == 3
    assert living(both) == {("bsuid", ID), ("phone", PHONE)}
    wanted = gate.Request(
        both.consent_subject, channel.phone_number_id, gate.MessageClass.MARKETING
    )
    assert gate.ask(wanted, now=timezone.now()).reason == gate.Reason.OBJECTED


def test_merging_keeps_closed_conversations_apart(channel: Channel) -> None:
    by_phone = make_contact(phone=PHONE)
    old = make_conversation(contact=by_phone, channel=channel, status="closed")
    by_id = write(channel, bsuid=ID)

    write(channel, bsuid=ID, phone=PHONE)

    assert set(Conversation.objects.values_list("contact", "status")) == {
        (by_id.pk, "closed"),
        (by_id.pk, "open"),
    }
    assert Conversation.objects.filter(pk=old.pk).exists()


def test_another_portfolio_has_another_id_for_the_same_person(channel: Channel) -> None:
    elsewhere = make_channel(portfolio_id="P2")
    here = write(channel, bsuid=ID, phone=PHONE)
    there = write(elsewhere, bsuid="DE.9999", phone=PHONE)

    assert there == here
    assert living(here) == {("bsuid", ID), ("bsuid", "DE.9999"), ("phone", PHONE)}


def test_the_same_id_in_another_portfolio_is_somebody_else(channel: Channel) -> None:
    elsewhere = make_channel(portfolio_id="P2")
    assert write(channel, bsuid=ID) != write(elsewhere, bsuid=ID)


def test_a_parent_id_finds_the_person_last(channel: Channel) -> None:
    elsewhere = make_channel(portfolio_id="P2")
    here = write(channel, bsuid=ID, parent_user_id="DE.ENT.1")
    assert write(elsewhere, bsuid=OTHER_ID, parent_user_id="DE.ENT.1") == here


def test_a_user_name_finds_nobody(channel: Channel) -> None:
    first = write(channel, bsuid=ID, username="ida")
    assert write(channel, bsuid=OTHER_ID, username="ida") != first


def test_a_new_user_name_ends_the_old_one(channel: Channel) -> None:
    write(channel, bsuid=ID, username="ida", name="")
    contact = write(channel, bsuid=ID, username="ida.b", name="")

    assert contact.display_name == "@ida.b"
    assert living(contact) == {("bsuid", ID), ("username", "ida.b")}


def test_a_new_profile_name_is_shown_unless_an_agent_gave_one(channel: Channel) -> None:
    contact = write(channel, phone=PHONE, name="Ida")
    assert write(channel, phone=PHONE, name="Ida B.").display_name == "Ida B."

    Contact.objects.filter(pk=contact.pk).update(name="Frau Brandt")
    assert write(channel, phone=PHONE, name="Ida C.").display_name == "Frau Brandt"


def test_two_people_in_one_batch_stay_two(channel: Channel) -> None:
    deliver(
        of_number(channel, **person(bsuid=ID, phone=PHONE)),
        of_number(channel, **person(bsuid=OTHER_ID, phone=PHONE)),
        of_number(channel, **person(bsuid=ID)),
    )

    assert Contact.objects.count() == 2
    assert Conversation.objects.get(contact__bsuid=ID).unread_count == 2


def test_an_id_that_is_no_number_and_no_scoped_id_still_finds_home(channel: Channel) -> None:
    first = write(channel, phone="CUSTOMER_NUMBER")
    assert write(channel, phone="CUSTOMER_NUMBER") == first
    assert first.display_name == "Ida"


def test_a_changed_number_stays_one_person(channel: Channel) -> None:
    contact = write(channel, phone=PHONE)
    system(channel, "user_changed_number", sender=PHONE, wa_id=OTHER_PHONE)

    contact.refresh_from_db()
    assert contact.phone == OTHER_PHONE
    assert living(contact) == {("phone", OTHER_PHONE)}
    line = Message.objects.filter(kind="event").latest("pk")
    assert line.content == {"event": "number_changed", "old": PHONE, "new": OTHER_PHONE}
    assert write(channel, phone=OTHER_PHONE) == contact
    assert write(channel, phone=PHONE) != contact


def test_a_changed_id_carries_the_window_over(channel: Channel) -> None:
    contact = write(channel, bsuid=ID)
    system(channel, "user_changed_user_id", user_id=OTHER_ID, previous_user_id=ID)

    contact.refresh_from_db()
    assert contact.bsuid == OTHER_ID
    assert living(contact) == {("bsuid", OTHER_ID)}
    assert write(channel, bsuid=OTHER_ID) == contact
    request = gate.Request(
        contact.consent_subject, channel.phone_number_id, gate.MessageClass.REPLY
    )
    assert gate.ask(request, now=timezone.now()).allowed


def test_who_wrote_under_the_new_id_before_we_heard_is_merged(channel: Channel) -> None:
    old = write(channel, bsuid=ID, body="before")
    write(channel, bsuid=OTHER_ID, body="after")
    assert Contact.objects.count() == 2

    system(channel, "user_changed_user_id", user_id=OTHER_ID, previous_user_id=ID)

    contact = Contact.objects.get()
    assert contact == old
    assert living(contact) == {("bsuid", OTHER_ID)}
    assert Conversation.objects.get().messages.filter(direction="in").count() == 2


def test_a_change_of_somebody_unknown_makes_them_known_in_silence(channel: Channel) -> None:
    system(channel, "user_changed_user_id", user_id=OTHER_ID, previous_user_id=ID)

    conversation = Conversation.objects.get()
    assert conversation.contact.bsuid == OTHER_ID
    assert (conversation.status, conversation.unread_count) == ("closed", 0)
    assert conversation.window_expires_at is None


def test_merging_two_open_conversations_keeps_what_agents_did(channel: Channel) -> None:
    by_phone = make_contact(phone=PHONE)
    waiting = make_conversation(
        contact=by_phone, channel=channel, wrote=timedelta(hours=2), priority=2, unread_count=1
    )
    make_message(waiting, "early")
    write(channel, bsuid=ID)

    write(channel, bsuid=ID, phone=PHONE)

    kept = Conversation.objects.get()
    assert kept.priority == 2
    assert kept.waiting_since == waiting.waiting_since
    assert kept.messages.filter(body="early").exists()
