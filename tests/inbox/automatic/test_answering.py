"""inbox.actions.automatic.answer: from a customer's message to a queued text"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from consent import gate
from inbox.actions import automatic, moving_rows
from inbox.actions.automatic.answering import key_of
from inbox.automatic.rules import Kind
from inbox.models import AutomaticUse, Channel, Conversation, GivenNotice, Message
from tests.factories import (
    make_channel,
    make_contact,
    make_conversation,
    make_message,
    make_team,
)
from tests.inbox.automatic.texts import ALWAYS, MINUTE, give_hours, switch_on
from tests.inbox.inbound.posting import deliver, of_number, text

pytestmark = pytest.mark.django_db
Nudged = list[tuple[Any, ...]]


@pytest.fixture
def channel() -> Channel:
    return make_channel(verified_name="Alma")


def write(channel: Channel, *bodies: str, **keys: Any) -> Conversation:
    deliver(of_number(channel, messages=[text(body, **keys) for body in bodies]))
    return Conversation.objects.latest("pk")


def sent() -> list[str]:
    rows = Message.objects.filter(origin=Message.Origin.AUTOMATIC).order_by("pk")
    return [message.body for message in rows]


def look(conversation: Conversation, *, after: timedelta = timedelta()) -> Message | None:
    message = automatic.answer(conversation.pk, now=timezone.now() + after)
    conversation.refresh_from_db()
    return message


def test_a_stranger_is_greeted(channel: Channel) -> None:
    switch_on(channel, Kind.GREETING)
    conversation = write(channel, "Hello", "Is anybody there?")

    message = look(conversation)

    assert message
    assert sent() == ["Welcome!"]
    assert (message.status, message.direction, message.author) == ("queued", "out", None)
    assert conversation.automatic_due_at is None


def test_it_leaves_like_any_reply(channel: Channel, nudged: Nudged) -> None:
    switch_on(channel, Kind.GREETING)
    conversation = write(channel, "Hello")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction, "on_commit", lambda call, robust=False: call())
        look(conversation)

    assert ("carry", channel.pk) in nudged


def test_it_answers_nobodys_question(channel: Channel) -> None:
    switch_on(channel, Kind.GREETING)
    conversation = write(channel, "Hello")
    before = model_to_dict(conversation)

    look(conversation)

    after = model_to_dict(conversation)
    assert {name for name in after if after[name] != before[name]} == {
        *("automatic_due_at", "changed_at")
    }
    assert after["waiting_since"]
    assert after["unread_count"] == 1


def test_each_text_is_sent_once_however_often_somebody_looks(channel: Channel) -> None:
    switch_on(channel, Kind.GREETING, Kind.AWAY)
    give_hours(channel)
    conversation = write(channel, "Hello")
    look(conversation)
    for _ in range(3):
        write(channel, "Hello?")
        look(conversation)

    assert sent() == ["We are closed until soon."]


def test_the_database_takes_a_text_once_for_each_conversation(channel: Channel) -> None:
    conversation = make_conversation(channel=channel)
    key = key_of(conversation, Kind.AWAY)
    make_message(conversation, direction="out", draft_key=key)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_message(conversation, direction="out", draft_key=key)


def test_a_key_that_is_taken_is_no_mistake(channel: Channel) -> None:
    """As when another's words were moved here with their conversation."""
    switch_on(channel, Kind.AWAY)
    give_hours(channel)
    conversation = write(channel, "Hello")
    elsewhere = make_conversation()
    make_message(elsewhere, direction="out", draft_key=key_of(conversation, Kind.AWAY))

    assert look(conversation) is None
    assert conversation.automatic_due_at is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_everybody_is_answered_in_their_language(channel: Channel, language: str) -> None:
    switch_on(channel, Kind.GREETING, de="Willkommen!", en="Hi!")
    phone = "491700000123" if language == "de" else "441700000123"

    look(write(channel, "Hello", from_=phone))

    assert sent() == [{"de": "Willkommen!", "en": "Hi!"}[language]]


def test_what_an_agent_said_of_the_language_counts(channel: Channel) -> None:
    switch_on(channel, Kind.AWAY, de="Wir sind zu.", en="We are closed.")
    give_hours(channel)
    make_contact(phone="491700000123", language="en")

    look(write(channel, "Hello", from_="491700000123"))

    assert sent() == ["We are closed."]


def test_hours_of_the_team_go_before_those_of_the_number(channel: Channel) -> None:
    switch_on(channel, Kind.AWAY)
    give_hours(channel)
    conversation = write(channel, "Hello")
    team = make_team()
    team.opening_hours = give_hours(make_channel(), ALWAYS, name="Night shift")
    team.save()
    Conversation.objects.update(team=team)

    look(conversation)

    assert sent() == []


def test_whoever_waits_too_long_is_told_by_the_sweeper(channel: Channel) -> None:
    switch_on(channel, Kind.BUSY)
    conversation = write(channel, "Hello")

    assert look(conversation) is None
    assert conversation.automatic_due_at
    assert look(conversation, after=5 * MINUTE) is None
    look(conversation, after=10 * MINUTE)
    look(conversation, after=20 * MINUTE)

    assert sent() == ["A moment, please."]


def test_nobody_is_told_who_was_answered(channel: Channel) -> None:
    switch_on(channel, Kind.BUSY)
    conversation = write(channel, "Hello")
    look(conversation)
    make_message(conversation, direction="out")
    Conversation.objects.update(waiting_since=None)

    look(conversation, after=45 * MINUTE)

    assert sent() == []
    assert conversation.automatic_due_at is None


def test_the_notice_is_given_once_and_again_with_a_new_version(channel: Channel) -> None:
    [greeting, notice] = switch_on(channel, Kind.GREETING, Kind.PRIVACY)
    conversation = write(channel, "Hello")
    look(conversation)
    write(channel, "One more thing")
    look(conversation)

    told = "Alma reads this: https://example.org/privacy"
    assert sent() == [f"Welcome!\n\n{told}"]
    assert GivenNotice.objects.get().version == 1

    notice.version = 2
    notice.save()
    write(channel, "And another")
    look(conversation)

    assert sent()[1:] == [told]
    assert AutomaticUse.objects.get(text=notice).count == 2
    assert AutomaticUse.objects.get(text=greeting).count == 1


def test_a_notice_that_did_not_arrive_told_nobody_anything(channel: Channel) -> None:
    switch_on(channel, Kind.PRIVACY)
    first = write(channel, "Hello")
    look(first)
    Message.objects.filter(origin="automatic").update(status=Message.Status.FAILED)
    Conversation.objects.update(status="closed", closed_at=timezone.now() - timedelta(days=2))

    look(write(channel, "Hello again"))

    assert len(sent()) == 2
    assert GivenNotice.objects.count() == 1


def test_whoever_says_stop_hears_nothing_from_a_machine(channel: Channel) -> None:
    switch_on(channel, *Kind)
    give_hours(channel)

    conversation = write(channel, "STOP")
    assert conversation.automatic_due_at is None
    write(channel, "!!!")
    look(conversation)

    assert sent() == []


def test_whoever_objected_to_advertising_is_told_that_we_are_closed(channel: Channel) -> None:
    switch_on(channel, Kind.GREETING, Kind.AWAY)
    conversation = write(channel, "Hello")
    subject = conversation.contact.consent_subject
    gate.object_to_advertising(subject, at=timezone.now(), by="keyword")
    look(conversation)
    assert sent() == []

    give_hours(channel)
    write(channel, "When do you open?")
    look(conversation)

    assert sent() == ["We are closed until soon."]


@pytest.mark.parametrize(
    "changes",
    [
        {"owned_elsewhere": True},
        {"status": "closed", "closed_at": timezone.now()},
        {"automatic_due_at": None},
        {"automatic_due_at": timezone.now() + timedelta(hours=1)},
    ],
    ids=["another app answers", "closed", "nothing due", "not yet due"],
)
def test_some_are_left_alone(channel: Channel, changes: dict[str, Any]) -> None:
    switch_on(channel, *Kind)
    conversation = write(channel, "Hello")
    Conversation.objects.update(**changes)

    assert look(conversation) is None
    assert sent() == []


def test_the_blocked_are_left_alone(channel: Channel) -> None:
    switch_on(channel, *Kind)
    make_contact(phone="491700000123", blocked_at=timezone.now())

    look(write(channel, "Hello"))

    assert sent() == []


def test_a_conversation_that_is_gone_is_no_mistake() -> None:
    assert automatic.answer(4711) is None


def test_the_gate_is_asked(channel: Channel) -> None:
    switch_on(channel, Kind.GREETING)
    conversation = write(channel, "Hello")
    gate.deny_window(conversation.contact.consent_subject, channel.phone_number_id)

    assert look(conversation) is None
    assert conversation.automatic_due_at is None


def test_people_are_addressed_as_they_wish(channel: Channel) -> None:
    automatic.change(
        channel,
        Kind.GREETING,
        is_on=True,
        words={("de", ""): "Was können wir für Sie tun?", ("de", "du"): "Was gibt's?"},
        by=None,
    )
    make_contact(phone="491700000123", address_form="du")

    look(write(channel, "Hallo"))

    assert sent() == ["Was gibt's?"]


def test_two_contacts_that_are_one_were_told_once(channel: Channel) -> None:
    switch_on(channel, Kind.PRIVACY)
    conversation = write(channel, "Hello")
    look(conversation)
    into = make_contact()

    moving_rows.move(of=conversation.contact, to=into)
    write(channel, "Hello again")
    look(conversation)

    assert GivenNotice.objects.get().contact == into
    assert len(sent()) == 1
