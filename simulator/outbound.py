"""What the business sends: who it is for, whether it may be sent, and taking it on."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.accounts import Number
from simulator.bodies import MEDIA_TYPES, check_body
from simulator.errors import GraphError
from simulator.messages import Message
from simulator.people import Person, digits
from simulator.pricing import WINDOW
from simulator.rates import check_rates
from simulator.shapes import Json, json_object
from simulator.templates import Template, fill
from simulator.world import World

TYPING_SECONDS = 25


@dataclass(frozen=True, slots=True)
class Accepted:
    message: Message
    answer: Json
    fail_code: int = 0


def accept(world: World, number: Number, body: Json) -> Accepted:
    """Take a message on, or raise GraphError. The caller starts its ladder."""
    kind = str(body.get("type") or "text")
    part = _part(body, kind)
    _check_frame(body, kind)
    check_body(kind, part)
    person, by_user_id = _recipient(world, number, body)
    check_rates(world, number, person)
    template = _template(world, number, part) if kind == "template" else None
    _check_policy(world, number, person, template, by_user_id=by_user_id)
    fail_code = _media_problem(world, kind, part) or _late_refusal(world, number, person, kind)
    if template and template.category == "MARKETING" and person.stopped_marketing:
        fail_code = 131050
    message = Message(
        id=world.ids.wamid(person.phone or person.user_id),
        number_id=number.id,
        person_id=person.id,
        outgoing=True,
        at=world.clock.now(),
        type=kind,
        content=part,
        context=json_object(body.get("context")),
        request=body,
        shown=fill(template, part) if template else {},
        callback_data=str(body.get("biz_opaque_callback_data") or ""),
        to_user_id=by_user_id,
        category=template.category.lower() if template else "service",
    )
    world.messages.add(message)
    person.typing_until.pop(number.id, None)
    if kind == "reaction" and (target := world.messages.get(str(part["message_id"]))):
        _react(world, target, str(part["emoji"]))
    world.show(message)
    return Accepted(message, _answer(body, message, person, template), fail_code)


def _part(body: Json, kind: str) -> Json:
    if kind == "contacts":
        cards = body.get("contacts")
        return {"list": cards} if isinstance(cards, list) else {}
    return json_object(body.get(kind))


def _check_frame(body: Json, kind: str) -> None:
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    if body.get("recipient_type", "individual") != "individual":
        raise GraphError(100, "Groups are not part of this simulator.")
    if not body.get("to") and not body.get("recipient"):
        raise GraphError(100, "The parameter to is required.")
    if kind == "reaction" and body.get("context"):
        raise GraphError(100, "context is not allowed for reactions")
    if len(str(body.get("biz_opaque_callback_data") or "")) > 512:
        raise GraphError(100, "biz_opaque_callback_data must be at most 512 characters long.")


def _recipient(world: World, number: Number, body: Json) -> tuple[Person, bool]:
    """If both are given, ``to`` wins."""
    if not (to := str(body.get("to") or "")):
        person = world.people.by_user_id(str(body["recipient"]))
        if person is None:
            raise GraphError(131009, "recipient: there is no such user id for this business")
        return person, True
    phone = digits(to)
    if not 5 <= len(phone) <= 15:
        raise GraphError(131009, "Parameter value is not valid: to")
    if phone == number.digits:
        raise GraphError(131021, "Recipient phone number cannot be the sender's")
    person = world.people.by_phone(phone)
    if person is None:
        person = world.meet(phone=phone)
        person.reachable = world.rules.unknown_recipients == "create"
    return person, False


def _template(world: World, number: Number, part: Json) -> Template:
    name, language = str(part["name"]), str(part["language"]["code"])
    known = [
        template
        for template in world.templates.values()
        if (template.account_id, template.name, template.language)
        == (number.account_id, name, language)
    ]
    if not known:
        raise GraphError(132001, f"template name ({name}) does not exist in {language}")
    if known[0].status == "PAUSED":
        raise GraphError(132015, f"template {name} is paused due to low quality")
    if known[0].status == "DISABLED":
        raise GraphError(132016, f"template {name} is disabled")
    if known[0].status != "APPROVED":
        raise GraphError(132001, f"template {name} is not approved in {language}")
    return known[0]


def _check_policy(
    world: World,
    number: Number,
    person: Person,
    template: Template | None,
    *,
    by_user_id: bool,
) -> None:
    if person.id in number.blocked:
        raise GraphError(130403, "The business has blocked this user")
    if template is None:
        if world.rules.window == "sync" and not window_is_open(world, number, person):
            raise GraphError(131047, _CLOSED)
    elif template.category == "AUTHENTICATION" and by_user_id:
        raise GraphError(131062, "Authentication templates need a phone number")


_CLOSED = (
    "Message failed to send because more than 24 hours have passed since the customer "
    "last replied to this number."
)


def window_is_open(world: World, number: Number, person: Person) -> bool:
    return world.clock.now() < person.wrote_at.get(number.id, float("-inf")) + WINDOW


def _late_refusal(world: World, number: Number, person: Person, kind: str) -> int:
    """131047 as a status, where the rules want it that way."""
    if kind == "template" or world.rules.window != "async":
        return 0
    return 0 if window_is_open(world, number, person) else 131047


def _media_problem(world: World, kind: str, part: Json) -> int:
    """An unknown file is refused at once, one of the wrong type fails later as with Meta."""
    if kind not in MEDIA_TYPES or not part.get("id"):
        return 0
    media = world.media.get(str(part["id"]))
    if media is None:
        raise GraphError(
            100, f"Param {kind}['id'] is not a valid whatsapp business account media ID."
        )
    allowed = MEDIA_TYPES[kind]
    return 131053 if allowed and media.mime_type.split(";")[0] not in allowed else 0


def _react(world: World, target: Message, emoji: str) -> None:
    if emoji:
        target.reactions["us"] = emoji
    else:
        target.reactions.pop("us", None)
    world.show(target)


def _answer(body: Json, message: Message, person: Person, template: Template | None) -> Json:
    if message.to_user_id:
        contact = {"input": body["recipient"], "user_id": person.user_id}
    else:
        contact = {"input": body["to"], "wa_id": person.phone}
    told: Json = {"id": message.id}
    if template:
        told["message_status"] = "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [told]}


def mark_read(world: World, number: Number, body: Json) -> None:
    """The desk has seen a message, and thereby all earlier ones; perhaps it is writing too."""
    target = world.messages.get(str(body.get("message_id")))
    if target is None or target.outgoing or target.number_id != number.id:
        raise GraphError(100, "The parameter message_id is not a message to this number.")
    now = world.clock.now()
    for message in world.messages.thread(target.person_id):
        ours = not message.outgoing and message.number_id == number.id
        if ours and "read" not in message.statuses:
            message.statuses["read"] = now
            world.show(message)
        if message is target:
            break
    person = world.people.get(target.person_id)
    if person and json_object(body.get("typing_indicator")).get("type") == "text":
        person.typing_until[number.id] = now + TYPING_SECONDS
        world.bus.publish("typing", person=person.id, number=number.id)
