"""Many conversations at once, and acts on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.test import Client
from django.urls import reverse

from inbox.actions import bulk_acts
from inbox.actions.bulk_acts import Order
from inbox.models import Agent, BulkAct, Channel, Conversation
from tests.factories import make_channel, make_conversation


def make_many(
    how_many: int, channel: Channel | None = None, **fields: Any
) -> list[Conversation]:
    channel = channel or make_channel()
    return [make_conversation(channel=channel, **fields) for _ in range(how_many)]


def started(many: Iterable[Conversation], order: Order, by: Agent) -> BulkAct:
    frozen = bulk_acts.freeze([one.code for one in many], by=by)
    return bulk_acts.start(bulk_acts.choose(frozen, by=by), order, by=by)


def done(many: Iterable[Conversation], order: Order, by: Agent) -> BulkAct:
    act = started(many, order, by)
    bulk_acts.run(act.pk)
    act.refresh_from_db()
    return act


def undone(act: BulkAct) -> BulkAct:
    back = bulk_acts.undo(act, by=act.by)
    bulk_acts.run(back.pk)
    back.refresh_from_db()
    return back


def counts(act: BulkAct) -> tuple[int, int, int]:
    """Done, skipped, failed."""
    return act.done_count, act.skipped_count, act.failed_count


def codes(many: Iterable[Conversation]) -> str:
    return ",".join(str(one.code) for one in many)


def post(client: Client, **fields: Any) -> Any:
    return client.post(reverse("inbox:bulk_start"), fields)
