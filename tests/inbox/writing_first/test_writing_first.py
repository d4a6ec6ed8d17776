"""inbox.actions.writing_first, and /write/"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from consent import gate
from inbox.models import (
    Agent,
    Channel,
    Contact,
    ContactIdentity,
    Conversation,
    Message,
    Template,
)
from tests.factories import make_channel, make_contact, make_conversation, make_team
from tests.inbox.inbound.posting import deliver, of_number, text
from tests.inbox.outbound.templates import body, make_template

pytestmark = pytest.mark.django_db
PHONE = "+49 151 23456789"
DIGITS = "4915123456789"


@pytest.fixture
def channel() -> Channel:
    return make_channel(name="Service")


@pytest.fixture
def template(channel: Channel) -> Template:
    return make_template(channel, body("Hello {{1}}, your order is here.", "Ida"))


def closed(channel: Channel, *, ago: timedelta = timedelta(days=30)) -> Contact:
    """Somebody who wrote long ago."""
    conversation = make_conversation(
        channel=channel, status="closed", wrote=ago, closed_at=timezone.now() - ago
    )
    return conversation.contact


def given(channel: Channel, contact: Contact | None = None, **more: Any) -> dict[str, Any]:
    who = {"contact": contact.code} if contact else {"phone": PHONE, "name": "Ida"}
    return {"channel": channel.code, **who, **more}


def send(client: Client, template: Template, form: dict[str, Any], **more: Any) -> Any:
    filled = {"value.body.1": "Ida", "draft_key": uuid4(), "send": "yes"}
    return client.post(f"/write/{template.code}/", form | filled | more)


def value_name(client: Client, template: Template, form: dict[str, Any]) -> str:
    r = client.post(f"/write/{template.code}/", form)
    names: list[str] = list(r.context["form"].fields)
    return next(name for name in names if name.startswith("value."))


def test_a_known_customer_is_written_to(
    agent_client: Client, agent: Agent, channel: Channel, template: Template
) -> None:
    contact = closed(channel)
    form = given(channel, contact)
    assertContains(
        agent_client.get("/write/", {"contact": str(contact.code)}), "Write to Customer"
    )
    assertContains(agent_client.post("/write/", form), "Use this template")
    name = value_name(agent_client, template, form)

    r = send(agent_client, template, form, **{name: "Ida <b>"})

    conversation = Conversation.objects.latest("pk")
    assertRedirects(r, conversation.get_absolute_url())
    assert (conversation.contact, conversation.assignee) == (contact, agent)
    message = conversation.messages.get(kind="template")
    assert (message.body, message.status) == ("Hello Ida <b>, your order is here.", "queued")
    first = conversation.messages.earliest("pk")
    assert first.content["event"] == "written_first"
    assert contact.events.get().data == {"number": "Service"}


def test_somebody_new_becomes_a_contact(
    agent_client: Client, channel: Channel, template: Template
) -> None:
    name = value_name(agent_client, template, given(channel))

    send(agent_client, template, given(channel), **{name: "Ida"})

    contact = Contact.objects.get()
    assert (contact.phone, contact.display_name) == (DIGITS, "Ida")
    assert ContactIdentity.objects.get().value == DIGITS
    deliver(of_number(channel, messages=[text(from_=DIGITS)]))
    assert Conversation.objects.get().contact == contact


def test_a_double_click_sends_once(
    agent_client: Client, channel: Channel, template: Template
) -> None:
    name = value_name(agent_client, template, given(channel))
    key = uuid4()

    answers = [
        send(agent_client, template, given(channel), draft_key=key, **{name: "Ida"})
        for _ in range(2)
    ]

    assert answers[0].url == answers[1].url
    assert Message.objects.filter(kind="template").count() == 1
    assert Conversation.objects.count() == Contact.objects.count() == 1


def test_an_open_conversation_is_where_it_leads(
    agent_client: Client, channel: Channel, template: Template
) -> None:
    conversation = make_conversation(contact=make_contact(phone=DIGITS), channel=channel)
    url = conversation.get_absolute_url()

    assertRedirects(agent_client.post("/write/", given(channel)), url)
    name = value_name(agent_client, template, given(channel))
    assertRedirects(send(agent_client, template, given(channel), **{name: "Ida"}), url)
    assert not Message.objects.exists()


def test_one_closed_a_short_while_ago_goes_on(
    agent_client: Client, agent: Agent, channel: Channel, template: Template
) -> None:
    contact = closed(channel, ago=timedelta(minutes=5))
    form = given(channel, contact)
    name = value_name(agent_client, template, form)

    send(agent_client, template, form, **{name: "Ida"})

    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.assignee) == ("open", agent)


def test_advertising_needs_consent_and_leaves_nothing_behind(
    agent_client: Client, channel: Channel
) -> None:
    sale = make_template(channel, category="MARKETING", name="sale")
    form = given(channel)

    r = agent_client.post("/write/", form)
    assertContains(r, "for advertising they have to agree first")
    assertNotContains(r, "Use this template")

    r = send(agent_client, sale, form)
    assertContains(r, str(gate.sentence_for(gate.Reason.NO_CONSENT)), status_code=422)
    assert not (Conversation.objects.exists() or Contact.objects.exists())


def test_who_wants_no_messages_gets_none(
    agent_client: Client, channel: Channel, template: Template
) -> None:
    contact = closed(channel)
    gate.forbid_contact(contact.consent_subject, at=timezone.now(), by="keyword")
    form = given(channel, contact)
    name = value_name(agent_client, template, form)

    r = send(agent_client, template, form, **{name: "Ida"})

    assert r.status_code == 422
    assertContains(r, 'value="Ida"', status_code=422)
    assert Conversation.objects.count() == 1


def test_blocked_people_are_unblocked_first(
    agent_client: Client, channel: Channel, template: Template
) -> None:
    contact = closed(channel)
    Contact.objects.update(blocked_at=timezone.now())
    form = given(channel, contact)

    r = agent_client.get("/write/", {"contact": str(contact.code)})
    assertContains(r, "Unblock them before you write.")
    name = value_name(agent_client, template, form)
    assert send(agent_client, template, form, **{name: "Ida"}).status_code == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize("phone", ["", "0151 23456789", "+49", "<b>x</b>", "+" + "1" * 50])
def test_a_number_without_its_country_is_a_mistake(
    agent_client: Client, channel: Channel, phone: str
) -> None:
    r = agent_client.post("/write/", given(channel, phone=phone))

    assert r.status_code == 422
    assertNotContains(r, "<b>x</b>", status_code=422)
    assertContains(r, "Ida", status_code=422)


def test_mistakes_in_the_template_keep_what_was_typed(
    agent_client: Client, channel: Channel, template: Template
) -> None:
    name = value_name(agent_client, template, given(channel))

    r = send(agent_client, template, given(channel), **{name: ""})

    assertContains(r, "Fill this in.", status_code=422)
    assertContains(r, 'value="+4915123456789"', status_code=422)
    assert not Contact.objects.exists()


def test_the_preview_says_what_they_would_read(
    agent_client: Client, channel: Channel, template: Template
) -> None:
    form = given(channel)
    name = value_name(agent_client, template, form)

    r = agent_client.post(
        f"/write/{template.code}/", form | {name: "Ida & Co", "preview": "yes"}
    )

    assertContains(r, "Hello Ida &amp; Co, your order is here.")
    assertContains(r, 'value="Ida &amp; Co"')
    assert not Message.objects.exists()


def test_numbers_of_other_teams_are_not_there(agent_client: Client, template: Template) -> None:
    secret = make_channel(name="Secret")
    secret.teams.add(make_team())
    retired = make_channel(name="Retired", retired_at=timezone.now())
    hidden = make_conversation(channel=secret, contact=make_contact()).contact

    r = agent_client.get("/write/")
    assertNotContains(r, "Secret")
    assertNotContains(r, "Retired")
    for number in (secret, retired):
        assert agent_client.post("/write/", given(number)).status_code == 422
        assert send(agent_client, template, given(number)).status_code == 422
    assert agent_client.get("/write/", {"contact": str(hidden.code)}).status_code == 404
    assert agent_client.get("/write/", {"contact": "x"}).status_code == 404
    assert not Message.objects.exists()


def test_a_template_of_another_account_is_not_there(
    agent_client: Client, channel: Channel
) -> None:
    other = make_template(make_channel(waba_id="7"))

    assert send(agent_client, other, given(channel)).status_code == 404


def test_contacts_are_found(agent_client: Client, channel: Channel) -> None:
    assertContains(agent_client.get("/write/"), "Find a contact")
    assertContains(
        agent_client.post("/write/", {"q": "<i>nobody"}), "Nobody has this name or number"
    )


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_does_not_grow(
    agent_client: Client, channel: Channel, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_template(channel, name=f"news_{number}", meta_id=str(number))
    agent_client.get("/write/")
    form = given(channel)

    # Session, agent; the number; who has this number (twice), consent for each class,
    # templates, and the numbers again for the field.
    with django_assert_num_queries(11):
        agent_client.post("/write/", form)
