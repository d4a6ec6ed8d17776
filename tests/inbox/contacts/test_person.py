"""GET /conversations/<code>/person/ and POST /conversations/<code>/labels/"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from consent import gate
from inbox import events
from inbox.models import Conversation, ConversationLabel, Label
from tests.factories import (
    make_channel,
    make_contact,
    make_conversation,
    make_message,
    make_team,
)

pytestmark = pytest.mark.django_db


def url(conversation: Conversation, what: str = "person") -> str:
    return f"/conversations/{conversation.code}/{what}/"


def hidden_conversation() -> Conversation:
    secret = make_channel()
    secret.teams.add(make_team())
    return make_conversation(channel=secret)


def test_it_says_who_it_is(agent_client: Client) -> None:
    contact = make_contact(
        profile_name="Lenchen",
        name="Lena Hofmann",
        phone="4915123456789",
        username="lena.hofmann",
        bsuid="DE.1234567890abcdef",
        language="de",
    )

    r = agent_client.get(url(make_conversation(contact=contact)))

    for words in ("Lena Hofmann", "Lenchen", "+49 1512 3456789", "@lena.hofmann", "German"):
        assertContains(r, words)
    assertNotContains(r, "1234567890abcdef")


def test_everything_in_it_is_text(agent_client: Client) -> None:
    evil = "<img src=x onerror=alert(1)>{{ 7|add:7 }}"
    contact = make_contact(profile_name=evil, username="<b>")
    earlier = make_conversation(contact=contact, status="closed")
    make_message(earlier, evil)

    r = agent_client.get(url(make_conversation(contact=contact, channel=earlier.channel)))

    assertNotContains(r, "<img")
    assertNotContains(r, "<b>")
    assertContains(r, "&lt;img src=x onerror=alert(1)&gt;{{ 7|add:7 }}")


def test_nothing_of_one_person_is_in_the_next_panel(agent_client: Client) -> None:
    first = make_contact(name="Lena Hofmann", username="lena", phone="4915123456789")
    agent_client.get(url(make_conversation(contact=first)))
    second = make_contact(name='"><b>Jana</b>{0}', profile_name="Jana")

    r = agent_client.get(url(make_conversation(contact=second)))

    assertContains(r, 'value="&quot;&gt;&lt;b&gt;Jana&lt;/b&gt;{0}"')
    for words in ("Lena", "lena", "1512", "<b>", "nameofthecontactplace"):
        assertNotContains(r, words)


def test_consents_stand_beside_the_name(agent_client: Client) -> None:
    contact = make_contact()
    conversation = make_conversation(contact=contact)

    before = agent_client.get(url(conversation))
    gate.object_to_advertising(contact.consent_subject, at=timezone.now(), by="keyword")
    after = agent_client.get(url(conversation))

    assertContains(before, "Customer wrote first")
    assertContains(before, "Not agreed")
    assertContains(after, "Stopped by the customer")


def test_who_never_wrote_has_not_allowed_service(agent_client: Client) -> None:
    r = agent_client.get(url(make_conversation(wrote=None)))

    assertContains(r, "Has not written to us yet")


def test_earlier_conversations_of_all_visible_numbers(agent_client: Client) -> None:
    contact = make_contact()
    for words, channel in (
        ("About a chair", make_channel()),
        ("About a table", make_channel()),
    ):
        earlier = make_conversation(contact=contact, channel=channel, status="closed")
        make_message(earlier, words)
    hidden = hidden_conversation()
    Conversation.objects.filter(pk=hidden.pk).update(contact=contact)
    make_message(hidden, "A secret")

    r = agent_client.get(url(make_conversation(contact=contact)))

    assertContains(r, "About a chair")
    assertContains(r, "About a table")
    assertNotContains(r, "A secret")


def test_a_label_is_put_on_and_taken_off(
    agent_client: Client, published: list[events.HintBody]
) -> None:
    conversation, label = make_conversation(), Label.objects.create(name="VIP")

    agent_client.post(url(conversation, "labels"), {"add": str(label.code)})
    assert list(conversation.labels.all()) == [label]
    assertContains(agent_client.get(url(conversation)), "Take off VIP")
    agent_client.post(url(conversation, "labels"), {"remove": str(label.code)})

    assertNotContains(agent_client.get(url(conversation)), "Take off VIP")
    assert not ConversationLabel.objects.exists()
    assert len(published) == 2


def test_without_scripts_one_comes_back_to_the_conversation(agent_client: Client) -> None:
    conversation, label = make_conversation(), Label.objects.create(name="VIP")

    r = agent_client.post(url(conversation, "labels"), {"add": str(label.code)})

    assertRedirects(r, conversation.get_absolute_url())


@pytest.mark.parametrize(
    "form",
    [{}, {"add": "x"}, {"remove": "\x00"}, {"add": "00000000-0000-0000-0000-000000000000"}],
)
def test_an_unknown_label_is_not_found(agent_client: Client, form: dict[str, str]) -> None:
    r = agent_client.post(url(make_conversation(), "labels"), form)

    assert r.status_code == 404


def test_what_one_may_not_see_is_not_there(agent_client: Client) -> None:
    hidden, label = hidden_conversation(), Label.objects.create(name="VIP")

    assert agent_client.get(url(hidden)).status_code == 404
    r = agent_client.post(url(hidden, "labels"), {"add": str(label.code)})
    assert r.status_code == 404
    assert not ConversationLabel.objects.exists()


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    conversation = make_conversation()

    assert client.get(url(conversation)).status_code == 302
    assert client.post(url(conversation, "labels")).status_code == 302


@pytest.mark.parametrize("earlier", [1, 12])
def test_the_number_of_queries_does_not_grow(
    agent_client: Client, django_assert_num_queries: Any, earlier: int
) -> None:
    contact, channel = make_contact(), make_channel()
    for days in range(earlier):
        opened_at = timezone.now() - timedelta(days=days + 1)
        old = make_conversation(
            contact=contact, channel=channel, status="closed", opened_at=opened_at
        )
        make_message(old)
        Label.objects.create(name=f"Label {days}")
    conversation = make_conversation(contact=contact, channel=channel)
    agent_client.get(url(conversation))

    # Session, agent; numbers hidden from the agent, conversation; all labels and which of
    # them it has, when they first wrote, earlier ones, what consent knows of the person, and
    # the company's own fields.
    with django_assert_num_queries(9):
        agent_client.get(url(conversation))
