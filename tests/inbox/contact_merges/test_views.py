"""GET and POST /contacts/<code>/merge/…, /merges/<code>/split/"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from consent import gate
from inbox import search
from inbox.actions import contact_fields, contact_merges
from inbox.models import Agent, Contact, ContactMerge
from tests.factories import make_channel, make_contact, make_conversation, make_team

pytestmark = pytest.mark.django_db


def known(name: str, **fields: Any) -> Contact:
    contact = make_conversation(contact=make_contact(name=name), **fields).contact
    search.index_contacts([contact])
    return contact


def page(kept: Contact, gone: Contact) -> str:
    return f"/contacts/{kept.code}/merge/{gone.code}/"


def test_the_other_is_found(lead_client: Client) -> None:
    one, other = known("Ida Brandt"), known("Ida B")

    r = lead_client.post(f"/contacts/{one.code}/merge/", {"q": "Ida"})

    assertContains(r, page(one, other))
    assertNotContains(r, page(one, one))
    assertContains(lead_client.get(f"/contacts/{one.code}/merge/"), "Find the other contact")


def test_the_page_shows_what_will_be(lead_client: Client, lead: Agent) -> None:
    channel = make_channel(name="Service")
    kept, gone = known("<b>Ida</b>", channel=channel), known("Ada", channel=channel)
    gate.object_to_advertising(gone.consent_subject, at=timezone.now(), by="keyword")
    field = contact_fields.create(key="size", name="Size", kind="text", choices=[])
    contact_fields.fill_in(kept, {field: "41"}, by=lead)
    contact_fields.fill_in(gone, {field: "42"}, by=lead)

    r = lead_client.get(page(kept, gone))

    for words in (
        "&lt;b&gt;Ida&lt;/b&gt;",
        "The two open conversations at Service become one.",
        "No advertising, as one of the two wanted.",
        f'name="field-{field.code}"',
        'name="name"',
    ):
        assertContains(r, words)
    assertNotContains(r, "<b>Ida</b>")
    assertNotContains(r, 'name="language"')
    assert not ContactMerge.objects.exists()


def test_merged_chosen_and_split_again(lead_client: Client, lead: Agent) -> None:
    kept, gone = known("Ida"), known("Ada")

    r = lead_client.post(page(kept, gone), {"name": "gone"})

    assertRedirects(r, f"/contacts/{kept.code}/")
    kept.refresh_from_db()
    assert kept.name == "Ada"
    assertRedirects(lead_client.get(f"/contacts/{gone.code}/"), f"/contacts/{kept.code}/")
    made = ContactMerge.objects.get()
    url = f"/merges/{made.code}/split/"
    assertContains(lead_client.get(f"/contacts/{kept.code}/"), url)
    assertContains(lead_client.get(url), "What came since the merge stays with")

    lead_client.post(url)

    kept.refresh_from_db()
    assert kept.name == "Ida"
    assert lead_client.get(f"/contacts/{gone.code}/").status_code == 200
    assert lead_client.post(url).status_code == 404


def test_a_choice_that_is_none_is_refused(lead_client: Client) -> None:
    r = lead_client.post(page(known("Ida"), known("Ada")), {"name": "both"})

    assert r.status_code == 409
    assert not ContactMerge.objects.exists()


def test_merging_what_was_merged_leads_there(lead_client: Client, lead: Agent) -> None:
    kept, gone = known("Ida"), known("Ada")
    contact_merges.merge(kept=kept, gone=gone, by=lead)

    for one, other in ((kept, gone), (gone, kept)):
        assertRedirects(lead_client.post(page(one, other)), f"/contacts/{kept.code}/")


def test_agents_do_not_merge(agent_client: Client, lead: Agent) -> None:
    kept, gone, third = known("Ida"), known("Ada"), known("Eda")
    made = contact_merges.merge(kept=kept, gone=third, by=lead)

    for url in (
        page(kept, gone),
        f"/contacts/{kept.code}/merge/",
        f"/merges/{made.code}/split/",
    ):
        assert agent_client.get(url).status_code == 403
        assert agent_client.post(url).status_code == 403
    r = agent_client.get(f"/contacts/{kept.code}/")
    assertNotContains(r, "/merge")
    assert ContactMerge.objects.get().split_at is None


def test_nobody_moves_what_they_may_not_see(lead_client: Client, admin_client: Client) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    hidden, half, seen = known("Ida", channel=secret), known("Ada"), known("Eda")
    make_conversation(contact=half, channel=secret)

    assert lead_client.post(page(seen, hidden)).status_code == 404
    assert lead_client.post(page(hidden, seen)).status_code == 404
    assert lead_client.post(page(seen, half)).status_code == 403
    assert lead_client.post(f"/contacts/{seen.code}/merge/{uuid4()}/").status_code == 404
    assert not ContactMerge.objects.exists()
    assert admin_client.get(page(seen, half)).status_code == 200
