"""The block list of a number."""

from __future__ import annotations

from simulator.errors import GraphError, title_of
from simulator.graph.door import MESSAGING, Call, edge
from simulator.graph.paging import page
from simulator.outbound import window_is_open
from simulator.people import Person
from simulator.shapes import Json, json_object


@edge("POST", "number", "block_users", scope=MESSAGING)
async def block(call: Call) -> Json:
    return await _change(call, "added_users", blocking=True)


@edge("DELETE", "number", "block_users", scope=MESSAGING)
async def unblock(call: Call) -> Json:
    return await _change(call, "removed_users", blocking=False)


@edge("GET", "number", "block_users", scope=MESSAGING)
async def listing(call: Call) -> Json:
    people = [call.world.people.get(person_id) for person_id in call.number.blocked]
    named = page(call, [_named(person) for person in people if person])
    paging = {"paging": named["paging"]} if "paging" in named else {}
    return {"data": [{"block_users": named["data"]}] if named["data"] else [], **paging}


def _named(person: Person) -> Json:
    phone = {"wa_id": person.shown_phone} if person.shown_phone else {}
    return {"messaging_product": "whatsapp", **phone, "user_id": person.user_id}


async def _change(call: Call, done_key: str, *, blocking: bool) -> Json:
    body = await call.json()
    entries = [json_object(entry) for entry in body.get("block_users") or []]
    if body.get("messaging_product") != "whatsapp" or not entries:
        raise GraphError(100, "messaging_product and block_users are needed")
    done: list[Json] = []
    failed: list[Json] = []
    for entry in entries:
        wanted = str(entry.get("user_id") or entry.get("user") or "")
        person = call.world.people.find(wanted) if wanted else None
        if problem := _problem(call, person, blocking=blocking):
            failed.append({"input": wanted, "errors": [problem]})
        elif person:
            _set(call.number.blocked, person.id, blocking=blocking)
            call.world.bus.publish("person", person=person.id)
            done.append({"input": wanted, **_identity(person, entry)})
    lists = {done_key: done, **({"failed_users": failed} if failed else {})}
    if failed:
        extra = {"messaging_product": "whatsapp", "block_users": lists}
        raise GraphError(139100, "Failed to (un)block some users", extra=extra)
    return {"messaging_product": "whatsapp", "block_users": lists}


def _problem(call: Call, person: Person | None, *, blocking: bool) -> Json | None:
    if person is None:
        return {"message": title_of(131026), "code": 131026}
    if blocking and not window_is_open(call.world, call.number, person):
        details = {"details": "Only users who wrote in the last 24 hours can be blocked."}
        return {"message": title_of(131047), "code": 131047, "error_data": details}
    return None


def _set(blocked: list[str], person_id: str, *, blocking: bool) -> None:
    if blocking and person_id not in blocked:
        blocked.append(person_id)
    if not blocking and person_id in blocked:
        blocked.remove(person_id)


def _identity(person: Person, entry: Json) -> Json:
    return {"user_id": person.user_id} if "user_id" in entry else {"wa_id": person.phone}
