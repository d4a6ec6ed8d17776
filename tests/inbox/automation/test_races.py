"""Workers who come at once"""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from inbox.actions import automation, rule_work
from inbox.models import Conversation, Message, RuleFiring, RuleWork
from tests.factories import make_conversation, make_message
from tests.inbox.automation.rules import make_rule
from tests.inbox.routing.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _several_writers() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


def test_of_many_workers_one_does_it() -> None:
    make_rule({"do": "note", "text": "once"})
    for _ in range(5):
        rule_work.note([make_message(make_conversation())])

    outcomes = at_once(*[automation.run] * 4)

    assert outcomes == [None] * 4
    assert Message.objects.filter(kind="note").count() == RuleFiring.objects.count() == 5
    assert not RuleWork.objects.filter(done_at=None).exists()


def test_work_for_a_conversation_that_somebody_holds_waits_for_them() -> None:
    make_rule({"do": "priority", "level": 2})
    conversation = make_conversation()
    rule_work.note([make_message(conversation)])

    def hold() -> None:
        with transaction.atomic():
            held = Conversation.objects.select_for_update().get(pk=conversation.pk)
            held.priority = 1
            held.save(update_fields=["priority"])

    assert at_once(hold, automation.run) == [None, None]

    conversation.refresh_from_db()
    assert conversation.priority in {1, 2}
    assert not RuleWork.objects.filter(done_at=None).exists()
