"""Media in two hops: an id gives an address, the address gives the bytes."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from simulator.answers import JsonAnswer
from simulator.bodies import MEDIA_BYTES, MEDIA_TYPES
from simulator.errors import GraphError, unknown_object
from simulator.graph.door import MESSAGING, Call, Hangup, edge
from simulator.graph.tokens import authenticate
from simulator.house import house_of
from simulator.media import UPLOAD_DAYS
from simulator.shapes import Json


@edge("POST", "number", "media", scope=MESSAGING)
async def upload(call: Call) -> Json:
    async with call.request.form() as form:
        file = form.get("file")
        if form.get("messaging_product") != "whatsapp":
            raise GraphError(100, "The parameter messaging_product is required.")
        if not isinstance(file, UploadFile):
            raise GraphError(100, "The parameter file is required.")
        mime = str(form.get("type") or file.content_type or "").strip()
        content = await file.read(MEDIA_BYTES["document"] + 1)
        name = file.filename or ""
    _check(mime, len(content))
    media = call.world.media.add(
        content,
        mime_type=mime,
        filename=name,
        number_id=call.object_id,
        days=UPLOAD_DAYS,
    )
    return {"id": media.id}


def _check(mime: str, size: int) -> None:
    plain = mime.split(";")[0].strip().lower()
    if "/" not in plain:
        raise GraphError(100, "Param file must be a file with one of the allowed types.")
    kind = next((kind for kind, types in MEDIA_TYPES.items() if plain in types), "document")
    if kind == "document" and plain.startswith(("image/", "audio/", "video/")):
        raise GraphError(100, f"Param file must be a file with an allowed type, not {plain}.")
    if not size:
        raise GraphError(100, "Param file is empty.")
    if size > MEDIA_BYTES[kind]:
        raise GraphError(131053, f"File size {size} is above the limit for {kind}")


@edge("GET", "media", name="media_address", scope=MESSAGING)
async def address(call: Call) -> Json:
    media = call.world.media.get(call.object_id)
    asked = call.query("phone_number_id")
    if media is None or (asked and media.number_id and asked != media.number_id):
        raise unknown_object("GET", call.object_id)
    return {
        "messaging_product": "whatsapp",
        "url": call.world.media.url(call.world.public_url, media),
        "mime_type": media.mime_type,
        "sha256": media.digest.hex(),
        "file_size": str(media.size),
        "id": media.id,
    }


@edge("DELETE", "media", name="media_delete", scope=MESSAGING)
async def delete(call: Call) -> Json:
    call.world.media.delete(call.object_id)
    return {"success": True}


async def download(request: Request) -> Response:
    """The media host: needs the token too, honours Range, and forgets addresses soon."""
    world = house_of(request).world
    try:
        authenticate(world, request)
    except GraphError as error:
        return JsonAnswer(error.envelope(world.ids.trace()), 401)
    fault = world.faults.strike("media_download", "GET", "", "")
    if fault and fault.disconnect:
        return Hangup()
    if fault and (fault.http or fault.code):
        return Response("Sorry, something went wrong.", fault.http or 500)
    query = request.query_params
    media = world.media.by_url(
        query.get("mid", ""), query.get("ext", ""), query.get("hash", "")
    )
    if media is None:
        return Response("Media not found or the address has expired.", 404)
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(media.path, media_type=media.mime_type, headers=headers)
