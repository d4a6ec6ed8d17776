"""The seeder makes a desk as the desk itself would have made it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Q
from pytest_django import DjangoDbBlocker

from bench.seeder import Seeder
from bench.words import COMMON
from consent.models import ServiceWindow
from inbox import search
from inbox.models import Agent, Attachment, Contact, Conversation, Message
from inbox.models.conversation import END_OF_QUEUE

CONVERSATIONS, MESSAGES = 120, 1500
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Seeding needs transactions of its own, and is worth sharing."""
    with django_db_blocker.unblock():
        Seeder(CONVERSATIONS, MESSAGES).run()
        yield
        call_command("flush", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM inbox_message_words")
            cursor.execute("DELETE FROM inbox_contact_words")


def test_there_are_as_many_rows_as_asked_for_and_references_hold() -> None:
    assert Conversation.objects.count() == CONVERSATIONS
    assert Message.objects.count() == MESSAGES
    assert Contact.objects.count() == CONVERSATIONS * 3 // 4
    connection.check_constraints()
    busy = Attachment.objects.filter(~Q(message__kind__in=["image", "voice", "document"]))
    assert Attachment.objects.exists() and not busy.exists()


def test_each_contact_has_at_most_one_case_that_is_not_closed() -> None:
    alive = Conversation.objects.exclude(status="closed")
    counted = alive.values("contact").annotate(n=Count("pk")).filter(n__gt=1)
    assert alive.exists() and not counted.exists()


def test_rows_of_the_list_say_what_the_messages_say() -> None:
    spoken = Message.objects.exclude(kind="event").order_by("at", "pk")
    said: dict[int, list[Message]] = {}
    for message in spoken:
        said.setdefault(message.conversation_id, []).append(message)
    for case in Conversation.objects.all():
        its = said[case.pk]
        last = its[-1]
        assert (case.last_message_id, case.last_message_at) == (last.pk, last.at)
        assert (case.last_message_kind, case.last_message_direction) == (
            last.kind,
            last.direction,
        )
        assert (case.last_message_status, case.opened_at) == (last.status, its[0].at)
        assert case.last_message_preview == last.body[:160]
        assert _waiting_since(case, its) == case.waiting_since
        assert case.queued_at == (case.waiting_since or END_OF_QUEUE)


def _waiting_since(case: Conversation, messages: list[Message]) -> object:
    since = None
    for message in messages:
        since = None if message.direction == "out" else since or message.at
    return None if case.status == "closed" else since


def test_windows_begin_with_the_last_word_of_the_customer() -> None:
    incoming = Message.objects.filter(direction="in")
    moments = incoming.values_list("conversation__contact__consent_subject").annotate(Max("at"))
    windows = ServiceWindow.objects.values_list("subject_id", "last_wrote_at")
    assert dict(windows) == dict(moments)


def test_messages_come_in_the_order_of_their_moments_and_quotes_stay_in_their_thread() -> None:
    later = Message.objects.filter(pk=OuterRef("pk") + 1, at__lt=OuterRef("at"))
    assert not Message.objects.filter(Exists(later)).exists()
    quotes = Message.objects.filter(quoted__isnull=False)
    assert quotes.exists()
    assert not quotes.exclude(conversation=F("quoted__conversation")).exists()


def test_search_finds_the_words_the_documents_and_the_people() -> None:
    agent = Agent.objects.all()[0]
    holding = Message.objects.filter(body__icontains=COMMON)
    found = search.find(agent, COMMON)
    assert holding.exists()
    assert {hit.pk for hit in found.messages} <= set(holding.values_list("pk", flat=True))
    assert len(found.messages) == min(20, holding.count())
    contact = Contact.objects.all()[0]
    assert contact.pk in _contacts(agent, contact.phone)
    assert contact.pk in _contacts(agent, contact.display_name)


def _contacts(agent: Agent, text: str) -> set[int]:
    return {hit.pk for hit in search.find(agent, text).contacts}


def test_a_desk_that_holds_something_is_not_seeded() -> None:
    with pytest.raises(SystemExit):
        Seeder(CONVERSATIONS, MESSAGES).run()
    assert Message.objects.count() == MESSAGES
