"""What becomes of a message the business sent: statuses on the ladder, or by hand."""

from __future__ import annotations

import asyncio

from simulator.errors import webhook_error
from simulator.messages import Message
from simulator.people import Person
from simulator.pricing import price
from simulator.shapes import Json
from simulator.webhooks.updates import Update
from simulator.world import World

_PRICED = ("delivered", "read", "played")


def report(world: World, message: Message, status: str, *, code: int = 0) -> None:
    """Note a status and tell the desk."""
    world.tell(build(world, message, status, code=code))
    world.show(message)


async def report_at_once(world: World, message: Message, status: str) -> None:
    """The same, but the desk has answered before this returns."""
    update = build(world, message, status)
    world.show(message)
    await world.tell_at_once(update)


def build(world: World, message: Message, status: str, *, code: int = 0) -> Update:
    now = world.clock.now()
    message.statuses.setdefault(status, now)
    message.error = code or message.error
    number = world.numbers[message.number_id]
    person = world.people.get(message.person_id)
    entry: Json = {"id": message.id, "status": status, "timestamp": str(int(now))}
    value: Json = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
    }
    if person:
        entry.update(_recipient(message, person, failed=status == "failed"))
        if status != "failed":
            value["contacts"] = [person.contact(with_profile=status != "sent")]
    if status in _PRICED and not message.priced and message.type != "reaction":
        message.priced = True
        entry["pricing"] = price(
            number,
            message.category,
            now=now,
            entered_at=person.entered_at.get(number.id, 0) if person else 0,
            allowance=world.rules.free_service_allowance,
        )
    if message.callback_data:
        entry["biz_opaque_callback_data"] = message.callback_data
    if status == "failed":
        entry["errors"] = [webhook_error(code or 131000)]
    value["statuses"] = [entry]
    return Update.of(number.account_id, "messages", value, number_id=number.id)


def _recipient(message: Message, person: Person, *, failed: bool) -> Json:
    """Failed statuses of messages sent to a telephone number do not name the user id."""
    named: Json = {}
    phone = person.shown_phone if message.to_user_id else person.phone
    if phone:
        named["recipient_id"] = phone
    if message.to_user_id or not failed:
        named["recipient_user_id"] = person.user_id
        if person.parent_user_id:
            named["recipient_parent_user_id"] = person.parent_user_id
    return named


def start(world: World, message: Message, *, fail_code: int = 0) -> None:
    world.climbing += 1
    world.sender.spawn(_climb(world, message, fail_code))


async def _climb(world: World, message: Message, fail_code: int) -> None:
    try:
        person = world.people.get(message.person_id)
        if fail_code or person is None or not person.reachable:
            report(world, message, "failed", code=fail_code or 131026)
            return
        await _climb_ladder(world, message, person)
    finally:
        world.climbing -= 1


async def _climb_ladder(world: World, message: Message, person: Person) -> None:
    waited = 0
    for status, wait in world.rules.ladder:
        if status == "played" and not message.content.get("voice"):
            continue
        if status != "sent" and message.type == "reaction":
            return
        await asyncio.sleep(max(0, wait - waited) / 1000)
        waited = max(waited, wait)
        if status != "sent" and not person.online:
            return
        if status != "sent" and person.blocks_business:
            report(world, message, "failed", code=130403)
            return
        _advance(world, message, status)
    if person.reads_automatically and message.type != "reaction":
        await asyncio.sleep(world.rules.read_after_ms / 1000)
        if person.online and not person.blocks_business:
            _advance(world, message, "read")


def _advance(world: World, message: Message, status: str) -> None:
    """A step up, unless it was made already (by hand, or before the response)."""
    if status not in message.statuses and "failed" not in message.statuses:
        report(world, message, status)


def catch_up(world: World, person: Person) -> None:
    """The telephone is online again: what waited is delivered."""
    for message in world.messages.thread(person.id):
        if message.outgoing and message.status == "sent" and message.type != "reaction":
            report(world, message, "delivered")


def read_all(world: World, person: Person, *, up_to: str = "") -> int:
    """The customer opens the chat: everything delivered so far is read."""
    count = 0
    for message in world.messages.thread(person.id):
        if message.outgoing and _can_be_read(message):
            report(world, message, "read")
            count += 1
        if message.id == up_to:
            break
    return count


def _can_be_read(message: Message) -> bool:
    return message.type != "reaction" and message.status in ("accepted", "sent", "delivered")
