"""Nothing a customer sends can run in an agent's browser, whatever field it is in."""

from __future__ import annotations

from typing import Any

import pytest

from inbox.models import Agent, Conversation, Message
from tests.factories import make_contact, make_conversation, make_message
from tests.inbox.thread.markup import Markup
from tests.inbox.thread.messages import draw, make_answer, make_event, make_file

pytestmark = pytest.mark.django_db

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</textarea></template><script>alert(1)</script>",
    "{{ 7|add:7 }}{% debug %}",
    "\u202e<b>\x00",
]
CONTENTS: dict[str, Any] = {
    "text": lambda x: {"referral": dict.fromkeys(("source_url", "headline", "body"), x)},
    "location": lambda x: {"latitude": x, "longitude": 1, "name": x, "address": x, "url": x},
    "contacts": lambda x: {
        "cards": [
            {
                "name": x,
                "organisation": x,
                "phones": [{"phone": x}],
                "emails": [x],
                "urls": [x],
                "addresses": [x],
                "birthday": x,
            }
        ]
    },
    "button_reply": lambda x: {"source": x, "description": x, "payload": x},
    "flow_reply": lambda x: {"name": x, "answers": {x: x, "list": [x]}},
    "order": lambda x: {"items": [{"product_id": x, "quantity": x, "price": x}]},
    "unsupported": lambda x: {"kind": x},
    "unknown": lambda x: {"type": x, "raw": {x: x}},
    "call_permission": lambda x: {"accepted": x},
    "buttons": lambda x: {"buttons": [{"title": x}], "header": x, "footer": x},
    "list": lambda x: {
        "button": x,
        "sections": [{"title": x, "rows": [{"title": x, "description": x}]}],
    },
    "link_button": lambda x: {"text": x, "url": x},
    "template": lambda x: {"name": x, "header": x, "footer": x, "buttons": [x]},
    "request": lambda x: {"request": x},
    "note": lambda x: {},
    "image": lambda x: {"animated": x},
}


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation(contact=make_contact(profile_name=ATTACKS[1]))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("kind", CONTENTS)
def test_no_field_of_a_message_can_run(
    conversation: Conversation, admin: Agent, kind: str, attack: str
) -> None:
    content = CONTENTS[kind](attack.replace("\x00", ""))
    message = make_message(conversation, attack.replace("\x00", ""), kind=kind, content=content)

    markup = Markup(draw(message, admin))

    assert markup.dangers == []
    assert "14{%" not in markup.text


@pytest.mark.parametrize("attack", ATTACKS[:5])
def test_no_name_of_a_file_can_run(
    conversation: Conversation, admin: Agent, attack: str
) -> None:
    message = make_message(conversation, "", kind="document")
    make_file(message, mime_type="text/html", filename=attack)

    assert Markup(draw(message, admin)).dangers == []


@pytest.mark.parametrize("attack", ATTACKS[:5])
@pytest.mark.parametrize("word", ["system", "summary", "assigned", "number_changed", "new one"])
def test_no_event_can_run(
    conversation: Conversation, admin: Agent, word: str, attack: str
) -> None:
    keys = ("text", "body", "to_name", "from_name", "old", "new", "label")
    data = dict.fromkeys(keys, attack)
    message = make_event(conversation, word, by=admin, **data)
    unknown = make_event(conversation, attack)

    assert Markup(draw(message, admin)).dangers == []
    assert Markup(draw(unknown, admin)).dangers == []


@pytest.mark.parametrize("attack", ATTACKS[:5])
def test_no_quote_can_run(conversation: Conversation, admin: Agent, attack: str) -> None:
    quoted = make_message(conversation, attack)
    message = make_answer(conversation, attack, quoted=quoted, author=admin)

    assert Markup(draw(message, admin)).dangers == []


@pytest.mark.parametrize(
    "content",
    [[], "text", 5, None, {"cards": "x"}, {"cards": [1, None]}, {"sections": [[]]},
     {"items": {"a": 1}}, {"buttons": [None, 3]}, {"answers": []}, {"referral": []},
     {"latitude": [], "longitude": {}}, {"latitude": "nan", "longitude": 1e999}],
)  # fmt: skip
@pytest.mark.parametrize("kind", Message.Kind.values)
def test_stored_content_of_any_shape_is_drawn(
    conversation: Conversation, admin: Agent, kind: str, content: Any
) -> None:
    if content is None or (isinstance(content, dict) and 1e999 in content.values()):
        content = {"latitude": "inf"}
    message = make_message(conversation, "Words", kind=kind, content=content)

    assert Markup(draw(message, admin)).dangers == []
