"""What a message holds, read by its type. A type we do not know is UnknownContent."""

from __future__ import annotations

from collections.abc import Callable

from inbox.whatsapp.happenings import contents as c

from . import body, cards
from .reading import decimal, elements, flag, ident, moment, obj, text, whole


def read_content(message: dict[str, object], kind: str) -> c.Content:
    reader = _READERS.get(kind)
    return (reader(message, kind) if reader else None) or c.UnknownContent(type=kind)


def type_of(message: dict[str, object]) -> str:
    """The type word; without one, the key that gives it away."""
    return text(message.get("type")) or next((k for k in _READERS if k in message), "")


def read_problems(value: object) -> tuple[c.ApiProblem, ...]:
    return tuple(_problem(obj(item)) for item in elements(value) if item)


def _problem(error: dict[str, object]) -> c.ApiProblem:
    return c.ApiProblem(
        code=whole(error.get("code")) or 0,
        title=text(error.get("title")),
        message=text(error.get("message")),
        details=text(obj(error.get("error_data")).get("details")),
    )


def _text(message: dict[str, object], kind: str) -> c.Content | None:
    body_text = obj(message.get("text")).get("body")
    return c.Text(text(body_text)) if isinstance(body_text, (str, int, float)) else None


def _media(message: dict[str, object], kind: str) -> c.Content | None:
    if not isinstance(message.get(kind), dict):
        return None
    media = obj(message.get(kind))
    return c.Media(
        kind=kind,
        media_id=ident(media.get("id")),
        mime_type=text(media.get("mime_type")),
        sha256=text(media.get("sha256")),
        caption=text(media.get("caption")),
        filename=text(media.get("filename")),
        voice=flag(media.get("voice")),
        animated=flag(media.get("animated")),
        url=text(media.get("url") or media.get("link")),
    )


def _media_pending(message: dict[str, object], kind: str) -> c.Content:
    return c.MediaPending()


def _location(message: dict[str, object], kind: str) -> c.Content | None:
    place = obj(message.get("location"))
    if not place:
        return None
    return c.Location(
        latitude=decimal(place.get("latitude")),
        longitude=decimal(place.get("longitude")),
        name=text(place.get("name")),
        address=text(place.get("address")),
        url=text(place.get("url")),
    )


def _cards(message: dict[str, object], kind: str) -> c.Content | None:
    return cards.read_cards(message)


def _template_button(message: dict[str, object], kind: str) -> c.Content | None:
    button = obj(message.get("button"))
    if not button:
        return None
    return c.ButtonReply(
        payload=text(button.get("payload")),
        title=text(button.get("text")),
        source="template button",
    )


def _interactive(message: dict[str, object], kind: str) -> c.Content | None:
    interactive = obj(message.get("interactive"))
    reply_kind = text(interactive.get("type"))
    reply_kind = reply_kind or next((k for k in _REPLIES if k in interactive), "")
    reader = _REPLIES.get(reply_kind)
    if reader:
        reply = obj(interactive.get(reply_kind))
        return reader(reply) if reply else None
    if "action" in interactive:  # a question, not an answer: an echo of what we asked
        return _question(interactive)
    return c.UnknownContent(type=f"interactive {reply_kind}") if reply_kind else None


def _button_reply(reply: dict[str, object]) -> c.Content:
    return c.ButtonReply(payload=text(reply.get("id")), title=text(reply.get("title")))


def _list_reply(reply: dict[str, object]) -> c.Content:
    return c.ButtonReply(
        payload=text(reply.get("id")),
        title=text(reply.get("title")),
        description=text(reply.get("description")),
        source="list",
    )


def _flow_reply(reply: dict[str, object]) -> c.Content:
    response = text(reply.get("response_json"))
    return c.FlowReply(
        name=text(reply.get("name")),
        body=text(reply.get("body")),
        response_json=response,
        answers=_answers(response),
    )


def _answers(response: str) -> dict[str, object] | None:
    """The customer's device wrote this: it may be anything."""
    try:
        answers = body.load(response)
    except (ValueError, RecursionError):
        return None
    return answers if isinstance(answers, dict) else None


def _call_permission(reply: dict[str, object]) -> c.Content:
    said = text(reply.get("response")).lower()
    return c.CallPermissionReply(
        accepted={"accept": True, "reject": False}.get(said),
        is_permanent=flag(reply.get("is_permanent")),
        expires_at=moment(reply.get("expiration_timestamp")),
        source=text(reply.get("response_source")),
    )


def _question(interactive: dict[str, object]) -> c.Content:
    action = obj(interactive.get("action"))
    sections = [obj(s) for s in elements(action.get("sections"))]
    titles = [obj(obj(b).get("reply")).get("title") for b in elements(action.get("buttons"))]
    titles += [obj(r).get("title") for s in sections for r in elements(s.get("rows"))]
    titles.append(obj(action.get("parameters")).get("display_text"))
    return c.InteractiveSent(
        kind=text(interactive.get("type")),
        header=text(obj(interactive.get("header")).get("text")),
        body=text(obj(interactive.get("body")).get("text")),
        footer=text(obj(interactive.get("footer")).get("text")),
        options=tuple(t for t in map(text, titles) if t),
    )


def _template(message: dict[str, object], kind: str) -> c.Content | None:
    template = obj(message.get("template"))
    if not template:
        return None
    components = [obj(item) for item in elements(template.get("components"))]
    parameters = [obj(p) for item in components for p in elements(item.get("parameters"))]
    language = template.get("language")
    return c.TemplateSent(
        name=text(template.get("name")),
        language=text(obj(language).get("code") or language),
        parameters=tuple(t for p in parameters if (t := text(p.get("text")))),
    )


def _order(message: dict[str, object], kind: str) -> c.Content | None:
    order = obj(message.get("order"))
    if not order:
        return None
    return c.Order(
        catalog_id=ident(order.get("catalog_id")),
        text=text(order.get("text")),
        items=tuple(_order_item(obj(item)) for item in elements(order.get("product_items"))),
    )


def _order_item(item: dict[str, object]) -> c.OrderItem:
    return c.OrderItem(
        product_id=text(item.get("product_retailer_id")),
        quantity=text(item.get("quantity")),
        price=text(item.get("item_price")),
        currency=text(item.get("currency")),
    )


def _unsupported(message: dict[str, object], kind: str) -> c.Content:
    return c.Unsupported(
        kind=text(obj(message.get("unsupported")).get("type")),
        errors=read_problems(message.get("errors")),
    )


def _welcome(message: dict[str, object], kind: str) -> c.Content:
    return c.WelcomeRequest()


_REPLIES: dict[str, Callable[[dict[str, object]], c.Content]] = {
    "button_reply": _button_reply,
    "list_reply": _list_reply,
    "nfm_reply": _flow_reply,
    "call_permission_reply": _call_permission,
}

_READERS: dict[str, Callable[[dict[str, object], str], c.Content | None]] = {
    "text": _text,
    "image": _media,
    "audio": _media,
    "video": _media,
    "document": _media,
    "sticker": _media,
    "location": _location,
    "contacts": _cards,
    "button": _template_button,
    "interactive": _interactive,
    "order": _order,
    "template": _template,
    "unsupported": _unsupported,
    "unknown": _unsupported,  # what older versions said for the same
    "media_placeholder": _media_pending,
    "request_welcome": _welcome,
}
