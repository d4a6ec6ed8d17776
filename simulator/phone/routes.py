"""The phone's page, its files, what it reads, and its live line."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from simulator import inbound
from simulator.answers import JsonAnswer
from simulator.control.door import Ask, control
from simulator.house import house_of
from simulator.inbound import Said, media_part
from simulator.phone.bubbles import bubble, is_on_phone, person_row
from simulator.phone.words import choose_language, words
from simulator.refused import Refused
from simulator.shapes import Json
from simulator.world import World

_HERE = Path(__file__).parent
_PAGE = (_HERE / "page.html").read_text(encoding="utf-8")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_SAFE = ("image/jpeg", "image/png", "image/webp", "audio/", "video/", "application/pdf")
SHOWN, MOST_BYTES = 300, 16 * 2**20


async def page(request: Request) -> Response:
    asked = request.query_params.get("lang") or request.cookies.get("lang", "")
    language = choose_language(asked, request.headers.get("accept-language", ""))
    texts = words(language)
    text = _PAGE
    for key, value in {**texts, "lang": language, "other": _other(language)}.items():
        text = text.replace(f"[[{key}]]", html.escape(value))
    data = json.dumps(texts).replace("<", "\\u003c").replace("&", "\\u0026")
    answer = HTMLResponse(text.replace("[[words]]", data))
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    if request.query_params.get("lang") in ("de", "en"):
        answer.set_cookie("lang", language, max_age=365 * 86400, samesite="strict")
    return answer


def _other(language: str) -> str:
    return "en" if language == "de" else "de"


async def people(request: Request) -> Response:
    world = house_of(request).world
    numbers = [
        {"id": n.id, "name": n.verified_name, "display": n.display}
        for n in world.numbers.values()
    ]
    rows = [person_row(world, person) for person in world.people]
    return JsonAnswer({"numbers": numbers, "people": rows})


async def thread(request: Request) -> Response:
    """The newest messages of one telephone; ``before`` (a sequence) asks for older ones."""
    world = house_of(request).world
    person = world.people.get(request.path_params["person"])
    if person is None:
        return JsonAnswer({"error": "unknown"}, 404)
    before = request.query_params.get("before", "")
    limit = int(before) if before.isascii() and before.isdigit() else None
    messages = [
        message
        for message in world.messages.thread(person.id)
        if is_on_phone(message) and (limit is None or message.sequence < limit)
    ]
    drawn = [bubble(world, message) for message in messages[-SHOWN:]]
    more = len(messages) > SHOWN
    return JsonAnswer({"person": person_row(world, person), "messages": drawn, "more": more})


async def media(request: Request) -> Response:
    found = house_of(request).world.media.get(request.path_params["media"])
    if found is None:
        return Response("Not found", 404)
    safe = found.mime_type.startswith(_SAFE)
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=3600",
    }
    return FileResponse(
        found.path,
        media_type=found.mime_type if safe else "application/octet-stream",
        headers=headers,
        filename=None if safe else (found.filename or found.id),
    )


async def send_file(ask: Ask) -> Json:
    """A file chosen on the phone goes out as what it is: picture, video, audio or document."""
    person, world = ask.person(), ask.world
    number = world.number_for(person)
    async with ask.request.form() as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Refused("a file is expected")
        content = await file.read(MOST_BYTES + 1)
        mime, name = file.content_type or "application/octet-stream", file.filename or ""
        caption = str(form.get("caption") or "")[:1024]
    if not 0 < len(content) <= MOST_BYTES:
        raise Refused("the file is empty or too large", 413)
    kind = _kind_of(mime)
    stored = world.media.add(content, mime_type=mime, filename=name, number_id=number.id)
    part = media_part(kind, stored, caption=caption)
    return {"id": inbound.say(world, person, number, Said(kind, part)).id}


def _kind_of(mime: str) -> str:
    plain = mime.partition(";")[0]
    if plain in ("image/jpeg", "image/png"):
        return "image"
    if plain in ("video/mp4", "video/3gpp"):
        return "video"
    return "audio" if plain.startswith("audio/") else "document"


async def live(request: Request) -> Response:
    house = house_of(request)

    async def lines() -> AsyncIterator[str]:
        with house.bus.listening() as queue:
            yield 'event: hello\ndata: {"kind":"hello"}\n\n'
            while True:
                try:
                    news = await asyncio.wait_for(queue.get(), 20)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if news["kind"] == "bye":
                    return
                told = _draw(house.world, news)
                yield f"data: {json.dumps(told)}\n\n"

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines(), media_type="text/event-stream", headers=headers)


def _draw(world: World, news: Json) -> Json:
    """Add the person's line, and the bubble if it is on the phone."""
    person = world.people.get(str(news.get("person", "")))
    if person is None:
        return {"kind": "reset"} if news["kind"] == "reset" else {"kind": "none"}
    told: Json = {"kind": news["kind"], "person": person_row(world, person)}
    message = world.messages.get(str(news.get("message", "")))
    if message and is_on_phone(message):
        told["message"] = bubble(world, message)
    return told


def routes() -> list[BaseRoute]:
    return [
        Route("/", page, methods=["GET"]),
        Route("/phone/people", people, methods=["GET"]),
        Route("/phone/people/{person}/messages", thread, methods=["GET"]),
        Route("/phone/media/{media}", media, methods=["GET"]),
        Route("/phone/live", live, methods=["GET"]),
        control("POST", "/people/{key}/file", send_file),
        Mount("/phone/static", StaticFiles(directory=_HERE / "static")),
    ]
