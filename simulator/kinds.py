"""Every kind of message a customer can send, from a few words of JSON."""

from __future__ import annotations

import base64
from collections.abc import Callable

from simulator.accounts import Number
from simulator.errors import webhook_error
from simulator.inbound import Said, media_part, quote
from simulator.media import Media
from simulator.messages import Message
from simulator.people import Person
from simulator.refused import Refused
from simulator.samples.files import make_file
from simulator.shapes import Json, json_object
from simulator.world import World

_MIMES = {
    "image": "image/jpeg",
    "video": "video/mp4",
    "audio": "audio/ogg; codecs=opus",
    "document": "application/pdf",
    "sticker": "image/webp",
}


def said_from(world: World, person: Person, number: Number, data: Json) -> Said:
    """What the customer says. ``type`` may be left out where another key tells it."""
    kind = str(data.get("type") or next((k for k in _KINDS if k in data), ""))
    if not kind:
        raise Refused("type is missing")
    build = _KINDS.get(kind)
    if build is None:  # a kind nobody knows yet: passed on as it is
        built: Built = (kind, data.get("content", data.get(kind, {})), {})
    else:
        built = build(_Saying(world, person, number, data, kind))
    wire_type, content, riders = built
    context = _context(world, person, number, data)
    if "context" in riders:
        context = {**riders.pop("context"), **context}
    return Said(
        wire_type,
        content,
        context=context,
        riders={**riders, **json_object(data.get("riders"))},
        id=str(data.get("id") or ""),
        at=float(data["at"]) if data.get("at") is not None else None,
        remember=data.get("remember", True) is not False,
    )


def _context(world: World, person: Person, number: Number, data: Json) -> Json:
    context = dict(json_object(data.get("context")))
    if quoted := str(data.get("quote") or ""):
        target = world.messages.get(quoted)
        context.update(quote(target, number, person) if target else {"id": quoted})
    for key in ("forwarded", "frequently_forwarded"):
        if data.get(key):
            context[key] = True
    return context


class _Saying:
    """What a builder can look at."""

    def __init__(
        self, world: World, person: Person, number: Number, data: Json, kind: str
    ) -> None:
        self.world, self.person, self.number = world, person, number
        self.data, self.kind = data, kind

    def text(self, key: str, default: str = "") -> str:
        return str(self.data.get(key) or default)

    def target(self, *, ours: bool) -> Message | None:
        """The message meant: named, or the latest of the desk's or of the customer's."""
        if named := self.text("message"):
            return self.world.messages.get(named)
        thread = self.world.messages.thread(self.person.id)
        return next((m for m in reversed(thread) if m.outgoing is ours), None)

    def target_id(self, *, ours: bool) -> str:
        target = self.target(ours=ours)
        found = target.id if target else self.text("message")
        if not found:
            raise Refused("there is no message to refer to; name one with 'message'")
        return found


Built = tuple[str, object, Json]


def _text(say: _Saying) -> Built:
    text = say.data.get("text")
    body = json_object(text).get("body", "") if isinstance(text, dict) else str(text or "")
    referral = say.data.get("referral")
    return "text", {"body": body}, {"referral": referral} if referral else {}


def _media(say: _Saying) -> Built:
    given = json_object(say.data.get(say.kind))
    say.data = {**say.data, **given}
    media = say.world.media.get(say.text("media_id")) or _new_media(say)
    voice = say.data.get("voice", say.kind == "audio") is True
    part = media_part(say.kind, media, caption=say.text("caption"), voice=voice)
    if say.data.get("wrong_hash"):
        part["sha256"] = base64.b64encode(bytes(32)).decode()
    return say.kind, part, {}


def _new_media(say: _Saying) -> Media:
    mime = say.text("mime_type", _MIMES[say.kind])
    name = say.text("filename", "Rechnung.pdf" if say.kind == "document" else "")
    if say.data.get("data") is not None:
        content = base64.b64decode(str(say.data["data"]), validate=True)
    else:
        content = make_file(mime, say.data)
    return say.world.media.add(content, mime_type=mime, filename=name, number_id=say.number.id)


def _location(say: _Saying) -> Built:
    place = json_object(say.data.get("location")) or say.data
    content: Json = {
        "latitude": float(place.get("latitude") or 52.5163),
        "longitude": float(place.get("longitude") or 13.3777),
    }
    content.update({k: place[k] for k in ("name", "address", "url") if place.get(k)})
    return "location", content, {}


def _contacts(say: _Saying) -> Built:
    cards = say.data.get("contacts")
    if not isinstance(cards, list) or not cards:
        phone = {"phone": "+49 170 5550199", "wa_id": "491705550199", "type": "MOBILE"}
        name = {"formatted_name": "Tischlerei Ahrens", "first_name": "Tischlerei Ahrens"}
        cards = [{"name": name, "phones": [phone]}]
    return "contacts", cards, {}


def _share_phone(say: _Saying) -> Built:
    """The answer to ``request_contact_info``: their own number, from now on known."""
    if not say.person.phone:
        raise Refused("this person has no telephone number")
    name = {"formatted_name": say.person.name, "first_name": say.person.name}
    phone = {"phone": f"+{say.person.phone}", "wa_id": say.person.phone, "type": "MOBILE"}
    say.person.hides_phone = False
    card = {"name": name, "phones": [phone], "origin": "contact_request"}
    return "contacts", [card], {}


def _button(say: _Saying) -> Built:
    riders: Json = {}
    if target := say.target(ours=True):
        riders = {"context": quote(target, say.number, say.person)}
    text = say.text("text", say.text("button"))
    return "button", {"payload": say.text("payload", text), "text": text}, riders


def _reply(say: _Saying) -> Built:
    reply = json_object(say.data.get(say.kind)) or say.data
    keys = ("id", "title", "description") if say.kind == "list_reply" else ("id", "title")
    content = {key: str(reply[key]) for key in keys if reply.get(key)}
    say.data.pop("id", None)
    riders: Json = {}
    if target := say.target(ours=True):
        riders = {"context": quote(target, say.number, say.person)}
    return "interactive", {"type": say.kind, say.kind: content}, riders


def _interactive(say: _Saying) -> Built:
    return "interactive", json_object(say.data.get("interactive")), {}


def _reaction(say: _Saying) -> Built:
    given = say.data.get("reaction")
    emoji = say.text("emoji", given if isinstance(given, str) else "")
    content = {"message_id": say.target_id(ours=True)}
    return "reaction", {**content, **({"emoji": emoji} if emoji else {})}, {}


def _edit(say: _Saying) -> Built:
    new = {"type": "text", "text": {"body": say.text("text")}, "context": {"id": "M0"}}
    return "edit", {"original_message_id": say.target_id(ours=False), "message": new}, {}


def _revoke(say: _Saying) -> Built:
    return "revoke", {"original_message_id": say.target_id(ours=False)}, {}


def _order(say: _Saying) -> Built:
    item = {
        "product_retailer_id": "stuhl-alma",
        "quantity": 2,
        "item_price": 89,
        "currency": "EUR",
    }
    items = say.data.get("items") or [item]
    catalog = say.text("catalog_id", "400000000000001")
    text = say.text("text")
    return "order", {"catalog_id": catalog, "text": text, "product_items": items}, {}


def _unsupported(say: _Saying) -> Built:
    code = int(say.data.get("code") or 131051)
    kind = say.text("unsupported", "poll_creation")
    errors = [webhook_error(code, "Message type is currently not supported.")]
    return "unsupported", {"type": kind}, {"errors": errors}


def _request_welcome(say: _Saying) -> Built:
    return "request_welcome", None, {}


_KINDS: dict[str, Callable[[_Saying], Built]] = {
    "image": _media,
    "video": _media,
    "audio": _media,
    "document": _media,
    "sticker": _media,
    "location": _location,
    "contacts": _contacts,
    "share_phone": _share_phone,
    "button": _button,
    "button_reply": _reply,
    "list_reply": _reply,
    "interactive": _interactive,
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "order": _order,
    "unsupported": _unsupported,
    "request_welcome": _request_welcome,
    "text": _text,
}
