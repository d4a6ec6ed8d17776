"""Messages that ask for a tap: buttons, lists, links, requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from . import limits
from .plain import Body


def _interactive(
    kind: str, body: str, action: Body, header: str = "", footer: str = ""
) -> Body:
    """The common frame of all of them."""
    limits.at_most("header", header, limits.HEADER)
    limits.at_most("footer", footer, limits.FOOTER)
    interactive: Body = {"type": kind, "body": {"text": body}, "action": action}
    if header:
        interactive["header"] = {"type": "text", "text": header}
    if footer:
        interactive["footer"] = {"text": footer}
    return {"type": "interactive", "interactive": interactive}


@dataclass(frozen=True, slots=True, repr=False)
class Button:
    id: str
    """Comes back word for word when tapped. Never personal data."""
    title: str

    def to_body(self) -> Body:
        limits.required("button_id", self.id, limits.BUTTON_ID)
        limits.required("button", self.title, limits.BUTTON_TITLE)
        return {"type": "reply", "reply": {"id": self.id, "title": self.title}}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Buttons:
    body: str
    buttons: tuple[Button, ...]
    header: str = ""
    footer: str = ""

    def to_body(self) -> Body:
        limits.required("body", self.body, limits.BODY)
        limits.count("buttons", self.buttons, limits.BUTTONS)
        limits.distinct("button_id", [button.id for button in self.buttons])
        limits.distinct("button", [button.title for button in self.buttons])
        action = {"buttons": [button.to_body() for button in self.buttons]}
        return _interactive("button", self.body, action, self.header, self.footer)


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    id: str
    title: str
    description: str = ""

    def to_body(self) -> Body:
        limits.required("row_id", self.id, limits.ROW_ID)
        limits.required("row_title", self.title, limits.ROW_TITLE)
        limits.at_most("row_description", self.description, limits.ROW_DESCRIPTION)
        described = {"description": self.description} if self.description else {}
        return {"id": self.id, "title": self.title, **described}


@dataclass(frozen=True, slots=True, repr=False)
class Section:
    title: str
    rows: tuple[Row, ...]

    def to_body(self) -> Body:
        limits.at_most("section_title", self.title, limits.SECTION_TITLE)
        limits.require("rows", self.rows)
        titled = {"title": self.title} if self.title else {}
        return {**titled, "rows": [row.to_body() for row in self.rows]}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ListMessage:
    body: str
    button: str
    sections: tuple[Section, ...]
    header: str = ""
    footer: str = ""

    def to_body(self) -> Body:
        limits.required("body", self.body, limits.LIST_BODY)
        limits.required("button", self.button, limits.BUTTON_TITLE)
        limits.count("sections", self.sections, limits.SECTIONS)
        self._check_rows()
        sections = [section.to_body() for section in self.sections]
        action = {"button": self.button, "sections": sections}
        return _interactive("list", self.body, action, self.header, self.footer)

    def _check_rows(self) -> None:
        rows = [row for section in self.sections for row in section.rows]
        limits.count("rows", rows, limits.ROWS)  # in all sections together
        limits.distinct("row_id", [row.id for row in rows])
        if len(self.sections) > 1:
            for section in self.sections:
                limits.require("section_title", section.title)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LinkButton:
    body: str
    text: str
    url: str
    header: str = ""
    footer: str = ""

    def to_body(self) -> Body:
        limits.required("body", self.body, limits.BODY)
        limits.required("button", self.text, limits.BUTTON_TITLE)
        limits.require("url", self.url)
        if not _is_web_address(self.url):
            sentence = _("The address of the link has to start with https:// or http://.")
            raise limits.NotSendable("url", sentence)
        parameters = {"display_text": self.text, "url": self.url}
        action = {"name": "cta_url", "parameters": parameters}
        return _interactive("cta_url", self.body, action, self.header, self.footer)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname)


@dataclass(frozen=True, slots=True, repr=False)
class _Request:
    kind: ClassVar[str]
    action: ClassVar[str]

    body: str

    def to_body(self) -> Body:
        limits.required("body", self.body, limits.BODY)
        return _interactive(self.kind, self.body, {"name": self.action})


@dataclass(frozen=True, slots=True, repr=False)
class LocationRequest(_Request):
    kind = "location_request_message"
    action = "send_location"


@dataclass(frozen=True, slots=True, repr=False)
class ContactInfoRequest(_Request):
    """Asks for the person's phone number. Comes back as a requested contact card."""

    kind = "request_contact_info"
    action = "request_contact_info"


@dataclass(frozen=True, slots=True, repr=False)
class CallPermissionRequest(_Request):
    kind = "call_permission_request"
    action = "call_permission_request"
