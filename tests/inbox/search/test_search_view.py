"""GET and POST /search/"""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from inbox import search
from inbox.models import Agent, Message
from tests.factories import (
    make_channel,
    make_contact,
    make_conversation,
    make_message,
    make_team,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def said(body: str, name: str = "Lena Hofmann") -> Message:
    contact = make_contact(profile_name=name)
    message = make_message(make_conversation(contact=contact), body)
    search.index_messages([message])
    search.index_contacts([contact])
    return message


def test_a_hit_leads_to_its_place(agent_client: Client) -> None:
    message = said("Where is my parcel?")

    r = agent_client.post("/search/", {"q": "parc"}, headers=HTMX)

    assertContains(r, "Where is my <mark>parcel</mark>?")
    address = f"/conversations/{message.conversation.code}/?at={message.pk}"
    assertContains(r, f'href="{address}"')
    assertContains(r, f'hx-get="{address}"')
    # The thread marks the words that stand in the page; no address has them.
    assertNotContains(r, "parc&")
    assertNotContains(r, "words=")
    assertNotContains(r, "<html")


def test_contacts_come_first(agent_client: Client) -> None:
    said("It is for Lena")

    r = agent_client.post("/search/", {"q": "lena"}, headers=HTMX)

    assertContains(r, "<mark>Lena</mark> Hofmann")
    assert r.text.index("Contacts") < r.text.index("Messages")


@pytest.mark.parametrize("query", ["lieferung", "script", "lena"])
def test_what_is_found_is_only_ever_text(agent_client: Client, query: str) -> None:
    evil = "<script>alert('Lieferung')</script> {{ 7|add:7 }} {% debug %} </mark>"
    said(evil, name="<script>Lena</script>")

    r = agent_client.post("/search/", {"q": query}, headers=HTMX)

    assertContains(r, "<mark>")
    assertNotContains(r, "<script")
    assertContains(r, "{{ 7|add:7 }}" if query != "lena" else "&lt;")


def test_what_was_typed_is_only_ever_text(agent_client: Client) -> None:
    r = agent_client.post("/search/", {"q": '"><script>alert(1)</script>{{ 7 }}'})

    assertNotContains(r, "<script>alert")
    assertContains(r, "&quot;&gt;&lt;script&gt;alert(1)")


def test_nothing_found_says_what_to_try(agent_client: Client) -> None:
    r = agent_client.post("/search/", {"q": "nowhere"}, headers=HTMX)

    assertContains(r, "Nothing found")


def test_one_letter_is_too_little(agent_client: Client) -> None:
    assertContains(agent_client.post("/search/", {"q": "a"}, headers=HTMX), "two letters")


def test_the_address_alone_is_a_page(agent_client: Client) -> None:
    said("Where is my parcel?")

    r = agent_client.post("/search/", {"q": "parcel"})

    assertContains(r, "<html")
    assertContains(r, "<mark>parcel</mark>")


@pytest.mark.parametrize("q", ["\x00", "\ud800", "%00", "' OR 1=1 --", "(((", "x" * 9999, "*"])
def test_odd_words_do_no_harm(agent_client: Client, q: str) -> None:
    said("Where is my parcel?")
    q = q.encode("utf-8", "surrogatepass").decode("latin-1")

    assert agent_client.post("/search/", {"q": q}, headers=HTMX).status_code == 200


def test_hidden_numbers_keep_their_secrets(agent_client: Client) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    contact = make_contact(profile_name="Frida Kahlo")
    message = make_message(
        make_conversation(contact=contact, channel=secret), "A secret parcel"
    )
    search.index_messages([message])
    search.index_contacts([contact])

    for query in ("secret", "frida"):
        r = agent_client.post("/search/", {"q": query}, headers=HTMX)
        assertContains(r, "Nothing found")


def test_without_scripts_it_is_a_form(agent_client: Client) -> None:
    r = agent_client.get("/search/")

    assertContains(r, '<form class="search" role="search" method="post"')
    assertNotContains(r, "Nothing found")


def test_words_in_an_address_are_not_looked_for(agent_client: Client) -> None:
    """Addresses stand in logs and histories: nothing may lead to writing words there."""
    said("Where is my parcel?")

    r = agent_client.get("/search/", {"q": "parcel"})

    assertNotContains(r, "Where is my")


def test_it_is_refused_to_other_sites(agent: Agent) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(agent, backend="inbox.backends.AgentBackend")

    assert browser.post("/search/", {"q": "parcel"}).status_code == 403


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get("/search/").status_code == 302
    assert client.post("/search/", {"q": "parcel"}).status_code == 302
