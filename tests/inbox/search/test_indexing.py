"""inbox.search: what of messages and contacts is kept, and for how long"""

from __future__ import annotations

import pytest
from django.utils import timezone

from inbox import search
from inbox.models import Agent, Attachment
from tests.factories import make_conversation, make_message
from tests.inbox.search.known import bodies, known, messages, names, said

pytestmark = pytest.mark.django_db


def test_an_edited_message_is_found_by_its_new_words_only(agent: Agent) -> None:
    message = said("It is the blue one")
    message.body, message.edited_at = "It is the green one", timezone.now()
    message.save()

    search.index_messages([message])

    assert bodies(agent, "green") == ["It is the green one"]
    assert bodies(agent, "blue") == []


def test_a_deleted_message_is_not_found(agent: Agent) -> None:
    message = said("my secret")
    message.revoked_at = timezone.now()
    message.save()

    search.index_messages([message])

    assert bodies(agent, "secret") == []


def test_forgotten_messages_are_not_found(agent: Agent) -> None:
    message = said("forget this")

    search.forget_messages([message.pk])

    assert bodies(agent, "forget") == []


def test_indexing_again_finds_it_once(agent: Agent) -> None:
    message = said("only once")
    search.index_messages([message, said("once more")])

    assert sorted(bodies(agent, "once")) == ["once more", "only once"]


def test_names_of_files_places_and_cards_are_found(agent: Agent) -> None:
    conversation = make_conversation()
    place = {"latitude": 1, "longitude": 2, "name": "Alexanderplatz", "address": "", "url": ""}
    card = {"cards": [{"name": "Frida Kahlo", "phones": [{"phone": "0301234567"}]}]}
    file = make_message(conversation, "", kind="document")
    Attachment.objects.create(message=file, kind="document", filename="Rechnung-4711.pdf")
    where = make_message(conversation, "", kind="location", content=place)
    who = make_message(conversation, "", kind="contacts", content=card)
    search.index_messages([file, where, who])

    assert messages(agent, "rechnung 4711") == [file]
    assert messages(agent, "alexander") == [where]
    assert messages(agent, "kahlo") == [who]
    assert messages(agent, "0301234567") == [who]


def test_events_and_unread_parts_are_not_found(agent: Agent) -> None:
    said("", direction="internal", kind="event", content={"event": "assigned", "name": "Jana"})
    said("", kind="unknown", content={"type": "x", "raw": {"text": "hidden words"}})

    assert search.find(agent, "jana").messages == ()
    assert search.find(agent, "hidden").messages == ()


def test_a_renamed_contact_is_found_by_both_names_of_today(agent: Agent) -> None:
    contact = known(profile_name="Lenchen")
    contact.name = contact.display_name = "Lena Hofmann"
    contact.save()

    search.index_contacts([contact])

    assert names(agent, "hofmann") == ["Lena Hofmann"]
    assert names(agent, "lenchen") == ["Lena Hofmann"]


def test_forgotten_contacts_are_not_found(agent: Agent) -> None:
    contact = known(profile_name="Lena Hofmann")

    search.forget_contacts([contact.pk])

    assert names(agent, "lena") == []
