"""GET and POST /conversations/<code>/compose/<what>/"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from inbox.models import Agent, Message
from tests.factories import make_conversation, make_message
from tests.inbox.replies_views.drafts import hidden_channel, post

pytestmark = pytest.mark.django_db

GOOD: dict[str, tuple[dict[str, Any], str, dict[str, Any]]] = {
    "buttons": (
        {"body": "Day?", "button_1": "Monday", "button_3": "Friday"},
        "buttons",
        {
            "buttons": [
                {"id": "button-1", "title": "Monday"},
                {"id": "button-2", "title": "Friday"},
            ]
        },
    ),
    "list": (
        {"body": "Day?", "button": "Choose", "rows": "Monday | 9 to 12\n\n Friday "},
        "list",
        {
            "sections": [
                {
                    "title": "",
                    "rows": [
                        {"id": "row-1", "title": "Monday", "description": "9 to 12"},
                        {"id": "row-2", "title": "Friday", "description": ""},
                    ],
                }
            ]
        },
    ),
    "link": (
        {"body": "Look", "text": "Open", "url": "https://example.org/a"},
        "link_button",
        {"text": "Open", "url": "https://example.org/a"},
    ),
    "location": (
        {"latitude": "52.5", "longitude": "13.4", "name": "Shop"},
        "location",
        {"latitude": 52.5, "longitude": 13.4, "name": "Shop"},
    ),
    "contact-card": (
        {"name": "Max Muster", "phone": "+49 30 901820"},
        "contacts",
        {"requested": False},
    ),
    "request": (
        {"request": "location", "body": "Where are you?"},
        "request",
        {"request": "location"},
    ),
}


@pytest.mark.parametrize("what", GOOD)
def test_each_form_opens(agent_client: Client, what: str) -> None:
    url = reverse("inbox:compose", args=[make_conversation().code, what])

    r = agent_client.get(url)

    assertContains(r, f'action="{url}"')
    assertContains(r, 'name="draft_key"')


@pytest.mark.parametrize("what", GOOD)
def test_each_is_sent(agent_client: Client, agent: Agent, what: str) -> None:
    fields, kind, content = GOOD[what]

    r = post(agent_client, "compose", make_conversation().code, what, **fields)

    message = Message.objects.get()
    assert (message.kind, message.status, message.author) == (kind, "queued", agent)
    assert content.items() <= message.content.items()
    assertContains(r, f'id="message-{message.pk}"')


@pytest.mark.parametrize(
    ("what", "wrong", "words"),
    [
        ("buttons", {"body": ""}, "This field is required."),
        ("buttons", {"button_1": "x" * 21}, "at most 20 characters"),
        ("buttons", {"button_3": "Monday"}, "Each button needs a text of its own."),
        ("list", {"rows": "x" * 25}, "is longer than 24 characters"),
        ("list", {"rows": "A | " + "x" * 73}, "is longer than 72 characters"),
        ("list", {"rows": "| about"}, "Each line begins with the choice itself."),
        ("list", {"rows": "A\nA"}, "Each choice needs a text of its own."),
        ("list", {"rows": "\n".join("ABCDEFGHIJK")}, "at most 10 choices"),
        ("link", {"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ("link", {"url": "ftp://example.org"}, "begins with https://"),
        ("location", {"latitude": "91"}, "less than or equal to 90"),
        ("location", {"longitude": "x"}, "Enter a number."),
        ("location", {"latitude": "nan"}, "Enter a number."),
        ("contact-card", {"phone": "030 1234"}, "with its country code"),
        ("contact-card", {"email": "nobody"}, "valid email"),
        ("request", {"request": "money"}, "not one of the available choices"),
    ],
)
def test_mistakes_stand_by_the_field_and_the_rest_is_kept(
    agent_client: Client, what: str, wrong: dict[str, str], words: str
) -> None:
    fields, _kind, _content = GOOD[what]

    r = post(agent_client, "compose", make_conversation().code, what, **fields | wrong)

    assertContains(r, words, status_code=422)
    assertContains(r, 'aria-invalid="true"', status_code=422)
    for name, value in fields.items():
        if name not in wrong and "\n" not in value and name != "request":
            assertContains(r, value, status_code=422)
    assert not Message.objects.exists()


@pytest.mark.parametrize("what", GOOD)
def test_a_closed_window_is_explained(agent_client: Client, what: str) -> None:
    fields, _kind, _content = GOOD[what]
    conversation = make_conversation(wrote=timedelta(hours=25))

    r = post(agent_client, "compose", conversation.code, what, **fields)

    assertContains(r, "More than 24 hours have passed", status_code=422)


def test_a_colleague_who_was_faster_stops_it_once(
    agent_client: Client, colleague: Agent
) -> None:
    conversation = make_conversation()
    seen = make_message(conversation)
    make_message(conversation, "Tuesday!", direction="out", author=colleague)
    fields, _kind, _content = GOOD["location"]

    r = post(agent_client, "compose", conversation.code, "location", seen=seen.pk, **fields)

    assertContains(r, "Tuesday!", status_code=409)


def test_an_unknown_form_is_a_404(agent_client: Client) -> None:
    assert post(agent_client, "compose", make_conversation().code, "money").status_code == 404


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    r = post(client, "compose", make_conversation().code, "location")

    assert r.status_code == 302


def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client) -> None:
    hidden = make_conversation(channel=hidden_channel())

    for code in (hidden.code, uuid4()):
        assert post(agent_client, "compose", code, "location").status_code == 404


def test_it_rejects_put(agent_client: Client) -> None:
    url = reverse("inbox:compose", args=[make_conversation().code, "location"])

    assert agent_client.put(url).status_code == 405
