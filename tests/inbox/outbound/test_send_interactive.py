"""inbox.actions.replies: places, cards, buttons, lists, links and requests"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from inbox.actions import deliveries, replies
from inbox.models import Agent, Conversation, Message
from tests.factories import make_conversation
from tests.fakes import FakeGraph

pytestmark = pytest.mark.django_db

Send = Callable[..., Message]
SENT: list[tuple[Send, dict[str, Any], str, str, dict[str, Any]]] = [
    (
        replies.send_location,
        {"latitude": 52.52, "longitude": 13.405, "name": "Shop", "address": "Platz 1"},
        "location",
        "Shop",
        {"latitude": "52.52", "longitude": "13.405", "name": "Shop", "address": "Platz 1"},
    ),
    (
        replies.send_buttons,
        {"body": "Red or blue?", "buttons": ["Red", "Blue"], "footer": "Both in stock"},
        "interactive",
        "Red or blue?",
        {
            "type": "button",
            "body": {"text": "Red or blue?"},
            "footer": {"text": "Both in stock"},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": "button-1", "title": "Red"}},
                    {"type": "reply", "reply": {"id": "button-2", "title": "Blue"}},
                ]
            },
        },
    ),
    (
        replies.send_list,
        {"body": "Which?", "button": "Choose", "rows": [("S", "small"), ("M", "")]},
        "interactive",
        "Which?",
        {
            "type": "list",
            "body": {"text": "Which?"},
            "action": {
                "button": "Choose",
                "sections": [
                    {
                        "rows": [
                            {"id": "row-1", "title": "S", "description": "small"},
                            {"id": "row-2", "title": "M"},
                        ]
                    }
                ],
            },
        },
    ),
    (
        replies.send_link_button,
        {"body": "Track it", "text": "Open", "url": "https://example.org/t", "header": "Hi"},
        "interactive",
        "Track it",
        {
            "type": "cta_url",
            "header": {"type": "text", "text": "Hi"},
            "body": {"text": "Track it"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Open", "url": "https://example.org/t"},
            },
        },
    ),
    (
        replies.send_request,
        {"request": "location", "body": "Where are you?"},
        "interactive",
        "Where are you?",
        {
            "type": "location_request_message",
            "body": {"text": "Where are you?"},
            "action": {"name": "send_location"},
        },
    ),
    (
        replies.send_request,
        {"request": "contact_info", "body": "Your number?"},
        "interactive",
        "Your number?",
        {
            "type": "request_contact_info",
            "body": {"text": "Your number?"},
            "action": {"name": "request_contact_info"},
        },
    ),
]


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation()


@pytest.mark.parametrize(("send", "words", "kind", "preview", "part"), SENT)
def test_it_arrives_as_it_was_written(
    whatsapp: FakeGraph,
    agent: Agent,
    conversation: Conversation,
    send: Send,
    words: dict[str, Any],
    kind: str,
    preview: str,
    part: dict[str, Any],
) -> None:
    message = send(conversation, **words, draft_key=uuid4(), by=agent)
    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert message.status == "sent"
    [body] = whatsapp.messages
    assert body["type"] == kind
    assert body[kind] == part
    assert conversation.last_message_preview == preview


def test_a_contact_card_arrives(
    whatsapp: FakeGraph, agent: Agent, conversation: Conversation
) -> None:
    message = replies.send_contact_card(
        conversation,
        name="Jana Meier",
        phone="+49 30 901820",
        email="jana@example.org",
        organisation="Muster GmbH",
        draft_key=uuid4(),
        by=agent,
    )
    deliveries.carry(conversation.channel_id)

    assert message.content["cards"][0]["name"] == "Jana Meier"
    assert conversation.last_message_preview == "Jana Meier"
    [card] = whatsapp.messages[0]["contacts"]
    assert card["name"]["formatted_name"] == "Jana Meier"
    assert card["phones"] == [{"phone": "+49 30 901820", "type": "WORK"}]
    assert card["emails"] == [{"email": "jana@example.org", "type": "WORK"}]
    assert card["org"] == {"company": "Muster GmbH"}


@pytest.mark.parametrize(
    ("send", "words", "field"),
    [
        (replies.send_location, {"latitude": 91, "longitude": 0}, "latitude"),
        (replies.send_contact_card, {"name": " ", "phone": "+49 30 1"}, "name"),
        (replies.send_buttons, {"body": "Well?", "buttons": []}, "buttons"),
        (replies.send_buttons, {"body": "Well?", "buttons": list("ABCD")}, "buttons"),
        (replies.send_buttons, {"body": "Well?", "buttons": ["A", "A "]}, "button"),
        (replies.send_buttons, {"body": "Well?", "buttons": ["x" * 21]}, "button"),
        (replies.send_buttons, {"body": "", "buttons": ["A"]}, "body"),
        (replies.send_list, {"body": "Well?", "button": "", "rows": [("A", "")]}, "button"),
        (replies.send_list, {"body": "Well?", "button": "B", "rows": []}, "rows"),
        (
            replies.send_list,
            {"body": "Well?", "button": "B", "rows": [("x" * 25, "")]},
            "row_title",
        ),
        (
            replies.send_link_button,
            {"body": "Go", "text": "Open", "url": "javascript:alert(1)"},
            "url",
        ),
        (replies.send_request, {"request": "password", "body": "Please"}, "request"),
        (replies.send_request, {"request": "location", "body": ""}, "body"),
    ],
)
def test_what_whatsapp_would_refuse_names_its_field(
    agent: Agent, conversation: Conversation, send: Send, words: dict[str, Any], field: str
) -> None:
    with pytest.raises(replies.NotSendable) as caught:
        send(conversation, **words, draft_key=uuid4(), by=agent)

    assert caught.value.field == field
    assert str(caught.value)
    assert not Message.objects.exists()
