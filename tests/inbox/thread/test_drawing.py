"""inbox.bubbles.drawing: the stencils say what the templates say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from inbox import bubbles, thread_paging
from inbox.models import Agent, Conversation, Reaction
from tests.factories import make_contact, make_conversation, make_message
from tests.inbox.thread.messages import draw, make_answer, make_event, make_file
from tests.inbox.thread.test_hostile_content import ATTACKS, CONTENTS

pytestmark = pytest.mark.django_db

PLACES = "{0} {bubble} %s %(text)s \ue0000\ue001 \\1 {{ bubble.text }}"


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation(contact=make_contact(profile_name="Lena <Hofmann>"))


def _drawn(conversation: Conversation, reader: Agent) -> str:
    entries = thread_paging.newest(conversation).entries
    return _without_lines(bubbles.draw(entries, bubbles.Reader(reader, conversation)))


def _without_lines(html: str) -> str:
    return re.sub(r'<li class="day.*?</li>', "", html)


def _by_template(conversation: Conversation, reader: Agent) -> str:
    entries = thread_paging.newest(conversation).entries
    prepared = bubbles.prepare(entries, bubbles.Reader(reader, conversation))
    drawn = [render_to_string("inbox/_message.html", {"bubble": its}) for its in prepared]
    return "".join(drawn)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("words", ["Good morning", ATTACKS[1], PLACES, ""])
@pytest.mark.parametrize("kind", CONTENTS)
def test_every_kind_is_drawn_as_its_template_draws_it(
    conversation: Conversation, admin: Agent, kind: str, words: str, language: str
) -> None:
    first = make_message(conversation, words, kind=kind, content=CONTENTS[kind](words))
    make_answer(conversation, words, kind=kind, content=CONTENTS[kind](words), quoted=first)
    Reaction.objects.create(message=first, from_us=False, emoji="👍", at=timezone.now())
    make_file(first, filename=words)

    with translation.override(language):
        drawn = _drawn(conversation, admin)

        assert drawn.split() == _by_template(conversation, admin).split()


STATES: list[dict[str, Any]] = [
    {"status": "queued"},
    {"status": "sending"},
    {"status": "sent"},
    {"status": "delivered"},
    {"status": "read"},
    {"status": "failed", "failure_class": "blocked"},
    {"status": "uncertain"},
    {"origin": "phone_app"},
    {"edited_at": timezone.now()},
    {"revoked_at": timezone.now()},
    {"content": {"forwarded": "often"}},
]


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_drawn_as_its_template_draws_it(
    conversation: Conversation, agent: Agent, state: dict[str, Any]
) -> None:
    make_message(conversation, "Hello?")
    make_event(conversation, "taken", by=agent)
    author = None if "origin" in state else agent
    make_answer(conversation, "Good morning", **{"author": author, **state})

    drawn = _drawn(conversation, agent)

    assert drawn.split() == _by_template(conversation, agent).split()


def test_what_looks_like_a_place_stays_what_it_is(
    conversation: Conversation, agent: Agent
) -> None:
    make_message(conversation, "a secret of somebody else")
    message = make_message(conversation, "{0} {1} {text} \ue0001\ue001")

    html = draw(message, agent)

    assert ">{0} {1} {text} \ue0001\ue001<" in html
    assert "secret" not in html


def test_many_messages_cost_as_many_queries_as_one(
    conversation: Conversation, agent: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(thread_paging.PAGE):
        make_file(make_message(conversation, f"Number {n}", kind="image"))
    entries = thread_paging.newest(conversation).entries
    reader = bubbles.Reader(agent, conversation)
    bubbles.draw(entries[:1], reader)

    # files, reactions
    with django_assert_num_queries(2):
        bubbles.draw(entries, reader)
