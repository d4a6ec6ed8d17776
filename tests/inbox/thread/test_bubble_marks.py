"""What stands around a bubble: ticks, who sent it, reactions, its day and time."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from inbox.models import Agent, Conversation, Reaction
from tests.factories import make_message
from tests.inbox.thread.markup import Markup
from tests.inbox.thread.messages import draw, make_answer

pytestmark = pytest.mark.django_db


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


def test_reactions_stand_below_with_who(conversation: Conversation, agent: Agent) -> None:
    message = make_answer(conversation, author=agent)
    now = timezone.now()
    Reaction.objects.create(message=message, from_us=False, emoji="👍", at=now)
    Reaction.objects.create(message=message, from_us=True, emoji="", at=now)

    text = Markup(draw(message, agent)).text

    assert "👍 Lena Hofmann" in text
    assert "Us" not in text.split()


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
