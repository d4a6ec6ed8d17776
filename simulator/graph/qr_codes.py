"""Short links and QR codes that open a chat with the business."""

from __future__ import annotations

from simulator.errors import GraphError, unknown_object
from simulator.graph.door import Call, edge
from simulator.graph.paging import page
from simulator.shapes import Json

MOST = 2000


@edge("POST", "number", "message_qrdls")
async def create(call: Call) -> Json:
    body, codes = await call.json(), call.number.qr_codes
    text = str(body.get("prefilled_message", ""))
    if not 1 <= len(text) <= 140:
        raise GraphError(100, "prefilled_message must have 1 to 140 characters")
    code = str(body.get("code") or call.world.ids.word(14).upper())
    if body.get("code") and code not in codes:
        raise unknown_object("POST", code)
    if len(codes) >= MOST:
        raise GraphError(100, f"At most {MOST} codes per number")
    record = {
        "code": code,
        "prefilled_message": text,
        "deep_link_url": f"https://wa.me/message/{code}",
    }
    if form := body.get("generate_qr_image"):
        suffix = str(form).lower()
        record["qr_image_url"] = f"{call.world.public_url}/qr/{code}.{suffix}"
    codes[code] = record
    return record


@edge("GET", "number", "message_qrdls")
async def listing(call: Call) -> Json:
    codes = call.number.qr_codes
    if call.rest:
        if call.rest not in codes:
            raise unknown_object("GET", call.rest)
        return {"data": [codes[call.rest]]}
    return page(call, list(codes.values()))


@edge("DELETE", "number", "message_qrdls")
async def delete(call: Call) -> Json:
    if call.number.qr_codes.pop(call.rest, None) is None:
        raise unknown_object("DELETE", call.rest)
    return {"success": True}
