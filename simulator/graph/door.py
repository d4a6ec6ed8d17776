"""Every Graph call comes through here: token, object, fault rules, then the handler."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from simulator.accounts import Account, Number, Token
from simulator.answers import JsonAnswer
from simulator.errors import GraphError, unknown_object
from simulator.faults import Fault
from simulator.graph.tokens import authenticate
from simulator.house import house_of
from simulator.shapes import Json
from simulator.templates import Template
from simulator.world import World

MESSAGING, MANAGEMENT = "whatsapp_business_messaging", "whatsapp_business_management"
MAX_JSON = 4 * 2**20


class Hangup(Response):
    """Ends the connection without a usable answer."""

    async def __call__(self, scope: object, receive: object, send: object) -> None:
        start = {"type": "http.response.start", "status": 200}
        headers = [(b"content-length", b"2"), (b"connection", b"close")]
        await send({**start, "headers": headers})  # type: ignore[operator]


@dataclass(slots=True)
class Call:
    world: World
    request: Request
    token: Token
    object_id: str
    rest: str = ""
    _json: Json | None = None
    after: list[Callable[[], None]] = field(default_factory=list)

    @property
    def number(self) -> Number:
        return self.world.numbers[self.object_id]

    @property
    def account(self) -> Account:
        return self.world.accounts[self.object_id]

    @property
    def template(self) -> Template:
        return self.world.templates[self.object_id]

    def query(self, name: str, default: str = "") -> str:
        return self.request.query_params.get(name, default)

    async def json(self) -> Json:
        """The body, and beneath it the query: Graph takes parameters from either."""
        if self._json is None:
            self._json = {**dict(self.request.query_params), **await self._read()}
        return self._json

    async def _read(self) -> Json:
        if self.request.headers.get("content-type", "").startswith(
            ("multipart/", "application/x-www-form-urlencoded")
        ):
            async with self.request.form() as form:
                return {key: value for key, value in form.items() if isinstance(value, str)}
        raw = await self.request.body()
        if not raw:
            return {}
        if len(raw) > MAX_JSON:
            raise GraphError(100, "The request is too large.")
        try:
            data = json.loads(raw)
        except (ValueError, RecursionError):
            raise GraphError(100, "The request body is not valid JSON.") from None
        if not isinstance(data, dict):
            raise GraphError(100, "The request body must be a JSON object.")
        return data


Handler = Callable[[Call], Awaitable[Json | Response]]


@dataclass(frozen=True, slots=True)
class Edge:
    handler: Handler
    name: str  # what fault rules call it
    scope: str


_EDGES: dict[tuple[str, str, str], Edge] = {}


def edge(
    method: str, kind: str, path: str = "", *, name: str = "", scope: str = MANAGEMENT
) -> Callable[[Handler], Handler]:
    """Register a handler for ``METHOD /{object of this kind}/{path}``."""

    def register(handler: Handler) -> Handler:
        _EDGES[method, kind, path] = Edge(handler, name or path or kind, scope)
        return handler

    return register


async def enter(request: Request) -> Response:
    """The one route of the Graph API."""
    world = house_of(request).world
    try:
        return await _answer(world, request)
    except GraphError as error:
        trace = world.ids.trace()
        return JsonAnswer(error.envelope(trace), error.http, {**error.headers, **_TAGS})
    except ClientDisconnect:
        return Hangup()


_TAGS = {"facebook-api-version": "v26.0"}


async def _answer(world: World, request: Request) -> Response:
    path = request.path_params["path"].strip("/")
    object_id, _, tail = path.partition("/")
    edge_name, _, rest = tail.partition("/")
    token = authenticate(world, request)
    kind, account_id = _kind_of(world, object_id)
    found = _EDGES.get((request.method, kind, edge_name))
    if not kind or not token.reaches(account_id):
        raise unknown_object(request.method, object_id)
    if found is None:
        if not any(k == kind and p == edge_name for _, k, p in _EDGES):
            raise GraphError(2500, message=f"(#2500) Unknown path components: /{tail}")
        raise unknown_object(request.method, object_id)
    if found.scope and found.scope not in token.scopes:
        raise GraphError(200, message=f"(#200) Requires {found.scope} permission")
    call = Call(world, request, token, object_id, rest)
    fault = await _strike(call, found, kind)
    if fault and (early := await _misbehave(fault, request, "before")):
        return early
    result = await found.handler(call)
    if fault and (late := await _misbehave(fault, request, "after")):
        return late
    return result if isinstance(result, Response) else JsonAnswer(result, headers=_TAGS)


async def _strike(call: Call, found: Edge, kind: str) -> Fault | None:
    recipient = ""
    if found.name == "messages" and call.request.method == "POST":
        body = await call.json()
        recipient = str(body.get("to") or body.get("recipient") or "")
    number = call.object_id if kind == "number" else ""
    fault = call.world.faults.strike(found.name, call.request.method, number, recipient)
    call.request.state.fault = fault
    return fault


async def _misbehave(fault: Fault, request: Request, when: str) -> Response | None:
    if when == "before" and fault.slow_ms:
        await asyncio.sleep(fault.slow_ms / 1000)
    if fault.timeout == when:
        await _wait_for_hangup(request, fault.seconds)
        return Hangup()
    if fault.disconnect == when:
        return Hangup()
    if fault.timeout or fault.disconnect or when == "after":
        return None
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
    if fault.code:
        raise GraphError(
            fault.code,
            fault.details,
            subcode=fault.subcode or None,
            http=fault.http or None,
            headers=headers,
        )
    if fault.http:
        page = fault.body or "<html><body>Sorry, something went wrong.</body></html>"
        return Response(page, fault.http, headers, media_type="text/html")
    return None


async def _wait_for_hangup(request: Request, seconds: float) -> None:
    """Say nothing until the caller gives up."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    await request.body()
    try:
        await asyncio.wait_for(gone(), seconds)
    except TimeoutError:
        return


def _kind_of(world: World, object_id: str) -> tuple[str, str]:
    """What kind of object this is and whose account it belongs to."""
    if object_id == "debug_token":
        return "debug_token", ""
    if object_id.startswith("upload:"):
        return "upload", ""
    if number := world.numbers.get(object_id):
        return "number", number.account_id
    if object_id in world.accounts:
        return "account", object_id
    if object_id in world.apps:
        return "app", ""
    if template := world.templates.get(object_id):
        return "template", template.account_id
    if media := world.media.get(object_id):
        owner = world.numbers.get(media.number_id)
        return "media", owner.account_id if owner else ""
    return "", ""
