"""Keeping everything as JSON and taking it back; starting over."""

from __future__ import annotations

import base64
from dataclasses import asdict, fields
from typing import Any, TypeVar

from simulator.accounts import Account, App, Number, Token
from simulator.control.door import Ask
from simulator.media import Media
from simulator.messages import Message
from simulator.people import Person
from simulator.rules import parse_ladder, show_ladder
from simulator.shapes import Json
from simulator.templates import Template
from simulator.world import World

MEDIA_BYTES = 2**20  # larger files are exported without their content
T = TypeVar("T")


def export(world: World) -> Json:
    return {
        "format": 1,
        "apps": [asdict(app) for app in world.apps.values()],
        "accounts": [asdict(account) for account in world.accounts.values()],
        "numbers": [asdict(number) for number in world.numbers.values()],
        "tokens": [asdict(token) for token in world.tokens.values()],
        "templates": [asdict(template) for template in world.templates.values()],
        "people": [asdict(person) for person in world.people],
        "messages": [asdict(message) for message in world.messages],
        "media": [_media_json(media) for media in world.media.all()],
        "rules": {**asdict(world.rules), "ladder": show_ladder(world.rules.ladder)},
        "webhooks": asdict(world.behaviour),
    }


def _media_json(media: Media) -> Json:
    small = media.size <= MEDIA_BYTES
    content = base64.b64encode(media.path.read_bytes()).decode() if small else None
    return {
        "id": media.id,
        "mime_type": media.mime_type,
        "filename": media.filename,
        "number_id": media.number_id,
        "data": content,
    }


def _make(kind: type[T], data: Json) -> T:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{key: value for key, value in data.items() if key in known})


def fill(world: World, data: Json) -> None:
    """Put an exported state into a fresh world."""
    tables: list[tuple[str, type[Any], dict[str, Any], str]] = [
        ("apps", App, world.apps, "id"),
        ("accounts", Account, world.accounts, "id"),
        ("numbers", Number, world.numbers, "id"),
        ("tokens", Token, world.tokens, "value"),
        ("templates", Template, world.templates, "id"),
    ]
    for name, kind, table, key in tables:
        if name in data:
            table.clear()
            table.update({str(row[key]): _make(kind, row) for row in data[name]})
    for row in data.get("people", []):
        world.people.add(_make(Person, row))
    for row in data.get("messages", []):
        world.messages.add(_make(Message, row))
    for row in data.get("media", []):
        if row.get("data") is not None:
            world.media.add(
                base64.b64decode(row["data"]),
                mime_type=row["mime_type"],
                filename=row["filename"],
                number_id=row["number_id"],
                media_id=row["id"],
            )
    for key, value in data.get("rules", {}).items():
        setattr(world.rules, key, parse_ladder(value) if key == "ladder" else value)
    for key, value in data.get("webhooks", {}).items():
        setattr(world.behaviour, key, value)


async def show(ask: Ask) -> Json:
    return export(ask.world)


async def load(ask: Ask) -> Json:
    world = ask.house.reset()
    fill(world, ask.data)
    return {"people": len(world.people), "messages": len(world.messages)}


async def reset(ask: Ask) -> Json:
    """A fresh world. ``seed`` makes its ids repeatable; ``rules``, ``webhooks`` preset it."""
    seed = str(ask.data.get("seed") or "")
    world = ask.house.reset(seed=seed)
    fill(world, {key: ask.data[key] for key in ("rules", "webhooks") if key in ask.data})
    return {"number": world.default_number().id, "public_url": world.public_url}
