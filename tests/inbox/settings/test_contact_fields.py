"""Settings → contact fields"""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from inbox.actions import contact_fields
from inbox.models import Agent, ContactField
from tests.factories import make_contact

pytestmark = pytest.mark.django_db
URL = "/settings/contact-fields/"


def make_branch() -> ContactField:
    return contact_fields.create(
        key="branch", name="Branch", kind="choice", choices=["Berlin", "Köln"]
    )


def create(client: Client, **form: str) -> int:
    return client.post(f"{URL}create/", {"name": "Size", "kind": "text"} | form).status_code


def test_an_admin_makes_a_field(admin_client: Client) -> None:
    assert create(admin_client, key="size", kind="choice", choices="S\n M \n\nS") == 302

    field = ContactField.objects.get()
    assert (field.key, field.choices) == ("size", ["S", "M"])
    assertContains(admin_client.get(URL), "Size")


@pytest.mark.parametrize("key", ["", "Size", "1st", "größe", "a b", "a" * 41, "a\n", "a}}"])
def test_a_key_that_no_text_could_name_is_refused(admin_client: Client, key: str) -> None:
    assert create(admin_client, key=key) in {302, 422}
    assert set(ContactField.objects.values_list("key", flat=True)) <= {"a"}


def test_a_key_is_given_once(admin_client: Client) -> None:
    make_branch()

    assert create(admin_client, key="branch") == 422


def test_a_choice_field_needs_choices(admin_client: Client) -> None:
    assert create(admin_client, key="size", kind="choice") == 422
    assert create(admin_client, key="size", kind="choice", choices="x" * 81) == 422
    many = "\n".join(map(str, range(101)))
    assert create(admin_client, key="size", kind="choice", choices=many) == 422


def test_a_choice_somebody_has_cannot_vanish(admin_client: Client, agent: Agent) -> None:
    field = make_branch()
    contact_fields.fill_in(make_contact(), {field: "Köln"}, by=agent)

    form = {"name": "Branch", "choices": "Berlin\nBonn"}
    r = admin_client.post(f"{URL}{field.code}/", form)

    assertContains(r, "“Köln” is chosen for 1 contact.", status_code=422)
    assertContains(r, "Bonn", status_code=422)
    field.refresh_from_db()
    assert field.choices == ["Berlin", "Köln"]

    form["choices"] = "Köln\nBonn"
    admin_client.post(f"{URL}{field.code}/", form)
    field.refresh_from_db()
    assert field.choices == ["Köln", "Bonn"]


def test_kind_and_key_stay(admin_client: Client) -> None:
    field = make_branch()

    form = {"name": "Shop", "choices": "Berlin", "key": "shop", "kind": "text"}
    admin_client.post(f"{URL}{field.code}/", form)

    field.refresh_from_db()
    assert (field.name, field.key, field.kind) == ("Shop", "branch", "choice")


def test_fields_are_ordered_archived_and_used_again(admin_client: Client) -> None:
    first = make_branch()
    second = contact_fields.create(key="size", name="Size", kind="text", choices=[])

    admin_client.post(f"{URL}{second.code}/move/", {"direction": "up"})
    assert list(ContactField.objects.all()) == [second, first]

    admin_client.post(f"{URL}{second.code}/archive/")
    assert list(ContactField.objects.active()) == [first]
    assertContains(admin_client.get(URL), "Use again")
    admin_client.post(f"{URL}{second.code}/restore/")
    assert list(ContactField.objects.active()) == [second, first]


def test_leads_look_and_change_nothing(lead_client: Client) -> None:
    field = make_branch()

    r = lead_client.get(URL)

    assertContains(r, "Branch")
    assertNotContains(r, "New field")
    for url in (f"{URL}create/", *(f"{URL}{field.code}/{w}/" for w in ("move", "archive"))):
        assert lead_client.post(url).status_code == 403
