"""Template management: list, create, edit, delete, unpause."""

from __future__ import annotations

import asyncio

from simulator.errors import GraphError
from simulator.graph.door import Call, edge
from simulator.graph.paging import page, select
from simulator.shapes import Json
from simulator.template_review import check_new, decide
from simulator.templates import Template
from simulator.world import World

_FILTERS = ("name", "status", "category", "language")


def _of_account(world: World, account_id: str) -> list[Template]:
    return [t for t in world.templates.values() if t.account_id == account_id]


@edge("GET", "account", "message_templates")
async def listing(call: Call) -> Json:
    found = [t.as_json() for t in _of_account(call.world, call.object_id)]
    for key in _FILTERS:
        if wanted := call.query(key):
            found = [t for t in found if t[key] == wanted]
    return page(call, found)


@edge("POST", "account", "message_templates")
async def create(call: Call) -> Json:
    body, world = await call.json(), call.world
    template = check_new(_of_account(world, call.object_id), call.object_id, body)
    template.id = world.ids.digits(16)
    world.templates[template.id] = template
    _review_later(world, template)
    return {"id": template.id, "status": template.status, "category": template.category}


def _review_later(world: World, template: Template) -> None:
    wait = world.rules.approve_templates_ms
    if wait < 0:
        return

    async def review() -> None:
        await asyncio.sleep(wait / 1000)
        if template.status == "PENDING":
            decide(world, template, "APPROVED")

    world.sender.spawn(review())


@edge("GET", "template", name="message_template")
async def show(call: Call) -> Json:
    return select(call, call.template.as_json())


@edge("POST", "template", name="message_template")
async def change(call: Call) -> Json:
    body, template = await call.json(), call.template
    if template.status not in ("APPROVED", "REJECTED", "PAUSED"):
        raise GraphError(100, "Only approved, rejected or paused templates can be edited.")
    data = {**template.as_json(), **{k: v for k, v in body.items() if v}}
    changed = check_new([], template.account_id, data)
    template.components, template.category = changed.components, changed.category
    template.status = "PENDING"
    _review_later(call.world, template)
    return {"success": True}


@edge("DELETE", "account", "message_templates")
async def delete(call: Call) -> Json:
    name, only = call.query("name"), call.query("hsm_id")
    doomed = [
        template
        for template in _of_account(call.world, call.object_id)
        if template.name == name and only in ("", template.id)
    ]
    if not doomed:
        raise GraphError(100, "There is no template with this name.", subcode=2593002)
    for template in doomed:
        del call.world.templates[template.id]
    return {"success": True}


@edge("POST", "template", "unpause", name="message_template")
async def unpause(call: Call) -> Json:
    if call.template.status != "PAUSED":
        raise GraphError(100, "Only a paused template can be unpaused.")
    decide(call.world, call.template, "APPROVED")
    return {"success": True}
