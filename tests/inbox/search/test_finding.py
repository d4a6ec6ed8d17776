"""inbox.search.find: words in messages"""

from __future__ import annotations

from typing import Any

import pytest

from inbox import search
from inbox.models import Agent
from tests.factories import (
    make_channel,
    make_contact,
    make_conversation,
    make_message,
    make_team,
)
from tests.inbox.search.known import bodies, known, names, plain, said

pytestmark = pytest.mark.django_db


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
        ("Grüße aus Köln", "gruesse koeln"),
        ("Gruesse aus Koeln", "Grüße Köln"),
        ("Bitte zur Hauptstraße 5", "hauptstrasse"),
        ("Bitte zur Hauptstrasse 5", "Hauptstraße"),
        ("Der Schlüssel fehlt", "schlues"),
        ("Der Schluessel fehlt", "schlüs"),
        ("Yıldız und Łukasz", "yildiz lukasz"),
        ("Ruf an: 0170 1234567", "+49 170 1234567"),
        ("Ruf an: 0170/1234567", "01701234567"),
        ("Ruf an: +49 (0)170 123 45 67", "0170 1234567"),
        ("Ruf an: 00491701234567", "0170 123-4567"),
        ("Ruf an: 01701234567", "+49 170 12345"),
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


@pytest.mark.parametrize(
    ("body", "query", "shown"),
    [
        ("Herr Müller kommt", "mueller", "Herr [Müller] kommt"),
        ("Herr Mueller kommt", "müll", "Herr [Mueller] kommt"),
        ("Ruf 0170/123 4567 an", "+49 170 1234567", "Ruf [0170/123 4567] an"),
        ("Ruf +49 170 1234567 an", "0170 12345", "Ruf [+49 170 1234567] an"),
    ],
)
def test_what_is_written_otherwise_is_marked_as_well(
    agent: Agent, body: str, query: str, shown: str
) -> None:
    said(body)

    (hit,) = search.find(agent, query).messages

    assert plain(hit.excerpt) == shown


def test_common_words_are_found_newest_first_and_rare_ones_wherever_they_are(
    agent: Agent,
) -> None:
    """On PostgreSQL each is found by another step."""
    rare = said("a xylophone")
    conversation = make_conversation()
    many = [make_message(conversation, f"parcel {n}") for n in range(600)]
    search.index_messages(many)

    assert bodies(agent, "xylo") == [rare.body]
    found = [hit.pk for hit in search.find(agent, "parcel").messages]
    assert found == [message.pk for message in reversed(many[-20:])]


def test_the_place_found_is_marked(agent: Agent) -> None:
    said(
        "Guten Tag! " + "Blabla " * 30 + "Wann kommt die <b>Lieferung</b> endlich? " + "x " * 99
    )

    (hit,) = search.find(agent, "liefer").messages

    shown = plain(hit.excerpt)
    assert "die <b>[Lieferung]</b> endlich?" in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) < 160


def test_a_message_says_who_wrote_it_when_and_to_whom(agent: Agent, colleague: Agent) -> None:
    contact = make_contact(profile_name="Lena Hofmann")
    conversation = make_conversation(contact=contact)
    message = said("Your parcel", conversation=conversation, direction="out", author=colleague)

    (hit,) = search.find(agent, "parcel").messages

    assert (hit.pk, hit.at, hit.author) == (message.pk, message.at, "Jana")
    assert (hit.contact_code, hit.contact_name) == (contact.code, "Lena Hofmann")
    assert hit.conversation_code == conversation.code


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
