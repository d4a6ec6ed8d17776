"""GET /contacts/<code>/ and POST /contacts/<code>/edit/"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from inbox import search
from inbox.actions import contacts
from inbox.events import ConversationChanged, HintBody
from inbox.models import Agent, Contact, ContactIdentity, Message
from inbox.views import contact_page
from tests.factories import (
    make_channel,
    make_contact,
    make_conversation,
    make_message,
    make_team,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def known(**fields: str) -> Contact:
    contact = make_contact(**fields)
    make_message(make_conversation(contact=contact), "Where is my parcel?")
    return contact


def url(contact: Contact) -> str:
    return f"/contacts/{contact.code}/"


def test_it_shows_names_numbers_and_conversations(agent_client: Client) -> None:
    contact = known(profile_name="Lena", phone="4915123456789", bsuid="DE.1234567890abcdef")
    ContactIdentity.objects.create(
        contact=contact, kind="phone", value="4917000000000", ended_at=timezone.now()
    )

    r = agent_client.get(url(contact))

    for words in ("Lena", "+49 1512 3456789", "+49 170 0000000", "Where is my parcel?"):
        assertContains(r, words)
    assertContains(r, "…cdef")
    assertNotContains(r, "1234567890abcdef")


def test_many_conversations_come_in_pages(
    agent_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_page, "CONVERSATIONS", 2)
    contact, channel = make_contact(), make_channel()
    for days in range(3):
        opened_at = timezone.now() - timedelta(days=days)
        conversation = make_conversation(
            contact=contact, channel=channel, status="closed", opened_at=opened_at
        )
        make_message(conversation, f"{days} days ago")

    first = agent_client.get(url(contact))
    second = agent_client.get(url(contact), {"after": str(first.context["next_key"])})

    assertContains(first, "1 days ago")
    assertNotContains(first, "2 days ago")
    assertContains(second, "2 days ago")
    assertNotContains(second, "Older conversations")


def test_a_broken_place_is_a_bad_request(agent_client: Client) -> None:
    assert agent_client.get(url(known()), {"after": "x"}).status_code == 400


def test_an_agent_gives_a_name(
    agent_client: Client, agent: Agent, published: list[HintBody]
) -> None:
    contact = known(profile_name="Lenchen")

    r = agent_client.post(f"{url(contact)}edit/", {"name": "Lena Hofmann", "language": "de"})

    assertRedirects(r, url(contact))
    contact.refresh_from_db()
    assert (contact.name, contact.language) == ("Lena Hofmann", "de")
    assert contact.display_name == "Lena Hofmann"
    assert [hit.pk for hit in search.find(agent, "hofmann").contacts] == [contact.pk]
    events = Message.objects.filter(kind="event").values_list("content", "author")
    assert [content["event"] for content, _ in events] == ["renamed", "language"]
    assert {author for _, author in events} == {agent.pk}
    code = str(contact.conversations.get().code)
    assert [h.code for h in published if isinstance(h, ConversationChanged)] == [code, code]


def test_an_empty_name_goes_back_to_their_own(agent_client: Client) -> None:
    contact = known(profile_name="Lenchen", name="Lena Hofmann")

    agent_client.post(f"{url(contact)}edit/", {"name": "", "language": ""})

    contact.refresh_from_db()
    assert contact.display_name == "Lenchen"


def test_the_same_again_changes_nothing(agent: Agent, published: list[HintBody]) -> None:
    contact = known(name="Lena", language="de")

    assert not contacts.rename(contact, name="Lena", by=agent)
    assert not contacts.set_language(contact, language="de", by=agent)
    assert published == []
    assert not Message.objects.filter(kind="event").exists()


def test_closed_conversations_are_left_alone(agent: Agent, published: list[HintBody]) -> None:
    contact = make_contact()
    make_conversation(contact=contact, status="closed")

    contacts.rename(contact, name="Lena", by=agent)

    assert published == []


def test_in_the_panel_the_panel_comes_back(agent_client: Client) -> None:
    contact = known()
    code = str(contact.conversations.get().code)
    form = {"name": "Lena Hofmann", "language": "tr", "conversation": code}

    r = agent_client.post(f"{url(contact)}edit/", form, headers=HTMX)

    assertContains(r, "Lena Hofmann")
    assertContains(r, "Turkish")
    assertContains(r, f'data-person="{code}"')


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "panel"])
def test_a_mistake_is_said_at_its_field_and_nothing_is_lost(
    agent_client: Client, headers: dict[str, str]
) -> None:
    contact = known(profile_name="Lena")
    form = {
        "name": "x" * 201,
        "language": "xx",
        "conversation": str(contact.conversations.get().code),
    }

    r = agent_client.post(f"{url(contact)}edit/", form, headers=headers)

    assertContains(r, "at most 200 characters", status_code=422)
    assertContains(r, "x" * 201, status_code=422)
    contact.refresh_from_db()
    assert contact.name == ""


def test_a_contact_of_hidden_numbers_is_not_there(
    agent_client: Client, admin_client: Client
) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    contact = make_contact(profile_name="Hidden")
    make_conversation(contact=contact, channel=secret)

    assert agent_client.get(url(contact)).status_code == 404
    r = agent_client.post(f"{url(contact)}edit/", {"name": "Mine"})
    assert r.status_code == 404
    contact.refresh_from_db()
    assert contact.name == ""
    assert admin_client.get(url(contact)).status_code == 200


def test_an_unknown_contact_is_not_there(agent_client: Client) -> None:
    assert agent_client.get(f"/contacts/{uuid4()}/").status_code == 404


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    contact = known()

    assert client.get(url(contact)).status_code == 302
    assert client.post(f"{url(contact)}edit/").status_code == 302


def test_how_a_contact_is_addressed_is_kept_and_told(agent_client: Client) -> None:
    contact = known(name="Lena", language="de")
    fields = {"name": "Lena", "language": "de"}

    agent_client.post(f"{url(contact)}edit/", fields | {"address_form": "sie"})
    agent_client.post(f"{url(contact)}edit/", fields)  # a page from before it was asked
    agent_client.post(f"{url(contact)}edit/", fields | {"address_form": "ihr"})

    contact.refresh_from_db()
    assert contact.address_form == "sie"
    events = Message.objects.filter(kind="event").values_list("content__event", flat=True)
    assert list(events) == ["address_form"]
    conversation = contact.conversations.get()
    panel = agent_client.get(f"/conversations/{conversation.code}/person/").content.decode()
    assert "German, Sie" in panel
    assert '<option value="sie" selected>' in panel
