"""Pressing what the business offered: reply buttons, list rows, template buttons."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.messages import Message
from simulator.refused import Refused
from simulator.shapes import Json, json_object


@dataclass(frozen=True, slots=True)
class Choice:
    kind: str  # button_reply, list_reply, button, url, phone_number, copy_code
    id: str
    title: str
    description: str = ""

    def as_json(self) -> Json:
        return {
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "description": self.description,
        }


PRESSED = ("button_reply", "list_reply", "button")


def choices(message: Message) -> list[Choice]:
    """What a customer can press on this message, in the order shown."""
    if message.type == "template":
        return [_template_choice(json_object(b)) for b in message.shown.get("buttons", [])]
    if message.type != "interactive":
        return []
    action = json_object(message.content.get("action"))
    if message.content.get("type") == "button":
        replies = [json_object(b.get("reply")) for b in action.get("buttons", [])]
        return [Choice("button_reply", str(r.get("id")), str(r.get("title"))) for r in replies]
    if message.content.get("type") == "list":
        rows = [json_object(r) for s in action.get("sections", []) for r in s.get("rows", [])]
        return [
            Choice("list_reply", str(r["id"]), str(r["title"]), str(r.get("description", "")))
            for r in rows
        ]
    if message.content.get("type") == "cta_url":
        link = json_object(action.get("parameters"))
        return [Choice("url", str(link.get("url")), str(link.get("display_text")))]
    return []


def _template_choice(button: Json) -> Choice:
    kind = str(button.get("type"))
    if kind == "quick_reply":
        return Choice("button", str(button.get("payload")), str(button.get("text")))
    target = button.get("url") or button.get("phone_number") or button.get("code") or ""
    return Choice(kind, str(target), str(button.get("text") or button.get("code") or ""))


def pressed(message: Message, wanted: object) -> Json:
    """The customer's message for a choice named by position, id or title."""
    offered = choices(message)
    found = next((c for c in offered if wanted in (c.id, c.title)), None)
    if found is None and isinstance(wanted, int) and 0 <= wanted < len(offered):
        found = offered[wanted]
    if found is None:
        raise Refused(f"{wanted!r} is not among {[choice.title for choice in offered]}")
    if found.kind not in PRESSED:
        raise Refused("this button opens something and sends no message")
    base: Json = {"type": found.kind, "message": message.id}
    if found.kind == "button":
        return {**base, "text": found.title, "payload": found.id}
    reply = {"id": found.id, "title": found.title, "description": found.description}
    return {**base, found.kind: reply}
