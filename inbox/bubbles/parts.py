"""The structured part of each kind of message, read from stored content of any shape.

What Meta or a customer sent lies in ``content`` as it came. Whatever is missing or of the
wrong shape is simply not shown; nothing here raises.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.bubbles.text import web_address
from inbox.models import Message

Content = dict[str, Any]
Part = dict[str, Any]
Kind = Message.Kind
MOST = 50  # rows, cards, answers: more than WhatsApp allows


class Referral(TypedDict):
    source: str
    headline: str
    body: str
    url: str


def referral_of(content: Content) -> Referral | None:
    referral = content.get("referral")
    if not isinstance(referral, dict):
        return None
    post = referral.get("source_type") == "post"
    return Referral(
        source=_("Came from a post") if post else _("Came from an advertisement"),
        headline=_text(referral, "headline"),
        body=_text(referral, "body"),
        url=web_address(referral.get("source_url")),
    )


def _location(content: Content) -> Part:
    latitude, longitude = _number(content, "latitude"), _number(content, "longitude")
    part: Part = {
        "name": _text(content, "name"),
        "address": _text(content, "address"),
        "link": web_address(content.get("url")),
    }
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return part
    place = f"{latitude:.5f}", f"{longitude:.5f}"
    return part | {
        "coordinates": ", ".join(place),
        "map": "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=16/{0}/{1}".format(*place),
    }


def _contacts(content: Content) -> Part:
    return {
        "requested": content.get("requested") is True,
        "cards": [_card(card) for card in _dicts(content, "cards")],
    }


def _card(card: Content) -> Part:
    phones = [_text(phone, "phone") for phone in _dicts(card, "phones")]
    return {
        "name": _text(card, "name") or _("Contact card"),
        "organisation": _text(card, "organisation"),
        "birthday": _text(card, "birthday"),
        "phones": [phone for phone in phones if phone],
        "lines": [*_texts(card, "emails"), *_texts(card, "addresses")],
        "urls": [(url, web_address(url)) for url in _texts(card, "urls")],
    }


def _options(content: Content) -> Part:
    """Buttons, a list, a link, or a template: what stood around the text and below it."""
    buttons = [
        button if isinstance(button, str) else _text(button, "title")
        for button in _items(content, "buttons")
        if isinstance(button, str | dict)
    ]
    return {
        "header": _text(content, "header"),
        "footer": _text(content, "footer"),
        "buttons": buttons,
        "list_button": _text(content, "button"),
        "sections": [_section(section) for section in _dicts(content, "sections")],
        "link_text": _text(content, "text"),
        "link": web_address(content.get("url")),
        "template": _text(content, "name"),
    }


def _section(section: Content) -> Part:
    return {
        "title": _text(section, "title"),
        "rows": [
            {"title": _text(row, "title"), "description": _text(row, "description")}
            for row in _dicts(section, "rows")
        ],
    }


def _button_reply(content: Content) -> Part:
    sources = {
        "list": _("Chosen from a list"),
        "template button": _("Button of a template"),
    }
    return {
        "source": sources.get(_text(content, "source"), _("Button pressed")),
        "description": _text(content, "description"),
    }


def _flow_reply(content: Content) -> Part:
    answers = content.get("answers")
    if not isinstance(answers, dict):
        return {"name": _text(content, "name"), "raw": _text(content, "response_json", 4000)}
    shown = {key: value for key, value in answers.items() if key != "flow_token"}
    return {
        "name": _text(content, "name"),
        "answers": [(str(key)[:200], _plain(shown[key])) for key in list(shown)[:MOST]],
    }


def _order(content: Content) -> Part:
    return {
        "items": [
            {key: _text(item, key) for key in ("product_id", "quantity", "price", "currency")}
            for item in _dicts(content, "items")
        ],
    }


def _call_permission(content: Content) -> Part:
    if content.get("accepted") is not True:
        return {"remark": _("The customer does not want to be called.")}
    if content.get("is_permanent") is True:
        return {"remark": _("The customer allows calls.")}
    return {"remark": _("The customer allows calls for a while.")}


def _request(content: Content) -> Part:
    sentences = {
        "location": _("Asked for the customer's location"),
        "contact_info": _("Asked for the customer's phone number"),
        "call_permission": _("Asked whether we may call"),
    }
    return {"remark": sentences.get(_text(content, "request"), _("Request"))}


UNSUPPORTED = {
    "poll_creation": gettext_lazy("a poll"),
    "poll_update": gettext_lazy("a vote in a poll"),
    "gif": gettext_lazy("a moving picture"),
    "group_invite": gettext_lazy("an invitation to a group"),
    "link_preview": gettext_lazy("a link with a preview"),
    "product": gettext_lazy("a product"),
    "pin": gettext_lazy("a pinned message"),
}


def _unsupported(content: Content) -> Part:
    if content.get("kind") == "group":
        remark = _("Said in a group: it cannot be answered here.")
        return {"what": _in_group(content), "remark": remark}
    kind = UNSUPPORTED.get(_text(content, "kind"))
    if kind is None:
        remark = _("WhatsApp does not pass this kind of message on to us.")
    else:
        remark = _("WhatsApp does not pass this on to us: %(kind)s.") % {"kind": kind}
    return {"remark": remark, "advice": _("Ask the customer to send it differently.")}


def _pending_file(content: Content) -> Part:
    return {"remark": _("An earlier file; it may still follow.")}


def _in_group(content: Content) -> str:
    """What it was; of a text, its words stand there."""
    kind = _text(content, "type")
    return str(Kind(kind).label) if kind in Kind.values and kind != Kind.TEXT else ""


def _unknown(content: Content) -> Part:
    return {"type": _text(content, "type")}


PARTS: dict[str, Callable[[Content], Part] | None] = {
    Kind.IMAGE: None,
    Kind.VIDEO: None,
    Kind.AUDIO: None,
    Kind.VOICE: None,
    Kind.DOCUMENT: None,
    Kind.STICKER: None,
    Kind.LOCATION: _location,
    Kind.CONTACTS: _contacts,
    Kind.BUTTONS: _options,
    Kind.LIST: _options,
    Kind.LINK_BUTTON: _options,
    Kind.TEMPLATE: _options,
    Kind.REQUEST: _request,
    Kind.BUTTON_REPLY: _button_reply,
    Kind.FLOW_REPLY: _flow_reply,
    Kind.ORDER: _order,
    Kind.CALL_PERMISSION: _call_permission,
    Kind.PENDING_FILE: _pending_file,
    Kind.UNSUPPORTED: _unsupported,
    Kind.UNKNOWN: _unknown,
}


def _text(content: Content, key: str, longest: int = 1000) -> str:
    return _plain(content.get(key, ""))[:longest]


def _plain(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return {None: "", True: _("yes"), False: _("no")}[value]
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False)[:1000]


def _number(content: Content, key: str) -> float | None:
    try:
        number = float(content.get(key, ""))
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _items(content: Content, key: str) -> list[Any]:
    items = content.get(key)
    return items[:MOST] if isinstance(items, list) else []


def _dicts(content: Content, key: str) -> list[Content]:
    return [item for item in _items(content, key) if isinstance(item, dict)]


def _texts(content: Content, key: str) -> list[str]:
    return [item[:1000] for item in _items(content, key) if isinstance(item, str)]
