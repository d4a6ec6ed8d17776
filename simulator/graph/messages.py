"""POST /{number}/messages: sending, and marking as read."""

from __future__ import annotations

from simulator import outbound, statuses
from simulator.graph.door import MESSAGING, Call, edge
from simulator.shapes import Json


@edge("POST", "number", "messages", scope=MESSAGING)
async def messages(call: Call) -> Json:
    body, world = await call.json(), call.world
    if body.get("status"):
        outbound.mark_read(world, call.number, body)
        return {"success": True}
    accepted = outbound.accept(world, call.number, body)
    fault = call.request.state.fault
    fail_code = (fault.fail_code if fault else 0) or accepted.fail_code
    if world.behaviour.status_before_response and not fail_code:
        await statuses.report_at_once(world, accepted.message, "sent")
    statuses.start(world, accepted.message, fail_code=fail_code)
    return accepted.answer
