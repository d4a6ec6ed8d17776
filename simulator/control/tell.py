"""Controls for the webhook side: the log, repeating, raw bodies, account events."""

from __future__ import annotations

from simulator.control.door import Ask
from simulator.graph.handshake import shake_hands
from simulator.refused import Refused
from simulator.shapes import Json, json_object
from simulator.webhooks.deliveries import Delivery, Target
from simulator.webhooks.updates import Update, serialise


async def deliveries(ask: Ask) -> Json:
    state, limit = ask.query("state"), int(ask.query("limit") or 100)
    log = ask.world.sender.log
    found = [d for d in log if state in ("", d.state)][-limit:]
    listed = [{**d.summary(), **_body(ask, d)} for d in found]
    counts = {"delivered": log.delivered, "failed_attempts": log.failed_attempts}
    return {**counts, "deliveries": listed}


def _body(ask: Ask, delivery: Delivery) -> Json:
    return {"body": delivery.body.decode("utf-8", "replace")} if ask.query("body") else {}


async def again(ask: Ask) -> Json:
    """Post a body again, exactly as it was."""
    delivery = ask.world.sender.log.get(int(ask.path("delivery")))
    if delivery is None:
        raise Refused("this delivery is not in the log any more", 404)
    await ask.world.sender.deliver(delivery)
    return delivery.summary()


async def raw(ask: Ask) -> Json:
    """Any bytes as a signed post: ``body`` (JSON) or ``text`` (word for word)."""
    if "text" in ask.data:
        body = str(ask.data["text"]).encode("utf-8", "surrogatepass")
    else:
        body = serialise(ask.data.get("body", {}), escape=ask.data.get("escape", True) is True)
    sender = ask.world.sender
    delivery = sender.prepare_raw(_target(ask), body)
    if ask.data.get("retry"):
        await sender.deliver(delivery)
    else:
        await sender.attempt(delivery)
    return delivery.summary()


def _target(ask: Ask) -> Target:
    app_id = ask.text("app") or next(iter(ask.world.apps))
    app = ask.world.apps.get(app_id)
    if app is None:
        raise Refused(f"there is no app {app_id!r}", 404)
    return Target(ask.text("url") or app.callback_url, app.id, ask.text("secret", app.secret))


async def event(ask: Ask) -> Json:
    """An update of any field. ``number`` adds its metadata; otherwise it is account-level."""
    field, value = ask.text("field"), json_object(ask.data.get("value"))
    if not field:
        raise Refused("field is missing")
    if ask.text("number"):
        ask.world.tell_value(ask.number(), field, **value)
        return {"ok": True}
    account_id = ask.text("account") or next(iter(ask.world.accounts))
    time = ask.world.clock.seconds()
    ask.world.tell(Update.of(account_id, field, value, time=time))
    return {"ok": True}


async def echo(ask: Ask) -> Json:
    """The business answers from its own telephone: ``smb_message_echoes``."""
    person, world = ask.person(ask.text("person")), ask.world
    number = world.number_for(person)
    kind = ask.text("type", "text")
    part = json_object(ask.data.get(kind)) or {"body": ask.text("text")}
    message: Json = {
        "from": number.digits,
        **({"to": person.shown_phone} if person.shown_phone else {}),
        "to_user_id": person.user_id,
        "id": world.ids.wamid(number.digits),
        "timestamp": str(world.clock.seconds()),
        "type": kind,
        kind: part,
    }
    world.tell_value(number, "smb_message_echoes", message_echoes=[message])
    return {"id": message["id"]}


async def handshake(ask: Ask) -> Json:
    """Run the hub.challenge handshake against the desk and say how it went."""
    app = next(iter(ask.world.apps.values()))
    url, token = ask.text("url", app.callback_url), ask.text("verify_token", app.verify_token)
    return await shake_hands(ask.world, url, token)


async def waiting(ask: Ask) -> Json:
    """Updates not yet posted, for looking at while webhooks are paused."""
    return {"waiting": [update.value for update in ask.world.sender.waiting()]}
