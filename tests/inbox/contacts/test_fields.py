"""The company's own fields of a contact: shown, filled in, refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from inbox.actions import contact_fields
from inbox.contact_fields import Value, field_values
from inbox.events import ConversationChanged, HintBody
from inbox.models import (
    Agent,
    Contact,
    ContactEvent,
    ContactField,
    ContactValue,
    Conversation,
)
from tests.factories import make_channel, make_contact, make_conversation, make_team

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def make_field(key: str, kind: str = "text", *choices: str) -> ContactField:
    return contact_fields.create(key=key, name=key.title(), kind=kind, choices=choices)


def known(**fields: Any) -> Contact:
    return make_conversation(contact=make_contact(**fields)).contact


def url(contact: Contact) -> str:
    return f"/contacts/{contact.code}/fields/"


def typed(**values: str) -> dict[str, str]:
    codes = {field.key: str(field.code) for field in ContactField.objects.all()}
    return {f"field-{codes[key]}": value for key, value in values.items()}


def make_four() -> None:
    make_field("customer")
    make_field("size", "number")
    make_field("since", "date")
    make_field("branch", "choice", "Berlin", "Köln")


def test_each_kind_is_stored_so_that_it_can_be_sorted(agent_client: Client) -> None:
    make_four()
    contact = known()

    form = typed(customer="K-17", size="42,5", since="2024-04-16", branch="Köln")
    r = agent_client.post(url(contact), form)

    assertRedirects(r, f"/contacts/{contact.code}/")
    rows = ContactValue.objects.order_by("field__position")
    assert [row.value for row in rows] == ["K-17", Decimal("42.5"), date(2024, 4, 16), "Köln"]


def test_quick_replies_read_them_in_the_language_of_now(agent: Agent) -> None:
    make_four()
    contact = known()
    size, since = (ContactField.objects.get(key=key) for key in ("size", "since"))
    values: dict[ContactField, Value] = {size: Decimal("42.500000"), since: date(2024, 4, 16)}
    contact_fields.fill_in(contact, values, by=agent)

    with translation.override("de"):
        assert field_values(contact) == {"size": "42,5", "since": "16.04.2024"}
    with translation.override("en"):
        assert field_values(contact) == {"size": "42.5", "since": "16 Apr 2024"}


def test_a_large_whole_number_is_written_out(agent: Agent) -> None:
    field = make_field("size", "number")
    contact = known()

    contact_fields.fill_in(contact, {field: Decimal(1200)}, by=agent)

    with translation.override("de"):
        assert field_values(contact) == {"size": "1200"}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "panel"])
def test_mistakes_are_said_at_their_fields_and_nothing_is_lost(
    agent_client: Client, headers: dict[str, str]
) -> None:
    make_four()
    contact = known()
    form = typed(customer="<b>K-17</b>", size="many", since="yesterday", branch="Paris")
    form["conversation"] = str(contact.conversations.get().code)

    r = agent_client.post(url(contact), form, headers=headers)

    for words in ("This is no number", "Enter a valid date", "Select a valid choice"):
        assertContains(r, words, status_code=422)
    assertContains(r, "&lt;b&gt;K-17&lt;/b&gt;", status_code=422)
    assertContains(r, "many", status_code=422)
    assertNotContains(r, "<b>K-17", status_code=422)
    assert not ContactValue.objects.exists()


@pytest.mark.parametrize("number", ["1" * 15, "0,1234567", "9" * 40])
def test_a_number_too_large_or_too_fine_is_a_mistake(agent_client: Client, number: str) -> None:
    make_field("size", "number")

    assert agent_client.post(url(known()), typed(size=number)).status_code == 422


def test_an_emptied_field_is_taken_out(agent_client: Client, agent: Agent) -> None:
    field = make_field("customer")
    contact = known()
    contact_fields.fill_in(contact, {field: "K-17"}, by=agent)

    agent_client.post(url(contact), typed(customer=""))

    assert not ContactValue.objects.exists()


def test_a_field_that_was_not_in_the_form_stays(agent_client: Client, agent: Agent) -> None:
    first, second = make_field("customer"), make_field("other")
    contact = known()
    contact_fields.fill_in(contact, {first: "K-17", second: "there"}, by=agent)

    agent_client.post(url(contact), typed(customer="K-18"))

    assert field_values(contact) == {"customer": "K-18", "other": "there"}


def test_the_history_names_the_field_and_never_the_value(
    agent: Agent, published: list[HintBody]
) -> None:
    field = make_field("customer")
    contact = known()

    assert contact_fields.fill_in(contact, {field: "Secret"}, by=agent)
    assert not contact_fields.fill_in(contact, {field: "Secret"}, by=agent)

    event = ContactEvent.objects.get()
    assert (event.word, event.by, event.data) == ("field", agent, {"field": "Customer"})
    assert len([hint for hint in published if isinstance(hint, ConversationChanged)]) == 1


def test_panel_and_page_show_what_is_known(agent_client: Client, agent: Agent) -> None:
    make_four()
    contact = known()
    branch = ContactField.objects.get(key="branch")
    contact_fields.fill_in(contact, {branch: "Köln"}, by=agent)
    panel = f"/conversations/{contact.conversations.get().code}/person/"

    assertContains(agent_client.get(panel), "<dt>Branch</dt><dd><bdi>Köln</bdi></dd>")
    assertNotContains(agent_client.get(panel), "<dt>Customer</dt>")
    page = agent_client.get(f"/contacts/{contact.code}/")
    assertContains(page, '<option value="Köln" selected>')
    assertContains(page, "Anna Keller changed “Branch”")


def test_the_panel_fetches_the_form_and_comes_back(agent_client: Client) -> None:
    make_field("customer")
    contact = known()
    code = str(contact.conversations.get().code)

    form = agent_client.get(url(contact), {"conversation": code}, headers=HTMX)
    r = agent_client.post(
        url(contact), typed(customer="K-17") | {"conversation": code}, headers=HTMX
    )

    assertContains(form, f'name="conversation" value="{code}"')
    assertContains(r, "K-17")
    assertContains(r, f'data-person="{code}"')


def test_an_archived_field_is_neither_shown_nor_filled_in(
    agent_client: Client, agent: Agent
) -> None:
    field = make_field("customer")
    contact = known()
    contact_fields.fill_in(contact, {field: "K-17"}, by=agent)
    contact_fields.archive(field)

    assertNotContains(agent_client.get(f"/contacts/{contact.code}/"), "K-17")
    agent_client.post(url(contact), typed(customer="K-18"))
    assert not contact_fields.fill_in(contact, {field: "K-19"}, by=agent)
    assert field_values(contact) == {}

    contact_fields.restore(field)
    assert field_values(contact) == {"customer": "K-17"}


def test_a_contact_of_hidden_numbers_is_not_there(agent_client: Client) -> None:
    make_field("customer")
    secret = make_channel()
    secret.teams.add(make_team())
    contact = make_contact()
    make_conversation(contact=contact, channel=secret)

    assert agent_client.get(url(contact)).status_code == 404
    assert agent_client.post(url(contact), typed(customer="x")).status_code == 404
    assert not ContactValue.objects.exists()
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize("fields", [1, 12])
def test_the_number_of_queries_does_not_grow(
    agent_client: Client, agent: Agent, django_assert_num_queries: Any, fields: int
) -> None:
    contact = known()
    for number in range(fields):
        field = make_field(f"field_{number}")
        contact_fields.fill_in(contact, {field: f"value {number}"}, by=agent)
    page, panel = (
        f"/contacts/{contact.code}/",
        f"/conversations/{contact.conversations.get().code}/person/",
    )
    agent_client.get(page)

    with django_assert_num_queries(9):
        agent_client.get(panel)
    with django_assert_num_queries(16):
        agent_client.get(page)
