"""Checks the body of a message the business sends, part by part, as Meta does."""

from __future__ import annotations

from collections.abc import Callable

from simulator.errors import GraphError
from simulator.shapes import Json, json_object

MEDIA_TYPES = {
    "audio": ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
    "video": ("video/mp4", "video/3gpp"),
    "image": ("image/jpeg", "image/png"),
    "sticker": ("image/webp",),
    "document": (),  # any
}
MEDIA_BYTES = {
    "audio": 16 * 2**20,
    "video": 16 * 2**20,
    "image": 5 * 2**20,
    "sticker": 500 * 2**10,
    "document": 100 * 2**20,
}
_CAPTIONED = ("image", "video", "document")


def check_body(kind: str, part: Json) -> None:
    """Raise GraphError unless this is a proper message of its kind."""
    check = _CHECKS.get(kind)
    if check is None:
        kinds = ", ".join(sorted(_CHECKS))
        raise GraphError(100, f"Param type must be one of {{{kinds.upper()}}} - got '{kind}'.")
    if not part:
        raise GraphError(131008, f"Parameter '{kind}' is mandatory for type '{kind}'")
    check(kind, part)


def _words(part: Json, key: str, most: int, where: str, *, needed: bool = True) -> str:
    text = part.get(key)
    if text is None and not needed:
        return ""
    if not isinstance(text, str):
        raise GraphError(131008, f"Parameter '{where}' is mandatory")
    if (needed and not text.strip()) or len(text) > most:
        raise GraphError(131009, f"{where} length invalid. Min length: 1, Max length: {most}")
    return text


def _text(kind: str, part: Json) -> None:
    body = part.get("body")
    if not isinstance(body, str) or not body.strip():
        raise GraphError(131008, "Parameter 'text.body' is mandatory")
    if len(body) > 4096:
        raise GraphError(100, "Param text['body'] must be at most 4096 characters long.")


def _media(kind: str, part: Json) -> None:
    if bool(part.get("id")) == bool(part.get("link")):
        raise GraphError(131008, f"{kind}: either 'id' or 'link' is needed")
    if (link := part.get("link")) and not str(link).startswith(("http://", "https://")):
        raise GraphError(100, f"Param {kind}['link'] is not a valid URI.")
    if "caption" in part:
        if kind not in _CAPTIONED:
            raise GraphError(100, f'Unexpected key "caption" on param "{kind}".')
        _words(part, "caption", 1024, f"{kind}['caption']", needed=False)


def _location(kind: str, part: Json) -> None:
    for key, most in (("latitude", 90), ("longitude", 180)):
        try:
            value = float(part[key])
        except (KeyError, TypeError, ValueError):
            raise GraphError(131008, f"Parameter 'location.{key}' is mandatory") from None
        if not abs(value) <= most:
            raise GraphError(131009, f"location.{key} is out of range")


def _contacts(kind: str, part: Json) -> None:
    cards = part.get("list", [])
    if not 1 <= len(cards) <= 257:
        raise GraphError(131009, "contacts: 1 to 257 contacts are allowed")
    for card in cards:
        name = json_object(json_object(card).get("name"))
        if not name.get("formatted_name"):
            raise GraphError(131008, "Parameter 'contacts.name.formatted_name' is mandatory")
        if len([v for v in name.values() if v]) < 2:
            raise GraphError(131009, "contacts.name: at least one more part is needed")


def _reaction(kind: str, part: Json) -> None:
    if not part.get("message_id"):
        raise GraphError(131008, "Parameter 'reaction.message_id' is mandatory")
    if not isinstance(part.get("emoji"), str):
        raise GraphError(131008, "Parameter 'reaction.emoji' is mandatory")


def _template(kind: str, part: Json) -> None:
    if not part.get("name") or not json_object(part.get("language")).get("code"):
        raise GraphError(131008, "template: 'name' and 'language.code' are mandatory")
    if not isinstance(part.get("components", []), list):
        raise GraphError(100, "Param template['components'] must be an array.")


def _interactive(kind: str, part: Json) -> None:
    form = str(part.get("type"))
    check = _INTERACTIVE.get(form)
    if check is None:
        raise GraphError(100, f"Param interactive['type'] is not valid: '{form}'")
    most = 4096 if form == "list" else 1024
    _words(json_object(part.get("body")), "text", most, "interactive.body.text")
    if footer := part.get("footer"):
        _words(json_object(footer), "text", 60, "interactive.footer.text")
    header = json_object(part.get("header"))
    if header.get("type") == "text":
        _words(header, "text", 60, "interactive.header.text")
    elif header:
        _media(str(header.get("type")), json_object(header.get(str(header.get("type")))))
    check(json_object(part.get("action")))


def _buttons(action: Json) -> None:
    buttons = action.get("buttons") or []
    if not 1 <= len(buttons) <= 3:
        raise GraphError(131009, "Invalid buttons count. Min allowed buttons: 1, Max: 3")
    replies = [json_object(json_object(b).get("reply")) for b in buttons]
    for reply in replies:
        _words(reply, "id", 256, "Button id")
        _words(reply, "title", 20, "Button title")
    for key in ("id", "title"):
        if len({reply[key] for reply in replies}) < len(replies):
            raise GraphError(131009, f"Duplicated {key} in buttons")


def _list(action: Json) -> None:
    _words(action, "button", 20, "List button text")
    sections = [json_object(s) for s in action.get("sections") or []]
    rows = [json_object(row) for s in sections for row in s.get("rows") or []]
    if not 1 <= len(sections) <= 10 or not 1 <= len(rows) <= 10:
        raise GraphError(131009, "Total row count exceed max allowed count: 10")
    for section in sections:
        _words(section, "title", 24, "Section title", needed=len(sections) > 1)
        if not section.get("rows"):
            raise GraphError(131009, "A section needs at least one row")
    for row in rows:
        _words(row, "id", 200, "Row id")
        _words(row, "title", 24, "Row title")
        _words(row, "description", 72, "Row description", needed=False)
    if len({row["id"] for row in rows}) < len(rows):
        raise GraphError(131009, "Duplicated row id")


def _link(action: Json) -> None:
    parameters = json_object(action.get("parameters"))
    _words(parameters, "display_text", 20, "cta_url.display_text")
    if not str(parameters.get("url", "")).startswith(("http://", "https://")):
        raise GraphError(131009, "cta_url.url is not a valid URL")


def _flow(action: Json) -> None:
    parameters = json_object(action.get("parameters"))
    _words(parameters, "flow_cta", 30, "flow_cta")
    if not parameters.get("flow_id") and not parameters.get("flow_name"):
        raise GraphError(131008, "flow: 'flow_id' or 'flow_name' is mandatory")


def _named(action: Json) -> None:
    if not action.get("name"):
        raise GraphError(131008, "Parameter 'interactive.action.name' is mandatory")


_INTERACTIVE: dict[str, Callable[[Json], None]] = {
    "button": _buttons,
    "list": _list,
    "cta_url": _link,
    "flow": _flow,
    "location_request_message": _named,
    "request_contact_info": _named,
    "call_permission_request": _named,
}
_CHECKS: dict[str, Callable[[str, Json], None]] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "audio": _media,
    "document": _media,
    "sticker": _media,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": _interactive,
    "template": _template,
}
