"""Sensitive labels: nobody without the right learns of one, wherever they look."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client

from inbox.actions import labels
from inbox.models import Agent, Contact, Conversation, Label, LabelEvent, Message
from tests.factories import make_conversation
from tests.inbox.labels.conftest import FETCH

pytestmark = pytest.mark.django_db
NAME, OLD_NAME = "Diabetes", "Sugarcoated"


@pytest.fixture
def conversation(guardian: Agent, secret: Label) -> Conversation:
    """It and its person have the label; both had it before it was sensitive, too."""
    conversation = make_conversation(last_message_preview="Hello")
    secret.name, secret.is_sensitive = OLD_NAME, False
    secret.save()
    labels.add(conversation, secret, by=guardian)
    labels.add_to_contact(conversation.contact, secret, by=guardian)
    kept = {"colour": secret.colour, "by": guardian}
    labels.change(secret, name=NAME, is_sensitive=True, **kept)  # type: ignore[arg-type]
    labels.remove(conversation, secret, by=guardian)
    labels.add(conversation, secret, by=guardian)
    return conversation


def screens(conversation: Conversation) -> Iterator[tuple[str, dict[str, str]]]:
    here, person = f"/conversations/{conversation.code}/", conversation.contact.code
    yield "/inbox/all/", {}
    yield "/inbox/all/rows/", {}
    yield f"/inbox/all/changes/?code={conversation.code}", {}
    yield "/inbox/counts/?in=all", {}
    yield "/inbox/all/filter/", {}
    yield here, {}
    yield f"{here}messages/?since=2020-01-01T00:00:00%2B00:00", {}
    yield f"{here}person/", {}
    yield f"{here}labels/", {}
    yield f"{here}labels/", FETCH
    yield f"/contacts/{person}/", {}
    yield f"/contacts/{person}/labels/", FETCH
    yield f"/contacts/{person}/labels/?chips=1", FETCH
    yield "/people/", {}
    yield "/search/", {}


def everything(client: Client, conversation: Conversation) -> str:
    parts = [client.get(url, headers=extra).text for url, extra in screens(conversation)]
    searched = client.post("/search/", {"q": NAME}).text.replace(f'value="{NAME}"', "")
    return " ".join([*parts, searched, client.get("/labels.css").text])


def test_whoever_has_the_right_sees_it_everywhere(
    guardian_client: Client, conversation: Conversation
) -> None:
    blind = [
        url
        for url, extra in screens(conversation)
        if NAME not in guardian_client.get(url, headers=extra).text and "search" not in url
    ]

    assert blind == []
    assert OLD_NAME in guardian_client.get(f"/conversations/{conversation.code}/").text


@pytest.mark.parametrize("who", ["agent_client", "lead_client", "admin_client"])
def test_nobody_else_learns_of_it_on_any_screen(
    who: str, request: pytest.FixtureRequest, conversation: Conversation, secret: Label
) -> None:
    client = request.getfixturevalue(who)

    seen = everything(client, conversation)

    for trace in (NAME, OLD_NAME, str(secret.code), f'data-label="{secret.pk}"'):
        assert trace not in seen


@pytest.mark.parametrize("end", ["deleted", "merged", "calmed"])
def test_it_stays_hidden_when_it_is_gone(
    end: str, agent_client: Client, conversation: Conversation, secret: Label, label: Label,
    guardian: Agent,
) -> None:  # fmt: skip
    if end == "deleted":
        labels.delete(secret, by=guardian)
    elif end == "merged":
        labels.merge(secret, into=label, by=guardian)
    else:
        labels.change(secret, name="Harmless", colour=secret.colour, by=guardian)

    seen = everything(agent_client, conversation)

    assert NAME not in seen
    assert OLD_NAME not in seen


def test_what_stops_being_sensitive_is_told_of_from_then_on(
    agent_client: Client, conversation: Conversation, secret: Label, guardian: Agent
) -> None:
    labels.change(secret, name="Harmless", colour=secret.colour, by=guardian)
    labels.remove(conversation, secret, by=guardian)

    thread = agent_client.get(f"/conversations/{conversation.code}/").text
    assert "removed the label “Harmless”" in thread
    assert NAME not in thread


def test_lines_of_an_earlier_time_are_hidden_by_the_name(
    agent_client: Client, guardian_client: Client, secret: Label, agent: Agent
) -> None:
    conversation = make_conversation()
    labels.add(conversation, secret, by=agent)
    Message.objects.update(content={"event": "labelled", "label": NAME})

    assert NAME not in agent_client.get(f"/conversations/{conversation.code}/").text
    assert NAME in guardian_client.get(f"/conversations/{conversation.code}/").text


def test_a_hidden_line_has_no_details(
    admin_client: Client, guardian_client: Client, conversation: Conversation
) -> None:
    for event in Message.objects.filter(kind=Message.Kind.EVENT):
        url = f"/messages/{event.code}/details/"
        assert admin_client.get(url).status_code == 404
        assert guardian_client.get(url).status_code == 200


def unknown(client: Client, path: str, code: UUID, **form: str) -> bool:
    """Whether it looks as if there was no such label."""
    nobody = UUID(int=1)
    there = client.post(path.format(code), {k: v.format(code) for k, v in form.items()})
    nowhere = client.post(path.format(nobody), {k: v.format(nobody) for k, v in form.items()})
    return there.status_code == nowhere.status_code == 404


def test_its_code_opens_nothing(
    agent_client: Client, admin_client: Client, conversation: Conversation, secret: Label
) -> None:
    before = conversation.labels.count(), LabelEvent.objects.count()
    contact: Contact = conversation.contact
    for url in ("/inbox/all/", "/inbox/all/rows/", "/inbox/all/filter/", "/people/"):
        assert agent_client.get(url, {"label": str(secret.code)}).status_code == 404
    for url in (f"/conversations/{conversation.code}/", f"/contacts/{contact.code}/"):
        for word in ("add", "remove"):
            assert unknown(agent_client, f"{url}labels/", secret.code, **{word: "{}"})
    for what in ("", "move/", "merge/", "delete/"):
        assert unknown(admin_client, f"/settings/labels/{{}}/{what}", secret.code)
    assert (conversation.labels.count(), LabelEvent.objects.count()) == before


def test_settings_do_not_name_it(
    admin_client: Client, conversation: Conversation, label: Label
) -> None:
    for path in ("", f"{label.code}/", f"{label.code}/merge/", f"{label.code}/delete/"):
        page = admin_client.get(f"/settings/labels/{path}").text
        assert NAME not in page
        assert OLD_NAME not in page


def test_a_name_that_is_taken_by_a_sensitive_one_is_not_told(
    admin_client: Client, secret: Label
) -> None:
    form = {"name": NAME, "colour": "#b91c1c", "confirmed": "on", "is_sensitive": "on"}

    r = admin_client.post("/settings/labels/create/", form)

    assert r.status_code == 302
    assert Label.objects.filter(name=NAME, is_sensitive=False).count() == 1


def test_moving_another_one_goes_past_it(
    admin_client: Client, secret: Label, label: Label
) -> None:
    last = Label.objects.create(name="Order", position=2)

    admin_client.post(f"/settings/labels/{last.code}/move/", {"direction": "up"})

    seen = Label.objects.visible_to_all().values_list("name", flat=True)
    assert list(seen) == ["Order", "Complaint"]
