"""Describing, merging and deleting labels, and names that sound sensitive."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from inbox.actions import labels
from inbox.models import Agent, ContactLabel, ConversationLabel, Label, LabelEvent, Message
from inbox.sensitive_names import Kind, kind_of
from tests.factories import make_contact, make_conversation

pytestmark = pytest.mark.django_db
URL = "/settings/labels/"
FORM = {"name": "Krankheit", "colour": "#b91c1c", "description": ""}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("Herzkrankheit", Kind.HEALTH), ("H.I.V.", Kind.HEALTH), ("PREGNANT", Kind.HEALTH)),
        *(("Jüdisch", Kind.RELIGION), ("Ju\u0308disch", Kind.RELIGION)),
        ("Catholic", Kind.RELIGION),
        *(("AfD-Wähler", Kind.POLITICS), ("left-wing", Kind.POLITICS)),
        *(("Homosexuell", Kind.SEXUAL_LIFE), ("LGBTQ", Kind.SEXUAL_LIFE)),
        *(("Flüchtling", Kind.ORIGIN), ("Hautfarbe", Kind.ORIGIN)),
        *(("ver.di", Kind.TRADE_UNION), ("Trade Union", Kind.TRADE_UNION)),
        *(("Partner", None), ("Party", None), ("Diverses", None), ("Illustration", None)),
        *(("Reklamation", None), ("Medienanfrage", None), ("", None), ("🙂", None)),
    ],
)  # fmt: skip
def test_names_that_sound_sensitive_are_known(name: str, kind: Kind | None) -> None:
    assert kind_of(name) is kind


def test_a_hostile_name_takes_no_time() -> None:
    assert kind_of("a" * 40 + "\u0308" * 5000) is None


def test_such_a_name_is_asked_about(admin_client: Client, guardian_client: Client) -> None:
    asked = admin_client.post(f"{URL}create/", FORM)
    assertContains(asked, "This sounds like health", status_code=422)
    assertContains(asked, 'name="confirmed"', status_code=422)
    assertContains(asked, "Krankheit", status_code=422)
    assertNotContains(asked, 'name="is_sensitive"', status_code=422)
    assert not Label.objects.exists()
    assertNotContains(admin_client.get(URL), 'name="confirmed"')

    admin_client.post(f"{URL}create/", FORM | {"confirmed": "on"})
    guardian_client.post(f"{URL}create/", FORM | {"is_sensitive": "on"})

    kinds = Label.objects.order_by("pk").values_list("name", "is_sensitive")
    assert list(kinds) == [("Krankheit", False), ("Krankheit", True)]


def test_renaming_asks_too_but_not_twice(admin_client: Client, label: Label) -> None:
    page = f"{URL}{label.code}/"
    assert admin_client.post(page, FORM).status_code == 422
    assert admin_client.post(page, FORM | {"confirmed": "on"}).status_code == 302
    assert admin_client.post(page, FORM | {"description": "Sick leave"}).status_code == 302

    label.refresh_from_db()
    assert (label.name, label.description) == ("Krankheit", "Sick leave")


def test_renaming_leaves_the_past_as_it_was(
    admin_client: Client, agent_client: Client, agent: Agent, label: Label
) -> None:
    conversation = make_conversation()
    labels.add(conversation, label, by=agent)

    admin_client.post(f"{URL}{label.code}/", FORM | {"name": "Problem"})

    thread = agent_client.get(f"/conversations/{conversation.code}/")
    assertContains(thread, "added the label “Complaint”")
    assertContains(admin_client.get(URL), "renamed the label “Complaint” to “Problem”")


def test_merging_moves_everything_once_and_says_so(
    admin_client: Client, admin: Agent, label: Label
) -> None:
    into = Label.objects.create(name="Order")
    only, both = make_conversation(), make_conversation()
    person, known = make_contact(), make_contact()
    for conversation in (only, both):
        labels.add(conversation, label, by=admin)
    labels.add(both, into, by=admin)
    for contact in (person, known):
        ContactLabel.objects.create(contact=contact, label=label)
    ContactLabel.objects.create(contact=known, label=into)
    lines = Message.objects.count()

    page = admin_client.get(f"{URL}{label.code}/merge/")
    assertContains(page, "2 conversations")
    assertContains(page, "2 contacts")
    assertNotContains(page, f'<option value="{label.code}"')
    r = admin_client.post(f"{URL}{label.code}/merge/", {"into": str(into.code)}, follow=True)

    assertContains(r, "“Complaint” is “Order” from now on.")
    assertContains(r, "merged the label “Complaint” into “Order”")
    assert list(Label.objects.all()) == [into]
    assert ConversationLabel.objects.filter(label=into).count() == 2
    assert ContactLabel.objects.filter(label=into).count() == 2
    assert Message.objects.count() == lines


@pytest.mark.parametrize("into", ["", "nonsense", "itself"])
def test_there_must_be_another_one_to_merge_into(
    admin_client: Client, label: Label, into: str
) -> None:
    code = str(label.code) if into == "itself" else into
    r = admin_client.post(f"{URL}{label.code}/merge/", {"into": code})
    assertContains(r, 'id="id_into_error"', status_code=422)
    assert Label.objects.exists()


def test_deleting_warns_with_counts(admin_client: Client, label: Label) -> None:
    ContactLabel.objects.create(contact=make_contact(), label=label)

    page = admin_client.get(f"{URL}{label.code}/delete/")
    assertContains(page, "0 conversations")
    assertContains(page, "1 contact")
    r = admin_client.post(f"{URL}{label.code}/delete/", follow=True)

    assertContains(r, "deleted the label “Complaint”")
    assert not ContactLabel.objects.exists()
    assert LabelEvent.objects.get().what == "deleted"


def test_leads_merge_nothing(lead_client: Client, label: Label) -> None:
    assert lead_client.get(f"{URL}{label.code}/merge/").status_code == 403
    assertNotContains(lead_client.get(URL), "/merge/")
