"""GET and POST /conversations/<code>/labels/ and /contacts/<code>/labels/"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from inbox import events
from inbox.actions import labels
from inbox.models import Agent, ContactEvent, ContactLabel, Conversation, Label, Message
from tests.factories import make_channel, make_contact, make_conversation
from tests.inbox.labels.conftest import FETCH

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation()


@pytest.fixture(params=["conversation", "contact"])
def url(request: pytest.FixtureRequest, conversation: Conversation) -> str:
    if request.param == "conversation":
        return f"/conversations/{conversation.code}/labels/"
    return f"/contacts/{conversation.contact.code}/labels/"


def test_it_shows_all_labels_and_what_is_on(
    agent_client: Client, url: str, label: Label
) -> None:
    Label.objects.create(name="Evil <b>", description='"><script>alert(1)</script>', position=9)
    agent_client.post(url, {"add": str(label.code)}, headers=FETCH)

    r = agent_client.get(url, headers=FETCH)

    assertNotContains(r, "<html")
    assertContains(r, "Something is wrong")
    assertContains(r, "Evil &lt;b&gt;")
    assertNotContains(r, "<script>")
    assertContains(r, f'name="remove" value="{label.code}" aria-pressed="true"')
    assertContains(r, 'aria-pressed="false"', count=1)


def test_without_scripts_it_is_a_page(agent_client: Client, url: str, label: Label) -> None:
    r = agent_client.get(url)
    assertContains(r, "<html")
    assertContains(r, f'action="{url}"')
    r = agent_client.post(url, {"add": str(label.code)}, follow=True)
    assertContains(r, "Label “Complaint” added.")


def test_what_was_done_can_be_undone(agent_client: Client, url: str, label: Label) -> None:
    done = agent_client.post(url, {"add": str(label.code)}, headers=FETCH).json()
    again = agent_client.post(url, {"add": str(label.code)}, headers=FETCH).json()
    undone = agent_client.post(
        done["undo"]["url"], done["undo"]["fields"], headers=FETCH
    ).json()
    back = agent_client.post(undone["undo"]["url"], undone["undo"]["fields"], headers=FETCH)

    assert done["text"] == "Label “Complaint” added."
    assert again == {"text": ""}
    assert undone["text"] == "Label “Complaint” taken off."
    assert back.json()["text"] == "Label “Complaint” added."


@pytest.mark.parametrize("form", [{}, {"add": "x"}, {"remove": "\x00"}, {"add": "0" * 32}])
def test_an_unknown_label_is_not_found(
    agent_client: Client, url: str, form: dict[str, str]
) -> None:
    assert agent_client.post(url, form).status_code == 404


def test_where_there_are_none_it_says_so(
    agent_client: Client, admin_client: Client, url: str
) -> None:
    assertContains(agent_client.get(url, headers=FETCH), "Labels are made in the settings.")
    assertContains(admin_client.get(url, headers=FETCH), "/settings/labels/")


def test_the_number_of_queries_does_not_grow(
    agent_client: Client, url: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        Label.objects.create(name=f"Label {number}")
    agent_client.get(url, headers=FETCH)

    # Session, agent, numbers hidden from the agent, what it is about, labels; of a contact:
    # whether it was merged, and whether one may know of it.
    with django_assert_max_num_queries(7):
        agent_client.get(url, headers=FETCH)


def test_a_label_on_a_person_stands_in_their_open_conversations(
    agent: Agent, label: Label, published: list[events.HintBody]
) -> None:
    contact, channel = make_contact(), make_channel()
    closed = make_conversation(contact=contact, channel=channel, status="closed")
    open_ones = [make_conversation(contact=contact), make_conversation(contact=contact)]

    assert labels.add_to_contact(contact, label, by=agent)
    assert not labels.add_to_contact(contact, label, by=agent)

    lines = Message.objects.filter(kind="event").order_by("conversation")
    assert [line.conversation for line in lines] == open_ones
    assert closed.changed_at == Conversation.objects.get(pk=closed.pk).changed_at
    assert len(published) == 2
    assert ContactEvent.objects.get().word == "labels"


def test_where_all_are_closed_it_stands_in_the_last_one(agent: Agent, label: Label) -> None:
    contact, channel = make_contact(), make_channel()
    make_conversation(contact=contact, channel=channel, status="closed")
    last = make_conversation(contact=contact, channel=channel, status="closed")

    labels.add_to_contact(contact, label, by=agent)
    labels.remove_from_contact(contact, label, by=agent)

    lines = Message.objects.filter(kind="event").order_by("pk")
    words = [(line.conversation, line.content["event"]) for line in lines]
    assert words == [(last, "contact_labelled"), (last, "contact_unlabelled")]


def test_the_panel_and_the_contacts_page_tell_them_apart(
    agent_client: Client, agent: Agent, conversation: Conversation, label: Label
) -> None:
    theirs = Label.objects.create(name="VIP <i>", position=5)
    labels.add(conversation, label, by=agent)
    labels.add_to_contact(conversation.contact, theirs, by=agent)

    panel = agent_client.get(f"/conversations/{conversation.code}/person/").text
    page = agent_client.get(f"/contacts/{conversation.contact.code}/").text

    before, after = panel.split("Labels of the person")
    assert "Take off Complaint" in before
    assert "Take off VIP &lt;i&gt;" in after
    assert "Take off VIP &lt;i&gt;" in page
    assert "Take off Complaint" not in page


@pytest.mark.parametrize("common", [0, 1000], ids=["common label", "rare label"])
def test_contacts_are_filtered_by_all_labels_chosen(
    agent_client: Client, label: Label, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    monkeypatch.setattr("inbox.labelled.COMMON_LABEL", common)
    other = Label.objects.create(name="VIP", position=3)
    people = [make_contact(profile_name=f"Person {letter}") for letter in "ABC"]
    for person in people:
        make_conversation(contact=person)
    for person, one in ((people[0], label), (people[1], label), (people[1], other)):
        ContactLabel.objects.create(contact=person, label=one)

    def found(*chosen: Label, text: str = "") -> str:
        query = "&".join(f"label={one.code}" for one in chosen)
        if text:
            page = agent_client.post(f"/people/?{query}", {"q": text}).text
        else:
            page = agent_client.get(f"/people/?{query}").text
        return "".join(letter for letter in "ABC" if f"Person {letter}" in page)

    assert found() == "ABC"
    assert found(label) == "AB"
    assert found(label, other) == found(other, label) == "B"
    assert found(other) == "B"
    assertContains(agent_client.get("/people/", {"label": "nonsense"}), "", status_code=404)


def test_the_page_one_came_from_is_gone_back_to(
    agent_client: Client, conversation: Conversation, label: Label
) -> None:
    r = agent_client.post(
        f"/conversations/{conversation.code}/labels/", {"add": str(label.code)}
    )
    assertRedirects(r, conversation.get_absolute_url())
