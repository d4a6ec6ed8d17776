"""inbox.bubbles and templates/inbox/_message.html: each kind in words an agent reads."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inbox.models import Agent, Attachment, Conversation, Message, Reaction
from tests.factories import make_contact, make_conversation, make_message
from tests.inbox.thread.markup import Markup
from tests.inbox.thread.messages import draw, make_answer, make_file

pytestmark = pytest.mark.django_db
Kind = Message.Kind


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation(contact=make_contact(profile_name="Lena Hofmann"))


@pytest.mark.parametrize(
    ("kind", "body", "content", "expected"),
    [
        ("text", "Good morning", {}, ["Good morning", "Lena Hofmann:"]),
        (
            "location",
            "",
            {"latitude": 52.5, "longitude": 13.4, "name": "Shop", "address": "Street 1"},
            ["Shop", "Street 1", "52.50000, 13.40000", "Open map"],
        ),
        (
            "contacts",
            "",
            {
                "cards": [
                    {
                        "name": "Max",
                        "organisation": "ACME",
                        "phones": [{"phone": "+49 30 1", "wa_id": ""}],
                        "emails": ["max@example.org"],
                    }
                ]
            },
            ["Max", "ACME", "+49 30 1", "max@example.org"],
        ),
        ("button_reply", "Yes", {"source": "reply button"}, ["Button pressed", "Yes"]),
        (
            "button_reply",
            "Red",
            {"source": "list", "description": "Size M"},
            ["Chosen from a list", "Red", "Size M"],
        ),
        (
            "flow_reply",
            "",
            {"name": "flow", "answers": {"Day": "Tuesday", "flow_token": "secret"}},
            ["Form filled in", "Day", "Tuesday"],
        ),
        ("flow_reply", "Sent", {"answers": None, "response_json": "[1"}, ["[1", "Sent"]),
        (
            "order",
            "Please",
            {
                "items": [
                    {"product_id": "40-2", "quantity": "3", "price": "9", "currency": "EUR"}
                ]
            },
            ["Order", "40-2", "3", "9 EUR", "Please"],
        ),
        ("call_permission", "", {"accepted": True, "is_permanent": True}, ["allows calls"]),
        ("call_permission", "", {"accepted": False}, ["does not want to be called"]),
        (
            "unsupported",
            "",
            {"kind": "poll_creation"},
            ["a poll", "Ask the customer to send it differently"],
        ),
        ("unsupported", "", {}, ["does not pass this kind of message on"]),
        ("unsupported", "Hi all", {"kind": "group"}, ["Hi all", "Said in a group"]),
        ("unknown", "", {"type": "hologram"}, ["does not know yet (hologram)"]),
        ("something-new", "Words", {}, ["does not know yet", "Words"]),
    ],
)
def test_what_a_customer_sends(
    conversation: Conversation,
    agent: Agent,
    kind: str,
    body: str,
    content: dict[str, Any],
    expected: list[str],
) -> None:
    message = make_message(conversation, body, kind=kind, content=content)

    text = Markup(draw(message, agent)).text

    for words in expected:
        assert words in text
    assert "secret" not in text


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        (
            "buttons",
            {"buttons": [{"id": "1", "title": "Monday"}], "header": "Day?", "footer": "Tap"},
            ["Day?", "Monday", "Tap"],
        ),
        (
            "list",
            {
                "button": "Choose",
                "sections": [
                    {"title": "Days", "rows": [{"title": "Mo", "description": "9 h"}]}
                ],
            },
            ["Choose", "Days", "Mo", "9 h"],
        ),
        ("link_button", {"text": "Open", "url": "https://a.de"}, ["Open"]),
        ("request", {"request": "location"}, ["Asked for the customer's location"]),
        ("request", {"request": "contact_info"}, ["Asked for the customer's phone number"]),
        (
            "template",
            {"name": "ready", "header": "News", "footer": "Shop", "buttons": ["Stop"]},
            ["News", "Shop", "Stop", "Template ready"],
        ),
    ],
)
def test_what_we_send(
    conversation: Conversation,
    agent: Agent,
    kind: str,
    content: dict[str, Any],
    expected: list[str],
) -> None:
    message = make_answer(conversation, "The text", kind=kind, content=content, author=agent)

    text = Markup(draw(message, agent)).text

    for words in [*expected, "The text", "Anna Keller"]:
        assert words in text


@pytest.mark.parametrize(
    ("kind", "mime_type", "element"),
    [
        ("image", "image/jpeg", "img"),
        ("sticker", "image/webp", "img"),
        ("video", "video/mp4", "video"),
        ("audio", "audio/mpeg", "audio"),
        ("voice", "audio/ogg", "audio"),
    ],
)
def test_files_are_shown_as_what_their_bytes_are(
    conversation: Conversation, agent: Agent, kind: str, mime_type: str, element: str
) -> None:
    message = make_message(conversation, "See this", kind=kind)
    file = make_file(message, mime_type=mime_type)

    markup = Markup(draw(message, agent))

    shown = [attributes for tag, attributes in markup.tags if tag == element]
    assert shown[0]["src"] == f"/media/{file.code}/"
    assert "See this" in markup.text


def test_a_picture_that_is_none_is_only_a_download(
    conversation: Conversation, agent: Agent
) -> None:
    message = make_message(conversation, "", kind="image")
    make_file(message, mime_type="image/svg+xml", filename="evil.svg")

    markup = Markup(draw(message, agent))

    assert "img" not in {tag for tag, _attributes in markup.tags}
    assert "evil.svg" in markup.text
    assert "Download" in markup.text


def test_a_document_has_name_and_size(conversation: Conversation, agent: Agent) -> None:
    message = make_message(conversation, "", kind="document")
    make_file(message, mime_type="application/pdf", filename="Angebot.pdf", size=123_456)

    text = Markup(draw(message, agent)).text

    assert "Angebot.pdf" in text
    assert "120.6\xa0KB" in text or "120.6 KB" in text


@pytest.mark.parametrize(
    ("state", "failure", "words"),
    [
        ("pending", "", "Being fetched"),
        ("failed", "too_large", "too large"),
        ("failed", "gone", "no longer has this file"),
        ("failed", "missing", "could not receive"),
        ("failed", "something else", "could not be fetched"),
    ],
)
def test_a_file_that_is_not_there_says_why(
    conversation: Conversation, agent: Agent, state: str, failure: str, words: str
) -> None:
    message = make_message(conversation, "", kind="image")
    make_file(message, state=Attachment.State(state), failure=failure)

    assert words in Markup(draw(message, agent)).text


def test_a_file_that_differs_warns(conversation: Conversation, agent: Agent) -> None:
    message = make_message(conversation, "", kind="document")
    make_file(message, mime_type="application/pdf", hash_differs=True)

    assert "differs from what WhatsApp announced" in Markup(draw(message, agent)).text


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("queued", "Waiting to be sent"),
        ("sending", "Being sent"),
        ("sent", "Sent"),
        ("delivered", "Delivered"),
        ("read", "Read"),
        ("played", "Played"),
        ("failed", "Not sent"),
    ],
)
def test_ticks_have_words(
    conversation: Conversation, agent: Agent, status: str, word: str
) -> None:
    message = make_answer(conversation, author=agent, status=status)

    assert word in Markup(draw(message, agent)).text


def test_a_failure_says_why_and_offers_another_try(
    conversation: Conversation, agent: Agent
) -> None:
    message = make_answer(
        conversation, author=agent, status="failed", failure_class="OUT_OF_WINDOW"
    )

    text = Markup(draw(message, agent)).text

    assert "More than 24 hours" in text
    assert "Try again" in text


def test_an_uncertain_one_asks_to_look_first(conversation: Conversation, agent: Agent) -> None:
    message = make_answer(conversation, author=agent, status="uncertain", due_at=None)

    text = Markup(draw(message, agent)).text

    assert "Perhaps not sent: check before sending again." in text
    assert "Send again" in text


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("phone_app", "Sent from the phone app"),
        ("other_app", "Sent by another app"),
        ("automatic", "Sent automatically"),
    ],
)
def test_who_sent_what_no_agent_wrote(
    conversation: Conversation, agent: Agent, origin: str, words: str
) -> None:
    message = make_answer(conversation, origin=origin)

    assert words in Markup(draw(message, agent)).text


def test_a_quote_leads_to_what_it_answers(conversation: Conversation, agent: Agent) -> None:
    asked = make_message(conversation, "When?")
    message = make_answer(conversation, "Tuesday", quoted=asked, author=agent)

    markup = Markup(draw(message, agent))

    links = [attributes for tag, attributes in markup.tags if tag == "a"]
    assert links[0]["href"] == f"/conversations/{conversation.code}/?at={asked.pk}"
    assert links[0]["data-jump"] == str(asked.pk)
    assert "Lena Hofmann When?" in markup.text


def test_a_quote_of_something_unknown_says_so(conversation: Conversation, agent: Agent) -> None:
    message = make_message(conversation, "This one", quoted_wamid="wamid.UNKNOWN")

    assert "A message that is not known here" in Markup(draw(message, agent)).text


def test_a_quote_of_something_deleted_does_not_tell_it(
    conversation: Conversation, agent: Agent
) -> None:
    asked = make_message(conversation, "Secret", revoked_at=timezone.now())
    message = make_message(conversation, "Sorry", quoted=asked)

    text = Markup(draw(message, agent)).text

    assert "Deleted message" in text
    assert "Secret" not in text


def test_reactions_stand_below_with_who(conversation: Conversation, agent: Agent) -> None:
    message = make_answer(conversation, author=agent)
    now = timezone.now()
    Reaction.objects.create(message=message, from_us=False, emoji="👍", at=now)
    Reaction.objects.create(message=message, from_us=True, emoji="", at=now)

    text = Markup(draw(message, agent)).text

    assert "👍 Lena Hofmann" in text
    assert "Us" not in text.split()


@pytest.mark.parametrize(
    ("forwarded", "words"), [(True, "Forwarded"), ("often", "Forwarded many times")]
)
def test_forwarded(
    conversation: Conversation, agent: Agent, forwarded: object, words: str
) -> None:
    message = make_message(conversation, content={"forwarded": forwarded})

    assert words in Markup(draw(message, agent)).text


def test_where_somebody_came_from(conversation: Conversation, agent: Agent) -> None:
    referral = {"source_type": "ad", "source_url": "https://fb.me/x", "headline": "Chair"}
    message = make_message(conversation, content={"referral": referral})

    text = Markup(draw(message, agent)).text

    assert "Came from an advertisement Chair" in text
    assert "Look at it" in text


def test_an_edited_one_says_so(conversation: Conversation, agent: Agent) -> None:
    message = make_message(conversation, "New", edited_at=timezone.now())

    assert "edited" in Markup(draw(message, agent)).text


def test_what_a_customer_deleted_is_not_in_the_page(
    conversation: Conversation, agent: Agent, lead: Agent
) -> None:
    message = make_message(conversation, "Secret", revoked_at=timezone.now())

    for reader in (agent, lead):
        text = Markup(draw(message, reader)).text
        assert "The customer deleted this message." in text
        assert "Secret" not in text
        assert ("Show what it said" in text) is reader.is_lead


def test_the_raw_form_of_unknown_ones_is_for_admins(
    conversation: Conversation, agent: Agent, admin: Agent
) -> None:
    content = {"type": "hologram", "raw": {"inner": "part"}}
    message = make_message(conversation, "", kind="unknown", content=content)

    assert "inner" in Markup(draw(message, admin)).text
    assert "inner" not in Markup(draw(message, agent)).text


def test_a_note_is_no_answer(conversation: Conversation, agent: Agent) -> None:
    message = make_message(
        conversation, "Call back", direction="internal", kind="note", author=agent
    )

    assert "Anna Keller · internal note Call back" in Markup(draw(message, agent)).text


def test_own_messages_carry_the_key_of_their_draft(
    conversation: Conversation, agent: Agent, colleague: Agent
) -> None:
    message = make_answer(conversation, author=agent, draft_key=uuid.uuid4())

    assert f'data-draft-key="{message.draft_key}"' in draw(message, agent)
    assert "data-draft-key" not in draw(message, colleague)


def test_each_day_has_its_line(conversation: Conversation, agent: Agent) -> None:
    today, now = "Today, ", timezone.now()
    old = make_message(conversation, at=now - timedelta(days=400))
    new = make_message(conversation, at=now)

    assert today in Markup(draw(new, agent)).text
    assert today not in Markup(draw(old, agent)).text
    assert 'class="day" id="day-' in draw(old, agent)


def test_times_are_on_the_agents_clock(conversation: Conversation, agent: Agent) -> None:
    at = timezone.now().replace(year=2026, month=7, day=1, hour=22, minute=30)
    message = make_message(conversation, at=at)

    with timezone.override("Asia/Tokyo"):
        html = draw(message, agent)

    assert ">07:30</time>" in html
    assert "day-2026-07-02" in html


def test_long_words_and_right_to_left_are_left_to_the_browser(
    conversation: Conversation, agent: Agent
) -> None:
    message = make_message(conversation, "W" * 4096 + " שלום")

    markup = Markup(draw(message, agent))

    assert "W" * 4096 in markup.text
    assert any(attributes.get("dir") == "auto" for _tag, attributes in markup.tags)
