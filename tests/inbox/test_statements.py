"""inbox.actions.statements and bulk: the short way stores what the long way stores"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from inbox.actions import bulk
from inbox.actions.statements import fetch, fresh, instances, run
from inbox.models import Contact, Conversation, Message
from tests.factories import make_contact, make_conversation, make_message

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 1, 30, 15, 250_000, tzinfo=UTC)
FIELDS = [field.attname for field in Message._meta.concrete_fields]


def new_message(**fields: object) -> Message:
    conversation = make_conversation()
    values = {
        "conversation_id": conversation.pk,
        "channel_id": conversation.channel_id,
        "direction": Message.Direction.IN,
        "status": Message.Status.RECEIVED,
        "body": "Grüße 🙂 \\N\t",
        "content": {"forwarded": True, "name": "ü"},
        "wamid": "wamid.1",
    }
    moments = {"at": NOW, "created_at": NOW, "changed_at": NOW}
    return fresh(Message, code=uuid4(), **values, **moments, **fields)


def test_a_stored_row_reads_back_as_it_was() -> None:
    message = new_message(sent_at=NOW, failure_code=-(2**31))
    bulk.insert([message])

    stored = Message.objects.get(pk=message.pk)
    assert {f: getattr(stored, f) for f in FIELDS} == {f: getattr(message, f) for f in FIELDS}


def test_rows_that_are_stored_by_others_afterwards_get_other_ids() -> None:
    message = new_message()
    bulk.insert([message])

    other = make_message(make_conversation())
    assert other.pk > message.pk


def test_a_repeated_id_is_refused() -> None:
    message = new_message()
    again = fresh(Message, **{f: getattr(message, f) for f in FIELDS if f != "id"})
    again.code = uuid4()

    with pytest.raises(DatabaseError), transaction.atomic():
        bulk.insert([message, again])


def test_every_kind_of_column_can_be_changed() -> None:
    message, untouched = new_message(), make_message(make_conversation())
    bulk.insert([message])

    changes = {"content": {"a": [1]}, "sent_at": NOW, "body": "", "failure_code": None}
    bulk.change([(message, changes)])

    stored = Message.objects.values(*changes).get(pk=message.pk)
    assert stored == changes
    assert Message.objects.get(pk=untouched.pk).body == "Hello"


def test_columns_that_are_nothing_in_every_row_can_be_written() -> None:
    cases = [make_conversation(), make_conversation()]
    for case in cases:
        case.waiting_since = None
    bulk.write(cases, ["waiting_since"])

    assert not Conversation.objects.exclude(waiting_since=None).exists()


def test_rows_come_as_python_knows_them() -> None:
    contact = make_contact()
    columns = "id, code, created_at, blocked_at"
    statement = f"SELECT {columns} FROM inbox_contact WHERE code = ANY(%b::uuid[])"  # noqa: S608

    assert fetch(statement, [contact.code, uuid4()]) == [
        (contact.pk, contact.code, contact.created_at, None)
    ]


def test_a_light_instance_fetches_what_it_was_not_given() -> None:
    contact = make_contact(username="ida")
    (light,) = instances(Contact, ["id"], [(contact.pk,)])

    assert light.username == "ida"
    assert light == contact


def test_a_moment_is_stored_as_the_model_stores_it() -> None:
    message = make_message(make_conversation())
    run("UPDATE inbox_message SET read_at = %b WHERE id = ANY(%b::bigint[])", NOW, [message.pk])

    assert Message.objects.filter(read_at=NOW).get() == message
