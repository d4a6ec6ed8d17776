"""A message as the phone draws it: plain values only, the page does the rest."""

from __future__ import annotations

from simulator.control.sent import text_of
from simulator.messages import Message
from simulator.outbound import window_is_open
from simulator.people import Person
from simulator.press import PRESSED, choices
from simulator.shapes import Json, json_object
from simulator.world import World

_ARRIVED = ("delivered", "read", "played")
_MEDIA = ("image", "video", "audio", "document", "sticker")


def is_on_phone(message: Message) -> bool:
    """The business's messages show once they are delivered; its reactions have no bubble."""
    if not message.outgoing:
        return True
    return message.type != "reaction" and any(s in message.statuses for s in _ARRIVED)


def bubble(world: World, message: Message) -> Json:
    drawn: Json = {
        "id": message.id,
        "sequence": message.sequence,
        "incoming": message.outgoing,  # seen from the telephone
        "at": message.at,
        "type": message.type,
        "text": "" if message.revoked else _text(message),
        "reactions": message.reactions,
        "edited": message.edited,
        "revoked": message.revoked,
    }
    if not message.outgoing:
        drawn["tick"] = message.status
    if message.revoked:
        return drawn
    if message.type in _MEDIA:
        drawn["media"] = _media(world, message.type, message.content)
    if message.type in ("location", "contacts", "order"):
        drawn["details"] = _details(message)
    if quoted := world.messages.get(_quoted_id(message)):
        drawn["quote"] = {
            "id": quoted.id,
            "incoming": quoted.outgoing,
            "type": quoted.type,
            "text": "" if quoted.revoked else _text(quoted)[:200],
        }
    _add_interactive(world, message, drawn)
    return drawn


def _quoted_id(message: Message) -> str:
    """Customers' messages quote with ``id``, what the business sends with ``message_id``."""
    return str(message.context.get("id") or message.context.get("message_id") or "")


def _text(message: Message) -> str:
    if message.type == "button":
        return str(message.content.get("text", ""))
    if message.type == "interactive" and not message.outgoing:
        reply = json_object(message.content.get(str(message.content.get("type"))))
        return str(reply.get("title") or reply.get("name") or "")
    return text_of(message)


def _media(world: World, kind: str, content: Json) -> Json:
    media = world.media.get(str(content.get("id")))
    return {
        "kind": kind,
        "url": f"/phone/media/{media.id}" if media else "",
        "link": str(content.get("link", "")),
        "mime": media.mime_type if media else "",
        "name": str(content.get("filename") or (media.filename if media else "")),
        "size": media.size if media else 0,
        "voice": bool(content.get("voice")),
    }


def _details(message: Message) -> list[str]:
    content = message.content
    if message.type == "location":
        place = f"{content.get('latitude')}, {content.get('longitude')}"
        return [str(content[key]) for key in ("name", "address") if content.get(key)] + [place]
    if message.type == "contacts":
        return [_card(json_object(card)) for card in content.get("list", [])]
    items = [json_object(item) for item in content.get("product_items", [])]
    return [f"{item.get('quantity')} × {item.get('product_retailer_id')}" for item in items]


def _card(card: Json) -> str:
    phones = [str(json_object(phone).get("phone", "")) for phone in card.get("phones") or []]
    return " · ".join([str(json_object(card.get("name")).get("formatted_name", "")), *phones])


def _add_interactive(world: World, message: Message, drawn: Json) -> None:
    if not message.outgoing or message.type not in ("interactive", "template"):
        return
    source = message.shown if message.type == "template" else message.content
    header = json_object(source.get("header"))
    kind = str(header.get("type", ""))
    if kind == "text":
        drawn["header"] = str(header.get("text", ""))
    elif kind in _MEDIA:
        drawn["media"] = _media(world, kind, json_object(header.get(kind)))
    footer = source.get("footer") or ""
    drawn["footer"] = str(footer.get("text", "")) if isinstance(footer, dict) else str(footer)
    offered = [{**c.as_json(), "press": c.kind in PRESSED} for c in choices(message)]
    drawn["choices"] = offered
    form = str(message.content.get("type", ""))
    if form == "list":
        drawn["list"] = str(json_object(message.content.get("action")).get("button", ""))
    if form == "location_request_message":
        drawn["asks_for"] = "location"
    if form == "request_contact_info":
        drawn["asks_for"] = "share_phone"


def person_row(world: World, person: Person) -> Json:
    """One line of the list of telephones."""
    number = world.number_for(person)
    thread = world.messages.thread(person.id)
    shown = [message for message in thread[-30:] if is_on_phone(message)]
    unread = [m for m in thread if m.outgoing and is_on_phone(m) and "read" not in m.statuses]
    last = shown[-1] if shown else None
    return {
        "id": person.id,
        "name": person.name,
        "phone": person.phone,
        "username": person.username,
        "hides_phone": person.hides_phone,
        "number": number.id,
        "business": number.verified_name,
        "online": person.online,
        "blocks_business": person.blocks_business,
        "blocked_by_business": person.id in number.blocked,
        "stopped_marketing": person.stopped_marketing,
        "window_open": window_is_open(world, number, person),
        "typing_for": max(0.0, person.typing_until.get(number.id, 0.0) - world.clock.now()),
        "unread": len(unread),
        "last": bubble(world, last) if last else None,
        "at": last.at if last else 0,
    }
