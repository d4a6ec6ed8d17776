"""inbox.bubbles.drawing: what was drawn before is never shown in place of what is true now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone, translation

from inbox import bubbles, thread_paging
from inbox.bubbles import drawing
from inbox.models import Agent, Attachment, Conversation, Message, Reaction
from tests.factories import make_message
from tests.inbox.thread.messages import draw, make_answer, make_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    drawing._remembered.cache_clear()


def test_the_same_message_is_drawn_once(
    conversation: Conversation, agent: Agent, colleague: Agent
) -> None:
    message = make_message(conversation, "Good morning")

    first, again = draw(message, agent), draw(message, colleague)

    assert first == again
    assert drawing._remembered.cache_info().hits == 1


def _edit(message: Message) -> None:
    _write(message, body="Good evening", edited_at=timezone.now())


def _revoke(message: Message) -> None:
    _write(message, revoked_at=timezone.now())


def _deliver(message: Message) -> None:
    _write(message, status="read")


def _fail(message: Message) -> None:
    _write(message, status="failed", failure_class="blocked")


def _react(message: Message) -> None:
    Reaction.objects.create(message=message, from_us=False, emoji="👍", at=timezone.now())


def _fetch(message: Message) -> None:
    file = message.attachments.get()
    file.delete()
    make_file(message, filename="Angebot.pdf", mime_type="application/pdf")


def _revoke_what_it_quotes(message: Message) -> None:
    assert message.quoted
    _revoke(message.quoted)


def _rename(message: Message) -> None:
    contact = message.conversation.contact
    contact.name = contact.display_name = "Dr. Hofmann"
    contact.save()


def _write(message: Message, **fields: Any) -> None:
    Message.objects.filter(pk=message.pk).update(**fields)


@pytest.mark.parametrize(
    "happen",
    [_edit, _revoke, _deliver, _fail, _react, _fetch, _revoke_what_it_quotes, _rename],
)
def test_what_happens_to_it_is_seen(
    conversation: Conversation, agent: Agent, happen: Callable[[Message], None]
) -> None:
    theirs = make_message(conversation, "How much is it?")
    message = make_answer(conversation, "Here", kind="document", quoted=theirs, author=agent)
    make_file(message, state=Attachment.State.PENDING, filename="Angebot.pdf")
    before = _as_drawn_anew(message, agent)
    assert draw(message, agent) == before

    happen(message)
    message.conversation.contact.refresh_from_db()

    after = draw(message, agent)
    assert after != before
    assert after == _as_drawn_anew(message, agent)


def test_each_sees_it_in_their_way(
    conversation: Conversation, agent: Agent, lead: Agent, admin: Agent
) -> None:
    gone = make_message(conversation, "secret", revoked_at=timezone.now())
    unknown = make_message(conversation, "", kind="unknown", content={"type": "new", "raw": {}})

    for reader in (lead, agent, admin):
        for message in (gone, unknown):
            assert draw(message, reader) == _as_drawn_anew(message, reader)
    assert "Show what it said" not in draw(gone, agent)
    assert "As it came" not in draw(unknown, agent)


def test_it_is_told_on_each_clock_and_in_each_language(
    conversation: Conversation, agent: Agent
) -> None:
    message = make_answer(conversation, "Good morning", origin="automatic")
    english = draw(message, agent)

    with timezone.override("Asia/Tokyo"):
        assert draw(message, agent) == _as_drawn_anew(message, agent) != english
    with translation.override("de"):
        assert draw(message, agent) == _as_drawn_anew(message, agent) != english


def test_long_ones_are_not_kept(conversation: Conversation, agent: Agent) -> None:
    draw(make_message(conversation, "words " * 1000), agent)

    assert drawing._remembered.cache_info().currsize == 0


def _as_drawn_anew(message: Message, reader: Agent) -> str:
    remembered = drawing._remembered
    try:
        drawing._remembered = drawing._draw  # type: ignore[assignment]
        entries = thread_paging.those([message.pk])
        return bubbles.draw(entries, bubbles.Reader(reader, message.conversation))
    finally:
        drawing._remembered = remembered
