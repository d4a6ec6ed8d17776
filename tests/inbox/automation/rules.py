"""Rules for tests, and a worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from inbox.actions import automation, rule_work
from inbox.models import Label, QuickReply, QuickReplyText, Rule

Json = dict[str, Any]


def make_rule(
    *acts: Json,
    trigger: str = "received",
    conditions: list[Json] | None = None,
    name: str = "Sort",
    is_on: bool = True,
    **when: Any,
) -> Rule:
    """Switched on an hour ago, unless told otherwise."""
    switched = timezone.now() - timedelta(hours=1) if is_on else None
    rule = Rule.objects.create(
        name=name,
        trigger=trigger,
        when={"trigger": trigger, **when},
        conditions=conditions or [],
        acts=list(acts),
        switched_on_at=switched,
    )
    rule_work.awaited.forget()
    return rule


def make_label(name: str = "Invoice", **fields: Any) -> Label:
    return Label.objects.create(name=name, **fields)


def adds(label: Label) -> Json:
    return {"do": "label", "code": str(label.code)}


def make_reply(body: str = "Are you still there?", **fields: Any) -> QuickReply:
    reply = QuickReply.objects.create(shortcut="there", name="There", **fields)
    QuickReplyText.objects.create(quick_reply=reply, body=body)
    return reply


def says(reply: QuickReply) -> Json:
    return {"do": "reply", "code": str(reply.code)}


def work(now: datetime | None = None) -> None:
    automation.run(now=now)
