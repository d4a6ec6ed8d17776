"""Business accounts and apps: their records, subscriptions, and looking into a token."""

from __future__ import annotations

from simulator.accounts import SCOPES, App
from simulator.errors import GraphError
from simulator.graph.door import Call, edge
from simulator.graph.handshake import require_handshake
from simulator.graph.paging import select
from simulator.shapes import Json

_ANALYTICS = ("analytics", "conversation_analytics", "pricing_analytics")


@edge("GET", "account")
async def show(call: Call) -> Json:
    account = call.account
    health = {"entity_type": "WABA", "id": account.id, "can_send_message": "AVAILABLE"}
    record: Json = {
        "id": account.id,
        "name": account.name,
        "currency": account.currency,
        "timezone_id": account.timezone_id,
        "message_template_namespace": account.namespace,
    }
    if not call.query("fields"):
        return record
    record["account_review_status"] = "APPROVED"
    record["health_status"] = {"can_send_message": "AVAILABLE", "entities": [health]}
    record["whatsapp_business_manager_messaging_limit"] = "TIER_2K"
    record["marketing_messages_lite_api_status"] = "ONBOARDED"
    record["is_enabled_for_insights"] = account.insights
    record.update({name: {"data_points": []} for name in _ANALYTICS})
    return select(call, record)


@edge("POST", "account")
async def change(call: Call) -> Json:
    body = await call.json()
    if str(body.get("is_enabled_for_insights")).lower() == "true":
        call.account.insights = True
    return {"id": call.account.id}


@edge("GET", "account", "subscribed_apps")
async def subscriptions(call: Call) -> Json:
    data = []
    for app_id, override in call.account.apps.items():
        name = call.world.apps[app_id].name if app_id in call.world.apps else ""
        link = f"https://www.facebook.com/games/?app_id={app_id}"
        entry: Json = {"whatsapp_business_api_data": {"id": app_id, "name": name, "link": link}}
        if override:
            entry["override_callback_uri"] = override
        data.append(entry)
    return {"data": data}


@edge("POST", "account", "subscribed_apps")
async def subscribe(call: Call) -> Json:
    body = await call.json()
    url = str(body.get("override_callback_uri") or "")
    if url:
        await require_handshake(call.world, url, str(body.get("verify_token", "")))
    call.account.apps[call.token.app_id] = url
    return {"success": True}


@edge("DELETE", "account", "subscribed_apps")
async def unsubscribe(call: Call) -> Json:
    call.account.apps.pop(call.token.app_id, None)
    return {"success": True}


@edge("GET", "app")
async def show_app(call: Call) -> Json:
    app = call.world.apps[call.object_id]
    return {"id": app.id, "name": app.name}


@edge("GET", "app", "subscriptions")
async def app_subscriptions(call: Call) -> Json:
    app = _own_app(call)
    fields = [{"name": name, "version": "v26.0"} for name in app.fields]
    entry = {
        "object": "whatsapp_business_account",
        "callback_url": app.callback_url,
        "active": True,
        "fields": fields,
    }
    return {"data": [entry] if app.callback_url else []}


@edge("POST", "app", "subscriptions")
async def subscribe_app(call: Call) -> Json:
    body, app = await call.json(), _own_app(call)
    if body.get("object") != "whatsapp_business_account":
        raise GraphError(100, "Param object must be whatsapp_business_account.")
    url, verify_token = str(body.get("callback_url", "")), str(body.get("verify_token", ""))
    await require_handshake(call.world, url, verify_token)
    app.callback_url, app.verify_token = url, verify_token
    fields = body.get("fields") or []
    names = fields.split(",") if isinstance(fields, str) else fields
    app.fields = [str(name).strip() for name in names if str(name).strip()]
    return {"success": True}


@edge("DELETE", "app", "subscriptions")
async def unsubscribe_app(call: Call) -> Json:
    app = _own_app(call)
    app.callback_url, app.fields = "", []
    return {"success": True}


def _own_app(call: Call) -> App:
    """Subscriptions need the app's own token, ``{app id}|{app secret}``."""
    if call.token.value.partition("|")[0] != call.object_id:
        raise GraphError(
            15, message="(#15) This method must be called with an app access_token"
        )
    return call.world.apps[call.object_id]


@edge("GET", "debug_token", scope="")
async def debug_token(call: Call) -> Json:
    token = call.world.tokens.get(call.query("input_token"))
    if token is None:
        error = {"code": 190, "message": "Invalid OAuth access token.", "subcode": 467}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    targets = token.account_ids or list(call.world.accounts)
    return {
        "data": {
            "app_id": token.app_id,
            "type": "SYSTEM_USER",
            "application": call.world.apps[token.app_id].name,
            "expires_at": 0,
            "data_access_expires_at": 0,
            "is_valid": token.state == "valid",
            "scopes": token.scopes,
            "granular_scopes": [
                {"scope": scope, "target_ids": targets}
                for scope in SCOPES
                if scope in token.scopes
            ],
        }
    }
