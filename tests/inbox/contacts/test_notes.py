"""Notes on a person: POST /contacts/<code>/notes/, /contact-notes/<code>/…"""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from inbox.actions import contact_notes
from inbox.models import Agent, Contact, ContactEvent, ContactNote
from tests.factories import make_conversation

pytestmark = pytest.mark.django_db


def known() -> Contact:
    return make_conversation().contact


def page(contact: Contact) -> str:
    return f"/contacts/{contact.code}/"


def test_a_note_says_who_wrote_it(agent_client: Client) -> None:
    contact = known()

    r = agent_client.post(f"{page(contact)}notes/", {"body": "Calls <i>late</i>"})

    assertRedirects(r, f"{page(contact)}#notes")
    r = agent_client.get(page(contact))
    assertContains(r, "Calls &lt;i&gt;late&lt;/i&gt;")
    assertContains(r, "Anna Keller")
    assert ContactEvent.objects.get().word == "note_added"
    assert ContactEvent.objects.get().data == {}


def test_only_who_wrote_it_changes_or_deletes_it(
    agent: Agent, colleague_client: Client, agent_client: Client
) -> None:
    contact = known()
    note = contact_notes.add(contact, body="Calls late", by=agent)
    url = f"/contact-notes/{note.code}/"

    assertNotContains(colleague_client.get(page(contact)), url)
    assert colleague_client.post(f"{url}change/", {"body": "Mine"}).status_code == 404
    assert colleague_client.post(f"{url}delete/").status_code == 404
    assert ContactNote.objects.get().body == "Calls late"

    agent_client.post(f"{url}change/", {"body": "Calls early"})
    assertContains(agent_client.get(page(contact)), "Calls early")
    agent_client.post(f"{url}delete/")
    assert not ContactNote.objects.exists()
    words = ContactEvent.objects.order_by("pk").values_list("word", flat=True)
    assert list(words) == ["note_added", "note_changed", "note_deleted"]


def test_too_long_a_note_is_not_lost(agent_client: Client, agent: Agent) -> None:
    contact = known()
    note = contact_notes.add(contact, body="Short", by=agent)
    long = "x" * 4001

    for url in (f"{page(contact)}notes/", f"/contact-notes/{note.code}/change/"):
        r = agent_client.post(url, {"body": long})
        assertContains(r, "at most 4000 characters", status_code=422)
        assertContains(r, long, status_code=422)
    assert agent_client.post(f"{page(contact)}notes/", {"body": " "}).status_code == 422
    assert ContactNote.objects.get().body == "Short"


def test_notes_of_somebody_who_has_left_stay(agent_client: Client, colleague: Agent) -> None:
    contact = known()
    note = contact_notes.add(contact, body="Kept", by=colleague)
    ContactNote.objects.filter(pk=note.pk).update(author=None)

    assertContains(agent_client.get(page(contact)), "somebody who has left")
