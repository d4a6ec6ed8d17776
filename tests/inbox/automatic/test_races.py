"""inbox.actions.automatic.answer: by many workers at once, and by one that dies"""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from inbox.actions import automatic
from inbox.actions.automatic import answering
from inbox.automatic.rules import Kind
from inbox.models import AutomaticUse, Conversation, GivenNotice, Message
from tests.factories import make_channel
from tests.inbox.automatic.texts import switch_on
from tests.inbox.inbound.posting import deliver, of_number, text

WORKERS = 6


def at_once(work: Callable[[], object]) -> list[BaseException]:
    """Run it in threads that start together; what went wrong in them."""
    ready, wrong = threading.Barrier(WORKERS), []

    def run() -> None:
        ready.wait(10)
        try:
            work()
        except BaseException as mistake:
            wrong.append(mistake)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return wrong


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_send_one_text() -> None:
    channel = make_channel()
    switch_on(channel, Kind.GREETING, Kind.PRIVACY)
    deliver(of_number(channel, messages=[text("Hello")]))
    pk = Conversation.objects.get().pk

    assert at_once(lambda: automatic.answer(pk)) == []

    assert Message.objects.filter(origin="automatic").count() == 1
    assert GivenNotice.objects.count() == 1
    assert [use.count for use in AutomaticUse.objects.all()] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_many_conversations_at_once_are_all_counted() -> None:
    channel = make_channel()
    switch_on(channel, Kind.GREETING)
    posts = [text("Hello", from_=f"491701{number:06}") for number in range(WORKERS)]
    deliver(of_number(channel, messages=posts))
    waiting = list(Conversation.objects.values_list("pk", flat=True))

    assert at_once(lambda: automatic.answer(waiting.pop())) == []

    assert AutomaticUse.objects.get().count == WORKERS


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_on_the_way_leaves_it_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    channel = make_channel()
    switch_on(channel, Kind.GREETING)
    deliver(of_number(channel, messages=[text("Hello")]))
    conversation = Conversation.objects.get()

    def die(*_args: object, **_keys: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(answering, "_settle", die)
        with pytest.raises(SystemExit):
            automatic.answer(conversation.pk)
    assert not Message.objects.filter(origin="automatic").exists()

    automatic.answer(conversation.pk)
    automatic.answer(conversation.pk)
    assert Message.objects.filter(origin="automatic").count() == 1
