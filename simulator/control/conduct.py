"""Controls for how this WhatsApp behaves: rules, faults, webhooks, time."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict, fields

from simulator.control.door import Ask
from simulator.crowd import Pace
from simulator.refused import Refused
from simulator.rules import Rules, parse_ladder, show_ladder
from simulator.shapes import Json
from simulator.webhooks.behaviour import Behaviour


def assign(target: Rules | Behaviour, data: Json) -> None:
    """Set fields by name; a wrong name or type is refused and nothing changes."""
    types = {field.name: type(getattr(target, field.name)) for field in fields(target)}
    for key, value in data.items():
        if key not in types:
            raise Refused(f"unknown key {key!r}; known: {', '.join(types)}")
        fits = isinstance(value, types[key]) and (types[key] is bool) == isinstance(value, bool)
        if not fits and not (types[key] is float and type(value) is int):
            raise Refused(f"{key} must be {types[key].__name__}")
    for key, value in data.items():
        setattr(target, key, value)


async def rules(ask: Ask) -> Json:
    data = asdict(ask.world.rules)
    return {**data, "ladder": show_ladder(ask.world.rules.ladder)}


async def change_rules(ask: Ask) -> Json:
    data = dict(ask.data)
    if "ladder" in data:
        data["ladder"] = parse_ladder(str(data["ladder"]))
    for key, allowed in _WORDS.items():
        if key in data and data[key] not in allowed:
            raise Refused(f"{key} must be one of {', '.join(allowed)}")
    assign(ask.world.rules, data)
    return await rules(ask)


_WORDS = {"window": ("sync", "async", "off"), "unknown_recipients": ("create", "fail")}


async def webhooks(ask: Ask) -> Json:
    return asdict(ask.world.behaviour)


async def change_webhooks(ask: Ask) -> Json:
    if ask.data.get("shape", "merged") not in ("merged", "separate"):
        raise Refused("shape must be merged or separate")
    if not 1 <= int(ask.data.get("batch_size", 1)) <= 1000:
        raise Refused("batch_size must be 1 to 1000")
    assign(ask.world.behaviour, ask.data)
    ask.world.sender.resume()
    return asdict(ask.world.behaviour)


async def faults(ask: Ask) -> Json:
    return {"faults": ask.world.faults.as_json()}


async def add_fault(ask: Ask) -> Json:
    return asdict(ask.world.faults.add(ask.data))


async def clear_faults(ask: Ask) -> Json:
    ask.world.faults.clear()
    return {"faults": []}


async def remove_fault(ask: Ask) -> Json:
    if not ask.world.faults.remove(ask.path("fault")):
        raise Refused("there is no such fault", 404)
    return {"ok": True}


async def clock(ask: Ask) -> Json:
    now = ask.world.clock
    return {"now": now.now(), "frozen": now.frozen_at is not None}


async def change_clock(ask: Ask) -> Json:
    now = ask.world.clock
    if "frozen" in ask.data:
        if ask.data["frozen"]:
            now.freeze()
        else:
            now.run()
    if "now" in ask.data:
        now.set(float(ask.data["now"]))
    if "advance" in ask.data:
        now.advance(float(ask.data["advance"]))
    return await clock(ask)


async def settle(ask: Ask) -> Json:
    """Wait until everything is told and every ladder climbed (or ``timeout`` seconds)."""
    until = time.monotonic() + min(float(ask.data.get("timeout") or 10), 120)
    retries_too = ask.data.get("retries", True) is not False
    while not ask.world.is_idle(retries_too=retries_too):
        if time.monotonic() > until:
            return {"settled": False}
        await asyncio.sleep(0.005)
    return {"settled": True}


async def crowd(ask: Ask) -> Json:
    """Whether the scripted customers are there, and who of them is about to do something."""
    gathered = ask.house.crowd
    return {"running": gathered is not None, "busy": gathered.busy() if gathered else []}


async def change_crowd(ask: Ask) -> Json:
    """``running`` gathers or disperses them; ``hurry`` divides all their pauses."""
    if ask.data.get("running", True):
        ask.house.gather_crowd(Pace(hurry=float(ask.data.get("hurry") or 1)))
    else:
        ask.house.disperse_crowd()
    return await crowd(ask)
