"""What the desk sent, and how each message fares."""

from __future__ import annotations

import asyncio
import time

from simulator import statuses
from simulator.control.door import Ask
from simulator.messages import RANK, Message
from simulator.press import choices
from simulator.refused import Refused
from simulator.shapes import Json

MOST = 1000


def sent_json(ask: Ask, message: Message) -> Json:
    person = ask.world.people.get(message.person_id)
    return {
        "sequence": message.sequence,
        "id": message.id,
        "number": message.number_id,
        "person": message.person_id,
        "name": person.name if person else "",
        "to": message.request.get("to", ""),
        "recipient": message.request.get("recipient", ""),
        "at": message.at,
        "type": message.type,
        "text": text_of(message),
        "body": message.request,
        "shown": message.shown,
        "choices": [choice.as_json() for choice in choices(message)],
        "callback_data": message.callback_data,
        "category": message.category,
        "status": message.status,
        "statuses": message.statuses,
        "error": message.error,
    }


def text_of(message: Message) -> str:
    """The words of a message, wherever its kind keeps them."""
    content = message.content
    if message.type == "text":
        return str(content.get("body", ""))
    if message.type == "template":
        return str(message.shown.get("body", ""))
    if message.type == "interactive" and message.outgoing:
        return str(content.get("body", {}).get("text", ""))
    if message.type == "reaction":
        return str(content.get("emoji", ""))
    return str(content.get("caption", ""))


async def listing(ask: Ask) -> Json:
    """Oldest first. ``?count=3&timeout=5`` waits until three match."""
    wanted = int(ask.query("count") or 0)
    until = time.monotonic() + min(float(ask.query("timeout") or 5), 60)
    found = _matching(ask)
    while len(found) < wanted and time.monotonic() < until:
        await asyncio.sleep(0.01)
        found = _matching(ask)
    limit = min(int(ask.query("limit") or MOST), MOST * 10)
    return {
        "total": ask.world.messages.sent_count,
        "count": len(found),
        "messages": [sent_json(ask, message) for message in found[-limit:]],
    }


def _matching(ask: Ask) -> list[Message]:
    who = ask.query("to") or ask.query("recipient") or ask.query("person")
    person = ask.world.people.find(who) if who else None
    if who and person is None:
        return []
    source = ask.world.messages.thread(person.id) if person else ask.world.messages
    number, kind = ask.query("number"), ask.query("type")
    since, after = float(ask.query("since") or 0), int(ask.query("after") or 0)
    return [
        message
        for message in source
        if message.outgoing
        and message.at >= since
        and message.sequence > after
        and number in ("", message.number_id)
        and kind in ("", message.type)
    ]


async def set_status(ask: Ask) -> Json:
    """``status`` as on the ladder, or failed with ``code``. May be any word at all."""
    message = ask.message(ask.path("wamid"))
    if not message.outgoing:
        raise Refused("this is a message of the customer")
    status, code = ask.text("status"), int(ask.data.get("code") or 0)
    if not status:
        raise Refused(f"status is missing ({', '.join(RANK)}, failed)")
    for _ in range(min(int(ask.data.get("times") or 1), 100)):
        statuses.report(ask.world, message, status, code=code)
    return sent_json(ask, message)


async def status_of_stranger(ask: Ask) -> Json:
    """A status for a message id we never gave out, as another app's messages cause it."""
    number = ask.number()
    entry: Json = {
        "id": ask.text("id", ask.world.ids.wamid("491520000000")),
        "status": ask.text("status", "delivered"),
        "timestamp": str(ask.world.clock.seconds()),
        "recipient_id": ask.text("recipient", "491520000000"),
    }
    if data := ask.text("callback_data"):
        entry["biz_opaque_callback_data"] = data
    ask.world.tell_value(number, "messages", statuses=[entry])
    return entry
