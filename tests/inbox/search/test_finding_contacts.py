"""inbox.search.find: contacts by name, user name and number"""

from __future__ import annotations

import pytest

from inbox import search
from inbox.models import Agent
from tests.factories import make_channel, make_conversation, make_team
from tests.inbox.search.known import known, names, plain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    ["Lena", "hof", "hofmann lena", "@lena", "lena.hof", "+49 151 2345", "0151 2345",
     "0151-234", "0049 151 234567", "+49 (0)151 2345", "4915123456789", "15123"],
)  # fmt: skip
def test_contacts_are_found_by_name_user_name_and_number(agent: Agent, query: str) -> None:
    known(profile_name="Lena Hofmann", username="lena.hofmann", phone="4915123456789")
    known(profile_name="Somebody Else", phone="4917000000000")

    assert names(agent, query) == ["Lena Hofmann"]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Jürgen Groß", "juergen gross"), ("Juergen Gross", "Jürgen Groß"),
        ("Jürgen Groß", "jurg"), ("Jürgen Groß", "gro jue"), ("Emre Yıldız", "yildiz"),
        ("Łukasz Nowak", "lukasz"), ("Søren Kjær", "soren kjaer"), ("Ayşe", "ayse"),
        ("Zoë Martin", "zoe"), ("O'Brien", "o'br"), ("Müller-Lüdenscheidt", "luedensch"),
    ],
)  # fmt: skip
def test_names_are_found_however_they_are_spelled(agent: Agent, name: str, query: str) -> None:
    known(profile_name=name)
    known(profile_name="Somebody Else")

    assert names(agent, query) == [name]


@pytest.mark.parametrize(
    "query",
    ["+49 170", "+49170", "0049 170", "0170", "0170 1234567", "0170/123 45 67", "170 123",
     "+49 (0) 170 1234567", "+49 0170 1234567", "49 170 1234567", "(0170) 123"],
)  # fmt: skip
def test_a_number_is_found_in_every_writing(agent: Agent, query: str) -> None:
    known(profile_name="Lena Hofmann", phone="491701234567")
    known(profile_name="Somebody Else", phone="4915111111111")

    assert names(agent, query) == ["Lena Hofmann"]


def test_names_that_begin_with_the_words_come_first(agent: Agent) -> None:
    known(profile_name="Anna Berg")
    known(profile_name="Berg Anna")

    assert names(agent, "anna") == ["Anna Berg", "Berg Anna"]
    assert names(agent, "berg") == ["Berg Anna", "Anna Berg"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [("15123", "+49 [1512 3]456789"), ("0151 23", "+49 [1512 3]456789")],
)
def test_the_part_of_the_number_is_marked(agent: Agent, query: str, shown: str) -> None:
    known(profile_name="Lena", phone="4915123456789")

    (hit,) = search.find(agent, query).contacts

    assert plain(hit.detail) == shown


def test_a_contact_leads_to_the_newest_conversation_that_may_be_seen(agent: Agent) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    contact = known(profile_name="Lena Hofmann")
    newest = make_conversation(contact=contact)
    make_conversation(contact=contact, channel=secret)

    (hit,) = search.find(agent, "lena").contacts

    assert hit.conversation_code == newest.code
    assert (hit.pk, hit.code) == (contact.pk, contact.code)
