"""Turns plain functions into control endpoints: JSON in, JSON out, mistakes in words."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.accounts import Number
from simulator.answers import JsonAnswer
from simulator.house import House, house_of
from simulator.messages import Message
from simulator.people import Person
from simulator.refused import Refused
from simulator.shapes import Json
from simulator.world import World


@dataclass(frozen=True, slots=True)
class Ask:
    request: Request
    house: House
    data: Json

    @property
    def world(self) -> World:
        return self.house.world

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    def query(self, name: str, default: str = "") -> str:
        return self.request.query_params.get(name, default)

    def text(self, name: str, default: str = "") -> str:
        return str(self.data.get(name) or default)

    def person(self, key: str = "") -> Person:
        key = key or self.path("key")
        if person := self.world.people.find(key):
            return person
        raise Refused(f"there is nobody called {key!r}", 404)

    def number(self, number_id: str = "") -> Number:
        number_id = number_id or self.text("number")
        number = self.world.numbers.get(number_id) if number_id else self.world.default_number()
        if number is None:
            raise Refused(f"there is no number {number_id!r}", 404)
        return number

    def message(self, message_id: str) -> Message:
        if message := self.world.messages.get(message_id):
            return message
        raise Refused(f"there is no message {message_id!r}", 404)


Control = Callable[[Ask], Awaitable[object]]


def control(method: str, path: str, handler: Control) -> Route:
    async def endpoint(request: Request) -> Response:
        if _comes_from_elsewhere(request):
            return JsonAnswer({"error": "asked from another site"}, 403)
        try:
            ask = Ask(request, house_of(request), await _read(request))
            result = await handler(ask)
        except Refused as refusal:
            return JsonAnswer({"error": str(refusal)}, refusal.status)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return JsonAnswer({"error": f"{type(error).__name__}: {error}"}, 400)
        return result if isinstance(result, Response) else JsonAnswer(result)

    return Route(f"/control{path}", endpoint, methods=[method])


def _comes_from_elsewhere(request: Request) -> bool:
    """Web pages of other sites may reach this machine's ports, but are refused here."""
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host")


async def _read(request: Request) -> Json:
    if request.method in ("GET", "DELETE") or "json" not in request.headers.get(
        "content-type", "json"
    ):
        return {}
    raw = await request.body()
    if not raw:
        return {}
    try:
        data = json.loads(raw)
    except ValueError as error:
        raise Refused(f"not JSON: {error}") from None
    if not isinstance(data, dict):
        raise Refused("a JSON object is expected")
    return data
