"""inbox.search.find"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from inbox import search
from inbox.models import Agent, Attachment, Contact, Message
from inbox.search.highlighting import Piece
from tests.factories import (
    make_channel,
    make_contact,
    make_conversation,
    make_message,
    make_team,
)

pytestmark = pytest.mark.django_db


def said(body: str, **fields: Any) -> Message:
    conversation = fields.pop("conversation", None) or make_conversation()
    message = make_message(conversation, body, **fields)
    search.index_messages([message])
    return message


def known(**fields: Any) -> Contact:
    contact = make_contact(**fields)
    make_conversation(contact=contact)
    search.index_contacts([contact])
    return contact


def bodies(agent: Agent, query: str) -> list[str]:
    return [message.body for message in messages(agent, query)]


def messages(agent: Agent, query: str) -> list[Message]:
    return [Message.objects.get(pk=hit.pk) for hit in search.find(agent, query).messages]


def names(agent: Agent, query: str) -> list[str]:
    return [hit.display_name for hit in search.find(agent, query).contacts]


def plain(pieces: tuple[Piece, ...]) -> str:
    """The matches in brackets."""
    return "".join(f"[{p.text}]" if p.is_match else p.text for p in pieces)


def test_it_finds_words_in_messages_newest_first(agent: Agent) -> None:
    said("Where is my parcel?")
    said("The parcel arrived, thank you")
    said("Something else")

    assert bodies(agent, "parcel") == ["The parcel arrived, thank you", "Where is my parcel?"]


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("Mein Stuhl ist verkratzt", "verkr"),
        ("Mein STUHL ist verkratzt", "stuhl mein"),
        ("Grüße aus Köln", "grusse koln"),
        ("Ich heiße Şahin", "sahin"),
        ("Artikel 40-221 fehlt", "40-221"),
        ("Bestellung 2026-0991", "2026 0991"),
        ("Пришла посылка", "посыл"),
        ("وصلت الشحنة اليوم", "الشحنة"),
        ("see https://example.org/a?b=c", "example.org"),
    ],
    ids=str,
)
def test_it_finds(agent: Agent, body: str, query: str) -> None:
    said(body)
    said("Nothing of the kind")

    assert bodies(agent, query) == [body]


def test_all_words_must_be_there(agent: Agent) -> None:
    said("red chair")
    said("blue chair")

    assert bodies(agent, "chair blue") == ["blue chair"]
    assert bodies(agent, "chair green") == []


def test_only_the_last_word_may_be_unfinished(agent: Agent) -> None:
    said("delivery on friday")

    assert bodies(agent, "delivery fri") == ["delivery on friday"]
    assert bodies(agent, "deli friday") == []


@pytest.mark.parametrize(
    "query",
    [
        "", " ", "a", "'", '"', "\\", "%", "_", "*", "&", "|", "!", "()", ":*", "AND", "a OR",
        "NEAR(a b)", "words:x", "^a", "-a", "' OR 1=1 --", "\x00", "\x00ab", "ab\x00cd",
        "\ud800ab", "{{ x }}", "<b>", "ab " * 400, "x" * 5000, "𞤀𞤁 𞤀ab", "مر\u0300حبا",
        "🙂🙂", "½ ²", "ﬁne", "İstanbul", "+", "++49", "+49 (0)151", "(((((", "0" * 300,
        "and", "or not", "die und der",
    ],
    ids=ascii,
)  # fmt: skip
def test_odd_queries_are_only_text(agent: Agent, query: str) -> None:
    said("nothing to see")
    known(profile_name="Nobody")

    assert bodies(agent, query) == []


def test_typed_operators_are_words(agent: Agent) -> None:
    said("fish or chips")
    said("fish")
    said("chips")

    assert bodies(agent, "fish OR chips") == ["fish or chips"]


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


@pytest.mark.parametrize(
    "query",
    ["Lena", "hof", "hofmann lena", "@lena", "lena.hof", "+49 151 2345", "0151 2345",
     "0151-234", "0049 151 234567", "+49 (0)151 2345", "4915123456789", "15123"],
)  # fmt: skip
def test_contacts_are_found_by_name_user_name_and_number(agent: Agent, query: str) -> None:
    known(profile_name="Lena Hofmann", username="lena.hofmann", phone="4915123456789")
    known(profile_name="Somebody Else", phone="4917000000000")

    assert names(agent, query) == ["Lena Hofmann"]


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


def test_names_that_begin_with_the_words_come_first(agent: Agent) -> None:
    known(profile_name="Anna Berg")
    known(profile_name="Berg Anna")

    assert names(agent, "anna") == ["Anna Berg", "Berg Anna"]
    assert names(agent, "berg") == ["Berg Anna", "Anna Berg"]


def test_nothing_of_a_hidden_number_is_found(agent: Agent, admin: Agent) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    contact = make_contact(profile_name="Lena Hofmann")
    said("hidden parcel", conversation=make_conversation(contact=contact, channel=secret))
    search.index_contacts([contact])

    assert bodies(agent, "parcel") == []
    assert names(agent, "lena") == []
    assert bodies(admin, "parcel") == ["hidden parcel"]
    assert names(admin, "lena") == ["Lena Hofmann"]


def test_hidden_hits_do_not_crowd_out_visible_ones(agent: Agent) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    said("visible parcel")
    hidden = make_conversation(channel=secret)
    search.index_messages([make_message(hidden, f"parcel {n}") for n in range(30)])

    assert bodies(agent, "parcel") == ["visible parcel"]


def test_the_place_found_is_marked(agent: Agent) -> None:
    said(
        "Guten Tag! " + "Blabla " * 30 + "Wann kommt die <b>Lieferung</b> endlich? " + "x " * 99
    )

    (hit,) = search.find(agent, "liefer").messages

    shown = plain(hit.excerpt)
    assert "die <b>[Lieferung]</b> endlich?" in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) < 160


@pytest.mark.parametrize(
    ("query", "shown"),
    [("15123", "+49 [1512 3]456789"), ("0151 23", "+49 [1512 3]456789")],
)
def test_the_part_of_the_number_is_marked(agent: Agent, query: str, shown: str) -> None:
    known(profile_name="Lena", phone="4915123456789")

    (hit,) = search.find(agent, query).contacts

    assert plain(hit.detail) == shown


def test_a_message_says_who_wrote_it_when_and_to_whom(agent: Agent, colleague: Agent) -> None:
    contact = make_contact(profile_name="Lena Hofmann")
    conversation = make_conversation(contact=contact)
    message = said("Your parcel", conversation=conversation, direction="out", author=colleague)

    (hit,) = search.find(agent, "parcel").messages

    assert (hit.pk, hit.at, hit.author) == (message.pk, message.at, "Jana")
    assert (hit.contact_code, hit.contact_name) == (contact.code, "Lena Hofmann")
    assert hit.conversation_code == conversation.code


def test_a_contact_leads_to_the_newest_conversation_that_may_be_seen(agent: Agent) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    contact = known(profile_name="Lena Hofmann")
    newest = make_conversation(contact=contact)
    make_conversation(contact=contact, channel=secret)

    (hit,) = search.find(agent, "lena").contacts

    assert hit.conversation_code == newest.code
    assert (hit.pk, hit.code) == (contact.pk, contact.code)


def test_the_number_of_queries_does_not_grow(
    agent: Agent, django_assert_num_queries: Any
) -> None:
    for number in range(12):
        contact = known(profile_name=f"Parcel Post {number}")
        said("parcel", conversation=make_conversation(contact=contact))

    # Numbers hidden from the agent, contact ids, contacts, message ids, messages. On
    # PostgreSQL the words are looked for in four steps until there are enough.
    with django_assert_num_queries(8, exact=False):
        found = search.find(agent, "parcel")

    assert len(found.contacts) == 6
    assert len(found.messages) == 12
