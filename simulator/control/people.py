"""Controls for the customers: making them, and having them do things."""

from __future__ import annotations

from dataclasses import asdict

from simulator import inbound, statuses
from simulator.control.door import Ask
from simulator.kinds import said_from
from simulator.outbound import window_is_open
from simulator.people import Person, digits
from simulator.press import choices, pressed
from simulator.refused import Refused
from simulator.shapes import Json

_CHANGEABLE = (
    "name",
    "username",
    "language",
    "hides_phone",
    "reads_automatically",
    "online",
    "reachable",
    "blocks_business",
    "stopped_marketing",
    "number_id",
    "parent_user_id",
)


def person_json(ask: Ask, person: Person) -> Json:
    number = ask.world.number_for(person)
    data = asdict(person)
    for key in ("wrote_at", "entered_at", "typing_until"):
        del data[key]
    data["number_id"] = number.id
    data["window_open"] = window_is_open(ask.world, number, person)
    data["blocked_by_business"] = person.id in number.blocked
    data["typing"] = person.typing_until.get(number.id, 0) > ask.world.clock.now()
    return data


async def create(ask: Ask) -> Json:
    """``bsuid_only`` makes somebody who shows a user name and no telephone number."""
    data = dict(ask.data)
    world = ask.world
    bsuid_only = bool(data.pop("bsuid_only", False))
    phone, recycle = digits(str(data.pop("phone", ""))), bool(data.pop("recycle", False))
    user_id = str(data.pop("user_id", ""))
    if user_id and world.people.by_user_id(user_id):
        raise Refused("somebody has this user id already", 409)
    if holder := world.people.by_phone(phone):
        if not recycle:
            raise Refused(f"{holder.name} has this number; say recycle to take it over", 409)
        world.people.take_phone(holder, "")
    if not phone and not bsuid_only:
        phone = f"4915{world.ids.digits(9)}"
    name, language = str(data.pop("name", "")), str(data.pop("language", "de"))
    person = world.meet(name=name, phone=phone, user_id=user_id, language=language)
    if bsuid_only:
        person.hides_phone = True
        person.username = f"gast_{person.id[-6:]}"
    _change(ask, person, data)
    return person_json(ask, person)


def _change(ask: Ask, person: Person, data: Json) -> None:
    if strange := set(data) - set(_CHANGEABLE):
        raise Refused(f"unknown keys: {', '.join(sorted(strange))}")
    if data.get("number_id"):
        ask.number(str(data["number_id"]))
    came_online = bool(data.get("online")) and not person.online
    for key, value in data.items():
        kind = type(getattr(person, key))
        if not isinstance(value, kind):
            raise Refused(f"{key} must be {kind.__name__}")
        setattr(person, key, value)
    if came_online:
        statuses.catch_up(ask.world, person)
    ask.world.bus.publish("person", person=person.id)


async def change(ask: Ask) -> Json:
    person = ask.person()
    _change(ask, person, ask.data)
    return person_json(ask, person)


async def show(ask: Ask) -> Json:
    return person_json(ask, ask.person())


async def listing(ask: Ask) -> Json:
    return {"people": [person_json(ask, person) for person in ask.world.people]}


async def remove(ask: Ask) -> Json:
    ask.world.people.forget(ask.person())
    return {"ok": True}


async def say(ask: Ask) -> Json:
    """One message, of any kind. With ``times`` the same several times."""
    person, ids = ask.person(), []
    person.by_crowd = False  # whoever is used by hand no longer acts alone
    number = ask.number(ask.text("number") or ask.world.number_for(person).id)
    for _ in range(min(int(ask.data.get("times") or 1), 1000)):
        said = said_from(ask.world, person, number, ask.data)
        ids.append(inbound.say(ask.world, person, number, said).id)
    return {"id": ids[-1], "ids": ids, "person": person.id, "number": number.id}


async def press(ask: Ask) -> Json:
    """``choice`` is a position, id or title on ``message`` (or the latest with choices)."""
    person = ask.person()
    person.by_crowd = False
    if named := ask.text("message"):
        message = ask.message(named)
    else:
        thread = reversed(ask.world.messages.thread(person.id))
        found = next((m for m in thread if m.outgoing and choices(m)), None)
        if found is None:
            raise Refused("there is nothing to press")
        message = found
    number = ask.world.numbers[message.number_id]
    data = pressed(message, ask.data.get("choice", 0))
    said = said_from(ask.world, person, number, data)
    return {"id": inbound.say(ask.world, person, number, said).id}


async def read(ask: Ask) -> Json:
    """The customer opens the chat, and reads all (or up to ``message``)."""
    count = statuses.read_all(ask.world, ask.person(), up_to=ask.text("message"))
    return {"read": count}


async def change_number(ask: Ask) -> Json:
    person, phone = ask.person(), digits(ask.text("phone"))
    phone = phone or f"4915{ask.world.ids.digits(9)}"
    holder = ask.world.people.by_phone(phone)
    if holder and not ask.data.get("recycle"):
        raise Refused(f"{holder.name} has this number; say recycle to take it over", 409)
    inbound.change_number(ask.world, person, phone)
    return person_json(ask, person)


async def change_user_id(ask: Ask) -> Json:
    person = ask.person()
    inbound.change_user_id(ask.world, person)
    return person_json(ask, person)


async def block(ask: Ask) -> Json:
    return await _set_block(ask, blocks=True)


async def unblock(ask: Ask) -> Json:
    return await _set_block(ask, blocks=False)


async def _set_block(ask: Ask, *, blocks: bool) -> Json:
    person = ask.person()
    person.blocks_business = blocks
    ask.world.bus.publish("person", person=person.id)
    return person_json(ask, person)


async def preference(ask: Ask) -> Json:
    value = ask.text("value")
    if value not in ("stop", "resume"):
        raise Refused("value must be stop or resume")
    inbound.prefer(ask.world, ask.person(), value)
    return {"ok": True}


async def call(ask: Ask) -> Json:
    """The customer rings and nobody answers."""
    person, world = ask.person(), ask.world
    number = world.number_for(person)
    call_id = "wacid." + world.ids.word(40)
    base: Json = {
        "id": call_id,
        **({"from": person.shown_phone} if person.shown_phone else {}),
        "from_user_id": person.user_id,
        "to": number.digits,
        "timestamp": str(world.clock.seconds()),
        "direction": "USER_INITIATED",
    }
    person.wrote_at[number.id] = world.clock.now()  # a call opens the window too
    contacts = [person.contact()]
    world.tell_value(number, "calls", contacts=contacts, calls=[{**base, "event": "connect"}])
    ended = {**base, "event": "terminate", "status": "FAILED", "duration": 0}
    world.tell_value(number, "calls", contacts=contacts, calls=[ended])
    return {"id": call_id}
