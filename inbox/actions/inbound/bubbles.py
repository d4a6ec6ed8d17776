"""What a message holds, as it is kept: kind, text and structured part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from inbox.models import Message
from inbox.whatsapp import happenings as h

Kind = Message.Kind
# WhatsApp takes 4096 characters; what is longer is nonsense, and search has limits.
LONGEST_BODY = 60_000
LONGEST_PREVIEW = 160


@dataclass(frozen=True, slots=True)
class Bubble:
    kind: Message.Kind
    body: str = ""
    content: dict[str, Any] = field(default_factory=dict)


def bubble_of(sent: h.Sent) -> Bubble:
    if sent.group_id and not isinstance(sent, h.EchoReceived):
        return _of_group(sent)
    bubble = _READERS[type(sent.content)](sent)
    bubble.content.update(_riders(sent))
    return Bubble(bubble.kind, bubble.body[:LONGEST_BODY], bubble.content)


def preview_of(message: Message) -> str:
    """One line for the list; "" where the kind says it all (the list has words for it)."""
    text = message.body or _name_in(message.content)
    return " ".join(text[: 4 * LONGEST_PREVIEW].split())[:LONGEST_PREVIEW]


def _name_in(content: dict[str, Any]) -> str:
    cards = content.get("cards")
    named = cards[0] if isinstance(cards, list) and cards else content
    return str(named.get("name") or "")


def _of_group(sent: h.Sent) -> Bubble:
    """Said among several people: shown so that nobody answers it as if it were for us."""
    body = sent.content.body if isinstance(sent.content, h.Text) else ""
    content = {"kind": "group", "type": sent.type[:60]}
    return Bubble(Kind.UNSUPPORTED, body[:LONGEST_BODY], content)


def _riders(sent: h.Sent) -> dict[str, Any]:
    riders: dict[str, Any] = {}
    if sent.forwarded:
        riders["forwarded"] = "often" if sent.frequently_forwarded else True
    if isinstance(sent, h.MessageReceived) and sent.referral:
        referral = sent.referral
        riders["referral"] = {
            key: getattr(referral, key)
            for key in ("source_type", "source_id", "source_url", "headline", "body")
        }
    if isinstance(sent, h.MessageReceived) and sent.referred_product:
        product = sent.referred_product
        riders["product"] = {"catalog_id": product.catalog_id, "product_id": product.product_id}
    return riders


def _text(sent: h.Sent) -> Bubble:
    content = sent.content
    assert isinstance(content, h.Text)  # noqa: S101 (chosen by its type, here and below)
    return Bubble(Kind.TEXT, content.body)


def _media(sent: h.Sent) -> Bubble:
    media = sent.content
    assert isinstance(media, h.Media)  # noqa: S101
    kind = Kind.VOICE if media.voice else Kind(media.kind)
    return Bubble(kind, media.caption, {"animated": True} if media.animated else {})


def _media_pending(sent: h.Sent) -> Bubble:
    return Bubble(Kind.PENDING_FILE)


def _location(sent: h.Sent) -> Bubble:
    place = sent.content
    assert isinstance(place, h.Location)  # noqa: S101
    keys = ("latitude", "longitude", "name", "address", "url")
    return Bubble(Kind.LOCATION, content={key: getattr(place, key) for key in keys})


def _cards(sent: h.Sent) -> Bubble:
    shared = sent.content
    assert isinstance(shared, h.ContactCards)  # noqa: S101
    cards = [_card(card) for card in shared.cards]
    return Bubble(Kind.CONTACTS, content={"cards": cards, "requested": shared.requested})


def _card(card: h.ContactCard) -> dict[str, Any]:
    in_parts = " ".join(filter(None, (card.first_name, card.last_name)))
    return {
        "name": card.formatted_name or in_parts,
        "organisation": card.organisation,
        "phones": [{"phone": phone.phone, "wa_id": phone.wa_id} for phone in card.phones],
        "emails": list(card.emails),
        "urls": list(card.urls),
        "addresses": list(card.addresses),
        "birthday": card.birthday,
    }


def _button_reply(sent: h.Sent) -> Bubble:
    reply = sent.content
    assert isinstance(reply, h.ButtonReply)  # noqa: S101
    keys = ("payload", "source", "description")
    content = {key: getattr(reply, key) for key in keys}
    return Bubble(Kind.BUTTON_REPLY, reply.title or reply.payload, content)


def _flow_reply(sent: h.Sent) -> Bubble:
    reply = sent.content
    assert isinstance(reply, h.FlowReply)  # noqa: S101
    content = {key: getattr(reply, key) for key in ("name", "answers", "response_json")}
    return Bubble(Kind.FLOW_REPLY, reply.body, content)


def _call_permission(sent: h.Sent) -> Bubble:
    reply = sent.content
    assert isinstance(reply, h.CallPermissionReply)  # noqa: S101
    content = {
        "accepted": reply.accepted,
        "is_permanent": reply.is_permanent,
        "expires_at": reply.expires_at.isoformat() if reply.expires_at else None,
    }
    return Bubble(Kind.CALL_PERMISSION, content=content)


def _order(sent: h.Sent) -> Bubble:
    order = sent.content
    assert isinstance(order, h.Order)  # noqa: S101
    keys = ("product_id", "quantity", "price", "currency")
    items = [{key: getattr(item, key) for key in keys} for item in order.items]
    content = {"catalog_id": order.catalog_id, "items": items}
    return Bubble(Kind.ORDER, order.text, content)


def _unsupported(sent: h.Sent) -> Bubble:
    what = sent.content
    assert isinstance(what, h.Unsupported)  # noqa: S101
    code = what.errors[0].code if what.errors else None
    return Bubble(Kind.UNSUPPORTED, content={"kind": what.kind, "code": code})


def _template(sent: h.Sent) -> Bubble:
    template = sent.content
    assert isinstance(template, h.TemplateSent)  # noqa: S101
    content = {"name": template.name, "language": template.language, "values": {}}
    return Bubble(Kind.TEMPLATE, "\n".join(template.parameters), content)


def _interactive(sent: h.Sent) -> Bubble:
    asked = sent.content
    assert isinstance(asked, h.InteractiveSent)  # noqa: S101
    content: dict[str, Any] = {"header": asked.header, "footer": asked.footer}
    options = [{"id": "", "title": title, "description": ""} for title in asked.options]
    if asked.kind == "list":
        content |= {"button": "", "sections": [{"title": "", "rows": options}]}
        return Bubble(Kind.LIST, asked.body, content)
    if asked.kind == "cta_url":
        content |= {"text": asked.options[0] if asked.options else "", "url": ""}
        return Bubble(Kind.LINK_BUTTON, asked.body, content)
    return Bubble(Kind.BUTTONS, asked.body, content | {"buttons": options})


def _unknown(sent: h.Sent) -> Bubble:
    return Bubble(Kind.UNKNOWN, content={"type": sent.type[:60], "raw": dict(sent.raw)})


_READERS: dict[type, Callable[[h.Sent], Bubble]] = {
    h.Text: _text,
    h.Media: _media,
    h.MediaPending: _media_pending,
    h.Location: _location,
    h.ContactCards: _cards,
    h.ButtonReply: _button_reply,
    h.FlowReply: _flow_reply,
    h.CallPermissionReply: _call_permission,
    h.Order: _order,
    h.Unsupported: _unsupported,
    h.WelcomeRequest: _unknown,
    h.TemplateSent: _template,
    h.InteractiveSent: _interactive,
    h.UnknownContent: _unknown,
}
