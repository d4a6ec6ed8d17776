"""Resumable upload: the way example files of templates and profile pictures arrive."""

from __future__ import annotations

import base64

from simulator.errors import GraphError, unknown_object
from simulator.graph.door import Call, edge
from simulator.media import UPLOAD_DAYS
from simulator.shapes import Json
from simulator.world import Upload

MOST_BYTES = 100 * 2**20
_OPEN = 50  # unfinished uploads kept


@edge("POST", "app", "uploads", scope="")
async def begin(call: Call) -> Json:
    body, uploads = await call.json(), call.world.uploads
    length, mime = str(body.get("file_length", "")), str(body.get("file_type", ""))
    if not length.isdigit() or not 0 < int(length) <= MOST_BYTES or "/" not in mime:
        raise GraphError(100, "file_length and file_type are needed")
    upload_id = "upload:MTph" + call.world.ids.word(40)
    name = str(body.get("file_name") or "upload")
    uploads[upload_id] = Upload(upload_id, name, mime, int(length))
    while len(uploads) > _OPEN:
        uploads.pop(next(iter(uploads)))
    return {"id": upload_id}


def _find(call: Call) -> Upload:
    upload = call.world.uploads.get(call.object_id)
    if upload is None:
        raise unknown_object(call.request.method, call.object_id)
    return upload


@edge("GET", "upload", name="uploads", scope="")
async def progress(call: Call) -> Json:
    return {"id": call.object_id, "file_offset": len(_find(call).content)}


@edge("POST", "upload", name="uploads", scope="")
async def put(call: Call) -> Json:
    upload = _find(call)
    offset = call.request.headers.get("file_offset", "0")
    if offset != str(len(upload.content)):
        raise GraphError(100, f"file_offset must be {len(upload.content)}")
    upload.content += await call.request.body()
    if len(upload.content) > upload.length:
        upload.content = b""
        raise GraphError(100, "More bytes than announced")
    if len(upload.content) < upload.length:
        return {"id": upload.id, "file_offset": len(upload.content)}
    del call.world.uploads[upload.id]
    media = call.world.media.add(
        upload.content, mime_type=upload.mime_type, filename=upload.file_name, days=UPLOAD_DAYS
    )
    kind = base64.b64encode(upload.mime_type.encode()).decode()
    handle = f"4::{kind}:{call.world.ids.word(60)}"
    call.world.header_handles[handle] = media.id
    return {"h": handle}
