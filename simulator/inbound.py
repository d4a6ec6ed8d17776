"""What customers do, and how WhatsApp tells the desk about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.accounts import Number
from simulator.media import Media
from simulator.messages import Message
from simulator.people import Person, digits
from simulator.shapes import Json
from simulator.webhooks.updates import Update
from simulator.world import World

# These change other messages and have no bubble of their own.
_WITHOUT_BUBBLE = ("reaction", "edit", "revoke", "system")


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a customer before it has an id. ``content`` is the part named ``type``."""

    type: str
    content: object
    context: Json = field(default_factory=dict)
    riders: Json = field(default_factory=dict)  # other keys beside the part: errors, referral …
    id: str = ""
    at: float | None = None
    remember: bool = True


def say(world: World, person: Person, number: Number, said: Said) -> Message:
    """The customer sends a message; unless they are blocked, the desk hears of it."""
    message = note(world, person, number, said)
    if person.id not in number.blocked:
        world.tell(update_for(world, person, number, message, said))
    return message


def note(world: World, person: Person, number: Number, said: Said) -> Message:
    at = world.clock.now() if said.at is None else said.at
    message = Message(
        id=said.id or world.ids.wamid(person.phone or person.user_id),
        number_id=number.id,
        person_id=person.id,
        outgoing=False,
        at=at,
        type=said.type,
        content=_content(said),
        context=said.context,
        statuses={"sent": at},
    )
    if said.type != "system":
        person.wrote_at[number.id] = max(at, person.wrote_at.get(number.id, 0.0))
    if "referral" in said.riders:
        person.entered_at[number.id] = at
    _change_others(world, said)
    if said.remember and said.type not in _WITHOUT_BUBBLE:
        world.messages.add(message)
        world.show(message)
    return message


def _content(said: Said) -> Json:
    if isinstance(said.content, dict):
        return said.content
    return {"list": said.content} if said.content else {}


def _change_others(world: World, said: Said) -> None:
    content = said.content if isinstance(said.content, dict) else {}
    target_id = content.get("message_id") or content.get("original_message_id")
    target = world.messages.get(str(target_id))
    if target is None or said.type not in _WITHOUT_BUBBLE:
        return
    if said.type == "reaction" and content.get("emoji"):
        target.reactions["them"] = content["emoji"]
    elif said.type == "reaction":
        target.reactions.pop("them", None)
    elif said.type == "revoke":
        target.revoked = True
    elif said.type == "edit":
        new = content.get("message", {})
        target.content = {**target.content, **new.get(new.get("type"), {})}
        target.edited = True
    world.show(target)


def update_for(
    world: World, person: Person, number: Number, message: Message, said: Said
) -> Update:
    body: Json = {"id": message.id, "timestamp": str(int(message.at)), "type": said.type}
    if person.shown_phone:
        body["from"] = person.shown_phone
    body["from_user_id"] = person.user_id
    if person.parent_user_id:
        body["from_parent_user_id"] = person.parent_user_id
    if said.context:
        body["context"] = said.context
    if said.content is not None:
        body[said.type] = with_url(world, said.content)
    body.update(said.riders)
    value: Json = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
    }
    if said.type != "system":
        value["contacts"] = [person.contact()]
    value["messages"] = [body]
    return Update.of(
        number.account_id, "messages", value, number_id=number.id, message_id=message.id
    )


def with_url(world: World, content: object) -> object:
    """A media part gets its address only on leaving: it lives for five minutes."""
    if not isinstance(content, dict) or "sha256" not in content:
        return content
    media = world.media.get(str(content.get("id")))
    return {**content, "url": world.media.url(world.public_url, media)} if media else content


def media_part(kind: str, media: Media, *, caption: str = "", voice: bool = False) -> Json:
    part: Json = {
        "id": media.id,
        "mime_type": media.mime_type,
        "sha256": media.sha256_base64,
    }
    if caption:
        part["caption"] = caption
    if kind == "document":
        part["filename"] = media.filename or "document"
    if kind == "audio":
        part["voice"] = voice
    if kind == "sticker":
        part["animated"] = False
    return part


def quote(target: Message, number: Number, person: Person) -> Json:
    """The ``context`` of a reply. Who wrote the quoted message: we or the customer."""
    author = number.digits if target.outgoing else person.shown_phone
    return {**({"from": author} if author else {}), "id": target.id}


def change_number(world: World, person: Person, phone: str) -> None:
    """A new telephone number also means a new BSUID; windows go with the person."""
    number, old_phone, old_id = world.number_for(person), person.phone, person.user_id
    shown_before = person.shown_phone
    new_phone, new_id = digits(phone), world.ids.bsuid(old_id.split(".")[0])
    body = f"{person.name} changed from {old_phone} to {new_phone}"
    changed: Json = {"type": "user_changed_number", "body": body, "wa_id": new_phone}
    if shown_before:
        say(world, person, number, Said("system", changed))
    world.people.take_phone(person, phone)
    world.people.change_user_id(person, new_id)
    rotated = {
        "type": "user_changed_user_id",
        "body": f"{person.name} has a new user id",
        "user_id": new_id,
        "previous_user_id": old_id,
    }
    say(world, person, number, Said("system", rotated))
    world.bus.publish("person", person=person.id)


def change_user_id(world: World, person: Person) -> None:
    """Only the BSUID changes, as when the user registers anew."""
    old_id, new_id = person.user_id, world.ids.bsuid(person.user_id.split(".")[0])
    world.people.change_user_id(person, new_id)
    rotated = {"type": "user_changed_user_id", "user_id": new_id, "previous_user_id": old_id}
    say(world, person, world.number_for(person), Said("system", rotated))
    world.bus.publish("person", person=person.id)


def prefer(world: World, person: Person, value: str) -> None:
    """The customer stops, or resumes, marketing messages in WhatsApp's own settings."""
    person.stopped_marketing = value == "stop"
    preference: Json = {
        **({"wa_id": person.shown_phone} if person.shown_phone else {}),
        "user_id": person.user_id,
        "detail": f"User requested to {value} marketing messages",
        "category": "marketing_messages",
        "value": value,
        "timestamp": world.clock.seconds(),
    }
    world.tell_value(
        world.number_for(person),
        "user_preferences",
        contacts=[person.contact()],
        user_preferences=[preference],
    )
