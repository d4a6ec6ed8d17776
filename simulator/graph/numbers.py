"""A business number: its record, registration, profile, block list and small features."""

from __future__ import annotations

from simulator.accounts import Number
from simulator.errors import GraphError
from simulator.graph.door import MESSAGING, Call, edge
from simulator.graph.handshake import require_handshake
from simulator.graph.paging import page, select
from simulator.shapes import Json, json_object
from simulator.world import World

_LIMITS = {"about": 139, "address": 256, "description": 512, "email": 128}
_PROFILE = (*_LIMITS, "websites", "vertical", "profile_picture_url")


def number_json(world: World, number: Number) -> Json:
    account = world.accounts[number.account_id]
    app_url = next((world.apps[a].callback_url for a in account.apps if a in world.apps), "")
    configuration = {
        "phone_number": number.callback_url,
        "whatsapp_business_account": next(filter(None, account.apps.values()), ""),
        "application": app_url,
    }
    health = {"entity_type": "PHONE_NUMBER", "id": number.id, "can_send_message": "AVAILABLE"}
    return {
        "id": number.id,
        "display_phone_number": number.display,
        "verified_name": number.verified_name,
        "quality_rating": number.quality,
        "messaging_limit_tier": number.tier,
        "whatsapp_business_manager_messaging_limit": number.tier,
        "code_verification_status": "VERIFIED",
        "name_status": number.name_status,
        "status": number.status,
        "throughput": {"level": "STANDARD"},
        "platform_type": "CLOUD_API",
        "is_official_business_account": False,
        "account_mode": "LIVE",
        "health_status": {"can_send_message": "AVAILABLE", "entities": [health]},
        "webhook_configuration": {k: v for k, v in configuration.items() if v},
        "conversational_automation": {"id": number.id, **number.automation},
        "username": number.username,
    }


_USUAL = ("id", "display_phone_number", "verified_name", "quality_rating", "platform_type")


@edge("GET", "account", "phone_numbers")
async def listing(call: Call) -> Json:
    numbers = [n for n in call.world.numbers.values() if n.account_id == call.object_id]
    return page(call, [number_json(call.world, n) for n in numbers])


@edge("GET", "number")
async def show(call: Call) -> Json:
    record = number_json(call.world, call.number)
    if not call.query("fields"):
        return {key: record[key] for key in _USUAL}
    return select(call, record)


@edge("POST", "number")
async def change(call: Call) -> Json:
    body, number = await call.json(), call.number
    if "webhook_configuration" in body:
        wanted = json_object(body["webhook_configuration"])
        url = str(wanted.get("override_callback_uri") or "")
        if url:
            await require_handshake(call.world, url, str(wanted.get("verify_token", "")))
        number.callback_url = url
    if "pin" in body:
        number.pin = _pin(body)
    return {"success": True}


def _pin(body: Json) -> str:
    pin = str(body.get("pin", ""))
    if len(pin) != 6 or not pin.isdigit():
        raise GraphError(100, "The pin must have six digits.")
    return pin


@edge("POST", "number", "register")
async def register(call: Call) -> Json:
    body, number = await call.json(), call.number
    pin = _pin(body)
    if number.pin and number.pin != pin:
        raise GraphError(133005, "The pin is wrong.")
    number.pin, number.status = pin, "CONNECTED"
    if region := body.get("data_localization_region"):
        number.settings["storage_configuration"] = {"data_localization_region": region}
    return {"success": True}


@edge("POST", "number", "deregister")
async def deregister(call: Call) -> Json:
    call.number.status = "DISCONNECTED"
    return {"success": True}


@edge("GET", "number", "settings")
async def settings(call: Call) -> Json:
    return dict(call.number.settings)


@edge("POST", "number", "settings")
async def change_settings(call: Call) -> Json:
    call.number.settings.update(await call.json())
    return {"success": True}


@edge("GET", "number", "whatsapp_business_profile")
async def profile(call: Call) -> Json:
    known = {"messaging_product": "whatsapp", **call.number.profile}
    wanted = call.query("fields")
    names = {*wanted.split(","), "messaging_product"} if wanted else {*known}
    return {"data": [{key: value for key, value in known.items() if key in names}]}


@edge("POST", "number", "whatsapp_business_profile")
async def change_profile(call: Call) -> Json:
    body, kept = await call.json(), call.number.profile
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    for key, most in _LIMITS.items():
        if len(str(body.get(key, ""))) > most:
            raise GraphError(100, f"Param {key} must be at most {most} characters long.")
    sites = body.get("websites", [])
    if not isinstance(sites, list) or len(sites) > 2 or any(len(str(s)) > 256 for s in sites):
        raise GraphError(100, "Param websites: at most two addresses of 256 characters")
    kept.update({key: body[key] for key in _PROFILE if key in body})
    if handle := body.get("profile_picture_handle"):
        media = call.world.media.get(call.world.header_handles.get(str(handle), ""))
        if media is None:
            raise GraphError(100, "Param profile_picture_handle is unknown.")
        kept["profile_picture_url"] = call.world.media.url(call.world.public_url, media)
    return {"success": True}


@edge("GET", "number", "username")
async def username(call: Call) -> Json:
    name = call.number.username
    return {"username": name, "status": "approved"} if name else {}


@edge("POST", "number", "username")
async def change_username(call: Call) -> Json:
    call.number.username = str((await call.json()).get("username", ""))
    return {"success": True}


@edge("POST", "number", "thread_control", scope=MESSAGING)
async def thread_control(call: Call) -> Json:
    body = await call.json()
    action = body.get("action")
    if action not in ("take", "pass", "release") or not body.get("recipient"):
        raise GraphError(100, "action (take, pass, release) and recipient are needed")
    if action == "take":
        call.world.tell_value(
            call.number,
            "messaging_handovers",
            sender={"phone_number": str(body["recipient"])},
            recipient={
                "phone_number_id": call.number.id,
                "display_phone_number": call.number.digits,
            },
            timestamp=call.world.clock.seconds(),
            type="control_taken",
            control_taken={"new_owner_role": "customer_service"},
        )
    return {"success": True}


@edge("DELETE", "number", "contact_book")
async def contact_book(call: Call) -> Json:
    if not call.query("bsuid"):
        raise GraphError(100, "The parameter bsuid is required.")
    return {"success": True}


@edge("POST", "number", "conversational_automation")
async def automation(call: Call) -> Json:
    body = await call.json()
    prompts, commands = body.get("prompts") or [], body.get("commands") or []
    if len(prompts) > 4 or any(len(str(prompt)) > 80 for prompt in prompts):
        raise GraphError(100, "prompts: at most four of 80 characters")
    names = [str(json_object(c).get("command_name", "")) for c in commands]
    if len(names) > 30 or any(not 1 <= len(name) <= 32 for name in names):
        raise GraphError(100, "commands: at most 30, names of 1 to 32 characters")
    keys = ("enable_welcome_message", "prompts", "commands")
    call.number.automation.update({key: body[key] for key in keys if key in body})
    return {"success": True}
